"""No label, word or comment is lost or doubled: cut networks, failing servers, ended sessions."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, AuditEvent, Comment, Evidence
from annotations.workflow import tagging
from tests.browser.conftest import ready
from tests.browser.test_workbench import saved, sentence_at, wait_sent
from tests.conftest import wait_until
from tests.factories import AT, PASSWORD, UserFactory, annotated

WRITES = "**/sentences/*/annotation/"
KEPT = """() => new Promise((done) => {
    const open = indexedDB.open("factcheck", 1);
    open.onsuccess = () => {
        const all = open.result.transaction("kept").objectStore("kept").getAll();
        all.onsuccess = () => done(JSON.stringify(all.result));
    };
})"""


def not_saved(page, number):
    expect(page.locator("#saving")).to_contain_text(f"{number} not saved")


def all_saved(page):
    expect(page.locator("#saving")).to_be_hidden()


def try_again(page):
    """Press the button, also where the page tried by itself just now and hid it."""
    page.locator("[data-retry]").dispatch_event("click")


def pumped(page, condition):
    """Wait for something while the page's held requests go on."""
    wait_until(lambda: page.wait_for_timeout(20) or condition(), seconds=15)


def type_rationale(page, words):
    page.keyboard.press("r")
    page.keyboard.type(words)
    page.keyboard.press("Escape")


def events():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


class TestOutbox:
    def test_labels_wait_over_a_reload_and_are_saved_once(self, workbench, article):
        workbench.route(WRITES, lambda route: route.abort())
        type_rationale(workbench, "Seen in the register.")
        for key in "vud":
            workbench.keyboard.press(key)
        not_saved(workbench, 3)
        workbench.on("dialog", lambda dialog: dialog.accept())

        workbench.unroute(WRITES)
        workbench.reload()

        wait_sent(workbench, 4, "disputed")
        all_saved(workbench)
        assert saved(0).rationale == "Seen in the register."
        assert events() == ["annotation.put"] * 3

    def test_what_waits_is_shown_after_a_reload(self, workbench):
        workbench.route(WRITES, lambda route: route.abort())
        workbench.keyboard.press("v")
        not_saved(workbench, 1)
        workbench.on("dialog", lambda dialog: dialog.accept())

        workbench.reload()

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "verified")
        not_saved(workbench, 1)

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_a_failing_server_is_asked_again(self, workbench, status):
        workbench.route(WRITES, lambda route: route.fulfill(status=status, body="Broken"))
        workbench.keyboard.press("v")
        not_saved(workbench, 1)

        workbench.unroute(WRITES)
        try_again(workbench)

        wait_sent(workbench, 0, "verified")
        assert saved(0).version == 1

    def test_an_undo_and_what_follows_it_keep_their_order(self, workbench):
        workbench.context.set_offline(True)
        for key in "vzd":
            workbench.keyboard.press(key)
        not_saved(workbench, 3)

        workbench.context.set_offline(False)

        pumped(workbench, lambda: len(events()) == 3)
        assert events() == ["annotation.put", "annotation.undone", "annotation.put"]
        assert saved(0).label == ""

    def test_is_emptied_by_any_page(self, workbench):
        workbench.route(WRITES, lambda route: route.abort())
        workbench.keyboard.press("v")
        not_saved(workbench, 1)
        workbench.on("dialog", lambda dialog: dialog.accept())
        workbench.unroute(WRITES)

        workbench.goto("/")

        wait_sent(workbench, 0, "verified")

    def test_a_comment_is_added_once(self, workbench):
        workbench.context.set_offline(True)
        workbench.keyboard.press("c")
        workbench.keyboard.type("Which year?")
        workbench.keyboard.press("Control+Enter")
        not_saved(workbench, 1)

        workbench.context.set_offline(False)

        pumped(workbench, Comment.objects.exists)
        expect(workbench.locator("#inspector .opinions")).to_contain_text("Which year?")
        assert [one.text for one in Comment.objects.all()] == ["Which year?"]

    def test_two_tabs_save_each_label_once(self, workbench):
        other = workbench.context.new_page()
        workbench.context.set_offline(True)
        workbench.keyboard.press("v")
        not_saved(workbench, 1)
        workbench.context.set_offline(False)
        other.goto(workbench.url)
        other.wait_for_selector("#opinion")

        wait_sent(workbench, 0, "verified")

        all_saved(workbench)
        all_saved(other)
        assert events() == ["annotation.put"]

    def test_the_same_key_pressed_twice_is_one_label(self, workbench):
        workbench.keyboard.press("v")
        workbench.keyboard.press("k")
        workbench.keyboard.press("v")
        workbench.keyboard.press("k")

        wait_sent(workbench, 0, "verified")
        workbench.keyboard.press("d")
        wait_sent(workbench, 0, "disputed")
        assert Annotation.objects.count() == 1


