"""Two wordings side by side: which of their words are in one only."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Stretch(NamedTuple):
    """Some of the words, which are in the other wording too or not."""

    text: str
    is_other: bool


def compare(was: str, now: str) -> tuple[list[Stretch], list[Stretch]]:
    """Cut both where they begin and cease to differ; the stretches of each are the whole of it."""
    before, after = _TOKEN.findall(was), _TOKEN.findall(now)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    old = [_stretch(before[one:end], kind) for kind, one, end, _, _ in steps if end > one]
    new = [_stretch(after[one:end], kind) for kind, _, _, one, end in steps if end > one]
    return old, new


def _stretch(tokens: Sequence[str], kind: str) -> Stretch:
    return Stretch("".join(tokens), kind != "equal")
