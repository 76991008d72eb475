"""Which kind of statement a sentence is, the first that applies."""

from collections.abc import Mapping

from annotations.extraction import worthiness
from annotations.extraction.features import Evidence, Hit
from annotations.extraction.records import Kind, Role

BY_ROLE = {
    Role.BOILERPLATE: Kind.BOILERPLATE,
    Role.BYLINE: Kind.BOILERPLATE,
    Role.CAPTION: Kind.CAPTION,
}
MOSTLY = 0.4


def decide(role: Role, is_candidate: bool, hits: Mapping[str, Hit], evidence: Evidence) -> Kind:
    by_form = BY_ROLE.get(role) or (Kind.QUESTION if worthiness.asks(hits) else None)
    return by_form or (_checked(hits, evidence) if is_candidate else _unchecked(hits))


def _unchecked(hits: Mapping[str, Hit]) -> Kind:
    if "procedure" in hits:
        return Kind.OTHER
    if "future" in hits and "opinion" not in hits and "first_person" not in hits:
        return Kind.PREDICTION
    judged = ("opinion", "first_person", "vague", "exclamation", "modal", "bare_quotation")
    return Kind.OPINION if any(name in hits for name in judged) else Kind.OTHER


def _checked(hits: Mapping[str, Hit], evidence: Evidence) -> Kind:
    is_quoted = _is_quoted(hits, evidence)
    order = (
        (Kind.PREDICTION, "future" in hits and not is_quoted),
        (Kind.QUOTATION, "claimant" in hits and is_quoted),
        (Kind.NUMERIC, "figure" in hits),
        (Kind.ATTRIBUTION, "claimant" in hits),
        (Kind.EVENT, _is_event(hits)),
    )
    return next((kind for kind, applies in order if applies), Kind.STATE)


def _is_quoted(hits: Mapping[str, Hit], evidence: Evidence) -> bool:
    """Tell whether most of what is claimed stands inside quotation marks."""
    inside = sum(quote.end - quote.start for quote in evidence.quotes)
    return "quotation" in hits and inside >= MOSTLY * len(evidence.exact)


def _is_event(hits: Mapping[str, Hit]) -> bool:
    """Tell what happened from what is: in words of doing, before any word of being."""
    if "action" not in hits or _is_denied(hits):
        return False
    return "state" not in hits or hits["action"].start <= hits["state"].start


def _is_denied(hits: Mapping[str, Hit]) -> bool:
    """Tell whether the doing itself is negated: what was not done is how things are."""
    denied, done = hits.get("negation"), hits["action"]
    return denied is not None and denied.start <= done.end and done.start <= denied.end + 1
