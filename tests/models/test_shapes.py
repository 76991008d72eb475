import pytest

from annotations.models import Article
from annotations.models.shapes import Shapes, of_desks
from tests.factories import ArticleFactory, DeskFactory

LIST = Shapes(lambda: Article.objects.order_by("-id"))


@pytest.fixture
def desks(db):
    """Three desks with three articles each, added in turn."""
    desks = [DeskFactory() for _ in range(3)]
    for _time in range(3):
        for desk in desks:
            ArticleFactory(desk=desk, sentences=0)
    return desks


class TestPage:
    @pytest.mark.parametrize("count", [1, 2, 3])
    @pytest.mark.parametrize("limit", [1, 2, 9])
    def test_gives_what_a_queryset_would(self, desks, count, limit):
        ids = [desk.pk for desk in desks[:count]]
        rows = list(Article.objects.filter(desk__in=ids).order_by("-id"))
        where = of_desks("desk", ids)

        first = LIST.page(where, [], limit)
        second = LIST.page(where, [first[-1].pk], limit)

        assert first + second == rows[: 2 * limit]

    def test_takes_other_values_each_time(self, desks):
        for desk in desks:
            assert {one.desk_id for one in LIST.page({"desk": desk.pk}, [], 9)} == {desk.pk}

    def test_finds_by_more_than_one_filter(self, desks):
        [article, *_] = Article.objects.filter(desk=desks[0])
        where = of_desks("desk", [desks[0].pk]) | {"title": article.title}

        assert LIST.page(where, [], 9) == [article]

    def test_makes_a_queryset_of_the_same(self, desks):
        where = of_desks("desk", [desk.pk for desk in desks[:2]])

        assert list(LIST.rows(where)) == LIST.page(where, [], 9)
