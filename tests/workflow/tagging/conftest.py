import pytest

from annotations.models import (
    Annotation,
)
from annotations.workflow import tagging
from annotations.workflow.tagging import Opinion
from tests.factories import ArticleFactory


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk)


@pytest.fixture
def sentence(article):
    return article.sentences.first()


@pytest.fixture
def say(sentence, annotator, now):
    """Annotate as the annotator, on the version that stands."""

    def say(label, *, on=sentence, by=annotator, **opinion):
        last = Annotation.objects.filter(sentence=on, author=by).first()
        return tagging.annotate(
            sentence=on,
            opinion=Opinion(label=label, **opinion),
            by=by,
            at=now,
            based_on=last.version if last else 0,
        )

    return say
