import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from annotations.models import (
    Article,
    AuditEvent,
    ExtractionRun,
    Import,
    ImportFault,
    ImportPiece,
    ImportRow,
    Revision,
)
from annotations.workflow import import_turns, import_words, imports
from annotations.workflow.errors import BadInput, NotAllowed
from tests.factories import ArticleFactory, UserFactory

TEXT = "La ville a dépensé {n} millions d’euros pour ses écoles cette année, a dit le maire."


def table(*rows, header="titre;texte;langue;url"):
    return "\r\n".join([header, *rows]).encode()


def row(n, **changes):
    cells = {"title": f"Titre {n}", "text": TEXT.format(n=n), "language": "fr"}
    return ";".join((cells | {"url": f"https://journal.example/{n}"} | changes).values())


def lines(*articles):
    return "\n".join(json.dumps(one) for one in articles).encode()


def told(work):
    return [
        (one.line, one.column, import_words.sentence(one.code, one.params))
        for one in work.faults.in_order()
    ]


class TestRequest:
    def test_keeps_the_file_and_says_what_it_is(self, ask, desk, annotator, now):
        content = table(row(1), row(2))

        work = ask(content)

        assert (work.state, work.size, work.file_name) == ("queued", len(content), "articles.csv")
        assert (work.encoding, work.shape) == ("utf-8", "csv")
        assert b"".join(work.content()) == content
        event = AuditEvent.objects.get(action="import.requested")
        assert (event.desk, event.actor, event.after["import"]) == (desk, annotator, work.pk)

    def test_cuts_a_large_file_into_pieces(self, ask, monkeypatch):
        monkeypatch.setattr(ImportPiece, "SIZE", 100)
        content = table(*map(row, range(20)))

        work = ask(content)

        assert work.pieces.count() == -(-len(content) // 100)
        assert b"".join(work.content()) == content

    def test_refuses_a_file_that_is_too_large_and_keeps_nothing(self, ask, settings):
        settings.IMPORT_MAX_BYTES = 1_000_000

        with pytest.raises(BadInput, match="larger than the 1 megabytes") as caught:
            ask(b"a" * 1_000_001)

        assert caught.value.reason == "too_large"
        assert not Import.objects.exists()

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (b"PK\x03\x04 a spreadsheet", "spreadsheet"),
            (b"abc\x00def\x00\x00", "not_text"),
            (b"<html><body>Bonjour</body></html>", "page_not_table"),
        ],
    )
    def test_refuses_what_holds_no_table(self, ask, content, code):
        with pytest.raises(BadInput) as caught:
            ask(content)

        assert (caught.value.field, caught.value.reason) == ("file", code)

    def test_refuses_an_outsider(self, ask, outsider):
        with pytest.raises(NotAllowed):
            ask(table(row(1)), by=outsider)

    def test_refuses_an_unknown_format(self, ask):
        with pytest.raises(BadInput, match="no such format"):
            ask(table(row(1)), format="xls")


