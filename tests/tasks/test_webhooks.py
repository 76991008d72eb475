"""News goes through a real worker to a real receiver."""

import pytest
from django.utils import timezone

from annotations import tasks
from annotations.models import WebhookDelivery
from annotations.workflow import webhooks
from tests.api.test_publications import correct, retract
from tests.conftest import wait_until, worker_process
from tests.factories import ArticleFactory, WebhookFactory, published
from tests.receiver import receiving


@pytest.fixture
def receiver(monkeypatch):
    """A receiver that workers may call because it is allowed by name."""
    monkeypatch.setenv("OUTBOUND_ALLOWED_HOSTS", "localhost")
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(transactional_db, desk, receiver):
    return WebhookFactory(desk=desk, url=receiver.url)


def delivered():
    return WebhookDelivery.objects.filter(state="delivered").count()


def wait_with_watch(condition):
    def look():
        tasks.watch_over_webhooks()
        return condition()

    wait_until(look, pause=0.5)


class TestWorker:
    def test_tells_a_sentences_story_in_order_whatever_the_receiver_answers(
        self, endpoint, receiver, desk, annotator, reviewer, empty_redis
    ):
        receiver.answers = [503, 500]
        sentence = ArticleFactory(desk=desk).sentences.first()
        with worker_process(name="courier", concurrency=2):
            out = published(sentence, annotator=annotator, reviewer=reviewer)
            correct(out, reviewer)
            retract(out, reviewer)
            wait_with_watch(lambda: delivered() == 3)

        [secret] = webhooks.secrets_of(endpoint, at=timezone.now())
        told = [one["data"]["version"] for one in receiver.verified(secret)]
        assert told == sorted(told)
        assert set(told) == {1, 2, 3}
        assert len(told) == 5

    def test_sends_what_waited_while_redis_was_away(
        self, endpoint, receiver, services, desk, annotator, reviewer, empty_redis
    ):
        sentence = ArticleFactory(desk=desk).sentences.first()
        services.redis.stop()
        try:
            published(sentence, annotator=annotator, reviewer=reviewer)
        finally:
            services.redis.start()

        with worker_process(name="late", concurrency=1):
            wait_with_watch(lambda: delivered() == 1)

        assert len(receiver.came) == 1

    def test_goes_nowhere_that_was_not_allowed(
        self, endpoint, receiver, desk, annotator, reviewer, empty_redis, monkeypatch
    ):
        monkeypatch.delenv("OUTBOUND_ALLOWED_HOSTS")
        sentence = ArticleFactory(desk=desk).sentences.first()
        with worker_process(name="careful", concurrency=1):
            published(sentence, annotator=annotator, reviewer=reviewer)
            wait_until(lambda: WebhookDelivery.objects.get().attempts == 1)

        assert receiver.came == []
        assert "not public" in WebhookDelivery.objects.get().error
