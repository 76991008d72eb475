import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Max, Min

from annotations.models import AuditEvent, Desk, Publication, Source, Verdict
from annotations.workflow import publishing, tagging, verdicts
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.publishing import Correction
from annotations.workflow.tagging import Item
from tests.concurrency import at_once
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory, annotated, approved
from tests.factories import published as make_published

REPORT = Item("https://journal.example/rapport", "Le rapport", "« 3 millions »", "refutes")
OTHER = Item("https://autre.example/", stance="context")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=4, source_name="Le Journal", published_at=AT)


@pytest.fixture
def sentences(article):
    return list(article.sentences.order_by("index"))


@pytest.fixture
def published(sentences, annotator, reviewer):
    """A publication, and its verdict as it stands."""
    return make_published(
        sentences[0],
        annotator=annotator,
        reviewer=reviewer,
        label="verified",
        rationale="Vu au budget.",
        evidence=[REPORT],
    )


@pytest.fixture
def later(now):
    return now + timedelta(days=2)


def correct(publication, *, by, at, **said):
    verdict = Verdict.objects.get(pk=publication.verdict_id)
    return publishing.correct(
        verdict=verdict,
        correction=Correction(**{"label": "disputed", "note": "Chiffre revu."} | said),
        by=by,
        at=at,
        based_on=verdict.version,
    )


def retract(publication, *, by, at, note="Faux."):
    verdict = Verdict.objects.get(pk=publication.verdict_id)
    return publishing.retract(verdict=verdict, note=note, by=by, at=at, based_on=verdict.version)


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
            label="unverified",
            rationale="Ni l’un.",
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


class TestCorrect:
    def test_appends_a_version_and_leaves_the_first(self, published, reviewer, later):
        corrected = correct(published, by=reviewer, at=later, rationale="Recompté.", rating=1)

        first, second = Publication.objects.in_log_order()
        assert first == published
        assert (first.label, first.rationale) == ("verified", "Vu au budget.")
        assert second == corrected
        assert (second.kind, second.sequence, second.version) == ("correction", 2, 2)
        assert (second.label, second.rationale, second.rating) == ("disputed", "Recompté.", 1)
        assert (second.note, second.corrected_at) == ("Chiffre revu.", later)
        assert second.published_at == first.published_at
        assert second.exact == first.exact
        assert list(Publication.objects.standing()) == [second]

    def test_leaves_reason_and_evidence_where_none_is_given(self, published, reviewer, later):
        corrected = correct(published, by=reviewer, at=later)

        assert corrected.rationale == "Vu au budget."
        assert corrected.evidence == published.evidence

    def test_replaces_the_evidence(self, published, reviewer, later):
        corrected = correct(published, by=reviewer, at=later, evidence=(OTHER,))

        assert [(item["url"], item["stance"]) for item in corrected.evidence] == [
            (OTHER.url, "context")
        ]
        assert corrected.evidence[0]["accessed_at"] == "2025-03-14T09:30:00Z"

    def test_keeps_a_rating_only_with_its_label(self, published, reviewer, later):
        rated = correct(published, by=reviewer, at=later, label="verified", rating=3)
        noted = correct(rated, by=reviewer, at=later, label="verified", note="Une coquille.")
        changed = correct(noted, by=reviewer, at=later, label="disputed")

        assert [one.rating for one in (rated, noted, changed)] == [3, 3, None]
        assert changed.version == 4

    def test_brings_back_what_was_retracted(self, published, reviewer, later):
        retract(published, by=reviewer, at=later)

        back = correct(published, by=reviewer, at=later, label="verified")

        assert (back.version, back.kind, back.label) == (3, "correction", "verified")
        assert back.retracted_at is None
        assert back.rationale == "Vu au budget."
        assert Verdict.objects.get().state == "published"
        assert list(Publication.objects.standing()) == [back]

    def test_records_before_and_after(self, published, reviewer, later):
        correct(published, by=reviewer, at=later)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.at) == ("verdict.correction", later)
        assert (event.before["label"], event.after["label"]) == ("verified", "disputed")
        assert (event.after["sequence"], event.after["note"]) == (2, "Chiffre revu.")

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"note": " "}, "note"),
            ({"note": "a\x00"}, "note"),
            ({"label": "dismissed"}, "label"),
            ({"label": ""}, "label"),
            ({"rating": 9}, "rating"),
            ({"rationale": "a\x00"}, "rationale"),
            ({"evidence": (Item("javascript:alert(1)"),)}, "evidence/0/url"),
        ],
    )
    def test_refuses_what_cannot_be_said_in_public(self, published, reviewer, later, said, field):
        with pytest.raises(BadInput) as caught:
            correct(published, by=reviewer, at=later, **said)

        assert caught.value.field == field
        assert Publication.objects.count() == 1

    def test_refuses_one_s_own_work(self, sentences, published, annotator, later):
        annotator.memberships.update(role="reviewer")

        with pytest.raises(verdicts.OwnWork):
            correct(published, by=annotator, at=later)

    def test_refuses_to_drop_the_evidence_that_the_desk_wants(self, published, reviewer, later):
        Desk.objects.update(evidence_required=True)

        with pytest.raises(verdicts.EvidenceMissing):
            correct(published, by=reviewer, at=later, evidence=())

        assert correct(published, by=reviewer, at=later, label="unverified", evidence=())

    def test_refuses_a_stale_version(self, published, reviewer, later):
        correct(published, by=reviewer, at=later)

        with pytest.raises(StaleWrite):
            publishing.correct(
                verdict=published.verdict,
                correction=Correction(label="verified", note="Non."),
                by=reviewer,
                at=later,
                based_on=3,
            )


