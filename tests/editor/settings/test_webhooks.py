import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.models import WebhookDelivery, WebhookEndpoint
from tests.editor.conftest import html_of
from tests.factories import AT, WebhookFactory

URL = "https://cms.example/hook"
States = WebhookDelivery.State


@pytest.fixture
def address(desk):
    return reverse("editor:webhooks", args=[desk.slug])


@pytest.fixture
def webhook(desk):
    return WebhookFactory(desk=desk)


def at(webhook, name="", *arguments):
    name = f"webhook-{name}" if name else "webhook"
    return reverse(f"editor:{name}", args=[webhook.pk, *arguments])


def deliver(webhook, state=States.DELIVERED, **said):
    return WebhookDelivery.objects.create(
        endpoint=webhook,
        event="article.finished",
        subject=f"article:{uuid4().hex[:8]}",
        data={"id": 1},
        occurred_at=AT,
        next_attempt_at=AT,
        state=state,
        **said,
    )


def stop(webhook, because="failing"):
    WebhookEndpoint.objects.filter(pk=webhook.pk).update(state="paused", paused_because=because)


class TestWebhooks:
    def test_lists_those_of_the_desk_in_few_queries(
        self, as_manager, desk, address, django_assert_max_num_queries
    ):
        WebhookFactory.create_batch(5, desk=desk)
        WebhookFactory(url="https://foreign.example/")

        with django_assert_max_num_queries(5):
            page = html_of(as_manager.get(address))

        assert page.count("https://cms.example/news") == 5
        assert "foreign" not in page

    def test_one_is_a_page_of_theirs(self, as_manager, webhook, address):
        page = html_of(as_manager.get(at(webhook)))

        assert re.search(rf'<a href="{address}"\s+aria-current="page"', page)

    def test_adds_one_and_shows_its_secret_once(self, as_manager, desk, address):
        response = as_manager.post(address, {"url": URL, "events": ["article.finished"]})

        webhook, page = WebhookEndpoint.objects.get(desk=desk), html_of(response)
        assert (webhook.url, webhook.events) == (URL, ["article.finished"])
        assert 'value="whsec_' in page
        assert response["Cache-Control"] == "no-store"
        assert "whsec_" not in html_of(as_manager.get(address))
        assert "whsec_" not in html_of(as_manager.get(at(webhook)))

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"url": "http://cms.example/"}, "begin with https://"),
            ({"url": "cms"}, "A web address begins with"),
            ({"events": []}, "This field is required."),
        ],
    )
    def test_says_what_is_wrong(self, as_manager, address, said, words):
        data = {"url": URL, "events": ["article.finished"]} | said

        response = as_manager.post(address, data)

        assert response.status_code == 422
        assert words in html_of(response)
        assert not WebhookEndpoint.objects.exists()


