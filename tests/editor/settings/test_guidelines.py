import pytest
from django.urls import reverse

from annotations.editor.prose import Block, blocks
from annotations.models import AuditEvent, Desk
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory


@pytest.fixture
def address(desk):
    return reverse("editor:guidelines", args=[desk.slug])


def write(client, desk, text, version=None):
    version = version or Desk.objects.get(pk=desk.pk).version
    address = reverse("editor:guidelines-edit", args=[desk.slug])
    return client.post(address, {"guidelines": text, "version": version})


class TestBlocks:
    def test_tells_headings_lists_and_paragraphs_apart(self):
        text = "# Règle\nUne phrase.\nDeux.\n\n- un\n* deux\n\n1. d’abord\n2) ensuite\n\r\n\r\nFin."

        found = blocks(text)

        assert found == [
            Block("heading", ("Règle",)),
            Block("paragraph", ("Une phrase.", "Deux.")),
            Block("list", ("un", "deux")),
            Block("numbers", ("d’abord", "ensuite")),
            Block("paragraph", ("Fin.",)),
        ]

    @pytest.mark.parametrize("text", ["", " \n\n ", "\r\n"])
    def test_finds_nothing_in_nothing(self, text):
        assert blocks(text) == []

    @pytest.mark.parametrize("text", ["2024 was a year", "-5 degrees", "#hashtag", "-"])
    def test_leaves_what_only_looks_alike(self, text):
        assert blocks(text) == [Block("paragraph", (text,))]


class TestReading:
    @pytest.mark.parametrize("who", ["as_annotator", "as_reviewer", "as_manager"])
    def test_is_for_every_member(self, request, address, desk, who, django_assert_max_num_queries):
        Desk.objects.update(guidelines="- Une phrase à la fois.")
        client = request.getfixturevalue(who)

        with django_assert_max_num_queries(5):
            page = html_of(client.get(address))

        assert "<li>Une phrase à la fois.</li>" in page

    def test_is_not_there_for_an_outsider(self, as_outsider, address):
        assert as_outsider.get(address).status_code == 404

    def test_never_shows_html(self, as_annotator, address):
        Desk.objects.update(guidelines='<b onclick="x()">Gras</b>\n\njavascript:alert(1)')

        page = html_of(as_annotator.get(address))

        assert "&lt;b onclick=&quot;x()&quot;&gt;Gras&lt;/b&gt;" in page
        assert 'href="javascript' not in page

    def test_is_linked_from_the_workbench(self, as_annotator, desk, address):
        article = ArticleFactory(desk=desk)

        assert f'href="{address}"' in html_of(
            as_annotator.get(reverse("editor:article", args=[article.pk]))
        )

    def test_shows_what_stood_before_each_change(self, as_manager, as_annotator, desk, address):
        write(as_manager, desk, "Première version.")
        write(as_manager, desk, "Deuxième version.")
        change = AuditEvent.objects.filter(action="desk.guidelines_written").latest("pk")

        page = html_of(as_annotator.get(address))
        before = html_of(as_annotator.get(address, {"before": change.pk}))

        assert "Deuxième version." in page
        assert f"?before={change.pk}" in page
        assert "<p>Première version.</p>" in before

    def test_shows_no_version_of_another_desk(self, as_outsider, as_manager, desk, outsider):
        write(as_manager, desk, "Première version.")
        write(as_manager, desk, "Deuxième version.")
        change = AuditEvent.objects.latest("pk")
        own = outsider.memberships.get().desk

        response = as_outsider.get(
            reverse("editor:guidelines", args=[own.slug]), {"before": change.pk}
        )

        assert "version" not in html_of(response).split("<main", 1)[1]


class TestWriting:
    def test_keeps_the_text(self, as_manager, desk):
        response = write(as_manager, desk, "Une phrase à la fois.")

        desk.refresh_from_db()
        assert desk.guidelines == "Une phrase à la fois."
        assert "Saved." in html_of(as_manager.get(response.url))

    def test_shows_what_a_colleague_wrote_meanwhile_and_keeps_what_was_typed(
        self, as_manager, desk
    ):
        write(as_manager, desk, "La leur.", version=1)

        refused = write(as_manager, desk, "La mienne.", version=1)
        version = refused.context["form"]["version"].value()

        page = html_of(refused)
        assert refused.status_code == 422
        assert "<p>La leur.</p>" in page
        assert "La mienne.</textarea>" in page
        assert write(as_manager, desk, "La mienne.", version=version).status_code == 302
