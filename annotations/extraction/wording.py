"""The words of a sentence and their neighbours, each in one of few buckets."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

BUCKETS = 4096
DIGIT = re.compile(r"\d")
TOKEN = re.compile(r"[^\W\d_]+|0+|[^\w\s]")
LONGEST_READ = 2_000


def buckets(exact: str) -> frozenset[int]:
    """Return where the words and pairs of words fall; all digits are alike."""
    plain = DIGIT.sub("0", exact[:LONGEST_READ].lower().replace("’", "'"))
    tokens = TOKEN.findall(plain)
    pairs = (f"{one} {other}" for one, other in pairwise(["^", *tokens, "$"]))  # never none
    return frozenset(crc32(term.encode("utf-8", "replace")) % BUCKETS for term in (*tokens, *pairs))


def pull(exact: str, weights: Sequence[float]) -> float:
    """Return how far the words draw; long sentences do not draw further for their length."""
    found = buckets(exact)
    return math.fsum(weights[bucket] for bucket in found) / math.sqrt(len(found))
