"""Two people in one article: each sees what the other does, and is not disturbed by it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import ExtractionRun
from annotations.workflow import news
from tests.browser.conftest import ready
from tests.editor.conftest import logged_in
from tests.factories import UserFactory, annotated


def opened(open_page, user, article):
    page = open_page(user)
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("#opinion")
    ready(page)
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    return page


def option(page, sentence):
    return page.locator(f"#s{sentence.pk}")


@pytest.fixture
def sentences(article):
    return list(article.sentences.order_by("index"))


@pytest.fixture
def mine(open_page, editor, article, empty_redis):
    return opened(open_page, editor, article)


@pytest.fixture
def theirs(open_page, checker, article, mine):
    return opened(open_page, checker, article)


class TestTwoPeople:
    def test_see_each_others_labels(self, mine, theirs, sentences):
        mine.keyboard.press("v")
        expect(option(theirs, sentences[0])).to_have_attribute("data-mark", "verified")

        theirs.keyboard.press("j")
        theirs.keyboard.press("d")

        for page in (mine, theirs):
            expect(option(page, sentences[2])).to_have_attribute("data-mark", "disputed")
        expect(mine.locator("[data-live-said]")).to_contain_text("Sacha Model, sentence 3")
        expect(mine.locator(f"#c{sentences[2].pk}")).to_have_attribute("data-decided", "")

    def test_are_shown_to_each_other(self, mine, theirs):
        expect(mine.locator("[data-live-people]")).to_contain_text("Also here: Sacha Model")
        expect(theirs.locator("[data-live-people]")).to_contain_text("Also here: Camille Example")

        theirs.goto("/")

        expect(mine.locator("[data-live-people]")).not_to_contain_text("Sacha Model")

    def test_learn_who_is_working(self, mine, theirs):
        mine.keyboard.press("j")

        expect(theirs.locator("[data-live-people]")).to_contain_text(
            "Camille Example is working on this article"
        )

    def test_keep_selection_focus_scroll_and_what_they_type(self, mine, theirs, sentences):
        mine.keyboard.press("r")
        mine.keyboard.type("Half a sen")
        scrolled = mine.evaluate("() => [scrollY, document.querySelector('#text').scrollTop]")

        theirs.keyboard.press("d")
        expect(option(mine, sentences[0])).to_have_attribute("data-mark", "disputed")
        expect(mine.locator("#colleagues")).to_contain_text("Sacha Model")
        mine.keyboard.type("tence")

        assert mine.evaluate("() => document.activeElement.id") == "rationale"
        assert mine.locator("#rationale").input_value() == "Half a sentence"
        expect(option(mine, sentences[0])).to_have_attribute("aria-selected", "true")
        assert scrolled == mine.evaluate(
            "() => [scrollY, document.querySelector('#text').scrollTop]"
        )

    def test_hear_nothing_of_what_they_do_themselves(self, mine, sentences, checker):
        mine.keyboard.press("v")
        annotated(sentences[4], by=checker)
        expect(option(mine, sentences[4])).to_have_attribute("data-mark", "verified")

        expect(mine.locator("[data-live-said]")).to_have_text(
            "Sacha Model, sentence 5: labelled it Verified"
        )

    def test_see_a_verdict_that_was_given_in_review(self, mine, sentences, editor, checker):
        annotated(sentences[0], by=editor)
        address = reverse("editor:verdict-approve", args=[sentences[0].verdict.pk])
        expect(mine.locator("#inspector")).to_contain_text("proposed")

        approve(checker, address, version=1)

        expect(mine.locator("#inspector")).to_contain_text("approved")

    def test_on_a_blind_desk_see_nothing_of_each_other(
        self, open_page, desk, editor, checker, article, sentences, empty_redis
    ):
        desk.is_blind, desk.annotators_needed = True, 2
        desk.save()
        third = UserFactory(on=desk, display_name="Noor Third")
        mine = opened(open_page, editor, article)
        annotated(sentences[0], by=checker, label="disputed")
        annotated(sentences[2], by=checker, label="disputed")
        annotated(sentences[2], by=third, label="disputed")

        expect(option(mine, sentences[2])).to_have_attribute("data-mark", "decided")

        assert option(mine, sentences[0]).get_attribute("data-mark") == ""
        assert mine.locator("[data-live-said]").text_content() == ""
        assert "Disputed" not in mine.locator("#text").text_content()


class TestConnection:
    def test_that_breaks_is_said_and_caught_up(
        self, open_page, editor, article, sentences, checker, empty_redis, settings
    ):
        settings.LIVE_SECONDS = 3  # then the browser has to come again
        mine = opened(open_page, editor, article)
        mine.route("**/news/**", lambda route: route.abort())
        expect(mine.locator("[data-live-state]")).to_contain_text("do not arrive")
        annotated(sentences[2], by=checker)

        mine.unroute("**/news/**")

        expect(option(mine, sentences[2])).to_have_attribute("data-mark", "verified")
        expect(mine.locator("[data-live-state]")).to_have_text("")

    def test_that_is_refused_is_replaced_by_asking(
        self, open_page, editor, article, sentences, checker, empty_redis
    ):
        page = open_page(editor)
        page.route("**/news/**", refuse_unless_once)
        page.goto(f"/articles/{article.pk}/")

        expect(page.locator(".live")).to_have_attribute("data-state", "slow")


class TestExtraction:
    def test_shows_its_progress_without_a_reload(self, mine, article, editor):
        mine.evaluate("() => (window.stays = true)")
        run = ExtractionRun.objects.select_related("revision__article").get()
        ExtractionRun.objects.update(state="queued", sentences_total=9)
        run.sentences_total = 9

        news.progressed(run, done=3)
        expect(mine.locator("[data-progress]")).to_be_visible()
        news.progressed(run, done=4)

        expect(mine.locator("[data-progress]")).to_contain_text("4 of 9 sentences read")
        assert mine.evaluate("() => window.stays")

    def test_shows_its_progress_in_the_queue(self, open_page, editor, article, empty_redis):
        ExtractionRun.objects.update(state="queued", sentences_total=9)
        run = ExtractionRun.objects.select_related("revision__article").get()
        page = open_page(editor)
        page.goto("/")
        expect(page.locator(".live")).to_have_attribute("data-state", "live")

        news.progressed(run, done=4)

        expect(page.locator(".queue__state")).to_contain_text("4 of 9 sentences read")


def approve(user, address, *, version):
    response = logged_in(user).post(address, {"version": version})
    assert response.status_code == 200


def refuse_unless_once(route):
    if "once" in route.request.url:
        route.continue_()
    else:
        route.fulfill(status=503, headers={"Retry-After": "60"})


class TestCutting:
    def test_is_done_by_keys_and_told_to_colleagues(self, mine, theirs, article):
        split(mine, 9)

        expect(mine.locator(".sentence__exact").nth(0)).to_have_text("Phrase 0")
        expect(theirs.locator("[data-live-said]")).to_contain_text("cut sentences anew")
        expect(theirs.locator("#cut-text")).to_have_value("Phrase 0")
        expect(theirs.locator(".sentence__exact")).to_have_count(8)
        expect(theirs.locator(".sentence__exact").nth(0)).to_have_text("Phrase 0")
        assert article.sentences.count() == 8

    def test_leaves_what_a_colleague_types_and_selects(self, mine, theirs, article):
        theirs.keyboard.press("j")
        theirs.keyboard.press("r")
        theirs.keyboard.type("Half a ")
        split(mine, 9)
        expect(theirs.locator(".sentence__exact")).to_have_count(8)

        expect(theirs.locator(".inspector__title")).to_have_text("Sentence 4")
        expect(theirs.locator("#rationale")).to_be_focused()
        theirs.keyboard.type("word")

        expect(theirs.locator("#rationale")).to_have_value("Half a word")

    def test_shows_the_new_sentence_at_once(self, mine, article):
        """The inspector, like the text and the list: not what was there before the cut."""
        split(mine, 9)
        self.expect_shown(mine, "Sentence 1", "Phrase 0")
        mine.keyboard.press("J")
        self.expect_shown(mine, "Sentence 2", ": le total est de 1 millions d’euros. 🙂")

        mine.keyboard.press("K")
        expect(mine.locator("#cut-text")).to_have_value("Phrase 0")
        mine.keyboard.press("b")
        mine.get_by_role("button", name="Join with the next sentence").click()

        self.expect_shown(mine, "Sentence 1", "Phrase 0 : le total est de 1 millions d’euros. 🙂")
        mine.keyboard.press("J")
        self.expect_shown(mine, "Sentence 2", "Phrase 1 : le total est de 2 millions d’euros. 🙂")

    @pytest.mark.parametrize("hears", [True, False], ids=["hears of it", "hears nothing"])
    def test_brings_back_a_label_that_was_meant_for_the_whole(
        self, mine, theirs, article, checker, hears
    ):
        if not hears:
            theirs.route("**/news/**", lambda route: route.fulfill(status=503))
            theirs.reload()
            theirs.wait_for_selector("#opinion")
            ready(theirs)
        theirs.context.set_offline(True)
        theirs.keyboard.press("r")
        theirs.keyboard.type("Seen whole.")
        theirs.keyboard.press("Escape")
        theirs.keyboard.press("d")
        split(mine, 9)
        expect(mine.locator(".sentence__exact").nth(0)).to_have_text("Phrase 0")

        theirs.context.set_offline(False)

        expect(theirs.locator(".sentence__exact").nth(0)).to_have_text("Phrase 0")
        theirs.get_by_role("link", name="Show the sentence").click()
        expect(theirs.locator(".sides__one").nth(0)).to_contain_text("Disputed")
        expect(theirs.locator("#rationale")).to_have_value("Seen whole.")
        assert not checker.annotations.exists()

        theirs.get_by_role("button", name="Save mine").click()
        expect(theirs.locator(".sides")).to_have_count(0)
        one = checker.annotations.get()
        assert (one.words, one.rationale) == ("Phrase 0", "Seen whole.")

    def test_shows_what_was_typed_for_a_sentence_that_a_colleague_joined(
        self, mine, theirs, checker
    ):
        theirs.keyboard.press("J")
        expect(theirs.locator(".inspector__title")).to_have_text("Sentence 2")
        theirs.context.set_offline(True)
        theirs.keyboard.press("r")
        theirs.keyboard.type("Seen apart.")
        theirs.keyboard.press("Escape")
        theirs.keyboard.press("d")
        mine.keyboard.press("b")
        mine.get_by_role("button", name="Join with the next sentence").click()
        expect(mine.locator(".sentence__exact")).to_have_count(6)

        theirs.context.set_offline(False)

        problem = theirs.get_by_role("alert").filter(has_text="The sentence is gone")
        expect(problem.locator(".typed")).to_have_text("Seen apart.")
        assert not checker.annotations.exists()

    def expect_shown(self, page, title, text):
        expect(page.locator(".inspector__title")).to_have_text(title)
        expect(page.locator("[aria-selected=true] .sentence__exact")).to_have_text(text)
        expect(page.locator("#cut-text")).to_have_value(text)


def split(page, place):
    page.keyboard.press("b")
    expect(page.locator("#cut-text")).to_be_focused()
    page.evaluate(f"document.querySelector('#cut-text').setSelectionRange({place}, {place})")
    page.keyboard.press("Enter")
