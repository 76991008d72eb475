"""Settings and insights in a real browser: nothing in the way of anybody, and no colour flashes."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from annotations.models import ApiKey, Verdict, WebhookDelivery
from annotations.workflow import api_keys, members
from tests.browser.conftest import NARROW, WIDE, ready
from tests.factories import ArticleFactory, UserFactory, WebhookFactory, annotated, approved

LOOKS = [
    pytest.param(viewport, scheme, id=f"{scheme}-{viewport['width']}")
    for viewport in (WIDE, NARROW)
    for scheme in ("light", "dark")
]
PAGES = [
    "/settings/",
    "/settings/appearance/",
    "/settings/keyboard/",
    "/settings/password/",
    "/desks/add/",
    "/desks/{desk}/rules/",
    "/desks/{desk}/members/",
    "/desks/{desk}/guidelines/",
    "/desks/{desk}/guidelines/edit/",
    "/desks/{desk}/keys/",
    "/desks/{desk}/webhooks/",
    "/webhooks/{webhook}/",
    "/desks/{desk}/readers/",
    "/insights/",
]


@pytest.fixture
def manager(desk):
    return UserFactory(on=desk, role="manager", display_name="Noa Model", is_superuser=True)


@pytest.fixture
def webhook(desk, manager):
    """Failing for days, so that every notice shows."""
    now = timezone.now()
    WebhookFactory(
        desk=desk,
        created_by=manager,
        state="paused",
        paused_because="failing",
        url="https://a.example/",
    )
    webhook = WebhookFactory(
        desk=desk, created_by=manager, failures=4, retry_at=now + timedelta(hours=1)
    )
    for state in ("delivered", "pending", "failed"):
        WebhookDelivery.objects.create(
            endpoint=webhook,
            event="article.finished",
            subject=f"article:{state}",
            data={"id": 1},
            occurred_at=now,
            next_attempt_at=now,
            state=state,
            attempts=3,
            status=500,
            answer="<p>Internal error</p>",
        )
    return webhook


@pytest.fixture
def busy_desk(desk, manager, editor, checker, webhook):
    """Something to see on every page of settings, and a chart in every panel."""
    now = timezone.now()
    members.invite(
        desk=desk, newcomer=members.Newcomer("zoe"), role="annotator", by=manager, at=now
    )
    key = api_keys.issue(desk=desk, name="Old", scopes=["read:all"], by=manager, at=now).key
    api_keys.revoke(key=key, by=manager, at=now)
    api_keys.issue(desk=desk, name="Site", scopes=["read:published"], by=manager, at=now)
    desk.guidelines = "# Rule\nOne sentence.\n\n- a figure\n- a date"
    desk.save()
    article = ArticleFactory(desk=desk, sentences=14, created_at=now)
    article.current_run.revision.runs.update(queued_at=now, started_at=now, finished_at=now)
    for sentence in article.sentences.all()[:12]:
        annotated(sentence, by=editor, at=now)
        annotated(sentence, by=checker, at=now)
    third = UserFactory(on=desk, role="reviewer")
    approved(article.sentences.last(), annotator=editor, reviewer=third, at=now)
    Verdict.objects.filter(state="approved").update(approved_at=now)


def _violations(page):
    violations = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in violations]


class TestEveryPage:
    @pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
    def test_is_for_everybody_and_fits(
        self, open_page, manager, desk, busy_desk, webhook, viewport, scheme
    ):
        page = open_page(manager, viewport=viewport, color_scheme=scheme)
        found, widths = {}, {}

        for path in PAGES:
            page.goto(path.format(desk=desk.slug, webhook=webhook.pk))
            page.evaluate("document.querySelectorAll('main details').forEach((e) => e.open = true)")
            found[path] = _violations(page)
            widths[path] = page.evaluate("document.documentElement.scrollWidth")

        assert found == {path: [] for path in PAGES}
        assert widths == dict.fromkeys(PAGES, viewport["width"])


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
        page.get_by_role("button", name="Make the key").click()
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
