import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations import tasks
from annotations.models import Article, Import, ImportFault
from tests.factories import DeskFactory, checked_import

TEXT = "La ville a dépensé {n} millions d’euros pour ses écoles cette année, a dit le maire."
TABLE = "titre;texte;langue\r\n" + "\r\n".join(
    [f"Titre {n};{TEXT.format(n=n)};fr" for n in range(3)] + ["Vide;;fr", "Faux;Un texte.;xx"]
)


@pytest.fixture
def page(client, annotator, empty_redis):
    client.force_login(annotator)
    return client


@pytest.fixture
def work(desk, annotator):
    return checked_import(desk, annotator, content=TABLE.encode())


def file(content=TABLE, name="articles.csv"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


class TestNew:
    def test_is_linked_from_add(self, page):
        assert 'href="/articles/import/"' in page.get("/articles/add/").content.decode()

    def test_takes_a_file_for_a_dry_run(self, page, desk):
        sent = {"file": file(), "desk": desk.pk, "format": "articles", "source": "La Gazette"}

        answer = page.post("/articles/import/", sent)

        work = Import.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/imports/{work.pk}/")
        assert (work.is_dry_run, work.options) == (True, {"source": "La Gazette"})

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"", "empty"), (b"PK\x03\x04abc", "Save the table as CSV")],
    )
    def test_says_at_the_field_what_is_wrong_with_a_file(self, page, desk, content, said):
        sent = {"file": file(content), "desk": desk.pk, "format": "articles"}

        answer = page.post("/articles/import/", sent)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Import.objects.exists()

    def test_offers_only_ones_own_desks(self, page, desk):
        other = DeskFactory()

        sent = {"file": file(), "desk": other.pk, "format": "articles"}

        assert page.post("/articles/import/", sent).status_code == 422

    def test_lists_recent_imports_in_few_queries(
        self, page, desk, annotator, django_assert_max_num_queries
    ):
        for _n in range(6):
            checked_import(desk, annotator)
        page.get("/articles/import/")

        with django_assert_max_num_queries(6):
            shown = page.get("/articles/import/").content.decode()

        assert shown.count("checked, not imported") == 6


class TestShow:
    def test_tells_counts_and_faults(self, page, work):
        shown = page.get(f"/imports/{work.pk}/").content.decode()

        assert "<strong>3</strong> articles can be imported" in shown
        assert "<strong>2</strong> rows cannot be used" in shown
        assert "Import 3 articles" in " ".join(shown.split())
        assert "There is no text to check." in shown
        assert "hx-trigger" not in shown.split('id="import"')[1].split(">")[0]

    def test_asks_again_while_workers_are_at_it(self, page, work):
        Import.objects.filter(pk=work.pk).update(state="queued", rows_done=2)

        answer = page.get(f"/imports/{work.pk}/", headers={"HX-Request": "true"})

        shown = answer.content.decode()
        assert 'hx-trigger="every 1s"' in shown
        assert "2 rows checked" in shown
        assert "No worker is running." in shown
        assert "<html" not in shown

    def test_turns_the_pages_of_a_long_report(self, page, work, django_assert_max_num_queries):
        ImportFault.objects.bulk_create(
            ImportFault(of=work, row=n, line=n, column="titre", code="empty", is_warning=False)
            for n in range(100, 160)
        )
        page.get(f"/imports/{work.pk}/")

        with django_assert_max_num_queries(5):
            first = page.get(f"/imports/{work.pk}/").content.decode()

        last = work.faults.in_order()[49].pk
        assert f"?after={last}" in first
        second = page.get(f"/imports/{work.pk}/?after={last}").content.decode()
        assert second.count("<tr>") == 1 + 12
        assert 'rel="next"' not in second

    def test_shows_markup_of_the_file_as_text(self, page, work):
        work.faults.update(value="<script>alert(1)</script>")

        assert "<script>alert" not in page.get(f"/imports/{work.pk}/").content.decode()

    @pytest.mark.parametrize("path", ["", "errors.csv"])
    def test_is_not_found_by_others(self, client, outsider, work, path):
        client.force_login(outsider)

        assert client.get(f"/imports/{work.pk}/{path}").status_code == 404

    def test_gives_the_report_as_a_table(self, page, work):
        answer = page.get(f"/imports/{work.pk}/errors.csv")

        assert answer.getvalue().decode("utf-8-sig").splitlines()[1].startswith("4,5,texte,")


class TestSteps:
    def test_imports_what_was_checked(self, page, work):
        answer = page.post(f"/imports/{work.pk}/confirm/")
        assert "Waiting for a worker" in answer.content.decode()

        tasks.carry_out_import.apply(kwargs={"import_id": work.pk}).get()

        shown = page.get(f"/imports/{work.pk}/").content.decode()
        assert "<strong>3</strong> articles were imported" in shown
        assert Article.objects.count() == 3

    def test_refuses_to_import_twice(self, page, work):
        page.post(f"/imports/{work.pk}/confirm/")

        answer = page.post(f"/imports/{work.pk}/confirm/")

        assert answer.status_code == 422
        assert "no finished dry run" in answer.content.decode()

    def test_discards_a_file(self, page, work):
        answer = page.post(f"/imports/{work.pk}/cancel/")

        assert "Cancelled." in answer.content.decode()
        assert page.post(f"/imports/{work.pk}/cancel/").status_code == 422

    def test_are_not_for_others(self, client, outsider, work):
        client.force_login(outsider)

        assert client.post(f"/imports/{work.pk}/confirm/").status_code == 404
        assert client.post(f"/imports/{work.pk}/cancel/").status_code == 404
