"""The whole main job by accessible names and roles alone, as assistive technology finds its way."""

import json
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import expect

from tests.factories import PASSWORD, ArticleFactory, UserFactory

OWN_NAMES = {"fr": "français", "en": "English"}
CLAIM = "Phrase 2 : le total est de 3 millions d’euros. 🙂"
SOURCE = "https://registre-portuaire.example/2024"


@pytest.fixture(params=["fr", "en"])
def words(request):
    """What the pages say, in one of their languages."""
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def people(desk, words):
    names = {"editor": "annotator", "checker": "reviewer"}
    return {name: UserFactory(on=desk, role=role, language=words) for name, role in names.items()}


def log_in(page, user):
    page.goto("/login/")
    page.get_by_role("button", name=OWN_NAMES[translation.get_language()]).click()
    page.get_by_label(gettext("User name")).fill(user.username)
    page.get_by_label(gettext("Password")).fill(PASSWORD)
    page.get_by_role("button", name=gettext("Log in")).click()
    expect(page.get_by_role("heading", name=gettext("Queue"), level=1)).to_be_visible()


def log_out(page, user):
    page.get_by_role("button", name=user.name).click()
    page.get_by_role("button", name=gettext("Log out")).click()
    expect(page.get_by_role("heading", name=gettext("Log in"))).to_be_visible()


def tag(page, article):
    page.get_by_role("link", name=article.title).click()
    text = page.get_by_role("listbox", name=gettext("Sentences of the article"))
    text.get_by_role("option", name=CLAIM).click()
    inspector = page.get_by_role("complementary", name=gettext("Selected sentence"))
    number = gettext("Sentence %(number)s") % {"number": 3}
    expect(inspector.get_by_role("heading", name=number)).to_be_visible()

    inspector.get_by_label(gettext("Rationale")).fill("Counted.")
    inspector.get_by_role("button", name=gettext("Add evidence")).click()
    evidence = inspector.get_by_role("group", name=gettext("Evidence"), exact=True)
    evidence.get_by_label(gettext("Address")).fill(SOURCE)
    evidence.get_by_role("combobox").select_option(label=gettext("supports"))
    labels = inspector.get_by_role("group", name=gettext("Label"), exact=True)
    labels.get_by_role("button", name=gettext("Verified"), exact=True).click()

    saved = page.get_by_role("status").filter(has_text=gettext("Saved:"))
    expect(saved).to_contain_text(gettext("Verified"))
    option = text.get_by_role("option", name=f"{CLAIM} {gettext('Verified')}", exact=True)
    expect(option).to_be_visible()


def approve_and_publish(page):
    main = page.get_by_role("navigation", name=gettext("Main"))
    main.get_by_role("link", name=gettext("Review")).click()
    verdict = page.get_by_role("article", name=CLAIM)
    verdict.get_by_role("button", name=gettext("Approve"), exact=True).click()
    button = ngettext(
        "Publish %(number)s approved sentence", "Publish %(number)s approved sentences", 1
    )
    page.get_by_role("button", name=button % {"number": 1}).click()
    said = ngettext("%(number)s sentence published.", "%(number)s sentences published.", 1)
    expect(page.get_by_role("status").filter(has_text=said % {"number": 1})).to_be_visible()
    main.get_by_role("link", name=gettext("Publications")).click()


def exported(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON Lines").click()
    lines = Path(download.value.path()).read_text().splitlines()
    return json.dumps([json.loads(one) for one in lines], ensure_ascii=False)


def test_main_job(open_page, desk, people):
    article = ArticleFactory(desk=desk, sentences=4)
    page = open_page()

    log_in(page, people["editor"])
    tag(page, article)
    log_out(page, people["editor"])
    log_in(page, people["checker"])
    approve_and_publish(page)
    text = exported(page)

    assert CLAIM in text
    assert SOURCE in text
    assert "Counted." in text
