"""What the frame of every page shows."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from annotations.editor.keys import Keyboard
from annotations.models import Desk, Membership, User, WebhookEndpoint
from annotations.models.statements import Reading, Slot

_MEMBERSHIPS = Reading(
    lambda: (
        Membership.objects.filter(user=Slot("user"))
        .annotate(
            has_stopped=Exists(WebhookEndpoint.objects.stopped().filter(desk=OuterRef("desk")))
        )
        .select_related("desk")
        .defer("desk__guidelines")
        .order_by("desk__name")
    )
)
_STOPPED = Reading(
    lambda: WebhookEndpoint.objects.stopped_for(Slot("user")).select_related("desk")  # type: ignore[arg-type]
)


@dataclass(frozen=True)
class Standing:
    """The desks of the person who looks, read when a template asks for them."""

    user: User | None

    @cached_property
    def memberships(self) -> list[Membership]:
        if self.user is None:
            return []
        return _MEMBERSHIPS.all(user=self.user.pk)

    @cached_property
    def keyboard(self) -> Keyboard:
        return Keyboard(self.user)

    @property
    def desks(self) -> list[Desk]:
        return [one.desk for one in self.memberships]

    @property
    def desk_ids(self) -> list[int]:
        """Every desk whose work this person may see."""
        return [one.desk_id for one in self.memberships]

    @property
    def reviewed_ids(self) -> list[int]:
        """The desks where this person is reviewer or manager."""
        return [one.desk_id for one in self.memberships if one.role != Membership.Role.ANNOTATOR]

    def role_on(self, desk_id: int) -> str | None:
        return next((one.role for one in self.memberships if one.desk_id == desk_id), None)

    @property
    def managed(self) -> list[Desk]:
        """The desks whose settings this person may change."""
        return [one.desk for one in self.memberships if one.role == Membership.Role.MANAGER]

    @cached_property
    def stopped(self) -> list[WebhookEndpoint]:
        """Webhooks that stopped by themselves on the desks that this person manages."""
        managed = (one for one in self.memberships if one.role == Membership.Role.MANAGER)
        if self.user is None or not any(one.has_stopped for one in managed):  # type: ignore[attr-defined]
            return []
        return _STOPPED.all(user=self.user.pk)

    @property
    def blind_ids(self) -> set[int]:
        """The desks that hide colleagues' labels from this person."""
        annotates = Membership.Role.ANNOTATOR
        mine = (one for one in self.memberships if one.role == annotates)
        return {one.desk_id for one in mine if one.desk.is_blind}

    @property
    def reviews(self) -> bool:
        return bool(self.reviewed_ids)


def workbench(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    nobody = Standing(user if isinstance(user, User) else None)
    return {"standing": getattr(request, "standing", nobody)}
