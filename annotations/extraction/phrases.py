"""Noun phrases beside a reporting verb, and the name within them."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from annotations.extraction.languages.base import Reporting, words
from annotations.extraction.languages.given_names import FEMININE, MASCULINE

WINDOW = 220
MOST_WORDS = 11
BARE_PLURAL = 5
SHORT = 3
SUBJECTS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "ten",
        "several",
        "more",
        "deux",
        "trois",
        "plusieurs",
        "même",
    ]
)
SPANS = words(
    "hours days weeks months years minutes decades heures jours semaines mois ans années more other"
    " of de d’entre d'entre"
)
MOST_ROLE_WORDS = 4
FAMILIAR = frozenset({("with", "familiar"), ("to", "close")})
ARTICLES = ("le", "la", "les", "un", "une", "the", "a")
LINKS = (" de", " par", " of", " et", " and", " from", " by", " for", " with", " to")
GIVEN = FEMININE | MASCULINE
BEFORE_VERB = re.compile(
    r"\s(?:n['’]|ne|se|lui|leur|l['’]|y"
    r"|(?:would|could|did|does|do|will|may|might|can)(?:\snot|n['’]t)?)$"
)
OBJECT = re.compile(r"l['’]|n['’]|ne|lui|leur|y|en")
POSSESSIVE = re.compile(r"['’]s$")
TOKEN = re.compile(r"\s?((?:[dlnDLN]['’])?(?:[^\s,;:.!?«»“”\"()\[\]•–—]|(?<=\d),(?=\d)){1,60}\.?)")
CAPITALISED = re.compile(
    r"(?:[A-ZÀ-Þ]['’])?[A-ZÀ-Þ][\w’'.-]*"
    r"(?:\s(?:(?:de |von |van |bin |al-|el-|du |d['’])?[A-ZÀ-Þ][\w’'-]*))*"
)
PERSON = re.compile(
    r"(?<!\w)(?:(?:[A-ZÀ-Þ]\.-?){1,3}\s?[A-ZÀ-Þ][\w’'-]+"
    r"|[A-ZÀ-Þ][\w’'-]+(?:\s(?:de |von |van |bin |al-)?[A-ZÀ-Þ][\w’'-]*\.?){1,3})"
)
AND = re.compile(r"\s(?:et|and)\s(?=(?:le |la |les |the )|l['’]|[A-ZÀ-Þ])")
PARTICLE = re.compile(r"(?:al-|el-|bin |ben |von |van |de |d['’])(?=[A-ZÀ-Þ])")
SHARE = re.compile(
    r"\b(?:in|out of|sur)\s(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|vingt|cent)\b"
)
NAME = r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2}"
TO = r"(?:à |de |en |d['’])?"
NAMES = rf"{NAME}(?:, {TO}{NAME}){{1,6}},? (?:and|et) {TO}(?:the )?{NAME}"
LISTED = re.compile(rf"{NAMES}$")
PLACES = re.compile(rf"\s(?P<link>in|from|of|across|at|à|de|en|d['’])\s?{NAMES}$")
APART = ("à", "at", "en")
IN_NAME = re.compile(r"\s(?:for\s[A-Z]|sans\s[Ff]ronti)")
ACRONYM = re.compile(r"[A-Z]{2,}(?:-[A-Z]+)?")
INITIAL = re.compile(r"\s[A-ZÀ-Þ]\.$")
NAME_ARTICLE = re.compile(r"(?:L['’]|The |Le |La |Les )[A-ZÀ-Þ]")
TITLE = re.compile(
    r"(?:M|Mr|Mrs|Ms|Mme|Mlle|MM|Me|Dr|Pr|Prof|Sen|Gov|Rep|Sgt|Lt|Col|Gen|Capt|Maj|Det|Insp|Rev|Mgr)"
    r"(?:\.|\b)"
)
TITLED = re.compile(rf"(?:{TITLE.pattern}\s){{0,2}}{PERSON.pattern}")
APPOSITION = re.compile(
    rf"(?:\s(?:à|au|aux|chargée?|en|in|at|for)\s[^,;:.!?«»“”]{{1,60}})?,\s({TITLED.pattern})(?=\s?(?:,|$|\.$))"
)
DESCRIBED = re.compile(rf"(?:[a-zà-ÿ-]+\s){{1,4}}{PERSON.pattern}")
ASIDE = re.compile(r"\s\([^()]{1,30}\)$")
PARTY = re.compile(rf"\s\([^()]{{1,30}}\)\s({PERSON.pattern})")
LAST_NAME = re.compile(
    r"(?:^|(?<=\s))(?P<first>[A-ZÀ-Þ][\w’'.-]*)(?P<more>(?:\s(?:(?:de|du|von|van|bin|la|le) )?"
    r"[A-ZÀ-Þ][\w’'-]*)*)$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the sentence that name somebody, and the whole phrase around them."""

    text: str
    start: int
    whole: str
    determined: bool
    lead: str = ""
    via: "Phrase | None" = None


