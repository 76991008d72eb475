"""Which user the servers run as: PostgreSQL refuses root, so root hands over to another one."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from factcheck.local_services.errors import LocalServiceError

PREFERRED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def can_reach(self, path: Path) -> bool:
        """Whether it may enter the folder or run the program. The system itself is asked:
        permission bits alone do not tell about access lists and mounts."""
        if not self.is_other:
            return True
        asked = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=(),
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return asked.returncode == 0


def server_account(var: Path, data: Path) -> Account:
    """Ourselves; for root the owner of the data or of the clone, else an unprivileged user."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    if owner := _owner(data):
        return owner
    return _owner(var) or _unprivileged()


def _owner(folder: Path) -> Account | None:
    """The ordinary user who owns the folder, if there is one with a name."""
    try:
        entry = pwd.getpwuid(folder.lstat().st_uid)
    except (FileNotFoundError, KeyError):
        return None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid) if entry.pw_uid else None


def _unprivileged() -> Account:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in PREFERRED:
        if name in known:
            return Account(uid=known[name].pw_uid, gid=known[name].pw_gid)
    raise LocalServiceError(
        "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' "
        "to run it as. Work as an ordinary user, or create the user 'postgres'."
    )
