"""Run one part over PostgreSQL and Redis of its own, in a folder that is gone afterwards.

`--folder` names one that stays if the run is interrupted; a part that can goes on in it.
"""

import argparse
import importlib
import os
import shutil
import sys
import tempfile
import timeit
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from bench.scratch import Scratch
from factcheck import local_services
from factcheck.local_services import places
from factcheck.supervisor import supervised


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder that the servers can reach; take it away with whatever they keep elsewhere."""
    var = Path(tempfile.mkdtemp(prefix="factcheck-bench-"))
    var.chmod(0o755)
    try:
        yield var
    finally:
        shutil.rmtree(places.prepare(var).home, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def named_folder(var: Path) -> Iterator[Path]:
    """Use a folder as it was left; take it away once the work in it is done."""
    var.mkdir(mode=0o755, parents=True, exist_ok=True)
    yield var
    shutil.rmtree(places.prepare(var).home, ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


def configure(var: Path) -> None:
    """Point the settings at this folder, whatever an .env file says."""
    addresses = local_services.addresses(var)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "VAR_DIR": str(var),
        "STATIC_ROOT": str(var / "static"),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "SECRET_KEY": "only-for-measurements-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "DEBUG": "false",
        "DEMO": "false",
        "HTTPS": "false",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def installation(folder: Path | None = None) -> Iterator[Scratch]:
    """Set up an installation with everything but web server and worker, which are started later."""
    with named_folder(folder) if folder else temporary_folder() as var:
        configure(var)
        with local_services.running(var) as services, supervised() as programs:
            django.setup()
            call_command("migrate", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            yield Scratch(var, services, programs)


def pace() -> float:
    """Return how long this machine takes for a fixed piece of plain Python, in milliseconds.

    Machines that share their processors differ by a third from hour to hour: figures of two hours
    compare by this.
    """
    durations = timeit.repeat(
        lambda: [str(number) for number in range(200_000)], number=1, repeat=5
    )
    return min(durations) * 1000


def measure(part: str, scratch: Scratch, options: Sequence[str]) -> bool:
    """Say whether the part found everything as it should be."""
    print(f"this machine just now: {pace():.1f} ms for plain Python", flush=True)
    module = importlib.import_module(f"bench.{part}")
    is_good: bool = module.main(scratch, options)
    return is_good


def main(part: str, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--folder", type=Path)
    chosen, others = parser.parse_known_args(options)
    with installation(chosen.folder and chosen.folder.resolve()) as scratch:
        return measure(part, scratch, others)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1], sys.argv[2:]))
