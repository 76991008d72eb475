"""Serializers for rows of long lists: what they say is worked out once for each class.

DRF asks each field of each row for its attribute, by a path that may lead anywhere. Here all that
needs no conversion is read from the row at once. What is said stays the same: tests compare.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from rest_framework import serializers

from annotations.api.serializers.fields import Choice, Filled, Moment, Plain

_AS_IT_IS = (
    serializers.IntegerField,
    serializers.FloatField,
    serializers.BooleanField,
    serializers.CharField,
    serializers.ListField,
    serializers.JSONField,
)
Convert = Callable[[Any], Any]
Compute = Callable[[Any, Any], Any]  # of the serializer and the row


class Plan(NamedTuple):
    """How a row becomes what is said: names in order, what is read, converted and computed."""

    names: tuple[str, ...]
    read: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    conversions: tuple[tuple[str, Convert], ...]
    computed: tuple[tuple[str, Compute], ...]


_PLANS: dict[type[Any], Plan] = {}


class Quick(serializers.BaseSerializer[Any]):
    """Says a row by the plan of its class."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        plan = _PLANS.get(type(self)) or _kept(type(self))
        said = dict.fromkeys(plan.names)
        said.update(zip(plan.read, plan.values(instance), strict=True))
        for name, convert in plan.conversions:
            if (value := said[name]) is not None:
                said[name] = convert(value)
        for name, compute in plan.computed:
            said[name] = compute(self, instance)
        return said


def _plan_of(form: type[Any]) -> Plan:
    fields = {name: field for name, field in form().fields.items() if not field.write_only}
    computed = {name: made for name, field in fields.items() if (made := _computed(name, field))}
    read = {name: field.source for name, field in fields.items() if name not in computed}
    conversions = ((name, _conversion(fields[name])) for name in read)
    return Plan(
        names=tuple(fields),
        read=tuple(read),
        values=_reader(tuple(read.values())),
        conversions=tuple((name, convert) for name, convert in conversions if convert),
        computed=tuple(computed.items()),
    )


def _reader(sources: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    read = attrgetter(*sources)
    return read if len(sources) > 1 else lambda row: (read(row),)


def _computed(name: str, field: Any) -> Compute | None:
    """Return how to work out what is no plain attribute of the row."""
    if isinstance(field, serializers.SerializerMethodField):
        method = field.method_name or f"get_{name}"
        return lambda serializer, row: getattr(serializer, method)(row)
    if field.source == "*":
        return lambda _serializer, row: field.to_representation(row)
    if "." in field.source and field.allow_null:
        return lambda _serializer, row: _at_the_end(row, field.source_attrs)
    return None


def _at_the_end(row: Any, path: list[str]) -> Any:
    """Follow a path that may end early."""
    for name in path:
        if row is None:
            return None
        row = getattr(row, name)
    return row


def _conversion(field: Any) -> Convert | None:
    """Return what makes of an attribute what is said of it; None where that is the same."""
    for kind, make in _CONVERSIONS:
        if isinstance(field, kind):
            return make(field)
    convert: Convert | None = None if _is_plain(field) else field.to_representation
    return convert


def _of_each(field: Any) -> Convert | None:
    if _is_plain(field):
        return None
    say = field.child.to_representation
    return lambda rows: [say(row) for row in rows]


def _is_plain(field: Any) -> bool:
    """Say whether it is JSON that is kept as it is sent."""
    inner = getattr(field, "child", field)
    return isinstance(inner, Plain) and type(inner).to_representation is Plain.to_representation


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _unless_empty(value: Any) -> Any:
    return value or None


def _kept(form: type[Any]) -> Plan:
    plan = _PLANS[form] = _plan_of(form)
    return plan


# The first that fits says how.
_CONVERSIONS: tuple[tuple[Any, Callable[[Any], Convert | None]], ...] = (
    (Moment, lambda _field: moment),
    (Filled | Choice, lambda _field: _unless_empty),
    (serializers.SlugRelatedField, lambda field: attrgetter(field.slug_field)),
    (_AS_IT_IS, lambda _field: None),
    (serializers.ListSerializer, _of_each),
)
