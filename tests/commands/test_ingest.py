import pytest
from django.core.management import CommandError, call_command

from annotations.models import Article, ExtractionRun


@pytest.fixture
def add(transactional_db, empty_redis, desk, annotator):
    def call(*files, **options):
        call_command("ingest", *map(str, files), desk=desk.slug, by=annotator.username, **options)

    return call


class TestIngest:
    def test_adds_each_file_on_the_bulk_queue(self, add, tmp_path, capsys):
        text = tmp_path / "a.txt"
        text.write_bytes("Le budget atteint 3 millions d’euros.\r\nFin.".encode())
        page = tmp_path / "b.html"
        page.write_text(
            "<html><body><article><h1>Budget</h1>"
            + "<p>Le budget de la ville atteint trois millions d’euros cette année.</p>" * 5
            + "</article></body></html>"
        )

        add(text, page, source="Le Test", published_at="2025-03-01T10:00+01:00")

        first, second = Article.objects.order_by("pk").select_related("current_revision", "source")
        assert first.current_revision.text.endswith("euros.\r\nFin.")
        assert first.source.name == "Le Test"
        assert second.current_revision.raw.startswith("<html>")
        assert set(ExtractionRun.objects.values_list("queue", flat=True)) == {"bulk"}
        assert f"article {first.pk}" in capsys.readouterr().out

    def test_takes_the_good_files_and_names_the_bad_ones(self, add, tmp_path, capsys):
        good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
        good.write_text("Le budget de la ville atteint trois millions d’euros cette année.")
        bad.write_bytes(b"caf\xe9")

        with pytest.raises(CommandError, match="2 of 3"):
            add(good, bad, tmp_path / "absent.txt")

        assert Article.objects.count() == 1
        said = capsys.readouterr().err
        assert "bad.txt: This is not UTF-8: byte 0xE9 in line 1, column 4" in said
        assert "absent.txt" in said

    def test_names_a_desk_that_is_not_there(self, db, tmp_path):
        with pytest.raises(CommandError, match="no desk 'sport'"):
            call_command("ingest", "x.txt", desk="sport", by="nobody")

    def test_wants_a_time_with_a_zone(self, add, tmp_path):
        file = tmp_path / "a.txt"
        file.write_text("Bonjour.")

        with pytest.raises(CommandError, match="zone"):
            add(file, published_at="2025-03-01T10:00")
