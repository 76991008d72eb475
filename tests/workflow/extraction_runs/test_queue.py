import pytest

from annotations.models import Article, AuditEvent, ExtractionRun
from annotations.workflow import extraction_runs
from annotations.workflow.errors import NotAllowed
from tests.concurrency import at_once
from tests.workflow.extraction_runs.steps import carry_out, claim


class TestQueue:
    def test_returns_the_run_that_is_active_already(self, run, article, clock, now):
        queued = extraction_runs.queue(article=article, at=now)
        claim(run, now)
        running = extraction_runs.queue(article=article, at=now)

        assert queued == running == run
        assert ExtractionRun.objects.count() == 1

    def test_makes_another_once_the_last_has_ended(self, run, article, clock, now):
        carry_out(run, clock)

        again = extraction_runs.queue(article=article, at=now)

        article.refresh_from_db()
        assert again != run
        assert (article.current_run, article.state) == (again, Article.State.EXTRACTING)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_queue_one(self, run, article, clock, annotator, now):
        carry_out(run, clock)

        runs = at_once(
            *[lambda: extraction_runs.request(article=article, by=annotator, at=now)] * 4
        )

        assert len(set(runs)) == 1
        assert AuditEvent.objects.filter(action="extraction.requested").count() == 1


class TestRequest:
    def test_refuses_an_outsider(self, run, article, outsider, now):
        with pytest.raises(NotAllowed):
            extraction_runs.request(article=article, by=outsider, at=now)

    def test_records_who_asked_only_where_it_queued(self, run, article, annotator, clock, now):
        extraction_runs.request(article=article, by=annotator, at=now)
        assert not AuditEvent.objects.filter(action="extraction.requested").exists()

        carry_out(run, clock)
        extraction_runs.request(article=article, by=annotator, at=now)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.actor, event.article) == (
            "extraction.requested",
            annotator,
            article,
        )
