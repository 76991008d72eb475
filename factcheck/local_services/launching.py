"""Starts programs as the servers' user, out of the terminal's reach, with a log file."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from factcheck.local_services import files
from factcheck.local_services.accounts import Account
from factcheck.local_services.errors import LocalServiceError

LOG_LIMIT = 10_000_000
LOG_LINES = 15

# Not the caller's: a PGDATA or PGPORT of theirs is none of these servers' business.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class Log:
    """A log file that can tell what was added to it since the last start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._start = 0

    def open(self) -> int:
        """Open it for a server to write to; one that has grown too long is put aside."""
        if self.path.exists() and self.path.stat().st_size > LOG_LIMIT:
            self.path.replace(self.path.with_suffix(".log.1"))
        descriptor = files.open_file(self.path, os.O_WRONLY | os.O_APPEND)
        self._start = os.fstat(descriptor).st_size
        return descriptor

    def tail(self) -> str:
        with self.path.open("rb") as log:
            log.seek(self._start)
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-LOG_LINES:])


def spawn(
    command: Sequence[str | Path],
    *,
    account: Account,
    folder: Path,
    log: int,
    inherited: int,
    environment: Mapping[str, str],
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own: Ctrl-C reaches us, and we stop it in order."""
    user, group, extra = _identity(account)
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=(inherited,),
        start_new_session=True,
        user=user,
        group=group,
        extra_groups=extra,
        umask=0o077,
    )


def run(
    command: Sequence[str | Path],
    *,
    account: Account,
    folder: Path,
    inherited: int,
    text: str = "",
) -> None:
    """Run a program to its end; what it said is in the error when it fails."""
    user, group, extra = _identity(account)
    ran = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        input=text.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(inherited,),
        start_new_session=True,
        user=user,
        group=group,
        extra_groups=extra,
        check=False,
    )
    if ran.returncode != 0:
        said = ran.stdout.decode(errors="replace").strip()
        raise LocalServiceError(f"{Path(command[0]).name} failed:\n{said}")


def _identity(account: Account) -> tuple[int | None, int | None, tuple[int, ...] | None]:
    return (account.uid, account.gid, ()) if account.is_other else (None, None, None)
