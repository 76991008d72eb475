"""What a key may do. What a person may do is the workflow's to say."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from annotations.api.pagination import KeysetPagination
from annotations.models import ApiKey

Scope = ApiKey.Scope
Scopes = dict[str, frozenset[str]]

PUBLISHED = frozenset({Scope.READ_PUBLISHED, Scope.READ_ALL})
ALL = frozenset({Scope.READ_ALL})
ARTICLES = frozenset({Scope.WRITE_ARTICLES})
ANNOTATIONS = frozenset({Scope.WRITE_ANNOTATIONS})
PEOPLE_ONLY: frozenset[str] = frozenset()


class ScopeGranted(BasePermission):
    """A key needs one of the scopes that the view names for the action; a person needs none."""

    code = "scope_missing"
    message = _("This API key has no scope for that.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiKey) or view.action is None:
            return True
        return not view.scopes[view.action].isdisjoint(request.auth.scopes)


class Scoped(GenericViewSet[Any]):
    """Base of every viewset: signed in, and for keys, with the scope that the action names."""

    pagination_class = KeysetPagination
    permission_classes: tuple[type[BasePermission], ...] = (IsAuthenticated, ScopeGranted)
    scopes: ClassVar[Scopes]
