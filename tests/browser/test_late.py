"""Answers that come late, in another order than they were asked for, or not at all."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from annotations.extraction import Span
from annotations.workflow import cutting
from tests.browser.conftest import holding
from tests.browser.test_nothing_lost import WRITES, all_saved, pumped, type_rationale
from tests.browser.test_workbench import sentence_at, wait_sent
from tests.factories import UserFactory, annotated, approved

RECUT = "document.querySelector('.workbench').dispatchEvent(new CustomEvent('news:recut'))"
HURRY = """(() => {
  const timeout = AbortSignal.timeout;
  AbortSignal.timeout = () => timeout.call(AbortSignal, 300);
})()"""


def holding_first_answer(page, pattern):
    """Hold the first answer, as the server gave it by then; returns what brings it."""
    held = []

    def hold(route):
        if held:
            route.continue_()
        else:
            held.append(None)
            held[0] = (route, route.fetch())

    page.route(pattern, hold)

    def bring():
        route, answer = held[0]
        route.fulfill(response=answer)

    return held, bring


@pytest.fixture
def listening(workbench):
    expect(workbench.locator(".live")).to_have_attribute("data-state", "live")
    workbench.wait_for_load_state("networkidle")  # what is asked for ahead has come
    return workbench


class TestInspector:
    def test_shows_what_came_after_it_was_asked_for(self, listening, article, checker):
        sentence = article.sentences.get(index=6)
        held, bring = holding_first_answer(listening, f"**/sentences/{sentence.pk}/")
        sentence_at(listening, 6).click()
        pumped(listening, lambda: held and held[0])
        annotated(sentence, by=checker, label="disputed", rationale="Newer.")
        expect(sentence_at(listening, 6)).to_have_attribute("data-mark", "disputed")

        bring()

        expect(listening.locator("#colleagues")).to_contain_text("Newer.")

    def test_comes_though_there_is_news_of_the_one_before(
        self, listening, article, editor, checker
    ):
        held = holding(listening, f"**/sentences/{article.sentences.get(index=6).pk}/")
        sentence_at(listening, 6).click()
        pumped(listening, lambda: held)

        approved(article.sentences.get(index=0), annotator=editor, reviewer=checker)
        expect(sentence_at(listening, 0)).to_have_attribute("data-mark", "verified")
        held[0].continue_()

        expect(listening.locator("#inspector h2")).to_have_text("Sentence 7")

    def test_is_asked_for_anew_by_selecting_the_sentence_again(self, listening, article):
        held = holding(listening, f"**/sentences/{article.sentences.get(index=6).pk}/")
        sentence_at(listening, 6).click()
        pumped(listening, lambda: held)

        sentence_at(listening, 6).click()
        pumped(listening, lambda: len(held) == 2)
        held[1].continue_()

        expect(listening.locator("#inspector h2")).to_have_text("Sentence 7")

    def test_says_that_no_answer_comes(self, listening):
        listening.evaluate(HURRY)
        holding(listening, "**/sentences/*/")

        sentence_at(listening, 6).click()

        expect(listening.locator("#inspector")).to_contain_text("cannot be shown just now")

    def test_keeps_the_place_where_one_cuts(self, workbench):
        held = holding(workbench, WRITES)
        workbench.keyboard.press("v")
        expect(workbench.locator("#inspector h2")).to_have_text("Sentence 3")
        workbench.keyboard.press("k")
        expect(workbench.locator("#inspector h2")).to_have_text("Sentence 1")
        workbench.keyboard.press("b")
        expect(workbench.locator("#cut-text")).to_be_focused()
        workbench.evaluate("document.querySelector('#cut-text').setSelectionRange(9, 9)")

        pumped(workbench, lambda: held)
        held[0].continue_()
        expect(workbench.locator("#announcer")).to_contain_text("Saved")

        expect(workbench.locator("#cut-text")).to_be_focused()
        assert workbench.evaluate("document.activeElement.selectionStart") == 9

    def test_says_that_a_cut_found_no_server(self, workbench):
        workbench.keyboard.press("b")
        expect(workbench.locator("#cut-text")).to_be_focused()
        workbench.context.set_offline(True)

        workbench.keyboard.press("Enter")

        problem = workbench.locator("#problems [data-key=request]")
        expect(problem).to_contain_text("cannot be reached")


class TestText:
    def test_drawn_anew_has_what_happened_meanwhile(self, listening, article, checker):
        held, bring = holding_first_answer(listening, f"**/articles/{article.pk}/")
        listening.evaluate(RECUT)
        pumped(listening, lambda: held and held[0])
        listening.keyboard.press("v")
        expect(listening.locator("#announcer")).to_contain_text("Saved")
        annotated(article.sentences.get(index=4), by=checker, label="disputed")
        expect(sentence_at(listening, 4)).to_have_attribute("data-mark", "disputed")
        listening.evaluate("document.querySelector('.sentence').dataset.old = ''")

        bring()

        expect(listening.locator("[data-old]")).to_have_count(0)
        expect(sentence_at(listening, 0)).to_have_attribute("data-mark", "verified")
        expect(sentence_at(listening, 4)).to_have_attribute("data-mark", "disputed")

    def test_is_the_newest_though_an_older_answer_comes_last(self, listening, article):
        held, bring = holding_first_answer(listening, f"**/articles/{article.pk}/")
        listening.evaluate(RECUT)
        pumped(listening, lambda: held and held[0])
        first = article.sentences.get(index=0)
        seen = Span(first.start, first.end)
        at = {"offset": first.start + 9, "at": timezone.now(), "based_on": seen}
        with listening.expect_event("console", predicate=lambda one: one.text == "recut"):
            listening.evaluate(
                "document.addEventListener('news:recut', () => console.log('recut'), true)"
            )
            cutting.split(sentence=first, by=UserFactory(on=article.desk), **at)

        bring()

        expect(listening.locator(".sentence__exact")).to_have_count(8)


class TestOwnSteps:
    """What one does oneself is no conflict, however late its answer comes."""

    def test_words_for_a_sentence_that_is_being_marked_with_the_rest(self, workbench):
        held = holding(workbench, "**/articles/*/annotations/")
        workbench.keyboard.press("N")
        workbench.keyboard.press("Enter")
        pumped(workbench, lambda: held)
        sentence_at(workbench, 2).click()
        expect(workbench.locator("#inspector h2")).to_have_text("Sentence 3")
        type_rationale(workbench, "Looked again.")
        held[0].continue_()
        expect(workbench.locator("[data-rest-told]")).to_be_visible()

        workbench.keyboard.press("v")

        wait_sent(workbench, 2, "verified")

    def test_words_that_were_typed_before_an_undo(self, workbench):
        workbench.keyboard.press("v")
        wait_sent(workbench, 0, "verified")
        workbench.keyboard.press("k")
        type_rationale(workbench, "On second thoughts.")
        workbench.keyboard.press("z")
        expect(workbench.locator("#announcer")).to_contain_text("Undone")

        workbench.keyboard.press("d")

        wait_sent(workbench, 0, "disputed")

    def test_a_label_before_an_undo_is_answered(self, workbench):
        workbench.keyboard.press("v")
        wait_sent(workbench, 0, "verified")
        all_saved(workbench)
        held = holding(workbench, "**/undo/")
        for key in "kzd":
            workbench.keyboard.press(key)
        pumped(workbench, lambda: held)

        held[0].continue_()

        wait_sent(workbench, 0, "disputed")

    def test_a_label_after_an_undo_without_a_network(self, workbench):
        workbench.context.set_offline(True)
        for key in "vkzd":
            workbench.keyboard.press(key)

        workbench.context.set_offline(False)

        wait_sent(workbench, 0, "disputed")


def test_a_comment_that_is_refused_stands_before_what_was_typed_since(workbench):
    held = holding(workbench, "**/sentences/*/comments/")
    workbench.keyboard.press("c")
    workbench.keyboard.type("First.")
    workbench.keyboard.press("Control+Enter")
    workbench.keyboard.press("c")
    workbench.keyboard.type("Second.")
    pumped(workbench, lambda: held)

    held[0].fulfill(status=422, body='<p role="alert">Too long.</p>')

    expect(workbench.locator("#comment")).to_have_value("First.\nSecond.")
