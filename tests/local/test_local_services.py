"""Real servers from the real wheels, in folders of their own. Linux and macOS, any user."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis

from factcheck import local_services
from factcheck.local_services import LocalServiceError, places, processes
from tests.local.support import (
    IS_ROOT,
    connect,
    data_folder,
    owner,
    read,
    write,
)


class TestRunning:
    def test_leaves_nothing_running(self, new_var):
        with local_services.running(new_var) as services:
            pids = [services.postgres.pid, services.redis.pid]
            answered = local_services.is_running(new_var)

        assert answered
        assert not local_services.is_running(new_var)
        assert [processes.started(pid) for pid in pids] == [None, None]
        assert not places.socket_folder(new_var).exists()

    def test_keeps_the_data_between_runs(self, var):
        with local_services.running(var) as services:
            write(services, "kept")

        with local_services.running(var) as services:
            assert read(services) == (["kept"], ["kept"])

    def test_is_where_anybody_can_compute_it(self, var):
        expected = local_services.addresses(var)

        with local_services.running(var) as services:
            assert (services.database_url, services.redis_url) == (
                expected.database_url,
                expected.redis_url,
            )

    def test_listens_on_private_sockets_only(self, var):
        with local_services.running(var) as services:
            folder = places.socket_folder(var).stat()
            with psycopg.connect(services.database_url) as connection:
                (tcp,) = connection.execute("SHOW listen_addresses").fetchone()
            with redis.Redis.from_url(services.redis_url) as client:
                settings = client.config_get("port") | client.config_get("append*")

        assert stat.S_IMODE(folder.st_mode) == 0o700
        assert tcp == ""
        assert settings["port"] == "0"
        assert (settings["appendonly"], settings["appendfsync"]) == ("yes", "everysec")

    def test_knows_accents_and_has_the_extensions(self, var):
        with local_services.running(var, redis=False) as services, connect(services) as connection:
            for name in ("pg_trgm", "unaccent", "vector"):
                connection.execute(f"CREATE EXTENSION {name}")
            (trigrams,) = connection.execute("SELECT show_trgm('été')").fetchone()
            upper, before = connection.execute("SELECT upper('é'), 'Z' < 'a'").fetchone()

        assert len(trigrams) == 4
        assert (upper, before) == ("É", True)

    def test_starts_only_what_is_asked_for(self, new_var):
        with local_services.running(new_var, postgres=False) as services:
            assert services.postgres.pid is None
            assert services.redis.pid is not None
            assert not (new_var / "postgresql").exists()

    def test_runs_two_installations_side_by_side(self, folder, var):
        other = folder / "other"

        with local_services.running(var) as one, local_services.running(other) as two:
            write(one, "one")
            write(two, "two")

            assert read(one) == (["one"], ["one"])
            assert read(two) == (["two"], ["two"])

    def test_fits_a_very_long_path(self, folder):
        var = folder / ("long name " * 12) / ("l'été, " * 12) / "var"

        with local_services.running(var) as services:
            write(services, "far away")

            assert read(services) == (["far away"], ["far away"])

    def test_makes_swept_away_sockets_again(self, var):
        with local_services.running(var) as services:
            write(services, "kept")
            shutil.rmtree(places.socket_folder(var))

            services.postgres.restart()
            services.redis.restart()

            assert read(services) == (["kept"], ["kept"])

    def test_ignores_settings_of_the_callers_own_database(self, var, monkeypatch):
        monkeypatch.setenv("PGDATA", "/nowhere")
        monkeypatch.setenv("PGOPTIONS", "-c nonsense=on")

        with local_services.running(var, redis=False) as services:
            assert services.postgres.pid is not None


class TestOwner:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_stops_both_when_it_is_ended(self, var, number):
        with owner(var) as (process, report):
            os.killpg(process.pid, number)
            process.wait(20)

            assert [processes.started(pid) for pid in report["pids"]] == [None, None]
            assert not (var / "postgresql" / "postmaster.pid").exists()

    def test_refuses_a_second_one(self, var):
        with owner(var) as (process, report):
            with (
                pytest.raises(LocalServiceError, match=f"already run by process {process.pid}"),
                local_services.running(var),
            ):
                pass

            assert all(processes.started(pid) for pid in report["pids"])

    def test_is_not_its_forked_child(self, var):
        with contextlib.ExitStack() as stack:
            services = stack.enter_context(local_services.running(var, redis=False))

            child = os.fork()
            if child == 0:
                try:
                    stack.close()
                finally:
                    os._exit(0)
            os.waitpid(child, 0)

            assert services.postgres.pid is not None

    def test_stops_the_first_when_the_second_cannot_start(self, var):
        with local_services.running(var):
            pass
        shutil.rmtree(var / "redis")
        (var / "redis").write_text("in the way")

        with (
            pytest.raises(LocalServiceError, match="not a folder of ours"),
            local_services.running(var),
        ):
            pass

        assert not (var / "postgresql" / "postmaster.pid").exists()


class TestUser:
    def test_is_never_root(self, var):
        with local_services.running(var) as services:
            users = {
                int(subprocess.check_output(["/bin/ps", "-o", "uid=", "-p", str(server.pid)]))
                for server in (services.postgres, services.redis)
            }

        assert users == {services.postgres.places.account.uid}
        assert 0 not in users

    def test_may_be_an_ordinary_one(self, folder, new_var, wheels):
        user = pwd.getpwnam("nobody").pw_uid if IS_ROOT else os.geteuid()
        new_var.mkdir()
        os.chown(new_var, user, -1)

        with owner(new_var, "--site", wheels, *(["--user", str(user)] if IS_ROOT else [])) as (
            _,
            report,
        ):
            folder_in_use = Path(report["redis_url"].removeprefix("unix://").split("?")[0]).parent
            data = data_folder(report)

        assert data == str(new_var.resolve() / "postgresql")
        assert folder_in_use.name.startswith(f"factcheck-{user}-")
        assert (new_var / "postgresql").stat().st_uid == user

    def test_reaches_neither_data_nor_programs_in_a_closed_folder(self, folder, wheels):
        closed = folder / "closed"
        closed.mkdir(mode=0o700)
        shutil.copytree(wheels, closed / "site", symlinks=True)
        var = closed / "var"
        note = var / places.NOTE

        try:
            with owner(var, "--site", closed / "site") as (_, report):
                data = data_folder(report)
            told = note.read_text() if note.exists() else str(var)
        finally:
            if note.exists():
                shutil.rmtree(note.read_text().splitlines()[-1])

        assert str(Path(data).parent) in told
        assert note.exists() == IS_ROOT
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
