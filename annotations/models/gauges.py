"""How the house fares just now, in numbers that those who run it watch. Cheap at any size."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Min, OuterRef, Subquery

from annotations.models.desks import Desk
from annotations.models.exports import Export
from annotations.models.extraction_runs import ExtractionRun, Worker
from annotations.models.imports import Import
from annotations.models.jobs import JobState
from annotations.models.publications import Publication
from annotations.models.webhooks import WebhookDelivery, WebhookEndpoint

_JOBS = {"extraction": ExtractionRun, "export": Export, "import": Import}
_STATES = (JobState.QUEUED, JobState.RUNNING)


class Sample(NamedTuple):
    """One number, with what tells it from others of its gauge."""

    value: float
    labels: Mapping[str, str]


class Gauge(NamedTuple):
    """What is measured, and the numbers; a counter only ever grows."""

    name: str
    meaning: str
    samples: Sequence[Sample]
    is_counter: bool = False


def all_of(*, at: datetime, silence: timedelta) -> Iterator[Gauge]:
    """Read everything, in seven statements; no large table is counted."""
    alive = Worker.objects.alive(since=at - silence).count()
    yield Gauge("factcheck_workers", "Workers that were heard of just now.", _one(alive))
    yield from _jobs(at)
    yield from _webhooks(at)
    yield Gauge(
        "factcheck_publications_total",
        "Entries in the log of each desk: originals, corrections and retractions.",
        [Sample(number or 0, {"desk": slug}) for slug, number in _ends_of_logs()],
        is_counter=True,
    )


def _jobs(at: datetime) -> Iterator[Gauge]:
    waiting: list[Sample] = []
    oldest: list[Sample] = []
    for name, model in _JOBS.items():
        rows = model._default_manager.filter(state__in=_STATES).values_list("state")
        found = {
            state: (number, first)
            for state, number, first in rows.annotate(number=Count("pk"), first=Min("queued_at"))
        }
        for state in _STATES:
            number, _first = found.get(state, (0, at))
            waiting.append(Sample(number, {"job": name, "state": state.value}))
        _number, first = found.get(JobState.QUEUED, (0, at))
        oldest.append(Sample(_seconds(at - first), {"job": name}))
    yield Gauge("factcheck_jobs", "Jobs that wait for a worker or are worked on.", waiting)
    yield Gauge("factcheck_job_oldest_queued_seconds", "How long the first one waits.", oldest)


def _webhooks(at: datetime) -> Iterator[Gauge]:
    pending = WebhookDelivery.objects.pending()
    found = pending.aggregate(number=Count("pk"), first=Min("occurred_at"))
    late = _seconds(at - (found["first"] or at))
    yield Gauge("factcheck_webhook_messages", "Messages not delivered yet.", _one(found["number"]))
    yield Gauge("factcheck_webhook_oldest_seconds", "How old the first of them is.", _one(late))
    stopped = WebhookEndpoint.objects.stopped().count()
    yield Gauge("factcheck_webhooks_stopped", "Webhooks that stopped by themselves.", _one(stopped))


def _ends_of_logs() -> Iterator[tuple[str, int | None]]:
    last = Publication.objects.filter(desk=OuterRef("pk")).order_by("-sequence")
    rows = Desk.objects.order_by("pk").annotate(last=Subquery(last.values("sequence")[:1]))
    return iter(rows.values_list("slug", "last"))


def _one(number: float) -> list[Sample]:
    return [Sample(number, {})]


def _seconds(span: timedelta) -> float:
    return max(0.0, span.total_seconds())
