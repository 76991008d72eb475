"""The rules of ClaimReview: an error keeps a review out of the export, a warning does not."""

import re
from datetime import datetime
from functools import lru_cache
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from annotations.exports.documents import Case, Check, dumped
from annotations.exports.publishers import host_of
from annotations.exports.scales import LABELS, LANGUAGES

LONGEST_CLAIM, LONGEST_NAME = 75, 60
NO_CLAIMANT = "no_claimant"
SHORTENERS = frozenset(
    [
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "dlvr.it",
        "fb.me",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
        "v.gd",
        "wp.me",
    ]
)
PLACEHOLDERS = frozenset(
    [
        "anonyme",
        "anonymous",
        "collectif",
        "divers",
        "diverses sources",
        "inconnu",
        "inconnue",
        "internautes",
        "multiple",
        "multiple sources",
        "n/a",
        "na",
        "none",
        "plusieurs sources",
        "réseaux sociaux",
        "social media",
        "sources multiples",
        "unknown",
        "various",
        "various sources",
    ]
)
_SEVERAL = re.compile(r"[\s,;]|%20(?:and|et)%20", re.IGNORECASE)
_NEGATION = re.compile(
    r"\s*(?:no[,:\s]|non[,:\s]|it is (?:false|not true|wrong)|il est faux|ce n[’']est pas vrai)",
    re.IGNORECASE,
)
_UNSAFE = re.compile(rb"[<>&]|\xe2\x80[\xa8\xa9]")
_NUMBERS = ("ratingValue", "bestRating", "worstRating")


def _rating(case: Case) -> dict[str, Any]:
    rating = case.item.get("reviewRating")
    return rating if isinstance(rating, dict) else {}


def _claim(case: Case) -> dict[str, Any]:
    claim = case.item.get("itemReviewed")
    return claim if isinstance(claim, dict) else {}


def _name(case: Case) -> str:
    rating = _rating(case)
    return str(rating.get("alternateName") or rating.get("name") or "").strip()


def _appearances(case: Case) -> list[str]:
    return [str(one.get("url", "")) for one in _claim(case).get("appearance", [])]


def _is_blank(case: Case) -> bool:
    said = (case.item.get("claimReviewed"), case.item.get("url"), _name(case))
    return not all(str(one or "").strip() for one in said)


def _is_elsewhere(case: Case) -> bool:
    """Tell a check whose page is not the publisher's own; a missing address is CR-E1."""
    address = str(case.item.get("url") or "")
    host = host_of(address)
    return bool(address) and (
        not is_address(address) or not case.publisher.owns(host) or host in SHORTENERS
    )


@lru_cache(maxsize=4096)
def is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_off_scale(case: Case) -> bool:
    numbers: list[Any] = [_rating(case).get(name) for name in _NUMBERS]
    if numbers == [None] * 3:
        return False
    if not all(type(one) in {int, float} and isfinite(one) for one in numbers):
        return True
    value, best, worst = numbers
    return not (1 <= worst < best and worst <= value <= best)


def _is_no_row(case: Case) -> bool:
    """Tell a rating that the desk's scale does not have, or has under another name."""
    rating = _rating(case)
    if "ratingValue" not in rating:
        return case.record.label != "unverified" and not case.publisher.takes_unrated
    names = {one: getattr(case.record, f"rating_{one}") for one in LANGUAGES}
    rows = [row for row in case.publisher.scale if row["value"] == rating["ratingValue"]]
    is_known = [{one: row[one] for one in LANGUAGES} for row in rows] == [names]
    return not is_known or rating.get("bestRating") != len(case.publisher.scale)


def _is_number_of_nothing(case: Case) -> bool:
    """Tell an unverified claim with a number, or without one where the desk wants none out."""
    if case.record.label != "unverified":
        return False
    return any(name in _rating(case) for name in _NUMBERS) or not case.publisher.takes_unrated


def _has_placeholder(case: Case) -> bool:
    author = _claim(case).get("author")
    name = str(author.get("name", "")).strip().lower() if isinstance(author, dict) else None
    return name == "" or name in PLACEHOLDERS


def _has_several_addresses(case: Case) -> bool:
    return any(not is_address(one) or bool(_SEVERAL.search(one)) for one in _appearances(case))


def _appears_at_home(case: Case) -> bool:
    is_own = "author" not in _claim(case)
    return not is_own and any(case.publisher.owns(host_of(one)) for one in _appearances(case))


def _has_bad_dates(case: Case) -> bool:
    said = [_claim(case).get("datePublished"), case.item.get("datePublished")]
    try:
        claimed, reviewed = (datetime.fromisoformat(one) if one else None for one in said)
    except (TypeError, ValueError):
        return True
    if reviewed is None or reviewed.tzinfo is None or reviewed > case.at:
        return True
    return claimed is not None and claimed > reviewed


def _is_unsafe(case: Case) -> bool:
    return bool(_UNSAFE.search(dumped(case.item)))


def _is_not_out(case: Case) -> bool:
    return case.record.label not in LABELS or case.record.retracted_at is not None


def _has_no_claimant(case: Case) -> bool:
    return "author" not in _claim(case)


def _is_no_plain_claim(case: Case) -> bool:
    claim = str(case.item.get("claimReviewed", ""))
    words = {row[one].lower() for row in case.publisher.scale for one in LANGUAGES}
    names = r"|".join(map(re.escape, sorted(words)))
    is_judged = bool(names) and re.search(rf"\b(?:{names})\b", claim.lower()) is not None
    return len(claim) > LONGEST_CLAIM or is_judged or bool(_NEGATION.match(claim))


def _has_odd_name(case: Case) -> bool:
    name = _name(case)
    known = {row[one] for row in case.publisher.scale for one in LANGUAGES}
    known |= {str(row[one]) for row in LABELS.values() for one in LANGUAGES}
    return len(name) > LONGEST_NAME or not any(name.startswith(one) for one in known)


def _lacks_origin(case: Case) -> bool:
    claim = _claim(case)
    is_seen = bool(_appearances(case)) or "firstAppearance" in claim
    return not (is_seen and "author" in claim and "datePublished" in claim)


def _lacks_proof(case: Case) -> bool:
    """Tell a check without evidence that decides, or with evidence of which no copy is kept."""
    decides = any(item["stance"] != "context" for item in case.record.evidence)
    return not decides or not all(item["archived_url"] for item in case.record.evidence)


def _shares_address(case: Case) -> bool:
    return case.beside.has_same_address


def _has_other_rating(case: Case) -> bool:
    return case.beside.has_other_rating


ERRORS: dict[str, Check] = {
    "CR-E1": _is_blank,
    "CR-E2": _is_elsewhere,
    "CR-E3": _is_off_scale,
    "CR-E4": _is_no_row,
    "CR-E5": _is_number_of_nothing,
    "CR-E6": _has_placeholder,
    "CR-E7": _has_several_addresses,
    "CR-E8": _appears_at_home,
    "CR-E9": _has_bad_dates,
    "CR-E10": _is_unsafe,
    "CR-E11": _is_not_out,
    NO_CLAIMANT: _has_no_claimant,
}
WARNINGS: dict[str, Check] = {
    "CR-W1": _is_no_plain_claim,
    "CR-W2": _has_odd_name,
    "CR-W3": _lacks_origin,
    "CR-W4": _lacks_proof,
    "CR-W5": _shares_address,
    "CR-W6": _has_other_rating,
}
