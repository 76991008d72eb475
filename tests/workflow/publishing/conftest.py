from datetime import timedelta

import pytest

from tests.factories import AT, ArticleFactory
from tests.factories import published as make_published
from tests.workflow.publishing.steps import REPORT


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=4, source_name="Le Journal", published_at=AT)


@pytest.fixture
def sentences(article):
    return list(article.sentences.order_by("index"))


@pytest.fixture
def published(sentences, annotator, reviewer):
    """A publication, and its verdict as it stands."""
    return make_published(
        sentences[0],
        annotator=annotator,
        reviewer=reviewer,
        label="verified",
        rationale="Vu au budget.",
        evidence=[REPORT],
    )


@pytest.fixture
def later(now):
    return now + timedelta(days=2)
