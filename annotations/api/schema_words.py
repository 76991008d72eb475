"""What the schema says of the whole, of its parts, and of what comes with an answer."""

ABOUT = """\
Articles in, checked sentences out.

- **Who asks**: a program with an API key, a person with a session. \
What a public desk published needs neither.
- **Errors** are problem details (RFC 9457). Act on `code`, which is stable; `detail` is for people.
- **Lists** come in pages: follow `next` until it is null.
- **Copies**: reads carry an `ETag`; with `If-None-Match`, what has not changed \
is answered with 304.
- **Changes** of what exists name the version that one saw, with `If-Match`: 412 says that \
it is another by now.
- **Repeating**: a POST with the same `Idempotency-Key` gets the first answer again.
- **Limits**: `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` say what is left \
of a minute.
- **Times** are in UTC. **Places** in a text count Unicode code points from 0, the end excluded.
"""
TAGS = {
    "articles": "Pieces under check: added, read, given a new text, published.",
    "sentences": "What can be labelled, with what extraction found in it.",
    "verdicts": "A desk's positions: approved, returned, decided, corrected, retracted.",
    "publications": "What stands published. For publishers, as are the next four.",
    "changes": "The log of what was published, corrected and retracted, in one order.",
    "exports": "All that stands published, in one of five formats.",
    "feeds": "The newest changes, for feed readers.",
    "scales": "What labels and ratings are called, and what they mean.",
    "webhooks": "Addresses that are told of what is published.",
    "keys": "How programs come in.",
    "imports": "Many articles, labels or earlier checks in one file.",
    "health": "Whether the server stands.",
    "metrics": "Numbers for monitoring.",
}
HEADERS = {
    "ETag": (
        "Names what this answer says, for `If-None-Match`; of what can be changed, for `If-Match`."
    ),
    "Retry-After": "Seconds until it is worth asking again.",
    "RateLimit-Limit": "Requests in a minute.",
    "RateLimit-Remaining": "What is left of them.",
    "RateLimit-Reset": "Seconds until the minute is over.",
}
SUCCESS = {
    "200": "What was asked for, as it stands now.",
    "201": "It is made.",
    "202": "It is taken in, and a worker sees to it.",
    "204": "It is done; there is nothing to say.",
    "503": "Something that is needed does not answer.",
}
CODES = {  # one of those that come with each status
    400: "bad_query",
    401: "not_authenticated",
    403: "scope_missing",
    404: "not_found",
    406: "not_acceptable",
    409: "wrong_state",
    410: "retracted",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    416: "range_not_satisfiable",
    422: "idempotency_key_reused",
    428: "precondition_required",
    429: "throttled",
}
