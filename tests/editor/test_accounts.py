from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.views.defaults import server_error

from annotations.models import User
from tests.factories import PASSWORD

LOGIN = reverse("editor:login")
LANGUAGE = reverse("editor:language")


def log_in(client, username, password):
    return client.post(LOGIN, {"username": username, "password": password})


class TestLogin:
    def test_leads_to_the_queue(self, client, annotator):
        response = log_in(client, annotator.username, PASSWORD)

        assert response.url == reverse("editor:queue")

    def test_refuses_a_wrong_password_and_keeps_the_name(self, client, annotator):
        page = log_in(client, annotator.username, "wrong").content.decode()

        assert 'role="alert"' in page
        assert "User name or password is wrong." in page
        assert f'value="{annotator.username}"' in page

    def test_locks_out_after_repeated_failures(self, client, annotator, settings):
        for _ in range(settings.AXES_FAILURE_LIMIT):
            log_in(client, annotator.username, "wrong")

        response = log_in(client, annotator.username, PASSWORD)

        assert response.status_code == 429
        assert 890 <= int(response.headers["Retry-After"]) <= 900
        assert "15 minutes" in response.content.decode()

    def test_opens_when_it_said_whatever_was_tried_meanwhile(self, client, annotator, settings):
        for _ in range(settings.AXES_FAILURE_LIMIT):
            log_in(client, annotator.username, "wrong")
        minutes = timedelta(minutes=14, seconds=30)
        AccessAttempt.objects.update(attempt_time=F("attempt_time") - minutes)

        refused = log_in(client, annotator.username, PASSWORD)
        AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(seconds=31))
        response = log_in(client, annotator.username, PASSWORD)

        assert 1 <= int(refused.headers["Retry-After"]) <= 30
        assert "in 1 minute." in refused.content.decode()
        assert response.url == reverse("editor:queue")

    def test_locks_one_visitor_out_and_not_all_behind_the_proxy(self, client, annotator, settings):
        settings.PROXIES = 1
        guessing = Client(headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.7"})
        for _ in range(settings.AXES_FAILURE_LIMIT):
            log_in(guessing, annotator.username, "wrong")
        again = Client(headers={"X-Forwarded-For": "203.0.113.2, 192.0.2.7"})
        other = Client(headers={"X-Forwarded-For": "192.0.2.8"})

        assert log_in(again, annotator.username, PASSWORD).status_code == 429
        assert log_in(other, annotator.username, PASSWORD).url == reverse("editor:queue")

    def test_locks_nobody_else_out(self, client, annotator, reviewer, settings):
        for _ in range(settings.AXES_FAILURE_LIMIT):
            log_in(client, annotator.username, "wrong")

        assert log_in(client, reviewer.username, PASSWORD).url == reverse("editor:queue")


class TestLogout:
    def test_leads_back_to_the_login(self, as_annotator):
        response = as_annotator.post(reverse("editor:logout"))

        assert response.url == LOGIN


class TestLanguage:
    def test_is_remembered(self, as_annotator):
        as_annotator.post(LANGUAGE, {"language": "fr", "next": "/"})

        page = as_annotator.get("/").content.decode()

        assert '<html lang="fr">' in page
        assert "Langue des pages" in page

    def test_follows_the_person_to_a_browser_that_is_logged_in(self, as_annotator, annotator):
        other = Client()
        other.force_login(annotator)

        as_annotator.post(LANGUAGE, {"language": "fr", "next": "/"})

        assert '<html lang="fr">' in other.get("/").content.decode()

    def test_follows_the_person_to_where_nobody_is_logged_in_any_more(self, client, annotator):
        User.objects.filter(pk=annotator.pk).update(language="fr")

        log_in(client, annotator.username, PASSWORD)

        client.post(reverse("editor:logout"))
        assert '<html lang="fr">' in client.get(LOGIN).content.decode()

    def test_is_the_browser_s_for_who_never_chose(self, client, annotator):
        client.force_login(annotator)

        page = client.get("/", headers={"Accept-Language": "fr-CA, en;q=0.5"}).content.decode()

        assert '<html lang="fr">' in page

    def test_chosen_before_the_login_is_kept_for_who_never_chose(self, client, annotator):
        client.post(LANGUAGE, {"language": "fr", "next": LOGIN})

        log_in(client, annotator.username, PASSWORD)

        annotator.refresh_from_db()
        assert annotator.language == "fr"

    def test_that_there_is_not_changes_nothing(self, as_annotator, annotator):
        as_annotator.post(LANGUAGE, {"language": "tlh", "next": "/"})

        annotator.refresh_from_db()
        assert annotator.language == ""
        assert '<html lang="en">' in as_annotator.get("/").content.decode()


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