def after(text: str, at: int, reporting: Reporting) -> Phrase | None:
    """Read the phrase that begins at `at`."""
    at += len(text[at : at + 2]) - len(text[at : at + 2].lstrip())
    opening = reporting.determiners.match(text, at)
    start = opening.end() if opening and not NAME_ARTICLE.match(text, at) else at
    end = _phrase_end(text, start, reporting)
    if start == end:
        return None
    whole = text[start:end]
    if party := PARTY.match(text, end):
        return Phrase(party[1], party.start(1), whole, determined=True, lead=text[at:start])
    if named := APPOSITION.match(text, end):
        name = named[1] if INITIAL.search(named[1]) else named[1].rstrip(".")
        lead = text[at:start]
        return _untitled(Phrase(name, named.start(1), whole, determined=True, lead=lead))
    found = _named(whole, start, reporting, determined=opening is not None)
    return replace(found, lead=text[at:start]) if found else None


def before(text: str, at: int, reporting: Reporting) -> Phrase | None:
    """Read the subject that ends before the verb at `at`."""
    floor = _floor(text, at)
    if listed := _listed(text, floor, at, reporting):
        return listed
    segments = _segments(text, floor, at, reporting)
    if not segments:
        return None
    start, last = segments[-1]
    if last and not _is_aside(last, reporting):
        return _subject(start, last, reporting)
    return _apposed(segments, reporting)


def _listed(text: str, floor: int, at: int, reporting: Reporting) -> Phrase | None:
    """Read who has a list behind it, or is one: `Officials in Riga, Vilnius and Tallinn`."""
    piece = BEFORE_VERB.sub("", text[floor:at].rstrip())
    if places := PLACES.search(piece):
        head = before(text, floor + places.start(), reporting)
        if head is None or head.start + len(head.text) != floor + places.start():
            return None
        if places["link"] in APART:
            return head
        whole = text[head.start : floor + len(piece)]
        return replace(head, text=whole, whole=whole)
    names = LISTED.match(piece) if floor == 0 else None
    return Phrase(piece, 0, piece, determined=True) if names else None


def _is_aside(piece: str, reporting: Reporting) -> bool:
    """See what stands between subject and verb: `the chief, Jane Doe, on Friday urged`."""
    if OBJECT.fullmatch(piece):
        return True
    words = piece.lower().split()
    is_subject = reporting.determiners.match(piece) or words[0] in SUBJECTS | reporting.documents
    if is_subject or words[0] in reporting.pronouns or words[-1] in reporting.nominative:
        return False
    return len(words) <= SHORT and words[0] in reporting.phrase_ends


def _apposed(segments: list[tuple[int, str]], reporting: Reporting) -> Phrase | None:
    """Read `the spokesman, Jane Doe, said` and `Jane Doe, the spokesman, said`."""
    inner = segments[-2] if len(segments) > 1 else None
    outer = segments[-3] if len(segments) > 2 else None
    if inner and TITLED.fullmatch(inner[1]):
        whole = outer[1] if outer else inner[1]
        bare = _bare(whole, reporting)
        lead = whole[: len(whole) - len(bare)]
        return _untitled(Phrase(inner[1], inner[0], bare, determined=True, lead=lead))
    if inner and outer and (named := _named_inside(inner, outer, reporting)):
        return named
    for segment in (outer, inner):
        if segment and segment[1] and (found := _subject(*segment, reporting)):
            whole = inner[1] if inner and segment is outer else found.whole
            return replace(found, whole=whole)
    return _far_name(segments)


def _named_inside(
    inner: tuple[int, str], outer: tuple[int, str], reporting: Reporting
) -> Phrase | None:
    """Read the name in `a spokesman, the captain Jane Doe, said`."""
    is_described = reporting.determiners.match(inner[1]) and not PERSON.fullmatch(outer[1])
    named = _subject(*inner, reporting) if is_described else None
    if named is None or named.text == named.whole or not PERSON.fullmatch(named.text):
        return None
    return replace(named, whole=_bare(outer[1], reporting))


def _far_name(segments: list[tuple[int, str]]) -> Phrase | None:
    """Read the name that opens the sentence: `Jane Doe, 19, who was there, said`."""
    start, first = segments[0]
    return Phrase(first, start, first, determined=True) if PERSON.fullmatch(first) else None


