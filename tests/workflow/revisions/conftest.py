import pytest

from annotations.workflow import revisions
from annotations.workflow.intake import Draft
from tests.workflow.revisions.steps import TEXT, added


@pytest.fixture
def article(desk, annotator, now):
    return added(desk, TEXT, by=annotator, at=now)


@pytest.fixture
def revise(annotator, now):
    def revise(article, text, *, by=annotator, based_on=None, html=""):
        article.refresh_from_db()
        seen = article.version if based_on is None else based_on
        draft = Draft(text=text, html=html)
        run, carried = revisions.revise(article=article, draft=draft, by=by, at=now, based_on=seen)
        article.refresh_from_db()
        return run, carried

    return revise
