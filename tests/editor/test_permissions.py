"""Every page and every button, by everybody who may knock: own desk and foreign desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone

from annotations.editor.urls import urlpatterns
from annotations.models import AuditEvent, Desk, Publication, Verdict, WebhookDelivery
from annotations.workflow import api_keys, members, saved_views
from annotations.workflow.errors import NotAllowed
from factcheck.urls import urlpatterns as whole
from tests.editor.conftest import logged_in
from tests.editor.permission_table import MEMBERS, OF_DESK, OPEN, OWN, PAGES, PUBLIC, SECRET, TABLE
from tests.factories import (
    AT,
    ArticleFactory,
    DeskFactory,
    ExportFactory,
    UserFactory,
    WebhookFactory,
    annotated,
    approved,
    checked_import,
    published,
)

METHODS = ("get", "head", "post", "put", "patch", "delete")


def named(pages):
    return pytest.mark.parametrize(
        "page", pages, ids=[f"{page.method} {page.name} {page.of}".strip() for page in pages]
    )


@pytest.fixture
def desk(db):
    return DeskFactory(name=f"Desk {SECRET}", methodology=SECRET, second_person_approves=True)


@pytest.fixture
def things(desk, annotator, reviewer, empty_redis):
    """One of each, by the names that the tables use."""
    article = ArticleFactory(desk=desk, sentences=6, title=SECRET)
    first, second, third, fourth, fifth, _sixth = article.sentences.order_by("start")
    out = published(first, annotator=annotator, reviewer=reviewer, rationale=SECRET)
    annotated(second, by=annotator, rationale=SECRET)
    approved(third, annotator=annotator, reviewer=reviewer)
    UserFactory(username="zoe")
    by = UserFactory(on=desk, role="manager")
    webhook = WebhookFactory(desk=desk, created_by=by)
    return {
        "panel": "backlog",
        "webhook": webhook.pk,
        "import": checked_import(desk, annotator, content=TABLE.encode()).pk,
        "delivery": delivery_of(webhook).pk,
        "membership": invited(desk, by=by).pk,
        "key": key_of(desk, by=by).pk,
        "desk": desk.pk,
        "slug": desk.slug,
        "view": saved_views.save(
            page="queue", name=SECRET, query="", desk=desk, by=by, at=timezone.now()
        ).pk,
        "article": article.pk,
        "text": 1,
        "sentence": fourth.pk,
        "free": fifth.pk,
        "span": (fifth.start, fifth.end),
        "proposed": Verdict.objects.get(sentence=second).pk,
        "published": out.verdict_id,
        "version": Verdict.objects.get(sentence=first).version,
        "export": ExportFactory(desk=desk).pk,
        "embed": reverse("editor:embed-article", args=[article.pk]),
    }


def delivery_of(webhook):
    return WebhookDelivery.objects.create(
        endpoint=webhook,
        event="article.finished",
        subject="article:1",
        data={"id": 1},
        occurred_at=AT,
        next_attempt_at=AT,
    )


def invited(desk, *, by):
    newcomer = members.Newcomer("awaited")
    return members.invite(
        desk=desk, newcomer=newcomer, role="annotator", by=by, at=timezone.now()
    ).membership


def key_of(desk, *, by):
    return api_keys.issue(desk=desk, name=SECRET, scopes=["read:all"], by=by, at=timezone.now()).key


def address(page, things):
    return reverse(f"editor:{page.name}", args=[things[name] for name in page.of.split()])


def sent(value, things):
    """Fill in the `things`; bytes are a file."""
    return (
        SimpleUploadedFile("a.csv", value) if isinstance(value, bytes) else value.format(**things)
    )


def knock(client, page, things):
    data = {name: sent(value, things) for name, value in page.data.items()}
    if page.of == "free":
        data |= dict(zip(("start", "end"), things["span"], strict=True))
    return getattr(client, page.method)(address(page, things), data)


def prepare(page, person, things):
    """Undo needs something that one did, redo something that one undid."""
    steps = {"article-undo": ["sentence"], "article-redo": ["sentence", "article-undo"]}
    for name in steps.get(page.name, []):
        step = next(one for one in PAGES if one.name in {f"{name}-annotate", name} and one.of)
        before = next(one for one in PAGES if one.name == "sentence-annotate")
        knock(logged_in(person), before if name == "sentence" else step, things)

    if page.name == "article-take-back":
        knock(
            logged_in(person), next(one for one in PAGES if one.name == "article-approve"), things
        )


def was_refused(response):
    """Not there, or not for this role; a form that could not be used is no closed door."""
    if response.status_code in {403, 404}:
        return True
    problem = (response.context or {}).get("problem") if response.status_code == 422 else None
    return isinstance(problem, NotAllowed)


def traces():
    return AuditEvent.objects.count(), Publication.objects.count()


class TestPage:
    @named(PAGES)
    @pytest.mark.parametrize("role", MEMBERS)
    def test_opens_to_the_desks_members_by_role(self, things, desk, page, role):
        person = UserFactory(on=desk, role=role)
        prepare(page, person, things)
        before = traces()

        response = knock(logged_in(person), page, things)

        if role in page.who:
            assert response.status_code < 400, response.content.decode()
        else:
            assert was_refused(response), (response.status_code, response.content.decode())
            assert traces() == before

    @named(OF_DESK)
    def test_is_no_place_for_outsiders(self, things, outsider, page):
        before = traces()

        response = knock(logged_in(outsider), page, things)

        assert response.status_code == 404
        assert traces() == before

    @named(OWN)
    def test_shows_outsiders_nothing_of_the_desk(self, things, outsider, page):
        response = knock(logged_in(outsider), page, things)

        assert response.status_code == 200
        assert SECRET not in response.content.decode()

    def test_takes_no_article_for_a_foreign_desk(self, things, outsider):
        [page] = [one for one in PAGES if (one.method, one.name) == ("post", "add")]

        response = knock(logged_in(outsider), page, things)

        assert response.status_code == 422
        assert SECRET not in response.content.decode()

    @named(PAGES)
    def test_is_closed_to_nobody_in_particular(self, things, page):
        before = traces()

        response = knock(Client(), page, things)

        is_sent_to_log_in = response.status_code == 302 and "/login/" in response["Location"]
        assert is_sent_to_log_in or response.status_code == 401
        assert traces() == before


class TestPublicPage:
    @named(PUBLIC)
    def test_is_there_for_everybody_where_the_desk_is_public(self, things, outsider, page):
        Desk.objects.update(publishes_publicly=True)

        callers = [Client(), logged_in(outsider)]

        assert {knock(one, page, things).status_code for one in callers} == {200}

    @named(PUBLIC)
    def test_is_there_for_nobody_where_it_is_not(self, things, outsider, reviewer, page):
        callers = [Client(), logged_in(outsider), logged_in(reviewer)]

        assert {knock(one, page, things).status_code for one in callers} == {404}

    @named([page for page in PUBLIC if page.of.startswith("slug ")])
    def test_shows_no_check_under_another_desks_name(self, things, page):
        other = DeskFactory(publishes_publicly=True)

        assert knock(Client(), page, things | {"slug": other.slug}).status_code == 404


class TestMethods:
    @pytest.mark.parametrize("name", sorted({page.name for page in (*PAGES, *PUBLIC)}))
    def test_that_the_table_does_not_name_are_refused(self, things, manager, name):
        pages = [page for page in (*PAGES, *PUBLIC) if page.name == name]
        named = {page.method for page in pages}
        others = set(METHODS) - named - ({"head"} if "get" in named else set())
        client, place = logged_in(manager), address(pages[0], things)

        answered = {
            method for method in others if getattr(client, method)(place).status_code != 405
        }

        assert not answered, (
            f"editor:{name} answers {answered}: refuse it with @require_safe, @require_POST or "
            f"@form_page, or give it a row in PAGES of permission_table.py"
        )

    @named([page for page in (*PAGES, *PUBLIC) if page.method == "get"])
    def test_head_is_answered_as_get_is_and_without_a_body(self, things, manager, page):
        Desk.objects.update(publishes_publicly=True)
        client, before = logged_in(manager), traces()
        seen = knock(client, page, things)

        response = knock(client, page._replace(method="head"), things)

        assert response.status_code == seen.status_code
        assert response["Content-Type"] == seen["Content-Type"]
        assert b"".join(response) == b""
        assert traces() == before


class TestTable:
    def test_names_every_page(self):
        known = {page.name for page in (*PAGES, *PUBLIC)} | OPEN
        missing = {pattern.name for pattern in urlpatterns} - known

        rows = "\n".join(f'    Page("get", "{name}", MEMBERS),' for name in sorted(missing))
        assert not missing, (
            f"Say in PAGES of permission_table.py who may use these, by each method:\n{rows}"
        )

    def test_and_its_neighbours_cover_the_whole_house(self):
        known = {"annotations.editor.urls", "annotations.api.urls", "admin", "nowhere"}
        found = {_what_is_at(pattern) for pattern in whole}

        assert found == known, f"{found - known} needs a table of permissions like this one"


def _what_is_at(pattern):
    if isinstance(pattern, URLPattern):
        return "nowhere" if "Nowhere" in pattern.lookup_str else pattern.lookup_str
    module = pattern.urlconf_name
    return pattern.app_name if isinstance(module, list) else module.__name__


def admin_addresses():
    """All that the admin answers, of an object that may not be there."""
    for pattern in get_resolver().namespace_dict["admin"][1].url_patterns:
        yield from _within(pattern)


def _within(pattern):
    if not isinstance(pattern, URLPattern):
        for one in pattern.url_patterns:
            yield from _within(one)
    elif pattern.name:
        for arguments in ([], [1], ["annotations"], [1, 1]):
            try:
                yield reverse(f"admin:{pattern.name}", args=arguments)
            except NoReverseMatch:
                continue
            break


class TestAdmin:
    OPEN = {"/admin/login/", "/admin/logout/", "/admin/jsi18n/"}

    def test_is_closed_to_whoever_is_not_staff(self, manager):
        client = logged_in(manager)
        addresses = [one for one in admin_addresses() if one not in self.OPEN]

        answers = {
            (one, method): getattr(client, method)(one)
            for one in addresses
            for method in ("get", "post")
        }

        assert len(addresses) > 40
        assert {
            asked
            for asked, answer in answers.items()
            if answer.status_code != 302 or "/login/" not in answer["Location"]
        } == set()

    def test_gives_staff_no_more_than_they_were_given(self, things):
        client = logged_in(UserFactory(is_staff=True))

        answers = {client.get(one).status_code for one in admin_addresses() if "annotations" in one}

        assert answers <= {302, 403, 404}
