"""What happened in an article since a reader last heard of it, in one query."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from annotations.models.annotations import Annotation, Evidence
from annotations.models.audit_events import AuditEvent
from annotations.models.people import User

AT_MOST = 200
_OWN = {name: name for name in ("label", "words", "version")}


def happened(*, article_id: int, since: int, reader: User) -> QuerySet[AuditEvent]:
    """Return the newest events after a number, newest first, with all that is shown of them.

    Each brings its sentence, what the reader says of it as `own`, and what others say as `others`.
    Whoever left the desk gets nothing.
    """
    said = Annotation.objects.given().filter(sentence=OuterRef("sentence"))
    own = said.filter(author=reader)
    return (
        AuditEvent.objects.filter(article=article_id, pk__gt=since, desk__memberships__user=reader)
        .select_related(
            "actor", "sentence__candidate", "sentence__verdict", "sentence__article__desk"
        )
        .annotate(
            own=Subquery(own.values(json=JSONObject(**_OWN))[:1]),
            others=ArraySubquery(
                said.exclude(author=reader).order_by("updated_at").values(json=_given())
            ),
        )
        .order_by("-pk")[:AT_MOST]
    )


def _given() -> Any:
    evidence = Evidence.objects.filter(annotation=OuterRef("pk")).order_by("position")
    fields = ("url", "title", "quote", "stance")
    return JSONObject(
        label="label",
        words="words",
        rationale="rationale",
        updated_at="updated_at",
        display_name="author__display_name",
        first_name="author__first_name",
        last_name="author__last_name",
        username="author__username",
        evidence=ArraySubquery(evidence.values(json=JSONObject(**{one: one for one in fields}))),
    )
