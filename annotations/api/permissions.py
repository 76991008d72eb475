"""What a key may do. What a person may do is the workflow's to say."""

from typing import Any, ClassVar, cast

from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from annotations.api.access import is_anybody
from annotations.api.conditions import name_by_content
from annotations.api.limits import PerCaller, count_wrong_key
from annotations.api.pagination import KeysetPagination
from annotations.models import ApiKey
from annotations.workflow.rates import Standing

Scope = ApiKey.Scope
Scopes = dict[str, frozenset[str]]

PUBLISHED = frozenset({Scope.READ_PUBLISHED, Scope.READ_ALL})
ALL = frozenset({Scope.READ_ALL})
ARTICLES = frozenset({Scope.WRITE_ARTICLES})
ANNOTATIONS = frozenset({Scope.WRITE_ANNOTATIONS})
WEBHOOKS = frozenset({Scope.ADMIN_WEBHOOKS})
PEOPLE_ONLY: frozenset[str] = frozenset()
_OF_NO_ACTION = (None, "metadata")  # a method that the address does not have, and OPTIONS


class ScopeGranted(BasePermission):
    """A key needs one of the scopes that the view names for the action; a person needs none."""

    code = "scope_missing"
    message = _("This API key has no scope for that.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiKey) or view.action in _OF_NO_ACTION:
            return True
        return not view.scopes[view.action].isdisjoint(request.auth.scopes)


class MemberOrReader(BasePermission):
    """Somebody signed in; and for what the view opens to readers, anybody at all.

    Readers then see of public desks what is published: `annotations.api.access` sees to that.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        return not is_anybody(request) or view.action in view.open_to_readers


class Scoped(GenericViewSet[Any]):
    """Base of every viewset: signed in, and for keys, with the scope that the action names."""

    pagination_class = KeysetPagination
    permission_classes: tuple[type[BasePermission], ...] = (MemberOrReader, ScopeGranted)
    open_to_readers: ClassVar[frozenset[str]] = frozenset()
    throttle_classes = (PerCaller,)
    scopes: ClassVar[Scopes]
    standing: Standing | None = None

    @property
    def pages(self) -> KeysetPagination:
        return cast(KeysetPagination, self.paginator)

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            count_wrong_key(request, self)
            raise

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Name the methods, in `Allow`; what they take and give is in the schema."""
        return Response(status=204)

    def finalize_response(self, *args: Any, **options: Any) -> Response:
        """Say whose answer this is, so that no cache gives it to others, and what is left."""
        response = super().finalize_response(*args, **options)
        if self.request.method in SAFE_METHODS:
            name_by_content(self.request, response)
        if self.request.authenticators or "public" not in response.get("Cache-Control", ""):
            patch_vary_headers(response, ["Authorization", "Cookie"])
        if self.standing is not None:
            for name, value in self.standing.headers().items():
                response[name] = value
        return response
