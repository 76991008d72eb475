import os
import signal
import subprocess
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, F
from django.utils import timezone

from annotations import tasks
from annotations.models import Article, Candidate, ExtractionRun, Sentence
from annotations.workflow import articles, intake
from tests.conftest import run_celery, wait_until

BODY = " ".join(
    f"En 202{n % 5}, la ville a dépensé {n + 2} millions d’euros pour ses écoles, dit le maire."
    for n in range(12)
)


@pytest.fixture
def add(transactional_db, desk, annotator):
    """Add articles as an import does, and hand them to the workers."""

    def add(number=1, *, queue="interactive", mark="Article", send=True):
        runs = []
        for n in range(number):
            draft = intake.Draft(text=f"{mark} {n}\n\n{BODY}", language="fr")
            runs.append(
                articles.add(desk=desk, draft=draft, by=annotator, at=timezone.now(), queue=queue)
            )
            if send:
                tasks.send(runs[-1])
        return runs

    return add


@pytest.fixture
def impatient(monkeypatch, settings):
    """Let this process and those it starts count a silent run as lost after two seconds."""
    monkeypatch.setenv("RUN_SILENCE_SECONDS", "2")
    monkeypatch.setenv("WATCH_SECONDS", "1")
    settings.RUN_SILENCE = timedelta(seconds=2)


@contextmanager
def beat_process(folder):
    """Run the real watch over the runs."""
    process = run_celery(
        "beat", "-s", str(folder / "schedule"), "-l", "WARNING", app="factcheck.beat"
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def held(run, **limits):
    """Hand a run to the workers, which cannot store it yet: its article is held elsewhere."""
    is_held, enough = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Article.objects.select_for_update(of=("self",)).get(revisions=run.revision_id)
            is_held.set()
            enough.wait(300)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert is_held.wait(60)
    try:
        send(run, **limits)
        yield
    finally:
        enough.set()
        thread.join()


def has_waited(*, times, seen):
    """Say whether so many transactions have waited for what others hold; `seen` gathers them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xact_start FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        seen.update(start for (start,) in cursor)
    return len(seen) >= times


def send(run, *, soft_time_limit=None, time_limit=None):
    """Hand a run to the workers, perhaps with limits of its own."""
    tasks.extract.apply_async(
        kwargs={"run_id": run.pk},
        queue=run.queue,
        soft_time_limit=soft_time_limit,
        time_limit=time_limit,
    )


def kill_group(process):
    """End a worker and its children at once, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_children(process):
    """End the processes that do a worker's work, as the kernel does when memory runs out."""
    found = subprocess.run(
        ["pgrep", "-P", str(process.pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    for pid in found.stdout.split():
        os.kill(int(pid), signal.SIGKILL)


def count(state):
    return ExtractionRun.objects.filter(state=state).count()


def wait_for_state(run, state):
    def is_there():
        run.refresh_from_db()
        return run.state == state

    wait_until(is_there)


def wait_with_watch(condition):
    """Wait while the watch looks at the runs now and then, here and not in a process of its own."""

    def look():
        tasks.recover_lost_runs()
        return condition()

    wait_until(look, seconds=120, pause=0.5)


def assert_extracted_once(number):
    """Every article has each sentence once, each with one candidate, and as many as was counted."""
    assert count("succeeded") == ExtractionRun.objects.count() == number
    runs = ExtractionRun.objects.annotate(stored=Count("revision__sentences"))
    assert not runs.exclude(stored=F("sentences_total")).exists()
    assert Candidate.objects.count() == Sentence.objects.count() > number
    again = Sentence.objects.values("revision", "index").annotate(times=Count("pk"))
    assert not again.filter(times__gt=1).exists()
