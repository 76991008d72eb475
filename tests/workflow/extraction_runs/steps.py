"""What the tests of extraction runs do and say."""

from uuid import uuid4

from annotations.models import ExtractionRun
from annotations.workflow import extraction_runs

TEXT = (
    "L’école ferme\n\nLe maire a annoncé mardi que l’école fermerait en juin 2025. "
    "« Elle compte 52 élèves », dit-il. Les parents iront au tribunal. 🙂\r\n\r\n"
    "Lire aussi : la suite."
)
State = ExtractionRun.State


def carry_out(run, clock, *, token=None):
    extraction_runs.carry_out(run_id=run.pk, token=token or uuid4(), clock=clock)
    run.refresh_from_db()


def claim(run, now, *, token=None):
    """What a worker does before it dies."""
    ExtractionRun.objects.filter(pk=run.pk).update(
        state=State.RUNNING, token=token or uuid4(), started_at=now, heartbeat_at=now
    )
    run.refresh_from_db()


def recover(at, **waiting):
    return extraction_runs.recover(at=at, waiting=waiting)
