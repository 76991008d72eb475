import pytest

from annotations.models import IdempotentRequest, WebhookDelivery, WebhookEndpoint
from annotations.workflow import webhooks
from tests.api.conftest import problem
from tests.factories import WebhookFactory

URL = "https://cms.example/news"


@pytest.fixture
def caller(as_key):
    return as_key("admin:webhooks")


@pytest.fixture
def endpoint(desk):
    """An endpoint that is there before `out`; name it first."""
    return WebhookFactory(desk=desk)


class TestCreate:
    def test_shows_the_secret_this_once(self, caller, now):
        response = caller.post("/webhooks/", {"url": URL, "events": ["article.finished"]})

        assert response.status_code == 201
        assert response["Cache-Control"] == "no-store"
        body = response.json()
        endpoint = WebhookEndpoint.objects.get()
        assert webhooks.secrets_of(endpoint, at=now) == [body["secret"]]
        assert response["Location"].endswith(f"/api/v1/webhooks/{body['id']}/")
        again = caller.get(f"/webhooks/{body['id']}/").json()
        assert "secret" not in again
        assert {name: again[name] for name in ("url", "events", "state")} == {
            "url": URL,
            "events": ["article.finished"],
            "state": "active",
        }

    def test_twice_under_one_key_makes_one(self, caller):
        headers = {"Idempotency-Key": "k1"}

        first = caller.post("/webhooks/", {"url": URL}, headers=headers).json()
        second = caller.post("/webhooks/", {"url": URL}, headers=headers).json()

        assert first == second
        assert WebhookEndpoint.objects.count() == 1
        assert first["secret"] not in str(IdempotentRequest.objects.get().answer)

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({}, "/url"),
            ({"url": "http://cms.example/"}, "/url"),
            ({"url": "https://u:p@cms.example/"}, "/url"),
            ({"url": URL, "events": []}, "/events"),
            ({"url": URL, "events": ["x"]}, "/events/0"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, caller, body, pointer):
        [error] = problem(caller.post("/webhooks/", body), status=400, code="bad_input")["errors"]

        assert error["pointer"] == pointer


class TestList:
    def test_asks_the_database_a_fixed_number_of_times(
        self, caller, desk, django_assert_num_queries
    ):
        WebhookFactory.create_batch(3, desk=desk)
        caller.get("/webhooks/")

        with django_assert_num_queries(3):  # the key, the role, the webhooks
            rows = caller.get("/webhooks/").json()["results"]

        assert len(rows) == 3


class TestChange:
    def test_takes_the_version_that_was_seen(self, caller, endpoint):
        path = f"/webhooks/{endpoint.pk}/"
        etag = caller.get(path)["ETag"]

        response = caller.patch(path, {"description": "CMS"}, headers={"If-Match": etag})

        assert (response.status_code, response["ETag"]) == (200, '"2"')
        assert response.json()["description"] == "CMS"

    def test_refuses_a_stale_or_missing_version(self, caller, endpoint):
        path = f"/webhooks/{endpoint.pk}/"

        stale = problem(caller.patch(path, {}, version=9), status=412, code="stale")
        problem(caller.patch(path, {}), status=428, code="precondition_required")

        assert stale["current"]["id"] == endpoint.pk


class TestActions:
    def test_pause_resume_rotate_remove(self, caller, endpoint):
        path = f"/webhooks/{endpoint.pk}/"

        assert caller.post(f"{path}pause/").json()["state"] == "paused"
        assert caller.post(f"{path}resume/").json()["state"] == "active"
        rotated = caller.post(f"{path}rotate/", {"overlap_hours": 1}).json()
        assert rotated["secret"].startswith("whsec_")
        assert rotated["previous_secret_until"]
        assert caller.delete(path).status_code == 204
        problem(caller.get(path), status=404, code="not_found")
        assert caller.get("/webhooks/").json()["results"] == []


class TestDeliveries:
    def test_say_what_became_of_each(self, caller, endpoint, out, django_assert_num_queries):
        WebhookDelivery.objects.filter(publication=out[0]).update(
            state="failed", status=500, answer="Oh no.", attempts=9
        )
        path = f"/webhooks/{endpoint.pk}/deliveries/"
        caller.get(path)

        with django_assert_num_queries(4):  # the key, the webhook, the role, the messages
            rows = caller.get(path).json()["results"]

        assert [row["event"] for row in rows] == [
            "article.finished",
            *["publication.published"] * len(out),
        ]
        assert rows[-1] | {"id": 0, "webhook_id": ""} == {
            "id": 0,
            "webhook_id": "",
            "event": "publication.published",
            "publication": out[0].verdict_id,
            "sequence": 1,
            "occurred_at": "2025-03-12T09:00:00Z",
            "state": "failed",
            "attempts": 9,
            "last_attempt_at": None,
            "next_attempt_at": None,
            "delivered_at": None,
            "status": 500,
            "answer": "Oh no.",
            "error": None,
        }
        failed = caller.get(f"{path}?state=failed").json()["results"]
        assert failed == [rows[-1]]

    def test_can_be_sent_again(self, caller, endpoint, out):
        row = WebhookDelivery.objects.get(publication=out[0])
        WebhookDelivery.objects.update(state="delivered")

        response = caller.post(f"/webhooks/{endpoint.pk}/deliveries/{row.pk}/redeliver/")

        assert (response.status_code, response.json()["state"]) == (202, "pending")

    def test_of_another_webhook_are_not_found(self, caller, desk, endpoint, out):
        other = WebhookFactory(desk=desk)
        row = WebhookDelivery.objects.get(publication=out[0])

        response = caller.post(f"/webhooks/{other.pk}/deliveries/{row.pk}/redeliver/")

        problem(response, status=404, code="not_found")

    def test_of_a_paused_webhook_wait(self, caller, endpoint, out):
        caller.post(f"/webhooks/{endpoint.pk}/pause/")
        row = WebhookDelivery.objects.get(publication=out[0])

        response = caller.post(f"/webhooks/{endpoint.pk}/deliveries/{row.pk}/redeliver/")

        problem(response, status=409, code="wrong_state")
