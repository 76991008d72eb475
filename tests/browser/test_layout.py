"""Nothing moves under the reader's eyes while a page loads, and things stand where they belong."""

import pytest

from annotations.workflow import tagging
from tests.browser.conftest import NARROW, WIDE, holding, ready
from tests.browser.newsroom import newsroom
from tests.factories import ArticleFactory, UserFactory, annotated, published

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
# Where the line stands on which the words of an element are written.
LINE_OF = """(element) => {
    const probe = document.createElement("span");
    probe.style.display = "inline-block";
    element.append(probe);
    const { bottom } = probe.getBoundingClientRect();
    probe.remove();
    return bottom;
}"""
ZOOMED = {"width": WIDE["width"] // 2, "height": WIDE["height"] // 2}
# Whether one hits each element wherever one presses it: at nine places, up to its corners.
SEEN = """(all) => all.map((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const places = [left + 5, (left + right) / 2, right - 5].flatMap(
        (x) => [top + 5, (top + bottom) / 2, bottom - 5].map((y) => [x, y]),
    );
    return places.every((place) => element.contains(document.elementFromPoint(...place)));
})"""
TWO_PAINTS = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def things(desk, empty_redis):
    return newsroom(desk)


def room_beside_steps(said):
    """Measure how far from what is said the buttons for undo and redo begin, in pixels."""
    return said.evaluate(
        """(said) => {
            const words = document.createRange();
            words.selectNodeContents(said);
            const right = Math.max(...[...words.getClientRects()].map((one) => one.right));
            return document.querySelector(".inspector__steps").getBoundingClientRect().left - right;
        }"""
    )


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


class TestPlaces:
    def test_a_mark_stands_on_the_line_of_its_sentence(self, open_page, desk, editor):
        article = ArticleFactory(desk=desk)
        annotated(article.sentences.first(), by=editor)
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        ready(page)

        words, mark = (
            page.locator(f".sentence {part}").first.evaluate(LINE_OF)
            for part in (".sentence__exact", ".mark")
        )

        assert abs(words - mark) < 1

    def test_no_word_moves_when_a_label_is_saved(self, open_page, desk, editor):
        article = ArticleFactory(desk=desk)
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")
        next_words = page.locator(".sentence__exact").nth(1)
        posted = holding(page, "**/annotation/")

        with page.expect_request("**/annotation/"):
            page.keyboard.press("v")
        page.wait_for_selector("[data-pending] > .mark")
        on_its_way = next_words.bounding_box()
        posted[0].continue_()
        page.wait_for_selector("[data-pending]", state="detached")

        assert page.locator(".sentence > .mark").count() == 1
        assert next_words.bounding_box() == on_its_way

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_the_labels_are_equally_wide(self, open_page, desk, language):
        editor, article = UserFactory(on=desk, language=language), ArticleFactory(desk=desk)
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        wide = page.locator(".label-button").evaluate_all("(all) => all.map((b) => b.offsetWidth)")

        assert len(wide) == 4
        assert len(set(wide)) == 1

    def test_nothing_lies_on_what_is_said_before_the_sentences_are_there(
        self, open_page, desk, editor
    ):
        article = ArticleFactory(desk=desk, extracted=False)
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        ready(page)

        assert room_beside_steps(page.locator(".inspector__empty")) >= 0

    def test_nothing_lies_on_what_is_said_without_a_connection(self, open_page, desk, editor):
        article = ArticleFactory(desk=desk, sentences=12)
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        page.context.set_offline(True)
        page.locator("#text .sentence").last.click()

        assert room_beside_steps(page.locator(".inspector > .notice")) >= 0

    @pytest.mark.parametrize("viewport", [WIDE, NARROW, ZOOMED], ids=["wide", "narrow", "zoomed"])
    def test_no_message_lies_on_the_labels(self, open_page, desk, viewport):
        editor = UserFactory(on=desk, language="fr")
        page = open_page(editor, viewport=viewport)
        page.goto(f"/articles/{ArticleFactory(desk=desk, sentences=12).pk}/")
        page.wait_for_selector("#opinion")

        page.context.set_offline(True)
        page.locator("#text .sentence").last.click()
        page.wait_for_selector(".inspector > .notice")
        page.wait_for_selector("#problems [role=alert]")

        assert page.locator(".label-button").evaluate_all(SEEN) == [True] * 4

    def test_the_filters_fill_a_narrow_screen(self, open_page, desk, editor):
        ArticleFactory(desk=desk)
        page = open_page(editor, viewport=NARROW)
        page.goto("/?language=fr")
        ready(page)

        sides = page.locator(".filters :is(select, input, .button)").evaluate_all(
            """(all) => all.map((one) => one.getBoundingClientRect())
                .flatMap(({ left, right }) => [Math.round(left), Math.round(right)])"""
        )

        assert len(set(sides)) == 4  # two columns


class TestTextNotYetRead:
    def test_notices_keep_their_distance(self, open_page, desk, editor):
        article = ArticleFactory(desk=desk, extracted=False)
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        ready(page)

        above, below = (box.bounding_box() for box in page.locator(".extraction .notice").all())
        icon, words = (
            page.locator(f".notice--warning > {part}").bounding_box() for part in ("svg", "div")
        )

        assert below["y"] - above["y"] - above["height"] > 4
        assert icon["x"] + icon["width"] <= words["x"]
