"""What the pages load ahead is what their scripts go on to ask for."""

import re
from pathlib import Path

from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "annotations/static/annotations/js"
WORKBENCH = Path(settings.BASE_DIR) / "templates/annotations/article.html"
CONTROLLERS = {"main", "workbench", "news", "problems", "saving"}


def imported(name):
    """Every module that a module needs before it runs, itself included."""
    text = (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
    found = {name}
    for other in re.findall(r'from "\./([\w-]+)\.js"', text):
        found |= imported(other)
    return found


class TestPreloads:
    def test_the_workbench_loads_all_of_its_modules_at_once(self):
        html = WORKBENCH.read_text(encoding="utf-8")

        loaded = set(re.findall(r'modulepreload" href="[^"]*js/([\w-]+)\.js', html))

        assert loaded == set().union(*map(imported, CONTROLLERS)) - {"main"}
