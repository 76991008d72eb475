"""What goes wrong, as problem details: a domain refusal, bad input, or a failure of ours."""

from collections.abc import Callable
from logging import getLogger
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import set_rollback

from annotations.api.problems import flattened, problem
from annotations.api.serializers.annotations import AnnotationSerializer
from annotations.api.serializers.articles import ArticleRowSerializer
from annotations.api.serializers.cuts import CutSerializer
from annotations.api.serializers.verdicts import VerdictSerializer
from annotations.api.serializers.webhooks import WebhookSerializer
from annotations.models import Annotation, Article, Sentence, Verdict, WebhookEndpoint
from annotations.workflow.articles import Duplicate
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite, WorkflowError
from annotations.workflow.idempotency import KeyReused

logger = getLogger(__name__)
Context = dict[str, Any]


class PreconditionRequired(exceptions.APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"


class SlashMissing(exceptions.NotFound):
    """An address that would be one of ours with a slash at its end."""


class BadQuery(exceptions.ValidationError):
    """Parameters of the address that cannot be used."""


_FORMS: dict[type, Callable[[Any], Any]] = {
    Annotation: AnnotationSerializer,
    Article: ArticleRowSerializer,
    Sentence: CutSerializer,
    Verdict: VerdictSerializer,
    WebhookEndpoint: WebhookSerializer,
}


def handle(exc: Exception, context: Context) -> Response:
    """Answer any exception with problem details; what nobody foresaw is logged, and is a 500."""
    set_rollback()
    for kind, answer in _ANSWERS:
        if isinstance(exc, kind):
            return answer(exc, context)
    logger.error("unexpected failure in the API", exc_info=exc)
    got_request_exception.send(sender=None, request=context["request"]._request)
    return problem(500, "server_error", _("Something failed on our side. It has been noted."))


def _bad_input(exc: BadInput, _context: Context) -> Response:
    error = {"pointer": f"/{exc.field}", "detail": str(exc), "code": exc.reason}
    if exc.reason == "too_large":
        return problem(413, "too_large", str(exc), errors=[error])
    return problem(400, "bad_input", str(exc), errors=[error])


def _duplicate(exc: Duplicate, context: Context) -> Response:
    url = reverse("api:article-detail", args=[exc.first.pk], request=context["request"])
    first = {"id": exc.first.pk, "title": exc.first.title, "url": url}
    return problem(409, exc.code, str(exc), first=first)


def _not_allowed(exc: NotAllowed, _context: Context) -> Response:
    return problem(403, exc.code, str(exc))


def _stale(exc: StaleWrite, _context: Context) -> Response:
    current: Any = exc.current
    if current is None or current.pk is None:
        return problem(412, exc.code, str(exc), current=None)
    serializer = _FORMS[type(current)]
    is_cut = isinstance(current, Sentence)
    version = f"{current.start}-{current.end}" if is_cut else current.version
    headers = {"ETag": f'"{version}"'}
    return problem(412, exc.code, str(exc), headers=headers, current=serializer(current).data)


def _key_reused(exc: KeyReused, _context: Context) -> Response:
    return problem(422, exc.code, str(exc))


def _refused(exc: WorkflowError, _context: Context) -> Response:
    return problem(409, exc.code, str(exc))


def _bad_query(exc: BadQuery, _context: Context) -> Response:
    errors = list(flattened(exc.detail, place="parameter"))
    return problem(400, "bad_query", _summary(errors), errors=errors)


def _invalid(exc: exceptions.ValidationError, _context: Context) -> Response:
    errors = list(flattened(exc.detail))
    return problem(400, "bad_input", _summary(errors), errors=errors)


def _summary(errors: list[dict[str, str]]) -> str:
    if len(errors) == 1:
        return errors[0]["detail"]
    return _("%(count)s things cannot be used as they are: see errors.") % {"count": len(errors)}


def _not_found(_exc: Exception, _context: Context) -> Response:
    return problem(404, "not_found", _("There is nothing here, or it is not yours to see."))


def _slash_missing(_exc: SlashMissing, _context: Context) -> Response:
    return problem(404, "not_found", _("Addresses of this API end with a slash."))


def _forbidden(exc: PermissionDenied, _context: Context) -> Response:
    return problem(403, "permission_denied", str(exc) or _("You may not do this."))


def _too_big(_exc: RequestDataTooBig, _context: Context) -> Response:
    return problem(413, "too_large", _("The request is larger than this server takes."))


def _suspicious(_exc: SuspiciousOperation, _context: Context) -> Response:
    return problem(400, "malformed", _("The request cannot be understood."))


def _known(exc: exceptions.APIException, context: Context) -> Response:
    headers = {}
    if exc.status_code == status.HTTP_401_UNAUTHORIZED:
        headers["WWW-Authenticate"] = getattr(exc, "auth_header", "")
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(ceil(wait))
    if isinstance(exc, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return problem(exc.status_code, str(exc.get_codes()), str(exc.detail), headers=headers)


# The first that fits answers, so the narrower stands before the wider.
_ANSWERS: list[tuple[type[Exception], Callable[[Any, Context], Response]]] = [
    (BadInput, _bad_input),
    (Duplicate, _duplicate),
    (NotAllowed, _not_allowed),
    (StaleWrite, _stale),
    (KeyReused, _key_reused),
    (WorkflowError, _refused),
    (BadQuery, _bad_query),
    (exceptions.ValidationError, _invalid),
    (SlashMissing, _slash_missing),
    (exceptions.NotFound, _not_found),
    (Http404, _not_found),
    (exceptions.APIException, _known),
    (PermissionDenied, _forbidden),
    (RequestDataTooBig, _too_big),
    (SuspiciousOperation, _suspicious),
]
