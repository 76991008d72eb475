"""Callers of the API, and what they read."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Verdict
from annotations.workflow import api_keys
from tests.factories import ArticleFactory, approved, published


class Caller:
    """A client that speaks JSON, as a person (session) or as a program (key)."""

    def __init__(self, *, user=None, key=None):
        headers = {"Authorization": f"Api-Key {key}"} if key else {}
        self.client = Client(headers=headers)
        if user:
            self.client.force_login(user)

    def __getattr__(self, method):
        def call(path, body=None, *, version=None, headers=None, **options):
            headers = dict(headers or {})
            if version is not None:
                headers["If-Match"] = f'"{version}"'
            if method not in {"get", "head"}:
                options = {"content_type": "application/json"} | options
                options["data"] = json.dumps({} if body is None else body)
            return getattr(self.client, method)(f"/api/v1{path}", headers=headers, **options)

        return call


@pytest.fixture
def as_user():
    return lambda user: Caller(user=user)


@pytest.fixture
def as_key(manager):
    """Make a key of the manager's desk with these scopes, and a caller that uses it."""

    def make(*scopes, by=manager):
        desk = by.memberships.get().desk
        issued = api_keys.issue(desk=desk, name="CMS", scopes=scopes, by=by, at=timezone.now())
        return Caller(key=issued.text)

    return make


@pytest.fixture
def nobody():
    return Caller()


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


@pytest.fixture
def sentence(article):
    return article.sentences.order_by("start").first()


@pytest.fixture
def proposed(sentence, annotator, as_user):
    """A verdict that waits for review."""
    as_user(annotator).put(f"/sentences/{sentence.pk}/annotation/", {"label": "verified"})
    return Verdict.objects.get(sentence=sentence)


@pytest.fixture
def out(article, annotator, reviewer):
    """Five publications of one article."""
    sentences = article.sentences.order_by("start")[:5]
    for sentence in sentences:
        approved(sentence, annotator=annotator, reviewer=reviewer)
    last = article.sentences.order_by("start")[5]
    published(last, annotator=annotator, reviewer=reviewer)
    return list(article.publications.order_by("sequence"))


def problem(response, *, status, code):
    """Check that an answer is a problem of this kind; return it."""
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert response["Content-Type"] == "application/problem+json"
    assert body["status"] == status
    assert body["type"].endswith(code)
    assert body["title"]
    assert body["detail"]
    return body
