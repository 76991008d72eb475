"""Many publications without the cost of working on each."""

from django.db import connection

from annotations.models import Publication, Sentence, Verdict


def copy(publication, *, times):
    """Append copies of a publication to its desk's log, each of a sentence of its own."""
    _insert(
        Sentence,
        {"index": "t.index + n", "start": "t.start + n * 1000", "end": 't."end" + n * 1000'},
        f"annotations_sentence t, generate_series(1, {times}) n "
        f"WHERE t.id = {publication.sentence_id}",
    )
    _insert(
        Verdict,
        {"sentence_id": "s.id"},
        "annotations_verdict t JOIN annotations_sentence s "
        f"ON s.revision_id = {publication.sentence.revision_id} AND s.start >= 1000 "
        f"WHERE t.id = {publication.verdict_id}",
    )
    _insert(
        Publication,
        {
            "sequence": "(SELECT max(sequence) FROM annotations_publication) "
            "+ row_number() OVER (ORDER BY v.id)",
            "verdict_id": "v.id",
            "sentence_id": "v.sentence_id",
        },
        "annotations_publication t JOIN annotations_verdict v ON v.article_id = t.article_id "
        f"AND v.id > t.verdict_id WHERE t.id = {publication.pk}",
    )
    _count_anew()


def _count_anew():
    """Tell the planner, as autovacuum would within the minute."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE annotations_publication, annotations_verdict, annotations_sentence")


def _insert(model, changed, source):
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f't."{name}"') for name in columns)
    statement = f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement)
