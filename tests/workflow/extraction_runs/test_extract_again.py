from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from annotations import extraction
from annotations.models import Candidate, Sentence
from annotations.workflow import extraction_runs, tagging, undoing
from tests.factories import annotated
from tests.workflow.extraction_runs.steps import TEXT, State, carry_out


class TestExtractAgain:
    @pytest.fixture
    def extracted(self, run, article, clock):
        carry_out(run, clock)
        article.refresh_from_db()
        return article

    def again(self, article, annotator, clock, now):
        run = extraction_runs.request(article=article, by=annotator, at=now)
        carry_out(run, clock)
        article.refresh_from_db()
        return run

    def test_keeps_every_sentence_and_annotation(self, extracted, annotator, clock, now):
        sentences = list(extracted.sentences.order_by("index").values())
        annotated(extracted.sentences.get(index=2), by=annotator, rationale="Vu.")
        left = extracted.open_candidates

        self.again(extracted, annotator, clock, now)

        assert list(extracted.sentences.order_by("index").values()) == sentences
        annotation = annotator.annotations.get()
        assert (annotation.sentence.index, annotation.rationale) == (2, "Vu.")
        assert extracted.open_candidates <= left

    def test_renews_what_an_older_engine_found(self, extracted, annotator, clock, now):
        Candidate.objects.update(engine="rules-0", check_worthiness=0.99, is_candidate=True)

        self.again(extracted, annotator, clock, now)

        assert set(Candidate.objects.values_list("engine", flat=True)) == {extraction.ENGINE}
        assert Candidate.objects.count() == extracted.sentences.count()
        assert extracted.open_candidates == Candidate.objects.proposed().count()

    def test_cuts_anew_around_what_people_worked_on(self, extracted, annotator, clock, now):
        first, second = extracted.sentences.filter(index__in=(1, 2)).order_by("index")
        span = (first.start, second.end)
        Sentence.objects.filter(pk=second.pk).delete()
        Sentence.objects.filter(pk=first.pk).update(end=span[1], exact=TEXT[slice(*span)])
        annotated(first, by=annotator)

        self.again(extracted, annotator, clock, now)

        sentences = list(extracted.sentences.order_by("start"))
        assert annotator.annotations.get().sentence in sentences
        assert span in [(s.start, s.end) for s in sentences]
        assert [s.index for s in sentences] == list(range(len(sentences)))
        assert all(a.end <= b.start for a, b in pairwise(sentences))
        covered = "".join(s.exact for s in sentences).split()
        assert "".join(covered) == "".join(TEXT.split())

    def test_drops_old_cuts_that_nobody_worked_on(self, extracted, annotator, clock, now):
        before = list(extracted.sentences.order_by("index").values_list("start", "end"))
        first, second = extracted.sentences.filter(index__in=(1, 2)).order_by("index")
        Sentence.objects.filter(pk=second.pk).delete()
        Sentence.objects.filter(pk=first.pk).update(
            end=second.end, exact=TEXT[first.start : second.end], index=7
        )

        self.again(extracted, annotator, clock, now)

        assert list(extracted.sentences.order_by("index").values_list("start", "end")) == before

    def test_keeps_a_sentence_whose_annotation_was_withdrawn(
        self, extracted, annotator, clock, now
    ):
        sentence = extracted.sentences.get(index=1)
        annotated(sentence, by=annotator)
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        self.again(extracted, annotator, clock, now)

        [undone] = undoing.undo(by=annotator, at=now, sentence=sentence)
        assert undone.label == "verified"

    def test_starts_over_where_somebody_tags_an_old_cut_meanwhile(self, extracted, annotator, now):
        first, second = extracted.sentences.filter(index__in=(1, 2)).order_by("index")
        Sentence.objects.filter(pk=second.pk).delete()
        Sentence.objects.filter(pk=first.pk).update(
            end=second.end, exact=TEXT[first.start : second.end]
        )
        run, seen = extraction_runs.request(article=extracted, by=annotator, at=now), []

        def clock():
            seen.append(1)
            if len(seen) == 4:
                annotated(first, by=annotator)
            return now + timedelta(seconds=len(seen))

        carry_out(run, clock)

        first.refresh_from_db()
        assert run.state == State.SUCCEEDED
        assert first.exact == TEXT[first.start : second.end]
        assert run.sentences_total == extracted.sentences.count()

    def test_writes_only_what_changed(
        self, extracted, annotator, clock, now, django_assert_max_num_queries
    ):
        run = extraction_runs.request(article=extracted, by=annotator, at=now)

        with django_assert_max_num_queries(22):
            extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=lambda: now)
