from datetime import UTC, datetime

import pytest

from annotations.models import Article, AuditEvent, ExtractionRun
from annotations.workflow import articles, metadata
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from tests.factories import ArticleFactory, annotated, published

DAY = datetime(2024, 11, 26, tzinfo=UTC)


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=3)


def amend(article, by, now, *, based_on=1, **changes):
    return metadata.amend(article=article, changes=changes, by=by, at=now, based_on=based_on)


class TestAmend:
    def test_changes_what_is_named_and_nothing_else(self, article, annotator, now):
        run = amend(article, annotator, now, title=" Autre titre ", source="Le Journal")

        article.refresh_from_db()
        assert run is None
        assert (article.title, article.source.name, article.version) == (
            "Autre titre",
            "Le Journal",
            2,
        )
        event = AuditEvent.objects.get(action="article.amended")
        assert event.before["title"] != event.after["title"] == "Autre titre"

    @pytest.mark.parametrize("changes", [{"published_at": DAY}, {"language": "en"}])
    def test_has_it_read_again_where_that_leads_the_reading(self, article, annotator, now, changes):
        run = amend(article, annotator, now, **changes)

        assert (run.state, run.revision) == ("queued", article.current_revision)

    def test_lets_a_run_begin_again(self, article, annotator, now):
        first = amend(article, annotator, now, published_at=DAY)
        ExtractionRun.objects.filter(pk=first.pk).update(
            state="running",
            token="0" * 32,
            started_at=now,
            heartbeat_at=now,
        )

        again = amend(article, annotator, now, based_on=2, published_at=None)

        again.refresh_from_db()
        assert (again.pk, again.state, again.token) == (first.pk, "queued", None)

    def test_of_nothing_changes_nothing(self, article, annotator, now):
        assert amend(article, annotator, now, title=article.title) is None
        assert Article.objects.get().version == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": " "}, "title"),
            ({"language": "xx-nonsense"}, "language"),
            ({"source_url": "javascript:1"}, "source_url"),
            ({"byline": "\x00"}, "byline"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, article, annotator, now, changes, field):
        with pytest.raises(BadInput) as refused:
            amend(article, annotator, now, **changes)

        assert refused.value.field == field

    def test_refuses_a_stale_write(self, article, annotator, now):
        with pytest.raises(StaleWrite):
            amend(article, annotator, now, based_on=7, title="Autre")

    def test_refuses_outsiders(self, article, outsider, now):
        with pytest.raises(NotAllowed):
            amend(article, outsider, now, title="Autre")

    def test_refuses_the_address_of_its_double(self, article, annotator, desk, now):
        double = ArticleFactory(desk=desk, text_sha256=article.text_sha256)

        with pytest.raises(articles.Duplicate) as refused:
            amend(article, annotator, now, source_url=double.source_url)

        assert refused.value.first == double


class TestDelete:
    def test_takes_the_work_and_keeps_the_record(self, article, annotator, manager, now):
        annotated(article.sentences.first(), by=annotator)

        articles.delete(article=article, by=manager, at=now)

        assert not Article.objects.exists()
        assert AuditEvent.objects.filter(action="article.deleted").count() == 1

    def test_refuses_once_something_was_published(self, article, annotator, reviewer, manager, now):
        published(article.sentences.first(), annotator=annotator, reviewer=reviewer)

        with pytest.raises(articles.Published):
            articles.delete(article=article, by=manager, at=now)

    def test_refuses_who_is_no_manager(self, article, reviewer, now):
        with pytest.raises(NotAllowed):
            articles.delete(article=article, by=reviewer, at=now)
