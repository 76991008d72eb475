"""The whole chain in one place: language, sentences, then each sentence by itself."""

from collections.abc import Iterator, Sequence
from datetime import date

from annotations.extraction import languages, pinning, quotes, roles, segmentation
from annotations.extraction.language import detect_language
from annotations.extraction.records import Finding, Kind, Role, Sentence, Span

NEVER = frozenset({Role.BOILERPLATE, Role.BYLINE, Role.CAPTION})


def extract(
    text: str,
    *,
    language: str | None = None,
    published_at: date | None = None,
    pinned: Sequence[Span] = (),
) -> Iterator[Finding]:
    """Yield one finding for each sentence, in reading order, as soon as it is made."""
    code = language or detect_language(text)
    yield from examine(plan(text, code, pinned), language=code, published_at=published_at)


def plan(text: str, language: str, pinned: Sequence[Span] = ()) -> list[Sentence]:
    """Return the sentences that will be examined, around those that are pinned."""
    known = languages.find(language)
    spans = segmentation.split(text, known)
    return roles.assign(text, pinning.fit_to_pinned(text, spans, pinned), known.reading)


def examine(
    sentences: Sequence[Sentence], *, language: str, published_at: date | None = None
) -> Iterator[Finding]:
    """Yield what there is to say of each sentence."""
    for sentence in sentences:
        yield analyse(sentence, language)


def analyse(sentence: Sentence, language: str) -> Finding:
    worth = 0.0 if sentence.role in NEVER else min(0.9, len(sentence.exact) / 150)
    return Finding(
        start=sentence.start,
        end=sentence.end,
        exact=sentence.exact,
        role=sentence.role,
        language=language,
        check_worthiness=round(worth, 4),
        is_candidate=worth >= 0.5,
        kind=Kind.STATE if worth >= 0.5 else Kind.OTHER,
        claimant=None,
        quotes=tuple(
            Span(sentence.start + span.start, sentence.start + span.end)
            for span in quotes.find(sentence.exact)
        ),
        quantities=(),
        dates=(),
        signals=(),
    )
