from datetime import timedelta

import pytest

from annotations.models import AuditEvent, WebhookDelivery, WebhookEndpoint, WebhookEvent
from annotations.workflow import articles, publishing, tagging, verdicts, webhooks
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from tests.factories import (
    ArticleFactory,
    DeskFactory,
    WebhookFactory,
    annotated,
    approved,
    published,
)

URL = "https://cms.example/news"


@pytest.fixture
def endpoint(desk):
    return WebhookFactory(desk=desk)


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=3)


def add(desk, manager, now, **changes):
    draft = webhooks.Draft(**{"url": URL} | changes)
    return webhooks.add(desk=desk, draft=draft, by=manager, at=now)


class TestAdd:
    def test_gives_a_secret_that_is_not_stored(self, desk, manager, now):
        endpoint, secret = add(desk, manager, now)

        endpoint.refresh_from_db()
        assert secret.startswith("whsec_")
        assert webhooks.secrets_of(endpoint, at=now) == [secret]
        stored = WebhookEndpoint.objects.filter(pk=endpoint.pk).values().get()
        assert secret.removeprefix("whsec_") not in str(stored)
        assert secret not in str(AuditEvent.objects.values_list("after", flat=True))

    def test_wants_all_news_unless_told_otherwise(self, desk, manager, now):
        assert set(add(desk, manager, now).endpoint.events) == set(WebhookEvent.values)
        some = add(desk, manager, now, events=["article.finished"]).endpoint
        assert some.events == ["article.finished"]

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "cms.example",
            "ftp://cms.example/",
            "http://cms.example/",
            "https://user:word@cms.example/",
            "https://cms.example/#part",
            "https://cms.example/\x00",
        ],
    )
    def test_refuses_an_address(self, desk, manager, now, url):
        with pytest.raises(BadInput):
            add(desk, manager, now, url=url)

    def test_takes_plain_http_from_a_host_allowed_by_name(self, desk, manager, now, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"cms.internal.example"})

        assert add(desk, manager, now, url="http://cms.internal.example:8080/").endpoint.pk

    @pytest.mark.parametrize("events", [[], ["publication.deleted"]])
    def test_refuses_events(self, desk, manager, now, events):
        with pytest.raises(BadInput):
            add(desk, manager, now, events=events)

    def test_refuses_who_is_no_manager(self, desk, reviewer, now):
        with pytest.raises(NotAllowed):
            add(desk, reviewer, now)

    def test_refuses_one_too_many(self, desk, manager, now):
        WebhookFactory.create_batch(webhooks.ENDPOINTS_AT_MOST, desk=desk)

        with pytest.raises(webhooks.TooMany):
            add(desk, manager, now)


class TestChange:
    def test_changes_what_is_named(self, endpoint, manager, now):
        draft = webhooks.Draft(description=" Notre CMS ")

        changed = webhooks.change(endpoint=endpoint, draft=draft, by=manager, at=now, based_on=1)

        assert (changed.description, changed.url, changed.version) == ("Notre CMS", URL, 2)

    def test_refuses_a_stale_write(self, endpoint, manager, now):
        with pytest.raises(StaleWrite):
            webhooks.change(
                endpoint=endpoint, draft=webhooks.Draft(), by=manager, at=now, based_on=7
            )


class TestRotate:
    def test_signs_with_both_until_the_overlap_ends(self, endpoint, manager, now):
        [old] = webhooks.secrets_of(endpoint, at=now)

        rotated, new = webhooks.rotate(
            endpoint=endpoint, by=manager, at=now, overlap=timedelta(hours=2)
        )

        assert webhooks.secrets_of(rotated, at=now + timedelta(hours=1)) == [new, old]
        assert webhooks.secrets_of(rotated, at=now + timedelta(hours=2)) == [new]

    def test_refuses_an_endless_overlap(self, endpoint, manager, now):
        with pytest.raises(BadInput):
            webhooks.rotate(endpoint=endpoint, by=manager, at=now, overlap=timedelta(days=31))


class TestOutbox:
    def test_gets_a_message_for_each_version(self, endpoint, article, annotator, reviewer, now):
        out = published(article.sentences.first(), annotator=annotator, reviewer=reviewer)
        verdict = out.verdict
        correction = publishing.Correction(label="disputed", note="Corrigé.")
        publishing.correct(
            verdict=verdict, correction=correction, by=reviewer, at=now, based_on=verdict.version
        )
        verdict.refresh_from_db()
        publishing.retract(
            verdict=verdict, note="Faux.", by=reviewer, at=now, based_on=verdict.version
        )

        rows = WebhookDelivery.objects.order_by("pk")
        assert [(row.event, row.publication.version) for row in rows] == [
            ("publication.published", 1),
            ("publication.corrected", 2),
            ("publication.retracted", 3),
        ]
        assert len({row.subject for row in rows}) == 1

    def test_leaves_out_whoever_does_not_want_it(self, desk, article, annotator, reviewer):
        WebhookFactory(desk=desk, events=["publication.retracted"])
        WebhookFactory(desk=desk, state="removed")
        WebhookFactory(desk=DeskFactory())

        published(article.sentences.first(), annotator=annotator, reviewer=reviewer)

        assert not WebhookDelivery.objects.exists()

    def test_keeps_news_for_one_that_is_paused(self, desk, article, annotator, reviewer):
        WebhookFactory(desk=desk, state="paused", paused_because="person")

        published(article.sentences.first(), annotator=annotator, reviewer=reviewer)

        assert WebhookDelivery.objects.count() == 1


