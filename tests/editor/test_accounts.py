import pytest
from django.urls import reverse
from django.views.defaults import server_error

from tests.factories import PASSWORD

LOGIN = reverse("editor:login")


def log_in(client, username, password):
    return client.post(LOGIN, {"username": username, "password": password})


class TestLogin:
    def test_leads_to_the_queue(self, client, annotator):
        response = log_in(client, annotator.username, PASSWORD)

        assert response.url == reverse("editor:queue")

    def test_refuses_a_wrong_password_and_keeps_the_name(self, client, annotator):
        page = log_in(client, annotator.username, "wrong").content.decode()

        assert 'role="alert"' in page
        assert f'value="{annotator.username}"' in page

    def test_locks_out_after_repeated_failures(self, client, annotator, settings):
        for _ in range(settings.AXES_FAILURE_LIMIT):
            log_in(client, annotator.username, "wrong")

        response = log_in(client, annotator.username, PASSWORD)

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "900"
        assert "15 minutes" in response.content.decode()


class TestLogout:
    def test_leads_back_to_the_login(self, as_annotator):
        response = as_annotator.post(reverse("editor:logout"))

        assert response.url == LOGIN


class TestLanguage:
    def test_is_remembered(self, as_annotator):
        as_annotator.post(reverse("editor:language"), {"language": "fr", "next": "/"})

        page = as_annotator.get("/").content.decode()

        assert '<html lang="fr">' in page


class TestEveryPage:
    @pytest.mark.parametrize("name", ["queue", "add", "review", "publications", "login"])
    def test_has_no_inline_script_or_style(self, client, annotator, name):
        if name != "login":
            client.force_login(annotator)

        response = client.get(reverse(f"editor:{name}"))

        page = response.content.decode()
        assert response.status_code == 200
        assert "style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert " onclick=" not in page
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


class TestErrorPages:
    def test_say_what_to_do(self, as_annotator):
        response = as_annotator.get("/nowhere/")

        assert response.status_code == 404
        assert "There is no such page" in response.content.decode()

    def test_do_without_the_database(self, rf):
        response = server_error(rf.get("/"))

        assert "Something broke on our side" in response.content.decode()
