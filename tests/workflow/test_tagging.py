from datetime import timedelta

import pytest

from annotations.models import (
    Annotation,
    AuditEvent,
    Evidence,
    Label,
    Membership,
    Sentence,
    Verdict,
    with_findings,
)
from annotations.workflow import tagging, verdicts
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.holding import Gone
from annotations.workflow.tagging import Item, Opinion
from tests.concurrency import at_once
from tests.factories import ArticleFactory, UserFactory, annotated, published

REPORT = Item("https://journal.example/rapport", title="Le rapport", quote="« 3 millions »")
SAID = Opinion(label="verified", rationale="Vu au budget.", evidence=[REPORT])
NOTHING = {"label": "", "rationale": "", "evidence": []}


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk)


@pytest.fixture
def sentence(article):
    return article.sentences.first()


@pytest.fixture
def say(sentence, annotator, now):
    """Annotate as the annotator, on the version that stands."""

    def say(label, *, on=sentence, by=annotator, **opinion):
        last = Annotation.objects.filter(sentence=on, author=by).first()
        return tagging.annotate(
            sentence=on,
            opinion=Opinion(label=label, **opinion),
            by=by,
            at=now,
            based_on=last.version if last else 0,
        )

    return say


def refusal_of(sentence, by, at, **opinion):
    with pytest.raises(BadInput) as caught:
        tagging.annotate(sentence=sentence, opinion=Opinion(**opinion), by=by, at=at, based_on=0)
    return caught.value


class TestAnnotate:
    def test_keeps_the_label_the_reason_and_the_evidence(self, sentence, annotator, now):
        tagging.annotate(sentence=sentence, opinion=SAID, by=annotator, at=now, based_on=0)

        annotation = Annotation.objects.get()
        assert (annotation.label, annotation.rationale) == ("verified", "Vu au budget.")
        assert (annotation.author, annotation.version, annotation.created_at) == (annotator, 1, now)
        proof = annotation.evidence.get()
        assert (proof.url, proof.quote, proof.stance) == (REPORT.url, REPORT.quote, "supports")
        assert proof.accessed_at == now

    def test_records_who_when_before_and_after(self, sentence, annotator, say, now):
        say("verified")
        say("disputed", rationale="Non.")

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.actor, event.at) == ("annotation.put", annotator, now)
        assert (event.sentence, event.desk) == (sentence, sentence.article.desk)
        assert event.before == NOTHING | {"label": "verified"}
        assert event.after == NOTHING | {"label": "disputed", "rationale": "Non."}

    def test_makes_the_desk_s_position_follow(self, sentence, say):
        say("disputed", rationale="Non.")

        verdict = Verdict.objects.get(sentence=sentence)
        assert (verdict.state, verdict.label, verdict.rationale) == (
            "proposed",
            "disputed",
            "Non.",
        )

    def test_counts_what_is_left_to_check(self, article, sentence, say):
        say("verified")
        article.refresh_from_db()
        assert article.open_candidates == 1

        say("")
        article.refresh_from_db()
        assert article.open_candidates == 2

    def test_leaves_reason_and_evidence_where_only_the_label_is_given(
        self, sentence, annotator, say, now
    ):
        tagging.annotate(sentence=sentence, opinion=SAID, by=annotator, at=now, based_on=0)

        say("unverified")

        annotation = Annotation.objects.get()
        assert (annotation.label, annotation.rationale) == ("unverified", "Vu au budget.")
        assert annotation.evidence.get().url == REPORT.url

    def test_changes_nothing_when_the_same_is_said_again(self, sentence, annotator, now):
        for based_on in (0, 1, 0):
            annotation = tagging.annotate(
                sentence=sentence, opinion=SAID, by=annotator, at=now, based_on=based_on
            )

        assert annotation.version == Verdict.objects.get().version == 1
        assert AuditEvent.objects.count() == 1

    def test_remembers_when_evidence_that_stays_was_looked_at(self, sentence, say, now):
        first = annotated(sentence, by=say("verified", evidence=[REPORT]).author, label="verified")
        later = now + timedelta(days=1)

        tagging.annotate(
            sentence=sentence,
            opinion=Opinion("verified", evidence=[Item("https://autre.example/"), REPORT]),
            by=first.author,
            at=later,
            based_on=1,
        )

        assert list(first.evidence.order_by("position").values_list("url", "accessed_at")) == [
            ("https://autre.example/", later),
            (REPORT.url, now),
        ]

    def test_answers_a_returned_verdict_by_saying_the_same_again(
        self, sentence, say, reviewer, now
    ):
        say("verified")
        verdict = Verdict.objects.get()
        verdicts.send_back(verdict=verdict, comment="Sûr ?", by=reviewer, at=now, based_on=1)

        say("verified")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.comment, verdict.version) == ("proposed", "", 3)

    @pytest.mark.parametrize("role", Membership.Role.values)
    def test_is_for_every_member_of_the_desk(self, desk, sentence, say, role):
        say("verified", by=UserFactory(on=desk, role=role))

        assert Annotation.objects.count() == 1


