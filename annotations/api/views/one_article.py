"""What the views of one article share."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language
from rest_framework.generics import get_object_or_404

from annotations.api.access import blind_desks, person, within
from annotations.api.conditions import version_tag
from annotations.api.permissions import Scoped
from annotations.api.serializers.articles import ArticleSerializer, counts
from annotations.models import Article, AuditEvent


class OneArticle(Scoped):
    """Views of the article that the address names."""

    def get_queryset(self) -> QuerySet[Article]:
        return Article.objects.for_list().filter(within(self.request))

    def article(self) -> Article:
        last = AuditEvent.objects.filter(article=OuterRef("pk")).order_by("-id").values("pk")[:1]
        rows = self.get_queryset().annotate(last_event=Subquery(last))
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def tag(self, article: Any) -> str:
        """Name the state of an article for one reader: every change leaves an event."""
        run = article.current_run
        progress = (run.pk, run.state, run.sentences_done) if run else None
        reader = (person(self.request).pk, article.desk.is_blind, get_language())
        return version_tag(article.version, article.last_event, progress, *reader)

    def whole(self, article: Article) -> dict[str, Any]:
        blind = blind_desks(self.request, [article.desk])
        verdicts = article.verdicts.standing().revealed_to(person(self.request), blind=blind)
        rows = verdicts.values_list("label", "state").annotate(number=Count("pk")).order_by()
        return ArticleSerializer(article, context={"counts": counts(list(rows))}).data