class TestWebhook:
    def test_is_changed(self, as_manager, webhook):
        data = {"url": URL, "description": "CMS", "events": ["article.finished"], "version": 1}

        as_manager.post(at(webhook), data)

        webhook.refresh_from_db()
        assert (webhook.url, webhook.description) == (URL, "CMS")

    def test_is_not_changed_over_somebody_elses_change(self, as_manager, webhook):
        theirs = {"url": URL, "description": "Theirs", "events": ["article.finished"], "version": 1}
        mine = {"url": URL, "description": "Mine", "events": ["article.finished"], "version": 1}
        as_manager.post(at(webhook), theirs)

        refused = as_manager.post(at(webhook), mine)
        stood = WebhookEndpoint.objects.get().description
        as_manager.post(at(webhook), mine | {"version": refused.context["form"]["version"].value()})

        assert refused.status_code == 422
        assert "changed in the meantime" in html_of(refused)
        assert 'value="Mine"' in html_of(refused)
        assert refused.context["stands"] == [("What it is for", "Theirs")]
        assert stood == "Theirs"
        assert WebhookEndpoint.objects.get().description == "Mine"

    def test_says_which_news_a_colleague_chose(self, as_manager, webhook):
        theirs = ["publication.corrected", "publication.retracted"]
        WebhookEndpoint.objects.update(version=2, events=theirs)
        mine = {"url": webhook.url, "events": ["article.finished"], "version": 1}

        refused = as_manager.post(at(webhook), mine)

        told = ("Events it is sent", "a publication was corrected, a publication was retracted")
        assert told in refused.context["stands"]

    def test_gets_a_new_secret_while_the_old_one_still_signs(self, as_manager, webhook):
        response = as_manager.post(at(webhook, "rotate"), {"overlap": 168})

        webhook.refresh_from_db()
        assert 'value="whsec_' in html_of(response)
        assert webhook.previous_until > timezone.now() + timedelta(days=6)
        assert "The secret before signs too, until" in html_of(as_manager.get(at(webhook)))

    @pytest.mark.parametrize("overlap", ["", "5", "9999"])
    def test_takes_only_an_overlap_that_is_offered(self, as_manager, webhook, overlap):
        salt = webhook.salt

        response = as_manager.post(at(webhook, "rotate"), {"overlap": overlap})

        webhook.refresh_from_db()
        assert response.status_code == 422
        assert webhook.salt == salt

    def test_is_paused_and_resumed(self, as_manager, webhook):
        as_manager.post(at(webhook, "pause"))
        webhook.refresh_from_db()
        paused = webhook.state

        as_manager.post(at(webhook, "resume"))

        webhook.refresh_from_db()
        assert (paused, webhook.state) == ("paused", "active")

    def test_is_removed(self, as_manager, webhook, address):
        response = as_manager.post(at(webhook, "remove"))

        assert response.url == f"{address}?saved=1"
        assert as_manager.get(at(webhook)).status_code == 404

    @pytest.mark.parametrize("name", ["", "rotate", "pause", "resume", "remove"])
    @pytest.mark.parametrize("who", ["as_annotator", "as_reviewer", "as_outsider"])
    def test_is_there_for_managers_of_its_desk_only(self, request, webhook, who, name):
        response = request.getfixturevalue(who).post(at(webhook, name))

        webhook.refresh_from_db()
        assert response.status_code == 404
        assert webhook.version == 1

    def test_of_a_foreign_desk_is_not_there(self, as_manager):
        foreign = WebhookFactory()

        assert as_manager.get(at(foreign)).status_code == 404
        assert as_manager.post(at(foreign, "remove")).status_code == 404


class TestDeliveries:
    def test_are_shown_in_few_queries(self, as_manager, webhook, django_assert_max_num_queries):
        for _ in range(8):
            deliver(webhook, status=200, attempts=1)

        with django_assert_max_num_queries(5):
            response = as_manager.get(at(webhook))

        assert len(response.context["rows"]) == 8

    def test_are_filtered_by_state(self, as_manager, webhook):
        deliver(webhook)
        failed = deliver(webhook, States.FAILED, error="No answer.", attempts=9)

        response = as_manager.get(at(webhook), {"state": "failed"})

        assert response.context["rows"] == [failed]
        assert "No answer." in html_of(response)

    def test_page_by_key(self, as_manager, webhook, monkeypatch):
        monkeypatch.setattr("annotations.editor.settings.webhooks.PAGE_SIZE", 2)
        first, second, third = (deliver(webhook) for _ in range(3))

        newest = as_manager.get(at(webhook))
        older = as_manager.get(at(webhook), {"before": newest.context["older"]})

        assert newest.context["rows"] == [third, second]
        assert older.context["rows"] == [first]

    def test_are_sent_again(self, as_manager, webhook):
        failed = deliver(webhook, States.FAILED, attempts=9)

        as_manager.post(at(webhook, "redeliver", failed.pk))

        failed.refresh_from_db()
        assert failed.state == States.PENDING

    def test_are_not_sent_again_while_it_is_paused(self, as_manager, webhook):
        failed = deliver(webhook, States.FAILED)
        stop(webhook)

        response = as_manager.post(at(webhook, "redeliver", failed.pk))

        assert response.status_code == 422
        assert "Resume it first." in html_of(response)

    def test_of_another_webhook_are_not_there(self, as_manager, webhook):
        foreign = deliver(WebhookFactory())

        response = as_manager.post(at(webhook, "redeliver", foreign.pk))

        assert response.status_code == 404


class TestNotice:
    @pytest.mark.parametrize("name", ["queue", "settings"])
    def test_tells_managers_of_one_that_stopped(self, as_manager, webhook, name):
        stop(webhook)

        page = html_of(as_manager.get(reverse(f"editor:{name}")))

        assert "is paused, because it failed for days" in page
        assert at(webhook) in page

    def test_says_nothing_of_one_that_somebody_paused(self, as_manager, webhook):
        stop(webhook, because="person")

        assert "is paused, because" not in html_of(as_manager.get(reverse("editor:queue")))

    @pytest.mark.parametrize("who", ["as_annotator", "as_reviewer", "as_outsider"])
    def test_is_not_for(self, request, webhook, who):
        stop(webhook)

        page = html_of(request.getfixturevalue(who).get(reverse("editor:queue")))

        assert "is paused, because" not in page
