"""Webhooks: where a desk's news is sent, and what became of each message."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.desks import Desk
from annotations.models.people import User
from annotations.models.publications import Publication


class WebhookEvent(models.TextChoices):
    PUBLISHED = "publication.published", _("a sentence was published")
    CORRECTED = "publication.corrected", _("a publication was corrected")
    RETRACTED = "publication.retracted", _("a publication was retracted")
    FINISHED = "article.finished", _("nothing is left to do in an article")


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def kept(self) -> Self:
        return self.exclude(state=WebhookEndpoint.State.REMOVED)

    def with_something_due(self, *, at: datetime) -> Self:
        """Active, not resting, and with a message whose time has come."""
        due = WebhookDelivery.objects.filter(endpoint=OuterRef("pk")).due(at=at)
        return self.filter(
            Exists(due),
            Q(retry_at=None) | Q(retry_at__lte=at),
            state=WebhookEndpoint.State.ACTIVE,
        )

    def stopped(self) -> Self:
        """Those that stopped by themselves."""
        return self.filter(
            state=WebhookEndpoint.State.PAUSED, paused_because__in=WebhookEndpoint.BY_ITSELF
        )

    def stopped_for(self, manager: User) -> Self:
        """Those that stopped by themselves on the desks that this person manages: a notice."""
        return self.stopped().filter(
            desk__memberships__user=manager, desk__memberships__role="manager"
        )


WebhookEndpointManager = models.Manager.from_queryset(WebhookEndpointQuerySet)


class WebhookEndpoint(models.Model):
    """An address of a publisher's, and which news it wants.

    Its secret is not stored: it is derived from the salt and a key of the installation.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        REMOVED = "removed", _("removed")

    class Because(models.TextChoices):
        PERSON = "person", _("somebody paused it")
        FAILING = "failing", _("it failed for days")
        GONE = "gone", _("it answered that it is gone")

    BY_ITSELF = (Because.FAILING, Because.GONE)

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="webhooks")
    url = models.URLField(max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    events = ArrayField(models.CharField(max_length=40, choices=WebhookEvent))
    state = models.CharField(max_length=20, choices=State, default=State.ACTIVE)
    paused_because = models.CharField(max_length=20, choices=Because, blank=True)
    salt = models.CharField(max_length=64)
    previous_salt = models.CharField(max_length=64, blank=True)
    previous_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True, help_text="It rests until then.")
    claimed_by = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    last_delivered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = WebhookEndpointManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="paused") ^ Q(paused_because=""),
                name="webhook_paused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def event_names(self) -> list[str]:
        return [str(WebhookEvent(event).label) for event in self.events]


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def pending(self) -> Self:
        return self.filter(state=WebhookDelivery.State.PENDING)

    def for_list(self) -> Self:
        """Load what a row of the log shows, without what was told."""
        return self.annotate(sequence=F("publication__sequence")).defer("data")

    def due(self, *, at: datetime) -> Self:
        """Whose time has come, and before which nothing waits of the same sentence or article."""
        earlier = WebhookDelivery.objects.pending().filter(
            endpoint=OuterRef("endpoint"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
        )
        return self.pending().filter(~Exists(earlier), next_attempt_at__lte=at)


WebhookDeliveryManager = models.Manager.from_queryset(WebhookDeliveryQuerySet)


class WebhookDelivery(models.Model):
    """One message to one endpoint, written in the transaction that made the news."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")

    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", db_index=False
    )
    message_id = models.UUIDField(default=uuid4, unique=True)
    event = models.CharField(max_length=40, choices=WebhookEvent)
    subject = models.CharField(max_length=40, help_text="What is told in order, one after another.")
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, related_name="deliveries"
    )
    data = models.JSONField(null=True, help_text="What is told, where it is no publication.")
    occurred_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    last_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    answer = models.CharField(max_length=500, blank=True, help_text="How it began.")
    error = models.CharField(max_length=300, blank=True)

    objects = WebhookDeliveryManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "publication"], name="webhook_publication_once"
            ),
            models.CheckConstraint(
                condition=Q(publication__isnull=True) ^ Q(data__isnull=True),
                name="webhook_tells_one_thing",
            ),
        ]
        indexes = [
            models.Index(F("endpoint"), F("id").desc(), name="webhook_delivery_log"),
            models.Index(
                "endpoint", "subject", "id", name="webhook_pending", condition=Q(state="pending")
            ),
            models.Index("endpoint", "id", name="webhook_next", condition=Q(state="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.subject} · {self.state}"

    @property
    def event_name(self) -> str:
        return str(WebhookEvent(self.event).label)

    @property
    def webhook_id(self) -> str:
        """The name that the receiver knows the message by."""
        return f"msg_{self.message_id.hex}"
