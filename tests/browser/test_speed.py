"""What a key costs in the page, counted: the figures are the same on any machine."""

import pytest

from tests.factories import ArticleFactory

KEYS = 10
COUNT = """
window.searched = 0;
const count = (place, name) => {
    const found = Object.getOwnPropertyDescriptor(place, name);
    const key = found.get ? "get" : "value";
    const real = found[key];
    Object.defineProperty(place, name, {
        ...found, [key](...given) { searched += 1; return real.apply(this, given); },
    });
};
for (const name of ["querySelector", "querySelectorAll"]) {
    for (const kind of [Document, DocumentFragment, Element]) count(kind.prototype, name);
}
count(Document.prototype, "getElementById");
for (const name of ["closest", "matches", "getAttribute", "checkVisibility"]) {
    count(Element.prototype, name);
}
for (const name of ["getBoundingClientRect", "scrollTop", "clientHeight"]) {
    count(Element.prototype, name);
}
for (const name of ["dataset", "offsetTop", "offsetHeight"]) count(HTMLElement.prototype, name);
count(window, "getComputedStyle");
"""
PRESS = """([keys, target]) => {
    const before = searched;
    for (const key of keys) {
        document.querySelector(target).dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
        );
    }
    return searched - before;
}"""

COUNT_WRITTEN = """() => {
    window.written = 0;
    const real = history.replaceState;
    history.replaceState = function (...given) { written += 1; real.apply(this, given); };
}"""
PRESS_ALL = """
    for (const key of keys) {
        document.querySelector("#text").dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
        );
    }
"""
PRESS_AND_COUNT = f"(keys) => {{ {PRESS_ALL} return written; }}"


class Counted:
    """A workbench whose searches and layouts are counted while keys are pressed at once."""

    def __init__(self, page, article):
        self._page = page
        page.add_init_script(COUNT)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable")

    def press(self, key):
        """Return how often the page was searched, and how often it was laid out, for each key."""
        layouts = self._layouts()
        searched = self._page.evaluate(PRESS, [[key] * KEYS, "#text"])
        return searched / KEYS, (self._layouts() - layouts) / KEYS

    def _layouts(self):
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "LayoutCount")


@pytest.fixture
def counted(open_page, editor, desk):
    def counted(sentences):
        article = ArticleFactory(desk=desk, sentences=sentences)
        return Counted(open_page(editor), article)

    return counted


class TestKeys:
    @pytest.mark.parametrize(("key", "at_most"), [("j", 8), ("J", 8), ("v", 20)])
    def test_a_key_costs_the_same_in_a_long_article(self, counted, key, at_most):
        short, long = counted(30), counted(120)

        searches = [one.press(key)[0] for one in (short, long)]

        assert searches[0] == searches[1] <= at_most

    @pytest.mark.parametrize("key", ["j", "J"])
    def test_a_move_lays_the_page_out_once(self, counted, key):
        _searches, layouts = counted(60).press(key)

        assert layouts < 2


class TestAddress:
    def test_is_written_once_the_selection_rests(self, open_page, editor, desk):
        article = ArticleFactory(desk=desk, sentences=30)
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_url("**/#s*")
        page.evaluate(COUNT_WRITTEN)

        written_at_once = page.evaluate(PRESS_AND_COUNT, ["J"] * KEYS)

        page.wait_for_url(f"**/#s{article.sentences.get(index=KEYS).pk}")
        assert (written_at_once, page.evaluate("written")) == (0, 1)

    @pytest.mark.parametrize("leave", ["location.assign('/review/')", "location.reload()"])
    def test_is_written_before_one_goes(self, open_page, editor, desk, leave):
        article = ArticleFactory(desk=desk, sentences=30)
        here = article.sentences.get(index=KEYS).pk
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        page.evaluate(f"(keys) => {{ {PRESS_ALL} {leave}; }}", ["J"] * KEYS)
        if "assign" in leave:
            page.wait_for_url("**/review/")
            page.go_back()

        page.wait_for_url(f"**/#s{here}")
        page.wait_for_selector(f"#s{here}[aria-selected=true]")


class TestOpening:
    @pytest.mark.parametrize("index", [None, 3])
    def test_asks_once_for_the_first_sentence(self, open_page, editor, article, index):
        asked = []
        page = open_page(editor)
        page.on("request", lambda request: asked.append(request.url))
        sentence = article.sentences.get(index=index or 0)

        page.goto(f"/articles/{article.pk}/" + (f"#s{sentence.pk}" if index else ""))
        page.wait_for_selector(f"#inspector[data-sentence='{sentence.pk}'] #opinion")

        assert sum(one.endswith(f"/sentences/{sentence.pk}/") for one in asked) == 1

    def test_finds_the_first_sentence_again_after_the_network_was_away(
        self, open_page, editor, article
    ):
        page = open_page(editor)
        page.route("**/sentences/*/", lambda route: route.abort())
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#problems [role=alert]")
        page.unroute("**/sentences/*/")

        page.keyboard.press("j")
        page.keyboard.press("k")

        page.wait_for_selector("#opinion")
