import pytest
from django.urls import reverse

from annotations.models import Annotation
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=4)


@pytest.fixture
def first(article):
    return article.sentences.get(index=0)


def ask(client, sentence, action, **more):
    seen = {"start": sentence.start, "end": sentence.end}
    return client.post(reverse(f"editor:sentence-{action}", args=[sentence.pk]), seen | more)


class TestSplit:
    def test_cuts_at_a_place_in_the_sentence(self, as_annotator, article, first):
        response = ask(as_annotator, first, "split", place=9)

        assert response.status_code == 204
        assert [one.exact for one in article.sentences.order_by("start")][:2] == [
            "Phrase 0",
            first.exact[9:],
        ]

    def test_says_why_it_is_refused(self, as_annotator, first):
        response = ask(as_annotator, first, "split", place=0)

        assert response.status_code == 422
        assert "Both parts need at least one word." in response.content.decode()

    def test_refuses_what_was_cut_otherwise_meanwhile(self, as_annotator, first):
        ask(as_annotator, first, "split", place=9)

        response = ask(as_annotator, first, "split", place=3)

        assert response.status_code == 409

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, first):
        assert ask(as_outsider, first, "split", place=9).status_code == 404


class TestMerge:
    def test_joins_with_the_next(self, as_annotator, article, first):
        response = ask(as_annotator, first, "merge")

        assert response.status_code == 204
        assert article.sentences.count() == 3

    def test_says_that_there_is_no_next(self, as_annotator, article):
        response = ask(as_annotator, article.sentences.get(index=3), "merge")

        assert response.status_code == 422
        assert "No sentence follows" in response.content.decode()


class TestReadBefore:
    """Labels from a page that still shows the sentence as it was cut before."""

    def test_are_refused_with_three_versions_and_what_was_typed(
        self, as_annotator, as_reviewer, first
    ):
        address = reverse("editor:sentence-annotate", args=[first.pk])
        said = {"label": "disputed", "version": 0, "rationale": "Vu au registre."}
        ask(as_annotator, first, "split", place=9)

        refused = as_reviewer.post(address, said | {"words": first.exact})
        meant = as_reviewer.post(address, said | {"words": ""})

        page = html_of(refused)
        assert refused.status_code == 409
        assert "The words of this sentence changed after you read it." in page
        assert 'class="sides"' in page
        assert "Vu au registre.</textarea>" in page
        assert meant.status_code == 200

    def test_of_many_leave_that_one_out(self, as_annotator, as_reviewer, article, first):
        address = reverse("editor:article-annotate", args=[article.pk])
        seen = [f"{one.pk}:0:{one.exact}" for one in article.sentences.all()]
        ask(as_annotator, first, "split", place=9)

        response = as_reviewer.post(address, {"sentence": seen})

        assert "1 has changed meanwhile" in html_of(response)
        assert Annotation.objects.count() == len(seen) - 1
        assert not first.annotations.exists()
