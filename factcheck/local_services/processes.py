"""Processes and locks that can be told apart from those of strangers.

A pid alone proves nothing: after a crash the number may belong to anybody. A process is ours
only when it also started at the moment we wrote down. Whether any process of ours is left at
all is told by a lock that the server and its children inherit and the kernel drops with the last.
"""

import contextlib
import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from factcheck.local_services import files
from factcheck.local_services.errors import LocalServiceError

PAUSE = 0.02
MACOS_PEER = (0, 2)  # SOL_LOCAL, LOCAL_PEERPID: Python has no names for these
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def started(pid: int) -> str | None:
    """When the process started, as an opaque text; None if it is no longer alive."""
    if BOOT_ID.exists():
        return _started_by_proc(pid)
    return _started_by_ps(pid)


def _started_by_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *fields = stat.rpartition(")")[2].split()
    ticks_since_boot = fields[18]
    return None if state in "ZX" else f"{BOOT_ID.read_text().strip()} {ticks_since_boot}"


def _started_by_ps(pid: int) -> str | None:
    shown = subprocess.run(
        ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)],
        env={"LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    state, _, moment = shown.stdout.strip().partition(" ")
    return None if not moment or state.startswith("Z") else moment.strip()


@dataclass(frozen=True, slots=True)
class Known:
    """A process as it was written down when it started."""

    pid: int
    started: str

    @property
    def is_alive(self) -> bool:
        return started(self.pid) == self.started

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while self.is_alive:
            if time.monotonic() > deadline:
                return False
            time.sleep(PAUSE)
        return True

    def send(self, number: signal.Signals) -> None:
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return
        except PermissionError:
            raise LocalServiceError(
                f"Process {self.pid} of an earlier run belongs to another user; stop it first."
            ) from None


def remember(pid: int, file: Path) -> None:
    """Write the process down, in one step: a reader never sees half a record."""
    moment = started(pid)
    if moment is None:
        return
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with open(handle, "w") as record:
        os.fchmod(handle, 0o644)
        json.dump(asdict(Known(pid=pid, started=moment)), record)
    Path(name).replace(file)


def recall(file: Path) -> Known | None:
    """The process written down here if it is still that one and alive, else None."""
    try:
        record = json.loads(file.read_text())
        known = Known(pid=int(record["pid"]), started=str(record["started"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return known if known.is_alive else None


def listener(socket_file: Path) -> Known | None:
    """The process that listens there, as the kernel tells."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(socket_file))
            pid = _peer(connection)
        except OSError:
            return None
        moment = started(pid)
    return Known(pid=pid, started=moment) if moment else None


def _peer(connection: socket.socket) -> int:
    if sys.platform == "linux":
        level, option = socket.SOL_SOCKET, socket.SO_PEERCRED
    else:
        level, option = MACOS_PEER
    credentials = connection.getsockopt(level, option, struct.calcsize("3i"))
    return int(struct.unpack_from("i", credentials)[0])


@contextlib.contextmanager
def locked(
    file: Path, *, refusal: str, wait: float = 0.0, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[int]:
    """Hold the lock on a file; yield its descriptor, for a child to inherit."""
    descriptor = files.open_file(file, os.O_RDWR)
    try:
        deadline = time.monotonic() + wait
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                raise LocalServiceError(refusal)
            meanwhile()
            time.sleep(PAUSE)
        yield descriptor
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
