"""What crashes leave behind, and what stops a start."""

import contextlib
import json
import os
import shutil
import signal

import pytest

from factcheck import local_services
from factcheck.local_services import LocalServiceError, binaries, places, processes, redis_server
from tests.local.support import IS_ROOT, owner, read, stranger, wait_until_gone, write


class TestCrash:
    @pytest.mark.parametrize("name", ["postgres", "redis"])
    def test_of_a_server_loses_nothing(self, var, name):
        with local_services.running(var) as services:
            write(services, "kept")
            one = getattr(services, name)
            one.kill()

            one.start()

            assert read(services) == (["kept"], ["kept"])

    def test_of_both_servers_is_repaired_at_the_next_start(self, var):
        with local_services.running(var) as services:
            write(services, "kept")
            os.kill(services.redis.pid, signal.SIGKILL)
            os.kill(services.postgres.pid, signal.SIGKILL)

        with local_services.running(var) as services:
            assert read(services) == (["kept"], ["kept"])

    def test_of_the_owner_leaves_servers_that_the_next_one_replaces(self, var):
        with owner(var) as (process, report):
            process.kill()
            process.wait()
            assert all(processes.started(pid) for pid in report["pids"])

            with local_services.running(var) as services:
                write(services, "works")

                wait_until_gone(report["pids"])
                assert read(services) == (["works"], ["works"])

    def test_of_the_owner_before_it_wrote_anything_down(self, var):
        with owner(var) as (process, report):
            process.kill()
            process.wait()
            for record in (var / "run").glob("*.json"):
                record.unlink()

            with local_services.running(var) as services:
                write(services, "works")

                wait_until_gone(report["pids"])
                assert read(services) == (["works"], ["works"])

    def test_of_the_owner_and_loss_of_its_files_takes_nobodys_place(self, var):
        with owner(var) as (process, report):
            process.kill()
            process.wait()
            shutil.rmtree(var / "run")

            with (
                pytest.raises(LocalServiceError, match="did not start answers"),
                local_services.running(var),
            ):
                pass

            assert all(processes.started(pid) for pid in report["pids"])

    def test_never_signals_a_stranger_with_a_number_of_ours(self, var):
        with local_services.running(var) as services:
            location = services.postgres.places
            services.redis.kill()
            services.postgres.kill()
        with stranger(location.account.uid) as process:
            for name in ("postgresql", "redis"):
                stale = json.dumps({"pid": process.pid, "started": "long ago"})
                location.record(name).write_text(stale)
            lock_file = location.home / "postgresql" / "postmaster.pid"
            _, *rest = lock_file.read_text().splitlines(keepends=True)
            lock_file.write_text("".join([f"{process.pid}\n", *rest]))

            with local_services.running(var) as services:
                write(services, "works")

            assert process.poll() is None

    def test_leaves_half_written_files_that_do_no_harm(self, var):
        with local_services.running(var) as services:
            home = services.postgres.places.home
        (home / "postgresql" / "postmaster.pid").touch()
        (var / "run" / "redis.json").write_text("{")

        with local_services.running(var) as services:
            write(services, "works")

            assert read(services) == (["works"], ["works"])

    def test_of_the_first_start_leaves_nothing_that_is_taken_for_data(self, new_var):
        abandoned = new_var / ".postgresql-unfinished"
        abandoned.mkdir(parents=True)
        (abandoned / "PG_VERSION").write_text("18\n")

        with local_services.running(new_var, redis=False) as services:
            assert services.postgres.pid is not None
            assert not abandoned.exists()


class TestRefusal:
    def test_names_what_to_install_for_postgres(self, var, monkeypatch):
        monkeypatch.setattr(binaries, "EXTENSIONS", ("vector", "no_such_extension"))

        with pytest.raises(LocalServiceError) as refusal, local_services.running(var):
            pass

        assert "lacks the extension no_such_extension" in str(refusal.value)
        assert "apt-get install postgresql" in str(refusal.value)
        assert "brew install postgresql" in str(refusal.value)

    def test_names_what_to_install_for_redis(self, var, monkeypatch):
        monkeypatch.setattr(binaries, "REDIS_AT_LEAST", (99, 0))

        with (
            pytest.raises(LocalServiceError) as refusal,
            local_services.running(var, postgres=False),
        ):
            pass

        assert "is too old" in str(refusal.value)
        assert "apt-get install redis-server" in str(refusal.value)
        assert "brew install redis" in str(refusal.value)

    def test_of_data_of_another_major_says_what_to_do(self, var):
        with local_services.running(var, redis=False) as services:
            version = services.postgres.places.home / "postgresql" / "PG_VERSION"
        version.write_text("14\n")

        with (
            pytest.raises(LocalServiceError, match="Install PostgreSQL 14 again"),
            local_services.running(var, redis=False),
        ):
            pass

        assert version.read_text() == "14\n"

    def test_of_redis_data_that_it_would_ignore(self, var, monkeypatch):
        monkeypatch.setattr(redis_server, "FOLDER_OF_FILES_SINCE", (99, 0))
        with local_services.running(var, postgres=False) as services:
            home = services.redis.places.home
        (home / "redis" / "appendonlydir").mkdir(exist_ok=True)

        with (
            pytest.raises(LocalServiceError, match="written by a newer Redis"),
            local_services.running(var, postgres=False),
        ):
            pass

    def test_to_start_shows_the_end_of_the_log(self, var):
        with local_services.running(var, redis=False) as services:
            settings = services.postgres.places.home / "postgresql" / "postgresql.conf"
        settings.write_text("no_such_setting = on\n")

        with (
            pytest.raises(LocalServiceError, match="no_such_setting"),
            local_services.running(var, redis=False),
        ):
            pass

    def test_to_lose_sight_of_data_that_root_keeps_elsewhere(self, new_var):
        new_var.mkdir()
        (new_var / places.NOTE).write_text("the data is in\n/var/lib/factcheck/elsewhere\n")
        refusal = pytest.raises(LocalServiceError, match="moved or copied")
        expected = refusal if IS_ROOT else contextlib.nullcontext()

        with expected, local_services.running(new_var, postgres=False):
            pass

    def test_to_use_a_planted_socket_folder(self, folder, new_var):
        new_var.mkdir()
        places.socket_folder(new_var).symlink_to(folder)

        with (
            pytest.raises(LocalServiceError, match="is not a folder of ours"),
            local_services.running(new_var, postgres=False),
        ):
            pass

        places.socket_folder(new_var).unlink()
