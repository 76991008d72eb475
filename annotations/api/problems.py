"""RFC 9457 problem details: the one form of every error."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Answer with a problem; `code` is stable, `detail` is for people."""
    body: dict[str, Any] = {
        "type": f"urn:factcheck:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if listed := list(errors):
        body["errors"] = listed
    return Response(body | more, status=status, headers=headers, content_type=MEDIA_TYPE)


def flattened(detail: Any, *, place: str = "pointer", path: str = "") -> Iterator[dict[str, str]]:
    """Walk DRF's nested errors: one entry each, with a JSON pointer (or a parameter's name)."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            deeper = path if name == "non_field_errors" else f"{path}/{_escaped(str(name))}"
            yield from flattened(inner, place=place, path=deeper)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            deeper = f"{path}/{index}" if isinstance(inner, Mapping | list) else path
            yield from flattened(inner, place=place, path=deeper)
    else:
        where = path.removeprefix("/") if place == "parameter" else path
        yield {place: where, "detail": str(detail), "code": getattr(detail, "code", "invalid")}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
