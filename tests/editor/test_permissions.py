"""Every page and every button, by everybody who may knock: own desk and foreign desk."""

from typing import NamedTuple

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

MEMBERS = ("annotator", "reviewer", "manager")
REVIEWERS = ("reviewer", "manager")
MANAGERS = ("manager",)
METHODS = ("get", "post", "put", "patch", "delete")
SECRET = "zqxj"  # noqa: S105 - in every text of the desk: strangers must not read it


class Page(NamedTuple):
    """A route, who of the desk may use it, and what is sent; `{name}` is one of the `things`."""

    method: str
    name: str
    who: tuple[str, ...]
    of: str = ""
    data: dict = {}


RULES = {
    "name": SECRET,
    "language": "fr",
    "annotators_needed": "1",
    "credit": "role",
    "engine": "standard",
}
TABLE = f"titre,texte,langue\n{SECRET},Le budget {SECRET} atteint 3 millions.,fr\n{SECRET},,"
WEBHOOK = {"url": "https://cms.example/hook", "events": "article.finished"}
PAGES = [
    Page("get", "queue", MEMBERS),
    Page("post", "start", MEMBERS),
    Page("get", "sources", MEMBERS),
    Page("post", "bulk", MEMBERS, data={"do": "extract", "article": "{article}"}),
    Page("get", "views", MEMBERS),
    Page("post", "view-save", MEMBERS, data={"page": "queue", "name": "A", "query": "state=open"}),
    Page("post", "view", MANAGERS, of="view", data={"do": "rename", "name": "B"}),
    Page("get", "search", MEMBERS, data={"q": "budget"}),
    Page("get", "search-suggest", MEMBERS, data={"before": "source:"}),
    Page("get", "queue-news", MEMBERS, data={"once": ""}),
    Page("get", "add", MEMBERS),
    Page("post", "add", MEMBERS, data={"text": "Le budget atteint 3 millions.", "desk": "{desk}"}),
    Page("get", "import-new", MEMBERS),
    Page(
        "post",
        "import-new",
        MEMBERS,
        data={"desk": "{desk}", "format": "articles", "file": TABLE.encode()},
    ),
    Page("get", "import", MEMBERS, of="import"),
    Page("post", "import-confirm", MEMBERS, of="import"),
    Page("post", "import-cancel", MEMBERS, of="import"),
    Page("get", "import-report", MEMBERS, of="import"),
    Page("get", "keyboard", MEMBERS),
    Page("post", "keyboard", MEMBERS, data={"reset": ""}),
    Page("get", "article", MEMBERS, of="article"),
    Page("get", "article-report", MEMBERS, of="article"),
    Page("get", "article-progress", MEMBERS, of="article"),
    Page("get", "article-news", MEMBERS, of="article", data={"once": ""}),
    Page("post", "article-working", MEMBERS, of="article"),
    Page("post", "article-extract", MEMBERS, of="article"),
    Page("post", "article-undo", MEMBERS, of="article"),
    Page("post", "article-redo", MEMBERS, of="article"),
    Page(
        "post",
        "article-annotate",
        MEMBERS,
        of="article",
        data={"label": "verified", "sentence": "{sentence}:0"},
    ),
    Page("post", "article-approve", REVIEWERS, of="article", data={"verdict": "{proposed}:1"}),
    Page("post", "article-take-back", REVIEWERS, of="article"),
    Page("post", "article-publish", REVIEWERS, of="article"),
    Page("get", "sentence", MEMBERS, of="sentence"),
    Page("post", "sentence-split", MEMBERS, of="free", data={"place": "9"}),
    Page("post", "sentence-merge", MEMBERS, of="free"),
    Page("post", "sentence-annotate", MEMBERS, of="sentence", data={"label": "disputed"}),
    Page("post", "sentence-comment", MEMBERS, of="sentence", data={"comment": "Voyez."}),
    Page("get", "review", MEMBERS),
    Page("post", "verdict-approve", REVIEWERS, of="proposed", data={"version": "1"}),
    Page(
        "post", "verdict-return", REVIEWERS, of="proposed", data={"version": "1", "comment": "Non."}
    ),
    Page(
        "post",
        "verdict-adjudicate",
        REVIEWERS,
        of="proposed",
        data={"version": "1", "label": "disputed", "rationale": "Recompté."},
    ),
    Page("get", "verdict-preview", REVIEWERS, of="proposed"),
    Page("get", "publications", MEMBERS),
    Page("get", "verdict-correct", REVIEWERS, of="published"),
    Page("get", "verdict-retract", REVIEWERS, of="published"),
    Page(
        "post",
        "verdict-correct",
        REVIEWERS,
        of="published",
        data={"version": "{version}", "label": "disputed", "note": "Corrigé."},
    ),
    Page(
        "post",
        "verdict-retract",
        REVIEWERS,
        of="published",
        data={"version": "{version}", "note": "Faux."},
    ),
    Page("get", "exports", MEMBERS),
    Page("post", "export-order", MANAGERS, of="", data={"desk": "{desk}", "format": "csv"}),
    Page("post", "export-remove", MANAGERS, of="export"),
    Page("get", "presentation", MANAGERS, of="slug"),
    Page("post", "presentation", MANAGERS, of="slug", data={"methodology": "À deux."}),
    Page("get", "insights", MEMBERS),
    Page("get", "insights-table", MEMBERS, of="panel"),
    Page("get", "settings", MEMBERS),
    Page("get", "password", MEMBERS),
    Page("post", "password", MEMBERS, data={"old_password": "no"}),
    Page("get", "appearance", MEMBERS),
    Page("post", "appearance", MEMBERS, data={"theme": "dark", "language": "fr"}),
    Page("get", "desk-create", ()),
    Page("post", "desk-create", (), data=RULES | {"slug": "new"}),
    Page("get", "desk-rules", MANAGERS, of="slug"),
    Page("post", "desk-rules", MANAGERS, of="slug", data=RULES | {"version": "1"}),
    Page("get", "guidelines", MEMBERS, of="slug"),
    Page("get", "guidelines-edit", MANAGERS, of="slug"),
    Page(
        "post",
        "guidelines-edit",
        MANAGERS,
        of="slug",
        data={"guidelines": "Une phrase.", "version": "1"},
    ),
    Page("get", "webhooks", MANAGERS, of="slug"),
    Page("post", "webhooks", MANAGERS, of="slug", data=WEBHOOK),
    Page("get", "webhook", MANAGERS, of="webhook"),
    Page("post", "webhook", MANAGERS, of="webhook", data=WEBHOOK | {"version": "1"}),
    Page("post", "webhook-rotate", MANAGERS, of="webhook", data={"overlap": "24"}),
    Page("post", "webhook-pause", MANAGERS, of="webhook"),
    Page("post", "webhook-resume", MANAGERS, of="webhook"),
    Page("post", "webhook-remove", MANAGERS, of="webhook"),
    Page("post", "webhook-redeliver", MANAGERS, of="webhook delivery"),
    Page("get", "members", MANAGERS, of="slug"),
    Page("post", "members", MANAGERS, of="slug", data={"add-who": "zoe", "add-role": "reviewer"}),
    Page(
        "post",
        "member-invite",
        MANAGERS,
        of="slug",
        data={"invite-username": "noa", "invite-role": "reviewer"},
    ),
    Page(
        "post",
        "member-role",
        MANAGERS,
        of="membership",
        data={"role": "reviewer", "seen": "annotator"},
    ),
    Page("post", "member-link", MANAGERS, of="membership"),
    Page("post", "member-remove", MANAGERS, of="membership"),
    Page("get", "keys", MANAGERS, of="slug"),
    Page(
        "post",
        "keys",
        MANAGERS,
        of="slug",
        data={"name": "Site", "scopes": "read:all", "expires": "30"},
    ),
    Page("post", "key-revoke", MANAGERS, of="key"),
]
# For everybody where the desk is public; else for nobody, whoever asks.
PUBLIC = [
    Page("get", "public-desk", (), of="slug"),
    Page("get", "public-check", (), of="slug published"),
    Page("get", "public-corrections", (), of="slug"),
    Page("get", "public-methodology", (), of="slug"),
    Page("get", "embed-article", (), of="article"),
    Page("get", "oembed", (), data={"url": "http://testserver{embed}"}),
]
# They know no desk: logging in and out, the first password, and the language that one reads.
OPEN = {"login", "logout", "welcome", "language"}
MINE = {"start", "bulk", "view-save", "keyboard", "password", "appearance", "desk-create"}
# Places of one's own and lists: there for everybody who is logged in, each with what is theirs.
OWN = [page for page in PAGES if page.of in ("", "panel") and page.method == "get" and page.who]
OF_DESK = [
    page for page in PAGES if page not in OWN and page.name not in {"add", "import-new", *MINE}
]


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
        others = set(METHODS) - {page.method for page in pages}
        client, place = logged_in(manager), address(pages[0], things)

        answered = {
            method for method in others if getattr(client, method)(place).status_code != 405
        }

        assert not answered, (
            f"editor:{name} answers {answered}: refuse it with @require_safe, @require_POST or "
            f"@require_http_methods, or give it a row in PAGES of {__file__}"
        )


class TestTable:
    def test_names_every_page(self):
        known = {page.name for page in (*PAGES, *PUBLIC)} | OPEN
        missing = {pattern.name for pattern in urlpatterns} - known

        rows = "\n".join(f'    Page("get", "{name}", MEMBERS),' for name in sorted(missing))
        assert not missing, f"Say in PAGES of {__file__} who may use these, by each method:\n{rows}"

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
