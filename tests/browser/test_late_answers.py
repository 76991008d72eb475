"""An answer that comes late finds its place, and takes nothing from who went on meanwhile."""

import pytest
from playwright.sync_api import expect

from annotations.models import Export, Verdict
from annotations.workflow import tagging
from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import pumped
from tests.browser.test_workbench import SELECTED, expect_index, sentence_at, wait_sent
from tests.factories import AT, ExportFactory, UserFactory, annotated, approved


@pytest.fixture
def verdicts(article, editor):
    for index in (0, 2, 4):
        annotated(article.sentences.get(index=index), by=editor)
    return list(Verdict.objects.order_by("sentence__start"))


@pytest.fixture
def review(open_page, checker, verdicts):
    page = open_page(checker)
    page.goto("/review/")
    ready(page)
    return page


def held_back(page, address):
    """Hold requests back; return them as they come."""
    held = []
    page.route(address, lambda route: held.append(route))
    return held


def settled(page):
    """Wait until all answers took effect."""
    expect(page.locator(".htmx-settling, .htmx-request")).to_have_count(0)


def hold_down(page, button):
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def type_return(page, words):
    page.keyboard.press("x")
    page.keyboard.type(words)


class TestReview:
    def test_leaves_who_writes_about_the_next_verdict_in_the_field(self, review, verdicts):
        held = held_back(review, "**/approve/")
        review.keyboard.press("j")
        review.keyboard.press("a")
        pumped(review, lambda: held)
        review.keyboard.press("j")
        type_return(review, "What ye")

        held.pop().continue_()
        expect(review.locator(".verdict--approved")).to_have_count(1)
        settled(review)
        review.keyboard.type("ar?")

        expect(review.get_by_label("What should be looked at again")).to_have_value("What year?")
        assert held == []

    def test_leaves_who_writes_where_the_others_are_published(
        self, review, article, editor, checker
    ):
        approved(article.sentences.get(index=6), annotator=editor, reviewer=checker)
        review.reload()
        ready(review)
        held = held_back(review, "**/publish/")
        review.keyboard.press("j")
        review.keyboard.press("p")
        pumped(review, lambda: held)
        type_return(review, "What yr")
        review.keyboard.press("ArrowLeft")

        held.pop().continue_()
        expect(review.get_by_text("1 sentence published.")).to_be_visible()
        settled(review)
        review.keyboard.type("ea")

        field = review.get_by_label("What should be looked at again")
        expect(field).to_have_value("What year")
        assert not Verdict.objects.filter(state="approved").exists()

    def test_shows_what_became_of_a_verdict_whose_article_was_drawn_anew(
        self, review, article, editor, checker
    ):
        approved(article.sentences.get(index=6), annotator=editor, reviewer=checker)
        review.reload()
        ready(review)
        publishing, returning = (held_back(review, f"**/{step}/") for step in ("publish", "return"))
        review.keyboard.press("j")
        review.keyboard.press("p")
        type_return(review, "What year?")
        review.keyboard.press("Control+Enter")
        pumped(review, lambda: publishing and returning)

        publishing.pop().continue_()
        expect(review.get_by_text("1 sentence published.")).to_be_visible()
        returning.pop().continue_()

        expect(review.locator(".verdict--returned")).to_contain_text("What year?")
        expect(review.locator("[data-approve-all]")).to_contain_text("2")

    def test_keeps_what_was_typed_about_the_verdict_it_is_about(self, review):
        held = held_back(review, "**/approve/")
        review.keyboard.press("j")
        review.keyboard.press("a")
        pumped(review, lambda: held)
        type_return(review, "Which ")

        held.pop().continue_()
        expect(review.locator(".verdict--approved")).to_have_count(1)
        settled(review)
        review.keyboard.type("year?")

        field = review.get_by_label("What should be looked at again")
        expect(field).to_have_value("Which year?")
        review.reload()
        expect(field).to_have_value("Which year?")


