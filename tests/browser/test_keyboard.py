"""The keys on several keyboards, in fields, with AltGr, in composition, and as one chose them."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from tests.browser.test_workbench import expect_index, sentence_at

# On AZERTY the same letters lie on other keys: (what it types, where it lies there).
LAYOUTS = {
    "qwerty": [("v", "KeyV"), ("z", "KeyZ"), ("Z", "KeyZ")],
    "azerty": [("v", "KeyV"), ("z", "KeyW"), ("Z", "KeyW")],
    "qwertz": [("v", "KeyV"), ("z", "KeyY"), ("Z", "KeyY")],
}


def press(page, key, code, **more):
    """Press a key of a layout: what it types and where it lies are told apart."""
    session = page.context.new_cdp_session(page)
    event = {"key": key, "code": code, **({"text": key} if len(key) == 1 else {}), **more}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key, "code": code})
    session.detach()


class TestLayouts:
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_a_letter_is_the_same_key_on_every_keyboard(self, workbench, layout):
        mark = sentence_at(workbench, 0)
        label, undo, redo = LAYOUTS[layout]

        press(workbench, *label)
        expect(workbench.locator("#announcer")).to_contain_text("Saved")
        press(workbench, *undo)
        expect(mark).to_have_attribute("data-mark", "")
        press(workbench, *redo)

        expect(mark).to_have_attribute("data-mark", "verified")

    def test_the_place_of_a_letter_means_nothing(self, workbench):
        press(workbench, "a", "KeyQ")
        press(workbench, "w", "KeyZ")

        expect_index(workbench, 0)
        assert not Annotation.objects.exists()

    @pytest.mark.parametrize("code", ["Digit1", "Numpad1"])
    def test_no_digit_is_a_key(self, workbench, code):
        press(workbench, "1", code)

        expect(workbench.locator("[data-pending]")).to_have_count(0)
        expect_index(workbench, 0)

    @pytest.mark.parametrize("key", ["Backspace", "Enter", "Delete"])
    def test_nothing_is_discarded_by_a_key(self, workbench, key):
        workbench.keyboard.press("r")
        workbench.keyboard.type("Words")
        workbench.keyboard.press("Escape")

        workbench.keyboard.press(key)

        expect(workbench.locator("#rationale")).to_have_value("Words")
        expect_index(workbench, 0)


class TestComposition:
    def test_keys_belong_to_the_input_method(self, workbench):
        workbench.keyboard.press("r")
        session = workbench.context.new_cdp_session(workbench)

        session.send(
            "Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1}
        )
        press(workbench, "Process", "KeyV")
        press(workbench, "Process", "Escape")
        session.send("Input.insertText", {"text": "日本"})

        expect(workbench.locator("#rationale")).to_have_value("日本")
        assert not Annotation.objects.exists()


class TestHelp:
    def test_fields_take_every_letter(self, workbench):
        letters = "jkJKvudnsercfzZg?/[]"
        workbench.keyboard.press("c")

        workbench.keyboard.type(letters)

        expect(workbench.locator("#comment")).to_have_value(letters)
        expect_index(workbench, 0)


class TestOwnKeys:
    def test_are_bound_shown_and_listed(self, workbench):
        address = workbench.url
        workbench.goto("/settings/keyboard/")
        workbench.get_by_label("Verified", exact=True).fill("t")
        workbench.get_by_role("button", name="Save").click()
        expect(workbench.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
        workbench.goto(address)
        workbench.wait_for_selector("#opinion")

        workbench.keyboard.press("v")
        workbench.keyboard.press("t")

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "verified")
        expect(workbench.locator("[data-label=verified] kbd")).to_have_text("t")
        expect(workbench.locator("#keys [data-action=verified] kbd")).to_have_text("t")

    def test_a_conflict_says_with_what(self, workbench):
        workbench.goto("/settings/keyboard/")

        workbench.get_by_label("Verified", exact=True).fill("d")
        workbench.get_by_role("button", name="Save").click()

        expect(workbench.locator("#problem-verified")).to_contain_text("the key of “Disputed”")

    def test_switched_off_no_letter_does_anything(self, workbench):
        address = workbench.url
        workbench.goto("/settings/keyboard/")
        workbench.get_by_label("Use single characters as keys").uncheck()
        workbench.get_by_role("button", name="Save").click()
        workbench.goto(address)
        workbench.wait_for_selector("#opinion")

        for key in "vudnJ?":
            workbench.keyboard.press(key)
        expect_index(workbench, 0)
        workbench.keyboard.press("ArrowDown")

        expect_index(workbench, 2)
        assert not Annotation.objects.exists()
