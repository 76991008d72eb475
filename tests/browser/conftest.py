"""A real browser over a live server; what goes wrong inside it fails the test."""

import os
import shutil
import time
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from annotations.models import Membership
from tests.factories import ArticleFactory, DeskFactory, UserFactory

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 780}
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed (apt-get install chromium).")
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        # Playwright's loop runs in this thread; the tests still read the database from it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        expect.set_options(timeout=20_000)
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def static_files():
    """The files that pages load, gathered as for a deployment."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def open_page(browser, static_files, live_server):
    """Open a page as somebody: `open_page(user, viewport=…, color_scheme=…)`."""
    contexts, troubles = [], []

    def open_page(user=None, *, viewport=WIDE, color_scheme="light"):
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, color_scheme=color_scheme
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: _note(message, troubles))
        return page

    yield open_page
    for context in contexts:
        context.close()
    _let_the_server_finish()
    assert troubles == []


@contextmanager
def held(page, keys):
    """Hold keys that lead to another page until it is there, as the block waits for.

    A key that is let go while one page gives way to the next is answered for by neither, and the
    browser would be waited for without an end.
    """
    names = keys.split("+")
    for name in names:
        page.keyboard.down(name)
    yield
    for name in reversed(names):
        page.keyboard.up(name)


def holding(page, pattern):
    """Hold the requests that fit; returns them as they come."""
    held = []
    page.route(pattern, lambda route: held.append(route))
    return held


def ready(page):
    """Wait until the page listens to keys."""
    page.wait_for_selector("html[data-listens]", state="attached")


def _let_the_server_finish():
    """Wait until no request is under way: emptying the tables would run into its locks."""
    calm = 0
    while calm < 3:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            calm = 0 if cursor.fetchone()[0] else calm + 1
        time.sleep(0.02)


def session_of(user, url):
    client = Client()
    client.force_login(user)
    morsel = client.cookies["factcheck_session"]
    return {"name": morsel.key, "value": morsel.value, "url": url}


def _note(message, troubles):
    """Refused writes and cut networks are part of some tests; anything else is a fault."""
    cut = ("htmx:sendError", "htmx:afterRequest", "htmx:timeout", "Response Status Error Code")
    expected = "Failed to load resource" in message.text or message.text.startswith(cut)
    if message.type in {"error", "warning"} and not expected:
        troubles.append(message.text)


@pytest.fixture
def desk(transactional_db):
    return DeskFactory(name="Politics")


@pytest.fixture
def editor(desk):
    return UserFactory(on=desk, display_name="Camille Example")


@pytest.fixture
def checker(desk):
    return UserFactory(on=desk, role=Membership.Role.REVIEWER, display_name="Sacha Model")


@pytest.fixture
def article(desk):
    """Seven sentences; the first, third, fifth and seventh are candidates."""
    return ArticleFactory(desk=desk, sentences=7, source_name="La Gazette")


@pytest.fixture
def workbench(open_page, editor, article):
    """The article's workbench, open, its first candidate selected and inspected."""
    page = open_page(editor)
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("#opinion")
    return page
