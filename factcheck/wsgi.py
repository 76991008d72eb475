"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = get_wsgi_application()
# Imported by name: nothing of the house can be loaded before Django is set up, just above.
import_string("annotations.editor.live.ending.end_with_process")()
# Connect before the first request asks for it; where the database is away, the pool goes on trying.
if pool := getattr(connection, "pool", None):
    pool.open()
