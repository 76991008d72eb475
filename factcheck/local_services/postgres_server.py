import shutil
import signal
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from factcheck.local_services import binaries, files, launching, places
from factcheck.local_services.binaries import Program
from factcheck.local_services.errors import LocalServiceError
from factcheck.local_services.server import Server

BUILTIN_LOCALE_SINCE = 17
# The character type decides which letters pg_trgm and text search see; "C" knows no accents.
# Sorting is by code point everywhere, so that macOS and Linux agree.
CHARACTER_TYPES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "log_min_messages": "warning",
    "logging_collector": "off",
    "log_destination": "stderr",
}


class PostgresServer(Server):
    """Trusts whoever reaches its socket: the folder of the socket is private to us."""

    name = "postgresql"
    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": ends the sessions, then a clean shutdown

    @property
    def data(self) -> Path:
        return self.places.home / "postgresql"

    def socket(self) -> Path:
        return places.postgres_socket(self.places.sockets)

    def prepare(self, lock: int) -> Sequence[str | Path]:
        found = binaries.find_postgres()
        program = binaries.reachable(found, account=self.places.account, home=self.places.home)
        if not self.data.exists():
            self._initialise(program, lock)
        self._refuse_other_major(program)
        self._clear_leftovers()
        settings = (f"--{name}={value}" for name, value in SETTINGS.items())
        return [program.path, "-D", self.data, "-k", self.places.sockets, *settings]

    def environment(self) -> Mapping[str, str]:
        """Say that the pid in an old lock file is no server: we hold the lock that proves it.

        PostgreSQL would only look whether that number is in use, by whomever. It still checks
        for itself that nobody is attached to the old server's shared memory.
        """
        stale = self._lock_file()[:1]
        return {**launching.ENVIRONMENT, **({"PG_GRANDPARENT_PID": stale[0]} if stale else {})}

    def is_ready(self) -> bool:
        lines = self._lock_file()
        return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _lock_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _clear_leftovers(self) -> None:
        """Clear what a crash left. Called with our lock held, so no server of ours is alive."""
        files.private_folder(self.places.sockets, self.places.account)
        socket = self.socket()
        for file in (socket, socket.with_name(f"{socket.name}.lock")):
            file.unlink(missing_ok=True)
        if not self._lock_file():
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _refuse_other_major(self, program: Program) -> None:
        major = (self.data / "PG_VERSION").read_text().strip()
        if major != str(program.version[0]):
            raise LocalServiceError(
                f"The data in {self.data} was made by PostgreSQL {major}, but {program.path} is "
                f"version {program.version[0]}. Install PostgreSQL {major} again, or move that "
                f"folder away and restore a dump (pg_dump of {major}) into the new, empty one."
            )

    def _initialise(self, program: Program, lock: int) -> None:
        """Make the data beside its place and move it there when it is complete."""
        for abandoned in self.places.home.glob(".postgresql-*"):
            shutil.rmtree(abandoned)
        unfinished = Path(tempfile.mkdtemp(dir=self.places.home, prefix=".postgresql-"))
        try:
            files.private_folder(unfinished, self.places.account)
            self._make_cluster(program, unfinished, lock)
            self._make_database(program, unfinished, lock)
            unfinished.rename(self.data)
            files.sync(self.places.home)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _make_cluster(self, program: Program, folder: Path, lock: int) -> None:
        refusals = []
        for character_type in CHARACTER_TYPES:
            try:
                self._run(_initdb(program, folder, character_type), lock)
            except LocalServiceError as refusal:
                refusals.append(refusal)
                if "locale" not in str(refusal):
                    raise
            else:
                return
        raise refusals[0]

    def _make_database(self, program: Program, folder: Path, lock: int) -> None:
        single: list[str | Path] = [
            program.path,
            "--single",
            "-D",
            folder,
            "-c",
            "exit_on_error=on",
            "postgres",
        ]
        self._run(single, lock, text="CREATE DATABASE factcheck TEMPLATE template0\n")

    def _run(self, command: Sequence[str | Path], lock: int, *, text: str = "") -> None:
        launching.run(
            command,
            account=self.places.account,
            folder=self.places.home,
            inherited=lock,
            text=text,
        )


def _initdb(program: Program, folder: Path, character_type: str) -> list[str | Path]:
    options = [
        "--username=factcheck",
        "--auth-local=trust",
        "--auth-host=reject",
        "--encoding=UTF8",
        "--lc-collate=C",
        f"--lc-ctype={character_type}",
        "--data-checksums",
    ]
    if program.version[0] >= BUILTIN_LOCALE_SINCE:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [program.beside("initdb"), "-D", folder, *options]
