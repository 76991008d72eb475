from datetime import timedelta

import pytest

from annotations.models import Article, AuditEvent, Verdict
from annotations.workflow import approvals, publishing, verdicts
from tests.factories import ArticleFactory, annotated


@pytest.fixture
def article(desk, annotator):
    article = ArticleFactory(desk=desk, sentences=3)
    for sentence in article.sentences.all():
        annotated(sentence, by=annotator)
    return article


def seen():
    return {one.pk: one.version for one in Verdict.objects.all()}


def states():
    return set(Verdict.objects.values_list("state", flat=True))


@pytest.fixture
def approved_all(article, reviewer, now):
    approved, _refused = verdicts.approve_all(article=article, seen=seen(), by=reviewer, at=now)
    return approved


class TestTakeBack:
    def test_takes_the_whole_step_back(self, article, approved_all, reviewer, now):
        taken = approvals.take_back(article=article, by=reviewer, at=now)

        events = AuditEvent.objects.filter(action="verdict.unapproved", undoes__isnull=False)
        assert len(taken) == events.count() == 3
        assert states() == {"proposed"}
        assert not Verdict.objects.filter(approved_by__isnull=False).exists()

    def test_takes_a_single_approval_back(self, article, reviewer, now):
        verdict = Verdict.objects.first()
        verdicts.approve(verdict=verdict, by=reviewer, at=now, based_on=verdict.version, rating=3)

        [taken] = approvals.take_back(article=article, by=reviewer, at=now)

        assert (taken.pk, taken.state, taken.rating) == (verdict.pk, "proposed", None)

    def test_leaves_what_was_changed_since(self, article, approved_all, annotator, reviewer, now):
        changed = approved_all[0]
        verdicts.send_back(
            verdict=changed, comment="Look.", by=reviewer, at=now, based_on=changed.version
        )

        taken = approvals.take_back(article=article, by=reviewer, at=now)

        assert len(taken) == 2
        assert states() == {"proposed", "returned"}

    def test_refuses_what_is_published(self, article, approved_all, reviewer, now):
        publishing.publish(article=article, by=reviewer, at=now)

        with pytest.raises(approvals.NothingToTakeBack, match="corrected or retracted"):
            approvals.take_back(article=article, by=reviewer, at=now)

        assert states() == {"published"}

    def test_refuses_a_second_time(self, article, approved_all, reviewer, now):
        approvals.take_back(article=article, by=reviewer, at=now)

        with pytest.raises(approvals.NothingToTakeBack):
            approvals.take_back(article=article, by=reviewer, at=now)

    def test_refuses_after_a_day(self, article, approved_all, reviewer, now):
        with pytest.raises(approvals.NothingToTakeBack, match="more than a day old"):
            approvals.take_back(article=article, by=reviewer, at=now + timedelta(hours=25))

    def test_leaves_what_another_reviewer_approved(self, article, approved_all, manager, now):
        with pytest.raises(approvals.NothingToTakeBack):
            approvals.take_back(article=article, by=manager, at=now)

        assert Article.objects.count() == 1
        assert states() == {"approved"}
