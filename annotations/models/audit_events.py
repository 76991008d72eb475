"""Audit events: who did what, when, with the state before and after."""

from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from annotations.models.desks import Desk
from annotations.models.people import User


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def undoable_by(self, user: User) -> Self:
        """That person's annotation changes that stand, newest first."""
        return self._last_by(user, AuditEvent.UNDOABLE)

    def about(self, desk: Desk) -> Self:
        """What happened to the desk itself: its rules, members, keys; newest first."""
        return self.filter(desk=desk, article__isnull=True).order_by("-id")

    def redoable_by(self, user: User) -> Self:
        """What that person undid and may do again, newest first.

        It ends with the next change that the person makes in the article.
        """
        later = AuditEvent.objects.filter(
            actor=user,
            article=OuterRef("article"),
            action__in=AuditEvent.CHANGES,
            id__gt=OuterRef("id"),
        )
        return self._last_by(user, [AuditEvent.UNDONE]).filter(~Exists(later))

    def _last_by(self, user: User, actions: Sequence[str]) -> Self:
        undone = AuditEvent.objects.filter(undoes=OuterRef("pk"))
        return self.filter(~Exists(undone), actor=user, action__in=actions).order_by("-id")


AuditEventManager = models.Manager.from_queryset(AuditEventQuerySet)


class AuditEvent(models.Model):
    """One change of state. Append-only: the database refuses to change or delete it.

    It points at rows without holding them, so that it outlives an article deleted before
    anything of it was published.
    """

    CHANGES = ("annotation.put", "annotation.withdrawn")
    UNDONE, REDONE = "annotation.undone", "annotation.redone"
    UNDOABLE = (*CHANGES, REDONE)

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="events", db_index=False)
    article = models.ForeignKey(
        "Article",
        models.DO_NOTHING,
        null=True,
        related_name="events",
        db_constraint=False,
        db_index=False,
    )
    sentence = models.ForeignKey(
        "Sentence",
        models.DO_NOTHING,
        null=True,
        related_name="events",
        db_constraint=False,
        db_index=False,
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="events",
        db_index=False,
    )
    action = models.CharField(max_length=50)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.UUIDField(null=True, help_text="Shared by the events of one step.")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField()

    objects = AuditEventManager()

    class Meta:
        indexes = [
            models.Index(F("sentence"), F("id").desc(), name="event_of_sentence"),
            models.Index(F("article"), F("id").desc(), name="event_of_article"),
            models.Index(F("actor"), F("id").desc(), name="event_by_actor"),
            models.Index(F("desk"), F("id").desc(), name="event_of_desk"),
            models.Index(
                F("desk"),
                F("id").desc(),
                name="event_about_desk_itself",
                condition=Q(article__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.at:%Y-%m-%d %H:%M}"
