import json
import time

from playwright.sync_api import expect

from annotations.models import Annotation, Candidate, Desk, Label, Sentence
from annotations.workflow.keyboard import COMMANDS
from tests.browser.conftest import NARROW, ready
from tests.conftest import wait_until
from tests.factories import ArticleFactory, UserFactory, annotated

SELECTED = "[role=option][aria-selected=true]"


def index_of(page):
    return int(page.locator(SELECTED).get_attribute("data-index"))


def expect_index(page, index):
    expect(page.locator(SELECTED)).to_have_attribute("data-index", str(index))


def sentence_at(page, index):
    return page.locator(f"[role=option][data-index='{index}']")


def saved(index):
    return Annotation.objects.filter(sentence__index=index).first()


def wait_saved(index, label):
    wait_until(lambda: (found := saved(index)) and found.label == label, seconds=8)


def answer_late(page):
    """Hold every inspector back. Only a waiting page lets its held requests go: see `wait_sent`."""
    page.route("**/sentences/*/", lambda route: (time.sleep(0.3), route.continue_()))


def wait_sent(page, index, label):
    wait_until(
        lambda: page.wait_for_timeout(20) or ((found := saved(index)) and found.label == label),
        seconds=8,
    )


class TestMoving:
    def test_keys_select(self, workbench):
        ways = {
            "j": 2,
            "ArrowDown": 2,
            "j j k": 2,
            "j j ArrowUp": 2,
            "J": 1,
            "J J K": 1,
            "J j": 2,
            "k": 0,
        }
        found = {}

        for keys in ways:
            sentence_at(workbench, 0).click()
            for key in keys.split():
                workbench.keyboard.press(key)
            found[keys] = index_of(workbench)

        assert found == ways

    def test_the_text_is_a_listbox_that_knows_its_active_option(self, workbench):
        workbench.keyboard.press("j")

        option = workbench.locator(SELECTED).get_attribute("id")
        expect(workbench.get_by_role("listbox")).to_have_attribute("aria-activedescendant", option)
        expect(workbench.get_by_role("listbox")).to_be_focused()

    def test_a_click_selects(self, workbench):
        sentence_at(workbench, 3).click()

        expect_index(workbench, 3)

    def test_the_address_leads_to_a_sentence(self, workbench, article):
        wanted = article.sentences.get(index=4)

        workbench.goto(f"/articles/{article.pk}/#s{wanted.pk}")

        expect_index(workbench, 4)

    def test_f_orders_by_score(self, workbench, article):
        best = Sentence.objects.filter(article=article, candidate__is_candidate=True).order_by(
            "-candidate__check_worthiness"
        )[0]

        workbench.keyboard.press("f")

        expect(workbench.locator(".candidate").first).to_have_attribute("id", f"c{best.pk}")
        expect(workbench.locator("[data-order-name]")).to_have_text("Score order")
        expect(workbench.locator("#announcer")).to_have_text("Score order")

    def test_f_goes_to_the_filter(self, workbench):
        workbench.keyboard.press("F")

        expect(workbench.locator("#candidate-filter")).to_be_focused()

    def test_the_filter_leaves_candidates_of_one_kind(self, open_page, editor, article):
        _first, second, *_others = article.sentences.filter(candidate__is_candidate=True).order_by(
            "start"
        )
        Candidate.objects.update(kind="event")
        Candidate.objects.filter(sentence=second).update(kind="numeric")
        page = open_page(editor)
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion")

        page.locator("#candidate-filter").select_option(label="figure")
        expect(page.locator(".candidate:visible")).to_have_count(1)
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect_index(page, second.index)

        page.locator("#candidate-filter").select_option("all")
        expect(page.locator(".candidate:visible")).to_have_count(4)

    def test_the_filter_leaves_what_is_left_or_what_is_decided(self, workbench):
        workbench.keyboard.press("v")
        wait_saved(0, Label.VERIFIED)
        shown = workbench.locator(".candidate:visible")
        choice = workbench.locator("#candidate-filter")

        choice.select_option("open")
        expect(shown).to_have_count(3)
        choice.select_option("decided")

        expect(shown).to_have_count(1)
        expect(shown).to_contain_text("Phrase 0")

    def test_brackets_and_g_go_to_other_articles(self, workbench, article, desk):
        newer = ArticleFactory(desk=desk)
        workbench.reload()
        workbench.wait_for_selector("#opinion")

        workbench.keyboard.press("[")

        workbench.wait_for_url(f"**/articles/{newer.pk}/**")
        workbench.wait_for_selector("#opinion")
        workbench.keyboard.press("g")
        workbench.keyboard.press("n")
        workbench.wait_for_url(f"**/articles/{article.pk}/**")

    def test_g_q_goes_to_the_queue(self, workbench):
        workbench.keyboard.press("g")
        workbench.keyboard.press("q")

        workbench.wait_for_url("**/")
        expect(workbench.get_by_role("heading", name="Queue")).to_be_visible()


