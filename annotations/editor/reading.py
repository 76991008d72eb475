"""How an article reads: its text cut at its sentences, each as one reader may see it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from annotations.models import Annotation, Candidate, Desk, Label, Sentence, Verdict
from annotations.models.verdicts import why_returned

STRONG, FAIR = 0.8, 0.65
_LINE = re.compile(r"[\r\n]*[^\r\n]+|[\r\n]+")
CONTESTED, DECIDED = "contested", "decided"


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence for one reader: on a blind desk colleagues stay unseen until one has decided."""

    sentence: Sentence
    desk: Desk

    @property
    def key(self) -> str:
        return str(self.sentence.pk)

    @property
    def language(self) -> str:
        return self.sentence.article.language

    @property
    def own(self) -> Annotation | None:
        given: list[Annotation] = self.sentence.own_annotations  # type: ignore[attr-defined]
        return given[0] if given else None

    @property
    def candidate(self) -> Candidate | None:
        found = getattr(self.sentence, "candidate", None)
        return found if found and found.is_candidate else None

    @property
    def shows_colleagues(self) -> bool:
        return not self.desk.is_blind or self.own is not None or self._is_in(Verdict.DECIDED)

    @property
    def verdict(self) -> Verdict | None:
        """The desk's position, where this reader may see it."""
        return self._verdict if self.shows_colleagues else None

    @property
    def is_public(self) -> bool:
        return self._is_in(Verdict.PUBLIC)

    @property
    def is_left_behind(self) -> bool:
        """It stands in an older text of the article only."""
        return self.sentence.revision_id != self.sentence.article.current_revision_id

    @property
    def is_decided(self) -> bool:
        """Nothing is left to do here for this reader: as the queue counts (`settled_for`)."""
        verdict = self._verdict
        if verdict is None:
            return False
        is_settled = verdict.progress.is_settled(self.desk.annotators_needed)
        return is_settled or (self.own is not None and not self.is_returned)

    @property
    def is_returned(self) -> bool:
        """It came back: the reader's own label is to be looked at again."""
        came_back = self._is_in({Verdict.State.RETURNED}) or bool(self.was)
        return self.own is not None and came_back

    @property
    def was(self) -> str:
        """What the reader's own label was given to, where that stands to be looked at again."""
        is_other = self.own is not None and self.own.words != self.sentence.exact
        return self.own.words if self.own and is_other and not self._is_closed else ""

    @property
    def reason(self) -> str:
        """Why the sentence is to be looked at again."""
        if self.verdict is not None and self.verdict.reason:
            return self.verdict.reason
        return why_returned(self.was, "")

    @property
    def lacks_evidence(self) -> bool:
        """It waits for review, and the desk's rule stands against it."""
        verdict = self.verdict if self._is_in({Verdict.State.PROPOSED}) else None
        return verdict is not None and verdict.lacks_evidence(self.desk)

    @property
    def mark(self) -> str:
        """The label shown: one's own first, else the desk's; `decided` hides which.

        One's own of other words gives way to what others say of those that stand now.
        """
        if self.own and not self.is_public and not (self.was and self._counts):
            return self.own.label
        if self.verdict is None:
            return DECIDED if self.is_decided else ""
        return CONTESTED if self.verdict.state == Verdict.State.CONTESTED else self.verdict.label

    @property
    def version(self) -> int:
        return self.own.version if self.own else 0

    @property
    def strength(self) -> str:
        """How much checking seems worth it, in three steps."""
        if self.candidate is None:
            return ""
        worth = self.candidate.check_worthiness
        return "strong" if worth >= STRONG else "fair" if worth >= FAIR else "weak"

    @property
    def _counts(self) -> bool:
        """Somebody labelled the words that stand now."""
        return self._verdict is not None and self._verdict.annotators > 0

    @property
    def _is_closed(self) -> bool:
        return self.is_left_behind or self._is_in(Verdict.DECIDED)

    def _is_in(self, states: Collection[str]) -> bool:
        return self._verdict is not None and self._verdict.state in states

    @property
    def _verdict(self) -> Verdict | None:
        return getattr(self.sentence, "verdict", None)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two sentences, and the sentence after it; offsets are code points."""

    gap: str
    text: str = ""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: list[Piece] = field(default_factory=list)

    @property
    def role(self) -> str:
        """The role of its first sentence stands for the whole paragraph."""
        first = next((piece.reading for piece in self.pieces if piece.reading), None)
        return first.sentence.role if first else Sentence.Role.BODY


def paragraphs(text: str, readings: Sequence[Reading]) -> list[Paragraph]:
    """Cut the text at its line breaks; joined together again the pieces are the text."""
    found = [Paragraph()]
    for piece in _pieces(text, readings):
        if _breaks(piece.gap) and found[-1].pieces:
            found.append(Paragraph())
        found[-1].pieces.append(piece)
    return found


def _pieces(text: str, readings: Sequence[Reading]) -> Iterator[Piece]:
    done = 0
    for reading in readings:
        start, end = reading.sentence.start, reading.sentence.end
        *lines, gap = _lines(text[done:start])
        yield from map(Piece, lines)
        yield Piece(gap, text[start:end], reading)
        done = end
    if done < len(text):
        yield from map(Piece, _lines(text[done:]))


def _lines(gap: str) -> list[str]:
    """Cut what no sentence shows at its line breaks; white space stays as it is."""
    return [gap] if not gap or gap.isspace() else _LINE.findall(gap)


def _breaks(gap: str) -> bool:
    return "\n" in gap or "\r" in gap


def marks() -> list[tuple[str, str]]:
    """Every label with its name, in the order of the keys."""
    return [(value, str(name)) for value, name in Label.choices]
