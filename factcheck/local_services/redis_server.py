import signal
import socket
from collections.abc import Sequence
from pathlib import Path

from factcheck.local_services import binaries, files, places
from factcheck.local_services.binaries import Program
from factcheck.local_services.errors import LocalServiceError
from factcheck.local_services.server import Server

FOLDER_OF_FILES_SINCE = (7, 0)
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
}


class RedisServer(Server):
    """Redis, or Valkey where the machine has that: the same commands, the same data."""

    name = "redis"
    title = "Redis"
    stop_signal = signal.SIGTERM

    def socket(self) -> Path:
        return places.redis_socket(self.places.sockets)

    def prepare(self, lock: int) -> Sequence[str | Path]:
        found = binaries.find_redis()
        program = binaries.reachable(found, account=self.places.account, home=self.places.home)
        files.private_folder(self.places.sockets, self.places.account)
        data = files.private_folder(self.places.home / "redis", self.places.account)
        _refuse_newer(data, program)
        settings = {
            **SETTINGS,
            "unixsocket": str(self.socket()),
            "dir": str(data),
        }
        return [program.path, *(part for key in settings for part in (f"--{key}", settings[key]))]

    def is_ready(self) -> bool:
        """Ask: it answers at once, but with an error while it still loads its data."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1.0)
            try:
                connection.connect(str(self.socket()))
                connection.sendall(b"PING\r\n")
                return connection.recv(5) == b"+PONG"
            except OSError:
                return False


def _refuse_newer(data: Path, program: Program) -> None:
    """A server from before version 7 would not even look at such data, and start empty."""
    if program.version < FOLDER_OF_FILES_SINCE and (data / "appendonlydir").exists():
        raise LocalServiceError(
            f"The data in {data} was written by a newer Redis than {program.path}. "
            "Install that again, or move the folder away: it holds queued work and sessions only."
        )
