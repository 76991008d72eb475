"""What a page draws anew by itself: it takes nothing away, and is not given up."""

import pytest
from playwright.sync_api import expect

from annotations.models import Import
from tests.browser.conftest import ready
from tests.browser.test_nothing_lost import pumped
from tests.factories import PASSWORD, ArticleFactory, UserFactory, checked_import

DRAWN = """() => new Promise((done) => {
  document.body.addEventListener("htmx:afterSettle", () => done(), { once: true });
  htmx.trigger("#queue", "news");
})"""
HIDE = """() => {{
  Object.defineProperty(document, "hidden", {{ get: () => {}, configurable: true }});
  document.dispatchEvent(new Event("visibilitychange"));
}}"""


@pytest.fixture
def manager(desk):
    return UserFactory(on=desk, role="manager")


@pytest.fixture
def queue(open_page, checker, desk):
    ArticleFactory.create_batch(4, desk=desk)
    page = open_page(checker)
    page.goto("/")
    ready(page)
    return page


class TestQueue:
    @pytest.mark.parametrize("place", [".queue__select", ".queue__title"])
    def test_leaves_the_focus(self, queue, place):
        queue.locator(place).nth(2).focus()

        queue.evaluate(DRAWN)

        expect(queue.locator(place).nth(2)).to_be_focused()

    def test_leaves_what_is_selected_just_then(self, queue):
        queue.locator(".queue__select").nth(2).click()
        queue.evaluate(
            """() => document.body.addEventListener("htmx:afterSwap", () => {
              setTimeout(() => document.querySelector(".queue__select").click());
            }, { once: true })"""
        )

        queue.evaluate(DRAWN)

        expect(queue.locator(".queue__select:checked")).to_have_count(2)

    @pytest.mark.usefixtures("empty_redis")
    def test_has_slept_and_shows_what_happened_meanwhile(self, open_page, editor, desk):
        page = open_page(editor)
        page.clock.install()
        page.goto("/")
        expect(page.locator(".live")).to_have_attribute("data-state", "live")
        page.evaluate(HIDE.format("true"))
        page.clock.run_for(11_000)
        ArticleFactory(desk=desk)

        with page.expect_request("**/news/**"):
            page.evaluate(HIDE.format("false"))

        pumped(page, lambda: page.clock.run_for(500) or page.locator(".queue__title").count())

    def test_takes_what_is_done_with_many_after_a_login_elsewhere(self, open_page, checker, desk):
        checker.set_password(PASSWORD)
        checker.save()
        ArticleFactory(desk=desk)
        page = open_page()
        logged_in(page, checker)
        page.locator(".queue__select").first.click()
        page.context.clear_cookies(name="factcheck_session")
        logged_in(page.context.new_page(), checker)

        page.get_by_role("button", name="Assign 1").click()

        expect(page.locator("#bulk-done")).to_contain_text("1 article changed.")


def logged_in(page, user):
    page.goto("/login/")
    page.get_by_label("User name").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/")
    ready(page)


class TestImport:
    def test_is_asked_for_again_where_no_answer_came(self, open_page, manager, desk):
        work = checked_import(desk, manager)
        Import.objects.update(state="running")
        page = open_page(manager)
        page.goto(f"/imports/{work.pk}/")
        ready(page)
        address = f"**/imports/{work.pk}/"
        with page.expect_event("requestfailed"):
            page.route(address, lambda route: route.abort())
        page.unroute(address)

        Import.objects.update(state="succeeded")

        expect(page.locator("#import-confirm")).to_be_visible()