class TestExports:
    @pytest.fixture
    def page(self, open_page, desk):
        for name in ("csv", "jsonl"):
            ExportFactory(desk=desk, format=name, state="queued")
        page = open_page(UserFactory(on=desk, role="manager"))
        page.goto("/publications/")
        ready(page)
        return page

    def drawn_anew(self, page):
        with page.expect_response("**/publications/exports/"):
            page.locator("#exports").evaluate("(one) => one.setAttribute('data-old', '')")
        expect(page.locator("[data-old]")).to_have_count(0)

    def test_shows_what_was_ordered_though_the_list_was_drawn_anew(self, page):
        held = held_back(page, "**/order/")
        page.get_by_role("button", name="Write a file").click()
        pumped(page, lambda: held)
        Export.objects.update(state="failed", error="Full.")  # nothing more is asked for then
        self.drawn_anew(page)

        held.pop().continue_()

        expect(page.locator("#exports .files__row")).to_have_count(3)

    def test_says_no_longer_that_it_loads(self, page):
        held = held_back(page, "**/remove/")
        page.get_by_role("button", name="Stop").first.click()
        expect(page.get_by_text("Loading…")).to_be_visible()
        self.drawn_anew(page)

        held.pop().continue_()

        expect(page.get_by_text("Loading…")).to_have_count(0)

    def test_leaves_a_button_that_is_held_down_where_it_is(self, page):
        hold_down(page, page.get_by_role("button", name="Stop").first)
        with page.expect_response("**/publications/exports/"):
            pass
        page.evaluate("() => fetch('/').then((answer) => answer.text())")

        page.mouse.up()

        expect(page.locator("#exports .files__row")).to_have_count(1)

    def test_leaves_the_focus_on_a_button(self, page):
        page.get_by_role("button", name="Stop").last.focus()

        self.drawn_anew(page)

        expect(page.get_by_role("button", name="Stop").last).to_be_focused()


class TestInspector:
    def test_leaves_a_button_that_is_held_down_where_it_is(self, workbench):
        held = held_back(workbench, "**/comments/")
        workbench.keyboard.press("c")
        workbench.keyboard.type("Which year?")
        workbench.keyboard.press("Control+Enter")
        pumped(workbench, lambda: held)
        hold_down(workbench, workbench.locator("#opinion .label-button--disputed"))

        held.pop().continue_()
        expect(workbench.locator("#announcer")).to_have_text("Comment saved.")
        workbench.mouse.up()

        wait_sent(workbench, 0, "disputed")


class TestText:
    def test_selects_the_sentence_that_was_clicked_before_the_scripts_came(
        self, open_page, editor, article
    ):
        page, held, clicked = open_page(editor), [], []
        page.route("**/*.js", lambda one: one.continue_() if clicked else held.append(one))
        page.goto(f"/articles/{article.pk}/", wait_until="commit")
        sentence_at(page, 4).click()
        clicked.append(True)

        assert held, "no script was held back"
        for route in held:
            route.continue_()

        expect_index(page, 4)
        expect(page.locator("#inspector h2")).to_have_text("Sentence 5")

    def test_takes_no_news_that_is_older_than_ones_own_label(self, workbench):
        old = workbench.locator(SELECTED).evaluate("(one) => one.outerHTML")
        workbench.keyboard.press("v")
        expect(sentence_at(workbench, 0)).to_have_attribute("data-version", "1")

        workbench.evaluate(
            """(old) => {
              const fragment = new DOMParser().parseFromString(old, "text/html").body;
              const option = document.getElementById(fragment.firstElementChild.id);
              option.setAttribute("data-old", "");
              const detail = { id: option.id.slice(1), fragment };
              const root = document.querySelector("[data-controller=workbench]");
              root.dispatchEvent(new CustomEvent("news:sentence", { detail }));
            }""",
            old,
        )

        expect(workbench.locator("[data-old]")).to_have_count(0)
        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "verified")
        expect(sentence_at(workbench, 0)).to_have_attribute("data-version", "1")

    def test_shows_what_one_took_back_in_another_window(
        self, workbench, article, editor, empty_redis
    ):
        expect(workbench.locator(".live")).to_have_attribute("data-state", "live")
        workbench.keyboard.press("v")
        expect(sentence_at(workbench, 0)).to_have_attribute("data-version", "1")
        sentence = article.sentences.get(index=0)

        opinion = tagging.Opinion(label="")
        tagging.annotate(sentence=sentence, opinion=opinion, by=editor, at=AT, based_on=1)

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "")
        expect(workbench.locator("#count")).to_have_text("0 of 4 candidates decided")
