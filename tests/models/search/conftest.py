"""Articles to be searched, and who searches."""

import pytest
from django.db.models import F

from annotations.models import SearchEntry
from annotations.models.search_filters import Seeker
from annotations.workflow import searching
from tests.factories import ArticleFactory
from tests.models.search.texts import TODAY

_AS_WRITTEN = F("sentence").asc(nulls_first=True)  # titles before texts


@pytest.fixture
def french(desk):
    return ArticleFactory(desk=desk, language="fr", title="Un titre")


@pytest.fixture
def english(desk):
    return ArticleFactory(desk=desk, language="en", title="A title")


@pytest.fixture
def found(desk, annotator):
    """Return the words of what a query finds."""

    def search(text, *, by=annotator, desks=(desk,), blind=()):
        query = searching.read(text, desks=desks, today=TODAY)
        rows = SearchEntry.objects.found(query, by=Seeker(by, desks, blind))
        rows = rows.select_related("article", "sentence").order_by(_AS_WRITTEN, "article")
        return [one.sentence.exact if one.sentence else one.article.title for one in rows]

    return search
