"""What the schema shows as examples is what the schema allows."""

import jsonschema
import pytest
import yaml
from django.conf import settings

DOCUMENT = yaml.safe_load((settings.BASE_DIR / "docs" / "openapi.yaml").read_text())


def examples():
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
            for where, body in bodies.items():
                for media in body.get("content", {}).values():
                    for name, example in media.get("examples", {}).items():
                        yield pytest.param(
                            media["schema"], example["value"], id=f"{method} {path} {where} {name}"
                        )


def plain(schema):
    """Say `nullable`, which only OpenAPI knows, as JSON Schema does."""
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {name: plain(value) for name, value in schema.items() if name != "nullable"}
    return {"anyOf": [rest, {"type": "null"}]} if schema.get("nullable") is True else rest


COMPONENTS = plain(DOCUMENT["components"])


class TestExample:
    @pytest.mark.parametrize(("schema", "value"), list(examples()))
    def test_fits_its_schema(self, schema, value):
        whole = plain(schema) | {"components": COMPONENTS}

        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(
            value
        )

    def test_is_there_for_what_publishers_ask_most(self):
        told = " ".join(one.id for one in examples())

        assert "get /api/v1/publications/ " in told
        assert "get /api/v1/publications/{id}/ " in told
        assert "get /api/v1/changes/ " in told
        assert "post /api/v1/exports/ request" in told

    def test_that_does_not_fit_is_found(self):
        schema = {"$ref": "#/components/schemas/Publication", "components": COMPONENTS}

        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate({"id": "seven"})
