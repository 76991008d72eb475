"""What the two servers have in common: starting, stopping, and clearing up after a crash."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

from factcheck.local_services import launching, places, processes
from factcheck.local_services.errors import LocalServiceError

START_TIMEOUT = 120.0  # recovery of a busy database after a crash takes its time
STOP_TIMEOUT = 60.0
ORPHANS_TIMEOUT = 15.0


class Server:
    """One server in the foreground, as our child.

    A server of ours that outlived a crashed owner is stopped in good order before the next one
    starts; nothing but such a server is ever signalled.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, location: places.Places) -> None:
        self.places = location
        self._log = launching.Log(location.log(self.name))
        self._record = location.record(self.name)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs, else None."""
        if self._process is None or self._process.poll() is not None:
            return None
        return self._process.pid

    def start(self) -> None:
        if self.pid is not None:
            return
        try:
            self._start()
        except OSError as error:
            raise LocalServiceError(f"{self.title} cannot start: {error}") from error

    def stop(self) -> None:
        """Stop in good order; a server that will not is killed in the end."""
        if self._process is None:
            return
        self._process.send_signal(self.stop_signal)
        try:
            self._process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.kill()
        else:
            self._forget()

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._forget()

    def restart(self) -> None:
        self.stop()
        self.start()

    def prepare(self, lock: int) -> Sequence[str | Path]:
        """Make the data folder if there is none yet; return the command line.

        Programs that write to the folder inherit the lock, like the server itself.
        """
        raise NotImplementedError

    def socket(self) -> Path:
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        return launching.ENVIRONMENT

    def is_ready(self) -> bool:
        raise NotImplementedError

    def _start(self) -> None:
        self._stop(processes.recall(self._record))
        lock = processes.locked(
            self.places.lock(self.name),
            refusal=f"{self.title} of an earlier run is still at work in {self.places.home}.",
            wait=ORPHANS_TIMEOUT,
            meanwhile=self._stop_unrecorded,
        )
        with lock as held, ExitStack() as undo:
            self._refuse_unknown()
            command = self.prepare(held)
            undo.callback(self.stop)
            self._process = self._launch(command, inherited=held)
            processes.remember(self._process.pid, self._record)
            self._wait_until_ready(self._process)
            undo.pop_all()

    def _stop_unrecorded(self) -> None:
        """Stop a server whose owner died before writing it down: it has our lock and our socket."""
        self._stop(processes.listener(self.socket()))

    def _stop(self, leftover: processes.Known | None) -> None:
        if leftover is None:
            return
        leftover.send(self.stop_signal)
        if not leftover.wait(STOP_TIMEOUT):
            leftover.send(signal.SIGKILL)

    def _refuse_unknown(self) -> None:
        """Our own are gone by now: take the place of nobody else's."""
        if places.answers(self.socket()):
            raise LocalServiceError(
                f"A {self.title} that this run did not start answers at {self.socket()}. Stop it."
            )

    def _launch(self, command: Sequence[str | Path], *, inherited: int) -> subprocess.Popen[bytes]:
        with open(self._log.open(), "ab") as log:
            return launching.spawn(
                command,
                account=self.places.account,
                folder=self.places.home,
                log=log.fileno(),
                inherited=inherited,
                environment=self.environment(),
            )

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise LocalServiceError(
                    f"{self.title} did not start. The end of {self._log.path}:\n{self._log.tail()}"
                )
            time.sleep(processes.PAUSE)

    def _forget(self) -> None:
        self._process = None
        self._record.unlink(missing_ok=True)
