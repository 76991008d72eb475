"""Who reads the pages of public desks: nobody knows them, so they are counted by their address."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import ngettext

from annotations.editor.requests import whole_number
from annotations.workflow import rates
from factcheck.visitors import household_of

FRESH = 60  # seconds that a reader's copy may be used without asking
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def counted(view: View[P]) -> View[P]:
    """Let an address in so many times a minute; one too many is told before anything is read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        limit = settings.READER_PAGES_A_MINUTE
        counted = rates.Counted(f"pages:{household_of(request)}", limit)
        standing = rates.count(counted, now=time.time())
        if standing is not None and standing.is_over:
            return _too_many(standing)
        return view(request, *args, **kwargs)

    return cast(View[P], guarded)


def at_one_address(*numbers: str) -> Callable[[View[P]], View[P]]:
    """Send a reader on who added to the address what the page does not know.

    These are the numbers that it knows. Else each address that somebody makes up would be another
    page to every cache on the way, and another one to draw.
    """

    def decorated(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            query = _known(request, numbers)
            if query == request.META.get("QUERY_STRING", ""):
                return view(request, *args, **kwargs)
            address = f"{request.path}?{query}" if query else request.path
            headers = {"Location": address, "Cache-Control": f"public, max-age={FRESH}"}
            return HttpResponse(status=302, headers=headers)

        return cast(View[P], guarded)

    return decorated


def for_everybody(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let any cache keep an answer for a minute; who has it already is only told so."""
    patch_cache_control(response, public=True, max_age=FRESH)
    set_response_etag(response)
    kept = get_conditional_response(request, etag=response["ETag"], response=response)
    return kept if isinstance(kept, HttpResponse) else response


def _known(request: HttpRequest, numbers: tuple[str, ...]) -> str:
    given = {name: whole_number(request.GET.get(name)) for name in numbers}
    return urlencode({name: number for name, number in given.items() if number})


def _too_many(standing: rates.Standing) -> HttpResponse:
    """Say it in a line: a whole page would cost as much as what was asked for."""
    seconds = standing.reset
    text = ngettext(
        "Too many requests came from your address. Try again in %(seconds)s second.",
        "Too many requests came from your address. Try again in %(seconds)s seconds.",
        seconds,
    )
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"} | standing.headers()
    return HttpResponse(
        text % {"seconds": seconds},
        status=429,
        content_type="text/plain; charset=utf-8",
        headers=headers,
    )
