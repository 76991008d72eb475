import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.models import Article
from tests.factories import DeskFactory
from tests.receiver import serving

ADD = reverse("editor:add")
TEXT = "Le budget de la ville atteint 12 millions d’euros en 2024.\r\n\r\nIl baisse de 3 %."


@pytest.fixture
def form(desk):
    return {"desk": desk.pk, "text": TEXT, "source": "La Gazette", "language": "fr"}


class TestAdd:
    def test_shows_an_empty_form(self, as_annotator):
        response = as_annotator.get(ADD)

        assert response.status_code == 200

    def test_keeps_the_text_as_it_was_pasted_and_goes_to_the_workbench(
        self, as_annotator, form, empty_redis
    ):
        response = as_annotator.post(ADD, form | {"published_at": "2024-11-26T08:30"})

        article = Article.objects.get()
        assert response.url == reverse("editor:article", args=[article.pk])
        assert article.current_revision.text == TEXT
        assert article.current_run.state == "queued"

    def test_takes_a_text_file(self, as_annotator, form, empty_redis):
        form["text"], form["file"] = "", SimpleUploadedFile("article.txt", TEXT.encode())

        as_annotator.post(ADD, form)

        assert Article.objects.get().current_revision.text == TEXT

    def test_takes_the_main_text_of_a_page(self, as_annotator, form, empty_redis):
        page = f"<html><body><nav>Menu</nav><article><p>{TEXT * 4}</p></article></body></html>"
        form["text"], form["file"] = "", SimpleUploadedFile("page.html", page.encode())

        as_annotator.post(ADD, form)

        revision = Article.objects.get().current_revision
        assert revision.raw == page
        assert "Menu" not in revision.text

    def test_shows_a_refusal_at_its_field_and_keeps_what_was_typed(self, as_annotator, form):
        response = as_annotator.post(ADD, form | {"language": "klingon", "title": "Kept"})

        assert response.status_code == 422
        assert "klingon" in str(response.context["form"].errors["language"])
        assert 'value="Kept"' in response.content.decode()

    def test_refuses_an_empty_text(self, as_annotator, form):
        response = as_annotator.post(ADD, form | {"text": " "})

        assert response.context["form"].errors["text"]

    def test_says_where_a_file_is_not_utf_8(self, as_annotator, form):
        form["file"] = SimpleUploadedFile("article.txt", "Déjà vu".encode("latin-1"))

        response = as_annotator.post(ADD, form)

        assert "line 1, column 2" in str(response.context["form"].errors["file"])

    def test_keeps_the_text_of_a_file_that_was_refused(self, as_annotator, form):
        form["text"], form["file"] = "", SimpleUploadedFile("article.txt", TEXT.encode())

        response = as_annotator.post(ADD, form | {"language": "klingon"})

        assert response.context["form"]["text"].value() == TEXT

    def test_refuses_a_file_that_is_too_large(self, as_annotator, form, settings):
        settings.ARTICLE_MAX_BYTES = 20
        form["file"] = SimpleUploadedFile("article.txt", TEXT.encode())

        response = as_annotator.post(ADD, form)

        assert response.context["form"].errors["file"]

    def test_leads_to_the_first_article_where_the_text_is_there_already(
        self, as_annotator, form, empty_redis
    ):
        as_annotator.post(ADD, form)

        response = as_annotator.post(ADD, form)

        address = reverse("editor:article", args=[Article.objects.get().pk])
        assert response.status_code == 422
        assert address in response.content.decode()

    def test_refuses_a_foreign_desk(self, as_annotator, form):
        response = as_annotator.post(ADD, form | {"desk": DeskFactory().pk})

        assert response.context["form"].errors["desk"]
        assert not Article.objects.exists()


class TestAddress:
    @pytest.fixture
    def site(self, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost"})
        with serving() as site:
            yield site

    def test_stands_for_the_text(self, as_annotator, form, site, empty_redis):
        body = "<p>Le port de Célas compte 12 quais depuis 2021, selon la mairie.</p>" * 3
        page = f"<title>Au port</title><body><article>{body}</article></body>"
        site.put("/port", page.encode(), "text/html; charset=utf-8")

        as_annotator.post(ADD, form | {"text": "", "source_url": f"{site.url}/port"})

        article = Article.objects.get()
        assert article.source_url == f"{site.url}/port"
        assert "Célas compte 12 quais" in article.current_revision.text

    def test_that_cannot_be_fetched_says_what_to_do(self, as_annotator, form, site):
        site.put("/port", b"", "text/html", status=403)

        response = as_annotator.post(ADD, form | {"text": "", "source_url": f"{site.url}/port"})

        said = str(response.context["form"].errors["source_url"])
        assert response.status_code == 422
        assert "answers with 403" in said
        assert "Give the article’s text" in said

    def test_that_cannot_be_fetched_has_the_focus(self, as_annotator, form, site):
        response = as_annotator.post(ADD, form | {"text": "", "source_url": f"{site.url}/no"})

        fields = response.context["form"].fields
        focused = [name for name, one in fields.items() if one.widget.attrs.get("autofocus")]
        assert focused == ["source_url"]

    def test_is_not_asked_where_there_is_a_text(self, as_annotator, form, site, empty_redis):
        as_annotator.post(ADD, form | {"source_url": f"{site.url}/port"})

        assert Article.objects.get().current_revision.text == TEXT
        assert site.asked == []
