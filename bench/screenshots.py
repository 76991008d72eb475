"""Pictures of every page of the demo newsroom, for people to look at: `make screenshots`.

Each is taken light and dark, wide and narrow, in French and in English, into a folder that git
ignores. With `--docs`, the few that README and the editor's guide show are written anew.
"""

import argparse
import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotThere

from bench.part import temporary_folder
from factcheck import local
from factcheck.supervisor import free_port

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "screenshots"
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("fr", "en")
SCHEMES = ("light", "dark")
SIZES = {"wide": (1440, 900), "narrow": (360, 780)}
MANAGER, PASSWORD, DESK = "dominique", "factcheck-demo", "politique"
ARTICLE = "Pentagone"  # in the title of the one that the workbench shows
TABLE = "titre,texte,langue\nUn,Le budget atteint 3 millions.,fr\nVide,,fr\nFaux,Un texte.,xx\n"
READY = "Stop with Ctrl-C."
ARGUMENTS = ["--disable-background-networking", "--no-first-run", "--force-color-profile=srgb"]


@dataclass(frozen=True, slots=True)
class Shot:
    """A page, and what is done there before the picture is taken."""

    name: str
    path: str
    act: Callable[[Page], None] | None = None
    is_whole: bool = True


def _listens(page: Page) -> None:
    page.wait_for_selector("html[data-listens]", state="attached")


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


def _open_correction(page: Page) -> None:
    page.locator("details[name^=change] > summary").first.click()


def _open_menu(page: Page) -> None:
    page.locator(".menu-button").click()


def _add_nothing(page: Page) -> None:
    page.locator("main form button[data-save]").click()
    page.wait_for_load_state()


