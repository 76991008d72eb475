"""What all tests share: real PostgreSQL and Redis, a fixed time, the cast, a real worker."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import hypothesis
import playwright
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation

from annotations.models import Membership, Worker
from factcheck import catalogues, local, local_services
from factcheck.supervisor import free_port
from tests.factories import DeskFactory, UserFactory
from tests.settings import TEST_VAR

NODE = Path(playwright.__file__).parent / "driver" / "node"  # the browser's driver brings it


def pytest_addoption(parser):
    parser.addoption(
        "--no-skips", action="store_true", help="fail when a test that should run was skipped"
    )


def pytest_configure():
    """Have Ctrl-C mean what it means in a terminal, also where we run in the background."""
    catalogues.compile_stale(settings.BASE_DIR)
    patient = hypothesis.settings(
        deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.register_profile("patient", patient)  # the machine may be busy
    hypothesis.settings.load_profile("patient")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_modifyitems(items):
    """Leave the browser to the end: its event loop stays in this thread once it is there."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.config.getoption("--no-skips") and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped that should run here.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def services():
    """The servers, unless the environment names others."""
    if str(TEST_VAR) not in settings.VAR_DIR.as_posix():
        pytest.fail("VAR_DIR is not the tests' own folder.")
    with local_services.running(TEST_VAR) as running:
        yield running
    shutil.rmtree(TEST_VAR)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(services):
    """Have the servers up before the test database is made."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests empty the append-only tables whole; changing a row stays refused."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("annotations_publication", "annotations_auditevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only_whole")
    yield
    connection.close()  # it may have been ended from outside by a test
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(  # threads that served pages keep their connections
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _unspoken():
    """Have no test hear the language in which the one before it was answered."""
    yield
    translation.deactivate()


@pytest.fixture
def now():
    return datetime(2025, 3, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def desk(db):
    return DeskFactory(second_person_approves=True)


@pytest.fixture
def annotator(desk):
    return UserFactory(on=desk, role=Membership.Role.ANNOTATOR)


@pytest.fixture
def reviewer(desk):
    return UserFactory(on=desk, role=Membership.Role.REVIEWER)


@pytest.fixture
def manager(desk):
    return UserFactory(on=desk, role=Membership.Role.MANAGER)


@pytest.fixture
def outsider(db):
    return UserFactory(on=DeskFactory())


@pytest.fixture
def empty_redis(services):
    """Redis without keys, so that messages of other tests are not seen."""
    cache.clear()
    yield services.redis
    cache.clear()


def run_celery(*arguments, app="factcheck"):
    """Start a Celery program over the test database; the caller ends it."""
    return _run([sys.executable, "-m", "celery", "-A", app, *arguments])


def _run(command, **environment):
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": _test_database_url(),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | own | environment,
        start_new_session=True,
    )


def _test_database_url():
    name = connection.settings_dict["NAME"]
    head, _, query = settings.DATABASE_URL.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


@contextmanager
def worker_process(*, name="worker", concurrency=2, queues="interactive,webhooks,imports,bulk"):
    """Run a real worker and wait until it says that it is there."""
    process = run_celery(
        "worker", "-n", f"{name}@tests", "-c", str(concurrency), "-Q", queues, "-l", "WARNING"
    )
    try:
        wait_until(lambda: Worker.objects.filter(name=f"{name}@tests").exists())
        yield process
    finally:
        process.terminate()
        process.wait(timeout=120)


@contextmanager
def web_process(*, port=None, **environment):
    """Run the web server that `make run` starts; yield its port once it answers."""
    port = port or own_port()
    process = _run(local.web_command(port), **local.WEB_ENVIRONMENT, **environment)
    try:
        wait_until(lambda: _answers(port))
        yield port
    finally:
        process.terminate()
        process.wait(timeout=120)


def own_port():
    """Return a free port that no other run of tests begins with: a shared one would not say so."""
    return free_port(local.HOST, 18_400 + os.getpid() * 7 % 10_000)


def _answers(port):
    with suppress(OSError), closing(HTTPConnection(local.HOST, port, timeout=10)) as asked:
        asked.request("GET", "/api/v1/health/live/")
        return asked.getresponse().status == 200
    return False


def wait_until(condition, *, seconds=60, pause=0.05):
    """Wait for something that other processes do."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"still not so after {seconds} s")
        time.sleep(pause)


@pytest.fixture
def worker(transactional_db, empty_redis):
    with worker_process() as process:
        yield process


@pytest.fixture
def alive_worker(db):
    """A worker that was heard of just now."""
    return Worker.objects.create(name="celery@here", seen_at=timezone.now() + timedelta(hours=1))
