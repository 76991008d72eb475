"""The search by keys: the field on every page, what it offers, what it finds."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, ready


@pytest.fixture
def queue(open_page, editor, article):
    page = open_page(editor)
    page.goto("/")
    ready(page)
    return page


class TestField:
    def test_is_one_key_away_and_leads_to_the_sentence(self, queue, article):
        queue.keyboard.press("/")
        queue.keyboard.type("totaux millions")
        queue.keyboard.press("Enter")
        expect(queue.locator(".found mark").first).to_be_visible()
        ready(queue)

        queue.keyboard.press("/")
        expect(queue.locator("#search")).to_be_focused()
        queue.locator(".found__sentences a").nth(2).click()

        queue.wait_for_selector("#opinion")
        expect(queue.locator("[aria-selected=true]")).to_have_attribute("data-index", "2")

    def test_completes_operators_and_values(self, queue):
        field = queue.get_by_role("combobox", name="Look for")
        options = queue.locator("#header-search-suggestions [role=option]")
        queue.keyboard.press("/")
        queue.keyboard.type("total la")
        expect(options).to_have_count(2)

        queue.keyboard.press("ArrowDown")
        queue.keyboard.press("Enter")
        expect(options).to_have_count(4)
        queue.keyboard.type("dis")
        expect(options).to_have_count(2)
        queue.keyboard.press("ArrowUp")
        queue.keyboard.press("ArrowUp")
        expect(field).to_have_attribute(
            "aria-activedescendant", "header-search-suggestions-suggestion-1"
        )
        queue.keyboard.press("Enter")

        expect(field).to_have_value("total label:disputed ")
        expect(field).to_have_attribute("aria-expanded", "false")

    def test_closes_the_list_first_then_lets_go(self, queue):
        queue.keyboard.press("/")
        queue.keyboard.type("la")
        expect(queue.get_by_role("listbox")).to_be_visible()

        queue.keyboard.press("Escape")
        expect(queue.get_by_role("listbox")).to_have_count(0)
        expect(queue.locator("#header-search")).to_be_focused()
        queue.keyboard.press("Escape")

        expect(queue.locator("#header-search")).not_to_be_focused()

    def test_is_no_link_beside_the_field_on_a_wide_screen(self, queue):
        expect(queue.locator("[data-search]")).to_be_visible()
        expect(queue.locator("[data-go=search]")).to_be_hidden()

    def test_is_a_link_on_a_narrow_screen(self, open_page, editor, article):
        page = open_page(editor, viewport=NARROW)
        page.goto("/")
        ready(page)

        page.keyboard.press("/")

        page.wait_for_url("**/search/")


class TestInFrench:
    @pytest.fixture
    def french(self, open_page, editor, article):
        editor.language = "fr"
        editor.save()
        page = open_page(editor)
        page.goto("/search/")
        ready(page)
        return page

    def test_completes_and_tells_the_names_of_the_reader(self, french):
        field = french.locator("#search")
        options = french.locator("#search-suggestions [role=option]")
        field.focus()
        french.keyboard.type("totaux -étiq")
        expect(options).to_have_text(["étiquette: ce que la rédaction dit de la phrase"])
        french.keyboard.press("ArrowDown")
        french.keyboard.press("Enter")
        expect(options).to_have_count(4)
        french.keyboard.type("conte")
        expect(options).to_have_count(1)
        french.keyboard.press("ArrowDown")
        french.keyboard.press("Enter")
        expect(field).to_have_value("totaux -étiquette:contesté ")
        french.keyboard.press("Enter")
        french.wait_for_url("**/search/?q=*")
        ready(french)

        asked = french.get_by_role("list", name="Opérateurs de cette recherche")
        expect(asked.get_by_role("link")).to_have_text(
            ["-étiquette:contesté Rechercher sans cet opérateur"]
        )
        asked.get_by_role("link").click()

        expect(french.locator("#search")).to_have_value("totaux")


class TestPage:
    def test_works_without_scripts(
        self, browser, static_files, live_server, open_page, editor, article
    ):
        page = open_page(editor)
        page.route("**/*.js", lambda route: route.abort())
        page.goto("/search/")

        page.locator("#search").fill("total")
        page.get_by_role("button", name="Search").click()

        expect(page.locator(".found mark").first).to_be_visible()
