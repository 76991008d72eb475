import pytest
from playwright.sync_api import expect

from annotations.models import Candidate, ExtractionRun, Publication, Sentence, Verdict
from annotations.workflow.tagging import Item
from tests.browser.conftest import NARROW, ready
from tests.factories import (
    ArticleFactory,
    UserFactory,
    annotated,
    approved,
    published,
)


@pytest.fixture
def busy_newsroom(desk, editor, checker, article):
    """Something to see on every page and in every state."""
    sentences = list(article.sentences.order_by("start"))
    published(sentences[0], annotator=editor, reviewer=checker, rationale="Seen.")
    approved(sentences[1], annotator=editor, reviewer=checker)
    annotated(sentences[2], by=editor, label="unverified")
    annotated(sentences[3], by=editor, label="dismissed")
    annotated(sentences[4], by=editor, label="verified")
    annotated(sentences[4], by=UserFactory(on=desk), label="disputed")
    ArticleFactory(desk=desk, extracted=False)
    failed = ArticleFactory(desk=desk)
    ExtractionRun.objects.filter(pk=failed.current_run_id).update(state="failed", error="Broken.")
    return article


class TestEarlyHands:
    """What somebody opens before the page's scripts have come is filled all the same."""

    @pytest.fixture
    def early(self, open_page, checker):
        """Open a page, press the first summary of that name, and only then let scripts come."""

        def early(path, summary):
            page = open_page(checker)
            held, pressed = [], False
            page.route(
                "**/*.js", lambda route: route.continue_() if pressed else held.append(route)
            )
            page.goto(path, wait_until="commit")
            page.locator("summary", has_text=summary).first.click()
            pressed = True
            assert held, "no script was held back"
            for route in held:
                route.continue_()
            return page

        return early

    @pytest.mark.parametrize("change", ["Correct", "Retract"])
    def test_open_a_form_of_a_publication(self, early, busy_newsroom, change):
        page = early("/publications/", change)

        expect(page.get_by_label("Public note").first).to_be_visible()

    def test_open_a_form_of_a_verdict(self, early, busy_newsroom):
        page = early("/review/", "Return")

        expect(page.get_by_label("What should be looked at again").first).to_be_visible()

    def test_open_the_preview_of_the_exports(self, early, busy_newsroom):
        page = early("/review/", "Preview exports")

        expect(page.locator(".preview__name").first).to_be_visible()

    def test_leave_the_verdict_where_it_is_under_the_preview(self, early, busy_newsroom):
        page = early("/review/", "Preview exports")
        card = page.locator(".verdict", has=page.locator("details.preview[open]"))

        expect(card.locator(".preview__name").first).to_be_visible()
        expect(card.locator(".verdict__exact")).to_be_visible()
        expect(card.locator("summary", has_text="Return")).to_be_visible()


class TestWideScreens:
    @pytest.mark.parametrize("key", ["j", "J"])
    def test_the_selected_sentence_stays_in_view(self, open_page, editor, desk, key):
        article = ArticleFactory(desk=desk, sentences=60)
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        for _ in range(25):
            page.keyboard.press(key)
            expect(page.locator("[role=option][aria-selected=true]")).to_be_in_viewport(ratio=1)


class TestText:
    def test_tells_strengths_and_page_furniture_apart(self, open_page, editor, article):
        first, second, third, fourth = article.sentences.order_by("start")[:4]
        for sentence, worth in ((first, 0.9), (second, 0.7), (third, 0.1)):
            row = {"is_candidate": True, "check_worthiness": worth}
            Candidate.objects.filter(sentence=sentence).update(**row)
        Sentence.objects.filter(pk=fourth.pk).update(role="boilerplate")
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        seen = [_seen(page, one) for one in (first, second, third)]

        assert len({one["line"] for one in seen}) == 3
        assert _seen(page, fourth)["ink"] != seen[0]["ink"]


def _seen(page, sentence):
    """Return how a sentence is underlined and written."""
    return page.locator(f"#s{sentence.pk} .sentence__exact").evaluate(
        """(one) => {
          const { textDecoration, color } = getComputedStyle(one);
          return { line: textDecoration, ink: color };
        }"""
    )


