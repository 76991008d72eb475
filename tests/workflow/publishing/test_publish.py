import pytest

from annotations.models import AuditEvent, Desk, Publication, Source, Verdict
from annotations.workflow import publishing, verdicts
from annotations.workflow.errors import NotAllowed, StaleWrite
from tests.concurrency import at_once
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory, annotated, approved
from tests.factories import published as make_published
from tests.workflow.publishing.steps import OTHER, REPORT


class TestPublish:
    def test_takes_all_that_is_approved_in_reading_order(
        self, article, sentences, annotator, reviewer, now
    ):
        for sentence in (sentences[2], sentences[0]):
            approved(sentence, annotator=annotator, reviewer=reviewer)
        annotated(sentences[1], by=annotator)

        publications = publishing.publish(article=article, by=reviewer, at=now)

        assert [one.sentence for one in publications] == [sentences[0], sentences[2]]
        assert [(one.sequence, one.version) for one in publications] == [(1, 1), (2, 1)]
        assert {one.kind for one in publications} == {"original"}
        assert list(Publication.objects.in_log_order()) == publications

    def test_marks_the_verdicts_and_leaves_the_others(
        self, article, sentences, annotator, reviewer, now
    ):
        approved(sentences[0], annotator=annotator, reviewer=reviewer)
        annotated(sentences[1], by=annotator)

        publishing.publish(article=article, by=reviewer, at=now)

        states = Verdict.objects.order_by("sentence__index").values_list("state", "version")
        assert list(states) == [("published", 3), ("proposed", 1)]

    def test_keeps_a_snapshot_of_everything_a_publisher_needs(
        self, article, sentences, annotator, reviewer, now
    ):
        sentence = sentences[1]
        opinion = {"label": "disputed", "rationale": "Non.", "evidence": [REPORT]}
        annotated(sentence, by=annotator, at=AT, **opinion)
        verdicts.approve(verdict=Verdict.objects.get(), by=reviewer, at=now, based_on=1, rating=2)

        (one,) = publishing.publish(article=article, by=reviewer, at=now)

        revision = article.current_revision
        assert (one.label, one.rating, one.rationale) == ("disputed", 2, "Non.")
        assert (one.start, one.end, one.exact) == (sentence.start, sentence.end, sentence.exact)
        assert one.prefix + one.exact + one.suffix in revision.text
        assert revision.text[one.start - len(one.prefix) : one.start] == one.prefix
        assert (one.revision_number, one.revision_sha256) == (1, revision.sha256)
        assert (one.article_title, one.article_url) == (article.title, article.source_url)
        assert (one.article_source, one.article_language) == ("Le Journal", "fr")
        assert (one.article_published_at, one.published_at) == (AT, now)
        assert (one.claimant, one.claim_kind) == ("Ministère", "numeric")
        assert (one.annotators, one.recorded_by, one.note) == (1, reviewer, "")
        assert (one.corrected_at, one.retracted_at) == (None, None)
        assert one.evidence == [
            {
                "url": REPORT.url,
                "title": REPORT.title,
                "quote": REPORT.quote,
                "stance": "refutes",
                "archived_url": "",
                "accessed_at": "2025-03-12T09:00:00Z",
            }
        ]

    def test_stays_as_it_was_when_the_article_changes(self, article, published):
        article.title = "Un autre titre"
        article.save()
        Source.objects.update(name="Autre")

        again = Publication.objects.get()

        assert again.article_title == published.article_title != article.title
        assert again.article_source == "Le Journal"

    def test_gathers_the_evidence_of_all_who_gave_the_label_each_address_once(
        self, desk, article, sentences, reviewer, now
    ):
        for given in ([REPORT, OTHER], [OTHER, REPORT], []):
            annotated(sentences[0], by=UserFactory(on=desk), evidence=given)
        verdict = Verdict.objects.get()
        verdicts.approve(verdict=verdict, by=reviewer, at=now, based_on=verdict.version)

        (one,) = publishing.publish(article=article, by=reviewer, at=now)

        assert [item["url"] for item in one.evidence] == [REPORT.url, OTHER.url]
        assert one.annotators == 3

    def test_takes_all_evidence_where_a_reviewer_decided_otherwise(
        self, desk, article, sentences, reviewer, now
    ):
        annotated(sentences[0], by=UserFactory(on=desk), label="verified", evidence=[REPORT])
        annotated(sentences[0], by=UserFactory(on=desk), label="disputed", evidence=[OTHER])
        verdict = Verdict.objects.get()
        verdicts.adjudicate(
            verdict=verdict,
            decision=verdicts.Decision("unverified", "Ni l’un."),
            by=reviewer,
            at=now,
            based_on=2,
        )

        (one,) = publishing.publish(article=article, by=reviewer, at=now)

        assert [item["url"] for item in one.evidence] == [REPORT.url, OTHER.url]

    @pytest.mark.parametrize(("credit", "shown"), [("role", "reviewer"), ("name", "Ada")])
    def test_credits_the_approver_as_the_desk_chose(
        self, desk, article, sentences, annotator, manager, now, credit, shown
    ):
        Desk.objects.update(credit=credit)
        ada = UserFactory(on=desk, role="reviewer", display_name="Ada")
        approved(sentences[0], annotator=annotator, reviewer=ada)

        (one,) = publishing.publish(article=article, by=manager, at=now)

        assert one.approved_by == shown
        assert one.recorded_by == manager

    def test_records_who_published_what(self, published, reviewer):
        event = AuditEvent.objects.latest("id")

        assert (event.action, event.actor) == ("verdict.published", reviewer)
        assert (event.before["state"], event.after["state"]) == ("approved", "published")
        assert event.after["sequence"] == published.sequence

    def test_takes_as_many_statements_for_many_as_for_one(
        self, desk, annotator, reviewer, now, django_assert_num_queries
    ):
        for size in (1, 7):
            article = ArticleFactory(desk=desk, sentences=size)
            for sentence in article.sentences.all():
                approved(sentence, annotator=annotator, reviewer=reviewer)

            with django_assert_num_queries(20):
                publishing.publish(article=article, by=reviewer, at=now)

    def test_counts_each_desk_by_itself(self, published, now):
        other = DeskFactory()
        people = {
            "annotator": UserFactory(on=other),
            "reviewer": UserFactory(on=other, role="manager"),
        }

        one = make_published(ArticleFactory(desk=other).sentences.first(), **people)

        assert (published.sequence, one.sequence) == (1, 1)

    def test_refuses_where_nothing_is_approved(self, article, sentences, annotator, reviewer, now):
        annotated(sentences[0], by=annotator)

        with pytest.raises(publishing.NothingToPublish):
            publishing.publish(article=article, by=reviewer, at=now)

        assert not Publication.objects.exists()

    def test_refuses_where_more_or_less_is_approved_than_one_saw(
        self, article, sentences, annotator, reviewer, now
    ):
        for sentence in sentences[:2]:
            approved(sentence, annotator=annotator, reviewer=reviewer)

        for seen in (1, 3):
            with pytest.raises(StaleWrite, match="2 sentences are approved now"):
                publishing.publish(article=article, by=reviewer, at=now, expected=seen)

        assert len(publishing.publish(article=article, by=reviewer, at=now, expected=2)) == 2

    def test_refuses_whoever_may_not_review(
        self, article, sentences, annotator, reviewer, outsider, now
    ):
        approved(sentences[0], annotator=annotator, reviewer=reviewer)

        for person in (annotator, outsider):
            with pytest.raises(NotAllowed):
                publishing.publish(article=article, by=person, at=now)

        assert not Publication.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_two_presses_at_once_publish_once(self, article, sentences, annotator, reviewer, now):
        approved(sentences[0], annotator=annotator, reviewer=reviewer)

        outcomes = at_once(*[lambda: publishing.publish(article=article, by=reviewer, at=now)] * 3)

        refused = [one for one in outcomes if isinstance(one, publishing.NothingToPublish)]
        assert len(refused) == 2
        assert Publication.objects.count() == 1
