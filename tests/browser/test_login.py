"""The way in, and what somebody sees who is kept out after too many wrong passwords."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from playwright.sync_api import expect

from tests.browser.conftest import ready
from tests.browser.test_access import faults
from tests.factories import PASSWORD

WORDS = {
    "en": (
        "Too many attempts",
        ", in 15 minutes. Until",
        "ask your administrator",
        "Back to the login",
    ),
    "fr": (
        "Trop de tentatives",
        "dans 15 minutes, à",
        "demandez-en un autre à l’administration",
        "Retour à la connexion",
    ),
}


def log_in(page, name, password):
    """Type both, as the page puts one there: the name is asked for first and then kept."""
    page.locator("#id_username").fill(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


class TestLockedOut:
    @pytest.mark.parametrize("language", WORDS)
    def test_says_what_happened_what_to_do_and_when_it_ends(
        self, open_page, editor, settings, language
    ):
        title, when, whom, back = WORDS[language]
        page = open_page()
        page.goto("/login/")
        page.locator(f".languages__one[value={language}]").click()
        page.wait_for_selector(f"html[lang={language}]", state="attached")
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            log_in(page, editor.username, "wrong")
            expect(page.get_by_role("alert")).to_be_visible()
            ready(page)
        log_in(page, editor.username, "wrong")

        expect(page.get_by_role("heading", name=title)).to_be_visible()
        expect(page.locator("main")).to_contain_text(when)
        expect(page.locator("main")).to_contain_text(whom)
        assert page.locator("html").get_attribute("lang") == language
        assert faults(page) == []

        page.get_by_role("link", name=back).press("Enter")
        log_in(page, editor.username, PASSWORD)
        expect(page.get_by_role("heading", name=title)).to_be_visible()

        AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=15))
        page.get_by_role("link", name=back).press("Enter")
        log_in(page, editor.username, PASSWORD)
        page.wait_for_selector(".queue")
