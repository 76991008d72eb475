import pytest

from annotations.models import Sentence
from tests.api.conftest import problem


@pytest.fixture
def cut(as_user, annotator, sentence):
    """Split or merge the sentence as somebody who saw it where it is."""

    def cut(action, body=None, *, seen=None, **headers):
        named = {"If-Match": seen or f'"{sentence.start}-{sentence.end}"'} | headers
        path = f"/sentences/{sentence.pk}/{action}/"
        return as_user(annotator).post(path, body, headers=named)

    return cut


class TestSplit:
    def test_cuts_in_two_at_an_offset_of_the_text(self, cut, sentence):
        at = sentence.exact.index("total")

        first, second = cut("split", {"at": at}).json()["sentences"]

        assert (first["id"], first["start"], second["end"]) == (sentence.pk, 0, sentence.end)
        assert first["exact"] == sentence.exact[:at].strip()
        assert second["exact"] == sentence.exact[at:].strip()

    def test_is_done_once_under_one_key(self, cut, sentence):
        before = Sentence.objects.count()
        body = {"at": sentence.exact.index("total")}

        answers = [cut("split", body, **{"Idempotency-Key": "s-1"}).json() for _ in range(2)]

        assert answers[0] == answers[1]
        assert Sentence.objects.count() == before + 1

    def test_refuses_a_cut_that_is_no_more_and_shows_what_stands(self, cut, sentence):
        response = cut("split", {"at": 8}, seen='"0-3"')

        body = problem(response, status=412, code="stale")
        assert body["current"]["end"] == sentence.end
        assert response["ETag"] == f'"{sentence.start}-{sentence.end}"'

    @pytest.mark.parametrize("seen", ["*", " "])
    def test_refuses_without_what_was_seen(self, cut, seen):
        problem(cut("split", {"at": 8}, seen=seen), status=428, code="precondition_required")

    @pytest.mark.parametrize("body", [{}, {"at": -1}, {"at": "x"}, {"at": 0}, {"at": 10**9}])
    def test_refuses_what_is_no_place_inside(self, cut, body):
        problem(cut("split", body), status=400, code="bad_input")


class TestMerge:
    def test_joins_with_the_next(self, cut, sentence, article):
        second = article.sentences.get(index=1)

        [joined] = cut("merge").json()["sentences"]

        assert (joined["id"], joined["end"]) == (sentence.pk, second.end)
        assert not Sentence.objects.filter(pk=second.pk).exists()

    def test_refuses_where_nothing_follows(self, as_user, annotator, article):
        last = article.sentences.order_by("-start").first()
        seen = {"If-Match": f'"{last.start}-{last.end}"'}

        response = as_user(annotator).post(f"/sentences/{last.pk}/merge/", headers=seen)

        problem(response, status=409, code="nothing_to_merge")


class TestReadBefore:
    """Labels of programs that read the sentence as it was cut before."""

    def test_are_refused_with_what_stands(self, cut, as_user, reviewer, sentence):
        said = {"label": "disputed", "words": sentence.exact}
        path = f"/sentences/{sentence.pk}/annotation/"
        first, _ = cut("split", {"at": sentence.exact.index("total")}).json()["sentences"]

        refused = as_user(reviewer).put(path, said)

        problem(refused, status=412, code="words_changed")
        accepted = as_user(reviewer).put(path, said | {"words": first["exact"]})
        assert (accepted.status_code, accepted.json()["words"]) == (200, first["exact"])

    def test_of_a_step_are_refused_all(self, cut, as_user, reviewer, sentence, article):
        path = f"/articles/{article.pk}/annotations/"
        rows = [{"id": one.pk, "words": one.exact} for one in article.sentences.all()]
        cut("split", {"at": sentence.exact.index("total")})
        step = {"label": "disputed", "sentences": rows}

        refused = as_user(reviewer).post(path, step)

        problem(refused, status=412, code="words_changed")
        others = [one for one in rows if one["id"] != sentence.pk]
        assert as_user(reviewer).post(path, step | {"sentences": others}).status_code == 200
