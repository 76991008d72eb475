from datetime import timedelta

import pytest

from annotations.models import Annotation, AuditEvent, Verdict
from annotations.workflow import publishing, tagging, undoing, verdicts
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.holding import Gone
from annotations.workflow.tagging import AlreadyPublished, Item, Opinion, Seen
from annotations.workflow.undoing import NothingToRedo, NothingToUndo, TooLate
from tests.concurrency import at_once
from tests.factories import ArticleFactory

REPORT = Item("https://journal.example/rapport", title="Le rapport", quote="« 3 millions »")
NOTHING = {"label": "", "words": "", "rationale": "", "evidence": []}


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=4)


@pytest.fixture
def sentence(article):
    return article.sentences.get(index=0)


@pytest.fixture
def say(sentence, annotator, now):
    """Annotate as the annotator, on the version that stands."""

    def say(label, *, on=sentence, by=annotator, at=now, **opinion):
        last = Annotation.objects.filter(sentence=on, author=by).first()
        return tagging.annotate(
            sentence=on,
            opinion=Opinion(label=label, **opinion),
            by=by,
            at=at,
            based_on=last.version if last else 0,
        )

    return say


@pytest.fixture
def undo(annotator, now):
    return lambda at=now, **where: undoing.undo(by=annotator, at=at, **where)


@pytest.fixture
def redo(annotator, now):
    return lambda at=now, **where: undoing.redo(by=annotator, at=at, **where)


@pytest.fixture
def dismiss(article, annotator, now):
    """Dismiss these sentences of the article in one step."""

    def dismiss(*indexes, seen=0):
        chosen = {one.pk: Seen(seen) for one in article.sentences.filter(index__in=indexes)}
        return tagging.annotate_all(
            article=article, label="dismissed", seen=chosen, by=annotator, at=now
        )

    return dismiss


def labels_of(article):
    given = dict(Annotation.objects.values_list("sentence__index", "label"))
    return [given.get(index, "") for index in range(4)]


class TestUndo:
    def test_brings_back_the_whole_state_before(self, sentence, annotator, say, now):
        say("verified", rationale="Vu.", evidence=[REPORT])
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        [annotation] = undoing.undo(by=annotator, at=now, sentence=sentence)

        state = tagging.state_of(Annotation.objects.get(pk=annotation.pk))
        assert (state["label"], state["rationale"]) == ("verified", "Vu.")
        assert state["evidence"][0]["url"] == REPORT.url
        assert annotation.version == 3
        assert Verdict.objects.get().label == "verified"

    def test_goes_back_step_by_step(self, sentence, annotator, say, undo, now):
        for label in ("verified", "disputed", "unverified"):
            say(label)

        labels = [one.label for _ in range(3) for one in undo(sentence=sentence)]

        assert labels == ["disputed", "verified", ""]
        with pytest.raises(NothingToUndo):
            undoing.undo(by=annotator, at=now, sentence=sentence)

    def test_goes_on_from_what_was_said_after_an_undo(self, sentence, annotator, say, undo, now):
        say("verified")
        say("disputed")
        undoing.undo(by=annotator, at=now, sentence=sentence)
        say("unverified")

        labels = [one.label for _ in range(2) for one in undo(sentence=sentence)]

        assert labels == ["verified", ""]

    def test_goes_through_an_article_newest_change_first(self, article, say, undo):
        first, second, *_ = article.sentences.order_by("index")
        say("verified", on=second)
        say("disputed", on=first)

        undone = [one for _ in range(2) for one in undo(article=article)]

        assert [one.sentence for one in undone] == [first, second]

    def test_without_a_place_undoes_the_last_change_anywhere(self, article, annotator, say, now):
        gone = ArticleFactory(desk=article.desk)
        say("verified")
        say("verified", on=gone.sentences.first())
        gone.delete()

        [undone] = undoing.undo(by=annotator, at=now)

        assert undone.sentence.article == article

    def test_leaves_alone_what_colleagues_said(self, sentence, annotator, reviewer, say, now):
        say("verified")
        say("disputed", by=reviewer)

        undoing.undo(by=annotator, at=now, sentence=sentence)

        assert [one.author for one in Annotation.objects.given()] == [reviewer]
        with pytest.raises(NothingToUndo):
            undoing.undo(by=annotator, at=now, sentence=sentence)

    def test_says_which_event_it_undoes(self, sentence, annotator, say, now):
        say("verified")
        put = AuditEvent.objects.get()

        undoing.undo(by=annotator, at=now, sentence=sentence)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.undoes) == ("annotation.undone", put)
        assert (event.before["label"], event.after) == ("verified", NOTHING)

    def test_refuses_an_outsider(self, sentence, annotator, say, now):
        say("verified")
        annotator.memberships.all().delete()

        with pytest.raises(NotAllowed):
            undoing.undo(by=annotator, at=now, sentence=sentence)

        assert Annotation.objects.get().label == "verified"

    @pytest.mark.django_db(transaction=True)
    def test_the_key_pressed_twice_at_once_undoes_two_steps(self, article, annotator, say, now):
        say("verified")
        say("disputed")

        outcomes = at_once(*[lambda: undoing.undo(by=annotator, at=now, article=article)] * 2)

        assert sorted(one.label for [one] in outcomes) == ["", "verified"]
        assert AuditEvent.objects.filter(undoes__isnull=False).count() == 2