class TestAnnotateRefuses:
    def test_a_stale_write_and_shows_what_stands(self, sentence, annotator, say, now):
        say("verified")
        say("disputed")

        with pytest.raises(StaleWrite) as caught:
            tagging.annotate(
                sentence=sentence, opinion=Opinion("unverified"), by=annotator, at=now, based_on=1
            )

        assert (caught.value.current.label, caught.value.current.version) == ("disputed", 2)
        assert Annotation.objects.get().label == "disputed"

    def test_a_write_over_an_annotation_one_has_not_seen(self, sentence, annotator, say, now):
        say("verified")

        with pytest.raises(StaleWrite):
            tagging.annotate(
                sentence=sentence, opinion=Opinion("disputed"), by=annotator, at=now, based_on=0
            )

    def test_a_version_that_never_was(self, sentence, annotator, now):
        with pytest.raises(StaleWrite):
            tagging.annotate(
                sentence=sentence, opinion=Opinion("disputed"), by=annotator, at=now, based_on=3
            )

    def test_an_outsider_and_whoever_was_deactivated(self, sentence, outsider, annotator, now):
        annotator.is_active = False

        for person in (outsider, annotator):
            with pytest.raises(NotAllowed):
                tagging.annotate(sentence=sentence, opinion=SAID, by=person, at=now, based_on=0)

        assert not Annotation.objects.exists()
        assert not AuditEvent.objects.exists()

    def test_a_sentence_that_is_public(self, sentence, annotator, reviewer, now):
        published(sentence, annotator=annotator, reviewer=reviewer)

        with pytest.raises(tagging.AlreadyPublished, match="correct or retract"):
            tagging.annotate(
                sentence=sentence, opinion=Opinion("disputed"), by=annotator, at=now, based_on=1
            )
        with pytest.raises(tagging.AlreadyPublished):
            tagging.undo(by=annotator, at=now, sentence=sentence)

    def test_a_sentence_that_was_deleted(self, article, sentence, annotator, now):
        article.delete()

        with pytest.raises(Gone):
            tagging.annotate(sentence=sentence, opinion=SAID, by=annotator, at=now, based_on=0)

    def test_an_unknown_label(self, sentence, annotator, now):
        refusal = refusal_of(sentence, annotator, now, label="true")

        assert (refusal.field, refusal.reason) == ("label", "unknown_label")

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "journal.example/a",
            "//journal.example",
            "",
            "https://journal.example/" + "a" * 2_000,
        ],
    )
    def test_an_address_that_is_none_of_the_web(self, sentence, annotator, now, url):
        given = [REPORT, Item(url)]

        refusal = refusal_of(sentence, annotator, now, label="verified", evidence=given)

        assert (refusal.field, refusal.reason) == ("evidence/1/url", "bad_url")

    @pytest.mark.parametrize(
        ("item", "field"),
        [
            (Item(REPORT.url, archived_url="javascript:1"), "evidence/0/archived_url"),
            (Item(REPORT.url, stance="maybe"), "evidence/0/stance"),
            (Item(REPORT.url, title="a" * 501), "evidence/0/title"),
            (Item(REPORT.url, quote="a\x00b"), "evidence/0/quote"),
            (Item(REPORT.url + "\x00"), "evidence/0/url"),
        ],
    )
    def test_evidence_that_cannot_be_kept(self, sentence, annotator, now, item, field):
        refusal = refusal_of(sentence, annotator, now, label="verified", evidence=[item])

        assert refusal.field == field

    def test_a_reason_with_control_characters(self, sentence, annotator, now):
        refusal = refusal_of(sentence, annotator, now, label="verified", rationale="a\x00")

        assert (refusal.field, refusal.reason) == ("rationale", "control_character")


