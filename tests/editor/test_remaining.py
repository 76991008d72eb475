import pytest
from django.urls import reverse

from annotations.models import Annotation, AuditEvent, Desk
from tests.factories import ArticleFactory, UserFactory, annotated, sent_back


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


@pytest.fixture
def sentences(article):
    return list(article.sentences.order_by("index"))


@pytest.fixture
def mark(article, sentences):
    def mark(client, *, sent=None, **headers):
        seen = [f"{one.pk}:0:{one.exact}" for one in sentences] if sent is None else sent
        address = reverse("editor:article-annotate", args=[article.pk])
        return client.post(address, {"sentence": seen}, headers=headers)

    return mark


def told(response):
    page = response.content.decode()
    return page.partition("</p>")[0].partition(">")[2]


class TestMark:
    def test_marks_all_and_shows_each(self, as_annotator, sentences, mark):
        response = mark(as_annotator)

        page = response.content.decode()
        assert all(f'id="s{one.pk}"' in page for one in sentences)
        assert page.count('data-mark="dismissed"') == 6
        assert page.count('class="candidate"') == 3
        assert told(response) == "6 sentences marked as not a claim. z undoes."

    def test_says_who_was_there_before(self, as_annotator, desk, reviewer, sentences, mark):
        other = UserFactory(on=desk)
        for sentence, by in zip(sentences, (reviewer, other, reviewer), strict=False):
            annotated(sentence, by=by, label="disputed")

        response = mark(as_annotator)

        assert told(response) == (
            "3 sentences marked as not a claim. z undoes. "
            f"3 had been decided by {reviewer.name}, {other.name} meanwhile and stay so."
        )
        assert "data-left" in response.content.decode()

    def test_says_what_a_reviewer_wants_looked_at_again(
        self, as_annotator, desk, reviewer, sentences, mark
    ):
        annotated(sentences[0], by=UserFactory(on=desk), label="dismissed")
        sent_back(sentences[0], by=reviewer)

        said = told(mark(as_annotator))

        assert said.endswith("1 was returned by a reviewer: look at it again.")

    def test_names_nobody_on_a_blind_desk(self, as_annotator, reviewer, sentences, mark):
        Desk.objects.update(is_blind=True)
        annotated(sentences[0], by=reviewer, label="disputed")

        response = mark(as_annotator)

        assert "1 had been decided by a colleague meanwhile and stays so." in told(response)
        assert reviewer.name not in response.content.decode()

    def test_says_what_one_did_in_another_window(self, as_annotator, annotator, sentences, mark):
        annotated(sentences[0], by=annotator, label="disputed")
        annotated(sentences[1], by=annotator, label="dismissed")

        said = told(mark(as_annotator))

        assert "1 had been marked so by you already." in said
        assert "1 has changed meanwhile: look at it again." in said

    def test_names_the_key_of_the_reader(self, as_annotator, annotator, mark):
        annotator.keys = {"undo": "w"}
        annotator.save()

        assert told(mark(as_annotator)).endswith("w undoes.")

    def test_names_no_key_where_there_is_none(self, as_annotator, annotator, mark):
        annotator.letter_keys = False
        annotator.save()

        assert told(mark(as_annotator)) == "6 sentences marked as not a claim."

    def test_speaks_french(self, as_annotator, mark):
        response = mark(as_annotator, **{"Accept-Language": "fr"})

        assert told(response) == "6 phrases marquées «\u202fpas une affirmation\u202f». z annule."

    def test_counts_one_in_words_of_its_own(self, as_annotator, reviewer, sentences, mark):
        for one in sentences[1:]:
            annotated(one, by=reviewer)

        assert told(mark(as_annotator)).startswith("1 sentence marked as not a claim.")

    def test_sent_again_under_one_key_is_done_once(self, as_annotator, annotator, article, mark):
        key = {"Idempotency-Key": "r-1"}
        first = mark(as_annotator, **key)
        as_annotator.post(reverse("editor:article-undo", args=[article.pk]))

        again = mark(as_annotator, **key)

        assert told(again) == told(first)
        assert again.content.decode().count('data-mark="dismissed"') == 0
        assert not Annotation.objects.given().exists()

    def test_is_refused_with_the_reason(self, as_annotator, mark):
        response = mark(as_annotator, sent=[])

        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode()
        assert not AuditEvent.objects.exists()

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, mark):
        assert mark(as_outsider).status_code == 404

    def test_takes_the_same_number_of_queries_for_any_number(
        self, as_annotator, desk, django_assert_num_queries
    ):
        for number in (4, 40):
            article = ArticleFactory(desk=desk, sentences=number)
            seen = [f"{pk}:0" for pk in article.sentences.values_list("pk", flat=True)]
            address = reverse("editor:article-annotate", args=[article.pk])

            with django_assert_num_queries(29):
                as_annotator.post(
                    address,
                    {"sentence": seen},
                    headers={"Idempotency-Key": f"r-{number}"},
                )