class TestCarryOut:
    def test_adds_each_row_and_queues_its_extraction_in_bulk(self, ask, carry, desk, annotator):
        work = ask(table(*map(row, range(250))))

        sent = carry(work)

        assert (work.state, work.added, work.rows_done, work.rows_total) == (
            *("succeeded", 250, 250),
            250,
        )
        article = Article.objects.select_related("current_run", "current_revision").get(
            title="Titre 7"
        )
        assert article.current_revision.text == TEXT.format(n=7)
        assert (article.desk, article.created_by, article.language) == (desk, annotator, "fr")
        assert (article.current_run.queue, article.current_run.state) == ("bulk", "queued")
        assert {run.pk for run in sent} == set(ExtractionRun.objects.values_list("pk", flat=True))
        assert AuditEvent.objects.filter(action="article.added").count() == 250
        assert ImportRow.objects.filter(outcome="added", article__isnull=False).count() == 250

    def test_forgets_the_file_when_it_is_done(self, ask, carry):
        work = ask(table(row(1)))

        carry(work)

        assert not work.pieces.exists()

    def test_names_line_column_value_and_reason_of_each_bad_row(self, ask, carry):
        work = ask(
            table(
                row(1),
                row(2, text=""),
                row(3, language="xx"),
                '"Titre\r\nsur deux lignes";' + row(4).split(";", 1)[1],
                row(5, url="javascript:alert(1)"),
                row(6) + ";de trop",
            )
        )

        carry(work)

        assert (work.added, work.refused) == (2, 4)
        assert [(line, column) for line, column, _words in told(work)] == [
            *((3, "texte"), (4, "langue"), (7, "url"), (8, "")),
        ]
        wrong = work.faults.in_order()[1]
        assert (wrong.code, wrong.value) == ("unknown_language", "xx")
        assert "“xx” is no language known here" in told(work)[1][2]
        with translation.override("fr"):
            assert "«\u202fxx\u202f»" in told(work)[1][2]

    def test_names_the_article_or_the_line_that_a_row_repeats(self, ask, carry, desk):
        carry(ask(table(row(1))))
        first = Article.objects.get()
        work = ask(table(row(2), row(1), row(2)))

        carry(work)

        assert (work.added, work.known, work.refused) == (1, 2, 0)
        assert told(work) == [
            (3, "texte", f"The desk has this text already: “Titre 1” (article {first.pk})."),
            (4, "texte", "This file has the same text already in line 2."),
        ]
        assert Article.objects.count() == 2

    def test_adds_nothing_when_the_same_file_comes_again(self, ask, carry):
        content = table(*map(row, range(30)))
        carry(ask(content))

        again = ask(content)
        carry(again)

        assert (again.added, again.known) == (0, 30)
        assert Article.objects.count() == ExtractionRun.objects.count() == 30

    def test_reads_json_lines_and_goes_on_after_a_broken_one(self, ask, carry):
        work = ask(
            lines({"title": "A", "text": TEXT.format(n=1), "language": "fr"})
            + b'\n{"title": broken}\n[1, 2]\n'
            + lines({"titre": 12, "texte": TEXT.format(n=2), "langue": "fr"})
            + b"\n"
            + lines({"texte": TEXT.format(n=3), "date": "hier", "langue": "fr"})
        )

        carry(work)

        assert (work.added, work.refused) == (1, 4)
        assert [(line, column) for line, column, _words in told(work)] == [
            *((2, ""), (3, ""), (4, "titre"), (5, "date")),
        ]

    def test_says_which_byte_was_read_as_windows_1252(self, ask, carry):
        content = table(row(1), row(2)).decode().encode("windows-1252")

        work = ask(content)
        carry(work)

        assert (work.encoding, work.added) == ("windows-1252", 2)
        assert "dépensé" in Revision.objects.first().text
        assert told(work)[0] == (2, "texte", "Byte 0xE9 is not UTF-8; read as Windows-1252.")
        assert all(one.is_warning for one in ImportFault.objects.all())

    def test_takes_a_date_without_a_zone_in_the_newsrooms_zone(self, ask, carry):
        work = ask(table(f"Titre;{TEXT};fr;26/11/2024 18h30", header="titre;texte;langue;date"))

        carry(work)

        assert Article.objects.get().published_at.isoformat() == "2024-11-26T17:30:00+00:00"

    def test_takes_language_and_source_that_are_given_for_all_rows(self, ask, carry):
        content = table(TEXT, header="texte")

        carry(ask(content, options={"language": "de", "source": "La Gazette"}))

        article = Article.objects.select_related("source").get()
        assert (article.language, article.source.name) == ("de", "La Gazette")

    def test_fails_where_no_column_holds_the_text(self, ask, carry):
        work = ask(table("a;b", header="titre;chapeau"))

        carry(work)

        assert work.state == "failed"
        assert "titre, chapeau" in work.error

    def test_takes_turns_and_goes_on_where_it_was(self, ask, carry, now):
        moments = iter(now + timedelta(seconds=4 * n) for n in range(1_000))
        work = ask(table(*map(row, range(450))))

        carry(work, clock=lambda: next(moments))

        assert (work.state, work.added, work.workers_lost) == ("succeeded", 450, 0)
        assert ImportRow.objects.count() == Article.objects.count() == 450

    def test_needs_few_statements_for_a_batch(self, ask, now, django_assert_max_num_queries):
        work = ask(table(*map(row, range(100))))

        with django_assert_max_num_queries(40):
            imports.carry_out(
                import_id=work.pk, token=uuid4(), clock=lambda: now, send=lambda run: None
            )

        assert Article.objects.count() == 100


