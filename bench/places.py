"""What the pictured pages need to be there, and where it is found."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from bench.shots import ARTICLE, DESK, LONG, PASSWORD, REVISED

Prepare = Callable[[Page], dict[str, str]]
PATIENCE = 120_000  # milliseconds, for what workers do, or are seen not to do
WAITING = "Le pont compte 12 arches. Il en comptait 9 en 2020."


def log_in(page: Page, user: str) -> None:
    page.goto("/login/")
    page.locator("[name=username]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".menu-button")


def speak(page: Page, language: str) -> None:
    """Choose the language: it is the person's, in every window, since they last chose one."""
    page.goto("/")
    page.locator(f".languages__one[value={language}]").click()
    page.wait_for_selector(f"html[lang={language}]", state="attached")


def of_manager(page: Page) -> dict[str, str]:
    """Let the desk be public, so that there are public pages to see."""
    page.goto(f"/desks/{DESK}/readers/")
    public = page.locator("[name=publishes_publicly]")
    if not public.is_checked():
        public.check()
        _save(page)
    return {"article": _article(page, ARTICLE), "webhook": _webhook(page)}


def of_annotator(page: Page) -> dict[str, str]:
    """Find an article on which somebody has put a label."""
    page.goto("/")
    row = page.locator(".queue__row", has=page.locator(".tally .mark")).first
    return {"labelled": _number(row.locator(".queue__title").get_attribute("href"))}


def of_founder(page: Page) -> dict[str, str]:
    page.goto("/desks/add/")
    page.locator("[name=name]").fill("Faits divers")
    page.locator("[name=slug]").fill("empty")
    _save(page)  # refused once it is there
    return {}


def of_changes(page: Page) -> dict[str, str]:
    """Give an article a new text: of what was labelled, words change and a sentence goes."""
    revised = _article(page, REVISED)
    page.goto(f"/articles/{revised}/texts/2/")
    if page.locator(".error__code").count():
        page.goto(f"/articles/{revised}/")
        changed, gone = (
            page.locator(f".sentence[data-mark={mark}] .sentence__exact").first.inner_text()
            for mark in ("disputed", "dismissed")
        )
        page.goto(f"/articles/{revised}/revise/")
        field = page.locator("[name=text]")
        text = field.input_value().replace(gone, "").replace(changed, f"Ce jour, {changed}")
        field.fill(text)
        _save(page)
    page.goto("/")
    expect(page.locator("[data-progress]")).to_have_count(0, timeout=PATIENCE)
    return {"revised": revised, "long": _article(page, LONG)}


def of_waiting(page: Page) -> dict[str, str]:
    """Add an article that nobody reads, and wait until the silence is noticed."""
    page.goto("/articles/add/")
    page.locator("[name=text]").fill(WAITING)
    _save(page)
    page.goto("/")
    expect(page.locator(".notice code")).to_be_visible(timeout=PATIENCE)
    return {"waiting": _article(page, WAITING[:20])}


def _save(page: Page) -> None:
    page.locator("main form button[data-save]").last.click()
    page.wait_for_load_state()


def _article(page: Page, title: str) -> str:
    page.goto("/")
    return _number(page.locator(".queue__title", has_text=title).first.get_attribute("href"))


def _number(address: str | None) -> str:
    return (address or "").strip("/").split("/")[-1]


def _webhook(page: Page) -> str:
    """Return the number of the desk's webhook, which is made when there is none."""
    page.goto(f"/desks/{DESK}/webhooks/")
    shown = page.locator("main a[href^='/webhooks/']")
    if not shown.count():
        page.locator("[name=url]").fill("https://cms.example/factcheck")
        _save(page)
        page.goto(f"/desks/{DESK}/webhooks/")
    return _number(shown.first.get_attribute("href"))
