import pytest
from django.db import IntegrityError, connection, transaction

from annotations.models import AuditEvent, Publication, Revision
from tests.factories import ArticleFactory, published


@pytest.fixture
def publication(desk, annotator, reviewer):
    sentence = ArticleFactory(desk=desk).sentences.first()
    return published(sentence, annotator=annotator, reviewer=reviewer)


class TestAppendOnly:
    @pytest.mark.parametrize("table", ["annotations_publication", "annotations_auditevent"])
    @pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_refuses_every_change_whoever_makes_it(self, publication, table, change):
        with (
            connection.cursor() as cursor,
            pytest.raises(IntegrityError, match="only ever appended"),
            transaction.atomic(),
        ):
            cursor.execute(change.format(table))

        assert Publication.objects.count() == 1
        assert AuditEvent.objects.count() == 3

    def test_refuses_to_empty_the_log(self, publication):
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE annotations_publication ENABLE TRIGGER append_only_whole")
            with pytest.raises(IntegrityError, match="only ever appended"), transaction.atomic():
                cursor.execute("TRUNCATE annotations_publication CASCADE")
            cursor.execute("ALTER TABLE annotations_publication DISABLE TRIGGER append_only_whole")

        assert Publication.objects.exists()

    def test_refuses_to_change_a_text(self, publication):
        revision = Revision.objects.get()

        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Revision.objects.update(text="Autre chose.")

        assert Revision.objects.get().text == revision.text