class TestDryRun:
    def test_stores_nothing_and_says_what_would_be(self, ask, carry, desk):
        ArticleFactory(desk=desk)
        work = ask(table(row(1), row(2, text=""), row(1)), is_dry_run=True)

        sent = carry(work)

        assert (work.state, work.added, work.known, work.refused) == ("succeeded", 1, 1, 1)
        assert work.can_be_confirmed
        assert (sent, Article.objects.count()) == ([], 1)
        assert work.pieces.exists()

    def test_can_be_confirmed_without_sending_the_file_again(self, ask, carry, annotator, now):
        work = ask(table(row(1), row(2, text="")), is_dry_run=True)
        carry(work)

        imports.confirm(work=work, by=annotator, at=now)
        carry(work)

        assert (work.state, work.is_dry_run, work.added, work.refused) == ("succeeded", False, 1, 1)
        assert Article.objects.count() == 1
        assert work.faults.count() == 1

    def test_is_not_confirmed_twice(self, ask, carry, annotator, now):
        work = ask(table(row(1)), is_dry_run=True)
        carry(work)
        imports.confirm(work=work, by=annotator, at=now)

        with pytest.raises(imports.NotConfirmable):
            imports.confirm(work=work, by=annotator, at=now)

    def test_is_not_confirmed_by_an_outsider(self, ask, carry, outsider, now):
        work = ask(table(row(1)), is_dry_run=True)
        carry(work)

        with pytest.raises(NotAllowed):
            imports.confirm(work=work, by=outsider, at=now)


class TestCancel:
    def test_stops_before_the_next_batch(self, ask, annotator, now):
        work = ask(table(*map(row, range(350))))

        def cancel_after_the_first(run):
            if work.state != "cancelled":
                imports.cancel(work=work, by=annotator, at=now)
                work.refresh_from_db()

        imports.carry_out(
            import_id=work.pk, token=uuid4(), clock=lambda: now, send=cancel_after_the_first
        )

        work.refresh_from_db()
        assert (work.state, Article.objects.count()) == ("cancelled", import_turns.BATCH_ROWS)
        assert not work.pieces.exists()

    def test_refuses_what_is_over(self, ask, carry, annotator, now):
        work = ask(table(row(1)))
        carry(work)

        with pytest.raises(imports.AlreadyOver):
            imports.cancel(work=work, by=annotator, at=now)


class TestRecover:
    def test_sends_again_what_a_silent_worker_held(self, ask, now):
        work = ask(table(row(1)))
        Import.objects.filter(pk=work.pk).update(
            state="running", token=uuid4(), started_at=now, heartbeat_at=now
        )

        recovery = imports.recover(at=now + timedelta(minutes=1), waiting=0)

        work.refresh_from_db()
        assert (recovery.to_send, recovery.failed) == ([work], 0)
        assert (work.state, work.workers_lost) == ("queued", 1)

    def test_fails_what_three_workers_died_on(self, ask, now):
        work = ask(table(row(1)))
        Import.objects.filter(pk=work.pk).update(
            *(), state="running", token=uuid4(), started_at=now, heartbeat_at=now, workers_lost=2
        )

        recovery = imports.recover(at=now + timedelta(minutes=1), waiting=0)

        work.refresh_from_db()
        assert (recovery.to_send, recovery.failed, work.state) == ([], 1, "failed")
        assert "3" in work.error

    def test_leaves_alone_what_has_a_message(self, ask, now):
        ask(table(row(1)))

        recovery = imports.recover(at=now + timedelta(minutes=1), waiting=1)

        assert recovery.to_send == []

    def test_forgets_old_files_but_not_what_became_of_them(self, ask, carry, now):
        work = ask(table(row(1)), is_dry_run=True)
        carry(work)

        assert imports.forget_old(at=now + timedelta(days=6)) == 0
        assert imports.forget_old(at=now + timedelta(days=8)) == 1

        assert not work.pieces.exists()
        assert work.rows.exists()


class TestTwoAtOnce:
    def test_a_second_worker_leaves_a_held_import_alone(self, ask, carry, now):
        work = ask(table(row(1)))
        Import.objects.filter(pk=work.pk).update(
            state="running", token=uuid4(), started_at=now, heartbeat_at=now
        )

        carry(work)

        assert not Article.objects.exists()

    def test_a_member_who_left_brings_nothing_in(self, ask, carry, annotator):
        work = ask(table(row(1)))
        annotator.memberships.all().delete()

        with pytest.raises(NotAllowed):
            carry(work)

        assert not Article.objects.exists()


def test_a_colleague_may_cancel(ask, desk, now):
    work = ask(table(row(1)))

    imports.cancel(work=work, by=UserFactory(on=desk), at=now)

    work.refresh_from_db()
    assert work.state == "cancelled"
