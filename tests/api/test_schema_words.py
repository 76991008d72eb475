"""What the schema says to who reads it."""

import jsonschema
import pytest
import yaml
from django.conf import settings

DOCUMENT = yaml.safe_load((settings.BASE_DIR / "docs" / "openapi.yaml").read_text())
ALL = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    pytest.param(method, operation, id=operation["operationId"])
    for operations in DOCUMENT["paths"].values()
    for method, operation in operations.items()
]


def schemas(part, path=""):
    """Walk all schemas there are, with their places."""
    if isinstance(part, dict):
        yield path, part
        for name, inner in part.items():
            yield from schemas(inner, f"{path}/{name}")
    elif isinstance(part, list):
        for place, inner in enumerate(part):
            yield from schemas(inner, f"{path}/{place}")


def resolved(answer):
    name = answer.get("$ref", "").rpartition("/")[2]
    return DOCUMENT["components"]["responses"][name] if name else answer


def names(operation, where):
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == where}


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
class TestOperation:
    def test_says_what_it_does_and_what_each_answer_means(self, method, operation):
        words = [
            operation["summary"],
            operation["description"],
            *map(meaning, operation["responses"].values()),
        ]

        assert all(words)

    def test_with_a_body_says_what_comes_of_one_that_cannot_be_read(self, method, operation):
        if list(operation.get("requestBody", {}).get("content", {})) == ["application/json"]:
            assert {"400", "413", "415"} <= set(operation["responses"])

    def test_that_gives_pages_says_how_to_turn_them(self, method, operation):
        if "/Paginated" in str(operation["responses"].get("200")):
            assert {"cursor", "page_size"} <= names(operation, "query")

    def test_that_can_be_kept_says_by_which_name(self, method, operation):
        can_be_kept = "304" in operation["responses"]

        assert can_be_kept == ("If-None-Match" in names(operation, "header"))
        assert not can_be_kept or "ETag" in operation["responses"]["200"]["headers"]

    def test_refuses_nobody_where_nobody_is_asked_for(self, method, operation):
        assert ("429" in operation["responses"]) == ("security" in operation)


def meaning(answer):
    return resolved(answer)["description"]


@pytest.mark.parametrize("answer", DOCUMENT["components"]["responses"].values())
class TestRefusal:
    def test_shows_a_problem_as_it_comes(self, answer):
        [media] = answer["content"].values()

        jsonschema.Draft202012Validator(ALL["Problem"]).validate(media["example"])


class TestSchemas:
    def test_say_nothing_of_how_they_are_made(self):
        told = " ".join(str(one.get("description", "")) for _path, one in schemas(ALL))

        for inner in ("kept as it is sent", "plan of its class", "serializer"):
            assert inner not in told

    def test_widen_by_null_no_schema_that_they_refer_to(self):
        widened = [
            path
            for path, one in schemas(ALL)
            if one.get("nullable") is True and {"$ref", "allOf"} & one.keys()
        ]

        assert widened == []

    def test_name_no_choice_by_itself(self):
        assert not [
            path for path, one in schemas(DOCUMENT) if "* `" in str(one.get("description", ""))
        ]

    def test_take_a_file_as_bytes(self):
        assert ALL["Upload"]["properties"]["file"]["format"] == "binary"
