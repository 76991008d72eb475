"""What readers see: an article's outcome, and a desk's feed."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import hidden, open_desk, within
from annotations.api.conditions import FOR_EVERYBODY, FOR_ONESELF, kept_by, tag, unless_known
from annotations.api.permissions import PUBLISHED, Scoped, ScopeGranted
from annotations.api.renderers import Html
from annotations.api.schema import FOR_READERS, IF_NONE_MATCH, NOT_MODIFIED, answers, problems_of
from annotations.api.serializers.reports import ReportSerializer
from annotations.api.views.exports import FormatByName
from annotations.exports import Publisher, base_of, publisher_of, record_of
from annotations.exports.atom import MEDIA_TYPE, SIZE, feed_of
from annotations.exports.reports import Seen, changed_at, report_of, seen, shown
from annotations.models import AuditEvent, Desk, Publication
from annotations.models.publications import PublicationQuerySet

SETTLED = timedelta(seconds=2)


class ReportViewSet(Scoped):
    """What came of one article."""

    scopes = {"retrieve": PUBLISHED}
    open_to_readers = frozenset({"retrieve"})

    def get_renderers(self) -> list[BaseRenderer]:
        return [*super().get_renderers(), Html()]

    @extend_schema(
        operation_id="articles_report_retrieve",
        parameters=[IF_NONE_MATCH],
        responses=answers(ReportSerializer, 404, 406)
        | {(200, "text/html"): OpenApiTypes.STR}
        | NOT_MODIFIED,
        auth=FOR_READERS,
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Sum up what is published of an article, as JSON or as a piece of a web page."""
        rows = Publication.objects.filter(within(request), article=pk).newest()
        found = list(rows.for_readers().order_by("start", "verdict_id"))
        if not found:
            raise hidden(request)
        every = [seen(row) for row in found]
        is_html = isinstance(request.accepted_renderer, Html)
        publisher = publisher_of(found[0].desk, base_of(request.build_absolute_uri()))
        states = [(one.record.id, one.record.version, one.left_behind_in) for one in every]
        etag = tag(states, publisher if is_html else None)
        build = partial(_fragment, every, publisher) if is_html else partial(_summed_up, every)
        response: Response = unless_known(request, etag, build, keep=kept_by(request))
        patch_vary_headers(response, ["Accept"])
        return response


def _summed_up(every: list[Seen]) -> Response:
    return Response(report_of(every))


def _fragment(every: list[Seen], publisher: Publisher) -> Response:
    context = {"lines": [shown(one, publisher) for one in every], "publisher": publisher}
    headers = {"Content-Language": publisher.language}
    with translation.override(publisher.language):
        return Response(render_to_string("public/_report.html", context), headers=headers)


class FeedViewSet(Scoped):
    """A desk's newest changes for feed readers; of a public desk, for everybody's."""

    scopes = {"retrieve": PUBLISHED}
    permission_classes = (ScopeGranted,)
    content_negotiation_class = FormatByName

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Ask nobody who they are where everybody may read: one copy then serves all."""
        slug = getattr(self, "kwargs", {}).get("desk")
        is_public = slug is not None and Desk.objects.public().filter(slug=slug).exists()
        return [] if is_public else super().get_authenticators()

    @extend_schema(
        operation_id="feeds_retrieve",
        parameters=[IF_NONE_MATCH],
        responses=problems_of(404) | {(200, MEDIA_TYPE): OpenApiTypes.STR} | NOT_MODIFIED,
        auth=FOR_READERS,
    )
    def retrieve(self, request: Request, desk: str) -> HttpResponse:
        """Show the newest publications, corrections and retractions as an Atom feed."""
        found = open_desk(request, desk)
        publisher = publisher_of(found, base_of(request.build_absolute_uri()))
        state = _state_of(found)
        response: HttpResponse = unless_known(
            request,
            tag(state, publisher),
            partial(_feed, found, publisher, request._request.path),
            keep=FOR_EVERYBODY if found.publishes_publicly else FOR_ONESELF,
            modified=_changed_at(found, state, now=timezone.now()),
        )
        if not found.publishes_publicly:
            patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


class Entry(NamedTuple):
    """All that an entry of the feed depends on, and when its article had its newest text."""

    sequence: int
    left_behind_in: int | None
    text_at: datetime


def _state_of(desk: Desk) -> list[Entry]:
    rows = _newest(desk).with_text()[:SIZE]
    columns = "sequence", "left_behind_in", "article__current_revision__created_at"
    return [Entry(*row) for row in rows.values_list(*columns)]


def _newest(desk: Desk) -> PublicationQuerySet:
    return Publication.objects.filter(desk=desk).newest().order_by("-sequence")


def _feed(desk: Desk, publisher: Publisher, path: str) -> HttpResponse:
    entries = [seen(row) for row in _newest(desk).for_readers()[:SIZE]]
    data = feed_of(entries, publisher, f"{publisher.base}{path}")
    headers = {"Content-Language": desk.language}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


def _changed_at(desk: Desk, state: list[Entry], *, now: datetime) -> datetime | None:
    """Return when the log, an article in it or the desk's own words changed last.

    None just after it: a second change could come within the second that a header can say.
    """
    last = (
        Publication.objects.filter(desk=desk).select_related("desk").order_by("-sequence").first()
    )
    if last is None:
        return None
    told = AuditEvent.objects.about(desk).values_list("at", flat=True).first()
    changed = changed_at(record_of(last)), told or last.published_at
    newest = max(*changed, *(one.text_at for one in state))
    return newest if now - newest > SETTLED else None
