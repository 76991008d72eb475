"""Writing what extraction found, without touching what people did."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from annotations import extraction
from annotations.extraction import Finding, Role, Signal, Span
from annotations.extraction import Sentence as Piece
from annotations.models import Article, Candidate, Revision, Sentence
from annotations.workflow import progress

BATCH = 1000


def worked_spans(revision: Revision) -> list[Span]:
    """Return the spans of sentences that people worked on or cut: extraction leaves them so."""
    touched = Q(annotations__isnull=False) | Q(comments__isnull=False) | Q(cut_by_hand=True)
    worked = Sentence.objects.filter(touched, revision=revision)
    return [Span(*pair) for pair in worked.order_by("start").distinct().values_list("start", "end")]


def store(*, article: Article, revision: Revision, found: list[Finding]) -> None:
    """Make the revision's sentences and candidates equal to what was found, in one transaction."""
    kept = _drop_vanished(revision, found)
    sentences = [kept.get((one.start, one.end)) or _new(article, revision, one) for one in found]
    moved = [s for n, (s, one) in enumerate(zip(sentences, found, strict=True)) if _move(s, n, one)]
    Sentence.objects.bulk_update((s for s in moved if s.pk), ["index", "role"], batch_size=BATCH)
    Sentence.objects.bulk_create((s for s in sentences if not s.pk), batch_size=BATCH)
    Candidate.objects.filter(sentence__revision=revision).delete()
    Candidate.objects.bulk_create(
        [_candidate(article, s, one) for s, one in zip(sentences, found, strict=True)],
        batch_size=BATCH,
    )
    progress.recount(article)


def _drop_vanished(revision: Revision, found: list[Finding]) -> dict[tuple[int, int], Sentence]:
    """Delete sentences that are no more; return those that stay, by span."""
    wanted = {(one.start, one.end) for one in found}
    present = {(s.start, s.end): s for s in Sentence.objects.filter(revision=revision)}
    vanished = [s.pk for span, s in present.items() if span not in wanted]
    Sentence.objects.filter(pk__in=vanished).delete()
    return {span: s for span, s in present.items() if span in wanted}


def _new(article: Article, revision: Revision, one: Finding) -> Sentence:
    return Sentence(
        article=article, revision=revision, start=one.start, end=one.end, exact=one.exact
    )


def _move(sentence: Sentence, index: int, one: Finding) -> bool:
    """Give the sentence its place and role; tell whether that is a change."""
    before = sentence.index, sentence.role
    sentence.index, sentence.role = index, one.role.value
    return before != (sentence.index, sentence.role)


def examine(article: Article, sentences: Sequence[Sentence]) -> None:
    """Say what there is to say of sentences cut by hand; the next extraction says it better."""
    pieces = [Piece(one.start, one.end, one.exact, Role(one.role)) for one in sentences]
    found = extraction.examine(
        pieces,
        language=article.language,
        published_at=article.published_at,
        profile=extraction.Profile.FAST,
    )
    Candidate.objects.filter(sentence__in=sentences).delete()
    Candidate.objects.bulk_create(
        _candidate(article, sentence, one) for sentence, one in zip(sentences, found, strict=True)
    )


def _candidate(article: Article, sentence: Sentence, one: Finding) -> Candidate:
    wire = one.to_dict()
    return Candidate(
        desk_id=article.desk_id,
        sentence=sentence,
        is_candidate=one.is_candidate,
        check_worthiness=one.check_worthiness,
        kind=one.kind,
        claimant=wire["claimant"],
        claimant_name=one.claimant.name[:300] if one.claimant else "",
        quotes=wire["quotes"],
        quantities=wire["quantities"],
        dates=wire["dates"],
        signals=[_kept(signal) for signal in one.signals],
        facets=wire["facets"],
        repeats=wire["repeats"],
        conflicts=wire["conflicts"],
        engine=one.engine,
    )


def _kept(signal: Signal) -> dict[str, Any]:
    """Keep what a signal is about; its sentence is made for each reader in their language."""
    return {
        "id": signal.id,
        "start": signal.start,
        "end": signal.end,
        "params": dict(signal.params),
    }
