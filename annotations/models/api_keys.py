"""API keys: how a publisher's program comes in."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from annotations.models.desks import Desk, Membership


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self, *, at: datetime | Combinable) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)

    def for_list(self) -> Self:
        """Load what a row of the keys shows; a key stops with the person it acts for."""
        member = Membership.objects.filter(user=OuterRef("created_by"), desk=OuterRef("desk"))
        return self.select_related("created_by").annotate(
            acts=Exists(member.filter(user__is_active=True))
        )


ApiKeyManager = models.Manager.from_queryset(ApiKeyQuerySet)


class ApiKey(models.Model):
    """A key of a desk. Only a hash of its secret is kept; the prefix tells keys apart."""

    class Scope(models.TextChoices):
        READ_PUBLISHED = "read:published", _("read what is published")
        READ_ALL = "read:all", _("read everything of the desk")
        WRITE_ARTICLES = "write:articles", _("add articles")
        WRITE_ANNOTATIONS = "write:annotations", _("annotate and review")
        ADMIN_WEBHOOKS = "admin:webhooks", _("manage webhooks")

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=150)
    prefix = models.CharField(max_length=20, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_keys"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyManager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def scope_names(self) -> list[str]:
        return [str(self.Scope(scope).label) for scope in self.scopes]