class TestNarrowScreens:
    def test_the_selected_sentence_stays_in_view(self, open_page, editor, desk):
        article = ArticleFactory(desk=desk, sentences=30)
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        for _ in range(6):
            page.keyboard.press("j")

        box = page.locator("[aria-selected=true]").bounding_box()
        sheet = page.locator(".workbench__inspector").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= sheet["y"]


class TestQueue:
    def test_shows_progress_without_a_reload(self, open_page, editor, desk, alive_worker):
        article = ArticleFactory(desk=desk, extracted=False)
        page = open_page(editor)
        page.goto("/")
        expect(page.locator(".queue__row")).to_contain_text("Waiting for a worker")
        runs = ExtractionRun.objects.filter(pk=article.current_run_id)

        runs.update(sentences_done=3, sentences_total=7)
        expect(page.locator(".queue__row")).to_contain_text("3 of 7 sentences read")

        runs.update(state="succeeded")
        expect(page.locator(".queue__row")).to_contain_text("All decided")

    def test_filters_into_the_address(self, open_page, editor, desk):
        ArticleFactory(desk=desk, language="en", title="In English")
        ArticleFactory(desk=desk, language="fr", title="En français")
        page = open_page(editor)
        page.goto("/")
        page.get_by_text("More filters").click()

        page.get_by_label("Language", exact=True).select_option("en")

        expect(page.locator(".queue__title")).to_have_text(["In English"])
        assert "language=en" in page.url

    def test_says_that_an_answer_takes_its_time(self, open_page, editor, desk):
        ArticleFactory(desk=desk, language="en", title="In English")
        page, held = open_page(editor), []
        page.goto("/")
        ready(page)
        page.get_by_text("More filters").click()
        page.route("**/?*language=en*", lambda route: held.append(route))

        page.get_by_label("Language", exact=True).select_option("en")
        expect(page.get_by_text("Loading…")).to_be_visible()
        expect(page.locator("#queue")).to_have_attribute("aria-busy", "true")
        expect(page.locator("#queue")).to_have_css("opacity", "0.5")
        held.pop().continue_()

        expect(page.get_by_text("Loading…")).to_have_count(0)
        expect(page.locator("#queue")).not_to_have_attribute("aria-busy", "true")
        expect(page.locator(".queue__title")).to_have_text(["In English"])

    def test_news_does_not_come_between_a_filter_and_its_answer(self, open_page, editor, desk):
        ArticleFactory(desk=desk, language="en", title="In English")
        ArticleFactory(desk=desk, language="fr", title="En français")
        page, held = open_page(editor), []
        page.goto("/")
        ready(page)
        page.get_by_text("More filters").click()
        page.route("**/?*language=en*", lambda route: held.append(route), times=1)

        page.get_by_label("Language", exact=True).select_option("en")
        expect(page.get_by_text("Loading…")).to_be_visible()
        redrawn = []
        page.on("requestfinished", lambda request: redrawn.append(request.url))
        page.evaluate("document.body.dispatchEvent(new CustomEvent('queue-changed'))")
        page.evaluate("() => fetch('/?after').then((answer) => answer.text())")
        older = held[0].fetch()
        ArticleFactory(desk=desk, language="en", title="Meanwhile")
        held.pop().fulfill(response=older)

        expect(page.locator(".queue__title")).to_have_text(["Meanwhile", "In English"])
        assert [one for one in redrawn if one.endswith("/")] == []

    def test_says_that_no_answer_came(self, open_page, editor, article):
        page = open_page(editor)
        page.goto("/")
        ready(page)
        page.get_by_text("More filters").click()
        page.route("**/?*language=en*", lambda route: route.abort())

        page.get_by_label("Language", exact=True).select_option("en")

        expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
        expect(page.locator(".queue__title")).to_have_text([article.title])


