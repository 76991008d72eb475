"""Articles: added, listed, read sentence by sentence, extracted, published."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotations import tasks
from annotations.api.access import blind_desks, desks, one_desk, person
from annotations.api.conditions import require_version, unless_known
from annotations.api.permissions import ALL, ANNOTATIONS, ARTICLES
from annotations.api.renderers import plain
from annotations.api.replay import once
from annotations.api.schema import (
    IDEMPOTENCY_KEY,
    IF_MATCH_REQUIRED,
    IF_NONE_MATCH,
    LOCATION,
    NOT_MODIFIED,
    answers,
)
from annotations.api.searching import found
from annotations.api.serializers.articles import (
    ArticleChangeSerializer,
    ArticleDraftSerializer,
    ArticleRowSerializer,
    ArticleSerializer,
    ExtractionSerializer,
)
from annotations.api.serializers.publications import PublishedSerializer
from annotations.api.serializers.queries import (
    ArticleQuerySerializer,
    conditions,
    in_language,
    read,
    said,
)
from annotations.api.serializers.sentences import SentenceSerializer
from annotations.api.views.one_article import OneArticle
from annotations.exports import record_of, to_wire
from annotations.models import Article, Desk, ExtractionRun, Sentence, read_own
from annotations.models.shapes import Shapes, of_desks
from annotations.workflow import articles, extraction_runs, metadata, publishing, workers
from annotations.workflow.intake import Draft

_ROW = ArticleRowSerializer()  # made once, not for each request
_LISTED = Shapes(lambda: Article.objects.for_rows().order_by("-id"))
_LOOKUPS = {"published_after": "published_at__gt"}
_PLAIN = {*_LOOKUPS, "desk", "ordering"}


class ArticleViewSet(OneArticle):
    """Pieces under check, with their sentences, extraction and outcome."""

    scopes = {
        "list": ALL,
        "retrieve": ALL | ARTICLES,
        "partial_update": ARTICLES,
        "destroy": ARTICLES,
        "create": ARTICLES,
        "sentences": ALL,
        "extract": ARTICLES,
        "extraction": ALL | ARTICLES,
        "publish": ANNOTATIONS,
    }
    serializer_class = ArticleSerializer

    @extend_schema(
        parameters=[ArticleQuerySerializer], responses=answers(ArticleRowSerializer, 400, 404)
    )
    def list(self, request: Request) -> Response:
        """List the desk's articles, newest first."""
        query = read(request, ArticleQuerySerializer)
        among = desks(request, query.get("desk"))
        if query.keys() <= _PLAIN and query["ordering"] == "-id":
            where = of_desks("desk", [desk.pk for desk in among]) | said(query, _LOOKUPS)
            page = self.pages.page_of(request, _LISTED, where)
        else:
            page = self.paginate_queryset(self._asked_for(query, among)) or []
        return self.get_paginated_response([_ROW.to_representation(one) for one in page])

    def _asked_for(self, query: dict[str, Any], among: Sequence[Desk]) -> QuerySet[Article]:
        rows = Article.objects.for_rows().filter(
            conditions(query, _LOOKUPS), in_language(query, "language"), desk__in=among
        )
        if "source" in query:
            rows = rows.of_source(query["source"], desks=among)
        if "state" in query:
            rows = rows.in_state(query["state"])
        if "q" in query:
            blind = blind_desks(self.request, among)
            hits = found(self.request, query["q"], among=among, blind=blind)
            rows = rows.filter(hits.articles, pk__in=hits.entries.values("article"))
        if query["ordering"] == "-published_at":
            return rows.exclude(published_at=None).order_by("-published_at", "-id")
        return rows.order_by("-id")

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=ArticleDraftSerializer,
        responses=answers(ArticleSerializer, 400, 404, 409, 413, 415, 422, status=201),
    )
    def create(self, request: Request) -> Response:
        """Add an article and queue its extraction."""
        body = ArticleDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        desk = one_desk(request, body.validated_data.get("desk"))
        add = partial(self._add, desk, body.validated_data["queue"])
        answer = self.once_with_text(body.validated_data, add)
        location = reverse("api:article-detail", args=[answer["id"]], request=request)
        return Response(answer, status=201, headers={"Location": location})

    def _add(self, desk: Desk, queue: ExtractionRun.Queue, draft: Draft) -> dict[str, Any]:
        run = articles.add(
            desk=desk, draft=draft, by=person(self.request), at=timezone.now(), queue=queue
        )
        tasks.send(run)
        return self.whole(self.get_queryset().get(current_run=run))

    @extend_schema(
        parameters=[IF_NONE_MATCH], responses=answers(ArticleSerializer, 404) | NOT_MODIFIED
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show an article: its text's number and hash, its extraction, its counts."""
        article = self.article()
        return unless_known(request, self.tag(article), lambda: Response(self.whole(article)))

    @extend_schema(
        parameters=[IF_MATCH_REQUIRED],
        request=ArticleChangeSerializer,
        responses=answers(ArticleSerializer, 400, 404, 409, 412, 413, 415, 428),
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what an article says of itself; a new date or language has it read again."""
        article, version = self.article(), require_version(request)
        body = ArticleChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        run = metadata.amend(
            article=article,
            changes=body.validated_data,
            by=person(request),
            at=timezone.now(),
            based_on=version,
        )
        if run is not None:
            tasks.send(run)
        amended = self.article()
        return Response(self.whole(amended), headers={"ETag": self.tag(amended)})

    @extend_schema(responses=answers(None, 404, 409, status=204))
    def destroy(self, request: Request, pk: int) -> Response:
        """Delete an article of which nothing was ever published, with all work on it."""
        articles.delete(article=self.article(), by=person(request), at=timezone.now())
        return Response(status=204)

    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses=answers(SentenceSerializer(many=True), 404) | NOT_MODIFIED,
    )
    def sentences(self, request: Request, pk: int) -> Response:
        """List the sentences of the article's newest text, in reading order."""
        article = self.article()
        return unless_known(request, self.tag(article), partial(self._sentences, article))

    def _sentences(self, article: Article) -> Response:
        rows = Sentence.objects.filter(revision=article.current_revision_id).in_reading_order()
        page = self.paginate_queryset(rows.select_related("candidate", "verdict")) or []
        found_here = read_own(page, reader=person(self.request))
        row = SentenceSerializer(context={"blind": blind_desks(self.request, [article.desk])})
        return self.get_paginated_response([row.to_representation(one) for one in found_here])

    @extend_schema(request=None, responses=answers(ExtractionSerializer, 404, status=202))
    def extract(self, request: Request, pk: int) -> Response:
        """Queue extraction again; one that is queued or running already is answered instead."""
        at = timezone.now()
        run = extraction_runs.request(article=self.article(), by=person(request), at=at)
        if run.queued_at == at:
            tasks.send(run)
        return Response(self._extraction(run), status=202)

    @extend_schema(responses=answers(ExtractionSerializer, 404))
    def extraction(self, request: Request, pk: int) -> Response:
        """Show how the newest extraction goes."""
        return Response(self._extraction(self.article().current_run))

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses=answers(PublishedSerializer, 404, 409, 422),
    )
    def publish(self, request: Request, pk: int) -> Response:
        """Publish every approved verdict of the article, in one transaction."""
        return Response(once(request, partial(self._publish, self.article())))

    def _publish(self, article: Article) -> dict[str, Any]:
        published = publishing.publish(article=article, by=person(self.request), at=timezone.now())
        return {"published": [plain(to_wire(record_of(one))) for one in published]}

    def _extraction(self, run: Any) -> dict[str, Any]:
        alive = workers.any_alive(at=timezone.now())
        return ExtractionSerializer(run, context={"worker_running": alive}).data
