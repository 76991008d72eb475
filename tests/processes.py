"""Programs that a test started, or that these started."""

import time

import psutil


def is_gone(pid, *, within=10.0):
    """Wait until a process has ended, at most so many seconds; whoever reaps it may take longer."""
    until = time.monotonic() + within
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not _runs(pid)


def _runs(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
