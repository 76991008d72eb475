"""Where an answer does not come, or is a refusal: what was meant is kept, and it is said."""

from playwright.sync_api import expect

from annotations.models import Label
from tests.browser.test_workbench import sentence_at, wait_saved
from tests.factories import annotated


class TestTrouble:
    def test_labels_wait_while_the_network_is_cut(self, workbench):
        workbench.context.set_offline(True)
        workbench.keyboard.press("v")
        workbench.keyboard.press("d")
        expect(workbench.locator("#saving")).to_contain_text("2 not saved")
        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "verified")

        workbench.context.set_offline(False)

        wait_saved(0, Label.VERIFIED)
        wait_saved(2, Label.DISPUTED)
        expect(workbench.locator("#saving")).to_be_hidden()

    def test_no_other_sentence_is_shown_as_the_selected_one(self, workbench, article):
        sentence_at(workbench, 6).wait_for()
        workbench.context.set_offline(True)
        sentence_at(workbench, 6).click()
        pane = workbench.locator("#inspector")
        expect(pane).to_contain_text("This sentence cannot be shown just now.")
        expect(pane).not_to_contain_text("Sentence 1")

        workbench.keyboard.press("c")
        workbench.keyboard.type("Which year?")
        expect(pane.locator(".typed")).to_have_text("Which year?")
        workbench.context.set_offline(False)

        expect(pane).to_contain_text("Sentence 7")
        expect(workbench.locator("#comment")).to_have_value("Which year?")
        expect(workbench.locator("#problems .problem")).to_have_count(0)

    def test_a_sentence_that_cannot_be_shown_is_labelled_by_a_press(self, workbench):
        workbench.context.set_offline(True)
        sentence_at(workbench, 6).click()
        workbench.locator("#inspector .label-button--disputed").click()
        expect(sentence_at(workbench, 6)).to_have_attribute("data-mark", "disputed")

        workbench.context.set_offline(False)

        wait_saved(6, Label.DISPUTED)

    def test_labels_wait_while_one_is_logged_out(self, workbench, editor, live_server):
        cookies = workbench.context.cookies()
        workbench.context.clear_cookies(name="factcheck_session")
        workbench.keyboard.press("v")
        expect(workbench.locator("#problems")).to_contain_text("You were logged out.")
        workbench.context.add_cookies(cookies)

        workbench.get_by_role("button", name="Try again").click()

        wait_saved(0, Label.VERIFIED)

    def test_a_stale_label_is_put_back_and_both_sides_are_shown(self, workbench, article, editor):
        workbench.route("**/news/**", lambda route: route.abort())  # it would tell of the change
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        annotated(article.sentences.get(index=0), by=editor, label="disputed")

        workbench.keyboard.press("v")

        expect(workbench.locator("#problems")).to_contain_text("changed in another window")
        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "disputed")
        workbench.get_by_role("link", name="Show the sentence").click()
        expect(workbench.locator(".sides")).to_contain_text("What you meant")
        workbench.keyboard.press("v")
        wait_saved(0, Label.VERIFIED)
