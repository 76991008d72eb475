"""Words for the OpenAPI schema that many operations share."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from annotations.api.problems import MEDIA_TYPE
from annotations.api.serializers.problems import ProblemSerializer

MEANINGS = {
    400: "What was sent cannot be used.",
    401: "No usable session or key.",
    403: "The role on the desk, or the key's scopes, do not allow it.",
    404: "It does not exist, or belongs to a desk that the caller is no member of.",
    406: "None of the forms that it accepts can be given.",
    409: "The present state does not allow it; `code` says why.",
    410: "It was there and is gone: retracted, or kept for its time; `code` says which.",
    412: "Changed in the meantime; `current` is what stands now.",
    413: "Too large.",
    415: "Send JSON.",
    416: "The file ends before the range begins.",
    422: "The Idempotency-Key was used for another request.",
    429: "Too many requests: come again after `Retry-After`.",
    428: "Name the version that you saw, in If-Match.",
}


def answers(success: Any, *problems: int, status: int = 200) -> dict[Any, Any]:
    """Describe an operation's answers: what it gives, and which problems it may meet."""
    return {status: success} | problems_of(*problems)


def problems_of(*codes: int) -> dict[Any, Any]:
    return {
        (code, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, MEANINGS[code])
        for code in (*codes, 401, 403, 429)
    }


IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description='The version that one saw, in quotes: `"3"`. It is given as ETag.',
)
IF_MATCH_REQUIRED = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description='The version that one saw, in quotes: `"3"`. It is given as ETag.',
)
IF_MATCH_CUT = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description='Where the sentence began and ended when one saw it, in quotes: `"12-80"`.',
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="An ETag that one has: answered with 304 while it still holds.",
)
RANGE = OpenApiParameter(
    "Range",
    str,
    OpenApiParameter.HEADER,
    description="One range of bytes, such as `bytes=1000-`: answered with 206 and that part.",
)
IF_RANGE = OpenApiParameter(
    "If-Range",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the part that one has: if the file is another one, it comes whole.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Any text of at most 255 characters: a repeated request gets the first answer.",
)
# Of public desks anybody may read these. The parameter is typed for names alone.
FOR_READERS: Any = [{"apiKey": []}, {"session": []}, {}]


def _told(name: str, description: str, *codes: int, kind: type = str) -> OpenApiParameter:
    """Describe a header of these answers."""
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, description=description, response=list(codes)
    )


LOCATION = _told("Location", "Where it is from now on.", 201, 202)
NAMED_FILE = _told("Content-Disposition", "A name for the file.", 200)
NUMBER_OF_LINES = _told("X-Total-Count", "With `count=true`: how many lines.", 200, kind=int)
PART_SENT = _told("Content-Range", "Which bytes of how many.", 206)
PAUSE = _told(
    "Retry-After", "Where waiting was not possible: pause so many seconds.", 200, kind=int
)
STATE_LATER = _told(
    "Retry-After", "While it is not written: seconds until the next look.", 200, kind=int
)
NOT_MODIFIED = {304: OpenApiResponse(description="Unchanged.")}
