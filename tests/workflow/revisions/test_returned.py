"""What came back for its new words, or because a reviewer asked, and what ends that."""

import pytest
from django.utils import translation

from annotations.extraction import Span
from annotations.models import Publication, Verdict, figures
from annotations.workflow import cutting, publishing, steps, tagging, undoing, verdicts
from tests.factories import UserFactory, annotated, approved, sent_back
from tests.workflow.revisions.steps import FOUR, NEW, ONE, PROOF, TEXT, TWO, State, of


class TestReturned:
    """What came back for its new words waits for a label that was given to them."""

    WORDS = ONE.replace("3", "4")

    def position_of(self, article):
        verdict = of(article, self.WORDS).verdict
        return verdict.state, verdict.label, ONE in verdict.reason

    def test_outlasts_undo(self, article, annotator, revise, now):
        annotated(of(article, ONE), by=annotator, label="verified")
        again = tagging.Opinion("disputed")
        tagging.annotate(sentence=of(article, ONE), opinion=again, by=annotator, at=now, based_on=1)
        revise(article, TEXT.replace("3 millions", "4 millions"))

        undoing.undo(by=annotator, at=now, article=article)

        assert self.position_of(article) == (State.RETURNED, "verified", True)

    def test_outlasts_a_colleague_who_withdraws(self, article, annotator, reviewer, revise, now):
        for person in (annotator, reviewer):
            annotated(of(article, ONE), by=person, label="verified")
        revise(article, TEXT.replace("3 millions", "4 millions"))
        sentence = of(article, self.WORDS)

        tagging.withdraw(sentence=sentence, by=reviewer, at=now, based_on=2)

        assert self.position_of(article) == (State.RETURNED, "verified", True)

    def test_ends_where_nobody_labels_it_any_more(self, article, annotator, revise, now):
        annotated(of(article, ONE), by=annotator, label="verified")
        revise(article, TEXT.replace("3 millions", "4 millions"))

        tagging.withdraw(sentence=of(article, self.WORDS), by=annotator, at=now, based_on=2)

        assert self.position_of(article) == (State.PROPOSED, "", False)

    def test_ends_with_an_answer(self, article, annotator, revise, now):
        annotated(of(article, ONE), by=annotator, label="verified")
        revise(article, TEXT.replace("3 millions", "4 millions"))
        sentence, same = of(article, self.WORDS), tagging.Opinion("verified")

        tagging.annotate(sentence=sentence, opinion=same, by=annotator, at=now, based_on=2)

        assert self.position_of(article) == (State.PROPOSED, "verified", False)

    def test_ends_where_the_old_words_come_back(self, article, annotator, revise):
        annotated(of(article, ONE), by=annotator, label="verified")
        revise(article, TEXT.replace("3 millions", "4 millions"))

        revise(article, f"{TEXT}\n\n{NEW}")

        verdict = of(article, ONE).verdict
        assert (verdict.state, verdict.label, verdict.reason) == (State.PROPOSED, "verified", "")

    def test_says_once_what_was_labelled(self, article, annotator, reviewer, revise):
        annotated(of(article, ONE), by=annotator)
        sent_back(of(article, ONE), by=reviewer, comment="Which year?")

        for number in (4, 5, 6):
            revise(article, TEXT.replace("3 millions", f"{number} millions"))

        verdict = article.verdicts.get()
        assert verdict.was == ONE
        assert verdict.reason.count("“") == verdict.reason.count("Which year?") == 1

    def test_says_why_in_the_language_of_its_reader(self, article, annotator, revise):
        annotated(of(article, ONE), by=annotator)
        revise(article, TEXT.replace("3 millions", "4 millions"))
        verdict = article.verdicts.get()

        with translation.override("fr"):
            french = verdict.reason

        assert french != verdict.reason
        assert french.startswith("Cette phrase a reçu son étiquette")
        assert ONE in french

    def test_comes_back_where_the_answer_is_undone(self, article, annotator, revise, now):
        annotated(of(article, ONE), by=annotator, label="verified")
        revise(article, TEXT.replace("3 millions", "4 millions"))
        sentence = of(article, self.WORDS)
        answer = tagging.Opinion("disputed")
        tagging.annotate(sentence=sentence, opinion=answer, by=annotator, at=now, based_on=2)
        assert self.position_of(article) == (State.PROPOSED, "disputed", False)

        undoing.undo(by=annotator, at=now, article=article)
        assert self.position_of(article) == (State.RETURNED, "verified", True)

        undoing.redo(by=annotator, at=now, article=article)
        assert self.position_of(article) == (State.PROPOSED, "disputed", False)

    def test_outlasts_who_answered_and_withdrew(self, article, annotator, reviewer, revise, now):
        annotated(of(article, ONE), by=annotator, label="verified")
        revise(article, TEXT.replace("3 millions", "4 millions"))
        sentence = of(article, self.WORDS)
        annotated(sentence, by=reviewer, label="disputed")

        tagging.withdraw(sentence=sentence, by=reviewer, at=now, based_on=1)

        assert self.position_of(article) == (State.RETURNED, "verified", True)


