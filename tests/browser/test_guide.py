"""The editor's guide, walked: each path in at most three steps from the queue, by what it names.

A step is a press on something whose name the guide says in that language. What is typed between is
no step.
"""

from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import expect

from annotations.models import Publication
from tests.browser.conftest import ready
from tests.factories import annotated, published, sent_back

GUIDES = {"en": "editor-guide.md", "fr": "editor-guide.fr.md"}
STEPS = 3


@dataclass
class Guided:
    """Somebody who follows the guide, and counts."""

    page: object
    language: str
    steps: list = field(default_factory=list)

    def said(self, words):
        with translation.override(self.language):
            name = ngettext(words, words, 1) % {"number": 1} if "%" in words else gettext(words)
        guide = (settings.BASE_DIR / "docs" / GUIDES[self.language]).read_text()
        assert f"**{name}**" in guide, f"the guide does not name {name}"
        return name

    def press(self, role, words, *, exact=True):
        name = self.said(words)
        self.steps.append(name)
        assert len(self.steps) <= STEPS, self.steps
        element = self.page.get_by_role(role, name=name, exact=exact).first
        if role == "link":
            with self.page.expect_navigation(wait_until="domcontentloaded"):
                element.click()
            ready(self.page)
        else:
            element.click()

    def open(self, title):
        self.steps.append(title)
        self.page.get_by_role("link", name=title, exact=True).click()
        self.page.wait_for_selector("#opinion")

    def field(self, words):
        return self.page.get_by_label(self.said(words), exact=True).first

    def sees(self, words):
        expect(self.page.get_by_text(self.said(words)).first).to_be_visible()


@pytest.fixture(params=GUIDES)
def language(request):
    return request.param


@pytest.fixture
def guided(open_page, language):
    def guided(user):
        user.language = language
        user.save()
        page = open_page(user)
        page.goto("/")
        ready(page)
        return Guided(page, language)

    return guided


class TestEditors:
    def test_add_an_article(self, guided, editor):
        guide = guided(editor)

        guide.press("link", "Add an article")
        guide.field("Text").fill("Le port compte 12 quais. Il en comptait 9 en 2020.")
        guide.press("button", "Add and extract")

        expect(guide.page.locator(".article-head__title")).to_contain_text("12 quais")

    def test_give_it_a_new_text(self, guided, editor, article):
        annotated(article.sentences.first(), by=editor)
        guide = guided(editor)

        guide.open(article.title)
        guide.press("link", "New text")
        field = guide.page.locator("[name=text]")
        field.fill(field.input_value().replace("1 millions", "9 millions", 1))
        guide.press("button", "Save the new text")

        guide.page.wait_for_url("**/texts/2/")
        expect(guide.page.locator("ins")).to_have_text("9")

    def test_tag(self, guided, editor, article):
        guide = guided(editor)

        guide.open(article.title)
        guide.press("button", "Verified", exact=False)

        expect(guide.page.locator('[data-mark="verified"]').first).to_be_visible()

    def test_attach_evidence(self, guided, editor, article):
        guide = guided(editor)

        guide.open(article.title)
        guide.press("button", "Add evidence")
        guide.field("Address").fill("https://registre.example/quais")
        guide.press("button", "Verified", exact=False)

        expect(guide.page.locator('.sentence[data-mark="verified"]').first).to_be_visible()
        expect(guide.page.locator("#saving")).to_be_hidden()

    def test_answer_what_came_back(self, guided, editor, checker, article):
        sentence = article.sentences.get(index=2)
        annotated(sentence, by=editor)
        sent_back(sentence, by=checker)
        guide = guided(editor)

        guide.sees("Returned to you")
        guide.open(sentence.exact)

        expect(guide.page.locator("#inspector")).to_contain_text("Which year?")

    def test_see_why_a_sentence_was_proposed(self, guided, editor, article):
        guide = guided(editor)

        guide.open(article.title)

        guide.sees("Why it is proposed")

    def test_undo(self, guided, editor, article):
        guide = guided(editor)
        guide.open(article.title)
        guide.press("button", "Verified", exact=False)
        expect(guide.page.locator('.sentence[data-mark="verified"]')).to_have_count(1)

        guide.press("button", "Undo")

        expect(guide.page.locator('.sentence[data-mark="verified"]')).to_have_count(0)

    def test_ask_for_review(self, guided, editor, article):
        annotated(article.sentences.first(), by=editor)
        guide = guided(editor)

        guide.open(article.title)
        guide.page.locator(".sentence").first.click()

        guide.sees("Waits for review.")

    def test_change_the_language(self, guided, editor, language):
        guide = guided(editor)
        other = {"en": "fr", "fr": "en"}[language]

        guide.page.locator(f".languages__one[value={other}]").click()

        expect(guide.page.locator("html")).to_have_attribute("lang", other)
        editor.refresh_from_db()
        assert editor.language == other

    def test_see_the_keys(self, guided, editor):
        guide = guided(editor)

        guide.press("button", "Keys")

        expect(guide.page.get_by_role("dialog")).to_be_visible()


class TestReviewers:
    def test_approve_and_publish(self, guided, checker, editor, article):
        annotated(article.sentences.first(), by=editor)
        guide = guided(checker)

        guide.press("link", "Review")
        guide.press("button", "Approve", exact=False)
        expect(guide.page.locator(".verdict--approved")).to_be_visible()
        guide.press("button", "Publish %(number)s approved sentence")

        expect(guide.page.locator(".notice--good")).to_be_visible()
        assert Publication.objects.count() == 1

    def test_correct(self, guided, checker, editor, article):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        guide = guided(checker)

        guide.press("link", "Publications")
        guide.page.locator("summary", has_text=guide.said("Correct")).click()
        guide.field("Public note: what changed and why").fill("2")
        guide.press("button", "Publish the correction")

        expect(guide.page.locator(".kind--correction")).to_be_visible()

    def test_retract(self, guided, checker, editor, article):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        guide = guided(checker)

        guide.press("link", "Publications")
        guide.page.locator("summary", has_text=guide.said("Retract")).click()
        guide.field("Public note: why it is retracted").fill("3")
        guide.press("button", "Retract it")

        expect(guide.page.locator(".publication--retraction")).to_be_visible()

    def test_export(self, guided, checker, editor, article):
        published(article.sentences.first(), annotator=editor, reviewer=checker)
        guide = guided(checker)

        guide.press("link", "Publications")
        with guide.page.expect_download() as downloaded:
            guide.page.get_by_role("link", name="CSV", exact=True).click()

        text = downloaded.value.path().read_text(encoding="utf-8-sig")
        assert article.sentences.first().exact in text
