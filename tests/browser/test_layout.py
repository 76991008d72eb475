"""Nothing moves under the reader's eyes while a page loads."""

import pytest

from annotations.workflow import tagging
from tests.browser.conftest import NARROW, WIDE, ready
from tests.browser.newsroom import newsroom
from tests.factories import ArticleFactory, annotated, published

AT_MOST = 0.01  # of the cumulative layout shift; 0.1 counts as good
# On a narrow screen the list stands below the text, under the inspector: the text may push it down.
WATCH = """
window.moved = 0;
const isUnseen = ({ node }) => node?.matches?.(".workbench__list");
new PerformanceObserver((seen) => {
    for (const { value, sources } of seen.getEntries()) {
        if (!sources.length || !sources.every(isUnseen)) moved += value;
    }
}).observe({ type: "layout-shift", buffered: true });
"""
TWO_PAINTS = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def things(desk, empty_redis):
    return newsroom(desk)


class TestLoading:
    @pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
    def test_moves_nothing(self, open_page, things, viewport):
        page = open_page(things.manager, viewport=viewport)
        page.add_init_script(WATCH)
        moved = {}

        for address in (
            "/",
            f"/articles/{things.article}/",
            "/review/",
            "/publications/",
            "/insights/",
            "/articles/add/",
            "/articles/import/",
            "/settings/",
        ):
            page.goto(address)
            ready(page)
            if "/articles/" in address and address[-2].isdigit():
                page.wait_for_selector("#opinion")
            page.evaluate(TWO_PAINTS)
            moved[address] = page.evaluate("moved")

        assert {address: far for address, far in moved.items() if far > AT_MOST} == {}


class TestLongWords:
    """A word without end, in a name, title or address, makes no page wider than its screen."""

    def test_are_broken(self, open_page, desk, editor, checker):
        word = "anticonstitutionnellement" * 8
        article = ArticleFactory(desk=desk, title=word, source_name=word)
        proof = [tagging.Item(f"https://archives.example/{word}")]
        published(article.sentences.first(), annotator=editor, reviewer=checker, evidence=proof)
        annotated(article.sentences.last(), by=editor, rationale=word, evidence=proof)
        page, wide = open_page(checker, viewport=NARROW), {}

        for address in (
            "/",
            f"/articles/{article.pk}/",
            f"/articles/{article.pk}/report/",
            "/review/",
            "/publications/",
            "/search/?q=millions",
        ):
            page.goto(address)
            ready(page)
            wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

        assert {address: more for address, more in wide.items() if more > 0} == {}
