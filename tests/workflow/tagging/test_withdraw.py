import pytest

from annotations.models import (
    Annotation,
    AuditEvent,
    Verdict,
)
from annotations.workflow import tagging
from annotations.workflow.errors import NotAllowed
from tests.concurrency import at_once
from tests.factories import ArticleFactory, annotated
from tests.workflow.tagging.steps import NOTHING, REPORT


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
