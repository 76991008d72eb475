import pytest

from annotations.models import Annotation, Article, AuditEvent, Desk, Verdict
from annotations.workflow import intake, remaining, revisions, tagging, undoing
from annotations.workflow.errors import BadInput, NotAllowed
from annotations.workflow.remaining import Why
from annotations.workflow.tagging import Opinion, Seen
from tests.concurrency import at_once
from tests.factories import ArticleFactory, UserFactory, annotated, approved, sent_back


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


@pytest.fixture
def sentences(article):
    return list(article.sentences.order_by("index"))


@pytest.fixture
def dismiss(article, sentences, annotator, now):
    """Mark all sentences that the page showed without a label of the annotator's own."""

    def dismiss(*, seen=None, by=annotator):
        seen = {one.pk: Seen(0, one.exact) for one in sentences} if seen is None else seen
        return remaining.dismiss(article=article, seen=seen, by=by, at=now)

    return dismiss


def labels_of(author):
    given = Annotation.objects.filter(author=author).order_by("sentence__index")
    return list(given.values_list("label", flat=True))


def why(outcome):
    return [(one.why, one.by) for one in outcome.left]


class TestDismiss:
    def test_marks_all_in_one_step(self, article, sentences, annotator, dismiss):
        outcome = dismiss()

        assert outcome == ([one.pk for one in sentences], [])
        assert labels_of(annotator) == ["dismissed"] * 6
        assert AuditEvent.objects.values("batch").filter(action="annotation.put").distinct().get()

    def test_leaves_what_single_labels_would_leave(self, article, sentences, annotator, dismiss):
        other = ArticleFactory(desk=article.desk, sentences=6)
        for one in other.sentences.all():
            annotated(one, by=annotator, label="dismissed")

        dismiss()

        assert rows(Verdict, article) == rows(Verdict, other)
        assert rows(AuditEvent, article) == rows(AuditEvent, other)
        assert [one.open_candidates for one in Article.objects.all()] == [0, 0]

    def test_brings_a_verdict_of_others_along(self, desk, sentences, reviewer, dismiss):
        Desk.objects.update(annotators_needed=2)
        annotated(sentences[0], by=reviewer, label="dismissed")

        dismiss()

        verdict = sentences[0].verdict
        verdict.refresh_from_db()
        assert (verdict.annotators, verdict.label, verdict.version) == (2, "dismissed", 2)

    def test_goes_by_the_rule_that_the_desk_has_now(self, article, sentences, reviewer, dismiss):
        annotated(sentences[0], by=reviewer, label="dismissed")
        Desk.objects.update(annotators_needed=2)  # after the caller read the article

        outcome = dismiss()

        assert len(outcome.marked) == 6

    def test_takes_the_same_number_of_statements_for_any_number(
        self, desk, annotator, now, django_assert_num_queries
    ):
        for number in (4, 40):
            article = ArticleFactory(desk=desk, sentences=number)
            seen = dict.fromkeys(article.sentences.values_list("pk", flat=True), Seen(0))

            with django_assert_num_queries(16):
                remaining.dismiss(article=article, seen=seen, by=annotator, at=now)

    @pytest.mark.parametrize("number", [0, remaining.AT_MOST + 1])
    def test_refuses_none_and_too_many(self, dismiss, number):
        with pytest.raises(BadInput):
            dismiss(seen=dict.fromkeys(range(number), Seen(0)))

    def test_refuses_outsiders(self, dismiss, outsider):
        with pytest.raises(NotAllowed):
            dismiss(by=outsider)

        assert not Annotation.objects.exists()


