"""What the page of insights counts: each figure in one statement, in a small number of rows.

All are bounded by the period, through an index; only the backlog looks at all that is open. What is
said of a sentence is found through its verdict, which names the desk: each labelled one has one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import (
    Aggregate,
    Case,
    Count,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf, TruncDate, TruncWeek

from annotations.models.agreement import Agreement, Profile, agreement
from annotations.models.annotations import Annotation
from annotations.models.articles import Article
from annotations.models.extraction_runs import ExtractionRun
from annotations.models.people import User
from annotations.models.verdicts import Verdict

Desks = Sequence[int]
AGES = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))
_State = ExtractionRun.State
_PROFILES = """SELECT desk_id, verified, unverified, disputed, dismissed, count(*)
    FROM (
        SELECT verdict.desk_id,
            count(*) FILTER (WHERE said.label = 'verified') AS verified,
            count(*) FILTER (WHERE said.label = 'unverified') AS unverified,
            count(*) FILTER (WHERE said.label = 'disputed') AS disputed,
            count(*) FILTER (WHERE said.label = 'dismissed') AS dismissed
        FROM annotations_annotation said
        JOIN annotations_verdict verdict ON verdict.sentence_id = said.sentence_id
        JOIN annotations_sentence sentence ON sentence.id = said.sentence_id
        WHERE said.created_at >= %s AND said.label <> '' AND verdict.desk_id = ANY(%s)
            AND verdict.annotators > 1 AND said.words = sentence.exact{shown}
        GROUP BY verdict.id
        HAVING count(*) > 1
    ) units
    GROUP BY desk_id, verified, unverified, disputed, dismissed
"""
_SHOWN = """
            AND (verdict.desk_id <> ALL(%s) OR verdict.state = ANY(%s) OR EXISTS (
                SELECT FROM annotations_annotation own
                WHERE own.sentence_id = said.sentence_id AND own.author_id = %s AND own.label <> ''
            ))"""


class Sight(NamedTuple):
    """Who looks, and which desks hide from this person what colleagues say."""

    user: User
    blind: frozenset[int] = frozenset()


class Waiting(NamedTuple):
    """What is open of one age; `age` is a place in AGES, or beyond its end."""

    age: int
    articles: int
    sentences: int
    oldest: datetime


class Pace(NamedTuple):
    """How long it took from the article's arrival to the approvals of one week, in seconds."""

    week: date
    verdicts: int
    median: float
    slow: float


class Health(NamedTuple):
    """How one engine fared; the waits and the runs in seconds, as median and 90th percentile."""

    engine: str
    succeeded: int
    stepped_in: int
    failed: int
    active: int
    waited: list[float] | None
    took: list[float] | None


class Percentiles(Aggregate):
    """The median and the 90th percentile."""

    function = "percentile_cont"
    template = "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(models.FloatField())


class Seconds(Func):
    """An interval as seconds."""

    template = "EXTRACT(EPOCH FROM (%(expressions)s))::float8"
    output_field = models.FloatField()


def backlog(desks: Desks, *, at: datetime) -> list[Waiting]:
    """Count the open sentences by the age of their articles."""
    steps = [When(created_at__gt=at - age, then=Value(place)) for place, age in enumerate(AGES)]
    rows = (
        Article.objects.filter(desk__in=desks, is_open=True)
        .annotate(age=Case(*steps, default=Value(len(AGES))))
        .values_list("age")
        .annotate(Count("pk"), Sum("open_candidates"), Min("created_at"))
        .order_by("age")
    )
    return [Waiting(*row) for row in rows]


def labels(
    desks: Desks, *, by: Sight, since: datetime, by_week: bool
) -> dict[tuple[date, str], int]:
    """Count the labels that stand and may be seen, by the day or week when each was first given."""
    step = TruncWeek if by_week else TruncDate
    on_desks = Verdict.objects.filter(desk__in=desks, sentence=OuterRef("sentence"))
    on_desks = on_desks.revealed_to(by.user, blind=by.blind)
    rows = (
        Annotation.objects.given()
        .filter(Exists(on_desks), created_at__gte=since)
        .annotate(on=step("created_at"))
        .values_list("on", "label")
        .annotate(Count("pk"))
        .order_by()
    )
    return {(_day(on), label): number for on, label, number in rows}


def pace(desks: Desks, *, since: datetime) -> list[Pace]:
    """Say how long approvals took, week by week."""
    rows = (
        Verdict.objects.filter(desk__in=desks, approved_at__gte=since)
        .annotate(week=TruncWeek("approved_at"))
        .values_list("week")
        .annotate(
            Count("pk"),
            both=Percentiles(Seconds(F("approved_at") - F("article__created_at"))),
        )
        .order_by("week")
    )
    return [Pace(_day(week), number, *both) for week, number, both in rows]


def agreements(desks: Desks, *, by: Sight, since: datetime) -> dict[int, Agreement]:
    """Say of each desk how far its annotators agree on what two or more of them labelled.

    Labels that were given to other words than the sentence has now are no answer to the same
    question. What is hidden from somebody is left out: where all agree, the figure would give
    labels away.
    """
    found: dict[int, dict[Profile, int]] = {}
    hidden: list[Any] = [list(by.blind), list(Verdict.DECIDED), by.user.pk] if by.blind else []
    with connection.cursor() as cursor:
        profiles = _PROFILES.format(shown=_SHOWN if hidden else "")
        cursor.execute(profiles, [since, list(desks), *hidden])
        for desk, *profile, number in cursor.fetchall():
            found.setdefault(desk, {})[tuple(profile)] = number
    return {desk: agreement(profiles) for desk, profiles in found.items()}


def health(desks: Desks, *, since: datetime) -> list[Health]:
    """Say how extraction went, engine by engine; where another stepped in, of the one asked."""
    succeeded, stood_in = Q(state=_State.SUCCEEDED), ~Q(fallback="")
    waited, took = F("started_at") - F("queued_at"), F("finished_at") - F("started_at")
    rows = (
        ExtractionRun.objects.filter(queued_at__gte=since, revision__article__desk__in=desks)
        .annotate(asked=Coalesce(NullIf("engine_asked", Value("")), "engine"))
        .values_list("asked")
        .annotate(
            fine=Count("pk", filter=succeeded & ~stood_in),
            fallbacks=Count("pk", filter=succeeded & stood_in),
            failures=Count("pk", filter=Q(state=_State.FAILED)),
            unfinished=Count("pk", filter=Q(state__in=ExtractionRun.ACTIVE)),
            waits=Percentiles(Seconds(waited), filter=Q(started_at__isnull=False)),
            runs=Percentiles(Seconds(took), filter=succeeded & Q(finished_at__isnull=False)),
        )
        .order_by("asked")
    )
    return [Health(*row) for row in rows]


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
