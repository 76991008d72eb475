"""Which other origins may read the API from a browser: none, unless CORS_ORIGINS names them.

Never with cookies: a page of another origin brings an API key or sees nothing.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

ANY = "*"
_PATH = "/api/"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, "
    "If-Modified-Since, If-Range, Range, Idempotency-Key",
    "Access-Control-Max-Age": "7200",
}
_READABLE = (
    "ETag, Link, Location, Content-Disposition, Content-Range, Accept-Ranges, X-Total-Count, "
    "Allow, WWW-Authenticate, Retry-After, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy"
)


def allowed(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer preflights, and say on every answer of the API who may read it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not settings.CORS_ORIGINS or not request.path.startswith(_PATH):
            return get_response(request)
        is_preflight = (
            request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        )
        response = HttpResponse(status=204) if is_preflight else get_response(request)
        _permit(response, request.headers.get("Origin", ""), is_preflight=is_preflight)
        return response

    return answer


def _permit(response: HttpResponseBase, origin: str, *, is_preflight: bool) -> None:
    is_for_any = ANY in settings.CORS_ORIGINS
    if not is_for_any:
        patch_vary_headers(response, ["Origin"])
    if not origin or not (is_for_any or origin in settings.CORS_ORIGINS):
        return
    response["Access-Control-Allow-Origin"] = ANY if is_for_any else origin
    response["Access-Control-Expose-Headers"] = _READABLE
    if is_preflight:
        for name, value in _PREFLIGHT.items():
            response[name] = value
