"""The running server against its own schema: whatever is sent, it answers as it says it does."""

from contextlib import suppress
from uuid import uuid4

import hypothesis
import pytest
import schemathesis
from django.conf import settings as project
from django.utils import timezone
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from annotations.models import ApiKey, Verdict
from annotations.workflow import api_keys, articles, extraction_runs, intake
from tests.conftest import web_process
from tests.factories import AT, ArticleFactory, ExportFactory, WebhookFactory, annotated, published

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_path(project.BASE_DIR / "docs" / "openapi.yaml")
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
TEXT = (
    "Le port de Varna a perdu 12 % de son trafic, selon le ministère\n\n"
    "« Nous avons dépensé entre 3 et 4 millions d’euros en mars 2024 », a dit Jean Moreau, "
    "le maire. Le port a perdu 15 % de son trafic depuis lundi, d’après Reuters, citant l’armée."
)
FITTING, UNFITTING = 5, 4  # requests an operation
WITHOUT_LIMIT = {"API_REQUESTS_A_MINUTE": "0"}


@pytest.fixture
def things(transactional_db, empty_redis, desk, annotator, reviewer, manager):
    """One of each, by the folder in the address; and a key that may do what keys may."""
    article = ArticleFactory(desk=desk, sentences=4)
    first, second, third, _fourth = article.sentences.order_by("start")
    extract(desk, manager)
    webhook = WebhookFactory(desk=desk, created_by=manager)
    out = published(first, annotator=annotator, reviewer=reviewer)
    annotated(second, by=annotator)
    scopes = list(ApiKey.Scope.values)
    key = api_keys.issue(desk=desk, name="CMS", scopes=scopes, by=manager, at=timezone.now())
    return {
        "key": key.text,
        "articles": article.pk,
        "sentences": third.pk,
        "verdicts": Verdict.objects.get(sentence=second).pk,
        "publications": out.verdict_id,
        "exports": ExportFactory(desk=desk, created_by=manager).pk,
        "webhooks": webhook.pk,
        "delivery": webhook.deliveries.get().pk,
        "desk": desk.slug,
        "keys": 1,
    }


def extract(desk, by):
    """Have an article read for real, so that sentences hold all that the engine finds."""
    draft = intake.Draft(text=TEXT, language="fr", published_at=AT)
    run = articles.add(desk=desk, draft=draft, by=by, at=AT)
    extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=lambda: AT)


def numbers(operation, things):
    """Name what is there: chance alone would never find it."""
    folder = operation.path.removeprefix("/api/v1/").partition("/")[0]
    named = {
        one.name: things.get(one.name, things.get(folder)) for one in operation.path_parameters
    }
    return {name: value for name, value in named.items() if value is not None}


def explore(operation, mode, *, times, port, things):
    """Send what fits the schema, or what does not; return what the answers broke."""
    fixed = {"path_parameters": numbers(operation, things)} if mode.is_positive else {}

    @hypothesis.seed(1)
    @hypothesis.settings(
        max_examples=times,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode, **fixed))
    def ask(case):
        case.query.pop("wait", None)  # it would be waited for
        headers = {"Authorization": f"Api-Key {things['key']}"}
        case.call_and_validate(
            base_url=f"http://127.0.0.1:{port}", headers=headers, checks=CHECKS, timeout=30
        )

    with suppress(Unsatisfiable):
        ask()


class TestServer:
    def test_answers_as_the_schema_says(self, things):
        broken = {}
        in_order = sorted(OPERATIONS, key=lambda one: one.method == "delete")

        with web_process(**WITHOUT_LIMIT) as port:
            for operation in in_order:
                for mode, times in (
                    (GenerationMode.POSITIVE, FITTING),
                    (GenerationMode.NEGATIVE, UNFITTING),
                ):
                    try:
                        explore(operation, mode, times=times, port=port, things=things)
                    except* Failure as group:
                        broken[operation.label, mode.name] = "\n".join(map(str, group.exceptions))

        assert not broken, "\n\n".join(f"{name}\n{text}" for name, text in broken.items())
