"""Importing from a file in a real browser: what one sees, by mouse, by keyboard, after a reload."""

import pytest
from playwright.sync_api import expect

from annotations import tasks
from annotations.models import Article, Import
from tests.browser.conftest import ready

TEXT = "La ville a dépensé {n} millions d’euros pour ses écoles cette année, a dit le maire."
TABLE = "titre;texte;langue\r\n" + "\r\n".join(
    [f"Titre {n};{TEXT.format(n=n)};fr" for n in range(3)] + ["Vide;;fr", "Faux;Un texte.;xx"]
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "articles d’été.csv"
    path.write_bytes(TABLE.encode("windows-1252"))
    return path


@pytest.fixture
def page(open_page, editor, empty_redis):
    page = open_page(editor)
    page.goto("/articles/add/")
    page.get_by_role("link", name="Import articles").click()
    ready(page)
    return page


def send(page, file):
    """Choose the file and have it checked; return the import."""
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    return Import.objects.get()


def work_on(work):
    tasks.carry_out_import.apply(kwargs={"import_id": work.pk}).get()


class TestImporting:
    def test_goes_from_the_file_over_the_report_to_the_articles(self, page, file):
        work = send(page, file)
        work_on(work)

        expect(page.get_by_text("3 articles can be imported")).to_be_visible()
        expect(page.get_by_text("2 rows cannot be used")).to_be_visible()
        row = page.get_by_role("row").filter(has_text="There is no text to check.")
        expect(row.get_by_role("cell").first).to_have_text("5")
        expect(page.get_by_text("Byte 0xE9 is not UTF-8").first).to_be_visible()
        assert not Article.objects.exists()

        page.get_by_role("button", name="Import 3 articles").click()
        expect(page.get_by_text("Waiting for a worker")).to_be_visible()
        work_on(work)

        expect(page.get_by_text("3 articles were imported")).to_be_visible()
        page.get_by_role("link", name="Go to the queue").click()
        expect(page.get_by_role("link", name="Titre 2")).to_be_visible()

    def test_is_there_again_after_a_reload(self, page, file):
        work = send(page, file)
        page.reload()
        expect(page.get_by_text("Waiting for a worker")).to_be_visible()
        work_on(work)
        page.reload()

        expect(page.get_by_role("button", name="Import 3 articles")).to_be_visible()
        expect(page).to_have_url(f"{page.url.split('/imports/')[0]}/imports/{work.pk}/")

    def test_can_be_cancelled(self, page, file):
        work = send(page, file)

        page.get_by_role("button", name="Cancel").click()

        expect(page.get_by_text("Cancelled.")).to_be_visible()
        work.refresh_from_db()
        assert work.state == "cancelled"

    def test_takes_a_dropped_file(self, page):
        page.evaluate(
            """(table) => {
              const data = new DataTransfer();
              data.items.add(new File([table], "a.csv", { type: "text/csv" }));
              const event = { dataTransfer: data, bubbles: true, cancelable: true };
              document.querySelector("form.add").dispatchEvent(new DragEvent("drop", event));
            }""",
            TABLE,
        )
        page.get_by_role("button", name="Check the file").click()

        expect(page.get_by_role("heading", name="a.csv")).to_be_visible()

    def test_gives_the_report_as_a_file(self, page, file):
        work = send(page, file)
        work_on(work)

        with page.expect_download() as download:
            page.get_by_role("link", name="All of it as a table (CSV)").click()

        assert download.value.suggested_filename == f"import-{work.pk}-errors.csv"

    def test_is_done_by_keyboard_alone(self, page, file):
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Check the file").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Waiting for a worker")).to_be_visible()
        work = Import.objects.get()
        work_on(work)

        button = page.get_by_role("button", name="Import 3 articles")
        expect(button).to_be_visible()
        button.focus()
        page.keyboard.press("Enter")

        expect(page.get_by_text("Waiting for a worker")).to_be_visible()