def _send_table(page: Page) -> None:
    """Send a file with a row that can be used and two that cannot; a worker reads it."""
    _listens(page)
    table = {"name": "articles.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("input[type=file]").set_input_files([table])
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector("main table")


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


def _start(page: Page) -> None:
    page.wait_for_selector("#opinion")


SHOTS = (
    Shot("queue", "/"),
    Shot("queue-nothing", "/?language=en&state=failed"),
    Shot("menu", "/", _open_menu, is_whole=False),
    Shot("keys", "/", _open_keys, is_whole=False),
    Shot("search", "/search/?q=missiles"),
    Shot("add", "/articles/add/"),
    Shot("add-refused", "/articles/add/", _add_nothing),
    Shot("import", "/articles/import/"),
    Shot("import-report", "/articles/import/", _send_table),
    Shot("workbench", "/articles/{article}/", _start, is_whole=False),
    Shot("workbench-evidence", "/articles/{article}/", _add_evidence, is_whole=False),
    Shot("workbench-whole", "/articles/{article}/", _open_details),
    Shot("new-text", "/articles/{article}/revise/"),
    Shot("report", "/articles/{article}/report/"),
    Shot("report-paper", "/articles/{article}/report/", _on_paper),
    Shot("review", "/review/"),
    Shot("review-open", "/review/", _open_details),
    Shot("publications", "/publications/"),
    Shot("publications-correct", "/publications/", _open_correction),
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
    Shot("not-found", "/nowhere/"),
    Shot("public-checks", f"/public/{DESK}/"),
    Shot("public-check", f"/public/{DESK}/", _open_check),
    Shot("embed", "/embed/articles/{article}/"),
    Shot("public-corrections", f"/public/{DESK}/corrections/"),
    Shot("public-methodology", f"/public/{DESK}/methodology/"),
)
OF_STRANGERS = (Shot("login", "/login/"), Shot("login-closed", "/login/", _shut_out))
# Of README and guide: the file, the picture in it, and how it is taken.
DOCS = {
    "workbench": ("workbench", "fr", "light", "wide"),
    "workbench-en": ("workbench", "en", "light", "wide"),
    "workbench-dark": ("workbench-evidence", "en", "dark", "wide"),
    "queue": ("queue", "fr", "light", "wide"),
    "review": ("review", "en", "light", "wide"),
    "review-fr": ("review", "fr", "light", "wide"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name begins so")
    parser.add_argument("--docs", action="store_true", help="write those of the documents anew")
    parser.add_argument("--address", default="", help="of a demo newsroom that runs already")
    chosen = parser.parse_args()
    with _newsroom(chosen.address) as address, _chromium() as browser:
        for language in LANGUAGES:
            _take_all(browser, address, language, chosen)
    print(f"\n{FOLDER}")
    return 0


@contextmanager
def _newsroom(address: str) -> Iterator[str]:
    """Run the product with the demo newsroom, as `make run` does, until the pictures are taken."""
    if address:
        yield address
        return
    with temporary_folder() as var:
        port = free_port(local.HOST, 18_600)
        own = {"VAR_DIR": str(var), "DEMO": "true", "DATABASE_URL": "", "REDIS_URL": ""}
        with subprocess.Popen(
            [sys.executable, "manage.py", "local", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | own,
            stdout=subprocess.PIPE,
            text=True,
        ) as program:
            try:
                if not any(READY in line for line in program.stdout or ()):
                    raise SystemExit("The newsroom did not start.")
                yield f"http://{local.HOST}:{port}"
            finally:
                program.terminate()
                program.communicate()  # what it says while it ends


@contextmanager
def _chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise SystemExit("Chromium is not installed (apt-get install chromium).")
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


def _take_all(browser: Browser, address: str, language: str, chosen: argparse.Namespace) -> None:
    state = None
    for scheme, size in product(SCHEMES, SIZES):
        width, height = SIZES[size]
        seen: dict[str, Any] = {
            "base_url": address,
            "viewport": {"width": width, "height": height},
            "color_scheme": scheme,
            "locale": language,
            "reduced_motion": "reduce",
        }
        with browser.new_context(**seen) as context:
            Look(context.new_page(), language, scheme, size, chosen).take(OF_STRANGERS, {})
        with browser.new_context(**seen, storage_state=state) as context:
            page = context.new_page()
            if state is None:
                _log_in(page, language)
                _open_to_readers(page)
                state = context.storage_state()
            places = {"article": _article(page), "webhook": _webhook(page)}
            Look(page, language, scheme, size, chosen).take(SHOTS, places)


@dataclass(frozen=True, slots=True)
class Look:
    page: Page
    language: str
    scheme: str
    size: str
    chosen: argparse.Namespace

    def take(self, shots: Sequence[Shot], places: dict[str, str]) -> None:
        for shot in shots:
            if shot.name.startswith(self.chosen.only):
                self._take(shot, places)

    def _take(self, shot: Shot, places: dict[str, str]) -> None:
        page, file = self.page, FOLDER / self.language / f"{self.scheme}-{self.size}" / shot.name
        file.parent.mkdir(parents=True, exist_ok=True)
        page.emulate_media(media="screen")
        page.goto(shot.path.format(**places))
        try:
            if shot.act:
                shot.act(page)
        except NotThere as trouble:
            print(f"{file}: {trouble}")
        page.wait_for_timeout(150)
        page.screenshot(path=f"{file}.png", full_page=shot.is_whole)
        for name, taken in DOCS.items():
            if self.chosen.docs and taken == (shot.name, self.language, self.scheme, self.size):
                _write_small(page, IMAGES / f"{name}.webp")


def _write_small(page: Page, file: Path) -> None:
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 70})
    file.write_bytes(base64.b64decode(taken["data"]))


def _log_in(page: Page, language: str) -> None:
    page.goto("/login/")
    page.locator("[name=username]").fill(MANAGER)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".queue")
    page.locator(f".languages__one[value={language}]").click()
    page.wait_for_selector(f"html[lang={language}]", state="attached")


def _open_to_readers(page: Page) -> None:
    """Let the desk be public, so that there are public pages to see."""
    page.goto(f"/desks/{DESK}/readers/")
    page.locator("[name=publishes_publicly]").check()
    page.locator("main form button[data-save]").click()
    page.wait_for_load_state()


def _article(page: Page) -> str:
    page.goto("/")
    href = page.locator(".queue__title", has_text=ARTICLE).first.get_attribute("href") or ""
    return href.strip("/").split("/")[-1]


def _webhook(page: Page) -> str:
    """Return the number of the desk's webhook, which is made when there is none."""
    page.goto(f"/desks/{DESK}/webhooks/")
    shown = page.locator("main a[href^='/webhooks/']")
    if not shown.count():
        page.locator("[name=url]").fill("https://cms.example/factcheck")
        page.locator("main form button[data-save]").last.click()
        page.wait_for_load_state()
        page.goto(f"/desks/{DESK}/webhooks/")
    return (shown.first.get_attribute("href") or "").strip("/").split("/")[-1]


if __name__ == "__main__":
    sys.exit(main())
