"""Running several programs as one: prefixed logs, an end together, and why one died."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import IO

PATIENCE = 15.0  # seconds a program has to end by itself


class ChildDied(RuntimeError):
    """One of the programs ended although nobody asked it to."""


@dataclass(slots=True)
class Supervisor:
    """The running programs, in the order of their start."""

    children: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    tails: dict[str, list[str]] = field(default_factory=dict)
    echoes: list[threading.Thread] = field(default_factory=list)

    def start(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        held: bool = False,
    ) -> None:
        """Start a program; what it prints is shown behind its name.

        One that is held loads, and then waits for `release` where it calls `wait_for_release`.
        """
        child = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE if held else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches us alone, and we end them in order
        )
        self.children[name], self.tails[name] = child, []
        echo = threading.Thread(target=self._echo, args=(name, child.stdout), daemon=True)
        echo.start()
        self.echoes.append(echo)

    def release(self, name: str) -> None:
        """Let a program that is held go on; whether it is still there is for `check` to say."""
        with suppress(BrokenPipeError), self.children[name].stdin or nullcontext() as stdin:
            if stdin:
                stdin.write("go\n")

    def check(self, *, ended_well: int | None = None) -> None:
        """Raise ChildDied, with its last lines, if a program is gone; what it started goes too."""
        for name, child in self.children.items():
            if (code := child.poll()) not in {None, ended_well}:
                _end_orphans(child)
                time.sleep(0.2)  # its last words are still on their way
                last = "\n".join(self.tails[name])
                raise ChildDied(f"{name} ended with code {code}. Its last words:\n{last}")

    def finish(self, *, beside: "Supervisor | None" = None) -> None:
        """Wait for programs that are meant to end well, while those beside them go on.

        Raises ChildDied where one does not.
        """
        while any(child.poll() is None for child in self.children.values()):
            self.check(ended_well=0)
            if beside:
                beside.check()
            time.sleep(0.05)
        self.check(ended_well=0)

    def watch(self, *, also: Callable[[], None]) -> None:
        """Wait until a program dies, or what is `also` looked at raises."""
        while True:
            self.check()
            also()
            time.sleep(0.5)

    def stop(self) -> None:
        """End the programs, the last started first; whoever does not listen is killed."""
        for child in reversed(self.children.values()):
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in reversed(self.children.values()):
            _wait(child, until=deadline)
        for echo in self.echoes:
            echo.join(timeout=1)

    def end(self, name: str) -> None:
        """End one program, with the same patience, while the others go on."""
        child = self.children.pop(name)
        _signal(child, signal.SIGTERM)
        _wait(child, until=time.monotonic() + PATIENCE)

    def _echo(self, name: str, stream: IO[str] | None) -> None:
        with stream or nullcontext() as lines:
            for line in lines or ():
                self.tails[name] = [*self.tails[name][-14:], line.rstrip()]
                say(f"{name:>6} │ {line.rstrip()}")


@contextmanager
def supervised() -> Iterator[Supervisor]:
    """Supervise programs for as long as the block lasts, and end them with it."""
    supervisor = Supervisor()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def wait_for_release() -> None:
    """Wait, in a program that is held, for its supervisor; end with it, should that end first."""
    if not sys.stdin.readline():
        raise SystemExit(1)


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + 200, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise ChildDied(f"No free port from {wanted} on; set PORT to another one.")


def wait_for_port(host: str, port: int, supervisor: Supervisor, *, seconds: float = 30) -> None:
    """Wait until somebody listens there, or say which program died instead."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        supervisor.check()
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    raise ChildDied(f"Nothing listens on {host}:{port} after {seconds:.0f} s.")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _wait(child: subprocess.Popen[str], *, until: float) -> None:
    """Wait for a program that was told to end; kill it, and what it started, at the given time."""
    try:
        child.wait(timeout=max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        _signal(child, signal.SIGKILL, whole_group=True)
        child.wait()
    if child.stdin:
        child.stdin.close()


def _end_orphans(child: subprocess.Popen[str]) -> None:
    """End what a program leaves that died just now, such as the processes of a killed worker."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of none
        os.killpg(child.pid, signal.SIGKILL)


def _signal(child: subprocess.Popen[str], number: int, *, whole_group: bool = False) -> None:
    if child.poll() is not None:
        return
    if whole_group:
        os.killpg(child.pid, number)
    else:
        child.send_signal(number)
