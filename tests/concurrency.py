"""Several connections at once, for tests of races."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connection, transaction


def at_once(*jobs):
    """Run each job in a thread with a connection of its own; return results and exceptions."""
    start = Barrier(len(jobs))

    def run(job):
        connection.ensure_connection()
        start.wait(timeout=10)
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [pool.submit(run, job) for job in jobs]
        return [one.exception(timeout=30) or one.result() for one in running]


def while_held(hold, job):
    """Run a job that waits for what `hold` holds until its transaction ends; return its result.

    The transaction ends as soon as the job waits.
    """
    held = Event()

    def keep():
        with transaction.atomic():
            hold()
            held.set()
            _wait_until_somebody_waits()

    def follow():
        held.wait(timeout=10)
        return job()

    outcomes = at_once(keep, follow)
    assert not isinstance(outcomes[0], Exception), outcomes[0]
    return outcomes[1]


def _wait_until_somebody_waits():
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("Nobody waited.")
