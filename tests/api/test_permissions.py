"""Every route, by everybody who may knock: own desk and foreign desk."""

from string import Formatter

import pytest
from django.urls import get_resolver

from annotations.api.urls import urlpatterns
from annotations.models import ApiKey, Verdict
from tests.api.conftest import Caller
from tests.factories import (
    ArticleFactory,
    DeskFactory,
    ExportFactory,
    UserFactory,
    WebhookFactory,
    annotated,
    checked_import,
    published,
)

READ, FEED, ADD, WORK = "read:all", "read:published", "write:articles", "write:annotations"
HOOKS = "admin:webhooks"
MEMBERS = ("annotator", "reviewer", "manager")
REVIEWERS = ("reviewer", "manager")
MANAGERS = ("manager",)

# method, path, who of the desk may, which scopes open it
ROUTES = [
    ("get", "/articles/", MEMBERS, {READ}),
    ("post", "/articles/", MEMBERS, {ADD}),
    ("get", "/articles/{article}/", MEMBERS, {READ, ADD}),
    ("patch", "/articles/{article}/", MEMBERS, {ADD}),
    ("delete", "/articles/{article}/", MANAGERS, {ADD}),
    ("get", "/articles/{article}/sentences/", MEMBERS, {READ}),
    ("post", "/articles/{article}/extract/", MEMBERS, {ADD}),
    ("get", "/articles/{article}/extraction/", MEMBERS, {READ, ADD}),
    ("get", "/articles/{article}/revisions/", MEMBERS, {READ, ADD}),
    ("post", "/articles/{article}/revisions/", MEMBERS, {ADD}),
    ("post", "/articles/{article}/publish/", REVIEWERS, {WORK}),
    ("get", "/articles/{article}/report/", MEMBERS, {READ, FEED}),
    ("get", "/imports/", MEMBERS, {READ, ADD}),
    ("post", "/imports/", MEMBERS, {ADD}),
    ("get", "/imports/{imported}/", MEMBERS, {READ, ADD}),
    ("get", "/imports/{imported}/errors/", MEMBERS, {READ, ADD}),
    ("get", "/imports/{imported}/errors.csv", MEMBERS, {READ, ADD}),
    ("post", "/imports/{imported}/confirm/", MEMBERS, {ADD}),
    ("post", "/imports/{imported}/cancel/", MEMBERS, {ADD}),
    ("get", "/sentences/", MEMBERS, {READ}),
    ("get", "/sentences/{sentence}/", MEMBERS, {READ}),
    ("get", "/sentences/{sentence}/annotation/", MEMBERS, {READ, WORK}),
    ("put", "/sentences/{sentence}/annotation/", MEMBERS, {WORK}),
    ("delete", "/sentences/{sentence}/annotation/", MEMBERS, {WORK}),
    ("post", "/sentences/{sentence}/annotation/undo/", MEMBERS, {WORK}),
    ("post", "/sentences/{sentence}/annotation/redo/", MEMBERS, {WORK}),
    ("get", "/sentences/{sentence}/comments/", MEMBERS, {READ}),
    ("post", "/sentences/{sentence}/comments/", MEMBERS, {WORK}),
    ("post", "/sentences/{sentence}/split/", MEMBERS, {WORK}),
    ("post", "/sentences/{sentence}/merge/", MEMBERS, {WORK}),
    ("post", "/articles/{article}/annotations/", MEMBERS, {WORK}),
    ("post", "/articles/{article}/undo/", MEMBERS, {WORK}),
    ("post", "/articles/{article}/redo/", MEMBERS, {WORK}),
    ("get", "/verdicts/", MEMBERS, {READ}),
    ("get", "/verdicts/{verdict}/", MEMBERS, {READ}),
    ("post", "/verdicts/{verdict}/approve/", REVIEWERS, {WORK}),
    ("post", "/verdicts/{verdict}/return/", REVIEWERS, {WORK}),
    ("post", "/verdicts/{verdict}/adjudicate/", REVIEWERS, {WORK}),
    ("post", "/verdicts/{published}/correct/", REVIEWERS, {WORK}),
    ("post", "/verdicts/{published}/retract/", REVIEWERS, {WORK}),
    ("get", "/publications/", MEMBERS, {READ, FEED}),
    ("get", "/publications/{published}/", MEMBERS, {READ, FEED}),
    ("get", "/changes/", MEMBERS, {READ, FEED}),
    ("get", "/exports/", MEMBERS, {READ, FEED}),
    ("post", "/exports/", MANAGERS, {READ, FEED}),
    ("get", "/exports/{export}/", MEMBERS, {READ, FEED}),
    ("delete", "/exports/{export}/", MANAGERS, {READ, FEED}),
    ("get", "/exports/{export}/file/", MEMBERS, {READ, FEED}),
    ("get", "/feeds/{desk}.atom", MEMBERS, {READ, FEED}),
    ("get", "/exports/report/", MEMBERS, {READ, FEED}),
    ("get", "/scales/", MEMBERS, {READ, FEED}),
    ("get", "/scales/{desk}/", MEMBERS, {READ, FEED}),
    ("get", "/keys/", MANAGERS, set()),
    ("post", "/keys/", MANAGERS, set()),
    ("delete", "/keys/{key}/", MANAGERS, set()),
    ("get", "/webhooks/", MANAGERS, {HOOKS}),
    ("post", "/webhooks/", MANAGERS, {HOOKS}),
    ("get", "/webhooks/{webhook}/", MANAGERS, {HOOKS}),
    ("patch", "/webhooks/{webhook}/", MANAGERS, {HOOKS}),
    ("delete", "/webhooks/{webhook}/", MANAGERS, {HOOKS}),
    ("post", "/webhooks/{webhook}/rotate/", MANAGERS, {HOOKS}),
    ("post", "/webhooks/{webhook}/pause/", MANAGERS, {HOOKS}),
    ("post", "/webhooks/{webhook}/resume/", MANAGERS, {HOOKS}),
    ("get", "/webhooks/{webhook}/deliveries/", MANAGERS, {HOOKS}),
    ("post", "/webhooks/{webhook}/deliveries/{delivery}/redeliver/", MANAGERS, {HOOKS}),
]
BODIES = {
    "/imports/": {"text": "Le budget de la ville atteint 3 millions d’euros en 2024."},
    "/articles/": {"text": "Le budget de la ville atteint 3 millions d’euros en 2024."},
    "/revisions/": {"text": "Le budget de la ville atteint 4 millions d’euros en 2024."},
    "/annotation/": {"label": "disputed"},
    "/annotations/": {"label": "disputed", "sentences": [{"id": 1}]},
    "/comments/": {"text": "Voyez."},
    "/split/": {"at": 8},
    "/return/": {"comment": "Voyez."},
    "/adjudicate/": {"label": "disputed", "rationale": "Parce que."},
    "/correct/": {"label": "disputed", "note": "Faux."},
    "/retract/": {"note": "Faux."},
    "/webhooks/": {"url": "https://cms.example/news"},
    "/keys/": {"name": "CMS", "scopes": ["read:published"]},
}
QUERIES = {"/exports/report/": "format=claimreview"}
FILES = {"/imports/"}  # their body is a file: what is said of it stands in the address
OPEN = {"live", "ready", "metrics", "schema", "docs", "nowhere"}
IDS = [f"{method} {path}" for method, path, *_ in ROUTES]


