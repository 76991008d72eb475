"""What the schema shows as examples; a test holds each against the schema that it is for."""

from drf_spectacular.utils import OpenApiExample

_TEXT = "Le port de Varna a perdu 12 % de son trafic, selon le ministère."
_PUBLICATION = {
    "id": 4711,
    "sequence": 9023,
    "version": 2,
    "kind": "correction",
    "desk": "marine",
    "article": {
        "id": 815,
        "title": "Varna tourne au ralenti",
        "url": "https://journal.example/varna",
        "source": "Le Journal",
        "language": "fr",
        "published_at": "2025-03-11T05:00:00Z",
    },
    "revision": {
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "number": 1,
    },
    "selector": {
        "exact": _TEXT,
        "prefix": "ralenti. ",
        "suffix": " Le maire",
        "start": 26,
        "end": 90,
    },
    "claim": {
        "text": _TEXT,
        "claimant": "ministère des Transports",
        "kind": "numeric",
        "made_at": "2025-03-11T05:00:00Z",
    },
    "label": "disputed",
    "rating": 2,
    "rating_best": 5,
    "rating_name": {"en": "Mostly false", "fr": "Plutôt faux"},
    "rationale": "Le registre du port donne 7 %.",
    "evidence": [
        {
            "url": "https://port.example/registre-2024",
            "title": "Registre du port",
            "quote": "−7,1 % sur un an",
            "stance": "refutes",
            "archived_url": None,
            "accessed_at": "2025-03-12T09:30:00Z",
        }
    ],
    "annotators": 2,
    "approved_by": "reviewer",
    "published_at": "2025-03-12T09:30:00Z",
    "corrected_at": "2025-03-13T14:00:00Z",
    "retracted_at": None,
    "note": "Nous avions cité le mauvais registre.",
}
PUBLICATION = OpenApiExample("A correction", value=_PUBLICATION, response_only=True)
_ORIGINAL = _PUBLICATION | {
    "sequence": 9011,
    "version": 1,
    "kind": "original",
    "corrected_at": None,
    "note": None,
}
WITH_VERSIONS = OpenApiExample(
    "A correction, with what was said before",
    value=_PUBLICATION | {"left_behind_in": None, "versions": [_ORIGINAL, _PUBLICATION]},
    response_only=True,
)
CHANGES = OpenApiExample(
    "The end of the log",
    value={"results": [_PUBLICATION], "next_cursor": "WyJkZXNrX2lkIl0", "has_more": False},
    response_only=True,
)
ORDER = OpenApiExample(
    "What was disputed since March, compressed",
    value={
        "format": "jsonl",
        "filters": {"label": "disputed", "published_after": "2025-03-01T00:00:00Z"},
        "compression": "gzip",
        "trailer": True,
    },
    request_only=True,
)
