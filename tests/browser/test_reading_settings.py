"""What readers set for themselves: wider spacing, less motion, their own colours; big targets."""

import pytest
from playwright.sync_api import expect

from tests.browser.newsroom import newsroom
from tests.browser.places import State, evidence_open, inspected

SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
# Whatever cuts its own words off, and whatever controls lie over one another.
LOST = """() => {
  const isClipped = (one) => one && (getComputedStyle(one).clipPath !== "none"
    || isClipped(one.parentElement));
  const isSeen = (one) => one.checkVisibility() && !isClipped(one) && !one.closest("[popover]");
  const cuts = (one) => {
    const { overflowX, overflowY } = getComputedStyle(one);
    const isWide = one.scrollWidth > one.clientWidth + 1 && /hidden|clip/.test(overflowX);
    const isHigh = one.scrollHeight > one.clientHeight + 1 && /hidden|clip/.test(overflowY);
    return one.clientWidth && one.textContent.trim() && (isWide || isHigh);
  };
  const all = [...document.body.querySelectorAll("*:not(svg, svg *, option, input)")];
  const cut = all.filter((one) => isSeen(one) && cuts(one));
  const controls = [...document.querySelectorAll(".header :is(a, button, input), .label-button")];
  const boxes = controls.filter(isSeen).map((one) => [one, one.getBoundingClientRect()]);
  const over = boxes.filter(([one, a]) => boxes.some(([other, b]) => one !== other
    && !one.contains(other) && !other.contains(one)
    && a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1));
  return [...cut, ...over.map(([one]) => one)].map((one) => one.outerHTML.slice(0, 120));
}"""
MOVING = """() => {
  const parts = [null, "::before", "::after"];
  const seconds = (value) => Math.max(...value.split(",").map(parseFloat));
  const moves = (style) => style.animationName !== "none"
    || seconds(style.transitionDuration) > 0.01
    || style.scrollBehavior === "smooth";
  return [...document.querySelectorAll("*")].filter(
    (one) => parts.some((part) => moves(getComputedStyle(one, part)))
  ).map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def things(desk, empty_redis):
    return newsroom(desk)


@pytest.fixture
def page(open_page, things):
    return open_page(things.manager)


class TestSpacing:
    @pytest.mark.parametrize("width", [1440, 720, 360])
    def test_loses_no_words(self, page, things, width):
        page.set_viewport_size({"width": width, "height": 900})
        lost = {}

        for state in (State("queue"), State("article", "article", act=evidence_open)):
            state.reach(page, things)
            page.evaluate(SPACING)
            wide = page.evaluate("document.documentElement.scrollWidth")
            lost[state.name] = [page.evaluate(LOST), wide]

        assert lost == {name: [[], width] for name in lost}


class TestMotion:
    def test_rests_for_who_asks_for_less(self, page, things):
        page.emulate_media(reduced_motion="reduce")
        moving = {}

        for state in (State("queue"), State("article", "article", act=inspected)):
            state.reach(page, things)
            moving[state.name] = page.evaluate(MOVING)

        assert moving == {name: [] for name in moving}


class TestForcedColours:
    """Where the system sets the colours, what is told by colour is told otherwise as well."""

    @pytest.fixture
    def page(self, page):
        page.emulate_media(forced_colors="active")
        return page

    def test_leave_labels_their_icon_and_their_words(self, page, things):
        State("article", "article", act=inspected).reach(page, things)

        marks = page.locator(".sentence > .mark")
        assert marks.count() > 5
        for mark in marks.all():
            assert mark.inner_text().strip()
            expect(mark.locator("svg")).to_be_visible()

    @pytest.mark.parametrize(
        ("state", "chosen", "other"),
        [
            (State("queue"), ".header__nav a[aria-current]", ".header__nav a:not([aria-current])"),
            (
                State("article", "article", act=inspected),
                ".candidate__link[aria-current]",
                ".candidate__link:not([aria-current])",
            ),
            (
                State("article", "article", act=inspected),
                ".sentence[aria-selected=true]",
                ".sentence[aria-selected=false]",
            ),
        ],
    )
    def test_tell_what_is_chosen(self, page, things, state, chosen, other):
        state.reach(page, things)

        assert looks(page, chosen) != looks(page, other)

    def test_tell_which_label_is_given(self, page, things):
        State("article", "article", act=inspected).reach(page, things)
        page.keyboard.press("v")
        page.keyboard.press("z")
        page.keyboard.press("v")
        page.keyboard.press("k")
        expect(page.locator(".label-button[aria-pressed=true]")).to_be_visible()

        given, others = ".label-button[aria-pressed=true]", ".label-button[aria-pressed=false]"
        assert looks(page, given) != looks(page, others)


def looks(page, selector):
    """How the first such element is drawn, as far as it can tell it from its neighbours."""
    return page.locator(selector).first.evaluate(
        """(one) => {
          const names = ["backgroundColor", "color", "outlineStyle", "borderBottomStyle",
            "borderInlineStartStyle", "fontWeight", "textDecorationLine"];
          const style = getComputedStyle(one);
          return names.map((name) => style[name].replace(/^rgba(.*), [^,]+\\)$/, "rgb$1)"));
        }"""
    )
