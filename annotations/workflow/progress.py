"""How much of an article is left to check."""

from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from annotations.models import Article, Candidate, Sentence
from annotations.models.statements import Slot, Updating


def recount(article: Article) -> None:
    """Count the candidates without enough annotations, and keep the number on the article.

    The caller holds the article's row, so that two counts at once cannot overwrite each other.
    """
    _RECOUNTED.run(
        article=article.pk,
        revision=article.current_revision_id,
        needed=article.desk.annotators_needed,
    )


def follow(sentence: Sentence, *, before: int, after: int) -> bool:
    """Count on where the sentence came to have enough annotators, or has too few again.

    Say whether it came to have enough. The caller holds the article's row.
    """
    article = sentence.article
    needed = article.desk.annotators_needed
    if (before >= needed) == (after >= needed):
        return False
    step = _CLOSED if after >= needed else _OPENED
    step.run(article=article.pk, sentence=sentence.pk, revision=article.current_revision_id)
    return after >= needed


def _open_candidates() -> dict[str, Any]:
    too_few = Q(verdict=None) | Q(verdict__annotators__lt=Slot("needed"))
    number = (
        Sentence.objects.filter(too_few, revision=Slot("revision"), candidate__is_candidate=True)
        .values("revision")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return {"open_candidates": Coalesce(Subquery(number, output_field=IntegerField()), 0)}


_RECOUNTED = Updating(lambda: Article.objects.filter(pk=Slot("article")), _open_candidates)


def _moved(by: int) -> Updating:
    """Change the number by one candidate, where the sentence is one of the newest text."""
    candidate = Candidate.objects.filter(
        sentence=Slot("sentence"), sentence__revision=Slot("revision"), is_candidate=True
    )
    return Updating(
        lambda: Article.objects.filter(Exists(candidate), pk=Slot("article")),
        lambda: {"open_candidates": Greatest(F("open_candidates") + by, 0)},
    )


_CLOSED, _OPENED = _moved(-1), _moved(1)
