"""Which engine reads a desk's articles."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from annotations import extraction
from annotations.engines import ChatEngine, Endpoint, Engine, OwnEngine
from annotations.models import Desk, User
from annotations.workflow import audit, roles
from annotations.workflow.errors import BadInput, WorkflowError

ADMINISTRATION = "annotations.change_desk"


class NotSetUp(WorkflowError):
    code = "engine_not_set_up"


@transaction.atomic
def choose(*, desk: Desk, engine: str, by: User, at: datetime) -> Desk:
    """Let another engine read what the desk adds from now on."""
    if not by.has_perm(ADMINISTRATION):
        roles.require(by, desk, roles.Role.MANAGER)
    held = Desk.objects.select_for_update(of=("self",), no_key=True).get(pk=desk.pk)
    if held.engine != engine:
        require_available(engine)
        change = audit.Change({"engine": held.engine}, {"engine": engine})
        desk.engine = held.engine = engine
        held.version += 1
        held.save(update_fields=["engine", "version"])
        audit.record("desk.engine_chosen", by=by, at=at, about=held, change=change)
    return desk


def of(desk: Desk) -> Engine | None:
    """Return the engine that the desk chose, for one article; None where it is not set up."""
    if desk.engine != Desk.Engine.CHAT:
        return OwnEngine(extraction.Profile(desk.engine))
    return ChatEngine(_endpoint()) if settings.CHAT_URL else None


def version(desk: Desk) -> str:
    """Name the engine that the desk chose, with its version if there is one."""
    engine = of(desk)
    return engine.version if engine else desk.engine


def standard() -> Engine:
    """Return the engine that steps in for every other."""
    return OwnEngine(extraction.Profile.STANDARD)


def require_available(engine: str) -> None:
    """Refuse an engine that is not known, or not set up here."""
    if engine not in Desk.Engine.values:
        raise BadInput(
            _("The engine is one of %(engines)s.") % {"engines": ", ".join(Desk.Engine.values)},
            field="engine",
            code="unknown_engine",
        )
    if engine == Desk.Engine.CHAT and not settings.CHAT_URL:
        raise NotSetUp(
            _("No language model is set up. Ask whoever runs the workbench to set CHAT_URL.")
        )


def _endpoint() -> Endpoint:
    return Endpoint(
        url=settings.CHAT_URL,
        model=settings.CHAT_MODEL,
        key=settings.CHAT_KEY,
        seconds=settings.CHAT_SECONDS,
        max_calls=settings.CHAT_MAX_CALLS,
        max_tokens=settings.CHAT_MAX_TOKENS,
    )
