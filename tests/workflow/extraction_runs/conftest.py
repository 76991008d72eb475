from datetime import timedelta

import pytest

from annotations.workflow import articles, intake
from tests.workflow.extraction_runs.steps import TEXT


@pytest.fixture
def run(desk, annotator, now):
    draft = intake.Draft(text=TEXT, language="fr")
    return articles.add(desk=desk, draft=draft, by=annotator, at=now)


@pytest.fixture
def article(run):
    return run.revision.article


@pytest.fixture
def clock(now):
    """A clock that goes on by one second each time it is read."""
    seconds = iter(range(100_000))
    return lambda: now + timedelta(seconds=next(seconds))
