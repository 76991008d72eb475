"""What scripts say, in a language whose words stand in brackets: nothing is left in English."""

import pytest
from django.conf import settings as configured
from playwright.sync_api import expect

from annotations.models import Candidate
from annotations.workflow import tagging
from tests import pseudo
from tests.browser.conftest import ready
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory, annotated


@pytest.fixture
def in_brackets(settings, tmp_path):
    pseudo.compile_into(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [*configured.LANGUAGES, (pseudo.CODE, "§")]


@pytest.fixture
def desk(transactional_db):
    return DeskFactory(name="§ Desk")


@pytest.fixture
def editor(desk):
    return UserFactory(on=desk, display_name="§ Editor", language=pseudo.CODE, role="manager")


@pytest.fixture
def article(desk):
    article = ArticleFactory(desk=desk, sentences=7, title="§ One")
    Candidate.objects.update(signals=[])  # the engine has its own words, in its own languages
    return article


@pytest.fixture
def page(in_brackets, open_page, editor, article):
    page = open_page(editor)
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("#opinion")
    ready(page)
    return page


def expect_all_translated(page):
    assert pseudo.untranslated(page.content()) == []


class TestWorkbench:
    def test_announces_steps_in_the_language(self, page):
        announcer = page.locator("#announcer")

        for key, said in (("v", "Saved:"), ("z", "Undone."), ("Z", "Redone."), ("s", "Skipped")):
            page.keyboard.press(key)
            expect(announcer).to_contain_text(said)
            assert pseudo.OPEN in announcer.inner_text()

        expect_all_translated(page)

    def test_translates_what_keys_open(self, page):
        for key in ("e", "Escape", "r", "Escape", "b", "Escape", "c", "Escape", "?"):
            page.keyboard.press(key)

        expect(page.locator("#keys")).to_be_visible()
        expect_all_translated(page)

    def test_says_in_the_language_that_the_server_is_away(self, page):
        page.context.set_offline(True)

        page.keyboard.press("v")

        expect(page.locator("#saving")).to_be_visible()
        expect(page.locator("#problems [role=alert]")).to_contain_text(pseudo.OPEN)
        expect_all_translated(page)
        page.context.set_offline(False)
        expect(page.locator("#saving")).to_be_hidden()

    def test_shows_two_versions_in_the_language(self, page, article, editor):
        first = article.sentences.order_by("start").first()
        opinion = tagging.Opinion(label="disputed", rationale="§ Elsewhere")
        tagging.annotate(sentence=first, opinion=opinion, by=editor, at=AT, based_on=0)

        page.keyboard.press("v")

        expect(page.locator(".sides, #problems [role=alert]").first).to_be_visible()
        expect_all_translated(page)

    def test_tells_of_colleagues_in_the_language(self, page, desk, article):
        colleague = UserFactory(on=desk, display_name="§ Sacha")

        annotated(article.sentences.get(index=2), by=colleague)

        expect(page.locator("[data-live-said]")).to_contain_text("§ Sacha")
        expect_all_translated(page)


class TestReview:
    def test_says_steps_in_the_language(self, page, desk, article):
        colleague = UserFactory(on=desk, display_name="§ Sacha")
        annotated(article.sentences.get(index=2), by=colleague)
        page.goto("/review/")
        ready(page)
        page.keyboard.press("j")

        page.keyboard.press("a")
        expect(page.locator(".verdict--approved")).to_be_visible()
        page.keyboard.press("p")

        expect(page.locator(".notice--good")).to_be_visible()
        expect_all_translated(page)
