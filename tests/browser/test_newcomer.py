"""Somebody's first hour, by keyboard alone: where one is taken, and that one's place is kept."""

from playwright.sync_api import expect

from annotations.models import Publication
from tests.browser.conftest import held, ready
from tests.conftest import wait_until
from tests.factories import published

FOCUSED = "document.activeElement.id"


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


class TestFirstHour:
    def test_an_article_is_added_from_the_queue_without_looking_for_the_way(
        self, open_page, editor
    ):
        page = open_page(editor)
        page.goto("/")
        ready(page)

        press(page, "g", "a")
        page.wait_for_url("**/articles/add/")
        ready(page)
        page.keyboard.insert_text("Le port compte 12 quais. Il en comptait 9 en 2020.")
        with held(page, "Control+Enter"):
            expect(page.locator(".article-head__title")).to_contain_text("12 quais")

    def test_the_place_is_kept_through_correction_and_retraction(
        self, open_page, checker, editor, article
    ):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        page = open_page(checker)
        page.goto("/")
        ready(page)
        press(page, "g", "u")
        page.wait_for_url("**/publications/")
        ready(page)
        card = page.locator(".publication").first

        for step, number in (("Correct", 2), ("Retract", 3)):
            card.locator("summary", has_text=step).press("Enter")
            card.locator("textarea[name=note]").focus()
            page.keyboard.insert_text("Why.")
            page.keyboard.press("Control+Enter")
            expect(card.get_by_role("status")).to_be_visible()

            wait_until(lambda: page.evaluate(FOCUSED) == card.get_attribute("id"), seconds=8)
            assert Publication.objects.count() == number
