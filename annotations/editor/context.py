"""What the frame of every page shows."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from annotations.models import Desk, Membership, User


@dataclass(frozen=True)
class Standing:
    """The desks of the person who looks, read when a template asks for them."""

    user: User | None

    @cached_property
    def memberships(self) -> list[Membership]:
        if self.user is None:
            return []
        return list(self.user.memberships.select_related("desk").order_by("desk__name"))

    @property
    def desks(self) -> list[Desk]:
        return [one.desk for one in self.memberships]

    @property
    def reviews(self) -> bool:
        return any(one.role != Membership.Role.ANNOTATOR for one in self.memberships)


def workbench(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    return {"standing": Standing(user if isinstance(user, User) else None)}
