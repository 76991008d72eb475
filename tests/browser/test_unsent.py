"""What is typed into a form with a page of its own outlives the page, until the server has it."""

import pytest
from playwright.sync_api import expect

from annotations.models import Article, Verdict
from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import KEPT, pumped
from tests.factories import PASSWORD, UserFactory, annotated, approved, published

TEXT = "Le budget atteint 3 millions d’euros, selon le maire de la ville."


@pytest.fixture
def adding(open_page, editor):
    page = open_page(editor)
    opened(page, "/articles/add/")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Title").fill("Budget")
    return page


def opened(page, address):
    page.goto(address)
    ready(page)


def is_back(page):
    expect(page.get_by_text("is back.")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
    expect(page.get_by_label("Title")).to_have_value("Budget")


class TestAnArticle:
    def test_is_there_again_after_a_reload(self, adding):
        adding.reload()

        is_back(adding)

    def test_is_there_again_where_one_was_logged_out(self, adding, editor):
        editor.set_password(PASSWORD)
        editor.save()  # ends the session
        adding.get_by_role("button", name="Add and extract").click()
        adding.get_by_label("User name").fill(editor.username)
        adding.get_by_label("Password").fill(PASSWORD)
        adding.get_by_role("button", name="Log in").click()

        is_back(adding)
        assert not Article.objects.exists()

    def test_is_gone_once_it_was_added(self, adding):
        adding.get_by_role("button", name="Add and extract").click()
        adding.wait_for_url("**/articles/*/")
        opened(adding, "/articles/add/")

        expect(adding.get_by_label("Text", exact=True)).to_have_value("")
        expect(adding.get_by_text("is back.")).to_be_hidden()

    def test_gives_way_to_what_the_server_read_from_a_file(self, adding):
        page = {"name": "budget.txt", "mimeType": "text/plain", "buffer": b"From the file."}
        adding.get_by_label("Text", exact=True).fill("")
        adding.locator("input[type=file]").set_input_files([page])
        adding.locator("#id_language").fill("no such language")
        adding.get_by_role("button", name="Add and extract").click()

        expect(adding.get_by_label("Text", exact=True)).to_have_value("From the file.")
        expect(adding.get_by_label("Title")).to_have_value("Budget")

    def test_is_let_go_of(self, adding):
        adding.reload()
        adding.get_by_role("button", name="Start afresh").click()
        expect(adding.get_by_label("Text", exact=True)).to_have_value("")
        adding.reload()
        ready(adding)

        expect(adding.get_by_label("Text", exact=True)).to_have_value("")

    def test_is_there_again_that_was_pasted_at_once(self, open_page, editor):
        page, held = open_page(editor), []
        page.route("**/unsent*.js", lambda route: held.append(route))
        page.goto("/articles/add/", wait_until="commit")
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_label("Title").fill("Budget")
        pumped(page, lambda: held)
        held[0].continue_()
        ready(page)
        page.unroute("**/unsent*.js")
        page.reload()

        is_back(page)

    def test_is_there_again_where_the_language_was_changed_after_a_refusal(self, adding):
        adding.locator("#id_language").fill("no such language")
        adding.get_by_role("button", name="Add and extract").click()
        expect(adding.locator("[aria-invalid=true]")).to_be_visible()
        ready(adding)
        adding.get_by_role("button", name="FR").click()

        expect(adding.locator("html")).to_have_attribute("lang", "fr")
        expect(adding.locator("#id_text")).to_have_value(TEXT)


class TestWhatChangedMeanwhile:
    def test_guidelines_are_refused_with_what_stands_beside_them(self, open_page, desk):
        page = open_page(UserFactory(on=desk, role="manager"))
        opened(page, f"/desks/{desk.slug}/guidelines/edit/")
        page.locator("#id_guidelines").fill("Mine, not sent.")
        desk.guidelines, desk.version = "Theirs.", desk.version + 1
        desk.save()
        page.reload()
        expect(page.locator("#id_guidelines")).to_have_value("Mine, not sent.")
        page.get_by_role("button", name="Save").click()

        expect(page.get_by_label("What stands now")).to_contain_text("Theirs.")
        expect(page.locator("#id_guidelines")).to_have_value("Mine, not sent.")

    def test_a_new_text_is_refused_with_the_newer_one_beside_it(self, open_page, editor, article):
        page = open_page(editor)
        opened(page, f"/articles/{article.pk}/revise/")
        page.get_by_label("Text", exact=True).fill(TEXT)
        Article.objects.update(version=article.version + 1)
        page.reload()
        expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
        page.get_by_role("button", name="Save the new text").click()

        expect(page.get_by_role("alert").first).to_be_visible()
        expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)


class TestReview:
    @pytest.fixture
    def returning(self, open_page, checker, editor, article):
        sentences = list(article.sentences.order_by("start"))
        annotated(sentences[0], by=editor)
        approved(sentences[1], annotator=editor, reviewer=checker)
        page = open_page(checker)
        opened(page, "/review/")
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.type("Which year?")
        return page

    def test_words_are_there_again_after_a_reload(self, returning):
        returning.reload()

        expect(returning.locator("textarea[name=comment]")).to_have_value("Which year?")

    def test_escape_leads_back_to_the_sentence(self, returning):
        returning.keyboard.press("Escape")

        expect(returning.locator("[data-verdict]").first).to_be_focused()

    def test_words_stay_where_the_others_of_the_article_are_published(self, returning):
        returning.keyboard.press("Escape")
        returning.keyboard.press("p")
        expect(returning.get_by_text("1 sentence published.")).to_be_visible()

        expect(returning.locator("textarea[name=comment]")).to_have_value("Which year?")

    def test_words_are_gone_once_they_were_sent(self, returning):
        returning.keyboard.press("Control+Enter")
        expect(returning.locator(".verdict--returned")).to_contain_text("Which year?")
        kept = returning.evaluate(KEPT)

        assert "Which year?" not in kept

    def test_a_decision_can_be_rated(self, open_page, checker, editor, article, desk):
        desk.rating_scale = [{"value": 1, "fr": "Faux", "en": "False"}]
        desk.save()
        annotated(article.sentences.first(), by=editor)
        annotated(article.sentences.first(), by=UserFactory(on=desk), label="disputed")
        page = open_page(checker)
        opened(page, "/review/")
        page.keyboard.press("j")
        page.keyboard.press("d")
        page.keyboard.type("It was in 2019.")
        page.get_by_label("Rating").select_option("1 · False")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".verdict--approved")).to_be_visible()

        assert Verdict.objects.get().rating == 1


class TestWarning:
    def test_keeps_one_from_leaving_a_public_note_behind(self, open_page, checker, editor, article):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        page, asked = open_page(checker), []
        page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
        opened(page, "/publications/")
        page.locator("summary", has_text="Retract").click()
        page.get_by_label("Public note").fill("The figure was of 2020.")
        page.goto("/")

        assert asked == ["beforeunload"]

    def test_keeps_one_from_leaving_what_was_refused(self, open_page, checker, editor, article):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        page, asked = open_page(checker), []
        page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
        opened(page, "/publications/")
        page.locator("summary", has_text="Correct").click()
        page.locator("textarea[name=rationale]").fill("The figure was of 2020.")
        page.get_by_role("button", name="Publish the correction").click()
        expect(page.locator(".publication .problem")).to_be_visible()
        page.goto("/")

        assert asked == ["beforeunload"]