class TestRedo:
    def test_brings_back_the_whole_state_that_was_undone(self, sentence, say, undo, redo):
        say("disputed", rationale="Non.", evidence=[REPORT])
        undo(sentence=sentence)

        [annotation] = redo(sentence=sentence)

        state = tagging.state_of(Annotation.objects.get(pk=annotation.pk))
        assert (state["label"], state["rationale"]) == ("disputed", "Non.")
        assert state["evidence"][0]["url"] == REPORT.url
        assert Verdict.objects.get().label == "disputed"

    def test_goes_forth_step_by_step_and_back_again(self, article, sentence, say, undo, redo):
        for label in ("verified", "disputed", "unverified"):
            say(label)
        for _ in range(3):
            undo(article=article)

        forth = [one.label for _ in range(3) for one in redo(article=article)]
        back = [one.label for _ in range(3) for one in undo(article=article)]

        assert forth == ["verified", "disputed", "unverified"]
        assert back == ["disputed", "verified", ""]

    def test_says_which_event_it_undoes(self, sentence, say, undo, redo):
        say("verified")
        undo(sentence=sentence)
        undone = AuditEvent.objects.latest("id")

        redo(sentence=sentence)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.undoes) == ("annotation.redone", undone)
        assert (event.before, event.after["label"]) == (NOTHING, "verified")

    def test_refuses_after_the_next_change_in_the_article(self, article, say, undo, redo):
        say("verified")
        undo(article=article)
        say("disputed", on=article.sentences.get(index=2))

        with pytest.raises(NothingToRedo):
            redo(article=article)

        assert labels_of(article) == ["", "", "disputed", ""]

    def test_refuses_where_nothing_was_undone(self, article, say, redo):
        say("verified")

        with pytest.raises(NothingToRedo):
            redo(article=article)

    def test_leaves_alone_what_colleagues_undid(self, article, say, reviewer, now, redo):
        say("verified", by=reviewer)
        undoing.undo(by=reviewer, at=now, article=article)

        with pytest.raises(NothingToRedo):
            redo(article=article)

    @pytest.mark.django_db(transaction=True)
    def test_the_key_pressed_twice_at_once_does_it_once(self, article, say, undo, redo):
        say("verified")
        undo(article=article)

        outcomes = at_once(*[lambda: redo(article=article)] * 2)

        assert sorted(type(one).__name__ for one in outcomes) == ["NothingToRedo", "list"]
        assert labels_of(article)[0] == "verified"


