"""How much of an article is left to check."""

from django.db.models import Exists, OuterRef

from annotations.models import Article, Candidate, Desk, Verdict


def recount(article: Article) -> int:
    """Count the candidates without enough annotations, and keep the number on the article.

    The caller holds the article's row, so that two counts at once cannot overwrite each other.
    """
    needed = Desk.objects.filter(pk=article.desk_id).values("annotators_needed")
    decided = Verdict.objects.filter(sentence=OuterRef("sentence"), annotators__gte=needed[:1])
    article.open_candidates = (
        Candidate.objects.proposed()
        .filter(~Exists(decided), sentence__revision=article.current_revision_id)
        .count()
    )
    article.save(update_fields=["open_candidates"])
    return article.open_candidates