class TestOtherWords:
    """Labels that were given to other words than the sentence has now."""

    WORDS = TestReturned.WORDS

    @pytest.fixture
    def answered(self, article, annotator, reviewer, revise):
        """One person labelled the old words, another the new ones."""
        annotated(of(article, ONE), by=annotator, evidence=[PROOF])
        revise(article, TEXT.replace("3 millions", "4 millions"))
        annotated(of(article, self.WORDS), by=reviewer, label="disputed")
        return Verdict.objects.get(sentence__exact=self.WORDS)

    def test_contest_nothing(self, answered):
        assert (answered.state, answered.label) == (State.PROPOSED, "disputed")
        assert (answered.annotators, answered.has_evidence) == (1, False)

    def test_do_not_count_where_two_are_needed(self, answered, article, desk, now):
        desk.annotators_needed = 2
        desk.save()
        other = UserFactory(on=desk, role="reviewer")
        decision = {"verdict": answered, "by": other, "at": now, "based_on": answered.version}

        with pytest.raises(steps.MoreAnnotatorsNeeded):
            verdicts.approve(**decision)

    def test_are_nothing_to_decide_between(self, article, annotator, reviewer, revise, now):
        annotated(of(article, ONE), by=annotator)
        revise(article, TEXT.replace("3 millions", "4 millions"))
        verdict = article.verdicts.get()
        decision = verdicts.Decision("verified", "Vu.")

        with pytest.raises(steps.NoClaim):
            verdicts.adjudicate(
                verdict=verdict, decision=decision, by=reviewer, at=now, based_on=verdict.version
            )

    def test_count_again_once_their_author_says_them_again(self, answered, article, annotator, now):
        again = tagging.Opinion("disputed")
        tagging.annotate(
            sentence=answered.sentence, opinion=again, by=annotator, at=now, based_on=2
        )

        answered.refresh_from_db()
        assert (answered.state, answered.label, answered.annotators) == (
            State.PROPOSED,
            "disputed",
            2,
        )

    def test_bring_no_evidence_to_what_is_published(
        self, article, annotator, reviewer, manager, revise, now
    ):
        annotated(of(article, ONE), by=annotator, label="disputed", evidence=[PROOF])
        revise(article, TEXT.replace("3 millions", "4 millions"))
        article.desk.evidence_required = False
        article.desk.save()
        approved(of(article, self.WORDS), annotator=reviewer, reviewer=manager, label="disputed")

        publishing.publish(article=article, by=manager, at=now)

        assert Publication.objects.get().evidence == []

    def test_are_no_agreement(self, answered, article, annotator, desk, now):
        third = UserFactory(on=desk)
        annotated(answered.sentence, by=third, label="disputed")

        [told] = figures.agreements(
            [desk.pk], by=figures.Sight(third), since=now.replace(year=2020)
        ).values()

        assert (told.sentences, told.labels) == (1, 2)

    def test_are_of_the_same_words_where_only_quotes_and_spaces_changed(
        self, article, annotator, reviewer, revise
    ):
        approved(of(article, ONE), annotator=annotator, reviewer=reviewer)

        revise(article, TEXT.replace("d’euros", "d'euros"))

        sentence = article.sentences.get(annotations__isnull=False)
        assert sentence.exact == sentence.annotations.get().words == ONE.replace("’", "'")
        assert sentence.verdict.state == State.APPROVED


