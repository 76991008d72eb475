"""What every page shares: who asks, and how a refusal is answered."""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, cast

import orjson
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from annotations.editor import languages
from annotations.editor.context import Standing
from annotations.models import User
from annotations.workflow import idempotency, news
from annotations.workflow.errors import StaleWrite, WorkflowError

P = ParamSpec("P")
form_page = require_http_methods(["GET", "HEAD", "POST"])  # shows a form, and takes it


class EditorRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User
    htmx: HtmxDetails
    standing: Standing


EditorView = Callable[Concatenate[EditorRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(view: EditorView[P]) -> View[P]:
    """Let people in; a fragment asked for after the session ended gets 401, not a login page.

    So does a page of one person in a browser where meanwhile somebody else logged in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if isinstance(request.user, User) and _is_meant(request):
            languages.speak_to(request.user)
            request.standing = Standing(request.user)  # type: ignore[attr-defined]
            with news.sent_by(request.headers.get("X-Page", "")):
                return view(cast(EditorRequest, request), *args, **kwargs)
        if "HX-Request" in request.headers:
            return render(request, "annotations/_logged_out.html", status=401)
        return redirect_to_login(request.get_full_path())

    return cast(View[P], guarded)


def _is_meant(request: HttpRequest) -> bool:
    return request.headers.get("X-Person", str(request.user.pk)) == str(request.user.pk)


def once(request: EditorRequest, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Act, or give the answer that the same `Idempotency-Key` and form were given before."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return act()
    sent = [request.method, request.path, sorted(request.POST.lists())]
    asked = idempotency.Request(
        key=key[:255], fingerprint=sha256(orjson.dumps(sent)).hexdigest(), user=request.user
    )
    return idempotency.once(request=asked, at=timezone.now(), act=act)


def refuse(
    request: HttpRequest, template: str, context: Mapping[str, Any], refusal: WorkflowError
) -> HttpResponse:
    """Show the fragment again with the reason: 409 where somebody was faster, else 422."""
    status = 409 if isinstance(refusal, StaleWrite) else 422
    return render(request, template, {**context, "problem": refusal}, status=status)


def whole_number(value: str | None) -> int:
    """Read a number from the address or a form; what is none counts as 0."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 16 else 0
