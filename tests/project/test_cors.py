import pytest

pytestmark = pytest.mark.django_db

PREFLIGHT = {"Origin": "https://www.example", "Access-Control-Request-Method": "GET"}
URL = "/api/v1/health/live/"


@pytest.fixture
def open_to(settings):
    def open_to(*origins):
        settings.CORS_ORIGINS = frozenset(origins)

    return open_to


class TestCors:
    def test_is_off(self, client):
        response = client.get(URL, headers={"Origin": "https://www.example"})

        assert not [name for name in response.headers if name.startswith("Access-Control")]

    def test_lets_a_named_origin_read(self, client, open_to):
        open_to("https://www.example")

        response = client.get(URL, headers={"Origin": "https://www.example"})

        assert response["Access-Control-Allow-Origin"] == "https://www.example"
        shown = set(response["Access-Control-Expose-Headers"].split(", "))
        assert {"RateLimit-Remaining", "ETag", "Content-Range", "X-Total-Count", "Allow"} <= shown
        assert "Access-Control-Allow-Credentials" not in response
        assert "Origin" in response["Vary"]

    @pytest.mark.parametrize(
        "origin", ["https://other.example", "https://www.example.evil.example"]
    )
    def test_keeps_others_out(self, client, open_to, origin):
        open_to("https://www.example")

        response = client.get(URL, headers={"Origin": origin})

        assert "Access-Control-Allow-Origin" not in response
        assert "Origin" in response["Vary"], "a cache must not give this answer to the other"

    def test_answers_a_preflight_before_anybody_signs_in(self, client, open_to):
        open_to("https://www.example")

        response = client.options("/api/v1/changes/", headers=PREFLIGHT)

        assert response.status_code == 204
        allowed = response["Access-Control-Allow-Headers"].split(", ")
        assert {"Authorization", "If-None-Match", "Range", "If-Range"} <= set(allowed)

    def test_can_be_open_to_all(self, client, open_to):
        open_to("*")

        assert client.get(URL, headers=PREFLIGHT)["Access-Control-Allow-Origin"] == "*"

    def test_is_for_the_api_only(self, client, open_to):
        open_to("*")

        response = client.get("/login/", headers={"Origin": "https://www.example"})

        assert "Access-Control-Allow-Origin" not in response
