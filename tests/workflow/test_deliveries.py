"""Delivering, in this process, to a real receiver; the clock is the test's."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from annotations.exports import EXPORTERS, record_of
from annotations.models import AuditEvent, WebhookDelivery
from annotations.workflow import deliveries, publishing, webhooks
from tests.factories import ArticleFactory, WebhookFactory, approved, published
from tests.receiver import receiving


class Clock:
    def __init__(self):
        self.at = datetime.now(UTC)  # noqa: TID251 - receivers compare with the real time

    def __call__(self):
        return self.at

    def forward(self, **by):
        self.at += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def receiver(settings):
    settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost"})
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(desk, receiver):
    return WebhookFactory(desk=desk, url=receiver.url)


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


@pytest.fixture
def out(endpoint, article, annotator, reviewer):
    """Three publications of one article, in one go."""
    sentences = article.sentences.order_by("start")[:3]
    for sentence in sentences:
        approved(sentence, annotator=annotator, reviewer=reviewer)
    return publishing.publish(article=article, by=reviewer, at=datetime(2025, 3, 12, tzinfo=UTC))


def deliver(endpoint, clock, **options):
    return deliveries.deliver(endpoint_id=endpoint.pk, token=uuid4(), clock=clock, **options)


def correct(publication, reviewer, at):
    verdict = publication.verdict
    verdict.refresh_from_db()
    return publishing.correct(
        verdict=verdict,
        correction=publishing.Correction(label="disputed", note="Corrigé."),
        by=reviewer,
        at=at,
        based_on=verdict.version,
    )


class TestDeliver:
    def test_sends_what_the_log_holds_signed_and_in_order(self, endpoint, out, receiver, clock):
        [secret] = webhooks.secrets_of(endpoint, at=clock())

        more = deliver(endpoint, clock)

        assert more is False
        told = receiver.verified(secret)
        assert [one["type"] for one in told] == ["publication.published"] * 3
        assert [one["data"]["sequence"] for one in told] == [1, 2, 3]
        line = EXPORTERS["jsonl"].encode([record_of(out[0])]).strip()
        assert b'"data":' + line in receiver.came[0][1]
        assert not WebhookDelivery.objects.exclude(state="delivered").exists()

    def test_signs_with_both_secrets_while_they_overlap(
        self, endpoint, out, receiver, clock, manager
    ):
        [old] = webhooks.secrets_of(endpoint, at=clock())
        _endpoint, new = webhooks.rotate(endpoint=endpoint, by=manager, at=clock())

        deliver(endpoint, clock)

        assert receiver.verified(old) == receiver.verified(new)

    def test_sends_nothing_twice(self, endpoint, out, receiver, clock):
        deliver(endpoint, clock)
        deliver(endpoint, clock)

        assert len(receiver.came) == 3

    def test_comes_again_under_the_same_id_with_growing_delays(
        self, endpoint, article, annotator, reviewer, receiver, clock
    ):
        published(article.sentences.first(), annotator=annotator, reviewer=reviewer)
        receiver.answers = [500, 503]

        for seconds in (0, 4, 1, 29, 1):
            clock.forward(seconds=seconds)
            deliver(endpoint, clock)

        assert len(receiver.came) == 3
        assert len({headers["webhook-id"] for headers, _body in receiver.came}) == 1
        assert len({body for _headers, body in receiver.came}) == 1
        row = WebhookDelivery.objects.get()
        assert (row.state, row.attempts, row.status) == ("delivered", 3, 204)

    def test_waits_as_long_as_the_receiver_asks(self, endpoint, out, receiver, clock):
        receiver.answers, receiver.headers = [429, 429, 429], {"Retry-After": "120"}
        deliver(endpoint, clock)

        clock.forward(seconds=119)
        deliver(endpoint, clock)
        assert len(receiver.came) == 3
        clock.forward(seconds=2)
        deliver(endpoint, clock)

        assert len(receiver.came) == 6

    def test_keeps_the_order_of_one_sentence_and_lets_others_pass(
        self, endpoint, out, receiver, clock, reviewer
    ):
        correct(out[0], reviewer, clock())
        receiver.answers = [500]

        deliver(endpoint, clock)
        clock.forward(seconds=10)
        deliver(endpoint, clock)

        told = [(one["data"]["sequence"], one["data"]["version"]) for one in receiver.taken]
        assert told == [(1, 1), (2, 1), (3, 1), (1, 1), (4, 2)]

    def test_rests_where_one_after_the_other_fails(self, endpoint, out, receiver, clock):
        receiver.answers = [500] * 3

        deliver(endpoint, clock)

        assert len(receiver.came) == 3
        endpoint.refresh_from_db()
        assert (endpoint.failures, endpoint.retry_at) == (3, clock() + timedelta(seconds=5))
        assert deliveries.waiting(at=clock()) == []
        clock.forward(seconds=6)
        assert deliveries.waiting(at=clock()) == [endpoint.pk]

    def test_stops_after_days_and_says_so(self, endpoint, out, receiver, clock, manager):
        receiver.answers = [500] * 100
        start = clock()

        while deliveries.waiting(at=clock() + timedelta(hours=12)):
            clock.forward(hours=12)
            deliver(endpoint, clock)

        endpoint.refresh_from_db()
        assert (endpoint.state, endpoint.paused_because) == ("paused", "failing")
        assert timedelta(days=3) <= clock() - start <= timedelta(days=4)
        assert AuditEvent.objects.filter(action="webhook.stopped", actor=None).count() == 1
        assert endpoint.deliveries.filter(state="pending").count() == 3, "nothing is lost"
        receiver.answers = []
        webhooks.resume(endpoint=endpoint, by=manager, at=clock())
        deliver(endpoint, clock)
        assert endpoint.deliveries.filter(state="delivered").count() == 3

    def test_gives_up_one_message_that_only_fails(
        self, endpoint, out, receiver, clock, monkeypatch
    ):
        poison = str(out[0].verdict_id).encode()
        take = receiver.take

        def choosy(headers, body):
            take(headers, body)
            return 500 if b'"id":' + poison + b',"sequence":1,' in body else 204

        receiver.take = choosy

        for _half_day in range(12):
            deliver(endpoint, clock)
            clock.forward(hours=12)
            WebhookDelivery.objects.filter(publication=out[1]).update(
                state="pending", next_attempt_at=clock()
            )  # the receiver is alive: other news gets through

        states = dict(endpoint.deliveries.values_list("publication__sequence", "state"))
        assert states[1] == "failed"
        endpoint.refresh_from_db()
        assert endpoint.state == "active"

    def test_stops_at_once_where_the_receiver_is_gone(self, endpoint, out, receiver, clock):
        receiver.answers = [410]

        deliver(endpoint, clock)

        endpoint.refresh_from_db()
        assert (endpoint.state, endpoint.paused_because) == ("paused", "gone")
        assert len(receiver.came) == 1

    def test_does_not_go_where_it_must_not(self, endpoint, out, receiver, clock, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = frozenset()

        deliver(endpoint, clock)

        assert receiver.came == []
        assert "not public" in WebhookDelivery.objects.order_by("pk")[0].error

    def test_takes_no_redirect_for_an_answer(self, endpoint, out, receiver, clock):
        receiver.answers, receiver.headers = [302], {"Location": receiver.url}

        deliver(endpoint, clock)

        assert WebhookDelivery.objects.order_by("pk")[0].status == 302
        assert WebhookDelivery.objects.order_by("pk")[0].state == "pending"

    def test_keeps_out_of_the_way_of_another_sender(self, endpoint, out, receiver, clock):
        endpoint.claimed_by, endpoint.claimed_until = uuid4(), clock() + timedelta(seconds=30)
        endpoint.save()

        deliver(endpoint, clock)
        assert receiver.came == []
        clock.forward(seconds=31)
        deliver(endpoint, clock)

        assert len(receiver.came) == 3, "a sender that died is followed by another"

    def test_writes_nothing_anew_that_was_removed_while_it_was_sent(
        self, endpoint, out, receiver, clock
    ):
        WebhookDelivery.objects.exclude(publication=out[0]).delete()
        row = WebhookDelivery.objects.get()
        WebhookDelivery.objects.all().delete()

        deliveries._note(row, None, "late", at=clock())

        assert not WebhookDelivery.objects.exists()


class TestRedeliver:
    def test_sends_again_under_the_same_id(self, endpoint, out, receiver, clock, manager):
        deliver(endpoint, clock)
        row = WebhookDelivery.objects.get(publication=out[1])

        webhooks.redeliver(delivery=row, by=manager, at=clock())
        deliver(endpoint, clock)

        ids = [headers["webhook-id"] for headers, _body in receiver.came]
        assert ids[3] == ids[1] == row.webhook_id


class TestForgetOld:
    def test_keeps_what_waits_and_what_is_recent(self, endpoint, out, receiver, clock):
        receiver.answers = [204, 500]
        deliver(endpoint, clock)

        assert deliveries.forget_old(at=clock() + timedelta(days=29)) == 0
        assert deliveries.forget_old(at=clock() + timedelta(days=31)) == 2
        assert WebhookDelivery.objects.get().state == "pending"
