"""What is typed into a form with a page of its own outlives the page, until the server has it."""

import pytest
from playwright.sync_api import expect

from annotations.models import Article
from tests.browser.conftest import ready
from tests.factories import PASSWORD, UserFactory, annotated

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

    def test_is_let_go_of(self, adding):
        adding.reload()
        adding.get_by_role("button", name="Start afresh").click()
        expect(adding.get_by_label("Text", exact=True)).to_have_value("")
        adding.reload()
        ready(adding)

        expect(adding.get_by_label("Text", exact=True)).to_have_value("")


class TestGuidelines:
    def test_stay_where_somebody_else_wrote_newer_ones(self, open_page, desk):
        page = open_page(UserFactory(on=desk, role="manager"))
        opened(page, f"/desks/{desk.slug}/guidelines/edit/")
        page.locator("#id_guidelines").fill("Mine, not sent.")
        desk.guidelines, desk.version = "Theirs.", desk.version + 1
        desk.save()
        page.reload()
        ready(page)

        expect(page.locator("#id_guidelines")).to_have_value("Theirs.")


class TestWarning:
    def test_keeps_one_from_leaving_a_comment_behind(self, open_page, checker, editor, article):
        annotated(article.sentences.first(), by=editor)
        page, asked = open_page(checker), []
        page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
        opened(page, "/review/")
        page.reload()
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.type("Which year?")
        page.goto("/")

        assert asked == ["beforeunload"]
