from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations import extraction
from annotations.extraction import Span
from annotations.models import Annotation, AuditEvent, Verdict
from annotations.workflow import cutting, findings, tagging
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from tests.concurrency import while_held
from tests.factories import ArticleFactory, annotated, published

SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def span(sentence):
    return Span(sentence.start, sentence.end)


def split(sentence, offset, *, by, at):
    return cutting.split(sentence=sentence, offset=offset, by=by, at=at, based_on=span(sentence))


def merge(sentence, *, by, at):
    return cutting.merge(sentence=sentence, by=by, at=at, based_on=span(sentence))


def cuts(article):
    return [span(one) for one in article.sentences.order_by("start")]


def assert_whole(article):
    """Every word of the text is in one sentence, and every sentence is its text."""
    text = article.current_revision.text
    found = list(article.sentences.order_by("start"))
    assert [one.index for one in found] == list(range(len(found)))
    assert all(one.exact == text[one.start : one.end] for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    outside = [*text]
    for one in found:
        outside[one.start : one.end] = " " * (one.end - one.start)
    assert "".join(outside).strip() == ""


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=4)


@pytest.fixture
def first(article):
    return article.sentences.get(index=0)


class TestSplit:
    def test_makes_two_sentences_without_the_space_between(self, article, first, annotator, now):
        one, two = split(first, first.start + 9, by=annotator, at=now)

        assert (one.exact, two.exact) == ("Phrase 0", first.exact[9:])
        assert_whole(article)

    def test_examines_both_parts_anew(self, first, annotator, now):
        parts = split(first, first.start + 9, by=annotator, at=now)

        assert all(part.candidate.engine != "test-1" for part in parts)
        assert parts[1].candidate.quantities

    def test_keeps_labels_with_the_first_part_and_sends_them_back(self, first, annotator, now):
        annotated(first, by=annotator, rationale="Checked.")

        one, two = split(first, first.start + 9, by=annotator, at=now)

        assert one.annotations.get().rationale == "Checked."
        assert one.verdict.state == Verdict.State.RETURNED
        assert one.verdict.was
        assert not two.annotations.exists()

    def test_leaves_an_audit_event_with_both_states(self, first, annotator, now):
        split(first, first.start + 9, by=annotator, at=now)

        event = AuditEvent.objects.get(action="sentence.split")
        assert event.before["end"] == first.end
        assert [one["start"] for one in event.after["sentences"]] == [0, 9]

    @pytest.mark.parametrize("offset", [0, -3, 10_000])
    def test_refuses_a_place_outside(self, first, annotator, now, offset):
        with pytest.raises(BadInput):
            split(first, offset, by=annotator, at=now)

    def test_refuses_a_part_without_a_word(self, first, annotator, now):
        with pytest.raises(BadInput):
            split(first, first.end - 1, by=annotator, at=now)

    def test_refuses_what_is_cut_otherwise_by_now(self, first, annotator, now):
        seen = span(first)
        split(first, first.start + 9, by=annotator, at=now)

        with pytest.raises(StaleWrite):
            cutting.split(sentence=first, offset=5, by=annotator, at=now, based_on=seen)

    def test_refuses_outsiders(self, first, outsider, now):
        with pytest.raises(NotAllowed):
            split(first, first.start + 9, by=outsider, at=now)

    def test_refuses_what_is_published(self, first, annotator, reviewer, now):
        published(first, annotator=annotator, reviewer=reviewer)

        with pytest.raises(tagging.AlreadyPublished):
            split(first, first.start + 9, by=annotator, at=now)


class TestMerge:
    def test_joins_with_the_next(self, article, first, annotator, now):
        whole = merge(first, by=annotator, at=now)

        assert whole.exact == article.current_revision.text[: whole.end]
        assert article.sentences.count() == 3
        assert_whole(article)

    def test_keeps_what_others_said_of_the_second(self, article, first, annotator, reviewer, now):
        annotated(first, by=annotator, label="verified")
        annotated(article.sentences.get(index=1), by=reviewer, label="disputed", rationale="No.")

        whole = merge(first, by=annotator, at=now)

        said = {one.author: one.rationale for one in whole.annotations.all()}
        assert said == {annotator: "", reviewer: "No."}
        assert whole.verdict.state == Verdict.State.RETURNED

    def test_joins_what_one_person_said_of_both(self, article, first, annotator, now):
        source = tagging.Item("https://source.example/a", "", "", "supports", "")
        annotated(first, by=annotator, rationale="One.")
        second = article.sentences.get(index=1)
        annotated(second, by=annotator, label="disputed", rationale="Two.", evidence=[source])

        whole = merge(first, by=annotator, at=now)

        annotation = whole.annotations.get()
        assert (annotation.label, annotation.rationale) == ("verified", "One.\n\nTwo.")
        assert annotation.evidence.get().url == "https://source.example/a"
        event = AuditEvent.objects.get(action="sentence.merged")
        assert event.before["sentences"][1]["annotations"][0]["label"] == "disputed"

    def test_refuses_the_last_sentence(self, article, annotator, now):
        with pytest.raises(cutting.NothingToMerge):
            merge(article.sentences.last(), by=annotator, at=now)

    def test_refuses_a_sentence_that_was_cut_otherwise(self, first, annotator, now):
        seen = span(first)
        merge(first, by=annotator, at=now)

        with pytest.raises(StaleWrite):
            cutting.merge(sentence=first, by=annotator, at=now, based_on=seen)