def _segments(text: str, floor: int, at: int, reporting: Reporting) -> list[tuple[int, str]]:
    """Cut what stands before the verb at commas; each piece without its white space."""
    cuts = [match.end() for match in re.finditer(r",(?!\d)|[»”\"?!]", text[floor:at])]
    edges = [0, *cuts, at - floor]
    pieces: list[tuple[int, str]] = []
    for left, right in pairwise(edges):
        piece = text[floor + left : floor + right].rstrip(',»”"?! \u00a0')
        piece = ASIDE.sub("", piece)
        start = floor + left
        for clause in reporting.clause_starts.finditer(piece):
            start = floor + left + clause.end()
        start = _second_clause(text, start, floor + left + len(piece), reporting)
        inside = text[start : floor + left + len(piece)]
        lead = len(inside) - len(inside.lstrip())
        pieces.append((start + lead, inside.strip()))
    return pieces


def _second_clause(text: str, start: int, end: int, reporting: Reporting) -> int:
    """Return where the clause before the verb begins: `the road is shut and the mayor says`."""
    for link in AND.finditer(text, start, end):
        if reporting.finite.search(text, start, link.start()):
            return link.end()
    return start


def _subject(start: int, piece: str, reporting: Reporting) -> Phrase | None:
    """Accept a piece as a subject: a pronoun, or a phrase with article or capital."""
    piece = BEFORE_VERB.sub("", piece)
    if pronoun := _pronoun(start, piece, reporting):
        return pronoun
    opening = reporting.determiners.match(piece)
    offset = opening.end() if opening else 0
    end = _phrase_end(piece, offset, reporting)
    if not _may_speak(piece, offset, reporting) or reporting.inner.match(piece, end):
        return None
    if party := PARTY.match(piece, end):
        lead, whole = piece[:offset], piece[offset:end]
        return Phrase(party[1], start + party.start(1), whole, determined=True, lead=lead)
    found = _named(piece[offset:end], start + offset, reporting, determined=opening is not None)
    return replace(found, lead=piece[:offset]) if found else None


def _pronoun(start: int, piece: str, reporting: Reporting) -> Phrase | None:
    """Read a pronoun, also the one at the end of `Four years ago he`."""
    last = piece.rpartition(" ")[2]
    if piece.lower() not in reporting.pronouns and last not in reporting.nominative:
        return None
    word = piece if piece.lower() in reporting.pronouns else last
    return Phrase(word, start + len(piece) - len(word), word, determined=False)


def _may_speak(piece: str, offset: int, reporting: Reporting) -> bool:
    """Tell whether a piece looks like a noun phrase and not like the rest of a clause."""
    words = piece[offset:].lower().split()
    if not words or len(words) >= MOST_WORDS or words[0] in reporting.not_speakers:
        return False
    if SHARE.search(piece):
        return False
    if words[0] in reporting.phrase_ends and not _is_headed(words, reporting):
        return False
    bare_plural = piece[:1].isalpha() and piece[-1:] == "s" and len(words) < BARE_PLURAL
    named = piece[:1].isupper() or PARTICLE.match(piece) is not None
    is_known = words[0] in reporting.people or words[-1] in reporting.people
    return offset > 0 or named or bare_plural or is_known or DESCRIBED.fullmatch(piece) is not None


def _is_headed(words: list[str], reporting: Reporting) -> bool:
    """See `two people close to the case`, where the number leads no span of time."""
    is_counted = words[0] in SUBJECTS and len(words) > 1
    return words[0] in reporting.documents or (is_counted and words[1] not in SPANS)


def _untitled(phrase: Phrase) -> Phrase:
    """Leave the title before a name in apposition: `son avocate, Me Sarah Lévy`."""
    title = TITLE.match(phrase.text)
    if title is None or phrase.text[title.end() : title.end() + 1] != " ":
        return phrase
    offset = title.end() + 1
    bare = replace(phrase, text=phrase.text[offset:], start=phrase.start + offset)
    return _untitled(bare)


def _named(whole: str, start: int, reporting: Reporting, *, determined: bool) -> Phrase | None:
    """Keep the proper name where the phrase is a title or a document with one."""
    text, offset = whole, 0
    head = whole.lower().split()[0] if whole.split() else ""
    names = list(CAPITALISED.finditer(whole))
    role = _role_end(whole, reporting)
    if (title := TITLE.match(whole)) and whole[title.end() : title.end() + 1] == " ":
        offset = title.end() + 1
    elif role:
        offset = role
    elif names and head.strip(".") in reporting.documents | reporting.people:
        offset = _name_offset(whole, head, names[-1], reporting)
    elif names and _is_titled(whole, names[-1], reporting):
        offset = names[-1].start()
    text = POSSESSIVE.sub("", whole[offset:])
    return Phrase(text, start + offset, whole, determined=determined) if text.strip() else None


