import re

import pytest
from django.conf import settings

from tests.api.conftest import problem


class TestHealth:
    def test_is_live_without_sign_in(self, nobody):
        assert nobody.get("/health/live/").json() == {"status": "ok"}

    @pytest.mark.usefixtures("db", "services")
    def test_is_ready_when_the_services_answer(self, nobody):
        assert nobody.get("/health/ready/").json() == {"status": "ok"}

    @pytest.mark.usefixtures("db")
    def test_is_not_ready_without_redis_and_gives_no_details(self, nobody, settings):
        settings.REDIS_URL = "unix:///nowhere/redis.sock"

        response = nobody.get("/health/ready/")

        assert (response.status_code, response.json()) == (503, {"status": "unavailable"})


class TestDocs:
    def test_keep_the_strict_policy(self, nobody):
        page = nobody.get("/docs/").content.decode()

        assert "<style" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r'(src|href)="(https?:)?//', page)

    def test_load_their_script_from_here(self, nobody):
        page = nobody.get("/docs/").content.decode()
        script = re.findall(r'src="([^"]*script=[^"]*)"', page)

        response = nobody.client.get(script[0].replace("&amp;", "&"))

        assert response["Content-Type"].startswith("application/javascript")
        assert b"/api/v1/schema/" in response.content


class TestSchema:
    def test_is_what_is_committed(self, nobody):
        kept = (settings.BASE_DIR / "docs" / "openapi.yaml").read_bytes()

        assert nobody.get("/schema/").content == kept

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_may_be_kept_by_everybody_in_whatever_language_they_read(self, nobody, language):
        first = nobody.get("/schema/", headers={"Accept-Language": language})
        known = {"If-None-Match": first["ETag"]}
        again = nobody.get("/schema/", headers=known)

        assert first["Cache-Control"] == again["Cache-Control"] == "public, max-age=60"
        assert (first["Content-Language"], again.status_code, again.content) == ("en", 304, b"")
        assert "accept-language" not in first["Vary"].lower()

    def test_is_compressed_and_also_json(self, nobody):
        kinds = {"Accept": "application/vnd.oai.openapi+json"}
        packed = nobody.get("/schema/", headers={"Accept-Encoding": "gzip"})

        assert nobody.get("/schema/", headers=kinds).json()["openapi"].startswith("3.")
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept" in packed["Vary"]

    def test_describes_every_route(self, nobody):
        described = set(re.findall(rb"^  (/api/v1/\S+):$", nobody.get("/schema/").content, re.M))

        assert b"/api/v1/publications/" in described
        assert len(described) > 20


class TestUnknownAddress:
    @pytest.mark.parametrize("path", ["/nothing/", "/", "/articles", "/articles/x/", "/exports/a"])
    @pytest.mark.parametrize("method", ["get", "post", "delete"])
    def test_is_a_problem(self, nobody, path, method):
        response = getattr(nobody, method)(path)

        problem(response, status=404, code="not_found")


class TestSlash:
    @pytest.mark.parametrize("path", ["/publications", "/publications/7", "/exports", "/changes"])
    def test_that_is_missing_is_named(self, nobody, path):
        body = problem(nobody.get(path), status=404, code="not_found")

        assert "slash" in body["detail"]

    @pytest.mark.parametrize("path", ["/nothing", "/publications/x", "/feeds/desk.atom/"])
    def test_is_not_named_where_it_would_not_help(self, nobody, path):
        body = problem(nobody.get(path), status=404, code="not_found")

        assert "slash" not in body["detail"]


class TestNowhere:
    def test_is_said_as_a_problem_outside_the_version_too(self, client):
        answer = client.get("/api/v9/articles/")

        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