class TestRetract:
    def test_appends_a_version_without_a_label(self, published, reviewer, later):
        retracted = retract(published, by=reviewer, at=later, note="Faux.")

        assert (retracted.kind, retracted.label, retracted.rating) == ("retraction", "", None)
        assert (retracted.sequence, retracted.version) == (2, 2)
        assert (retracted.note, retracted.retracted_at) == ("Faux.", later)
        assert retracted.approved_by == published.approved_by
        assert Verdict.objects.get().state == "retracted"
        assert list(Publication.objects.newest()) == [retracted]
        assert not Publication.objects.standing().exists()

    def test_is_open_to_whoever_annotated_it(self, published, annotator, later):
        annotator.memberships.update(role="reviewer")

        assert retract(published, by=annotator, at=later).kind == "retraction"

    @pytest.mark.parametrize("note", ["", " \n"])
    def test_wants_a_note(self, published, reviewer, later, note):
        with pytest.raises(BadInput, match="Write a public note"):
            retract(published, by=reviewer, at=later, note=note)

        assert Publication.objects.count() == 1

    def test_does_not_open_the_sentence_again(self, published, annotator, reviewer, later):
        retract(published, by=reviewer, at=later)

        with pytest.raises(tagging.AlreadyPublished):
            annotated(published.sentence, by=annotator, label="disputed")


class TestSequenceAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_has_no_gap_and_no_reader_sees_one(self, desk, annotator, reviewer, now):
        articles = [ArticleFactory(desk=desk, sentences=3) for _ in range(16)]
        for article in articles:
            for sentence in article.sentences.all():
                approved(sentence, annotator=annotator, reviewer=reviewer)
        log, ended = [], threading.Event()

        outcomes = at_once(
            lambda: follow_log(desk, log, ended),
            *[
                lambda mine=articles[n::8], n=n: publish_all(mine, n, ended, by=reviewer, at=now)
                for n in range(8)
            ],
        )

        assert [one for one in outcomes if one is not None] == []
        numbers = Publication.objects.filter(desk=desk).in_log_order()
        assert list(numbers.values_list("sequence", flat=True)) == list(range(1, 49))
        assert log == list(range(1, 49))


def publish_all(articles, number, ended, *, by, at):
    """Publish some articles, each once in vain before; whoever is last ends the reader."""
    for article in articles:
        with transaction.atomic():
            publishing.publish(article=article, by=by, at=at)
            time.sleep(0.002 * number)
            transaction.set_rollback(True)
        publishing.publish(article=article, by=by, at=at)
    if Publication.objects.aggregate(last=Max("sequence"))["last"] == 48:
        ended.set()


def follow_log(desk, log, ended):
    """Poll as a publisher does: from the last number seen, never looking back."""
    while True:
        is_last = ended.is_set()
        last = log[-1] if log else 0
        new = Publication.objects.filter(desk=desk, sequence__gt=last).in_log_order()
        log.extend(new.values_list("sequence", flat=True))
        if is_last:
            return
        ended.wait(0.001)


class TestLogOrder:
    @pytest.mark.django_db(transaction=True)
    def test_holds_whoever_publishes_second_until_the_first_is_visible(
        self, desk, annotator, reviewer, now
    ):
        first, second = (ArticleFactory(desk=desk) for _ in range(2))
        for article in (first, second):
            approved(article.sentences.first(), annotator=annotator, reviewer=reviewer)
        started = threading.Event()

        def slow():
            with transaction.atomic():
                publishing.publish(article=first, by=reviewer, at=now)
                started.set()
                time.sleep(0.3)

        def quick():
            started.wait(10)
            publishing.publish(article=second, by=reviewer, at=now)
            return Publication.objects.aggregate(Min("sequence"), Max("sequence"))

        _, seen = at_once(slow, quick)

        assert seen == {"sequence__min": 1, "sequence__max": 2}
        assert list(first.publications.values_list("sequence", flat=True)) == [1]

    @pytest.mark.django_db(transaction=True)
    def test_lets_others_work_on_the_desk_while_somebody_publishes(
        self, desk, annotator, reviewer, now
    ):
        article, other = (ArticleFactory(desk=desk) for _ in range(2))
        approved(article.sentences.first(), annotator=annotator, reviewer=reviewer)
        started, done = threading.Event(), threading.Event()

        def publish():
            with transaction.atomic():
                publishing.publish(article=article, by=reviewer, at=now)
                started.set()
                return done.wait(10)

        def annotate():
            started.wait(10)
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            annotated(other.sentences.first(), by=annotator)
            done.set()

        assert at_once(publish, annotate) == [True, None]
