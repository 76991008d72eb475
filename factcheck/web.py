"""The web server: granian, with the house loaded before its workers are forked.

They share what it weighs, and each answers its first request as quickly as every other. Takes the
words that granian takes; before them `--held`, to load, to collect the files that it serves, and
not to listen until it is released.
"""

import gc
import os
import sys
from importlib import import_module

import django
from django.core.management import call_command
from django.urls import get_resolver
from granian.cli import entrypoint

from factcheck.steps import Step
from factcheck.supervisor import wait_for_release

HELD = "--held"
LATE = (  # what Django and the driver would load for the first request of each process
    "django.contrib.messages.storage.fallback",
    "django.contrib.sessions.serializers",
    "psycopg_pool",
)


def load(*, collect: bool) -> None:
    """Load all that answers requests, and keep it from the collector: it would be copied."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    if collect:
        with Step("collectstatic"):
            call_command("collectstatic", interactive=False, verbosity=0)
    _every_page = get_resolver().url_patterns
    for name in LATE:
        import_module(name)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    held = sys.argv[1:2] == [HELD]
    load(collect=held)
    if held:
        del sys.argv[1]
        wait_for_release()
    entrypoint()  # type: ignore[no-untyped-call]  # granian says no types of it
