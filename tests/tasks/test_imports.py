"""Imports by a real worker, killed in the middle too."""

from django.db.models import Count
from django.utils import timezone

from annotations import tasks
from annotations.models import Article, ExtractionRun, ImportRow
from annotations.workflow import imports
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish
from tests.conftest import wait_until, worker_process
from tests.tasks.conftest import kill_group

ROWS = 1_000


def content(rows):
    body = "La ville a dépensé {n} millions d’euros pour ses écoles, a dit le maire mardi. " * 5
    yield b"titre;texte;langue;url\r\n"
    for n in range(rows):
        yield f"Titre {n};{body.replace('{n}', str(n))};fr;https://journal.example/{n}\r\n".encode()
        if n % 10 == 0:
            yield f"Vide {n};;fr;\r\n".encode()


def ask(desk, by, *, rows, **wish):
    file = File("articles.csv", content(rows))
    work = imports.request(desk=desk, file=file, wish=Wish(**wish), by=by, at=timezone.now())
    tasks.send_import(work)
    return work


def reached(work, rows):
    """Say whether so many rows are done, with the watch looking on."""
    tasks.recover_lost_imports()
    work.refresh_from_db()
    return work.rows_done >= rows


def is_over(work):
    tasks.recover_lost_imports()
    work.refresh_from_db()
    return not work.is_active


class TestImport:
    def test_is_exact_although_its_worker_was_killed_twice(
        self, transactional_db, desk, annotator, impatient, empty_redis
    ):
        work = ask(desk, annotator, rows=ROWS)
        for rows in (100, 400):
            with worker_process(
                name=f"killed-{rows}", concurrency=1, queues="imports,bulk"
            ) as process:
                wait_until(lambda rows=rows: reached(work, rows))
                kill_group(process)
            assert work.rows_done < ROWS

        with worker_process(name="steady", concurrency=1, queues="imports,bulk"):
            wait_until(lambda: is_over(work), seconds=120, pause=0.5)

        assert (work.state, work.added, work.refused) == ("succeeded", ROWS, ROWS // 10)
        assert Article.objects.count() == ExtractionRun.objects.count() == ROWS
        assert ImportRow.objects.count() == work.rows_total == ROWS + ROWS // 10
        again = Article.objects.values("title").annotate(times=Count("pk")).filter(times__gt=1)
        assert not again.exists()
        assert work.faults.count() == ROWS // 10

    def test_goes_on_before_the_articles_that_it_brought(
        self, transactional_db, desk, annotator, empty_redis
    ):
        first = ask(desk, annotator, rows=100)
        with worker_process(name="orderly", concurrency=1, queues="imports,bulk"):
            wait_until(lambda: is_over(first))
            second = ask(desk, annotator, rows=5, is_dry_run=True)
            wait_until(lambda: is_over(second))

        assert (first.added, second.known) == (100, 5)
        assert ExtractionRun.objects.active().exists()
