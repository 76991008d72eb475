"""The whole main job with the keyboard only, over a real worker, to the publisher's program."""

import json

from playwright.sync_api import expect

from annotations.models import ApiKey, Membership
from annotations.workflow import api_keys
from tests.browser.conftest import held, ready
from tests.factories import PASSWORD, UserFactory

TEXT = """Le port de Valmorin double ses quais

Le port de Valmorin a accueilli 412 navires en 2024, a déclaré lundi sa directrice, Odile Maquette.
Le trafic a augmenté de 18 % en un an. Les quais sont-ils assez longs ?
"""
CLAIM = "Le trafic a augmenté de 18 % en un an."
SOURCE = "https://registre-portuaire.example/2024"


def log_in(page, user):
    page.goto("/login/")
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    ready(page)


def tab_to(page, locator):
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(40):
        if locator.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} cannot be reached with Tab")


def add_article(page):
    tab_to(page, page.get_by_role("link", name="Add the first article"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Text", exact=True))
    page.keyboard.insert_text(TEXT)
    ready(page)
    with held(page, "Control+Enter"):
        expect(page.locator(".article-head__title")).to_be_visible()


def tag(page):
    claim = page.get_by_role("option", name=CLAIM)
    expect(claim).to_be_visible(timeout=30_000)
    expect(page.locator("#opinion")).to_be_visible()
    while claim.get_attribute("aria-selected") != "true":
        page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.type(SOURCE)
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.locator("#announcer")).to_contain_text("Saved: Verified")
    expect(page.get_by_role("option", name=f"{CLAIM} Verified")).to_be_visible()


def approve_and_publish(page):
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Publish 1 approved sentence")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_text("1 sentence published.")).to_be_visible()


def test_main_job(open_page, desk, editor, checker, worker, now):
    manager = UserFactory(on=desk, role=Membership.Role.MANAGER)
    scopes = [ApiKey.Scope.READ_PUBLISHED]
    issued = api_keys.issue(desk=desk, name="website", scopes=scopes, by=manager, at=now)
    writing, reviewing = open_page(), open_page()

    log_in(writing, editor)
    add_article(writing)
    tag(writing)
    log_in(reviewing, checker)
    before = exported(reviewing, issued.text)
    approve_and_publish(reviewing)
    [line] = exported(reviewing, issued.text)

    assert before == []
    assert CLAIM in json.dumps(line, ensure_ascii=False)
    assert SOURCE in json.dumps(line)


def exported(page, key):
    """Read the export as a publisher's program does: with its key and nothing else."""
    headers = {"Authorization": f"Api-Key {key}", "Cookie": ""}
    response = page.request.get("/api/v1/exports/?format=jsonl", headers=headers)
    assert response.status == 200
    return [json.loads(line) for line in response.text().splitlines()]
