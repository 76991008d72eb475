"""Saved views: filters of the queue or of the search, under a name."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.desks import Desk
from annotations.models.people import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """Return one's own, and those that one's desks share."""
        shared = Desk.objects.visible_to(user).values("pk")
        return self.filter(Q(owner=user, desk=None) | Q(desk__in=shared))

    def in_order(self) -> Self:
        """Put one's own first, each as its owner ordered them."""
        return self.order_by(F("desk").asc(nulls_first=True), "position", "pk")


SavedViewManager = models.Manager.from_queryset(SavedViewQuerySet)


class SavedView(models.Model):
    """What the address of a list asks for. With a desk, all its members have it."""

    class Page(models.TextChoices):
        QUEUE = "queue", _("Queue")
        SEARCH = "search", _("Search")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views", db_index=False
    )
    desk = models.ForeignKey(
        Desk, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    page = models.CharField(max_length=10, choices=Page)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, help_text="The part of the address after “?”.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = SavedViewManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="view_name_once",
                condition=Q(desk__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["desk", "page", "name"],
                name="view_name_once_per_desk",
                condition=Q(desk__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
