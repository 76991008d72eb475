"""Pictures of every page of the demo newsroom, for people to look at: `make screenshots`.

Each is taken light and dark, wide and narrow, in French and in English, into a folder that git
ignores. With `--docs`, the few that README and the editor's guide show are written anew.
`--also` takes a further look: forced colours, or a page zoomed to 200 %.
"""

import argparse
import base64
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotThere

from bench import places, shots
from bench.part import temporary_folder
from bench.shots import Shot
from factcheck import local
from factcheck.supervisor import free_port

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "screenshots"
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("fr", "en")
SCHEMES = ("light", "dark")
SIZES = {"wide": (1440, 900), "narrow": (360, 780)}
# Looks besides the eight: at 200 % a window of 1440 pixels has room for 720.
ALSO: dict[str, dict[str, Any]] = {
    "forced-colours": {"forced_colors": "active", "viewport": {"width": 1440, "height": 900}},
    "zoomed": {"device_scale_factor": 2, "viewport": {"width": 720, "height": 450}},
}
READY = "Stop with Ctrl-C."
ARGUMENTS = ["--disable-background-networking", "--no-first-run", "--force-color-profile=srgb"]
# Of README and guide: the file, the picture in it, and how it is taken.
DOCS = {
    "workbench": ("workbench", "fr", "light-wide"),
    "workbench-en": ("workbench", "en", "light-wide"),
    "workbench-dark": ("workbench-evidence", "en", "dark-wide"),
    "queue": ("queue", "fr", "light-wide"),
    "review": ("review", "en", "light-wide"),
    "review-fr": ("review", "fr", "light-wide"),
    "add": ("add", "en", "light-wide"),
    "add-fr": ("add", "fr", "light-wide"),
    "keys": ("keys", "en", "light-wide"),
    "keys-fr": ("keys", "fr", "light-wide"),
    "correction": ("publications-correct", "en", "light-wide"),
    "correction-fr": ("publications-correct", "fr", "light-wide"),
}


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The product with the demo newsroom; the program is somebody else's where there is none."""

    address: str
    program: subprocess.Popen[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str, **also: str) -> str:
        environment = os.environ | self.environment | also
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
        )
        return done.stdout

    def draw(self, template: str, language: str) -> str:
        code = (
            "from django.template.loader import render_to_string; "
            "from django.utils.translation import activate; "
            f"activate({language!r}); print(render_to_string({template!r}))"
        )
        said = self.manage("shell", "--verbosity", "0", "-c", code)
        return said[said.index("<!DOCTYPE") :]

    @contextmanager
    def without_workers(self) -> Iterator[None]:
        """Let the workers hold their breath."""
        asked = ["ps", "-o", "pid=,args=", "--ppid", str(self.program.pid if self.program else 0)]
        lines = subprocess.run(asked, check=False, text=True, stdout=subprocess.PIPE).stdout
        groups = [int(line.split()[0]) for line in lines.splitlines() if " worker " in line]
        for group in groups:
            os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            for group in groups:
                os.killpg(group, signal.SIGCONT)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=[""], help="pages whose name begins so")
    parser.add_argument("--docs", action="store_true", help="write those of the documents anew")
    parser.add_argument("--also", choices=ALSO, help="this look in place of the usual eight")
    parser.add_argument("--address", default="", help="of a demo newsroom that runs already")
    chosen = parser.parse_args()
    with _newsroom(chosen.address) as newsroom, _chromium() as browser:
        _Photographer(newsroom, browser, chosen).take_all()
    print(f"\n{FOLDER}")
    return 0


@contextmanager
def _newsroom(address: str) -> Iterator[Newsroom]:
    """Run the product with the demo newsroom, as `make run` does, until the pictures are taken."""
    if address:
        yield Newsroom(address)
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
                yield Newsroom(f"http://{local.HOST}:{port}", program, own)
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


