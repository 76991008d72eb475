"""The Django project: wiring only."""

from factcheck.celery import app

__all__ = ["app"]
