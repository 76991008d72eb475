"""JSON-LD read by a processor of others, with the contexts that are kept here."""

import json
from pathlib import Path

import rdflib
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


def in_page(page, address):
    """Read the JSON-LD in the scripts of a page, as a processor does that comes by the address."""

    def loader(wanted, options):
        if wanted != address:
            return kept(wanted, options)
        data = jsonld.load_html(page, address, None, {"extractAllScripts": True})
        return {"contextUrl": None, "documentUrl": address, "document": data}

    return jsonld.expand(address, {"documentLoader": loader})


def graph(document):
    """Read a document with the parser of rdflib, which has contexts put in their place."""
    data = json.dumps(_with_contexts(document))
    return rdflib.Graph().parse(data=data, format="json-ld")


def graph_by_pyld(document):
    triples = jsonld.to_rdf(
        document, {"documentLoader": kept, "format": "application/n-quads", "base": "urn:here"}
    )
    return rdflib.Graph().parse(data=triples, format="nt")


def _with_contexts(value):
    """Put each context that is named in the place of its name."""
    if isinstance(value, list):
        return [_with_contexts(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _with_contexts(one) for name, one in value.items()}
    if "@context" in value:
        found["@context"] = kept(value["@context"], {})["document"]["@context"]
    return found
