"""Settings and insights in a real browser: nothing in the way of anybody, and no colour flashes."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from annotations.models import ApiKey, Verdict
from tests.browser.conftest import NARROW, ready
from tests.factories import ArticleFactory, UserFactory, annotated, approved


@pytest.fixture
def manager(desk):
    return UserFactory(on=desk, role="manager", display_name="Noa Model", is_superuser=True)


@pytest.fixture
def busy_desk(desk, manager, editor, checker):
    """A chart in every panel."""
    now = timezone.now()
    article = ArticleFactory(desk=desk, sentences=14, created_at=now)
    article.current_run.revision.runs.update(queued_at=now, started_at=now, finished_at=now)
    for sentence in article.sentences.all()[:12]:
        annotated(sentence, by=editor, at=now)
        annotated(sentence, by=checker, at=now)
    third = UserFactory(on=desk, role="reviewer")
    approved(article.sentences.last(), annotator=editor, reviewer=third, at=now)
    Verdict.objects.filter(state="approved").update(approved_at=now)


class TestInsights:
    def test_draws_every_chart_where_it_can_be_seen(self, open_page, manager, busy_desk):
        page = open_page(manager, viewport=NARROW)
        page.goto("/insights/")

        charts = page.locator("svg[role=img]")
        expect(charts).to_have_count(5)
        for chart in charts.all():
            frame, inside = chart.bounding_box(), chart.evaluate("(svg) => svg.getBBox().height")
            assert frame["x"] >= 0
            assert frame["x"] + frame["width"] <= NARROW["width"]
            assert 0 < inside <= frame["height"] + 8

    def test_reaches_the_tables_by_keyboard(self, open_page, manager, busy_desk):
        page = open_page(manager)
        page.goto("/insights/")
        ready(page)
        page.locator(".panel--labels summary").focus()

        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        expect(page.locator(".panel--labels .panel__scroll")).to_be_focused()
        expect(page.locator(".panel--labels table")).to_be_visible()

    def test_keeps_the_period_in_the_address(self, open_page, manager, busy_desk):
        page = open_page(manager)
        page.goto("/insights/")

        page.get_by_label("Period", exact=True).select_option("7")
        page.get_by_role("button", name="Show", exact=True).click()

        expect(page.locator(".panel--labels tbody tr")).to_have_count(7)
        assert "days=7" in page.url


class TestTheme:
    def test_is_there_before_anything_runs(self, open_page, manager):
        manager.theme = "dark"
        manager.save()
        page = open_page(manager, color_scheme="light")
        page.route("**/*.js", lambda route: route.abort())

        page.goto("/settings/")

        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert colour == "rgb(24, 23, 21)"

    def test_is_chosen_and_stays(self, open_page, manager):
        page = open_page(manager, color_scheme="dark")
        page.goto("/settings/appearance/")

        page.get_by_label("light", exact=True).check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
        page.goto("/")

        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert colour == "rgb(251, 250, 247)"


class TestKeys:
    def test_are_made_copied_and_revoked(self, open_page, manager, desk):
        page = open_page(manager)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"/desks/{desk.slug}/keys/")
        ready(page)

        page.get_by_label("Name").fill("Site")
        page.get_by_role("button", name="Create the key").click()
        ready(page)
        text = page.locator("#once").input_value()
        page.get_by_role("button", name="Copy").click()
        expect(page.locator("#announcer")).to_have_text("Copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        page.get_by_text("Revoke", exact=False).first.click()
        page.get_by_role("button", name="Revoke the key").click()
        expect(page.locator(".row--ended")).to_have_count(1)

        assert copied == text
        assert ApiKey.objects.get().revoked_at
