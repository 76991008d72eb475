"""What the views of one article share."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language
from rest_framework.generics import get_object_or_404

from annotations.api.access import blind_desks, person, within
from annotations.api.conditions import version_tag
from annotations.api.permissions import Scoped
from annotations.api.replay import earlier, once
from annotations.api.serializers.articles import ArticleSerializer, counts, draft
from annotations.models import Article, AuditEvent
from annotations.workflow import pages
from annotations.workflow.errors import BadInput
from annotations.workflow.intake import Draft


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

    def once_with_text(
        self, valid: dict[str, Any], act: Callable[[Draft], dict[str, Any]]
    ) -> dict[str, Any]:
        """Act once with the text that was sent, or with the page at the address that was sent.

        A page may take long to come: it is fetched before anything is held, and not again for who
        repeats a request that was answered.
        """
        said = draft(valid)
        if "url" not in valid:
            return once(self.request, partial(act, said))
        if answer := earlier(self.request):
            return answer
        page = pages.filled(said, valid["url"], field="url")
        try:
            return once(self.request, partial(act, page))
        except BadInput as refusal:
            refusal.field = "url" if refusal.field == "html" else refusal.field
            raise

    def whole(self, article: Article) -> dict[str, Any]:
        blind = blind_desks(self.request, [article.desk])
        verdicts = article.verdicts.standing().revealed_to(person(self.request), blind=blind)
        rows = verdicts.values_list("label", "state").annotate(number=Count("pk")).order_by()
        return ArticleSerializer(article, context={"counts": counts(list(rows))}).data