class TestLabelling:
    def test_one_key_labels_and_goes_on(self, workbench):
        workbench.keyboard.press("v")

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "verified")
        expect_index(workbench, 2)
        wait_saved(0, Label.VERIFIED)
        expect(workbench.locator("#count")).to_have_text("1 of 4 candidates decided")

    def test_keys_pressed_fast_are_all_saved(self, workbench):
        for key in "vudn":
            workbench.keyboard.press(key)

        for index, label in [(0, "verified"), (2, "unverified"), (4, "disputed"), (6, "dismissed")]:
            wait_saved(index, label)

    def test_a_click_labels_too(self, workbench):
        workbench.get_by_role("button", name="Disputed").click()

        wait_saved(0, Label.DISPUTED)

    def test_is_announced(self, workbench):
        workbench.keyboard.press("v")

        expect(workbench.locator("#announcer")).to_have_text("Saved: Verified (1/4)")

    def test_changing_ones_mind_at_once_is_saved_in_order(self, workbench):
        workbench.keyboard.press("v")
        workbench.keyboard.press("k")
        workbench.keyboard.press("d")

        wait_saved(0, Label.DISPUTED)
        assert saved(0).version == 2

    def test_z_takes_the_label_back_and_goes_there(self, workbench):
        workbench.keyboard.press("v")
        wait_saved(0, Label.VERIFIED)

        workbench.keyboard.press("z")

        expect_index(workbench, 0)
        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "")
        wait_saved(0, "")

    def test_s_skips_until_the_end(self, workbench):
        for key in "svv":
            workbench.keyboard.press(key)
        expect_index(workbench, 6)

        workbench.keyboard.press("v")

        expect_index(workbench, 0)

    def test_keys_are_left_to_fields(self, workbench):
        workbench.keyboard.press("r")

        workbench.keyboard.type("verdun")

        expect(workbench.locator("#rationale")).to_have_value("verdun")
        assert not Annotation.objects.exists()

    def test_keys_meant_for_others_do_nothing(self, workbench):
        others = [
            {"key": "v", "isComposing": True},
            {"key": "v", "ctrlKey": True},
            {"key": "v", "altKey": True},
            {"key": "v", "metaKey": True},
            {"key": "v", "modifierAltGraph": True},
            {"key": "Process"},
        ]

        for event in others:
            press = f"new KeyboardEvent('keydown', {{...{json.dumps(event)}, bubbles: true}})"
            workbench.evaluate(f"document.querySelector('#text').dispatchEvent({press})")

        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "")
        expect_index(workbench, 0)