class TestExtraction:
    def test_does_not_undo_it(self, article, first, annotator, now):
        split(first, first.start + 9, by=annotator, at=now)
        merge(article.sentences.get(index=2), by=annotator, at=now)
        by_hand = {span(one) for one in article.sentences.filter(cut_by_hand=True)}

        again(article)

        assert by_hand <= set(cuts(article))
        assert_whole(article)


def again(article):
    """Extract the article once more, as a worker does."""
    revision = article.current_revision
    pinned = findings.worked_spans(revision)
    planned = extraction.plan(revision.text, language="fr", pinned=pinned)
    fast = extraction.Profile.FAST
    found = list(extraction.examine(planned, language="fr", profile=fast))
    findings.store(article=article, revision=revision, found=found)


class TestAnySequence:
    @SLOW
    @given(st.lists(st.tuples(st.booleans(), st.integers(0, 250)), min_size=1, max_size=6))
    def test_keeps_offsets_exact_and_every_word(self, desk, annotator, now, steps):
        article = ArticleFactory(desk=desk, sentences=4)
        annotated(article.sentences.first(), by=annotator, rationale="Kept.")

        for is_split, place in steps:
            carry_out(article, is_split=is_split, place=place, by=annotator, at=now)
            assert_whole(article)
        by_hand = {span(one) for one in article.sentences.filter(cut_by_hand=True)}
        again(article)

        assert by_hand <= set(cuts(article))
        assert_whole(article)
        assert Annotation.objects.get(sentence__article=article).rationale == "Kept."


def carry_out(article, *, is_split, place, by, at):
    """Split or merge at a place of the text; what cannot be done there is refused and no more."""
    sentence = article.sentences.filter(start__lte=place).order_by("-start").first()
    before = cuts(article)
    try:
        if is_split:
            split(sentence, place, by=by, at=at)
        else:
            merge(sentence, by=by, at=at)
    except (BadInput, cutting.NothingToMerge):
        assert cuts(article) == before


class TestReadBefore:
    """Labels of people whose page still shows the sentence as it was cut before."""

    def said(self, sentence, *, by, at, words):
        opinion = tagging.Opinion("disputed", words=words)
        return tagging.annotate(sentence=sentence, opinion=opinion, by=by, at=at, based_on=0)

    def test_are_refused_where_the_sentence_was_split(self, first, annotator, reviewer, now):
        whole = first.exact
        one, _ = split(first, first.start + 9, by=annotator, at=now)

        with pytest.raises(tagging.OtherWords):
            self.said(one, by=reviewer, at=now, words=whole)

        assert not Annotation.objects.exists()
        assert self.said(one, by=reviewer, at=now, words=one.exact).words == "Phrase 0"

    def test_are_refused_where_it_was_merged(self, first, annotator, reviewer, now):
        part = first.exact
        merged = merge(first, by=annotator, at=now)

        with pytest.raises(tagging.OtherWords) as refusal:
            self.said(merged, by=reviewer, at=now, words=part)

        assert refusal.value.current.sentence == merged

    def test_are_refused_where_it_was_cut_while_they_waited(
        self, first, annotator, reviewer, now, transactional_db
    ):
        outcome = while_held(
            lambda: split(first, first.start + 9, by=annotator, at=now),
            lambda: self.said(first, by=reviewer, at=now, words=first.exact),
        )

        assert isinstance(outcome, tagging.OtherWords)

    def test_are_refused_all_in_a_step_of_many(self, article, first, annotator, reviewer, now):
        rows = article.sentences.all()
        seen = {one.pk: tagging.Seen(0, one.exact) for one in rows}
        split(first, first.start + 9, by=annotator, at=now)
        step = {"article": article, "label": "disputed", "by": reviewer, "at": now}

        with pytest.raises(tagging.OtherWords):
            tagging.annotate_all(**step, seen=seen)

        assert not Annotation.objects.exists()
        del seen[first.pk]
        assert len(tagging.annotate_all(**step, seen=seen)) == 3

    @pytest.mark.parametrize("spaced", ["\r\n", "  ", "\N{NO-BREAK SPACE}"])
    def test_count_whatever_the_white_space(self, first, annotator, now, spaced):
        words = first.exact.replace(" ", spaced)

        assert self.said(first, by=annotator, at=now, words=words).label == "disputed"
