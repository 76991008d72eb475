"""House rules that no other tool checks."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
ASSETS = sorted(
    file
    for file in (BASE / "annotations" / "static").rglob("*")
    if file.suffix in {".js", ".css", ".svg"}
)
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", re.IGNORECASE
)
HOST = re.compile(r"(?:https?:)?//([a-z0-9-]+\.[a-z0-9.-]+)", re.IGNORECASE)
NAMED_NOT_CALLED = {"www.w3.org", "schema.org"}


class TestPages:
    @pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
    def test_hold_no_inline_script_or_style(self, file):
        assert not INLINE.search(file.read_text())

    @pytest.mark.parametrize("file", [*TEMPLATES, *ASSETS], ids=lambda file: file.name)
    def test_call_no_other_host(self, file):
        hosts = {host for host in HOST.findall(file.read_text()) if not host.endswith(".example")}

        assert hosts <= NAMED_NOT_CALLED


class TestRequirements:
    @pytest.mark.parametrize("name", ["base", "dev"])
    def test_are_pinned_with_hashes_and_name_no_registry(self, name):
        text = (BASE / "requirements" / f"{name}.txt").read_text()

        assert "://" not in text
        assert "--index-url" not in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in line and line.endswith("\\") for line in pins)

    def test_are_each_explained(self):
        told = (BASE / "docs" / "dependencies.md").read_text().lower()
        lines = [
            *(BASE / "requirements" / "base.in").read_text().splitlines(),
            *(BASE / "requirements" / "dev.in").read_text().splitlines(),
        ]
        names = {re.split(r"[\[<>=; ]", line)[0].lower() for line in lines if line[:1].isalpha()}

        assert {name for name in names if name not in told} == set()


class TestEngine:
    def test_loads_without_any_framework(self):
        code = (
            "import sys\n"
            "for name in ('django', 'celery', 'rest_framework', 'factcheck'):\n"
            "    sys.modules[name] = None\n"
            "import annotations.extraction\n"
        )

        subprocess.run([sys.executable, "-c", code], check=True, cwd=BASE)
