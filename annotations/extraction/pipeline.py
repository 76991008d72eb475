"""The whole chain in one place: language, sentences, then each sentence in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from annotations.extraction import (
    claimants,
    dates,
    features,
    kinds,
    languages,
    memory,
    pinning,
    quantities,
    quotes,
    roles,
    segmentation,
    worthiness,
)
from annotations.extraction.features import Evidence
from annotations.extraction.language import detect_language
from annotations.extraction.languages.base import Language
from annotations.extraction.lines import LIST_MARK
from annotations.extraction.memory import Memory
from annotations.extraction.phrases import Phrase
from annotations.extraction.profiles import Profile
from annotations.extraction.records import Claimant, Finding, Role, Sentence, Span, Words
from annotations.extraction.repeats import relate
from annotations.extraction.worthiness import Leaning

LONGEST_READ = 8_000
TOGETHER = 32
WARMING = "Le maire a fermé deux écoles mardi."
WARMED = "fr"
NEVER = frozenset({Role.BOILERPLATE, Role.BYLINE, Role.CAPTION})


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is read with: its language, its day and what came before."""

    code: str
    known: Language
    published_on: date | None = None
    memory: Memory = field(default_factory=Memory)


def extract(
    text: str,
    *,
    language: str | None = None,
    published_at: date | datetime | None = None,
    pinned: Sequence[Span] = (),
    profile: Profile = Profile.STANDARD,
) -> Iterator[Finding]:
    """Yield one finding for each sentence, in reading order, as soon as it is made."""
    code = language or detect_language(text)
    sentences = plan(text, code, pinned)
    yield from examine(sentences, language=code, published_at=published_at, profile=profile)


def warm(*, profile: Profile = Profile.STANDARD) -> None:
    """Load whatever is loaded once, so that processes forked from this one share it.

    The model that tells languages apart is left out: few articles need it.
    """
    for _ in extract(WARMING, language=WARMED, profile=profile):
        pass


def plan(text: str, language: str, pinned: Sequence[Span] = ()) -> list[Sentence]:
    """Return the sentences that will be examined, around those that are pinned."""
    known = languages.find(language)
    spans = segmentation.split(text, known)
    if pinned:
        spans = pinning.fit_to_pinned(text, spans, pinned)
    return roles.assign(text, spans, known.reading)


def examine(
    sentences: Sequence[Sentence],
    *,
    language: str,
    published_at: date | datetime | None = None,
    profile: Profile = Profile.STANDARD,
) -> Iterator[Finding]:
    """Yield what there is to say of each sentence, with links back to what was said before."""
    yield from relate(_examined(sentences, language, published_at, profile))


def _examined(
    sentences: Sequence[Sentence],
    language: str,
    published_at: date | datetime | None,
    profile: Profile,
) -> Iterator[Finding]:
    """Yield each sentence by itself; memory of who was named runs from one to the next."""
    context = Context(language, languages.find(language), _day(published_at))
    for sentence, leaning in _with_leanings(sentences, profile):
        evidence = observe(sentence.exact, context)
        yield analyse(sentence, context, evidence, leaning=leaning)
        context = _learned(sentence, context, evidence)


def observe(exact: str, context: Context) -> Evidence:
    """Return what the sentence holds, before it is judged; places count from its start."""
    known = context.known
    exact = exact[:LONGEST_READ]
    found_dates = dates.find(exact, known.calendar, context.published_on)
    masked = [Span(mention.start, mention.end) for mention in found_dates]
    if mark := LIST_MARK.match(exact):
        masked.append(Span(0, mark.end()))
    found_quotes = quotes.find(exact)
    return Evidence(
        exact=exact,
        quotes=found_quotes,
        quantities=quantities.find(exact, known.counting, masked),
        dates=found_dates,
        claimant=claimants.find(exact, found_quotes, known.reporting),
        tone=known.tone,
    )


def analyse(
    sentence: Sentence,
    context: Context,
    evidence: Evidence | None = None,
    *,
    leaning: Leaning | None = None,
) -> Finding:
    """Judge one sentence; without the encoder's leaning, as the fast profile does."""
    evidence = evidence or observe(sentence.exact, context)
    hits = dict(features.hits(evidence))
    weighing = worthiness.weigh(sentence.exact, hits, leaning.worth if leaning else None)
    score = 0.0 if sentence.role in NEVER else weighing.score
    is_candidate = score > worthiness.THRESHOLD
    at = sentence.start
    kind = kinds.decide(
        sentence.role,
        hits,
        evidence,
        context.known,
        weighed=kinds.Weighed(score, worthiness.is_other(hits, leaning)),
        published_on=context.published_on,
    )
    return Finding(
        start=at,
        end=sentence.end,
        exact=sentence.exact,
        role=sentence.role,
        language=context.code,
        check_worthiness=score,
        is_candidate=is_candidate,
        kind=kind,
        claimant=_claimant(evidence.claimant, at, context) if sentence.role not in NEVER else None,
        quotes=tuple(Span(at + quote.start, at + quote.end) for quote in evidence.quotes),
        quantities=tuple(
            replace(found, start=at + found.start, end=at + found.end)
            for found in evidence.quantities
        ),
        dates=tuple(
            replace(found, start=at + found.start, end=at + found.end) for found in evidence.dates
        ),
        signals=worthiness.signals(sentence.exact, weighing, at) if score else (),
        engine=weighing.engine,
        facets=kinds.facets(kind, evidence, context.known),
    )


def _with_leanings(
    sentences: Sequence[Sentence], profile: Profile
) -> Iterator[tuple[Sentence, Leaning | None]]:
    """Pair each sentence with what the encoder makes of it, a few of them at a time."""
    for at in range(0, len(sentences), TOGETHER):
        some = sentences[at : at + TOGETHER]
        if profile is Profile.FAST:
            yield from ((sentence, None) for sentence in some)
        else:
            leanings = worthiness.leanings([sentence.exact for sentence in some])
            yield from zip(some, leanings, strict=True)


def _claimant(phrase: Phrase | None, at: int, context: Context) -> Claimant | None:
    if phrase is None:
        return None
    name = memory.resolve(phrase, context.memory, context.known.reporting)
    return Claimant(
        *_place(phrase, at), name, Words(*_place(phrase.via, at)) if phrase.via else None
    )


def _place(phrase: Phrase, at: int) -> tuple[str, int, int]:
    return phrase.text, at + phrase.start, at + phrase.start + len(phrase.text)


def _learned(sentence: Sentence, context: Context, evidence: Evidence) -> Context:
    """Return the context after a sentence; page furniture teaches nothing."""
    if sentence.role in NEVER:
        return context
    learned = memory.learn(
        evidence.claimant, sentence.exact, context.memory, context.known.reporting
    )
    return replace(context, memory=learned)


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
