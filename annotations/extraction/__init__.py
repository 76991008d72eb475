"""From the text of an article to candidate claims. Plain Python: no framework, no clock."""

from annotations.extraction.following import Match, follow, reads_same
from annotations.extraction.kinds import STATEMENTS
from annotations.extraction.language import detect_language
from annotations.extraction.pinning import fit_to_pinned
from annotations.extraction.pipeline import NEVER, Context, analyse, examine, extract, plan, warm
from annotations.extraction.profiles import Profile
from annotations.extraction.reasons import signal
from annotations.extraction.records import (
    ENGINE,
    Claimant,
    Conflict,
    DateMention,
    Facet,
    Finding,
    Kind,
    Quantity,
    Role,
    Sentence,
    Signal,
    Span,
    Words,
)
from annotations.extraction.repeats import relate
from annotations.extraction.segmentation import segment
from annotations.extraction.worthiness import THRESHOLD

__all__ = [
    "ENGINE",
    "NEVER",
    "STATEMENTS",
    "THRESHOLD",
    "Claimant",
    "Conflict",
    "Context",
    "DateMention",
    "Facet",
    "Finding",
    "Kind",
    "Match",
    "Profile",
    "Quantity",
    "Role",
    "Sentence",
    "Signal",
    "Span",
    "Words",
    "analyse",
    "detect_language",
    "examine",
    "extract",
    "fit_to_pinned",
    "follow",
    "plan",
    "reads_same",
    "relate",
    "segment",
    "signal",
    "warm",
]
