"""Evidence: links and documents that speak for or against a sentence."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from annotations.models import Annotation, Evidence
from annotations.workflow import checks
from annotations.workflow.errors import BadInput

TITLE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence, as an editor gives it."""

    url: str
    title: str = ""
    quote: str = ""
    stance: str = Evidence.Stance.SUPPORTS
    archived_url: str = ""


def check(items: Sequence[Item]) -> None:
    """Refuse the first item that cannot be kept or shown."""
    for number, item in enumerate(items):
        _check_item(f"evidence/{number}", item)


def items_of(annotation: Annotation) -> list[dict[str, str]]:
    """Say what evidence an annotation holds, in the form that audit events keep."""
    if annotation._state.adding or annotation.has_evidence is False:
        return []
    return [
        asdict(Item(row.url, row.title, row.quote, row.stance, row.archived_url))
        for row in annotation.evidence.order_by("position")
    ]


def replace(annotation: Annotation, items: Sequence[dict[str, str]], *, at: datetime) -> None:
    """Make these the annotation's evidence; what was there before keeps when it was looked at."""
    annotation.has_evidence = bool(items)
    seen = dict(annotation.evidence.values_list("url", "accessed_at"))
    if seen:
        annotation.evidence.all().delete()
    Evidence.objects.bulk_create(
        Evidence(annotation=annotation, position=n, accessed_at=seen.get(item["url"], at), **item)
        for n, item in enumerate(items)
    )


def _check_item(field: str, item: Item) -> None:
    if item.stance not in Evidence.Stance.values:
        raise BadInput(
            _("Evidence supports, refutes or gives context."),
            field=f"{field}/stance",
            code="unknown_stance",
        )
    checks.require_address(item.url, field=f"{field}/url")
    if item.archived_url:
        checks.require_address(item.archived_url, field=f"{field}/archived_url")
    checks.refuse_control(item.quote, field=f"{field}/quote")
    checks.refuse_control(item.title, field=f"{field}/title")
    if len(item.title) > TITLE_LENGTH:
        raise BadInput(
            _("A title has at most %(limit)s characters.") % {"limit": TITLE_LENGTH},
            field=f"{field}/title",
            code="too_long",
        )
