from dataclasses import replace

import pytest

from annotations.models import AuditEvent, Desk, Publication, Verdict
from annotations.workflow import publishing, steps, tagging
from annotations.workflow.errors import BadInput, StaleWrite
from annotations.workflow.publishing import Correction
from annotations.workflow.tagging import Item
from tests.factories import annotated
from tests.workflow.publishing.steps import OTHER, REPORT, correct, retract


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

    def test_keeps_when_the_evidence_that_stays_was_looked_at(self, published, reviewer, later):
        again = replace(REPORT, quote="« 4 millions »")

        corrected = correct(published, by=reviewer, at=later, evidence=(OTHER, again))

        looked_at = [item["accessed_at"] for item in corrected.evidence]
        assert looked_at == ["2025-03-14T09:30:00Z", published.evidence[0]["accessed_at"]]
        assert corrected.evidence[1]["quote"] == "« 4 millions »"

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

        with pytest.raises(steps.OwnWork):
            correct(published, by=annotator, at=later)

    def test_refuses_to_drop_the_evidence_that_the_desk_wants(self, published, reviewer, later):
        Desk.objects.update(evidence_required=True)

        with pytest.raises(steps.EvidenceMissing):
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