class TestInspector:
    def test_a_label_takes_along_what_was_typed(self, workbench):
        workbench.keyboard.press("r")
        workbench.keyboard.type("Seen in the register.")
        workbench.keyboard.press("Escape")
        workbench.keyboard.press("e")
        workbench.keyboard.type("https://archives.example/budget")
        workbench.keyboard.press("Escape")

        workbench.keyboard.press("v")

        wait_saved(0, Label.VERIFIED)
        assert saved(0).rationale == "Seen in the register."
        assert [one.url for one in saved(0).evidence.all()] == ["https://archives.example/budget"]

    def test_what_is_typed_before_the_form_is_there_goes_into_it(self, workbench):
        answer_late(workbench)
        sentence_at(workbench, 5).click()

        workbench.keyboard.press("r")
        workbench.keyboard.type("sudden verdict")

        expect(workbench.locator("#rationale")).to_have_value("sudden verdict")
        expect(workbench.locator("#rationale")).to_be_focused()
        expect_index(workbench, 5)
        assert not Annotation.objects.exists()

    def test_keys_pressed_before_the_form_is_there_follow_what_was_typed(self, workbench):
        answer_late(workbench)
        sentence_at(workbench, 5).click()

        workbench.keyboard.press("e")
        workbench.keyboard.type("https://archives.example/budget")
        workbench.keyboard.press("Escape")
        workbench.keyboard.press("d")

        wait_sent(workbench, 5, Label.DISPUTED)
        assert [one.url for one in saved(5).evidence.all()] == ["https://archives.example/budget"]

    def test_ctrl_enter_saves_and_stays(self, workbench):
        workbench.keyboard.press("v")
        workbench.keyboard.press("k")
        expect(workbench.locator("#opinion")).to_have_attribute("data-label", "verified")
        workbench.keyboard.press("r")
        workbench.keyboard.type("Later thought.")

        workbench.keyboard.press("Control+Enter")

        wait_until(lambda: saved(0).rationale == "Later thought.", seconds=8)
        expect_index(workbench, 0)

    def test_evidence_rows_come_and_go(self, workbench):
        add = workbench.get_by_role("button", name="Add evidence")
        add.click()
        add.click()

        workbench.get_by_role("button", name="Remove").first.click()

        expect(workbench.locator(".evidence__row")).to_have_count(1)

    def test_a_draft_survives_moving_away_and_a_reload(self, workbench):
        workbench.keyboard.press("r")
        workbench.keyboard.type("Half a thought")
        workbench.keyboard.press("Escape")
        workbench.keyboard.press("j")
        expect(workbench.locator("#rationale")).to_have_value("")
        workbench.keyboard.press("k")
        expect(workbench.locator("#rationale")).to_have_value("Half a thought")
        workbench.wait_for_url(f"**/#{workbench.locator(SELECTED).get_attribute('id')}")

        workbench.reload()

        expect(workbench.locator("#rationale")).to_have_value("Half a thought")

    def test_bad_evidence_is_refused_and_kept(self, workbench):
        workbench.keyboard.press("e")
        workbench.keyboard.type("no address")
        workbench.keyboard.press("Escape")

        workbench.keyboard.press("v")

        expect(workbench.locator("#problems [role=alert]")).to_contain_text("Not saved:")
        expect(sentence_at(workbench, 0)).to_have_attribute("data-mark", "")
        workbench.get_by_role("link", name="Show the sentence").click()
        expect(workbench.locator("[name=evidence_url]")).to_have_value("no address")

    def test_colleagues_stay_hidden_on_a_blind_desk(self, workbench, article, desk):
        Desk.objects.update(is_blind=True)
        colleague = UserFactory(on=desk, display_name="Robin Sample")
        annotated(article.sentences.get(index=0), by=colleague, label="disputed")
        workbench.reload()

        workbench.locator("[role=option][data-index='0']").click()

        inspector = workbench.locator("#inspector")
        expect(inspector).to_contain_text("This desk works blind")
        expect(inspector).not_to_contain_text("Robin Sample")


class TestNarrow:
    """A phone, or a page that is zoomed in: the panes lie one below the other."""

    def test_a_label_is_undone_where_it_was_given(self, open_page, editor, article):
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        page.locator("#opinion .label-button--verified").click()
        wait_sent(page, 0, "verified")
        undo = page.get_by_role("button", name="Undo", exact=True)

        expect(undo).to_have_count(1)
        expect(undo).to_be_in_viewport()
        undo.click()

        wait_sent(page, 0, "")

    def test_the_keys_can_be_seen(self, open_page, editor, article):
        page = open_page(editor, viewport=NARROW)
        page.goto(f"/articles/{article.pk}/")
        ready(page)

        page.get_by_role("button", name="Keys", exact=True).click()

        expect(page.get_by_role("dialog")).to_be_visible()


class TestHelp:
    def test_lists_every_key_in_words(self, workbench):
        workbench.keyboard.press("?")

        dialog = workbench.get_by_role("dialog")
        expect(dialog).to_be_visible()
        assert dialog.locator(".keys__line").count() == len(COMMANDS)
        assert dialog.locator("dt").all_inner_texts() == [str(one.name) for one in COMMANDS]
        workbench.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
