from datetime import timedelta

import pytest

from annotations.models import Article, AuditEvent
from annotations.workflow import assigning, metadata
from annotations.workflow.errors import BadInput, NotAllowed, Outsider
from tests.factories import ArticleFactory, UserFactory


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk)


def assign(article, by, now, to):
    return assigning.assign(article=article, to=to and to.username, by=by, at=now).assignee


class TestAssign:
    def test_gives_an_article_to_a_member_with_a_trace(self, article, reviewer, annotator, now):
        assign(article, reviewer, now, annotator)

        article.refresh_from_db()
        assert (article.assignee, article.version) == (annotator, 2)
        event = AuditEvent.objects.get(action="article.assigned")
        assert (event.before["assignee"], event.after["assignee"]) == (None, annotator.username)

    def test_lets_annotators_take_and_give_back(self, article, annotator, now):
        assert assign(article, annotator, now, annotator) == annotator
        assert assign(article, annotator, now, None) is None

    def test_lets_a_reviewer_give_it_to_somebody_else(self, article, desk, annotator, manager, now):
        other = UserFactory(on=desk)
        assign(article, annotator, now, annotator)

        assert assign(article, manager, now, other) == other
        assert assign(article, manager, now, None) is None

    def test_of_what_stands_changes_nothing(self, article, annotator, now):
        assign(article, annotator, now, annotator)
        assign(article, annotator, now, annotator)

        assert AuditEvent.objects.filter(action="article.assigned").count() == 1

    def test_refuses_an_annotator_who_assigns_others(self, article, desk, annotator, now):
        with pytest.raises(NotAllowed):
            assign(article, annotator, now, UserFactory(on=desk))

    @pytest.mark.parametrize("to_self", [True, False])
    def test_refuses_an_annotator_what_a_colleague_has(
        self, article, desk, annotator, reviewer, now, to_self
    ):
        colleague = UserFactory(on=desk, display_name="Ada")
        assign(article, reviewer, now, colleague)

        with pytest.raises(assigning.Taken, match="Ada has this article"):
            assign(article, annotator, now, annotator if to_self else None)

    def test_refuses_who_is_no_member(self, article, reviewer, outsider, now):
        with pytest.raises(BadInput) as refusal:
            assign(article, reviewer, now, outsider)

        assert (refusal.value.field, refusal.value.reason) == ("assignee", "unknown_member")

    def test_refuses_outsiders(self, article, outsider, now):
        with pytest.raises(Outsider):
            assign(article, outsider, now, None)


class TestPrioritise:
    def test_orders_the_queue(self, article, reviewer, now):
        due = now + timedelta(hours=3)

        assigning.prioritise(article=article, priority="urgent", due_at=due, by=reviewer, at=now)

        article.refresh_from_db()
        assert (article.priority, article.urgency, article.due_at) == (3, 3, due)
        event = AuditEvent.objects.get(action="article.assigned")
        assert event.after["priority"] == "urgent"

    def test_no_longer_does_so_when_nothing_is_left(self, article, reviewer, now):
        assigning.prioritise(article=article, priority="urgent", by=reviewer, at=now)

        Article.objects.update(open_candidates=0)

        article.refresh_from_db()
        assert (article.priority, article.urgency) == (3, 1)

    def test_is_for_reviewers(self, article, annotator, now):
        with pytest.raises(NotAllowed):
            assigning.prioritise(article=article, priority="high", by=annotator, at=now)

    def test_refuses_a_priority_that_does_not_exist(self, article, reviewer, now):
        with pytest.raises(BadInput):
            assigning.prioritise(article=article, priority="odd", by=reviewer, at=now)


class TestAmend:
    def test_takes_all_this_too(self, article, reviewer, annotator, now):
        changes = {"assignee": annotator.username, "priority": "high", "title": "Autre"}

        metadata.amend(article=article, changes=changes, by=reviewer, at=now, based_on=1)

        article.refresh_from_db()
        assert (article.assignee, article.priority, article.title) == (annotator, 2, "Autre")

    def test_lets_annotators_change_the_rest(self, article, annotator, now):
        changes = {"assignee": None, "priority": "normal", "title": "Autre"}

        metadata.amend(article=article, changes=changes, by=annotator, at=now, based_on=1)

        assert Article.objects.get().title == "Autre"

    def test_refuses_annotators_what_is_for_reviewers(self, article, annotator, now):
        with pytest.raises(NotAllowed):
            metadata.amend(
                article=article, changes={"priority": "urgent"}, by=annotator, at=now, based_on=1
            )
