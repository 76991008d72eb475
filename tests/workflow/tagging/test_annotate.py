from datetime import timedelta

import pytest

from annotations.models import (
    Annotation,
    AuditEvent,
    Evidence,
    Label,
    Membership,
    Verdict,
)
from annotations.workflow import tagging, undoing, verdicts
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.holding import Gone
from annotations.workflow.tagging import Item, Opinion
from tests.factories import DeskFactory, UserFactory, annotated, published
from tests.workflow.tagging.steps import NOTHING, REPORT, SAID


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
        assert event.before == NOTHING | {"label": "verified", "words": sentence.exact}
        assert event.after == NOTHING | {
            "label": "disputed",
            "words": sentence.exact,
            "rationale": "Non.",
        }

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

    def test_a_sentence_of_another_desk_than_the_one_named(self, sentence, annotator, now):
        with pytest.raises(Gone):
            tagging.annotate(
                sentence=sentence,
                opinion=SAID,
                by=annotator,
                at=now,
                based_on=0,
                desk_id=DeskFactory().pk,
            )

        assert not Annotation.objects.exists()

    def test_a_sentence_that_is_public(self, sentence, annotator, reviewer, now):
        published(sentence, annotator=annotator, reviewer=reviewer)

        with pytest.raises(tagging.AlreadyPublished, match="correct or retract"):
            tagging.annotate(
                sentence=sentence, opinion=Opinion("disputed"), by=annotator, at=now, based_on=1
            )
        with pytest.raises(tagging.AlreadyPublished):
            undoing.undo(by=annotator, at=now, sentence=sentence)

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


def test_every_label_can_be_given(sentence, say):
    for label in Label.values:
        say(label)

    assert Annotation.objects.get().version == len(Label.values)
    assert not Evidence.objects.exists()
