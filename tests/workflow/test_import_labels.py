import json
from uuid import uuid4

import pytest

from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Import,
    ImportRow,
    Publication,
    Sentence,
    Verdict,
)
from annotations.workflow import import_words, imports
from annotations.workflow.errors import BadInput
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish
from tests.factories import annotated

FIRST = "La ville a dépensé 3 millions d’euros pour ses écoles en 2024."
SECOND = "Le maire a annoncé mardi que le quai nord rouvrirait avant la fin du mois de juin."
TEXT = f"🙂 {FIRST} {SECOND}"


def document(*labels, text=TEXT, **more):
    return {"text": text, "label": list(labels), "lang": "fr", **more}


def span(words, tag, text=TEXT):
    start = text.index(words)
    return [start, start + len(words), tag]


@pytest.fixture
def bring(desk, annotator, now):
    """Import documents of another tool and have it carried out."""

    def bring(*rows, format="doccano", by=annotator, clock=None, **wish):  # noqa: A002
        if format == "labelstudio":
            content = json.dumps(rows, ensure_ascii=False)
        else:
            content = "\n".join(json.dumps(one, ensure_ascii=False) for one in rows)
        file = File("export.jsonl", [content.encode()])
        work = imports.request(desk=desk, file=file, wish=Wish(format, **wish), by=by, at=now)
        carry_out(work, now, clock=clock)
        return work

    return bring


def carry_out(work, now, *, clock=None):
    imports.carry_out(
        import_id=work.pk, token=uuid4(), clock=clock or (lambda: now), send=lambda run: None
    )
    work.refresh_from_db()


def given():
    rows = Annotation.objects.given().order_by("sentence__start")
    return list(rows.values_list("sentence__exact", "label"))


def told(work):
    return [(one.code, one.value) for one in work.faults.in_order()]


class TestLabels:
    def test_come_to_the_sentences_that_hold_them(self, bring, annotator):
        work = bring(document(span("3 millions", "Vrai"), span(SECOND, "Faux")))

        assert (work.state, work.added, work.labels) == ("succeeded", 1, 2)
        assert [(exact.strip("🙂 "), label) for exact, label in given()] == [
            (FIRST, "verified"),
            (SECOND, "disputed"),
        ]
        assert set(Annotation.objects.values_list("author", flat=True)) == {annotator.pk}
        assert told(work) == []

    def test_are_proposed_for_review_and_publish_nothing(self, bring):
        bring(document(span(FIRST, "Vrai")))

        assert Verdict.objects.get().state == "proposed"
        assert not Publication.objects.exists()
        assert AuditEvent.objects.filter(action="annotation.put").count() == 1

    def test_are_not_doubled_by_the_same_file(self, bring):
        rows = [document(span(FIRST, "Vrai")), document(span(SECOND, "Faux"), title="Le quai")]
        bring(*rows)

        again = bring(*rows)

        assert (again.added, again.known, again.labels) == (0, 2, 0)
        assert Article.objects.count() == 1  # the same text
        assert Annotation.objects.count() == 2
        assert AuditEvent.objects.filter(action="annotation.put").count() == 2
        assert told(again) == []

    def test_never_overwrite_what_stands(self, bring, annotator):
        bring(document())
        sentence = Sentence.objects.get(exact__contains="millions")
        annotated(sentence, by=annotator, label="unverified")

        work = bring(document(span(FIRST, "Vrai")))

        assert [label for _exact, label in given()] == ["unverified"]
        fault = work.faults.get()
        assert fault.code == "label_stands"
        assert "before" in import_words.sentence(fault.code, fault.params)

    def test_that_contradict_each_other_are_not_taken(self, bring):
        work = bring(document(span(FIRST, "Vrai"), span("2024", "Faux")))

        assert given() == []
        assert told(work) == [("labels_differ", "Vrai, Faux")]

    def test_that_nobody_knows_are_told(self, bring):
        work = bring(document(span(FIRST, "Chiffre")))

        assert (work.added, work.labels, told(work)) == (1, 0, [("label_unknown", "Chiffre")])

    def test_mean_what_the_table_says(self, bring):
        work = bring(
            document(span(FIRST, "Chiffre"), span(SECOND, "Person")),
            options={"map": "disputed=Chiffre;Person=ignore"},
        )

        assert [label for _exact, label in given()] == ["disputed"]
        assert told(work) == []

    def test_of_the_whole_text_need_one_sentence(self, bring):
        work = bring(document("Vrai"), document("Faux", text=SECOND))

        assert given() == [(SECOND, "disputed")]
        assert told(work) == [("label_of_all", "Vrai")]

    def test_with_offsets_of_browsers_are_found_and_told(self, bring):
        start, end, _tag = span(FIRST, "")
        value = {"start": start + 1, "end": end + 1, "text": FIRST, "labels": ["Vrai"]}
        result = {"id": "r", "type": "labels", "value": value}

        work = bring(
            {"data": {"text": TEXT, "lang": "fr"}, "annotations": [{"result": [result]}]},
            format="labelstudio",
        )

        assert [label for _exact, label in given()] == ["verified"]
        assert told(work) == [("span_utf16", "Vrai")]

    def test_wait_for_an_article_that_somebody_reads_just_now(self, bring, now):
        work = bring(document(span(FIRST, "Vrai")), is_dry_run=True)
        imports.confirm(work=work, by=work.created_by, at=now)
        Import.objects.filter(pk=work.pk).update(state="queued")
        other = bring(document())  # the same text came in meanwhile
        run = Article.objects.get().current_run
        type(run).objects.filter(pk=run.pk).update(
            state="running", token=uuid4(), started_at=now, heartbeat_at=now
        )

        carry_out(work, now)
        assert (work.state, work.rows_done, work.workers_lost) == ("queued", 0, 0)

        type(run).objects.filter(pk=run.pk).update(state="succeeded")
        carry_out(work, now)
        assert (work.state, work.known, work.labels) == ("succeeded", 1, 1)
        assert other.state == "succeeded"

    def test_of_a_refused_table_are_not_even_tried(self, bring):
        with pytest.raises(BadInput) as caught:
            bring(document(), options={"map": "Vrai=Faux"})

        assert caught.value.field == "map"


class TestDryRun:
    def test_counts_labels_that_would_find_their_place(self, bring, now):
        work = bring(
            document(span(FIRST, "Vrai"), span(SECOND, "Louche")), {"label": []}, is_dry_run=True
        )

        assert (work.added, work.refused, work.labels) == (1, 1, 1)
        assert not Article.objects.exists()
        assert told(work)[0] == ("label_unknown", "Louche")

        imports.confirm(work=work, by=work.created_by, at=now)
        carry_out(work, now)
        assert (work.added, work.labels) == (1, 1)


class TestDeadWorker:
    def test_between_article_and_labels_leaves_exact_counts(self, bring, now):
        """The article came in, its labels did not: the next worker goes on from there."""

        def dies():
            if Sentence.objects.exists():
                raise Died
            return now

        with pytest.raises(Died):
            bring(document(span(FIRST, "Vrai")), clock=dies)
        work = Import.objects.get()
        assert (work.state, work.added, work.rows_done) == ("running", 1, 0)
        Import.objects.update(state="queued")

        carry_out(work, now)

        assert (work.state, work.added, work.known, work.labels) == ("succeeded", 1, 0, 1)
        assert ImportRow.objects.count() == Article.objects.count() == 1
        assert len(given()) == 1


class Died(Exception):
    """What a power cut looks like from inside."""
