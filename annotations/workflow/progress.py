"""How much of an article is left to check."""

from typing import Any

from django.db.models import Count, IntegerField, Q, Subquery
from django.db.models.functions import Coalesce

from annotations.models import Article, Sentence
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


def follow(article: Article, *, before: int, after: int) -> bool:
    """Count anew where a sentence came to have enough annotators, or has too few again.

    Say whether it came to have enough.
    """
    needed = article.desk.annotators_needed
    if (before >= needed) == (after >= needed):
        return False
    recount(article)
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