class TestAdd:
    def test_takes_a_dropped_file(self, open_page, editor):
        page = open_page(editor)
        page.goto("/articles/add/")
        ready(page)

        page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.items.add(new File(["Le port compte 12 quais."], "a.txt"));
              const event = { dataTransfer: data, bubbles: true, cancelable: true };
              document.querySelector("form.add").dispatchEvent(new DragEvent("drop", event));
            }"""
        )
        page.get_by_role("button", name="Add and extract").click()

        expect(page.locator(".article-head__title")).to_contain_text("12 quais")


class TestReview:
    @pytest.fixture
    def waiting(self, article, editor):
        for index in (0, 1, 2):
            annotated(article.sentences.get(index=index), by=editor)
        return Verdict.objects.order_by("sentence__start")

    def test_is_done_by_keys(self, open_page, checker, waiting):
        page = open_page(checker)
        page.goto("/review/")
        ready(page)
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(page.locator(".verdict--approved")).to_have_count(1)

        page.keyboard.press("x")
        page.keyboard.type("Which year?")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".verdict--returned")).to_have_count(1)

        page.keyboard.press("p")
        expect(page.get_by_role("status").filter(has_text="1 sentence published.")).to_be_visible()
        states = [one.state for one in waiting]
        assert states == ["published", "returned", "proposed"]

    @pytest.mark.parametrize("key", ["a", "v", "u", "d", "n"])
    @pytest.mark.parametrize("others", [[], ["disputed"]], ids=["proposed", "contested"])
    def test_says_of_a_step_that_is_not_offered_why_not(
        self, open_page, checker, editor, article, key, others
    ):
        annotated(article.sentences.first(), by=checker)
        for label in others:
            annotated(article.sentences.first(), by=editor, label=label)
        page = open_page(checker)
        page.goto("/review/")
        ready(page)
        page.keyboard.press("j")

        page.keyboard.press(key)

        expect(page.locator("#announcer")).to_contain_text("another reviewer decides")
        expect(page.locator(".verdict")).to_be_focused()

    @pytest.mark.parametrize("key", ["p", "z"])
    def test_says_that_nothing_is_ready_for_a_key(self, open_page, checker, waiting, key):
        page = open_page(checker)
        page.goto("/review/")
        ready(page)

        page.keyboard.press(key)

        expect(page.locator("#announcer")).to_have_text("Nothing here is ready for that.")


class TestPublications:
    def test_corrects_and_retracts(self, open_page, checker, editor, article):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        page = open_page(checker)
        page.goto("/publications/")

        page.get_by_text("Correct", exact=True).click()
        page.get_by_label("New label").select_option("disputed")
        page.get_by_label("Public note: what changed and why").fill("A digit was wrong.")
        page.get_by_role("button", name="Publish the correction").click()
        expect(page.locator(".kind--correction")).to_be_visible()

        page.get_by_text("Retract", exact=True).click()
        page.get_by_label("Public note: why it is retracted").fill("The source is gone.")
        page.get_by_role("button", name="Retract it").click()
        expect(page.locator(".publication--retraction")).to_be_visible()
        kinds = Publication.objects.order_by("version").values_list("kind", flat=True)
        assert list(kinds) == ["original", "correction", "retraction"]

    def test_a_correction_changes_the_evidence(self, open_page, checker, editor, article):
        report = Item("https://journal.example/rapport")
        said = {"annotator": editor, "reviewer": checker, "evidence": [report]}
        published(article.sentences.first(), **said)
        page = open_page(checker)
        page.goto("/publications/")
        ready(page)

        page.get_by_text("Correct", exact=True).click()
        page.get_by_role("button", name="Remove").click()
        page.get_by_role("button", name="Add evidence").click()
        page.keyboard.type("https://autre.example/")
        page.get_by_label("Public note: what changed and why").fill("A better source.")
        page.keyboard.press("Control+Enter")

        expect(page.locator(".kind--correction")).to_be_visible()
        expect(page.locator(".sources a")).to_have_attribute("href", "https://autre.example/")
        page.get_by_text("Correct", exact=True).click()
        expect(page.locator("[name=evidence_url]")).to_have_value("https://autre.example/")
