"""What is pressed twice is done once."""

from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Article, Comment, Export
from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import all_saved, pumped
from tests.factories import UserFactory


class TestOnce:
    def test_a_comment_is_sent_once_by_a_key_pressed_twice(self, workbench):
        workbench.keyboard.press("c")
        workbench.keyboard.type("Which year?")

        workbench.keyboard.press("Control+Enter")
        workbench.keyboard.press("Control+Enter")

        pumped(workbench, Comment.objects.exists)
        all_saved(workbench)
        assert Comment.objects.count() == 1

    def test_an_article_is_added_once_by_a_double_click(self, open_page, editor):
        page = open_page(editor)
        page.goto("/articles/add/")
        ready(page)
        page.get_by_label("Text", exact=True).fill("Le port compte 12 quais.")

        page.get_by_role("button", name="Add and extract").dblclick()

        expect(page.locator(".article-head__title")).to_contain_text("12 quais")
        assert Article.objects.count() == 1

    def test_a_form_is_sent_once_by_a_double_click(self, open_page, editor):
        page = open_page(editor)
        page.goto("/articles/add/")
        ready(page)

        went = page.evaluate(
            """() => {
              const form = document.querySelector("form.add");
              let went = 0;
              addEventListener("submit", (event) => {
                went += !event.defaultPrevented;
                event.preventDefault();
              });
              form.noValidate = true;
              for (const _ of [1, 2]) form.querySelector("[data-save]").click();
              return went;
            }"""
        )

        assert went == 1

    def test_a_form_is_sent_once_while_the_next_page_is_slow_to_come(self, open_page, editor):
        page = open_page(editor)
        page.goto("/articles/add/")
        ready(page)

        went = page.evaluate(
            """() => {
              const form = document.querySelector("form.add");
              const send = (timeStamp) => {
                const event = new SubmitEvent("submit", { bubbles: true, cancelable: true });
                Object.defineProperty(event, "timeStamp", { value: timeStamp });
                return form.dispatchEvent(event);
              };
              const before = [send(1_000), send(6_000), send(12_000)];
              dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
              return [...before, send(13_000)];
            }"""
        )

        assert went == [True, False, True, True]

    def test_a_file_is_ordered_once_by_a_double_click(self, open_page, desk):
        page = open_page(UserFactory(on=desk, role="manager"))
        page.goto("/publications/")
        ready(page)
        page.get_by_text("Export files").click()

        orders = []
        page.route(f"**{reverse('editor:export-order')}", lambda route: orders.append(route))

        page.get_by_role("button", name="Write a file").dblclick()
        pumped(page, lambda: orders)
        orders[0].continue_()

        expect(page.locator("#exports")).to_contain_text("JSON Lines")
        page.wait_for_load_state("networkidle")
        assert (len(orders), Export.objects.count()) == (1, 1)