class TestWindow:
    def test_reaches_back_a_day(self, sentence, say, undo, redo, now):
        say("verified")

        undo(at=now + timedelta(hours=24), sentence=sentence)
        [again] = redo(at=now + timedelta(hours=48), sentence=sentence)

        assert again.label == "verified"

    def test_refuses_to_undo_what_is_older(self, sentence, say, undo, now):
        say("verified")

        with pytest.raises(TooLate):
            undo(at=now + timedelta(hours=24, seconds=1), sentence=sentence)

        assert Annotation.objects.get().label == "verified"

    def test_refuses_to_redo_what_was_undone_longer_ago(self, sentence, say, undo, redo, now):
        say("verified")
        undo(sentence=sentence)

        with pytest.raises(TooLate):
            redo(at=now + timedelta(hours=24, seconds=1), sentence=sentence)


class TestMany:
    def test_gives_all_the_label_in_one_step(self, article, dismiss):
        changed = dismiss(1, 2, 3)

        assert len(changed) == 3
        assert labels_of(article) == ["", "dismissed", "dismissed", "dismissed"]
        assert AuditEvent.objects.values("batch").distinct().count() == 1

    def test_is_undone_and_done_again_as_one(self, article, say, dismiss, undo, redo):
        say("verified")
        dismiss(1, 2, 3)

        undone = undo(article=article)
        after_undo = labels_of(article)
        redone = redo(article=article)

        assert (len(undone), len(redone)) == (3, 3)
        assert after_undo == ["verified", "", "", ""]
        assert labels_of(article) == ["verified", "dismissed", "dismissed", "dismissed"]

    def test_leaves_the_others_of_the_step_where_one_sentence_is_undone(
        self, article, dismiss, undo, redo
    ):
        dismiss(1, 2)

        undo(sentence=article.sentences.get(index=1))

        assert labels_of(article) == ["", "", "dismissed", ""]
        assert len(undo(article=article)) == 1
        assert [len(redo(article=article)) for _ in range(2)] == [1, 1]

    def test_brings_a_label_given_before_back(self, article, say, dismiss, undo):
        say("verified", on=article.sentences.get(index=1))
        dismiss(1, seen=1)

        undo(article=article)

        assert labels_of(article) == ["", "verified", "", ""]

    def test_leaves_out_what_was_published_since(self, article, annotator, reviewer, undo, now):
        seen = {one.pk: Seen(0) for one in article.sentences.filter(index__in=[1, 2])}
        tagging.annotate_all(article=article, label="verified", seen=seen, by=annotator, at=now)
        verdict = Verdict.objects.get(sentence__index=1)
        verdicts.approve(verdict=verdict, by=reviewer, at=now, based_on=verdict.version)
        publishing.publish(article=article, by=reviewer, at=now)

        undone = undo(article=article)

        assert [one.sentence.index for one in undone] == [2]
        with pytest.raises(AlreadyPublished):
            undo(article=article)

    def test_writes_nothing_where_one_was_changed_in_between(self, article, say, dismiss):
        say("verified", on=article.sentences.get(index=2))

        with pytest.raises(StaleWrite) as refusal:
            dismiss(1, 2, 3)

        assert refusal.value.current.sentence.index == 2
        assert labels_of(article) == ["", "", "verified", ""]

    def test_refuses_sentences_of_another_article(self, article, annotator, now):
        seen = {ArticleFactory(desk=article.desk).sentences.first().pk: Seen(0)}

        with pytest.raises(Gone):
            tagging.annotate_all(article=article, label="verified", seen=seen, by=annotator, at=now)

    @pytest.mark.parametrize("number", [0, tagging.MANY + 1])
    def test_refuses_none_and_too_many(self, article, annotator, now, number):
        seen = dict.fromkeys(range(number), Seen(0))

        with pytest.raises(BadInput):
            tagging.annotate_all(article=article, label="verified", seen=seen, by=annotator, at=now)

    def test_refuses_outsiders(self, article, outsider, now):
        seen = {article.sentences.first().pk: Seen(0)}

        with pytest.raises(NotAllowed):
            tagging.annotate_all(article=article, label="verified", seen=seen, by=outsider, at=now)