@pytest.fixture
def things(desk, annotator, reviewer, as_key):
    """One of each, and what their numbers are."""
    webhook = WebhookFactory(desk=desk)
    article = ArticleFactory(desk=desk, sentences=3)
    first, second, third = article.sentences.order_by("start")
    out = published(first, annotator=annotator, reviewer=reviewer)
    annotated(second, by=annotator)
    as_key(FEED)
    return {
        "desk": desk.slug,
        "imported": checked_import(desk, annotator).pk,
        "article": article.pk,
        "sentence": third.pk,
        "verdict": Verdict.objects.get(sentence=second).pk,
        "published": out.verdict_id,
        "export": ExportFactory(desk=desk).pk,
        "webhook": webhook.pk,
        "delivery": webhook.deliveries.get().pk,
        "key": ApiKey.objects.get().pk,
    }


def body_for(path):
    return next((body for end, body in BODIES.items() if path.endswith(end)), {})


def knock(caller, method, path, things, *, named=False):
    """Ask for a thing by its number; where a path has none, name the desk if wanted."""
    body = body_for(path)
    query = QUERIES.get(path, "")
    if named and "{" not in path:
        body = body | {"desk": things["desk"]}
        is_in_body = method == "post" and path not in FILES
        query = "" if is_in_body else f"{query}&desk={things['desk']}"
    versions = dict(Verdict.objects.values_list("pk", "version"))
    number = next((things[name] for name in ("verdict", "published") if f"{{{name}}}" in path), 0)
    version = versions.get(number) if method == "post" else None
    return getattr(caller, method)(f"{path.format(**things)}?{query}", body, version=version)


def was_let_in(response):
    """Refusals of the state, or a thing of one's own that is not there yet, are no closed door."""
    if response.status_code == 404:
        return False
    return response.status_code < 400 or response.status_code in {409, 428}


