import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError
from django.forms.models import model_to_dict

from annotations.models import Annotation, ApiKey, Article, AuditEvent, Desk, Label, statements
from annotations.models.statements import Reading, Slot, Updating
from tests.factories import ArticleFactory, annotated


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

    def test_turns_columns_of_values_into_python(self, desk):
        Desk.objects.update(rating_scale=[{"value": 1, "fr": "faux", "en": "false"}])
        rows = Desk.objects.values_list("slug", "rating_scale")

        assert Reading(lambda: rows.filter(pk=Slot("pk"))).rows(pk=desk.pk) == list(rows)

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

    def test_changes_a_row_that_is_there(self, articles, annotator, django_assert_num_queries):
        annotated(articles[0].sentences.first(), by=annotator)
        (kept,) = Annotation.objects.defer("rationale")
        kept.label = Label.DISPUTED

        with django_assert_num_queries(1):
            statements.save(kept)

        (stored,) = Annotation.objects.all()
        assert stored.label == Label.DISPUTED
        assert (stored.rationale, stored.updated_at) == ("", kept.updated_at)

    def test_writes_all_columns_as_the_row_itself_does(self, desk):
        for save in (Desk.save, statements.save):
            desk.rating_scale, desk.is_blind = [{"value": 1, "fr": "faux", "en": "false"}], True
            save(desk)
            stored = Desk.objects.get(pk=desk.pk)
            assert model_to_dict(stored) == model_to_dict(desk)
            desk.rating_scale, desk.is_blind = [], False
            save(desk)

    def test_does_not_make_a_row_again_that_is_gone(self, desk):
        gone = Desk.objects.get(pk=desk.pk)
        Desk.objects.filter(pk=desk.pk).delete()

        with pytest.raises(DatabaseError, match="no row"):
            statements.save(gone)

        assert not Desk.objects.filter(pk=desk.pk).exists()


@transaction.atomic
def _save_together(*rows):
    with statements.together():
        for row in rows:
            statements.save(row)


