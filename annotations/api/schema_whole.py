"""What all operations of the schema have in common, said once the whole of it is made."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from annotations.api.problems import MEDIA_TYPE
from annotations.api.schema import MEANINGS
from annotations.api.schema_words import ABOUT, CODES, HEADERS, SUCCESS, TAGS

Json = dict[str, Any]

NULL = {"enum": [None], "description": "There is none."}
NEVER_KEPT = {"exports_retrieve", "webhooks_retrieve", "metrics"}
MAY_BE_EMPTY = {"Approval", "Rotation", "ExportOrder"}  # every member of these has a usual value
PAGES: list[Json] = [
    {
        "name": "cursor",
        "in": "query",
        "schema": {"type": "string"},
        "description": "Where to go on: taken from `next`.",
    },
    {
        "name": "page_size",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 50},
        "description": "Rows a page.",
    },
]
IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "An ETag that one has: answered with 304 while it still holds.",
}


class Operation(NamedTuple):
    method: str
    said: Json

    @property
    def responses(self) -> Json:
        answers: Json = self.said["responses"]
        return answers

    @property
    def parameters(self) -> set[str]:
        return {one["name"] for one in self.said.get("parameters", ())}

    def takes(self, parameter: Json) -> None:
        if parameter["name"] not in self.parameters:
            given = [*self.said.get("parameters", ()), parameter]
            self.said["parameters"] = sorted(given, key=lambda one: one["name"])

    def may_be_refused(self, *codes: int) -> None:
        for code in codes:
            self.responses.setdefault(str(code), {})


def finished(result: Json, **_made_by: Any) -> Json:
    """Complete the schema: a hook of drf-spectacular."""
    result["info"]["description"] = ABOUT
    result["tags"] = [{"name": name, "description": said} for name, said in TAGS.items()]
    components = result["components"]
    components["headers"] = {name: _header(name) for name in HEADERS}
    components["responses"] = {_phrase(code): _refusal(code) for code in sorted(MEANINGS)}
    for one in _operations(result):
        _say_in_short(one)
        _say_body(one)
        _say_pages(one)
        _say_copies(one)
        _say_answers(one)
    components["schemas"] = _with_nulls(components["schemas"])
    return result


def _operations(result: Json) -> Iterator[Operation]:
    for of_path in result["paths"].values():
        for method, said in of_path.items():
            yield Operation(method, said)


def _refusal(code: int) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    told = {name: _named("headers", name) for name in HEADERS if name != "ETag"}
    content = {MEDIA_TYPE: {"schema": schema, "example": _example(code)}}
    said = {"content": content, "description": MEANINGS[code]}
    return said | {"headers": told} if code == HTTPStatus.TOO_MANY_REQUESTS else said


def _example(code: int) -> Json:
    name = CODES[code]
    kind, title = f"urn:factcheck:problem:{name}", HTTPStatus(code).phrase
    return {"type": kind, "title": title, "status": code, "detail": MEANINGS[code], "code": name}


def _phrase(code: int) -> str:
    return HTTPStatus(code).phrase.replace(" ", "")


def _named(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def _header(name: str) -> Json:
    kind = "string" if name == "ETag" else "integer"
    return {"description": HEADERS[name], "schema": {"type": kind}}


def _say_in_short(one: Operation) -> None:
    one.said["summary"] = one.said["description"].partition("\n")[0].rstrip(".")
    for parameter in one.said.get("parameters", ()):
        if parameter["name"] == "format":
            parameter.setdefault("description", "In place of `Accept`.")


def _say_body(one: Operation) -> None:
    """Say that a body is needed, and what comes of one that cannot be read."""
    body = one.said.get("requestBody", {})
    content = body.get("content", {})
    named = {
        media.get("schema", {}).get("$ref", "").rpartition("/")[2] for media in content.values()
    }
    if content and not named <= MAY_BE_EMPTY:
        body["required"] = True
    if list(content) == ["application/json"] or "Idempotency-Key" in one.parameters:
        one.may_be_refused(400, 413)
    if list(content) in ([], ["application/json"]) and "400" in one.responses:
        one.may_be_refused(*(415,) * (one.method != "get"))


def _say_pages(one: Operation) -> None:
    schema = one.responses.get("200", {}).get("content", {}).get("application/json", {})
    if "/Paginated" in schema.get("schema", {}).get("$ref", ""):
        one.may_be_refused(400)
        for parameter in PAGES:
            one.takes(parameter)


def _say_copies(one: Operation) -> None:
    """Every read carries an ETag, but of what is never to be kept."""
    is_kept = one.said["operationId"] not in NEVER_KEPT and "security" in one.said
    is_json = "application/json" in one.responses.get("200", {}).get("content", {})
    if one.method == "get" and is_kept and is_json:
        one.responses.setdefault("304", {"description": "Unchanged."})
        one.takes(IF_NONE_MATCH)


def _say_answers(one: Operation) -> None:
    """Put answers into order: refusals by their names, what was asked for with words and ETag."""
    has_tag = "304" in one.responses
    if "security" not in one.said:
        one.responses.pop("403", None)
        one.responses.pop("429", None)
    said = {}
    for code, answer in sorted(one.responses.items()):
        if int(code) in MEANINGS:
            said[code] = _named("responses", _phrase(int(code)))
            continue
        if answer.get("description") in ("", "No response body"):
            answer["description"] = SUCCESS[code]
        if has_tag and code in {"200", "304"}:
            answer.setdefault("headers", {})["ETag"] = _named("headers", "ETag")
        said[code] = answer
    one.said["responses"] = said


def _with_nulls(schemas: Json) -> Json:
    """Say in the words of JSON Schema where there may be null in place of another schema.

    OpenAPI 3.0 lets `nullable` widen a type that stands beside it, and no schema that is referred
    to.
    """
    filled: Json = {name: _widened(one, schemas) for name, one in schemas.items()}
    return dict(sorted((filled | {"Null": NULL}).items()))


def _widened(schema: Any, schemas: Json) -> Any:
    if isinstance(schema, list):
        return [_widened(one, schemas) for one in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {name: _widened(one, schemas) for name, one in schema.items()}
    [*_others, last] = rest.get("allOf", [{}])
    name = last.get("$ref", "").rpartition("/")[2]
    if "nullable" not in rest or name not in schemas:
        return rest
    del rest["nullable"]
    if not schemas[name].get("nullable"):
        rest["oneOf"] = [*rest.pop("allOf"), _named("schemas", "Null")]
    return rest
