"""Who says it: reporting verbs in every order, `selon`, `according to`, and who passes it on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.extraction.languages.base import Reporting
from annotations.extraction.phrases import BEFORE_VERB, PERSON, Phrase, after, before
from annotations.extraction.records import Span

HIDDEN = "•"
KEPT = frozenset(",?!—")
CLOSE = re.compile(r"[,»”\"?!–—]\s?|’\s")
CLOSED = re.compile(r"[,»”\"’?!–—]\s?$")
QUOTED = re.compile(r"[»”\"’?!]\s?,?\s?$")
FIRST_PART = re.compile(r"[^,«“\"•]{2,60}(?=,)")
NAMED = re.compile(rf"(?<=[,?!—][”\"])\s({PERSON.pattern})(?=,)")
COMMA = re.compile(r",(?!\d)")
DASHED = re.compile(r"\s[–—]\s[^–—•]{3,90}\s[–—]\s")
INSIDE = re.compile(r",\s")
ASIDE_ENDS = re.compile(
    r"(?:\s[^\W\d_]+(?:é|i|u|it|is))?(?:\s[^,;:?!»]{1,40})?[,.](?![^»]{0,60}\?)"
)
ADDRESSED = "told "
NEAR = 3
APPOSED = re.compile(rf"(?:^|, ){PERSON.pattern}, [^,«“”\"•]{{3,60}},\s$")
LOOK_BACK = 24
LONGEST_SUBJECT = 8


def find(exact: str, quotes: Sequence[Span], reporting: Reporting) -> Phrase | None:
    """Return the phrase that names the one who speaks, or None where the author does."""
    text = _without_quotations(exact, quotes)
    first = next(_candidates(text, reporting), None)
    first = first or next(_interrupting(exact, quotes, reporting), None)
    return _chained(text, first, reporting) if first else None


def reports(exact: str, reporting: Reporting) -> re.Match[str] | None:
    """Return the first words of reporting in a sentence."""
    if match := reporting.according.search(exact):
        return match
    verbs = reporting.verb.finditer(exact)
    return next((verb for verb in verbs if not _is_passive(exact, verb.start(), reporting)), None)


def _candidates(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Yield claimants, the surest construction first."""
    yield from _after_quotation(text, reporting)
    yield from _after_close(text, reporting)
    yield from _pronoun_after_verb(text, reporting)
    yield from _at_the_end(text, reporting)
    yield from _apposed_after_close(text, reporting)
    for known in (reporting.inverted, reporting.according):
        for match in known.finditer(text):
            if phrase := after(text, match.end(), reporting):
                yield phrase
    yield from _before_verb(text, reporting)
    yield from _late_subject(text, reporting)
    yield from _who_adds(text, reporting)


def _before_verb(text: str, reporting: Reporting) -> Iterator[Phrase]:
    for match in reporting.verb.finditer(text):
        if _is_passive(text, match.start(), reporting):
            continue
        phrase = before(text, match.start(), reporting)
        if phrase and not _disagrees(phrase, match.group(), reporting):
            yield phrase


def _disagrees(phrase: Phrase, verb: str, reporting: Reporting) -> bool:
    """See a noun taken for a plural verb: `its low estimate`, `the weather report`."""
    if not reporting.plural_only.search(verb):
        return False
    last = phrase.whole.lower().split()[-1]
    is_many = last.endswith("s") or last in reporting.plural or " and " in phrase.whole
    return not (is_many or last in reporting.offices)


