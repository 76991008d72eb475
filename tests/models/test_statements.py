import pytest
from django.db import transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError

from annotations.models import ApiKey, Article, AuditEvent, Desk, statements
from annotations.models.statements import Reading, Slot, Updating
from tests.factories import ArticleFactory


@pytest.fixture
def articles(desk):
    return [ArticleFactory(desk=desk) for _ in range(3)]


class TestReading:
    def test_gives_what_the_queryset_gives(self, articles, django_assert_num_queries):
        def wanted(pk):
            rows = Article.objects.select_related("desk", "current_run").defer("byline")
            return rows.annotate(twin=F("title")).filter(pk=pk)

        reading = Reading(lambda: wanted(Slot("pk")))

        for article in articles:
            with django_assert_num_queries(1):
                (found,) = reading.all(pk=article.pk)
                expected_parts = (found.desk, found.current_run)
            expected = wanted(article.pk).get()
            assert found.__dict__.keys() == expected.__dict__.keys()
            assert found.twin == article.title
            assert (found, *expected_parts) == (expected, expected.desk, expected.current_run)
            assert found.get_deferred_fields() == {"byline"}

    def test_asks_the_same_as_the_queryset(self, articles, django_assert_num_queries):
        pk = articles[0].pk
        reading = Reading(lambda: Article.objects.select_related("desk").filter(pk=Slot("pk")))

        with django_assert_num_queries(2) as asked:
            reading.one(pk=pk)
            list(Article.objects.select_related("desk").filter(pk=pk))

        first, second = (query["sql"] for query in asked.captured_queries)
        assert first.replace(f"({pk})", str(pk)) == second

    def test_finds_what_is_among_several(self, articles):
        reading = Reading(lambda: Article.objects.filter(desk__among=Slot("desks")))
        other = ArticleFactory()

        found = [reading.all(desks=desks) for desks in ([other.desk_id], [], [articles[0].desk_id])]

        assert [set(one) for one in found] == [{other}, set(), set(articles)]

    def test_gives_the_rows_of_values(self, articles):
        rows = Article.objects.order_by("pk").values_list("title", "desk__slug")

        assert Reading(lambda: rows.filter(pk__gt=Slot("pk"))).rows(pk=0) == list(rows)

    def test_turns_columns_into_python(self, desk):
        Desk.objects.update(rating_scale=[{"value": 1, "fr": "faux", "en": "false"}])
        reading = Reading(lambda: Desk.objects.filter(slug=Slot("slug")))

        found = reading.one(slug=desk.slug)

        assert found.rating_scale == [{"value": 1, "fr": "faux", "en": "false"}]

    def test_keeps_no_answer(self, articles):
        reading = Reading(lambda: Article.objects.filter(pk=Slot("pk")))
        reading.one(pk=articles[0].pk)

        Article.objects.filter(pk=articles[0].pk).update(title="Nouveau")

        assert reading.one(pk=articles[0].pk).title == "Nouveau"

    def test_says_that_there_is_none(self, db):
        reading = Reading(lambda: ApiKey.objects.filter(prefix=Slot("prefix")))

        assert reading.one(prefix="a") is None
        assert reading.all(prefix="a") == []

    @pytest.mark.django_db(transaction=True)
    def test_holds_rows_in_a_transaction_only(self, articles):
        reading = Reading(lambda: Article.objects.select_for_update().filter(pk=Slot("pk")))
        with transaction.atomic():
            assert reading.one(pk=articles[0].pk)

        with pytest.raises(TransactionManagementError):
            reading.one(pk=articles[0].pk)


class TestUpdating:
    def test_does_what_the_queryset_does(self, articles, django_assert_num_queries):
        updating = Updating(
            lambda: Article.objects.filter(pk=Slot("pk")), lambda: {"title": Slot("title")}
        )

        with django_assert_num_queries(1):
            updating.run(pk=articles[0].pk, title="Nouveau")

        assert Article.objects.filter(title="Nouveau").count() == 1


class TestSave:
    def test_asks_the_same_as_the_row_itself(self, desk, now, django_assert_num_queries):
        def new():
            return AuditEvent(desk=desk, action="a", before={"é": [1, None]}, at=now)

        with django_assert_num_queries(2) as asked:
            statements.save(new())
            new().save()

        first, second = (query["sql"] for query in asked.captured_queries)
        assert first == second

    def test_gives_a_new_row_its_key(self, desk, now):
        events = [AuditEvent(desk=desk, action="a", after={"é": n}, at=now) for n in range(2)]

        for event in events:
            statements.save(event)

        stored = AuditEvent.objects.order_by("pk")
        assert list(stored) == events
        assert [(one.desk, one.before, one.after, one.at) for one in stored] == [
            (desk, None, {"é": n}, now) for n in range(2)
        ]

    def test_changes_a_row_that_is_there(self, articles):
        articles[0].title = "Nouveau"

        statements.save(articles[0])

        assert Article.objects.get(title="Nouveau") == articles[0]
