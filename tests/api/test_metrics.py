import pytest

from annotations.api.views.metrics import written
from annotations.models.gauges import Gauge, Sample
from annotations.workflow import workers
from tests.api.conftest import problem
from tests.factories import AT, ExportFactory

TOKEN = "a-token-of-the-operator"  # noqa: S105


@pytest.fixture
def ask(nobody, settings):
    settings.METRICS_TOKEN = TOKEN

    def ask(authorization=f"Bearer {TOKEN}"):
        headers = {"Authorization": authorization} if authorization else {}
        return nobody.get("/metrics/", headers=headers)

    return ask


def numbers(response):
    """Read the text as Prometheus does: a line is a name with its labels, and a number."""
    lines = response.content.decode().splitlines()
    rows = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _space, value in rows}


@pytest.mark.django_db
class TestMetrics:
    def test_count_what_waits(self, ask, desk, out):
        ExportFactory(desk=desk, state="queued", queued_at=AT)

        found = numbers(ask())

        assert found['factcheck_jobs{job="export",state="queued"}'] == 1
        assert found['factcheck_jobs{job="extraction",state="running"}'] == 0
        assert found['factcheck_job_oldest_queued_seconds{job="export"}'] > 3600
        assert found[f'factcheck_publications_total{{desk="{desk.slug}"}}'] == 6
        assert found["factcheck_webhook_messages"] == found["factcheck_webhooks_stopped"] == 0

    def test_count_workers_that_live(self, ask, now, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        workers.seen(name="one", at=now)

        assert numbers(ask())["factcheck_workers"] == 1

    def test_are_text_that_nobody_keeps(self, ask):
        response = ask()

        assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert response["Cache-Control"] == "no-store"

    def test_take_a_fixed_number_of_statements(self, ask, desk, out, django_assert_num_queries):
        with django_assert_num_queries(7):
            ask()

    @pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer é"])
    def test_refuse_who_has_no_token(self, ask, given):
        response = ask(given)

        problem(response, status=401, code="token_wrong")
        assert response["WWW-Authenticate"].startswith("Bearer ")

    def test_refuse_a_key_of_a_desk(self, as_key, settings):
        settings.METRICS_TOKEN = TOKEN

        problem(as_key("read:all").get("/metrics/"), status=401, code="token_wrong")

    def test_are_not_there_until_a_token_is_set(self, nobody, settings):
        settings.METRICS_TOKEN = ""

        response = nobody.get("/metrics/", headers={"Authorization": "Bearer "})

        problem(response, status=404, code="not_found")


class TestWritten:
    def test_escapes_what_labels_may_not_hold(self):
        gauge = Gauge("some", "Some.", [Sample(1, {"desk": 'a"b\\c\nd'})])

        assert written([gauge]).splitlines()[-1] == r'some{desk="a\"b\\c\nd"} 1'
