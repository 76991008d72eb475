"""A new text of an article, by keyboard, and what a colleague's open page hears of it."""

import pytest
from playwright.sync_api import expect

from annotations.models import Article, Verdict
from tests.browser.conftest import held, ready
from tests.factories import annotated


@pytest.fixture
def labelled(article, editor):
    """The first two sentences carry a label."""
    sentences = list(article.sentences.order_by("start"))
    for one in sentences[:2]:
        annotated(one, by=editor, rationale="Seen.")
    return sentences


def replaced(page, was, now):
    """Replace a word in the text field with the keyboard alone."""
    field = page.get_by_label("Text", exact=True)
    text = field.input_value()
    assert was in text
    place = text.index(was)
    field.focus()
    field.evaluate(f"(one) => one.setSelectionRange({place}, {place + len(was)})")
    page.keyboard.type(now)


class TestByKeyboard:
    def test_a_text_is_replaced_and_its_changes_are_found(
        self, open_page, editor, article, labelled
    ):
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        ready(page)

        page.get_by_role("link", name="New text").press("Enter")
        page.wait_for_url("**/revise/")
        ready(page)
        expect(page.get_by_label("Text", exact=True)).to_be_focused()
        replaced(page, "1 millions", "9 millions")
        with held(page, "Control+Enter"):
            page.wait_for_url("**/texts/2/")

        expect(page.get_by_role("heading", level=1)).to_have_text("Text 2 of 2")
        expect(page.get_by_role("heading", name="1 changed sentence")).to_be_visible()
        expect(page.locator("del")).to_have_text("1")
        expect(page.locator("ins")).to_have_text("9")
        assert Article.objects.get().current_revision.text == article.current_revision.text.replace(
            "1 millions", "9 millions", 1
        )

        page.get_by_role("link", name="Open the sentence").press("Enter")
        page.wait_for_selector(f"#inspector[data-sentence='{labelled[0].pk}']")
        expect(page.locator("#inspector")).to_contain_text("To look at again")
        expect(page.locator("#inspector")).to_contain_text("1 millions")
        page.keyboard.press("u")
        expect(page.locator(f"#s{labelled[0].pk}")).to_have_attribute("data-mark", "unverified")

    def test_enter_in_the_address_fetches_and_saves_nothing(self, open_page, editor, article):
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/revise/")
        ready(page)
        replaced(page, "1 millions", "9 millions")

        page.get_by_label("Address").fill("https://127.0.0.1/")
        page.get_by_label("Address").press("Enter")

        expect(page.locator(".field--wrong [role=alert]")).to_be_visible()
        assert "9 millions" in page.get_by_label("Text", exact=True).input_value()
        assert Article.objects.get().current_revision.number == 1

    def test_what_was_typed_stays_where_a_colleague_was_faster(
        self, open_page, editor, checker, article
    ):
        mine, theirs = open_page(editor), open_page(checker)
        for page, word in ((mine, "8"), (theirs, "7")):
            page.goto(f"/articles/{article.pk}/revise/")
            ready(page)
            replaced(page, "1 millions", f"{word} millions")
        with held(theirs, "Control+Enter"):
            theirs.wait_for_url("**/texts/2/")

        with held(mine, "Control+Enter"):
            expect(mine.get_by_role("alert")).to_contain_text("changed in the meantime")
        expect(mine.get_by_role("region", name="The text as it is now")).to_contain_text("7 mill")
        assert "8 millions" in mine.get_by_label("Text", exact=True).input_value()

        mine.get_by_role("button", name="Save the new text").press("Enter")
        mine.wait_for_url("**/texts/3/")
        assert "8 millions" in Article.objects.get().current_revision.text


class TestColleague:
    def test_is_told_and_keeps_what_is_being_typed(
        self, open_page, editor, checker, article, labelled
    ):
        page, other = open_page(editor), open_page(checker)
        page.goto(f"/articles/{article.pk}/#s{labelled[1].pk}")
        page.wait_for_selector(f"#inspector[data-sentence='{labelled[1].pk}'] #rationale")
        page.locator("#rationale").fill("Half a word")

        other.goto(f"/articles/{article.pk}/revise/")
        ready(other)
        replaced(other, "1 millions", "9 millions")
        with held(other, "Control+Enter"):
            other.wait_for_url("**/texts/2/")

        expect(page.locator("[data-live-said]")).to_contain_text("gave the article a new text")
        expect(page.locator("#rationale")).to_have_value("Half a word")
        assert Verdict.objects.get(sentence=labelled[0]).state == Verdict.State.RETURNED