class TestLeftAlone:
    def test_what_a_colleague_decided(self, sentences, annotator, reviewer, dismiss):
        annotated(sentences[0], by=reviewer, label="disputed")
        annotated(sentences[2], by=reviewer, label="dismissed")

        outcome = dismiss()

        assert why(outcome) == [(Why.DECIDED, (reviewer.name,))] * 2
        assert len(outcome.marked) == 4
        assert sentences[0].annotations.get().author == reviewer

    def test_what_a_colleague_says_otherwise_where_more_are_needed(
        self, sentences, reviewer, dismiss
    ):
        Desk.objects.update(annotators_needed=2)
        annotated(sentences[0], by=reviewer, label="disputed")

        assert why(dismiss()) == [(Why.DECIDED, (reviewer.name,))]

    def test_nothing_of_what_a_blind_desk_hides(self, sentences, reviewer, dismiss):
        Desk.objects.update(annotators_needed=2, is_blind=True)
        annotated(sentences[0], by=reviewer, label="disputed")

        outcome = dismiss()

        assert outcome.left == []
        assert Verdict.objects.get(sentence=sentences[0]).state == "contested"

    def test_no_name_on_a_blind_desk(self, sentences, reviewer, dismiss):
        Desk.objects.update(is_blind=True)
        annotated(sentences[0], by=reviewer, label="disputed")

        assert why(dismiss()) == [(Why.DECIDED, ())]

    def test_what_is_approved_or_asked_for_again(self, desk, sentences, reviewer, dismiss):
        colleague = UserFactory(on=desk)
        approved(sentences[0], annotator=colleague, reviewer=reviewer)
        annotated(sentences[1], by=colleague)
        sent_back(sentences[1], by=reviewer)
        Desk.objects.update(annotators_needed=3)

        outcome = dismiss()

        assert why(outcome) == [(Why.DECIDED, (colleague.name,)), (Why.RETURNED, ())]
        assert list(Verdict.objects.order_by("sentence").values_list("state", flat=True)[:2]) == [
            "approved",
            "returned",
        ]

    def test_what_one_labelled_in_another_window(self, sentences, annotator, dismiss):
        annotated(sentences[0], by=annotator, label="disputed")
        annotated(sentences[1], by=annotator, label="dismissed")

        assert why(dismiss()) == [(Why.CHANGED, ()), (Why.MARKED, ())]
        assert labels_of(annotator)[0] == "disputed"

    def test_what_has_other_words_or_is_gone(self, article, sentences, manager, annotator, now):
        annotated(sentences[0], by=manager, label="dismissed")
        annotated(sentences[1], by=manager, label="dismissed")
        Desk.objects.update(annotators_needed=2)
        words = [one.exact for one in sentences]
        words[0] = words[0].replace("total", "reste")
        draft = intake.Draft(text=" ".join([*words[:1], *words[2:]]))
        revisions.revise(article=article, draft=draft, by=manager, at=now, based_on=article.version)
        seen = {one.pk: Seen(0, one.exact) for one in sentences[:2]}

        outcome = remaining.dismiss(article=article, seen=seen, by=annotator, at=now)

        assert why(outcome) == [(Why.CHANGED, ())] * 2
        assert labels_of(annotator) == []

    def test_sentences_of_another_article(self, article, sentences, dismiss):
        elsewhere = ArticleFactory(desk=article.desk).sentences.first()

        outcome = dismiss(seen={elsewhere.pk: Seen(0), sentences[0].pk: Seen(0)})

        assert outcome.marked == [sentences[0].pk]
        assert not elsewhere.annotations.exists()


class TestUndo:
    def test_takes_all_back_as_one_and_does_it_again(self, article, annotator, dismiss, now):
        dismiss()

        undone = undoing.undo(by=annotator, at=now, article=article)
        after_undo = (labels_of(annotator), Article.objects.get().open_candidates)
        redone = undoing.redo(by=annotator, at=now, article=article)

        assert (len(undone), len(redone)) == (6, 6)
        assert after_undo == ([""] * 6, 3)
        assert labels_of(annotator) == ["dismissed"] * 6

    def test_lets_them_be_marked_anew(self, article, annotator, dismiss, now):
        dismiss()
        undoing.undo(by=annotator, at=now, article=article)

        outcome = dismiss()

        assert len(outcome.marked) == 6
        assert set(Annotation.objects.values_list("version", flat=True)) == {3}
        assert {one.annotators for one in Verdict.objects.all()} == {1}

    def test_keeps_the_reasons_of_a_label_that_was_withdrawn(
        self, sentences, annotator, dismiss, now
    ):
        annotated(sentences[0], by=annotator, rationale="Seen.")
        nothing = Opinion(label="")
        tagging.annotate(sentence=sentences[0], opinion=nothing, by=annotator, at=now, based_on=1)

        dismiss()

        assert Annotation.objects.get(sentence=sentences[0]).rationale == "Seen."


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_people_mark_each_sentence_once(self, dismiss, reviewer):
        outcomes = at_once(dismiss, lambda: dismiss(by=reviewer))

        assert sorted(len(one.marked) for one in outcomes) == [0, 6]
        assert Annotation.objects.count() == 6

    def test_a_label_given_meanwhile_stands(self, sentences, dismiss, reviewer):
        at_once(dismiss, lambda: annotated(sentences[0], by=reviewer, label="disputed"))

        assert Annotation.objects.filter(author=reviewer).get().label == "disputed"
        assert Verdict.objects.count() == 6


def rows(model, article):
    """What rows of an article hold, each form once, but for keys and what is each row's own."""
    own = {"id", "article", "sentence", "batch", "before", "after", "approved_by"}
    names = [one.name for one in model._meta.concrete_fields if one.name not in own]
    held = model.objects.filter(article=article).order_by("pk").values(*names)
    return {str({**one, "at": 0, "updated_at": 0}) for one in held}
