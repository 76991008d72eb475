import pytest
from django.urls import reverse

from annotations.models import Publication, Verdict
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, annotated, published


@pytest.fixture
def verdict(desk, annotator):
    desk.site_url, desk.check_url = "https://journal.example/", "https://journal.example/{id}"
    desk.save()
    article = ArticleFactory(desk=desk, source_url="https://ailleurs.example/1")
    annotated(article.sentences.first(), by=annotator, label="disputed", rationale="Recount.")
    return Verdict.objects.get()


def ask(client, verdict, **query):
    return client.get(reverse("editor:verdict-preview", args=[verdict.pk]), query)


class TestPreview:
    def test_shows_each_format_with_what_breaks_its_rules(self, as_reviewer, verdict):
        previews = ask(as_reviewer, verdict).context["previews"]

        found = {one.name: [rule for rule, _ in one.errors] for one in previews}
        assert found == {"Web Annotation": [], "ClaimReview": ["CR-E4"], "DataFeed": ["CR-E4"]}

    def test_takes_the_rating_that_is_chosen(self, as_reviewer, verdict):
        response = ask(as_reviewer, verdict, rating="2")

        [_, review, _] = response.context["previews"]
        assert review.errors == []
        assert "CR-W4" in dict(review.warnings)
        assert "Plutôt faux" in html_of(response)

    def test_stores_nothing(self, as_reviewer, verdict):
        ask(as_reviewer, verdict, rating="2")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.rating) == ("proposed", None)
        assert not Publication.objects.exists()

    def test_warns_of_another_outcome_that_is_out(
        self, as_reviewer, annotator, reviewer, desk, verdict
    ):
        other = ArticleFactory(desk=desk)
        published(other.sentences.first(), annotator=annotator, reviewer=reviewer)

        [_, review, _] = ask(as_reviewer, verdict, rating="2").context["previews"]

        assert "CR-W6" in dict(review.warnings)

    def test_refuses_a_rating_that_the_scale_lacks(self, as_reviewer, verdict):
        response = ask(as_reviewer, verdict, rating="9")

        assert response.status_code == 422
        assert "no value 9" in html_of(response)

    def test_is_not_there_for_an_annotator(self, as_annotator, verdict):
        assert ask(as_annotator, verdict).status_code == 404

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, verdict):
        assert ask(as_outsider, verdict).status_code == 404

    def test_takes_a_fixed_number_of_queries(
        self, as_reviewer, verdict, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(14):
            ask(as_reviewer, verdict)

    def test_is_offered_on_the_review_page(self, as_reviewer, verdict):
        page = html_of(as_reviewer.get(reverse("editor:review")))

        assert reverse("editor:verdict-preview", args=[verdict.pk]) in page
