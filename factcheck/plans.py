"""Which of the database's plans are kept."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from annotations.models.statements import KEPT_AFTER

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def kept_for_writes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Prepare the statements of requests that change something, and only those.

    They find everything by its key: planning them anew each time costs more than carrying them
    out. The plan of a list depends on the desk that is asked for, so lists are planned each time.
    Of requests that only read, those statements are prepared that are no lists; see `Reading`.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in READING:
            return get_response(request)
        try:
            with connection.execute_wrapper(_prepared):
                return get_response(request)
        finally:
            if connection.connection is not None:
                connection.connection.prepare_threshold = None

    return answer


def _prepared(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    context["connection"].connection.prepare_threshold = KEPT_AFTER
    return execute(sql, params, many, context)
