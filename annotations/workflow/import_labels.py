"""Labels that other tools gave, put on our sentences as annotations of whoever gave or brings them.

What a span says goes to the sentence that holds most of it. Nothing that stands is overwritten, and
nothing is guessed: what fits nowhere, or contradicts itself, is reported.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _

from annotations import extraction
from annotations.imports import Fault, Mark, labels
from annotations.imports.faults import excerpt
from annotations.imports.spans import best
from annotations.models import Annotation, Article, Evidence, Import, Sentence, User
from annotations.workflow import checks, cutting, import_people, import_words, intake, tagging
from annotations.workflow.errors import BadInput, WorkflowError
from annotations.workflow.import_rows import Row

_REPAIRS = {"utf16": "span_utf16", "moved": "span_moved"}
Places = Sequence[tuple[int, int]]
Place = tuple[int, str]  # which sentence, and the user name of whoever gave it a label, if named


class Said(NamedTuple):
    """A label in our words, and the mark that it came from."""

    label: str
    mark: Mark


class Hand(NamedTuple):
    """Whose annotations these become, who brings them, and when."""

    author: User
    by: User
    at: datetime


def table(lines: str) -> dict[str, str]:
    """Read which of our labels the words of a file mean."""
    try:
        return labels.table_of([lines])
    except labels.BadTable as error:
        raise BadInput(
            _("“%(line)s” says nothing about labels. Write for example: disputed=False,Fake")
            % {"line": str(error)[:80]},
            field="map",
        ) from error


def foresee(work: Import, row: Row) -> int:
    """Say how many labels a row would bring, as far as its text alone tells."""
    if row.draft is None:
        return 0
    said = _by_sentence(work, row, _foreseen(work, row.draft))
    return len(dict(_agreed(row, said)))


def put(work: Import, row: Row, article: Article, *, by: User, at: datetime) -> int:
    """Annotate the sentences that a row's marks stand in; say how many labels are new."""
    sentences = _one_claim(article, by, at) if work.is_of_claims else _sentences(article)
    said = _by_sentence(work, row, [(one.start, one.end) for one in sentences])
    authors = import_people.authors(work, by)
    return sum(
        _annotate(row, sentences[index], one, Hand(authors.get(name, by), by, at))
        for (index, name), one in _agreed(row, said)
    )


def _foreseen(work: Import, draft: intake.Draft) -> Places:
    if work.is_of_claims:
        return [(0, len(draft.text))]
    return [(one.start, one.end) for one in extraction.plan(draft.text, language=draft.language)]


def _sentences(article: Article) -> list[Sentence]:
    return list(Sentence.objects.filter(revision=article.current_revision_id).in_reading_order())


def _one_claim(article: Article, by: User, at: datetime) -> list[Sentence]:
    """Join the sentences of a claim, as long as nobody has worked on them."""
    sentences = _sentences(article)
    if Annotation.objects.filter(sentence__article=article).exists():
        return sentences[:1]
    while len(sentences) > 1:
        first = sentences[0]
        seen = extraction.Span(first.start, first.end)
        try:
            cutting.merge(sentence=first, by=by, at=at, based_on=seen)
        except WorkflowError:
            break
        sentences = _sentences(article)
    return sentences[:1]


def _by_sentence(work: Import, row: Row, places: Places) -> dict[Place, list[Said]]:
    """Find the sentence and the author of each mark; what has no sentence is told."""
    known = table(work.options.get("map", ""))
    people = import_people.table_of(work)
    found: dict[Place, list[Said]] = defaultdict(list)
    for mark in row.entry.marks:
        label = labels.meaning(mark.label, known, mark.worth)
        if label is None:
            _tell(row, "label_unknown", mark.label)
        elif label != labels.IGNORE:
            index = _place(row, mark, places)
            if index is not None:
                found[index, import_people.name_of(mark, people)].append(Said(label, mark))
    return found


def _place(row: Row, mark: Mark, places: Places) -> int | None:
    if mark.start is None or mark.end is None:
        if len(places) == 1:
            return 0
        _tell(row, "label_of_all", mark.label, count=len(places))
        return None
    index = best(places, mark.start, mark.end)
    if index is None:
        _tell(row, "no_sentence_there", mark.label, start=mark.start, end=mark.end)
    elif mark.repair in _REPAIRS:
        _tell(row, _REPAIRS[mark.repair], mark.label, start=mark.start, end=mark.end)
    return index


def _agreed(row: Row, said: dict[Place, list[Said]]) -> Iterator[tuple[Place, Said]]:
    """Give each sentence the label of each author, unless the file gives it several."""
    for place, ones in sorted(said.items()):
        if len({one.label for one in ones}) > 1:
            _tell_difference(row, [one.mark for one in ones])
        else:
            rationale = "\n".join(dict.fromkeys(filter(None, (one.mark.rationale for one in ones))))
            yield place, Said(ones[0].label, replace(ones[0].mark, rationale=rationale))


def _tell_difference(row: Row, marks: Sequence[Mark]) -> None:
    """Tell that labels differ, and whose they are where the file says so."""
    if len({mark.by for mark in marks}) == 1:
        _tell(row, "labels_differ", ", ".join(mark.label for mark in marks))
    else:
        said = [f"{mark.label} ({', '.join(mark.by)})" if mark.by else mark.label for mark in marks]
        _tell(row, "people_differ", ", ".join(said))


def _annotate(row: Row, sentence: Sentence, said: Said, hand: Hand) -> bool:
    own = Annotation.objects.filter(sentence=sentence, author=hand.author).first()
    if own and own.label:
        if own.label != said.label:
            _tell_standing(row, sentence, own.label, hand)
        return False
    opinion = tagging.Opinion(said.label, said.mark.rationale, _evidence(row, said.mark))
    annotate = partial(
        tagging.annotate,
        sentence=sentence,
        opinion=opinion,
        by=hand.author,
        at=hand.at,
        based_on=own.version if own else 0,
    )
    try:
        annotate()
    except WorkflowError as refusal:
        why = import_words.in_each_language(partial(import_words.in_vain, annotate), refusal)
        _tell(row, "label_refused", sentence.exact, **why)
        return False
    return True


def _tell_standing(row: Row, sentence: Sentence, label: str, hand: Hand) -> None:
    is_own = hand.author == hand.by
    code = "label_stands" if is_own else "label_of_colleague_stands"
    _tell(row, code, sentence.exact, label=label, name=hand.author.name)


def _evidence(row: Row, mark: Mark) -> list[tagging.Item]:
    """Keep the links; the first is the check itself, with the day on which it came out."""
    titles = [one.title for one in mark.proof]
    if titles and row.entry.first_published:
        day = formats.date_format(row.entry.first_published, "DATE_FORMAT")
        titles[0] = _("First published on %(day)s: %(title)s") % {"day": day, "title": titles[0]}
    return [
        tagging.Item(one.url, title=excerpt(title), stance=Evidence.Stance.CONTEXT)
        for one, title in zip(mark.proof, titles, strict=True)
        if len(one.url) <= checks.ADDRESS_LENGTH
    ]


def _tell(row: Row, code: str, value: str, **params: str | int) -> None:
    column = row.entry.columns.get("label", "label")
    row.faults.append(Fault(row.entry.line, code, column, excerpt(value), params, is_warning=True))
