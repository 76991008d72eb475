"""Numbers for monitoring, as Prometheus reads them (text format 0.0.4). Closed without a token."""

from collections.abc import Iterable, Iterator
from secrets import compare_digest

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from annotations.api.problems import problem
from annotations.api.schema import problems_of
from annotations.api.views.exports import FormatByName
from annotations.api.views.house import Open
from annotations.models import gauges
from annotations.models.gauges import Gauge, Sample

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class MetricsView(Open):
    """Opens with a token of its own, which the operator sets; a key of a desk is none."""

    content_negotiation_class = FormatByName

    @extend_schema(
        operation_id="metrics",
        responses=problems_of(404) | {(200, "text/plain"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> HttpResponse:
        """Say how many jobs, messages and workers there are: `Authorization: Bearer <token>`."""
        if not settings.METRICS_TOKEN:
            raise Http404
        if not _knows_token(request):
            told = {"WWW-Authenticate": 'Bearer realm="factcheck metrics"'}
            return problem(401, "token_wrong", _("The token is missing or wrong."), headers=told)
        found = gauges.all_of(at=timezone.now(), silence=settings.WORKER_SILENCE)
        headers = {"Cache-Control": "no-store"}
        return HttpResponse(written(found), content_type=MEDIA_TYPE, headers=headers)


def written(found: Iterable[Gauge]) -> str:
    return "".join(f"{line}\n" for gauge in found for line in _lines(gauge))


def _knows_token(request: Request) -> bool:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    given, wanted = token.strip().encode(), settings.METRICS_TOKEN.encode()
    return scheme.lower() == "bearer" and compare_digest(given, wanted)


def _lines(gauge: Gauge) -> Iterator[str]:
    yield f"# HELP {gauge.name} {gauge.meaning}"
    yield f"# TYPE {gauge.name} {'counter' if gauge.is_counter else 'gauge'}"
    for sample in gauge.samples:
        yield f"{gauge.name}{_labels(sample)} {sample.value:.10g}"


def _labels(sample: Sample) -> str:
    named = [f'{name}="{value.translate(_ESCAPES)}"' for name, value in sample.labels.items()]
    return f"{{{','.join(named)}}}" if named else ""
