"""What Universal Dependencies files say of sentences and of who speaks in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.extraction.languages import find
from annotations.extraction.languages.base import words
from annotations.extraction.pipeline import Context, observe

DOCUMENT = 30
SAID = ("ccomp", "parataxis", "parataxis:obj")
UNNAMED = frozenset({"qui", "that", "which", "who", "on", "ce", "what", "one"})
UNNAMED |= {"je", "j'", "nous", "vous", "tu", "i", "we", "you"}
STRICT = {
    "fr": words(
        "affirmer ajouter annoncer assurer confirmer confier conclure considérer constater déclarer"
        " démentir dénoncer dire estimer expliquer indiquer insister juger lancer nier noter"
        " observer poursuivre préciser prétendre promettre rappeler reconnaître regretter répliquer"
        " répondre révéler souligner soutenir témoigner"
    ),
    "en": words(
        "acknowledge add admit allege announce argue assert claim conclude confirm contend declare"
        " deny estimate explain insist note predict reply report reveal say state suggest tell warn"
        " write"
    ),
}


@dataclass(frozen=True, slots=True)
class Word:
    place: int
    form: str
    lemma: str
    kind: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    words: tuple[Word, ...]


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file, in order."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        text = next((one[9:] for one in lines if one.startswith("# text = ")), None)
        if text is not None:
            rows = [line.split("\t") for line in lines if re.match(r"\d+\t", line)]
            yield Sentence(text, tuple(_word(row) for row in rows))


def documents(path: Path) -> Iterator[list[str]]:
    """Yield the sentences, thirty at a time."""
    texts = [sentence.text for sentence in read(path)]
    for at in range(0, len(texts), DOCUMENT):
        yield texts[at : at + DOCUMENT]


def speakers(path: Path) -> tuple[int, int]:
    """Return how many subjects of verbs of saying are found as claimants, and how many there are.

    Found is who shares a word with the subject's phrase, and has its head or a name of it.
    """
    language = path.name[:2]
    context = Context(language, find(language))
    right = total = 0
    for sentence in read(path):
        for subject in subjects(sentence, language):
            claimant = observe(sentence.text, context).claimant
            total += 1
            via = claimant.via.whole if claimant and claimant.via else ""
            named = f"{claimant.whole} {claimant.text} {via}" if claimant else ""
            right += is_named(named, subject, sentence.words)
    return right, total


def subjects(sentence: Sentence, language: str) -> Iterator[Word]:
    """Yield the subject of each verb of saying that has something said."""
    for verb in sentence.words:
        if verb.lemma not in STRICT[language] or verb.kind != "VERB":
            continue
        below = [word for word in sentence.words if word.head == verb.place]
        says = any(word.relation in SAID for word in below)
        inserted = verb.relation.startswith("parataxis")
        subject = next((word for word in below if word.relation == "nsubj"), None)
        if subject is not None and (says or inserted) and _plain(subject.form) not in UNNAMED:
            yield subject


def is_named(claimant: str, subject: Word, words: Sequence[Word]) -> bool:
    """Tell whether the claimant holds the subject's head, or a name beside it."""
    found = {part.lower() for part in re.findall(r"[\w-]+", claimant)}
    names = {
        word.form.lower()
        for word in words
        if word.head == subject.place
        and word.relation in ("appos", "flat", "flat:name", "nmod")
        and word.kind == "PROPN"
    }
    return bool(found & ({_plain(subject.form)} | names))


def _plain(form: str) -> str:
    """Return a word in lower case, a pronoun without what ties it to its verb: `-t-il`."""
    return form.lower().removeprefix("-t").removeprefix("-")


def _word(row: Sequence[str]) -> Word:
    head = int(row[6]) if row[6].isdigit() else 0
    return Word(int(row[0]), row[1], row[2], row[3], head, row[7])
