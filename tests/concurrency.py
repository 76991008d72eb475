"""Several connections at once, for tests of races."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


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
