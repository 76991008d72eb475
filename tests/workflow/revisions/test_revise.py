import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.extraction import Span
from annotations.models import AuditEvent, ExtractionRun, SearchEntry, Sentence, Verdict
from annotations.workflow import articles, comments, cutting, publishing, revisions, tagging
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from tests.factories import annotated, approved, sent_back
from tests.workflow.revisions.steps import (
    FOUR,
    NEW,
    ONE,
    PROOF,
    TEXT,
    THREE,
    TWO,
    State,
    added,
    assert_whole,
    extract,
    of,
)


class TestRevise:
    def test_stores_the_new_text_beside_the_old_one(self, article, annotator, revise, now):
        run, _ = revise(article, f"{NEW}\n\n{TEXT}  ")

        new = article.current_revision
        assert (new.number, new.text) == (2, f"{NEW}\n\n{TEXT}  ")
        assert (new.created_by, new.created_at) == (annotator, now)
        assert article.revisions.get(number=1).text == TEXT
        assert (article.text_sha256, article.version) == (new.sha256, 2)
        assert article.current_run == run
        assert (run.revision, run.state) == (new, ExtractionRun.State.QUEUED)

    def test_keeps_the_page_that_the_text_was_read_from(self, article, revise):
        html = f"<html><body><article><p>{ONE} {TWO} {NEW}</p><p>{FOUR}</p></article></body></html>"

        revise(article, "", html=html)

        assert article.current_revision.raw == html
        assert ONE in article.current_revision.text

    def test_moves_what_stands_in_the_new_text_with_all_that_was_said(
        self, article, annotator, revise, now
    ):
        sentence = of(article, TWO)
        annotated(sentence, by=annotator, rationale="Vu.", evidence=[PROOF])
        comments.add(sentence=sentence, text="Laquelle ?", by=annotator, at=now)

        _, carried = revise(article, f"{NEW} {ONE} {TWO}")

        assert carried.kept == [sentence]
        moved = Sentence.objects.get(pk=sentence.pk)
        assert moved.revision == article.current_revision
        assert moved.start == len(f"{NEW} {ONE} ")
        assert moved.annotations.get().evidence.get().url == PROOF.url
        assert moved.comments.get().text == "Laquelle ?"
        assert (moved.verdict.state, moved.verdict.label) == (State.PROPOSED, "verified")
        assert_whole(article)

    def test_leaves_an_approval_of_the_same_words(self, article, annotator, reviewer, revise):
        approved(of(article, THREE), annotator=annotator, reviewer=reviewer)

        revise(article, f"{THREE}\n\n{NEW}")

        assert of(article, THREE).verdict.state == State.APPROVED

    def test_examines_what_it_moved_at_its_new_place(self, article, annotator, revise):
        annotated(of(article, ONE), by=annotator)

        revise(article, f"{NEW} {ONE}")

        sentence = of(article, ONE)
        [quantity] = sentence.candidate.quantities
        text = article.current_revision.text
        assert text[quantity["start"] : quantity["end"]] == quantity["text"]
        assert quantity["start"] > sentence.start

    def test_sends_a_changed_sentence_back_with_its_old_words(self, article, annotator, revise):
        sentence = of(article, ONE)
        annotated(sentence, by=annotator, rationale="Vu.")

        _, carried = revise(article, TEXT.replace("3 millions", "4 millions"))

        [fate] = carried.changed
        assert (fate.sentence, fate.was) == (sentence, ONE)
        verdict = Verdict.objects.get(sentence=sentence)
        assert (verdict.state, verdict.label) == (State.RETURNED, "verified")
        assert ONE in verdict.reason
        sentence.refresh_from_db()
        assert sentence.exact == fate.now == ONE.replace("3", "4")
        assert_whole(article)

    def test_takes_the_approval_of_other_words_back(self, article, annotator, reviewer, revise):
        approved(of(article, ONE), annotator=annotator, reviewer=reviewer)

        revise(article, TEXT.replace("3 millions", "4 millions"))

        verdict = article.verdicts.get()
        assert (verdict.state, verdict.approved_by) == (State.RETURNED, None)
        assert AuditEvent.objects.filter(action="verdict.reopened").exists()
        with pytest.raises(publishing.NothingToPublish):
            publishing.publish(article=article, by=reviewer, at=verdict.updated_at)

    def test_keeps_what_a_reviewer_asked(self, article, annotator, reviewer, revise):
        annotated(of(article, ONE), by=annotator)
        sent_back(of(article, ONE), by=reviewer, comment="Which year?")

        revise(article, TEXT.replace("3 millions", "4 millions"))

        reason = article.verdicts.get().reason
        assert ONE in reason
        assert reason.endswith("Which year?")

    def test_refuses_a_label_that_was_meant_for_the_old_words(
        self, article, annotator, revise, now
    ):
        annotation = annotated(of(article, ONE), by=annotator)
        _, carried = revise(article, TEXT.replace("3 millions", "4 millions"))

        with pytest.raises(StaleWrite):
            tagging.annotate(
                sentence=carried.changed[0].sentence,
                opinion=tagging.Opinion("disputed"),
                by=annotator,
                at=now,
                based_on=annotation.version,
            )

    def test_leaves_what_is_gone_with_the_old_text(self, article, annotator, reviewer, revise):
        sentence = of(article, FOUR)
        approved(sentence, annotator=annotator, reviewer=reviewer, rationale="Vu.")
        old = article.current_revision

        _, carried = revise(article, f"{ONE} {TWO}")

        [fate] = carried.gone
        assert (fate.sentence, fate.was, fate.now) == (sentence, FOUR, "")
        sentence = Sentence.objects.get(pk=sentence.pk)
        assert sentence.revision == old
        assert sentence.annotations.get().rationale == "Vu."
        assert (sentence.verdict.state, sentence.verdict.label) == (State.PROPOSED, "")
        assert sentence.verdict.approved_by is None
        assert not Verdict.objects.to_act_on().filter(article=article).exists()

    def test_drops_what_nobody_worked_on(self, article, annotator, revise):
        annotated(of(article, TWO), by=annotator)

        revise(article, f"{NEW} {TWO}")

        assert [one.exact for one in article.sentences.all()] == [TWO]

    def test_keeps_a_cut_by_hand_where_its_words_stand(self, article, annotator, revise, now):
        whole = of(article, TWO)
        place = whole.start + TWO.index(" la fermeture")
        seen = Span(whole.start, whole.end)
        cutting.split(sentence=whole, offset=place, by=annotator, at=now, based_on=seen)

        _, carried = revise(article, f"{NEW}\n\n{TWO}")

        halves = ["La maire a annoncé mardi", "la fermeture de deux écoles du centre."]
        assert [one.exact for one in carried.kept] == halves
        assert all(one.cut_by_hand for one in carried.kept)

    def test_lets_a_cut_by_hand_go_where_nothing_was_said(self, article, annotator, revise, now):
        whole = of(article, TWO)
        seen = Span(whole.start, whole.end)
        place = whole.start + TWO.index(" la fermeture")
        cutting.split(sentence=whole, offset=place, by=annotator, at=now, based_on=seen)

        _, carried = revise(article, NEW)

        assert not carried.gone
        assert not article.sentences.exists()

    def test_brings_back_what_an_earlier_text_had_left_behind(
        self, article, annotator, reviewer, revise
    ):
        annotated(of(article, FOUR), by=annotator, label="disputed")
        approved(of(article, TWO), annotator=annotator, reviewer=reviewer)
        revise(article, NEW)

        _, carried = revise(article, TEXT)

        assert {one.exact for one in carried.back} == {FOUR, TWO}
        assert {(one.label, one.state) for one in article.verdicts.all()} == {
            ("disputed", State.PROPOSED),
            ("verified", State.PROPOSED),
        }
        assert article.current_revision.number == 3
        assert_whole(article)

    def test_counts_what_is_left(self, article, annotator, revise, now):
        annotated(of(article, ONE), by=annotator)

        run, _ = revise(article, f"{ONE} {NEW}")
        extract(run, now)

        article.refresh_from_db()
        open_ = article.current_revision.sentences.filter(
            candidate__is_candidate=True, annotations=None
        )
        assert article.open_candidates == open_.count() == 1

    @pytest.mark.parametrize("says", ["4", "5"])
    def test_counts_what_says_something_else_as_left(self, article, annotator, revise, now, says):
        annotated(of(article, ONE), by=annotator)

        run, _ = revise(article, ONE.replace("3", says))
        assert article.open_candidates == 1
        extract(run, now)

        article.refresh_from_db()
        assert article.open_candidates == 1

    def test_writes_down_what_became_of_each(self, article, annotator, revise, now):
        kept, changed, gone = (of(article, one) for one in (TWO, ONE, FOUR))
        for one in (kept, changed, gone):
            annotated(one, by=annotator)

        revise(article, f"{ONE.replace('3', '4')} {TWO}")

        event = revisions.told(article=article, number=2)
        assert (event.actor, event.at, event.before["number"]) == (annotator, now, 1)
        assert event.after["kept"] == [kept.pk]
        assert event.after["changed"] == [
            {"sentence": changed.pk, "was": ONE, "now": ONE.replace("3", "4")}
        ]
        assert event.after["gone"] == [{"sentence": gone.pk, "was": FOUR, "now": None}]
        assert AuditEvent.objects.get(sentence=changed, action="sentence.changed").before == {
            "exact": ONE
        }
        assert AuditEvent.objects.filter(sentence=gone, action="sentence.gone").exists()

    def test_has_the_sentences_of_the_new_text_found(self, article, annotator, revise):
        annotated(of(article, ONE), by=annotator)
        annotated(of(article, FOUR), by=annotator)

        revise(article, f"{NEW} {ONE}")

        found = SearchEntry.objects.filter(article=article, sentence__isnull=False)
        assert [one.sentence for one in found] == [of(article, ONE)]

    def test_refuses_the_text_that_is_there(self, article, revise):
        with pytest.raises(revisions.Unchanged):
            revise(article, TEXT)

        assert article.revisions.count() == 1

    def test_refuses_what_is_based_on_another_version(self, article, revise):
        revise(article, NEW)

        with pytest.raises(StaleWrite) as refusal:
            revise(article, FOUR, based_on=1)

        assert refusal.value.current.current_revision.text == NEW

    def test_refuses_the_text_of_another_article(self, article, desk, annotator, revise, now):
        other = added(desk, f"{NEW} {FOUR}", by=annotator, at=now)

        with pytest.raises(articles.Duplicate) as refusal:
            revise(article, f"{NEW} {FOUR}")

        assert refusal.value.first == other
        assert article.revisions.count() == 1
        assert article.sentences.count() == 4

    def test_refuses_an_empty_text(self, article, revise):
        with pytest.raises(BadInput):
            revise(article, " \n ")

    def test_refuses_outsiders(self, article, outsider, revise):
        with pytest.raises(NotAllowed):
            revise(article, NEW, by=outsider)

    def test_takes_no_more_statements_for_more_sentences_kept(self, desk, annotator, now, revise):
        counts = []
        for number in (4, 12):
            text = "\n\n".join(f"Le budget {n} atteint {number} millions." for n in range(number))
            article = added(desk, text, by=annotator, at=now)
            for one in article.sentences.all():
                annotated(one, by=annotator)
            with CaptureQueriesContext(connection) as queries:
                _, carried = revise(article, f"{NEW}\n\n{text}")
            assert len(carried.kept) == number
            counts.append(len(queries))

        assert counts[1] == counts[0]
        assert counts[0] < 45
