import json

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Annotation, Article

TEXT = "La ville a dépensé 3 millions d’euros pour ses écoles en 2024."


@pytest.fixture
def bring(transactional_db, empty_redis, desk, annotator, tmp_path):
    def call(format, *rows, **options):  # noqa: A002
        file = tmp_path / "export.jsonl"
        file.write_text("\n".join(json.dumps(one) for one in rows))
        call_command(
            "import_from", format, str(file), desk=desk.slug, by=annotator.username, **options
        )

    return call


class TestImportFrom:
    def test_brings_articles_and_labels_and_tells_of_every_row(self, bring, capsys):
        bring(
            "doccano",
            {"text": TEXT, "label": [[0, len(TEXT), "Faux"], [0, 9_999, "Vrai"]], "lang": "fr"},
            {"text": "", "label": []},
        )

        said = capsys.readouterr()
        assert Annotation.objects.get().label == "disputed"
        assert "2 rows: 1 articles added, 0 known already, 1 refused; 1 labels" in said.out
        assert "line 1, label “Vrai”: The text, of 62 characters" in said.out
        assert "line 2, text: There is no text to check." in said.err

    def test_doubles_nothing_when_it_is_repeated(self, bring, capsys):
        row = {"text": TEXT, "label": "Louche", "lang": "fr"}

        bring("doccano", row, map=["disputed=Louche"])
        bring("doccano", row, map=["disputed=Louche"])

        assert Article.objects.count() == Annotation.objects.count() == 1
        assert "0 articles added, 1 known already, 0 refused; 0 labels" in capsys.readouterr().out

    def test_stores_nothing_in_a_dry_run(self, bring, capsys):
        bring("articles", {"text": TEXT, "lang": "fr"}, dry_run=True)

        assert not Article.objects.exists()
        assert "1 articles would be added" in capsys.readouterr().out

    def test_refuses_a_table_that_says_nothing(self, bring):
        with pytest.raises(CommandError, match="says nothing about labels"):
            bring("doccano", {"text": TEXT}, map=["Vrai=Faux"])

    def test_names_a_file_that_is_not_there(self, db, desk, annotator):
        with pytest.raises(CommandError, match=r"nowhere\.csv"):
            call_command(
                "import_from", "articles", "nowhere.csv", desk=desk.slug, by=annotator.username
            )