class TestWithdraw:
    def test_takes_back_what_one_said(self, sentence, annotator, say, now):
        say("verified", rationale="Vu.", evidence=[REPORT])

        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        annotation = Annotation.objects.get()
        assert tagging.state_of(annotation) == NOTHING
        assert annotation.version == 2
        assert not Annotation.objects.given().exists()
        assert Verdict.objects.get().annotators == 0
        assert AuditEvent.objects.latest("id").action == "annotation.withdrawn"

    def test_lets_one_annotate_anew_as_on_an_untouched_sentence(
        self, sentence, annotator, say, now
    ):
        say("verified")
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        again = annotated(sentence, by=annotator, label="disputed")

        assert (again.label, again.version) == ("disputed", 3)

    def test_does_nothing_where_nothing_was_said(self, sentence, annotator, now):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=0)

        assert not Annotation.objects.exists()
        assert not AuditEvent.objects.exists()


class TestUndo:
    def test_brings_back_the_whole_state_before(self, sentence, annotator, say, now):
        say("verified", rationale="Vu.", evidence=[REPORT])
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        annotation = tagging.undo(by=annotator, at=now, sentence=sentence)

        state = tagging.state_of(Annotation.objects.get(pk=annotation.pk))
        assert (state["label"], state["rationale"]) == ("verified", "Vu.")
        assert state["evidence"][0]["url"] == REPORT.url
        assert annotation.version == 3
        assert Verdict.objects.get().label == "verified"

    def test_goes_back_step_by_step(self, sentence, annotator, say, now):
        for label in ("verified", "disputed", "unverified"):
            say(label)

        labels = [tagging.undo(by=annotator, at=now, sentence=sentence).label for _ in range(3)]

        assert labels == ["disputed", "verified", ""]
        with pytest.raises(tagging.NothingToUndo):
            tagging.undo(by=annotator, at=now, sentence=sentence)

    def test_goes_on_from_what_was_said_after_an_undo(self, sentence, annotator, say, now):
        say("verified")
        say("disputed")
        tagging.undo(by=annotator, at=now, sentence=sentence)
        say("unverified")

        labels = [tagging.undo(by=annotator, at=now, sentence=sentence).label for _ in range(2)]

        assert labels == ["verified", ""]

    def test_goes_through_an_article_newest_change_first(self, article, annotator, say, now):
        first, second, _ = article.sentences.order_by("index")
        say("verified", on=second)
        say("disputed", on=first)

        undone = [tagging.undo(by=annotator, at=now, article=article) for _ in range(2)]

        assert [one.sentence for one in undone] == [first, second]

    def test_without_a_place_undoes_the_last_change_anywhere(self, article, annotator, say, now):
        gone = ArticleFactory(desk=article.desk)
        say("verified")
        say("verified", on=gone.sentences.first())
        gone.delete()

        undone = tagging.undo(by=annotator, at=now)

        assert undone.sentence.article == article

    def test_leaves_alone_what_colleagues_said(self, sentence, annotator, reviewer, say, now):
        say("verified")
        say("disputed", by=reviewer)

        tagging.undo(by=annotator, at=now, sentence=sentence)

        assert [one.author for one in Annotation.objects.given()] == [reviewer]
        with pytest.raises(tagging.NothingToUndo):
            tagging.undo(by=annotator, at=now, sentence=sentence)

    def test_says_which_event_it_undoes(self, sentence, annotator, say, now):
        say("verified")
        put = AuditEvent.objects.get()

        tagging.undo(by=annotator, at=now, sentence=sentence)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.undoes) == ("annotation.undone", put)
        assert (event.before["label"], event.after) == ("verified", NOTHING)

    def test_refuses_an_outsider(self, sentence, annotator, say, now):
        say("verified")
        annotator.memberships.all().delete()

        with pytest.raises(NotAllowed):
            tagging.undo(by=annotator, at=now, sentence=sentence)

        assert Annotation.objects.get().label == "verified"

    @pytest.mark.django_db(transaction=True)
    def test_the_key_pressed_twice_at_once_undoes_two_steps(self, article, annotator, say, now):
        say("verified")
        say("disputed")

        outcomes = at_once(*[lambda: tagging.undo(by=annotator, at=now, article=article)] * 2)

        assert sorted(one.label for one in outcomes) == ["", "verified"]
        assert AuditEvent.objects.filter(undoes__isnull=False).count() == 2


