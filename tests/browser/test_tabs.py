"""Two tabs of one person, on the same article."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import pumped, type_rationale

WORDS = "Typed in the first tab."


@pytest.fixture
def other(workbench):
    tab = workbench.context.new_page()
    tab.goto(workbench.url)
    tab.wait_for_selector("#opinion")
    ready(tab)
    return tab


class TestWords:
    def test_are_there_in_the_other_tab(self, workbench, other):
        type_rationale(workbench, WORDS)
        expect(other.locator("#rationale")).to_have_value(WORDS)
        workbench.goto("/")
        other.bring_to_front()
        other.keyboard.press("j")
        other.keyboard.press("k")

        expect(other.locator("#rationale")).to_have_value(WORDS)

    def test_are_written_on_in_the_other_tab(self, workbench, other):
        type_rationale(workbench, WORDS)
        workbench.goto("/")
        other.bring_to_front()
        other.keyboard.press("r")
        other.keyboard.press("End")
        other.keyboard.type(" And on.")
        other.reload()

        expect(other.locator("#rationale")).to_have_value(f"{WORDS} And on.")

    def test_are_gone_in_both_once_they_are_saved(self, workbench, other):
        type_rationale(workbench, WORDS)
        expect(other.locator("#rationale")).to_have_value(WORDS)
        workbench.keyboard.press("v")
        expect(workbench.locator("#announcer")).to_contain_text("Saved")

        expect(other.locator("#opinion")).to_have_attribute("data-label", "verified")
        expect(other.locator("[data-rest-held]")).to_be_hidden()

    def test_are_gone_also_where_the_news_comes_before_the_answer(self, workbench, other):
        held = []
        workbench.route("**/annotation/", lambda route: held.append((route, route.fetch())))
        type_rationale(workbench, WORDS)
        expect(other.locator("#rationale")).to_have_value(WORDS)
        workbench.keyboard.press("v")
        pumped(workbench, lambda: held)
        expect(other.locator(".sentence[data-mark=verified]")).to_have_count(1)

        route, answer = held.pop()
        route.fulfill(response=answer)

        expect(other.locator("#opinion")).to_have_attribute("data-label", "verified")
        expect(other.locator("#rationale")).to_have_value(WORDS)
