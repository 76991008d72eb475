"""The house itself: whether it stands, its documentation, and the way out of wrong doors."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404
from django.urls import Resolver404, resolve
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from redis import Redis, RedisError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.errors import SlashMissing
from annotations.api.serializers.health import HealthSerializer

PATIENCE = 2  # seconds


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


class SchemaView(SpectacularAPIView):
    authentication_classes = ()


class DocsView(SpectacularSwaggerSplitView):
    authentication_classes = ()
    url_name = "api:schema"


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
