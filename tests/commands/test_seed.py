import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Comment,
    Publication,
    Sentence,
    User,
    Verdict,
)
from annotations.workflow import demo


@pytest.fixture
def seeded(worker, settings, tmp_path):
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    call_command("seed")


class TestSeed:
    def test_leaves_a_newsroom_in_the_middle_of_its_work(self, seeded, capsys):
        assert Article.objects.filter(language="fr").count() >= 10
        assert Article.objects.filter(language="en").count() >= 5
        assert Annotation.objects.count() >= 14
        assert set(Publication.objects.values_list("kind", flat=True)) == {
            "original",
            "correction",
            "retraction",
        }
        states = set(Verdict.objects.values_list("state", flat=True))
        assert states == set(Verdict.State.values)
        assert Article.objects.filter(priority__gt=1, due_at__gt=timezone.now()).count() == 4
        assert Article.objects.exclude(assignee=None).count() == 3
        assert Comment.objects.count() == 2

        before = (
            AuditEvent.objects.count(),
            Article.objects.count(),
            Sentence.objects.count(),
            Publication.objects.count(),
        )
        call_command("seed")

        assert "(0 new steps)" in capsys.readouterr().out
        after = (
            AuditEvent.objects.count(),
            Article.objects.count(),
            Sentence.objects.count(),
            Publication.objects.count(),
        )
        assert after == before

    def test_refuses_where_nobody_asked_for_a_demo(self, db):
        with pytest.raises(CommandError, match="DEMO=true"):
            call_command("seed")

        assert not User.objects.exists()

    def test_says_that_no_worker_is_running(self, transactional_db, empty_redis, settings):
        settings.DEMO = True

        with pytest.raises(CommandError, match="none is running"):
            call_command("seed", "--wait", "0")

    def test_keeps_texts_byte_for_byte(self, db, now):
        folder = settings.BASE_DIR / "seeds"
        demo.load_people(folder)
        demo.load_articles(folder, at=now)

        for article in Article.objects.select_related("current_revision"):
            text = article.current_revision.text.encode()
            files = (folder / "articles").iterdir()
            assert article.current_revision.raw or any(text in f.read_bytes() for f in files)

    def test_refuses_a_file_without_a_header(self, db, now, tmp_path):
        (tmp_path / "articles").mkdir()
        (tmp_path / "articles" / "01.txt").write_text("No header here.")

        with pytest.raises(demo.BadSeed, match=r"01\.txt has no line ---"):
            demo.load_articles(tmp_path, at=now)
