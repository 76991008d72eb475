"""What the JSON-LD formats need to know of a request."""

from collections.abc import Sequence

from django.utils import timezone
from rest_framework.request import Request

from annotations.exports import Setting, Texts, base_of, publisher_of
from annotations.models import Desk


def setting_of(request: Request, among: Sequence[Desk], *, with_quotes: bool = True) -> Setting:
    """Say who publishes, where this server is, and what time it is."""
    address = request.build_absolute_uri()
    base = base_of(address)
    return Setting(
        publishers={desk.slug: publisher_of(desk, base) for desk in among},
        base=base,
        address=f"{base}{request._request.get_full_path()}",
        at=timezone.now(),
        texts=Texts,
        with_quotes=with_quotes,
    )
