"""Every page in a language whose words stand in brackets: nothing else is left in English."""

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from annotations.editor import urls
from annotations.models import Candidate, ExtractionRun, Membership, User
from tests import pseudo
from tests.editor.conftest import logged_in
from tests.factories import (
    ArticleFactory,
    DeskFactory,
    UserFactory,
    WebhookFactory,
    annotated,
    approved,
    published,
)

SPEAK = {"headers": {"Accept-Language": pseudo.CODE}}
ELSEWHERE = ("news", "public", "embed", "oembed", "logout", "welcome", "progress")


@pytest.fixture
def in_brackets(settings, tmp_path):
    pseudo.compile_into(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [*configured.LANGUAGES, (pseudo.CODE, "§")]


@pytest.fixture
def desk(db):
    scale = [{"value": 1, "fr": "§ Faux", "en": "§ False"}]
    return DeskFactory(name="§ Desk", second_person_approves=True, rating_scale=scale)


@pytest.fixture
def people(desk):
    roles = ("manager", "reviewer", "annotator", "annotator")
    return [
        UserFactory(on=desk, role=one, display_name=f"§ {one}", username=f"§{place}")
        for place, one in enumerate(roles)
    ]


@pytest.fixture
def article(desk, people):
    """An article with something in every state."""
    _manager, reviewer, first, second = people
    article = ArticleFactory(desk=desk, sentences=9, title="§ One", source_name="§ Source")
    Candidate.objects.update(signals=[])  # the engine has its own words, in its own languages
    sentences = list(article.sentences.order_by("start"))
    published(sentences[0], annotator=first, reviewer=reviewer, rationale="§ Seen.")
    approved(sentences[1], annotator=first, reviewer=reviewer)
    annotated(sentences[2], by=first, label="unverified")
    annotated(sentences[3], by=first, label="dismissed")
    annotated(sentences[4], by=first, label="verified")
    annotated(sentences[4], by=second, label="disputed")
    return article


@pytest.fixture
def newsroom(desk, article, in_brackets):
    ArticleFactory(desk=desk, extracted=False, title="§ Waiting")
    failed = ArticleFactory(desk=desk, title="§ Failed")
    ExtractionRun.objects.filter(pk=failed.current_run_id).update(state="failed", error="§ Broken.")
    WebhookFactory(desk=desk, created_by=article.desk.memberships.first().user)
    return article


@pytest.fixture
def as_manager(people):
    User.objects.update(language=pseudo.CODE)
    return logged_in(people[0])


def pages(desk):
    """Every page that is opened by its address alone, or by the desk's name."""
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if not any(word in route for word in ELSEWHERE) and set(pattern.pattern.converters) <= {
            "slug"
        }:
            slugs = {"slug": desk.slug} if pattern.pattern.converters else {}
            yield reverse(f"editor:{pattern.name}", kwargs=slugs)


def left_over(client, path, **sent):
    ask = client.post if "data" in sent else client.get
    response = ask(path, **sent, **SPEAK)
    if response.status_code in {302, 405}:
        return []
    page = response.content.decode()
    assert pseudo.OPEN in page or "<html" not in page, path
    return pseudo.untranslated(page)


class TestEveryPage:
    def test_is_translated(self, as_manager, newsroom, desk):
        found = {path: left_over(as_manager, path) for path in pages(desk)}

        assert {path: words for path, words in found.items() if words} == {}

    def test_is_translated_for_somebody_new(self, in_brackets, db):
        client = logged_in(UserFactory(language=pseudo.CODE, display_name="§"))

        found = {path: left_over(client, reverse(path)) for path in ("editor:queue", "editor:add")}

        assert {path: words for path, words in found.items() if words} == {}


class TestWorkbench:
    def test_is_translated_whatever_the_sentence_is(self, as_manager, newsroom):
        paths = [f"/sentences/{one.pk}/" for one in newsroom.sentences.all()]

        found = {
            path: left_over(as_manager, path) for path in (f"/articles/{newsroom.pk}/", *paths)
        }

        assert {path: words for path, words in found.items() if words} == {}


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("editor:add", {}),
            ("editor:add", {"text": "x", "language": "tlh", "published_at": "x"}),
            ("editor:keyboard", {"letter_keys": "on", "key-verified": "d", "key-skip": "F1"}),
            ("editor:password", {"old_password": "x", "new_password1": "a", "new_password2": "b"}),
        ],
    )
    def test_of_forms_are_translated(self, as_manager, newsroom, name, data):
        assert left_over(as_manager, reverse(name), data=data) == []

    def test_of_steps_are_translated(self, as_manager, newsroom):
        verdicts = [one.verdict for one in newsroom.sentences.exclude(verdict=None)]
        steps = ("approve", "return", "adjudicate", "correct", "retract")
        paths = [f"/verdicts/{one.pk}/{step}/" for one in verdicts for step in steps]

        found = {path: left_over(as_manager, path, data={"version": "1"}) for path in paths}

        assert {path: words for path, words in found.items() if words} == {}

    def test_of_the_login_are_translated(self, in_brackets, people):
        client, wrong = Client(), {"username": people[0].username, "password": "wrong"}

        found = [left_over(client, reverse("editor:login"), data=wrong) for _ in range(6)]

        assert found == [[]] * 6

    def test_of_strangers_are_translated(self, as_manager, newsroom):
        Membership.objects.all().delete()

        paths = ("/nowhere/", f"/articles/{newsroom.pk}/", "/review/")

        assert [left_over(as_manager, path) for path in paths] == [[]] * 3
