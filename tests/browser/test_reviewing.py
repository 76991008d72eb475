"""Review: what was chosen stays, and what was not done is said."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import holding, ready
from tests.factories import annotated, approved

SCALE = [{"value": 1, "fr": "Faux", "en": "False"}, {"value": 2, "fr": "Vrai", "en": "True"}]


@pytest.fixture
def review(open_page, checker, editor, article):
    """Three sentences that wait for a reviewer, and one for publication."""
    sentences = list(article.sentences.order_by("start"))
    for one in sentences[:3]:
        annotated(one, by=editor)
    approved(sentences[3], annotator=editor, reviewer=checker)
    page = open_page(checker)
    page.goto("/review/")
    ready(page)
    return page


class TestRating:
    def test_stays_where_the_article_is_drawn_anew(self, review, desk):
        desk.rating_scale = SCALE
        desk.save()
        review.reload()
        ready(review)
        review.get_by_label("Rating").first.select_option("1 · False")
        review.keyboard.press("Escape")

        review.keyboard.press("p")

        expect(review.get_by_text("1 sentence published.")).to_be_visible()
        expect(review.get_by_label("Rating").first).to_have_value("1")


class TestTrouble:
    @pytest.mark.parametrize("status", [403, 429, 500])
    def test_is_said_and_stays(self, review, status):
        review.route("**/verdicts/*/approve/", lambda route: route.fulfill(status=status))
        review.keyboard.press("j")

        with review.expect_event("console", predicate=lambda one: "Response" in one.text):
            review.keyboard.press("a")

        expect(review.get_by_role("alert")).to_contain_text(f"({status})")

    def test_leads_to_where_one_logs_in(self, review):
        review.context.clear_cookies(name="factcheck_session")
        review.keyboard.press("j")

        review.keyboard.press("a")

        expect(review.get_by_role("link", name="Log in again")).to_be_visible()

    def test_is_said_where_no_answer_comes(self, review):
        holding(review, "**/verdicts/*/approve/")
        review.evaluate("htmx.config.timeout = 300")
        review.keyboard.press("j")

        review.keyboard.press("a")

        expect(review.get_by_role("alert")).to_contain_text("cannot be reached")
