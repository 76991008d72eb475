"""The words of a sentence and their neighbours, each in one of few buckets."""

import math
import re
from collections.abc import Sequence
from zlib import crc32

BUCKETS = 4096
DIGIT = re.compile(r"\d")
TOKEN = re.compile(r"[^\W\d_]+|0+|[^\w\s]")
LONGEST_READ = 2_000
OPENING = crc32(b"^ ")


def buckets(exact: str) -> frozenset[int]:
    """Return where the words and pairs of words fall; all digits are alike."""
    plain = DIGIT.sub("0", exact[:LONGEST_READ].lower().replace("’", "'"))
    tokens = [token.encode("utf-8", "replace") for token in TOKEN.findall(plain)]
    words = [crc32(token) for token in tokens]
    ahead = [OPENING, *(crc32(b" ", word) for word in words)]
    pairs = map(crc32, [*tokens, b"$"], ahead)  # never none
    return frozenset(found % BUCKETS for found in (*words, *pairs))


def pull(exact: str, weights: Sequence[float]) -> float:
    """Return how far the words draw; long sentences do not draw further for their length."""
    found = buckets(exact)
    return math.fsum(weights[bucket] for bucket in found) / math.sqrt(len(found))
