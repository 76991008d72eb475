"""Event streams: what open pages listen to, and where a page says that somebody works on it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.editor import languages
from annotations.editor.live.hub import BACK, Full, hub
from annotations.editor.live.pages import ArticlePage, Page, QueuePage, give_back_connection
from annotations.editor.live.streams import AGAIN_LATER, Stream
from annotations.editor.requests import EditorRequest, signed_in, whole_number
from annotations.models import Article, Desk, User
from annotations.workflow import news, presence

P = ParamSpec("P")
EVENTS = "text/event-stream"
NAME_LENGTH = 64
BUSY_SECONDS = "60"


def stream(
    find: Callable[Concatenate[EditorRequest, P], Page],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Serve a page's news: as they come, or with `?once` what there is; 401 to strangers."""

    @require_safe
    @wraps(find)
    def serve(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return HttpResponse(status=401)
        languages.speak_to(request.user)
        page = find(cast(EditorRequest, request), *args, **kwargs)
        told = _at_once(request, page)
        if told is not None:
            return _headed(HttpResponse(told, content_type=EVENTS))
        give_back_connection()
        try:
            pieces = Stream(page, hub=hub)
        except Full:
            return HttpResponse(status=503, headers={"Retry-After": BUSY_SECONDS})
        return _headed(StreamingHttpResponse(pieces, content_type=EVENTS))

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], serve)


@stream
def article(request: EditorRequest, pk: int) -> Page:
    """Tell of one article; `since` is the last event that the page knows of."""
    visible = Article.objects.visible_to(request.user).only("desk")
    since = request.headers.get("Last-Event-ID") or request.GET.get("since")
    shown = get_object_or_404(visible, pk=pk)
    return ArticlePage(
        article_id=shown.pk,
        desk_id=shown.desk_id,
        reader=request.user,
        name=request.GET.get("page", "")[:NAME_LENGTH],
        since=whole_number(since),
    )


@stream
def queue(request: EditorRequest) -> Page:
    """Tell of the extractions of all of one's desks."""
    return QueuePage(frozenset(Desk.objects.visible_to(request.user).ids()), request.user)


@signed_in
@require_POST
def working(request: EditorRequest, pk: int) -> HttpResponse:
    """Take or keep the lease on the article; nobody is refused for not having it."""
    found = get_object_or_404(Article.objects.visible_to(request.user).only("desk"), pk=pk)
    if presence.work(article_id=pk, by=request.user):
        news.send(news.Hint(news.PEOPLE, found.desk_id, pk))
    return HttpResponse(status=204)


def _at_once(request: HttpRequest, page: Page) -> bytes | None:
    """Return what is answered without a stream; `HEAD` takes no place among those who listen."""
    if request.method == "HEAD":
        return b""
    if "once" in request.GET:
        return AGAIN_LATER + b"".join(page.tell(BACK, timezone.now()))
    return None


def _headed(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
