"""Browsers of the cast, already logged in."""

import pytest
from django.test import Client


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def html_of(response):
    """The page in one line, so that its layout does not matter."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def as_annotator(annotator):
    return logged_in(annotator)


@pytest.fixture
def as_reviewer(reviewer):
    return logged_in(reviewer)


@pytest.fixture
def as_outsider(outsider):
    return logged_in(outsider)


@pytest.fixture
def as_manager(manager):
    return logged_in(manager)
