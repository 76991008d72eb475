"""Leaving a page and coming back to it: by the browser's own button, and by a reload."""

from playwright.sync_api import expect

from annotations.models import Annotation
from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import all_saved
from tests.browser.test_workbench import expect_index, saved, sentence_at, wait_saved
from tests.factories import annotated


def came_back(page):
    """Go to the queue by a key, and back by the browser's own button."""
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/")
    ready(page)
    page.go_back()
    page.wait_for_selector("#opinion")
    ready(page)


class TestBackButton:
    def test_shows_what_was_labelled_before_one_left(self, workbench):
        workbench.keyboard.press("v")
        wait_saved(0, "verified")

        came_back(workbench)

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "verified")
        expect(workbench.locator("#count")).to_have_text("1 of 4 candidates decided")

    def test_shows_what_happened_meanwhile(self, workbench, article, checker):
        workbench.keyboard.press("g")
        workbench.keyboard.press("q")
        workbench.wait_for_url("**/")
        ready(workbench)
        annotated(article.sentences.get(index=2), by=checker, label="disputed")

        workbench.go_back()

        expect(sentence_at(workbench, 2)).to_have_attribute("data-mark", "disputed")

    def test_brings_no_conflict_with_oneself(self, workbench):
        workbench.keyboard.press("v")
        wait_saved(0, "verified")

        came_back(workbench)
        sentence_at(workbench, 0).click()
        expect(workbench.locator("#opinion")).to_have_attribute("data-label", "verified")
        workbench.keyboard.press("d")

        wait_saved(0, "disputed")
        all_saved(workbench)
        assert Annotation.objects.count() == 1


class TestReload:
    def test_shows_a_label_that_was_there_and_was_changed(self, workbench, article, editor):
        annotated(article.sentences.get(index=0), by=editor, label="verified", rationale="Before.")
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        sentence_at(workbench, 0).click()
        expect(workbench.locator("#rationale")).to_have_value("Before.")

        workbench.locator("#rationale").fill("After.")
        workbench.keyboard.press("Escape")
        workbench.keyboard.press("d")
        wait_saved(0, "disputed")
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        sentence_at(workbench, 0).click()

        expect(workbench.locator("#opinion")).to_have_attribute("data-label", "disputed")
        expect(workbench.locator("#rationale")).to_have_value("After.")
        assert (saved(0).rationale, saved(0).version) == ("After.", 2)

    def test_leaves_undo_and_redo_where_they_were(self, workbench):
        for key in "vd":
            workbench.keyboard.press(key)
        wait_saved(2, "disputed")

        workbench.reload()
        workbench.wait_for_selector("#opinion")
        ready(workbench)
        workbench.keyboard.press("z")
        wait_saved(2, "")
        workbench.keyboard.press("z")
        wait_saved(0, "")
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        ready(workbench)
        workbench.keyboard.press("Z")

        wait_saved(0, "verified")
        expect_index(workbench, 0)


class TestSkipping:
    def test_decides_nothing(self, workbench):
        workbench.keyboard.press("s")
        expect_index(workbench, 2)
        workbench.keyboard.press("v")
        wait_saved(2, "verified")

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "")
        expect(workbench.locator("#count")).to_have_text("1 of 4 candidates decided")
        assert saved(0) is None