class TestSession:
    def test_logging_in_again_in_another_tab_saves_what_waits(self, workbench, editor):
        workbench.context.clear_cookies(name="factcheck_session")
        type_rationale(workbench, "Before the session ended.")
        workbench.keyboard.press("v")
        expect(workbench.locator("#problems")).to_contain_text("You were logged out.")

        with workbench.context.expect_page() as opened:
            workbench.get_by_role("link", name="Log in again").click()
        login = opened.value
        login.get_by_label("User name").fill(editor.username)
        login.get_by_label("Password").fill(PASSWORD)
        login.get_by_role("button", name="Log in").click()
        ready(login)
        workbench.bring_to_front()
        workbench.evaluate("dispatchEvent(new Event('focus'))")

        wait_sent(workbench, 0, "verified")
        all_saved(workbench)
        assert saved(0).rationale == "Before the session ended."
        assert saved(0).version == 1

    def test_a_page_that_was_open_too_long_says_to_load_it_again(self, workbench):
        workbench.context.clear_cookies(name="factcheck_csrf")

        workbench.keyboard.press("v")

        expect(workbench.get_by_role("alert").first).to_contain_text("Load it again")
        workbench.on("dialog", lambda dialog: dialog.accept())
        workbench.reload()
        wait_sent(workbench, 0, "verified")
        all_saved(workbench)

    def test_somebody_else_on_the_browser_neither_sends_nor_sees_it(
        self, workbench, desk, open_page, editor
    ):
        colleague = UserFactory(on=desk)
        workbench.keyboard.press("J")
        type_rationale(workbench, "A draft of mine.")
        workbench.keyboard.press("k")
        workbench.context.clear_cookies(name="factcheck_session")
        workbench.keyboard.press("v")
        expect(workbench.locator("#problems")).to_contain_text("You were logged out.")

        other = workbench.context.new_page()
        other.goto("/login/")
        other.get_by_label("User name").fill(colleague.username)
        other.get_by_label("Password").fill(PASSWORD)
        other.get_by_role("button", name="Log in").click()
        ready(other)
        workbench.get_by_role("button", name="Try again").click()
        other.goto(workbench.url.split("#")[0])
        other.wait_for_selector("#opinion")
        other.keyboard.press("J")

        expect(other.locator("#inspector h2")).to_have_text("Sentence 2")
        expect(other.locator("#rationale")).to_have_value("")
        all_saved(other)
        not_saved(workbench, 1)
        assert not Annotation.objects.exists()


