"""JSON-LD read by a processor of others, with the contexts that are kept here."""

import json
from pathlib import Path

from pyld import jsonld

FOLDER = Path(__file__).parent.parent / "data" / "contexts"
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": "anno.jsonld",
    "https://schema.org": "schemaorg.jsonld",
    "https://schema.org/": "schemaorg.jsonld",
}


def kept(address, _options):
    """Load a context from the folder; an address that is not kept there fails the test."""
    document = json.loads((FOLDER / CONTEXTS[address]).read_text())
    return {"contextUrl": None, "documentUrl": address, "document": document}


def expanded(document):
    return jsonld.expand(document, {"documentLoader": kept})


def framed(document, frame):
    return jsonld.frame(document, frame, {"documentLoader": kept})


def keys(value):
    """Collect the names of all members of a document."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    if isinstance(value, list):
        return set().union(*map(keys, value))
    return set()


def terms(value):
    """Collect the names that expanding gave to all members."""
    return {key for key in keys(value) if not key.startswith("@")}
