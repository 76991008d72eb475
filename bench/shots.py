"""Which pages are pictured, as whom, and what is done there first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

MANAGER, ANNOTATOR, NOBODYS, FOUNDER = "dominique", "robin", "nobodys", "founder"
PASSWORD, DESK = "factcheck-demo", "politique"
ARTICLE = "Pentagone"  # in the title of the one that the workbench shows
LONG, REVISED = "qui a permis quoi", "Saint-Aubrac"  # what changes here changes no other picture
TABLE = "titre,texte,langue\nUn,Le budget atteint 3 millions.,fr\nVide,,fr\nFaux,Un texte.,xx\n"
TOO_LARGE = 17 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shot:
    """A page, what is done there before the picture is taken, and what undoes it."""

    name: str
    path: str
    act: Callable[[Page], None] | None = None
    is_whole: bool = True
    undo: Callable[[Page], None] | None = None


def _listens(page: Page) -> None:
    page.wait_for_selector("html[data-listens]", state="attached")


def _start(page: Page) -> None:
    page.wait_for_selector("#opinion")


def _open_keys(page: Page) -> None:
    _listens(page)
    page.keyboard.press("?")


def _add_evidence(page: Page) -> None:
    _start(page)
    _listens(page)
    page.keyboard.press("e")
    page.wait_for_selector("[name=evidence_url]")


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")


def _show_list(page: Page) -> None:
    _start(page)
    page.locator(".workbench__list").evaluate("(list) => list.scrollIntoView()")


def _open_decided(page: Page) -> None:
    """Show all that is said of a sentence, down to its history."""
    _start(page)
    _listens(page)
    page.locator(".sentence[data-mark=disputed]").first.click()
    page.wait_for_selector("#opinion [aria-pressed=true], .inspector .opinions")
    _open_details(page)
    page.locator(".workbench__inspector").evaluate("(pane) => pane.scrollTo(0, pane.scrollHeight)")


def _lose_connection(page: Page) -> None:
    _start(page)
    _listens(page)
    page.context.set_offline(True)
    page.keyboard.press("v")
    page.wait_for_selector(".header__saving:not([hidden])")


def _come_back(page: Page) -> None:
    page.context.set_offline(False)
    page.wait_for_selector(".header__saving", state="hidden")


def _open_correction(page: Page) -> None:
    """Correct what is out; what was retracted could only be published again."""
    standing = page.locator(".publication:not(.publication--retraction)").first
    standing.locator("details[name^=change] > summary").first.click()
    standing.locator("form").wait_for()
    standing.evaluate("(card) => card.scrollIntoView({ block: 'center' })")


def _open_menu(page: Page) -> None:
    page.locator(".menu-button").click()


def _send(page: Page) -> None:
    page.locator("main form button[data-save]").first.click()
    page.wait_for_load_state()


def _send_from_elsewhere(page: Page) -> None:
    page.locator("main [name=csrfmiddlewaretoken]").evaluate("(field) => field.value = 'wrong'")
    _send(page)


def _send_too_much(page: Page) -> None:
    hidden = f"{{ type: 'hidden', name: 'more', value: 'x'.repeat({TOO_LARGE}) }}"
    more = f"Object.assign(document.createElement('input'), {hidden})"
    page.locator("main form").evaluate(f"(form) => form.append({more})")
    _send(page)
    page.wait_for_selector(".error__code")


def _send_table(page: Page) -> None:
    """Send a file with a row that can be used and two that cannot; a worker reads it."""
    _listens(page)
    table = {"name": "articles.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("input[type=file]").set_input_files([table])
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector(".import__counts")


def _open_check(page: Page) -> None:
    page.locator(".outcome__more a").first.click()
    page.wait_for_selector(".outcome")


def _on_paper(page: Page) -> None:
    page.emulate_media(media="print")


def _shut_out(page: Page) -> None:
    """Guess passwords until the login closes for a name that nobody has."""
    while not page.locator(".error__code").count():
        page.goto("/login/")
        page.locator("[name=username]").fill("nobody")
        page.locator("[name=password]").fill("wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=alert], .error__code")


OF_STRANGERS = (Shot("login", "/login/"), Shot("login-closed", "/login/", _shut_out))
SHOTS = (
    Shot("queue", "/"),
    Shot("queue-nothing", "/?language=en&state=failed"),
    Shot("menu", "/", _open_menu, is_whole=False),
    Shot("keys", "/", _open_keys, is_whole=False),
    Shot("search", "/search/?q=missiles"),
    Shot("search-nothing", "/search/?q=zeppelin"),
    Shot("add", "/articles/add/"),
    Shot("add-refused", "/articles/add/", _send),
    Shot("import", "/articles/import/"),
    Shot("import-report", "/articles/import/", _send_table),
    Shot("workbench", "/articles/{article}/", _start, is_whole=False),
    Shot("workbench-evidence", "/articles/{article}/", _add_evidence, is_whole=False),
    Shot("workbench-list", "/articles/{article}/", _show_list, is_whole=False),
    Shot("workbench-decided", "/articles/{article}/", _open_decided, is_whole=False),
    Shot("new-text", "/articles/{article}/revise/"),
    Shot("report", "/articles/{article}/report/"),
    Shot("report-paper", "/articles/{article}/report/", _on_paper),
    Shot("review", "/review/"),
    Shot("review-open", "/review/", _open_details),
    Shot("publications", "/publications/"),
    Shot("publications-correct", "/publications/", _open_correction),
    Shot("publications-open", "/publications/", _open_details),
    Shot("views", "/views/"),
    Shot("settings", "/settings/"),
    Shot("keyboard", "/settings/keyboard/"),
    Shot("appearance", "/settings/appearance/"),
    Shot("password", "/settings/password/"),
    Shot("members", f"/desks/{DESK}/members/"),
    Shot("rules", f"/desks/{DESK}/rules/"),
    Shot("guidelines", f"/desks/{DESK}/guidelines/"),
    Shot("guidelines-edit", f"/desks/{DESK}/guidelines/edit/"),
    Shot("webhooks", f"/desks/{DESK}/webhooks/"),
    Shot("webhook", "/webhooks/{webhook}/"),
    Shot("api-keys", f"/desks/{DESK}/keys/"),
    Shot("readers", f"/desks/{DESK}/readers/"),
    Shot("insights", "/insights/"),
    Shot("insights-tables", "/insights/", _open_details),
    Shot("not-allowed", "/desks/add/"),
    Shot("not-from-here", "/settings/appearance/", _send_from_elsewhere),
    Shot("not-found", "/nowhere/"),
    Shot("too-large", "/settings/appearance/", _send_too_much),
    Shot("public-checks", f"/public/{DESK}/"),
    Shot("public-check", f"/public/{DESK}/", _open_check),
    Shot("embed", "/embed/articles/{article}/"),
    Shot("public-corrections", f"/public/{DESK}/corrections/"),
    Shot("public-methodology", f"/public/{DESK}/methodology/"),
)
# Pages that no address leads to; the runner draws them from their templates.
DRAWN = (Shot("bad-request", "/400.html"), Shot("broken", "/500.html"))
# As an annotator of a desk that works blind.
OF_THE_BLIND = (
    Shot("blind-queue", "/"),
    Shot("blind-workbench", "/articles/{labelled}/", _start, is_whole=False),
)
# As somebody who may found a desk and is on none; and on a desk that has nothing yet.
WITHOUT_DESK = (Shot("no-desk", "/"), Shot("desk-create", "/desks/add/"))
WITH_NOTHING = (
    Shot("empty-queue", "/"),
    Shot("empty-review", "/review/"),
    Shot("empty-publications", "/publications/"),
    Shot("empty-insights", "/insights/"),
    Shot("empty-guidelines", "/desks/empty/guidelines/"),
)
# What is changed for these pictures would show in those above: they come last.
AFTERWARDS = (
    Shot("new-text-told", "/articles/{revised}/texts/2/"),
    Shot("new-text-before", "/articles/{revised}/texts/1/"),
    Shot("new-text-workbench", "/articles/{revised}/", _start, is_whole=False),
    Shot(
        "workbench-offline", "/articles/{long}/", _lose_connection, is_whole=False, undo=_come_back
    ),
)
WITHOUT_WORKERS = (
    Shot("no-worker-queue", "/"),
    Shot("no-worker-workbench", "/articles/{waiting}/", is_whole=False),
)
EVERY = (
    *(*OF_STRANGERS, *SHOTS, *DRAWN, *OF_THE_BLIND),
    *(*WITHOUT_DESK, *WITH_NOTHING, *AFTERWARDS, *WITHOUT_WORKERS),
)
