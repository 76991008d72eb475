import pytest

from annotations.models import Article, ordering
from tests.factories import ArticleFactory

ORDER = ("urgency", "pk")


@pytest.fixture
def articles(desk):
    """Three of one urgency, and one that is more urgent, which came in between."""
    priorities = ["normal", "normal", "urgent", "normal"]
    made = [ArticleFactory(desk=desk, priority=Article.Priority[one.upper()]) for one in priorities]
    for one in made:
        one.refresh_from_db()
    return made


def place_of(article):
    return tuple(getattr(article, name) for name in ORDER)


class TestPlaces:
    def test_keeps_what_comes_before(self, articles):
        for shown in articles:
            found = set(Article.objects.filter(ordering.before(ORDER, place_of(shown))))

            assert found == {one for one in articles if place_of(one) < place_of(shown)}

    def test_keeps_what_comes_after(self, articles):
        for shown in articles:
            found = set(Article.objects.filter(ordering.after(ORDER, place_of(shown))))

            assert found == {one for one in articles if place_of(one) > place_of(shown)}

    @pytest.mark.parametrize("order", [("-urgency", "-pk"), ("urgency", "pk")])
    def test_turns_every_page_of_an_order(self, articles, order):
        rows, seen = Article.objects.order_by(*order), []
        while found := list((rows.filter(ordering.behind(order, seen[-1])) if seen else rows)[:1]):
            seen += map(place_of, found)

        assert seen == sorted(map(place_of, articles), reverse=order[0].startswith("-"))

    def test_takes_keys_of_any_size(self, articles):
        largest = (10**15, 2**63 - 1)

        assert Article.objects.filter(ordering.before(ORDER, largest)).count() == 4
        assert not Article.objects.filter(ordering.after(ORDER, largest)).exists()
