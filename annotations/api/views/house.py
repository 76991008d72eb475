"""The house itself: whether it stands, its documentation, and the way out of wrong doors."""

from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from redis import Redis, RedisError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.conditions import FOR_EVERYBODY, tag, unless_known
from annotations.api.errors import SlashMissing
from annotations.api.serializers.health import HealthSerializer

PATIENCE = 2  # seconds
_LANGUAGE = "en"  # of the schema


class Open(APIView):
    """Needs no sign-in and tells no details."""

    authentication_classes = ()
    permission_classes = ()


class LiveView(Open):
    @extend_schema(responses=HealthSerializer)
    def get(self, request: Request) -> Response:
        """Say that the web server answers."""
        return Response({"status": "ok"})


class ReadyView(Open):
    @extend_schema(responses={200: HealthSerializer, 503: HealthSerializer})
    def get(self, request: Request) -> Response:
        """Say whether PostgreSQL and Redis answer too."""
        if _services_answer():
            return Response({"status": "ok"})
        return Response({"status": "unavailable"}, status=503)


class NowhereView(Open):
    """Every address below /api/ that is no other: not found, said as a problem."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if _is_one(f"{request.path_info}/"):
            raise SlashMissing
        raise Http404


@method_decorator(gzip_page, name="dispatch")
class SchemaView(SpectacularAPIView):
    """Gives what is the same for everybody until the next release, so it is made once."""

    authentication_classes = ()

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **options: Any) -> HttpResponse:
        media_type = request.accepted_renderer.media_type
        content, etag = _schema(media_type)
        build = partial(HttpResponse, content, content_type=f"{media_type}; charset=utf-8")
        response: HttpResponse = unless_known(request, etag, build, keep=FOR_EVERYBODY)
        response["Content-Language"] = _LANGUAGE
        patch_vary_headers(response, ["Accept"])
        return response


class DocsView(SpectacularSwaggerSplitView):
    authentication_classes = ()
    url_name = "api:schema"


@cache
def _schema(media_type: str) -> tuple[bytes, str]:
    """Describe the interface in this form; return also the name of its state."""
    with translation.override(_LANGUAGE):
        generator: Any = SpectacularAPIView.generator_class()
        renderers: Any = SpectacularAPIView.renderer_classes
        renderer = next(one() for one in renderers if one.media_type == media_type)
        content: bytes = renderer.render(generator.get_schema(request=None, public=True))
    return content, tag(content)


def _is_one(path: str) -> bool:
    """Say whether an address is one of ours."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return getattr(found.func, "view_class", None) is not NowhereView


def _services_answer() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as redis:
            redis.ping()
    except (DatabaseError, RedisError):
        return False
    return True