class TestAsked:
    """What a reviewer asked stands until somebody answers, whatever becomes of the text."""

    @pytest.fixture
    def asked(self, article, annotator, reviewer):
        annotated(of(article, FOUR), by=annotator, label="disputed")
        sent_back(of(article, FOUR), by=reviewer, comment="Which year?")
        return of(article, FOUR)

    def position_of(self, sentence):
        verdict = Verdict.objects.get(sentence=sentence)
        return verdict.state, verdict.label, verdict.comment

    @pytest.mark.parametrize("texts", [[NEW], [NEW, f"{NEW} {ONE}", ONE]])
    def test_comes_back_with_its_sentence(self, asked, article, revise, texts):
        for text in texts:
            revise(article, text)
        assert self.position_of(asked)[0] == State.PROPOSED

        revise(article, f"{NEW} {FOUR}")

        assert self.position_of(asked) == (State.RETURNED, "disputed", "Which year?")

    def test_comes_back_each_time(self, asked, article, revise):
        for _ in range(2):
            revise(article, NEW)
            revise(article, f"{NEW} {FOUR}")

        assert self.position_of(asked) == (State.RETURNED, "disputed", "Which year?")

    def test_is_not_asked_again_where_it_was_answered(self, asked, article, annotator, revise, now):
        answer = tagging.Opinion("disputed")
        tagging.annotate(sentence=asked, opinion=answer, by=annotator, at=now, based_on=1)
        revise(article, NEW)

        revise(article, f"{NEW} {FOUR}")

        assert self.position_of(asked) == (State.PROPOSED, "disputed", "")

    def test_comes_back_with_the_words_that_nobody_labelled(self, article, asked, revise):
        other = FOUR.replace("12 000", "15 000")
        revise(article, TEXT.replace(FOUR, other))
        revise(article, NEW)

        revise(article, f"{NEW} {other}")

        verdict = Verdict.objects.get(sentence=asked)
        assert (verdict.state, verdict.was, verdict.comment) == (
            State.RETURNED,
            FOUR,
            "Which year?",
        )

    def test_comes_back_where_the_answer_is_undone(self, asked, annotator, now):
        answer = tagging.Opinion("verified")
        tagging.annotate(sentence=asked, opinion=answer, by=annotator, at=now, based_on=1)
        assert self.position_of(asked) == (State.PROPOSED, "verified", "")

        undoing.undo(by=annotator, at=now, sentence=asked)
        assert self.position_of(asked) == (State.RETURNED, "disputed", "Which year?")

        undoing.redo(by=annotator, at=now, sentence=asked)
        assert self.position_of(asked) == (State.PROPOSED, "verified", "")

    def test_comes_back_where_the_label_was_taken_back(self, asked, annotator, now):
        tagging.withdraw(sentence=asked, by=annotator, at=now, based_on=1)
        assert self.position_of(asked) == (State.PROPOSED, "", "")

        undoing.undo(by=annotator, at=now, sentence=asked)

        assert self.position_of(asked) == (State.RETURNED, "disputed", "Which year?")

    def test_outlasts_what_is_done_again(self, asked, annotator, reviewer, now):
        answer = tagging.Opinion("verified")
        tagging.annotate(sentence=asked, opinion=answer, by=annotator, at=now, based_on=1)
        undoing.undo(by=annotator, at=now, sentence=asked)
        annotated(asked, by=reviewer, label="disputed")
        sent_back(asked, by=reviewer, comment="And where?")

        undoing.redo(by=annotator, at=now, sentence=asked)

        assert self.position_of(asked) == (State.RETURNED, "", "And where?")

    def test_outlasts_a_cut(self, asked, annotator, now):
        place = asked.start + FOUR.index(" 12 000")
        seen = Span(asked.start, asked.end)
        first, _second = cutting.split(
            sentence=asked, offset=place, by=annotator, at=now, based_on=seen
        )
        verdict = Verdict.objects.get(sentence=first)
        assert (verdict.state, verdict.was, verdict.comment) == (
            State.RETURNED,
            FOUR,
            "Which year?",
        )

        seen = Span(first.start, first.end)
        cutting.merge(sentence=first, by=annotator, at=now, based_on=seen)

        assert self.position_of(asked) == (State.RETURNED, "disputed", "Which year?")

    def test_of_either_half_is_asked_of_the_whole(self, article, annotator, reviewer, now):
        first, second = of(article, ONE), of(article, TWO)
        for one, comment in ((first, "Which year?"), (second, "Who says so?")):
            annotated(one, by=annotator)
            sent_back(one, by=reviewer, comment=comment)

        seen = Span(first.start, first.end)
        cutting.merge(sentence=first, by=annotator, at=now, based_on=seen)

        assert self.position_of(first)[2] == "Which year?\n\nWho says so?"
