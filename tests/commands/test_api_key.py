import pytest
from django.core.management import CommandError, call_command

from annotations.workflow import api_keys


class TestApiKey:
    def test_shows_a_key_that_works(self, desk, manager, now, capsys):
        call_command(
            "api_key", "Le site", desk=desk.slug, by=manager.username, scope=["read:published"]
        )

        key = api_keys.recognise(text=capsys.readouterr().out.strip(), at=now)
        assert (key.desk, key.name, key.scopes) == (desk, "Le site", ["read:published"])

    def test_refuses_who_is_no_manager(self, desk, annotator):
        with pytest.raises(CommandError, match="manager"):
            call_command(
                "api_key", "x", desk=desk.slug, by=annotator.username, scope=["read:published"]
            )

    def test_names_what_is_not_there(self, db):
        with pytest.raises(CommandError, match="no such desk"):
            call_command("api_key", "x", desk="sport", by="nobody", scope=["read:published"])
