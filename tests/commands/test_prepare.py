import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from factcheck.steps import Step


class TestPrepare:
    def test_leaves_nothing_to_migrate(self, db):
        call_command("prepare")

        call_command("migrate", check_unapplied=True, verbosity=0)

    def test_says_which_step_failed(self, db):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE django_migrations RENAME COLUMN name TO other")

        with pytest.raises(DatabaseError) as failure:
            call_command("prepare")

        assert failure.value.__notes__ == ["This was migrate."]

    def test_checks_the_project(self, settings):
        settings.ROOT_URLCONF = "tests.nowhere"

        with pytest.raises(ModuleNotFoundError, match=r"tests\.nowhere"):
            call_command("prepare")


class TestStep:
    def test_leaves_what_goes_well_alone(self):
        with Step("migrate"):
            done = True

        assert done