class TestDrafts:
    def test_survive_a_crash(self, workbench):
        type_rationale(workbench, "Half a thought")
        workbench.keyboard.press("e")
        workbench.keyboard.type("https://archives.example/half")
        workbench.keyboard.press("Escape")
        workbench.keyboard.press("c")
        workbench.keyboard.type("Ask her")
        pumped(workbench, lambda: "Ask her" in workbench.evaluate(KEPT))
        address, context = workbench.url, workbench.context
        workbench.close(run_before_unload=False)

        again = context.new_page()
        again.goto(address)

        expect(again.locator("#rationale")).to_have_value("Half a thought")
        expect(again.locator("[name=evidence_url]")).to_have_value("https://archives.example/half")
        expect(again.locator("#comment")).to_have_value("Ask her")

    def test_hold_the_last_letter_before_the_page_was_closed(self, open_page, editor, article):
        words = "Half a sentence, and then the tab was closed"
        page = open_page(editor)
        for attempt in range(3):
            page.goto(f"/articles/{article.pk}/")
            page.wait_for_selector("#opinion")
            page.locator("#rationale").fill("")
            page.locator("#rationale").press_sequentially(f"{words} {attempt}")
            after = page.context.new_page()
            page.close()
            after.goto(f"/articles/{article.pk}/")
            after.wait_for_selector("#opinion")

            expect(after.locator("#rationale")).to_have_value(f"{words} {attempt}")
            page = after

    def test_hold_what_is_typed_before_the_form_is_there(self, workbench):
        workbench.wait_for_timeout(500)  # what is asked for ahead has come
        workbench.route("**/sentences/*/", lambda route: None)  # no answer comes
        for key in "JJJ":
            workbench.keyboard.press(key)
        type_rationale(workbench, "Typed ahead.")
        workbench.keyboard.press("v")
        type_rationale(workbench, "And the next.")
        workbench.on("dialog", lambda dialog: dialog.accept())
        workbench.unroute("**/sentences/*/")

        workbench.reload()

        wait_sent(workbench, 3, "verified")
        ready(workbench)
        sentence_at(workbench, 4).click()
        expect(workbench.locator("#rationale")).to_have_value("And the next.")
        assert saved(3).rationale == "Typed ahead."

    def test_are_gone_once_they_are_saved(self, workbench):
        type_rationale(workbench, "A thought")
        workbench.keyboard.press("v")
        wait_sent(workbench, 0, "verified")
        expect(workbench.locator("#announcer")).to_contain_text("Saved")

        pumped(workbench, lambda: workbench.evaluate(KEPT) == "[]")

    def test_what_is_typed_while_a_label_is_on_its_way_stays(self, workbench):
        held = []
        workbench.route(WRITES, lambda route: held.append(route))
        workbench.keyboard.press("v")
        workbench.keyboard.press("k")
        workbench.wait_for_selector("#inspector[data-sentence]")
        type_rationale(workbench, "A later thought")

        pumped(workbench, lambda: held)
        held[0].continue_()
        wait_sent(workbench, 0, "verified")

        expect(workbench.locator("#rationale")).to_have_value("A later thought")

    def test_a_label_by_key_takes_along_a_draft_that_is_not_shown(self, workbench):
        type_rationale(workbench, "Typed before.")
        workbench.keyboard.press("j")
        workbench.keyboard.press("k")

        workbench.keyboard.press("d")

        wait_sent(workbench, 0, "disputed")
        assert saved(0).rationale == "Typed before."

    def test_keep_where_evidence_was_archived(self, workbench, article, editor):
        row = {"url": "https://a.example/", "archived_url": "https://archive.example/a"}
        sentence = article.sentences.get(index=0)
        annotated(sentence, by=editor, evidence=[tagging.Item(**row)])
        workbench.reload()
        workbench.wait_for_selector(".evidence__row")
        type_rationale(workbench, "Still there?")

        workbench.keyboard.press("d")

        wait_sent(workbench, 0, "disputed")
        assert Evidence.objects.get().archived_url == "https://archive.example/a"


class TestLeaving:
    def test_warns_only_while_something_is_unsent(self, workbench):
        warned = []
        workbench.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
        workbench.keyboard.press("v")
        expect(workbench.locator("#announcer")).to_contain_text("Saved")
        workbench.reload()
        workbench.wait_for_selector("#opinion")
        before = list(warned)
        workbench.route(WRITES, lambda route: route.abort())
        workbench.keyboard.press("v")
        not_saved(workbench, 1)

        workbench.reload()

        assert (before, warned) == ([], ["beforeunload"])


class TestConflict:
    def test_shows_mine_theirs_and_base_and_keeps_the_words(self, workbench, article, editor):
        sentence = article.sentences.get(index=0)
        annotated(sentence, by=editor, label="unverified", rationale="The base.")
        workbench.reload()
        expect(workbench.locator("#opinion")).to_have_attribute("data-label", "unverified")
        workbench.locator("#rationale").fill("My words.")
        write_elsewhere(sentence, editor)

        workbench.keyboard.press("Escape")
        workbench.keyboard.press("d")
        workbench.keyboard.press("k")

        sides = workbench.locator(".sides__one")
        expect(sides).to_have_count(3)
        expect(sides.nth(0)).to_contain_text("My words.")
        expect(sides.nth(1)).to_contain_text("Their words.")
        expect(sides.nth(2)).to_contain_text("The base.")
        expect(workbench.locator("#rationale")).to_have_value("My words.")

        workbench.get_by_role("button", name="Save mine").click()
        wait_sent(workbench, 0, "disputed")
        assert saved(0).rationale == "My words."

    def test_lets_stand_what_stands(self, workbench, article, editor):
        sentence = article.sentences.get(index=0)
        annotated(sentence, by=editor, label="disputed", rationale="Their words.")
        workbench.keyboard.press("v")
        expect(workbench.locator("#problems")).to_contain_text("changed in another window")

        workbench.get_by_role("link", name="Show the sentence").click()
        workbench.get_by_role("button", name="Keep what stands").click()

        expect(workbench.locator(".sides")).to_have_count(0)
        expect(workbench.locator("#rationale")).to_have_value("Their words.")
        assert saved(0).label == "disputed"


def write_elsewhere(sentence, editor):
    opinion = tagging.Opinion(label="verified", rationale="Their words.")
    tagging.annotate(sentence=sentence, opinion=opinion, by=editor, at=AT, based_on=1)
