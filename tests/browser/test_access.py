"""Every page in every state, for everybody: axe in both schemes, wide and narrow, and at 200 %."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.newsroom import newsroom
from tests.browser.places import ERRORS, PARTS, STATES
from tests.editor.permission_table import PAGES, PUBLIC

WIDE, NARROW = 1440, 360
ZOOMED = (720, 320)  # 1440 at 200 %, 1280 at 400 %
HEIGHT = 900
CHECK = """(options) => axe.run(document, { resultTypes: ["violations"], ...options }).then(
  ({ violations }) => violations.map(
    ({ id, nodes }) => [id, nodes.map((one) => one.html.slice(0, 160))]
  )
)"""
ALL = {"rules": {"target-size": {"enabled": True}}}
SHAPES = {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
LOOKS = [
    (WIDE, "light", ALL),
    (WIDE, "dark", COLOURS),
    (NARROW, "dark", COLOURS),
    (NARROW, "light", SHAPES),
]


@pytest.fixture
def things(desk, empty_redis):
    return newsroom(desk)


@pytest.fixture
def person(request, things):
    return {"stranger": None, "newcomer": things.newcomer}.get(request.param, things.manager)


def faults(page):
    """What axe finds in each look, and where the page scrolls sideways."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for width, scheme, options in LOOKS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        found += [(f"{scheme}-{width}", *one) for one in page.evaluate(CHECK, options)]
        found += sideways(page, width)
    for width in ZOOMED:
        page.set_viewport_size({"width": width, "height": HEIGHT // 2})
        found += sideways(page, width)
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return found


def sideways(page, width):
    seen = page.evaluate("document.documentElement.scrollWidth")
    return [(width, "scrolls sideways", seen)] if seen > width else []


class TestEveryPage:
    @pytest.mark.parametrize(("person", "states"), STATES.items(), ids=STATES, indirect=["person"])
    def test_is_for_everybody_in_every_state(self, open_page, things, person, states):
        page = open_page(person)
        found = {}

        for state in states:
            state.reach(page, things)
            found[state.name] = faults(page)

        assert found == {name: [] for name in found}

    def test_is_in_the_table(self):
        shown = {page.name for page in (*PAGES, *PUBLIC) if page.method == "get"}
        known = {state.route for states in STATES.values() for state in states}

        missing = (shown | {"login", "welcome"}) - known - PARTS

        assert not missing, f"Say in tests/browser/places.py which states there are of {missing}"
        assert known - shown <= {"login", "welcome", *ERRORS}
