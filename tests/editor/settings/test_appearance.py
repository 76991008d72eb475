import pytest
from django.urls import reverse

from tests.editor.conftest import html_of

ADDRESS = reverse("editor:appearance")


def choose(client, **said):
    return client.post(ADDRESS, {"theme": "", "language": "en", "display_name": ""} | said)


class TestAppearance:
    def test_is_in_the_page_itself_from_then_on(self, as_annotator):
        choose(as_annotator, theme="dark")

        page = html_of(as_annotator.get(reverse("editor:queue")))
        assert '<html lang="en" data-theme="dark">' in page
        assert '<meta name="color-scheme" content="dark">' in page

    def test_follows_the_system_where_nothing_was_chosen(self, as_annotator):
        choose(as_annotator, theme="dark")
        choose(as_annotator, theme="")

        page = html_of(as_annotator.get(reverse("editor:queue")))
        assert '<html lang="en">' in page
        assert '<meta name="color-scheme" content="light dark">' in page

    def test_keeps_the_language_and_the_name(self, as_annotator, annotator):
        response = choose(as_annotator, language="fr", display_name=" Zoé ")

        annotator.refresh_from_db()
        assert (annotator.language, annotator.name) == ("fr", "Zoé")
        assert '<html lang="fr"' in html_of(as_annotator.get(response.url))

    @pytest.mark.parametrize("said", [{"theme": "sepia"}, {"language": "xx"}])
    def test_refuses_what_there_is_not(self, as_annotator, annotator, said):
        response = choose(as_annotator, **said)

        annotator.refresh_from_db()
        assert response.status_code == 422
        assert annotator.theme == ""

    def test_shows_what_stands_in_few_queries(self, as_annotator, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            page = html_of(as_annotator.get(ADDRESS))

        assert 'name="theme" value=""' in page