class TestWithFindings:
    def test_shows_a_reader_only_their_own_label(self, sentence, annotator, reviewer, say):
        say("verified")
        say("disputed", by=reviewer)

        seen = with_findings(Sentence.objects.filter(pk=sentence.pk), reader=reviewer).get()

        assert [one.label for one in seen.own_annotations] == ["disputed"]

    def test_takes_the_same_number_of_queries_for_any_number_of_sentences(
        self, desk, annotator, say, django_assert_num_queries
    ):
        sentences = Sentence.objects.filter(article=ArticleFactory(desk=desk, sentences=6))
        for sentence in sentences:
            say("verified", on=sentence, evidence=[REPORT])

        with django_assert_num_queries(3):
            for one in with_findings(sentences, reader=annotator):
                assert [len(own.evidence.all()) for own in one.own_annotations] == [1]
                assert one.candidate
                assert one.verdict


class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_one_person_in_two_windows_writes_once_and_is_told(self, sentence, annotator, now):
        outcomes = at_once(
            *[
                lambda label=label: annotated(sentence, by=annotator, label=label, at=now)
                for label in ("verified", "disputed")
            ]
        )

        annotation = Annotation.objects.get()
        (refused,) = [one for one in outcomes if isinstance(one, StaleWrite)]
        assert refused.current == annotation
        assert annotation.version == Verdict.objects.get().version == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_request_sent_twice_is_one_annotation(self, sentence, annotator, now):
        outcomes = at_once(*[lambda: annotated(sentence, by=annotator, at=now)] * 4)

        assert [one.version for one in outcomes] == [1, 1, 1, 1]
        assert Annotation.objects.count() == AuditEvent.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_colleagues_never_lose_each_other_s_word(self, desk, article, sentence, now):
        people = [UserFactory(on=desk) for _ in range(6)]
        labels = ["verified", "disputed"] * 3

        at_once(
            *[
                lambda by=by, label=label: annotated(sentence, by=by, label=label, at=now)
                for by, label in zip(people, labels, strict=True)
            ]
        )

        verdict = Verdict.objects.get()
        article.refresh_from_db()
        assert (verdict.state, verdict.annotators, verdict.version) == ("contested", 6, 6)
        assert article.open_candidates == 1


class TestCost:
    def test_a_first_label_takes_nine_statements(
        self, sentence, annotator, now, django_assert_num_queries
    ):
        sentence = Sentence.objects.get(pk=sentence.pk)

        with django_assert_num_queries(9):  # two of them begin and end the transaction
            annotated(sentence, by=annotator, at=now)

    def test_another_label_takes_no_more(
        self, sentence, annotator, say, now, django_assert_num_queries
    ):
        say("verified", rationale="Vu.", evidence=[REPORT])
        sentence, opinion = Sentence.objects.get(pk=sentence.pk), Opinion(label="disputed")

        with django_assert_num_queries(9):
            tagging.annotate(sentence=sentence, opinion=opinion, by=annotator, at=now, based_on=1)


def test_every_label_can_be_given(sentence, say):
    for label in Label.values:
        say(label)

    assert Annotation.objects.get().version == len(Label.values)
    assert not Evidence.objects.exists()
