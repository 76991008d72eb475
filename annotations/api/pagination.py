"""Keyset pagination: the cursor is the place of the last row, so every page costs the same."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from annotations.api.errors import BadQuery
from annotations.exports import Record, standing_behind
from annotations.models import Publication, ordering
from annotations.models.shapes import Shapes, Where

Place = list[Any]


class KeysetPagination(BasePagination):
    """Pages of a queryset whose order ends in something unique and goes one way."""

    page_size = 50
    max_page_size = 500
    next: str | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        size = self._size(request)
        order = queryset.query.order_by
        if place := self._asked(request, queryset.model, order):
            queryset = queryset.filter(ordering.behind(order, place))
        rows = list(queryset[: size + 1])
        if len(rows) > size:
            self._lead_on(request, encoded(order, _place(rows[size - 1], order)))
        return rows[:size]

    def page_of(self, request: Request, shapes: Shapes[Any], where: Where) -> list[Any]:
        """Read a page by a statement that is made once."""
        size, order = self._size(request), shapes.order
        rows = shapes.page(where, self._asked(request, shapes.model, order), size + 1)
        if len(rows) > size:
            self._lead_on(request, encoded(order, _place(rows[size - 1], order)))
        return rows[:size]

    def _asked(self, request: Request, model: type[Model], order: tuple[str, ...]) -> Place:
        """Return the place behind which to go on; none of it at the beginning."""
        cursor = request.query_params.get("cursor")
        return _values(model, order, decoded(cursor, order)) if cursor else []

    def _lead_on(self, request: Request, cursor: str) -> None:
        self.next = replace_query_param(request.build_absolute_uri(), "cursor", cursor)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        example = "https://factcheck.example/api/v1/articles/?cursor=WyItaWQiLDld"
        following = {"type": "string", "format": "uri", "nullable": True, "example": example}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size}
        return [
            _parameter("cursor", {"type": "string"}, "Where to go on: taken from `next`."),
            _parameter("page_size", size | {"default": self.page_size}, "Rows a page."),
        ]

    def _size(self, request: Request) -> int:
        given = request.query_params.get("page_size") or str(self.page_size)
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= self.max_page_size):
            raise BadQuery({"page_size": [_("A whole number from 1 to 500.")]})
        return int(given)


class DeskByDesk(KeysetPagination):
    """Pages over the logs of one or several desks: by desk and number, both falling."""

    def records_of(
        self, request: Request, desks: Sequence[int], filters: Mapping[str, Any]
    ) -> list[Record]:
        size = self._size(request)
        order = ("-sequence",) if len(desks) == 1 else ("-desk_id", "-sequence")
        place = self._asked(request, Publication, order)
        found = standing_behind(desks, filters, place, size + 1)
        if len(found) > size:
            last = found[size - 1]
            places = [last.desk, last.record.sequence][-len(order) :]
            self._lead_on(request, encoded(order, places))
        return [one.record for one in found[:size]]


def encoded(order: tuple[str, ...], place: Place) -> str:
    """Say a place in an order as an opaque word."""
    return urlsafe_b64encode(orjson.dumps([*order, *place])).decode().rstrip("=")


def decoded(cursor: str, order: tuple[str, ...]) -> Place:
    """Read a cursor back; one of another order cannot be used here."""
    try:
        content = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (NotBase64, ValueError) as error:
        raise bad_cursor() from error
    size = len(order)
    if not isinstance(content, list) or content[:size] != [*order] or len(content) != 2 * size:
        raise bad_cursor()
    return content[size:]


def bad_cursor() -> BadQuery:
    return BadQuery({"cursor": [_("This cursor was not given out for this list.")]})


def _values(model: type[Model], order: tuple[str, ...], place: Place) -> Place:
    """Turn what a cursor says into values that the columns may have."""
    try:
        values = [
            _in_utc(_field(model, name).to_python(value))
            for name, value in zip(_names(order), place, strict=True)
        ]
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise bad_cursor() from error
    if None in values or any(isinstance(one, int) and one.bit_length() > 63 for one in values):
        raise bad_cursor()
    return values


def _names(order: tuple[str, ...]) -> list[str]:
    return [name.removeprefix("-") for name in order]


def _in_utc(value: Any) -> Any:
    """Say a time in UTC: one at the edge of time has no other zone that the database knows."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _field(model: type[Model], path: str) -> "Field[Any, Any]":
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    return model._meta.get_field(name)  # type: ignore[return-value]


def _place(row: Any, order: tuple[str, ...]) -> Place:
    place = []
    for name in order:
        value = row
        for step in name.removeprefix("-").split("__"):
            value = getattr(value, step)
        place.append(value)
    return place


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}
