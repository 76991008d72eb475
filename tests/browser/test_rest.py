"""What is left of the list, marked as no claim by one gesture: seen, undone, never too much."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, AuditEvent, Candidate, Desk
from annotations.workflow import tagging
from tests.browser.conftest import NARROW
from tests.browser.test_news import opened
from tests.browser.test_nothing_lost import (
    all_saved,
    events,
    not_saved,
    pumped,
    try_again,
    type_rationale,
)
from tests.browser.test_workbench import expect_index, saved, sentence_at, wait_saved
from tests.factories import AT, ArticleFactory, annotated, sent_back

REST = "**/articles/*/annotations/"
ALL = "Mark the 4 remaining candidates as not a claim"


def button(page):
    return page.locator("[data-rest-mark]")


def says(page, words):
    expect(page.get_by_role("button", name=words, exact=True)).to_be_visible()


def wait_marked(page, *indexes):
    for index in indexes:
        expect(sentence_at(page, index)).to_have_attribute("data-mark", "dismissed")
    given = Annotation.objects.filter(label="dismissed").order_by("sentence__index")
    places = given.values_list("sentence__index", flat=True)
    pumped(page, lambda: list(places.all()) == list(indexes))


def lose_the_answer(route):
    route.fetch()
    route.fulfill(status=502, body="Broken")


@pytest.fixture
def quiet(workbench):
    """The workbench, told nothing of what others do."""
    workbench.route("**/news/**", lambda route: route.abort())
    workbench.reload()
    workbench.wait_for_selector("#opinion")
    return workbench


class TestButton:
    def test_counts_what_is_left(self, workbench):
        says(workbench, ALL)

        workbench.keyboard.press("v")

        says(workbench, "Mark the 3 remaining candidates as not a claim")
        for key in "vv":
            workbench.keyboard.press(key)
        says(workbench, "Mark the 1 remaining candidate as not a claim")
        workbench.keyboard.press("v")
        expect(button(workbench)).to_be_hidden()

    def test_marks_them_and_says_so(self, workbench):
        workbench.keyboard.press("v")

        button(workbench).click()

        wait_marked(workbench, 2, 4, 6)
        said = "3 sentences marked as not a claim. z undoes."
        expect(workbench.locator("[data-rest-told]")).to_have_text(said)
        announced = f"{said} All candidates are decided."
        expect(workbench.locator("#announcer")).to_have_text(announced)
        expect(workbench.locator("#count")).to_have_text("4 of 4 candidates decided")
        expect(workbench.get_by_role("listbox")).to_be_focused()
        assert saved(0).label == "verified"

    def test_counts_what_a_colleague_labels(self, open_page, editor, checker, article, empty_redis):
        page = opened(open_page, editor, article)

        annotated(article.sentences.get(index=2), by=checker, label="disputed")

        says(page, "Mark the 3 remaining candidates as not a claim")

    def test_leaves_out_what_waits_for_a_look_of_its_own(self, workbench, article, editor, checker):
        annotated(article.sentences.get(index=4), by=editor)
        sent_back(article.sentences.get(index=4), by=checker)
        workbench.reload()
        sentence_at(workbench, 0).click()
        type_rationale(workbench, "Half a thought")
        sentence_at(workbench, 2).click()
        workbench.keyboard.press("s")

        says(workbench, "Mark the 1 remaining candidate as not a claim")
        expect(button(workbench)).to_have_accessible_description(
            "Left as they are: 1 skipped for later, 1 returned to you, "
            "1 with words of yours that are not saved."
        )
        button(workbench).click()

        expect(workbench.locator("[data-rest-told]")).to_contain_text("1 sentence marked")
        assert saved(6).label == "dismissed"
        assert [saved(0), saved(2), saved(4).label] == [None, None, "verified"]
        expect(button(workbench)).to_be_hidden()

    def test_contradicts_no_colleague(self, open_page, editor, checker, article):
        Desk.objects.update(annotators_needed=2)
        annotated(article.sentences.get(index=0), by=checker, label="disputed")
        annotated(article.sentences.get(index=2), by=checker, label="dismissed")
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")

        says(page, "Mark the 3 remaining candidates as not a claim")
        expect(button(page)).to_have_accessible_description(
            "Left as they are: 1 that a colleague labelled otherwise."
        )


class TestFilter:
    def test_marks_only_what_the_list_shows(self, workbench, article):
        Candidate.objects.update(kind="event")
        Candidate.objects.filter(sentence__index__in=[2, 6]).update(kind="numeric")
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        says(workbench, ALL)

        workbench.locator("#candidate-filter").select_option(label="figure")
        says(workbench, "Mark the 2 remaining candidates of the kind “figure” as not a claim")
        button(workbench).click()

        wait_marked(workbench, 2, 6)
        workbench.locator("#candidate-filter").select_option("all")
        says(workbench, "Mark the 2 remaining candidates as not a claim")
        assert Annotation.objects.count() == 2

    def test_offers_nothing_among_what_is_decided(self, workbench):
        workbench.keyboard.press("v")

        workbench.locator("#candidate-filter").select_option("decided")

        expect(button(workbench)).to_be_hidden()
        workbench.locator("#candidate-filter").select_option("open")
        says(workbench, "Mark the 3 remaining candidates as not a claim")


class TestKey:
    def test_goes_to_the_button_and_labels_nothing(self, workbench):
        workbench.keyboard.press("j")

        workbench.keyboard.press("N")

        expect(button(workbench)).to_be_focused()
        expect(button(workbench)).to_be_in_viewport()
        expect(button(workbench)).to_have_accessible_name(ALL)
        workbench.keyboard.press("Escape")
        expect(workbench.get_by_role("listbox")).to_be_focused()
        expect_index(workbench, 2)
        assert not Annotation.objects.exists()

    def test_goes_to_where_no_sheet_covers_the_button(self, open_page, editor, desk):
        article = ArticleFactory(desk=desk, sentences=30)
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        page.keyboard.press("N")

        box = button(page).bounding_box()
        sheet = page.locator(".workbench__inspector").bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= sheet["y"]

    def test_enter_confirms(self, workbench):
        workbench.keyboard.press("N")
        workbench.keyboard.press("Enter")

        wait_marked(workbench, 0, 2, 4, 6)
        assert sorted(events()) == [*["annotation.put"] * 4, "article.finished"]

    def test_says_where_nothing_is_left(self, workbench):
        for key in "vvvv":
            workbench.keyboard.press(key)
        expect(workbench.locator("#announcer")).to_contain_text("(4/4)")
        expect(workbench.locator("[data-pending]")).to_have_count(0)  # nothing more is to be said

        workbench.keyboard.press("N")

        expect(workbench.locator("#announcer")).to_have_text(
            "Nothing in this list is left to mark."
        )

    def test_stays_in_the_text_where_a_colleague_takes_the_last(
        self, open_page, editor, checker, article, empty_redis
    ):
        for index in (0, 2, 4):
            annotated(article.sentences.get(index=index), by=checker)
        page = opened(open_page, editor, article)
        page.keyboard.press("N")
        expect(button(page)).to_be_focused()

        annotated(article.sentences.get(index=6), by=checker)

        expect(button(page)).to_be_hidden()
        expect(page.get_by_role("listbox")).to_be_focused()


class TestUndo:
    def test_takes_all_back_and_does_it_again(self, workbench):
        workbench.keyboard.press("N")
        workbench.keyboard.press("Enter")
        wait_marked(workbench, 0, 2, 4, 6)

        workbench.keyboard.press("z")

        says(workbench, ALL)
        expect_index(workbench, 0)
        expect(workbench.locator("[data-rest-told]")).to_be_hidden()
        pumped(workbench, lambda: not Annotation.objects.given().exists())
        workbench.keyboard.press("Z")
        wait_marked(workbench, 0, 2, 4, 6)

    def test_survives_a_reload(self, workbench):
        button(workbench).click()
        wait_marked(workbench, 0, 2, 4, 6)
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        expect(button(workbench)).to_be_hidden()

        workbench.keyboard.press("z")

        says(workbench, ALL)

    def test_lets_one_label_anew(self, workbench):
        button(workbench).click()
        wait_marked(workbench, 0, 2, 4, 6)
        workbench.keyboard.press("z")
        says(workbench, ALL)

        workbench.keyboard.press("v")

        wait_saved(0, "verified")
        expect(workbench.locator("#problems .problem")).to_have_count(0)


class TestColleague:
    def test_is_left_alone_and_named(self, quiet, article, checker):
        annotated(article.sentences.get(index=2), by=checker, label="disputed")

        button(quiet).click()

        said = "3 sentences marked as not a claim. z undoes. "
        left = "1 had been decided by Sacha Model meanwhile and stays so."
        expect(quiet.locator("[data-rest-told]")).to_have_text(said + left)
        expect(sentence_at(quiet, 2)).to_have_attribute("data-mark", "disputed")
        expect(quiet.locator("#count")).to_have_text("4 of 4 candidates decided")
        assert saved(2).author == checker

    def test_is_named_where_the_list_is_out_of_view(self, quiet, article, checker):
        quiet.set_viewport_size(NARROW)
        annotated(article.sentences.get(index=2), by=checker, label="disputed")

        quiet.keyboard.press("N")
        quiet.keyboard.press("Enter")

        expect(quiet.locator("#problems .problem")).to_contain_text("decided by Sacha Model")

    def test_sees_all_of_it_at_once(self, open_page, editor, checker, article, empty_redis):
        mine, theirs = (opened(open_page, one, article) for one in (editor, checker))

        mine.keyboard.press("N")
        mine.keyboard.press("Enter")

        for index in (0, 2, 4, 6):
            expect(sentence_at(theirs, index)).to_have_attribute("data-mark", "dismissed")
        expect(theirs.locator("[data-live-said]")).to_have_text("4 changes by others")
        expect(button(theirs)).to_be_hidden()
        assert mine.locator("[data-live-said]").text_content() == ""

    def test_keeps_what_one_said_in_another_window(self, quiet, article, editor):
        opinion = tagging.Opinion(label="disputed")
        sentence = article.sentences.get(index=2)
        tagging.annotate(sentence=sentence, opinion=opinion, by=editor, at=AT, based_on=0)

        button(quiet).click()

        expect(quiet.locator("[data-rest-told]")).to_contain_text("1 has changed meanwhile")
        expect(sentence_at(quiet, 2)).to_have_attribute("data-mark", "disputed")


class TestOutbox:
    def test_waits_over_a_reload_and_is_done_once(self, workbench):
        workbench.route(REST, lambda route: route.abort())
        button(workbench).click()
        not_saved(workbench, 1)
        expect(sentence_at(workbench, 6)).to_have_attribute("data-mark", "dismissed")
        workbench.on("dialog", lambda dialog: dialog.accept())
        workbench.reload()
        expect(sentence_at(workbench, 6)).to_have_attribute("data-mark", "dismissed")
        not_saved(workbench, 1)

        workbench.unroute(REST)
        try_again(workbench)

        wait_marked(workbench, 0, 2, 4, 6)
        all_saved(workbench)
        assert set(Annotation.objects.values_list("version", flat=True)) == {1}

    def test_an_answer_that_was_lost_doubles_nothing(self, workbench):
        workbench.route(REST, lose_the_answer, times=1)
        button(workbench).click()
        pumped(workbench, lambda: Annotation.objects.count() == 4)

        expect(workbench.locator("[data-rest-told]")).to_have_text(
            "4 sentences marked as not a claim. z undoes."
        )
        assert AuditEvent.objects.filter(action="annotation.put").count() == 4

    @pytest.mark.parametrize("status", [500, 503])
    def test_a_failing_server_is_asked_again(self, workbench, status):
        workbench.route(REST, lambda route: route.fulfill(status=status, body="Broken"))
        button(workbench).click()
        not_saved(workbench, 1)

        workbench.unroute(REST)
        try_again(workbench)

        wait_marked(workbench, 0, 2, 4, 6)

    def test_what_one_says_after_it_builds_on_it(self, workbench):
        workbench.context.set_offline(True)
        button(workbench).click()
        expect(sentence_at(workbench, 2)).to_have_attribute("data-mark", "dismissed")
        sentence_at(workbench, 2).click()
        workbench.keyboard.press("d")
        not_saved(workbench, 2)

        workbench.context.set_offline(False)

        pumped(workbench, lambda: (one := saved(2)) and (one.label, one.version) == ("disputed", 2))
        all_saved(workbench)
        expect(sentence_at(workbench, 2)).to_have_attribute("data-mark", "disputed")
        expect(workbench.locator("#problems .problem")).to_have_count(0)

    def test_undo_keeps_its_place_behind_it(self, workbench):
        workbench.context.set_offline(True)
        button(workbench).click()
        workbench.keyboard.press("z")
        not_saved(workbench, 2)

        workbench.context.set_offline(False)

        says(workbench, ALL)
        pumped(workbench, lambda: Annotation.objects.filter(label="", version=2).count() == 4)

    def test_another_page_says_what_was_left_alone(self, workbench, article, checker):
        workbench.route(REST, lambda route: route.abort())
        button(workbench).click()
        not_saved(workbench, 1)
        annotated(article.sentences.get(index=2), by=checker, label="disputed")
        workbench.on("dialog", lambda dialog: dialog.accept())
        workbench.unroute(REST)

        workbench.goto("/")

        expect(workbench.locator("#problems")).to_contain_text("1 had been decided by Sacha Model")
        workbench.get_by_role("link", name="Open the article").click()
        workbench.wait_for_url(f"**/articles/{article.pk}/**")

    def test_a_refusal_puts_all_back(self, workbench):
        refusal = '<p role="alert">Not now.</p>'
        workbench.route(REST, lambda route: route.fulfill(status=422, body=refusal))

        button(workbench).click()

        says(workbench, ALL)
        expect(workbench.locator("#problems")).to_contain_text("Not saved: Not now.")
        expect(workbench.locator("#count")).to_have_text("0 of 4 candidates decided")
