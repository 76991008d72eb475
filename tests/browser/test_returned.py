"""What a reviewer sends back reaches who labelled it, and leads to the sentence."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import ready
from tests.factories import annotated, sent_back


@pytest.fixture
def sentence(article, editor):
    found = article.sentences.get(index=4)
    annotated(found, by=editor)
    return found


class TestReturned:
    def test_leads_from_the_queue_to_the_sentence_and_the_comment(
        self, open_page, editor, checker, sentence, empty_redis
    ):
        page = open_page(editor)
        page.goto("/")
        ready(page)
        expect(page.locator(".live")).to_have_attribute("data-state", "live")
        notice = page.get_by_role("region", name="Returned to you")
        expect(notice).to_have_count(0)

        sent_back(sentence, by=checker, at=timezone.now())
        expect(notice).to_contain_text("Which year?")
        notice.get_by_role("link", name=sentence.exact).click()

        selected = page.locator("[aria-selected=true] .sentence__exact")
        expect(selected).to_have_text(sentence.exact)
        expect(page.locator("#inspector")).to_contain_text("Which year?")
        row = page.locator(".candidate", has=page.locator("[aria-current=true]"))
        expect(row).to_contain_text("returned")

        page.keyboard.press("d")
        expect(row).to_have_count(1)
        expect(page.locator(f"#c{sentence.pk}")).not_to_contain_text("returned")
        page.goto("/")
        expect(page.locator(".queue__row")).to_be_visible()
        expect(notice).to_have_count(0)

    def test_leads_there_from_the_news_in_the_article(
        self, workbench, checker, sentence, empty_redis
    ):
        expect(workbench.locator(".live")).to_have_attribute("data-state", "live")

        sent_back(sentence, by=checker, at=timezone.now())
        workbench.get_by_role("link", name="Sacha Model, sentence 5: returned it").click()

        selected = workbench.locator("[aria-selected=true] .sentence__exact")
        expect(selected).to_have_text(sentence.exact)
        expect(workbench.locator("#inspector")).to_contain_text("Which year?")
