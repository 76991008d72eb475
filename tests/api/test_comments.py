import pytest

from annotations.models import Comment, Desk
from annotations.workflow import comments
from tests.api.conftest import problem
from tests.factories import UserFactory


@pytest.fixture
def url(sentence):
    return f"/sentences/{sentence.pk}/comments/"


def texts(response):
    return [one["text"] for one in response.json()["results"]]


class TestComments:
    def test_are_added_and_listed(self, as_user, annotator, url):
        added = as_user(annotator).post(url, {"text": "Which year?"}).json()

        listed = as_user(annotator).get(url).json()["results"]

        assert listed == [added]
        assert (added["author"], added["text"]) == (annotator.name, "Which year?")

    def test_are_added_once_under_one_key(self, as_user, annotator, url):
        for _ in range(2):
            as_user(annotator).post(url, {"text": "Why?"}, headers={"Idempotency-Key": "c-1"})

        assert Comment.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "   ", "x" * 5001, "\x00"])
    def test_refuse_what_says_nothing_or_too_much(self, as_user, annotator, url, text):
        problem(as_user(annotator).post(url, {"text": text}), status=400, code="bad_input")

    def test_of_colleagues_stay_hidden_on_a_blind_desk(
        self, as_user, annotator, reviewer, sentence, url, now
    ):
        Desk.objects.update(is_blind=True)
        comments.add(sentence=sentence, text="It is wrong.", by=reviewer, at=now)

        before = texts(as_user(annotator).get(url))
        as_user(annotator).put(f"/sentences/{sentence.pk}/annotation/", {"label": "verified"})

        assert before == []
        assert texts(as_user(annotator).get(url)) == ["It is wrong."]

    def test_take_the_same_number_of_queries_for_any_number(
        self, as_user, annotator, desk, sentence, url, now, django_assert_max_num_queries
    ):
        for by in UserFactory.create_batch(6, on=desk):
            comments.add(sentence=sentence, text="Seen.", by=by, at=now)
        caller = as_user(annotator)

        with django_assert_max_num_queries(8):
            assert len(texts(caller.get(url))) == 6
