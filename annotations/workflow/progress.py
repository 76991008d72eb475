"""How much of an article is left to check."""

from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from annotations.models import Article, Candidate, Desk, Sentence, Verdict
from annotations.models.articles import ArticleQuerySet
from annotations.models.statements import Slot, Updating
from annotations.models.verdicts import Progress, settled


def recount(article: Article) -> None:
    """Count the candidates that are left to check, and keep the number on the article.

    The caller holds the article's row, so that two counts at once cannot overwrite each other.
    """
    _RECOUNTED.run(
        article=article.pk,
        revision=article.current_revision_id,
        needed=article.desk.annotators_needed,
    )


def follow(sentence: Sentence, *, before: Progress, after: Progress) -> bool:
    """Count on where the sentence came to be settled, or is so no more.

    Say whether it came to be. The caller holds the article's row.
    """
    article = sentence.article
    needed = article.desk.annotators_needed
    was_settled, is_settled = before.is_settled(needed), after.is_settled(needed)
    if was_settled == is_settled:
        return False
    step = _CLOSED if is_settled else _OPENED
    step.run(article=article.pk, sentence=sentence.pk, revision=article.current_revision_id)
    return is_settled


def touched_by(desk: Desk, *, before: int) -> ArticleQuerySet:
    """Return the articles with a sentence that had enough annotators and has too few now, or had
    too few and has enough, since another number of them is needed than `before`.
    """
    low, high = sorted((before, desk.annotators_needed))
    between = Verdict.objects.filter(desk=desk, annotators__gte=low, annotators__lt=high)
    return Article.objects.of_desk(desk).filter(pk__in=between.values("article"))


def recount_all(articles: ArticleQuerySet, *, needed: int) -> int:
    """Count as `recount` does, many articles at once; say how many. The caller holds them all."""
    return articles.update(**_open_candidates(OuterRef("current_revision"), needed))


def _open_candidates(revision: Any, needed: Any) -> dict[str, Any]:
    left = Q(verdict=None) | ~settled(needed, of="verdict__")
    number = (
        Sentence.objects.filter(left, revision=revision, candidate__is_candidate=True)
        .values("revision")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return {"open_candidates": Coalesce(Subquery(number, output_field=IntegerField()), 0)}


_RECOUNTED = Updating(
    lambda: Article.objects.filter(pk=Slot("article")),
    lambda: _open_candidates(Slot("revision"), Slot("needed")),
)


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
