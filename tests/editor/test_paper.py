import pytest
from django.urls import reverse

from annotations.models import Desk
from annotations.workflow.tagging import Item
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, UserFactory, annotated

SOURCE = Item("https://journal.example/rapport", "Le rapport", "« 3 millions »", "refutes")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


def report(client, article):
    return client.get(reverse("editor:article-report", args=[article.pk]))


class TestReport:
    def test_shows_labelled_sentences_with_their_reasons(self, as_annotator, annotator, article):
        sentence = article.sentences.get(index=2)
        annotated(sentence, by=annotator, rationale="Vu au budget.", evidence=[SOURCE])

        response = report(as_annotator, article)

        page = html_of(response)
        assert [one.reading.sentence for one in response.context["entries"]] == [sentence]
        assert "Vu au budget." in page
        assert SOURCE.url in page
        assert "2 candidates are still to be decided." in page

    def test_prints_an_address_beside_a_title_only(self, as_annotator, annotator, article):
        bare = Item("https://journal.example/sans-titre")
        annotated(article.sentences.get(index=2), by=annotator, evidence=[SOURCE, bare])

        page = html_of(report(as_annotator, article))

        assert f'<a class="sources__titled" href="{SOURCE.url}"' in page
        assert f'<a href="{bare.url}"' in page

    def test_hides_colleagues_on_a_blind_desk(self, as_annotator, desk, article):
        Desk.objects.update(is_blind=True)
        annotated(article.sentences.first(), by=UserFactory(on=desk), rationale="Vu au budget.")

        response = report(as_annotator, article)

        assert response.context["entries"] == []
        assert "Vu au budget." not in html_of(response)

    def test_takes_the_same_queries_however_many_sentences(
        self, as_annotator, annotator, article, django_assert_max_num_queries
    ):
        for sentence in article.sentences.all():
            annotated(sentence, by=annotator)

        with django_assert_max_num_queries(10):
            response = report(as_annotator, article)

        assert len(response.context["entries"]) == 6

    def test_says_when_there_is_nothing_yet(self, as_annotator, article):
        assert "No sentence of this article has a label yet." in html_of(
            report(as_annotator, article)
        )

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, article):
        assert report(as_outsider, article).status_code == 404