class TestTogether:
    def test_gives_keys_at_the_end(self, desk, now):
        event, twin = AuditEvent(desk=desk, action="a", at=now), Desk(name="Other", slug="other")

        with statements.together():
            for row in (event, twin):
                statements.save(row)
            before = [event.pk, twin.pk]

        assert before == [None, None]
        assert AuditEvent.objects.get() == event
        assert Desk.objects.get(slug="other") == twin

    def test_keeps_the_order_of_a_table(self, desk, now):
        events = [AuditEvent(desk=desk, action=f"{n}", at=now) for n in range(3)]

        with statements.together():
            for event in events:
                statements.save(event)

        assert list(AuditEvent.objects.order_by("pk")) == events
        assert [one.action for one in AuditEvent.objects.order_by("pk")] == ["0", "1", "2"]

    def test_sends_one_statement(self, articles, now, django_assert_num_queries):
        desk, article = articles[0].desk, articles[0]
        desk.name = "Culture"
        updating = Updating(
            lambda: Article.objects.filter(pk=Slot("pk")), lambda: {"title": Slot("title")}
        )

        with django_assert_num_queries(1), statements.together():
            statements.save(desk)
            updating.run(pk=article.pk, title="Nouveau")
            statements.save(AuditEvent(desk=desk, action="a", at=now))

        assert Article.objects.get(pk=article.pk).title == "Nouveau"
        assert Desk.objects.get(pk=desk.pk).name == "Culture"
        assert AuditEvent.objects.get().desk == desk

    def test_sends_changes_of_no_single_row(self, articles, django_assert_num_queries):
        desk = articles[0].desk
        name = Updating(lambda: Desk.objects.filter(pk=Slot("pk")), lambda: {"name": Slot("name")})
        titles = Updating(
            lambda: Article.objects.filter(desk_id=Slot("desk")), lambda: {"title": Slot("title")}
        )

        with django_assert_num_queries(1), statements.together():
            name.run(pk=desk.pk, name="Culture")
            titles.run(desk=desk.pk, title="Nouveau")

        assert Article.objects.filter(title="Nouveau", desk__name="Culture").count() == 3

    def test_changes_the_same_row_again(self, desk):
        with statements.together():
            for name in ("Culture", "Sport"):
                desk.name = name
                statements.save(desk)

        assert Desk.objects.get(pk=desk.pk).name == "Sport"

    def test_gives_keys_when_somebody_needs_them(self, desk, now):
        first, second = (AuditEvent(desk=desk, action="a", at=now) for _ in range(2))

        with statements.together():
            statements.save(first)
            statements.settle()
            assert AuditEvent.objects.get(pk=first.pk) == first
            second.undoes = first
            statements.save(second)

        assert AuditEvent.objects.get(pk=second.pk).undoes == first

    def test_reads_what_was_saved_before(self, desk, now):
        desk.name = "Culture"

        with statements.together():
            statements.save(desk)
            statements.save(AuditEvent(desk=desk, action="a", at=now))
            seen = Desk.objects.get(pk=desk.pk).name, AuditEvent.objects.count()

        assert seen == ("Culture", 1)

    def test_raises_what_the_database_refuses(self, desk, now, transactional_db):
        twin = Desk(name="Other", slug=desk.slug)
        first, last = (AuditEvent(desk=desk, action="a", at=now) for _ in range(2))

        with pytest.raises(IntegrityError):
            _save_together(first, twin, last)

        assert not AuditEvent.objects.exists()
        assert list(Desk.objects.all()) == [desk]

    def test_tells_of_a_row_that_is_gone(self, desk):
        gone = Desk.objects.get(pk=desk.pk)
        Desk.objects.filter(pk=desk.pk).delete()

        with pytest.raises(DatabaseError, match="no row"), statements.together():
            statements.save(gone)

    def test_tells_which_of_the_rows_is_gone(self, desk, now):
        gone = Desk.objects.get(pk=desk.pk)
        Desk.objects.filter(pk=desk.pk).delete()

        with pytest.raises(DatabaseError, match=f"no row {gone.pk} of annotations_desk"):
            _save_together(AuditEvent(desk=desk, action="a", at=now), gone)

        assert not AuditEvent.objects.exists()

    def test_leaves_the_connection_as_it_was(self, desk, now):
        twin = Desk(name="Other", slug=desk.slug)
        with pytest.raises(IntegrityError):
            _save_together(twin)

        one = AuditEvent(desk=desk, action="b", at=now)
        statements.save(one)
        assert AuditEvent.objects.get(action="b") == one

    def test_settles_nothing_outside(self):
        statements.settle()


class TestSaveAll:
    def test_saves_these_fields_of_all_rows_and_no_others(
        self, articles, desk, annotator, django_assert_num_queries
    ):
        annotated(articles[0].sentences.first(), by=annotator)
        sentences = list(articles[0].sentences.order_by("pk"))
        other = articles[1].current_revision
        for number, one in enumerate(sentences, start=20):
            one.index, one.revision, one.cut_by_hand, one.role = number, other, True, "byline"
            one.start, one.end = one.start + 1000, one.end + 1000
            one.exact = one.exact.swapcase()

        with django_assert_num_queries(1):
            statements.save_all(
                sentences, "revision", "index", "start", "end", "exact", "cut_by_hand"
            )

        for one in sentences:
            one.role = "body"
            assert model_to_dict(one.__class__.objects.get(pk=one.pk)) == model_to_dict(one)

    def test_asks_nothing_where_there_is_none(self, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            statements.save_all([], "title")

    def test_tells_of_a_row_that_is_gone(self, articles):
        gone = Article(pk=10**9, title="Gone")

        with pytest.raises(DatabaseError):
            statements.save_all([articles[0], gone], "title")