def _after_quotation(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find `…, a déclaré la ministre` and `…,” said the minister`."""
    for closed in CLOSE.finditer(text):
        match = reporting.after_quote.match(text, closed.end())
        if match is None:
            continue
        lead = text[max(0, match.start() - NEAR) : match.start()]
        phrase = after(text, match.end(), reporting)
        if not QUOTED.search(lead) and _is_object(text, match, phrase, reporting):
            continue
        if phrase and (phrase.determined or phrase.text[0].isupper()):
            yield phrase


def _is_object(text: str, verb: re.Match[str], phrase: Phrase | None, reporting: Reporting) -> bool:
    """Tell whether what follows the verb may be its object, as its subject stands before it."""
    if APPOSED.search(text, 0, verb.start()):
        return True
    if not _has_open_subject(text, verb.start(), reporting):
        return False
    words = phrase.whole.lower().split() if phrase else []
    if not words or reporting.addressing.search(verb.group()):
        return True
    known = (reporting.people, reporting.documents, reporting.media, reporting.offices)
    return not any(words[0] in names for names in known)


def _has_open_subject(text: str, at: int, reporting: Reporting) -> bool:
    """Tell whether `Le maire, élu en mars, …` still waits for its verb at this comma."""
    first = FIRST_PART.match(text)
    if first is None or first.end() >= at - 2 or reporting.according.match(text):
        return False
    part = first.group()
    is_subject = part[0].isupper() and len(part.split()) <= LONGEST_SUBJECT
    begins = reporting.determiners.match(part) or len(part.split()) > 1
    if not (is_subject and begins) or reporting.finite.search(part):
        return False
    return not any(_is_predicate(part, reporting) for part in text[: at - 2].split(",")[1:])


def _is_predicate(part: str, reporting: Reporting) -> bool:
    """Tell whether a part goes on with the verb: `L’inflation, elle, devrait reculer, …`."""
    if any(word in reporting.relatives for word in part.lower().split()):
        return False
    verbs = reporting.finite.finditer(part)
    return any(not verb.group().endswith(("ed", "ant")) for verb in verbs)


def _after_close(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find the speaker right after a quotation, whatever the verb: `», peste un agriculteur`."""
    if HIDDEN not in text:
        return
    for match in reporting.after_close.finditer(text):
        if phrase := after(text, match.end(), reporting):
            yield phrase
    for match in reporting.subject_after_close.finditer(text):
        if phrase := before(text, match.start("verb"), reporting):
            yield phrase


def _interrupting(exact: str, quotes: Sequence[Span], reporting: Reporting) -> Iterator[Phrase]:
    """Find who speaks in the middle of a quotation: `« Le pont, dit la maire, est sûr. »`."""
    for quote in quotes:
        for comma in INSIDE.finditer(exact, quote.start, quote.end - 1):
            if pronoun := reporting.pronoun_inverted.match(exact, comma.end()):
                group = pronoun.lastgroup or 0
                if ASIDE_ENDS.match(exact, pronoun.end()):
                    found = pronoun[group]
                    yield Phrase(found, pronoun.start(group), found, determined=False)
            elif match := reporting.after_quote.match(exact, comma.end()):
                phrase = after(exact[: quote.end - 1], match.end(), reporting)
                if phrase and (phrase.determined or phrase.text[0].isupper()):
                    yield phrase


def _apposed_after_close(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find `…,” Jane Doe, head of the office and two others, said`."""
    if HIDDEN not in text:
        return
    for match in NAMED.finditer(text):
        if reporting.end_verb.search(text, match.end()):
            name = match[1]
            yield Phrase(name, match.start(1), name, determined=True)


def _pronoun_after_verb(text: str, reporting: Reporting) -> Iterator[Phrase]:
    for match in reporting.pronoun_inverted.finditer(text):
        group = match.lastgroup or 0
        if CLOSED.search(text[max(0, match.start() - NEAR) : match.start()]):
            yield Phrase(match[group], match.start(group), match[group], determined=False)


def _at_the_end(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find `…, police said.`: a short subject between the last comma and its verb."""
    for match in reporting.end_verb.finditer(text):
        comma = max((cut.start() for cut in COMMA.finditer(text, 0, match.start())), default=-1)
        words = text[comma + 1 : match.start()].split()
        is_short = comma > 0 and 0 < len(words) <= LONGEST_SUBJECT
        if is_short and not _has_open_subject(text, comma + 2, reporting):
            start = match.start() - len(text[comma + 1 : match.start()].lstrip())
            subject = BEFORE_VERB.sub("", text[: match.start()].rstrip())
            phrase = after(subject, start, reporting)
            if phrase and not _disagrees(phrase, match.group(), reporting):
                yield phrase


def _who_adds(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find the subject of `The prosecutor dropped the charge, saying that …`."""
    for match in reporting.adding.finditer(text):
        verb = reporting.finite.search(text, 1, match.start())
        if verb and (phrase := before(text, verb.start(), reporting)):
            yield phrase


def _late_subject(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find the subject of a verb that reports only beside a quotation."""
    if HIDDEN not in text:
        return
    for match in reporting.after_quote.finditer(text):
        if phrase := before(text, match.start(), reporting):
            yield phrase


def _chained(text: str, first: Phrase, reporting: Reporting) -> Phrase:
    """Keep both sources of a chain; of a medium and its source, the source is the claimant."""
    others = [
        phrase
        for known in (reporting.citing, reporting.according)
        for match in known.finditer(text)
        if (phrase := after(text, match.end(), reporting))
        and _is_other(phrase, first)
        and not (
            text.startswith(ADDRESSED, match.start())
            and phrase.text.islower()
            and _is_crowd(phrase, reporting)
        )
    ]
    if _is_medium(first, reporting):
        others = [*_speakers(text, first, reporting), *others]
        if others and not reporting.citing.search(text[: others[0].start]):
            return replace(others[0], via=first)
    return replace(first, via=others[0]) if others else first


def _speakers(text: str, first: Phrase, reporting: Reporting) -> Iterator[Phrase]:
    """Yield who else speaks, in words of statement, beside the medium."""
    own = text[: first.start].rfind(",")
    for phrase in _before_verb(text[:own] if own > 0 else text, reporting):
        if _is_other(phrase, first) and not _is_medium(phrase, reporting):
            yield phrase


def _is_other(phrase: Phrase, first: Phrase) -> bool:
    begins = min(first.start, first.start + len(first.text) - len(first.whole))
    is_apart = not begins <= phrase.start < first.start + len(first.text)
    return is_apart and phrase.text != first.text


def _is_crowd(phrase: Phrase, reporting: Reporting) -> bool:
    """See who is merely spoken to: `told supporters`."""
    return not _is_medium(phrase, reporting) and not phrase.determined


def _is_medium(phrase: Phrase, reporting: Reporting) -> bool:
    words = re.findall(r"[\w-]+", phrase.whole.lower())
    return any(word in reporting.media for word in words)


def _is_passive(text: str, at: int, reporting: Reporting) -> bool:
    return reporting.passive.search(text[max(0, at - LOOK_BACK) : at]) is not None


def _without_quotations(exact: str, quotes: Sequence[Span]) -> str:
    """Return the text with what is quoted hidden, and asides in commas, at the same length."""
    shown = exact
    for quote in quotes:
        last = quote.end - 2
        keeps = last > quote.start and exact[last] in KEPT
        inside = quote.end - quote.start - (3 if keeps else 2)
        shown = shown[: quote.start + 1] + HIDDEN * inside + shown[quote.start + 1 + inside :]
    return DASHED.sub(_with_commas, shown)


def _with_commas(aside: re.Match[str]) -> str:
    """Put commas for the dashes around an aside: `the chief — who is leaving — told members`."""
    return aside.group().replace("—", ",").replace("–", ",")
