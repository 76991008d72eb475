"""The clock: tells the workers what is due, by name. It loads nothing of what they do.

A Celery application without its Django part, because that would load the whole house.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck", fixups=[])
app.config_from_object("django.conf:settings", namespace="CELERY")
