"""Where things are: the addresses of the servers, and the folders of their data and files."""

import hashlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from factcheck.local_services import files
from factcheck.local_services.accounts import Account, server_account
from factcheck.local_services.errors import LocalServiceError

# Socket paths may not be longer than about 104 bytes, so they cannot live under ``var``. Not
# tempfile.gettempdir(): every process must find the same folder, whatever its TMPDIR says.
SOCKETS = Path("/tmp")  # noqa: S108 - the folder in it is private and checked before each use
SYSTEM_FOLDER = Path("/var/lib/factcheck")
NOTE = "where-is-the-data.txt"


@dataclass(frozen=True, slots=True)
class Addresses:
    database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one installation: ours under ``var``, the servers' own under ``home``."""

    var: Path
    home: Path
    sockets: Path
    account: Account

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def record(self, name: str) -> Path:
        return self.var / "run" / f"{name}.json"

    def lock(self, name: str) -> Path:
        return self.var / "run" / f"{name}.lock"


def socket_folder(var: Path) -> Path:
    return SOCKETS.resolve() / f"factcheck-{os.geteuid()}-{_fingerprint(var)}"


def addresses(var: Path) -> Addresses:
    """Where the servers of this folder listen, whether they run or not."""
    folder = socket_folder(var)
    return Addresses(
        database_url=f"postgresql://factcheck@/factcheck?host={quote(str(folder), safe='')}",
        redis_url=f"unix://{quote(str(redis_socket(folder)))}?db=0",
    )


def postgres_socket(folder: Path) -> Path:
    return folder / ".s.PGSQL.5432"


def redis_socket(folder: Path) -> Path:
    return folder / "redis.sock"


def answers(socket_file: Path) -> bool:
    """Whether anybody listens there."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(socket_file))
        except OSError:
            return False
    return True


def prepare(var: Path) -> Places:
    """Make the folders and settle which user the servers run as and where their data is."""
    var = var.resolve()
    for folder in (var, var / "log", var / "run"):
        files.make_folder(folder)
    home = var if _usable(var) else _system_home(var)
    account = server_account(var, home / "postgresql")
    return Places(var=var, home=home, sockets=socket_folder(var), account=account)


def _usable(var: Path) -> bool:
    """Data stays where it once was; a new installation goes where its user can reach it."""
    if os.geteuid() != 0:
        return True
    if (var / NOTE).exists() or _system_path(var).exists():
        return False
    return server_account(var, var / "postgresql").can_reach(var)


def _system_home(var: Path) -> Path:
    """A folder outside of the clone, for root whose own folders no other user can enter."""
    home = _system_path(var)
    note = var / NOTE
    if note.exists() and str(home) not in note.read_text():
        raise LocalServiceError(
            f"{note} names another folder than {home}: the clone was moved or copied. Move the "
            "data from the one to the other to keep it, or remove the note to start afresh."
        )
    for folder in (SYSTEM_FOLDER, home):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    note.write_text(f"PostgreSQL and Redis keep the data of this installation in\n{home}\n")
    return home


def _system_path(var: Path) -> Path:
    return SYSTEM_FOLDER / _fingerprint(var)


def _fingerprint(var: Path) -> str:
    return hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:12]