@pytest.mark.usefixtures("empty_redis")
@pytest.mark.parametrize(("method", "path", "members", "scopes"), ROUTES, ids=IDS)
class TestRoute:
    @pytest.mark.parametrize("role", MEMBERS)
    def test_opens_to_the_desks_members_by_role(
        self, things, desk, as_user, method, path, members, scopes, role
    ):
        person = UserFactory(on=desk, role=role)
        if "annotation/" in path and method in {"get", "delete"}:
            caller = as_user(person)
            caller.put(path.format(**things), {"label": "verified"})
        response = knock(as_user(person), method, path, things)

        if role in members:
            assert was_let_in(response), response.content
        else:
            assert response.status_code == 403, response.content

    def test_is_no_place_for_outsiders(
        self, things, outsider, as_user, method, path, members, scopes
    ):
        response = knock(as_user(outsider), method, path, things, named=True)

        assert response.status_code == 404, response.content

    def test_is_no_place_for_other_desks_keys(self, things, as_key, method, path, members, scopes):
        stranger = UserFactory(on=DeskFactory(), role="manager")
        caller = as_key(*ApiKey.Scope.values, by=stranger)
        response = knock(caller, method, path, things, named=True)

        assert response.status_code == (404 if scopes else 403), response.content

    @pytest.mark.parametrize("scope", ApiKey.Scope.values)
    def test_opens_to_keys_by_scope(
        self, things, as_key, manager, method, path, members, scopes, scope
    ):
        response = knock(as_key(scope), method, path, things)

        if scope in scopes:
            assert response.status_code not in {401, 403}, response.content
        else:
            assert (response.status_code, response.json()["code"]) == (403, "scope_missing")

    def test_is_closed_to_nobody_in_particular(self, things, method, path, members, scopes):
        response = knock(Caller(), method, path, things)

        assert response.status_code == 401


def _resolved(path):
    names = [name for _text, name, *_rest in Formatter().parse(path) if name]
    return get_resolver().resolve("/api/v1" + path.format(**dict.fromkeys(names, 1)))


class TestTable:
    def test_names_every_method_of_every_route(self):
        named = {(method, _resolved(path).url_name) for method, path, *_ in ROUTES}
        answered = {
            (method, pattern.name): f"/{pattern.pattern}"
            for pattern in urlpatterns
            if pattern.name not in OPEN
            for method in pattern.callback.actions.keys() - {"head"}
        }

        missing = sorted(answered.keys() - named)
        rows = "\n".join(
            f'    ("{one[0]}", "{answered[one]}", MEMBERS, {{READ}}),' for one in missing
        )
        assert not missing, f"Say in ROUTES of {__file__} who may use these:\n{rows}"
        assert named == answered.keys()


class TestOtherMethods:
    METHODS = frozenset({"get", "post", "put", "patch", "delete"})

    @pytest.mark.parametrize("path", sorted({path for _, path, *_ in ROUTES}))
    def test_are_refused(self, things, as_user, manager, path):
        caller = as_user(manager)
        others = self.METHODS - {method for method, named, *_ in ROUTES if named == path}

        answers = {knock(caller, method, path, things).status_code for method in others}

        assert answers <= {405}

    @pytest.mark.parametrize("path", sorted({path for _, path, *_ in ROUTES}))
    def test_tell_strangers_nothing(self, things, path):
        answers = {knock(Caller(), method, path, things).status_code for method in self.METHODS}

        assert answers <= {401, 405}


class TestOptions:
    @pytest.mark.parametrize("path", sorted({path for _, path, *_ in ROUTES}))
    def test_name_the_methods_to_whoever_signed_in(self, things, as_user, as_key, manager, path):
        named = {method.upper() for method, one, *_ in ROUTES if one == path}
        callers = [as_user(manager), *(as_key(scope) for scope in ApiKey.Scope.values)]

        answers = [knock(caller, "options", path, things) for caller in callers]

        assert {one.status_code for one in answers} == {204}
        told = {name.strip() for one in answers for name in one["Allow"].split(",")}
        assert told - {"HEAD", "OPTIONS"} == named

    @pytest.mark.parametrize("path", sorted({path for _, path, *_ in ROUTES}))
    def test_tell_strangers_nothing(self, things, path):
        response = knock(Caller(), "options", path, things)

        is_open = path.startswith("/feeds/")  # says the same of a desk that is not there
        assert response.status_code == (204 if is_open else 401)


class TestKeyOfSomebodyWhoLeft:
    def test_opens_nothing_any_more(self, things, as_key, manager):
        caller = as_key(*ApiKey.Scope.values)
        manager.memberships.all().delete()

        response = knock(caller, "get", "/publications/", things)

        assert response.status_code == 401