class TestArticleFinished:
    def finished(self):
        return WebhookDelivery.objects.filter(event="article.finished")

    def test_is_told_with_the_last_publication(self, endpoint, article, annotator, reviewer):
        first, _other, third = article.sentences.order_by("start")
        published(first, annotator=annotator, reviewer=reviewer)
        assert not self.finished().exists()

        published(third, annotator=annotator, reviewer=reviewer)

        told = self.finished().get().data
        assert (told["id"], told["published"]) == (article.pk, 2)
        assert AuditEvent.objects.filter(action="article.finished", article=article).count() == 1

    def test_is_told_when_the_rest_is_no_claim(self, endpoint, article, annotator, reviewer):
        first, _other, third = article.sentences.order_by("start")
        published(first, annotator=annotator, reviewer=reviewer)

        annotated(third, by=annotator, label="dismissed")

        assert self.finished().count() == 1

    def test_waits_for_what_is_under_review(self, endpoint, article, annotator, reviewer):
        first, other, third = article.sentences.order_by("start")
        annotated(other, by=annotator)
        published(first, annotator=annotator, reviewer=reviewer)

        annotated(third, by=annotator, label="dismissed")

        assert not self.finished().exists()

    def test_is_told_when_a_reviewer_decides_that_the_last_is_no_claim(
        self, endpoint, article, annotator, reviewer, manager, now
    ):
        first, _other, third = article.sentences.order_by("start")
        annotated(third, by=annotator)
        annotated(third, by=manager, label="disputed")
        annotated(first, by=annotator, label="dismissed")
        verdict = third.verdict

        verdicts.adjudicate(
            verdict=verdict,
            decision=verdicts.Decision(label="dismissed", rationale="Rien n’est affirmé."),
            by=reviewer,
            at=now,
            based_on=verdict.version,
        )

        assert self.finished().get().data["published"] == 0

    def test_tells_nothing_of_how_it_was_worked_on(self, endpoint, article, annotator, reviewer):
        first, _other, third = article.sentences.order_by("start")
        annotated(first, by=annotator, label="dismissed", rationale="MARKER")
        approved(third, annotator=annotator, reviewer=reviewer)
        publishing.publish(article=article, by=reviewer, at=third.verdict.updated_at)

        assert "MARKER" not in str(self.finished().get().data)


class TestPauseAndRemove:
    def test_resuming_brings_what_was_kept(
        self, endpoint, article, annotator, reviewer, manager, now
    ):
        webhooks.pause(endpoint=endpoint, by=manager, at=now)
        published(article.sentences.first(), annotator=annotator, reviewer=reviewer)

        resumed = webhooks.resume(endpoint=endpoint, by=manager, at=now)

        assert (resumed.state, resumed.paused_because) == ("active", "")
        assert resumed.deliveries.due(at=now).count() == 1

    def test_removing_drops_what_waits(self, endpoint, article, annotator, reviewer, manager, now):
        published(article.sentences.first(), annotator=annotator, reviewer=reviewer)

        webhooks.remove(endpoint=endpoint, by=manager, at=now)

        assert not WebhookDelivery.objects.exists()
        assert AuditEvent.objects.filter(action="webhook.removed").count() == 1
        with pytest.raises(webhooks.WrongState):
            webhooks.resume(endpoint=endpoint, by=manager, at=now)

    def test_notice_is_for_its_managers(self, endpoint, manager, reviewer, outsider):
        WebhookEndpoint.objects.update(state="paused", paused_because="failing")

        stopped = WebhookEndpoint.objects.stopped_for

        assert list(stopped(manager)) == [endpoint]
        assert not stopped(reviewer).exists()
        assert not stopped(outsider).exists()


class TestDeletedArticle:
    def test_leaves_no_message_behind_that_cannot_be_sent(
        self, endpoint, article, annotator, manager, now
    ):
        first, _other, third = article.sentences.order_by("start")
        for sentence in (first, third):
            opinion = tagging.Opinion(label="dismissed")
            tagging.annotate(sentence=sentence, opinion=opinion, by=annotator, at=now, based_on=0)

        articles.delete(article=article, by=manager, at=now)

        assert WebhookDelivery.objects.get().data["title"] == article.title
