#!/usr/bin/env python
"""Run Django's management commands for factcheck."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, load_command_class
from dotenv import load_dotenv


def main() -> None:
    if sys.argv[1:2] == ["local"]:
        os.environ.setdefault("DEMO", "true")
        load_command_class("annotations", "local").run_from_argv(sys.argv)  # without the house
    else:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    load_dotenv(Path(__file__).resolve().parent / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    try:
        main()
    except ImproperlyConfigured as error:
        sys.exit(f"{error} (All settings: .env.example)")