def _role_end(whole: str, reporting: Reporting) -> int:
    """Return where the name begins in `Ukrainian President Anna Roy`, or nought."""
    words = whole.split(" ")
    places = [place for place, word in enumerate(words) if word.lower() in reporting.people]
    if not places or not all(word[:1].isupper() for word in words):
        return 0
    rest = " ".join(words[places[-1] + 1 :])
    return len(whole) - len(rest) if PERSON.fullmatch(rest) else 0


def _is_titled(whole: str, name: re.Match[str], reporting: Reporting) -> bool:
    """See `Opposition leader Jane Doe`: a role right before the name that ends the phrase."""
    before = whole[: name.start()].split()
    if not before or name.end() < len(whole):
        return False
    return before[-1].lower().strip(".") in reporting.people or _is_described(
        before, name, reporting
    )


def _is_described(before: list[str], name: re.Match[str], reporting: Reporting) -> bool:
    """See `neighbour Tony Marsh`, `la boulangère Marie Petit`: common nouns, then a full name."""
    things = reporting.bodies | reporting.offices | reporting.media | reporting.documents
    if not all(word.isalpha() and word.islower() for word in before):
        return False
    if not things.isdisjoint(before):
        return len(before) > 1 and ACRONYM.fullmatch(name.group()) is not None
    return len(before) <= MOST_ROLE_WORDS and PERSON.fullmatch(name.group()) is not None


def _name_offset(whole: str, head: str, name: re.Match[str], reporting: Reporting) -> int:
    """Return where the name begins inside `rapport de la Cour des comptes`."""
    linked = reporting.of.search(whole)
    if head in reporting.documents:
        return linked.end() if linked and linked.end() <= name.start() else name.start()
    if set(name.group().lower().split()) <= reporting.media:
        return 0
    if not name.start():
        return len(head) + 1 if len(head) + 1 < name.end() == len(whole) else 0
    gap = whole[: name.start()]
    ends_phrase = name.end() == len(whole) and not reporting.of.search(gap[-7:])
    return name.start() if ends_phrase else 0


def _phrase_end(text: str, at: int, reporting: Reporting) -> int:
    """Return where the phrase ends: at a mark, at a word that opens something else."""
    end = at
    for count in range(MOST_WORDS):
        match = TOKEN.match(text, end)
        if match is None:
            break
        in_name = text[at].isupper() and IN_NAME.match(text, end)
        if count and not in_name and _is_break(match, text[at:end], reporting):
            break
        end = match.end()
        if match[1].endswith(".") and not TITLE.fullmatch(match[1]) and len(match[1]) > 3:
            return end - 1
    return end


def _is_break(token: re.Match[str], so_far: str, reporting: Reporting) -> bool:
    """Tell whether the word ends the phrase; an article after `de` does not."""
    word = token[1].lower().replace("’", "'").rstrip(".")
    low = so_far.lower()
    if _goes_on(word, low, reporting):
        return False
    if word in reporting.phrase_ends or reporting.aside.match(token.string, token.start()):
        return True
    is_linked = reporting.linking.match(token.string, token.start()) is not None
    return token[1][0].islower() and not is_linked and _ends_in_person(so_far, reporting)


def _goes_on(word: str, so_far: str, reporting: Reporting) -> bool:
    """See `of the`, `study by`, `spokesman for`, `sources close to`: the phrase is not over."""
    last = so_far.split()[-1]
    return (
        (word in ARTICLES and so_far.endswith(LINKS))
        or (word in reporting.agents and so_far.split()[0] in reporting.documents)
        or (word == "for" and last.rstrip("s") in reporting.people)
        or (word, last) in FAMILIAR
    )


def _ends_in_person(so_far: str, reporting: Reporting) -> bool:
    """See `Mme Roy`, `Anne Roy`, `préfet Roy Hall`: a person's name, which ends the phrase."""
    name = LAST_NAME.search(so_far)
    if name is None:
        return False
    first, lead = name["first"], so_far[: name.start()].split()
    if TITLE.fullmatch(first) or (lead and TITLE.fullmatch(lead[-1])):
        return bool(name["more"] or lead)
    is_person = first.lower() in GIVEN or bool(lead and lead[-1].lower() in reporting.people)
    return bool(name["more"]) and is_person


def _bare(phrase: str, reporting: Reporting) -> str:
    opening = reporting.determiners.match(phrase)
    return phrase[opening.end() :] if opening else phrase


def _floor(text: str, at: int) -> int:
    """Return how far back to look, at a word boundary."""
    floor = max(0, at - WINDOW)
    while 0 < floor < at and not text[floor - 1].isspace():
        floor += 1
    return floor