@dataclass(frozen=True, slots=True)
class _Photographer:
    newsroom: Newsroom
    browser: Browser
    chosen: argparse.Namespace
    logins: dict[str, Any] = field(default_factory=dict)
    drawn: dict[tuple[str, str], str] = field(default_factory=dict)

    def take_all(self) -> None:
        self._take(shots.OF_STRANGERS)
        self._take(shots.SHOTS, shots.MANAGER, places.of_manager)
        self._take(shots.OF_THE_BLIND, shots.ANNOTATOR, places.of_annotator)
        if self.newsroom.program:
            self._take(shots.DRAWN)
            self._take_of_founders()
        self._take(shots.AFTERWARDS, shots.MANAGER, places.of_changes)
        if self.newsroom.program and self._wanted(shots.WITHOUT_WORKERS):
            with self.newsroom.without_workers():
                self._take(shots.WITHOUT_WORKERS, shots.MANAGER, places.of_waiting)

    def _take_of_founders(self) -> None:
        if not self._wanted((*shots.WITHOUT_DESK, *shots.WITH_NOTHING)):
            return
        for name in (shots.NOBODYS, shots.FOUNDER):
            mail, secret = f"{name}@newsroom.example", {"DJANGO_SUPERUSER_PASSWORD": shots.PASSWORD}
            named = ("--username", name, "--email", mail)
            self.newsroom.manage("createsuperuser", "--noinput", *named, **secret)
        self._take(shots.WITHOUT_DESK, shots.NOBODYS)
        self._take(shots.WITH_NOTHING, shots.FOUNDER, places.of_founder)

    def _wanted(self, several: Sequence[Shot]) -> list[Shot]:
        return [one for one in several if one.name.startswith(tuple(self.chosen.only))]

    def _take(
        self, several: Sequence[Shot], user: str = "", prepare: places.Prepare | None = None
    ) -> None:
        wanted = self._wanted(several)
        for language, (look, seen) in product(LANGUAGES, self._looks() if wanted else ()):
            state = self.logins.get(user)
            base = {"base_url": self.newsroom.address, "locale": language}
            context = self.browser.new_context(
                **base, **seen, reduced_motion="reduce", storage_state=state
            )
            with context:
                page = context.new_page()
                if user and state is None:
                    places.log_in(page, user)
                    self.logins[user] = context.storage_state()
                if user:
                    places.speak(page, language)
                where = prepare(page) if prepare else {}
                for shot in wanted:
                    self._take_one(page, shot, language, look, where)

    def _looks(self) -> list[tuple[str, dict[str, Any]]]:
        if self.chosen.also:
            return [(self.chosen.also, ALSO[self.chosen.also])]
        return [
            (
                f"{scheme}-{size}",
                {
                    "viewport": {"width": SIZES[size][0], "height": SIZES[size][1]},
                    "color_scheme": scheme,
                },
            )
            for scheme, size in product(SCHEMES, SIZES)
        ]

    def _take_one(
        self, page: Page, shot: Shot, language: str, look: str, where: dict[str, str]
    ) -> None:
        file = FOLDER / language / look / shot.name
        file.parent.mkdir(parents=True, exist_ok=True)
        page.emulate_media(media="screen")
        if shot in shots.DRAWN:
            body = self._drawn(shot.path.strip("/"), language)
            page.route(f"**{shot.path}", lambda route: route.fulfill(body=body, status=500))
        page.goto(shot.path.format(**where))
        try:
            if shot.act:
                shot.act(page)
        except NotThere as trouble:
            print(f"{file}: {trouble}")
        page.wait_for_timeout(150)
        page.screenshot(path=f"{file}.png", full_page=shot.is_whole)
        for name, taken in DOCS.items():
            if self.chosen.docs and taken == (shot.name, language, look):
                _write_small(page, IMAGES / f"{name}.webp")
        if shot.undo:
            shot.undo(page)

    def _drawn(self, template: str, language: str) -> str:
        if (template, language) not in self.drawn:
            self.drawn[template, language] = self.newsroom.draw(template, language)
        return self.drawn[template, language]


def _write_small(page: Page, file: Path) -> None:
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 70})
    file.write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    sys.exit(main())
