"""Fields that several serializers share."""

from datetime import UTC
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers


class Text(serializers.CharField):
    """Text as it is: only a JSON string, and nothing cut off."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False} | options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Rating(serializers.IntegerField):
    """A value of the desk's scale, or none."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            allow_null=True,
            min_value=1,
            max_value=100,
            help_text="On the desk's scale.",
        )


class Filled(serializers.CharField):
    """Text that is null on the wire where there is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **options)

    def to_representation(self, value: Any) -> Any:
        return value or None


class Choice(serializers.ChoiceField):
    """One of a set that has a name in the schema; where it may be null, so is an empty one."""

    def __init__(self, choices: Any, *, name: str, **options: Any) -> None:
        super().__init__(choices, **options)
        self.set_name = name

    def to_representation(self, value: Any) -> Any:
        return value or None


class ChoiceSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Gives each set of choices one component, under its name."""

    target_class = Choice
    match_subclasses = True

    def get_name(self) -> str:
        return f"{self.target.set_name}OrNull" if self.target.allow_null else self.target.set_name

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        values = list(self.target.choices)
        if self.target.allow_null:
            return {"type": "string", "enum": [*values, None], "nullable": True}
        return {"type": "string", "enum": values}


class Moment(serializers.DateTimeField):
    """RFC 3339 in UTC with Z; a time that came without a zone is taken as UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default_timezone=UTC, **options)


class Plain(serializers.Serializer[Any]):
    """Describes JSON that is kept as it is sent: nothing to convert."""

    def to_representation(self, instance: Any) -> Any:
        return instance
