import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError


class TestPrepare:
    def test_compiles_collects_and_migrates(self, db, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path

        call_command("prepare")

        assert list(tmp_path.glob("annotations/js/main*.js"))

    def test_says_which_step_failed(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path / "file" / "static"
        (tmp_path / "file").touch()

        with pytest.raises(NotADirectoryError) as failure:
            call_command("prepare")

        assert failure.value.__notes__ == ["This was collectstatic."]

    def test_checks_the_project(self, settings):
        settings.ROOT_URLCONF = "tests.nowhere"

        with pytest.raises((SystemCheckError, ModuleNotFoundError)):
            call_command("prepare")
