"""Where the focus is: it can be seen, it follows the page as it reads, and it is never trapped."""

import pytest

from tests.browser.conftest import NARROW, WIDE, ready
from tests.browser.newsroom import newsroom

FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const active = document.getElementById(one.getAttribute("aria-activedescendant"));
  const { outlineStyle, outlineWidth } = getComputedStyle(active ?? one);
  const box = one.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll("*")].indexOf(one),
    isMarked: outlineStyle !== "none" && parseFloat(outlineWidth) >= (active ? 3 : 2),
    isInView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    said: one.outerHTML.slice(0, 100),
  };
}"""
STEPS = 120


def walked(page):
    """Press Tab from the top to the end of the page; return where the focus was."""
    found = []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (found and stop["place"] == found[0]["place"]):
            return found
        found.append(stop)
    raise AssertionError(f"no end after {STEPS} steps")


class TestFocus:
    @pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
    @pytest.mark.parametrize("name", ["queue", "article", "review", "search", "publications"])
    def test_is_seen_and_goes_as_the_page_reads(self, open_page, desk, empty_redis, name, viewport):
        things = newsroom(desk)
        page = open_page(things.manager, viewport=viewport)
        page.goto({"queue": "/", "article": f"/articles/{things.article}/"}.get(name, f"/{name}/"))
        ready(page)

        stops = walked(page)

        places = [one["place"] for one in stops]
        assert places == sorted(places)
        assert len(stops) > 5
        assert [one["said"] for one in stops if not (one["isMarked"] and one["isInView"])] == []
