"""What else a desk has published: some warnings are about two publications, not one."""

from annotations.exports.documents import Beside
from annotations.exports.publishers import Publisher
from annotations.exports.records import Record
from annotations.models import Publication
from annotations.models.publications import PublicationQuerySet


class Surroundings:
    """For a whole log: asked once, then known of each record."""

    def __init__(self, rows: PublicationQuerySet, publisher: Publisher) -> None:
        self._disputed = rows.said_in_several_ways()
        self._shared = rows.articles_with_several() if _shares_pages(publisher) else set()

    def __call__(self, record: Record) -> Beside:
        return Beside(
            has_same_address=record.article_id in self._shared,
            has_other_rating=record.exact in self._disputed,
        )


def beside(publication: Publication, publisher: Publisher) -> Beside:
    """Look for what would stand beside one publication that is not out yet."""
    out = Publication.objects.standing()
    of_article = out.filter(article=publication.article_id).exclude(verdict=publication.verdict_id)
    return Beside(
        has_same_address=_shares_pages(publisher) and of_article.exists(),
        has_other_rating=out.with_outcome_other_than(publication).exists(),
    )


def _shares_pages(publisher: Publisher) -> bool:
    """Say whether all checks of an article stand on one page."""
    return bool(publisher.check_url) and "{id}" not in publisher.check_url
