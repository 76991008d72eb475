"""Who brings no key: sees of public desks what is published, and nothing else."""

import pytest

from annotations.api import crowds
from annotations.api.crowds import Crowd
from annotations.models import Desk
from tests.api.conftest import Caller, problem
from tests.api.test_caching import ANNOTATION, EVERYBODY, HTML, JSON, content, varies
from tests.api.test_permissions import ROUTES, knock
from tests.api.test_publications import retract
from tests.factories import DeskFactory

OPEN = [
    ("/publications/?desk={desk}", JSON),
    ("/publications/{published}/", JSON),
    ("/publications/{published}/", ANNOTATION),
    ("/changes/?desk={desk}", JSON),
    ("/exports/?desk={desk}", JSON),
    ("/exports/?format=datafeed&desk={desk}", JSON),
    ("/articles/{article}/report/", JSON),
    ("/articles/{article}/report/", HTML),
    ("/scales/{desk}/", JSON),
    ("/feeds/{desk}.atom", JSON),
]
IDS = [f"{path} {accepted.partition('/')[2][:4]}" for path, accepted in OPEN]


@pytest.fixture
def public(desk, out):
    """A desk that shows to everybody what it publishes; the numbers of what is out."""
    Desk.objects.filter(pk=desk.pk).update(publishes_publicly=True)
    first = out[0]
    return {"desk": desk.slug, "published": first.verdict_id, "article": first.article_id}


@pytest.mark.usefixtures("empty_redis")
@pytest.mark.parametrize(("path", "accepted"), OPEN, ids=IDS)
class TestOpen:
    def ask(self, caller, path, accepted, numbers, **headers):
        return caller.get(path.format(**numbers), headers={"Accept": accepted} | headers)

    def test_is_what_a_key_reads_and_may_be_kept_by_everybody(
        self, nobody, as_key, public, path, accepted
    ):
        response = self.ask(nobody, path, accepted, public)
        with_key = self.ask(as_key("read:published"), path, accepted, public)

        assert response.status_code == 200
        assert response["Cache-Control"] == EVERYBODY
        assert "accept-language" not in varies(response)
        assert response["ETag"] == with_key["ETag"]
        if "format" not in path and accepted != ANNOTATION:  # these say when they were made
            assert content(response) == content(with_key)

    def test_is_not_sent_again_while_it_holds(self, nobody, public, path, accepted):
        etag = self.ask(nobody, path, accepted, public)["ETag"]

        again = self.ask(nobody, path, accepted, public, **{"If-None-Match": etag})

        assert again.status_code == 304
        assert again["Cache-Control"] == EVERYBODY

    def test_is_closed_on_other_desks(self, nobody, desk, out, path, accepted):
        first = out[0]
        numbers = {"desk": desk.slug, "published": first.verdict_id, "article": first.article_id}

        response = self.ask(nobody, path, accepted, numbers)

        problem(response, status=401, code="not_authenticated")


class TestClosed:
    def test_stays_all_the_rest(self, public, desk):
        things = dict.fromkeys(
            ("sentence", "verdict", "export", "webhook", "delivery", "key", "imported"), 1
        )
        open_here = {one.partition("?")[0] for one, _accepted in OPEN}
        others = [
            (method, path)
            for method, path, *_ in ROUTES
            if not (method == "get" and path in open_here)
        ]

        answers = {
            (method, path): knock(Caller(), method, path, things | public, named=True).status_code
            for method, path in others
        }

        assert {one for one, status in answers.items() if status != 401} == set()

    @pytest.mark.parametrize("path", ["/publications/", "/changes/", "/exports/", "/scales/"])
    def test_stays_what_names_no_desk(self, nobody, public, path):
        problem(nobody.get(path), status=401, code="not_authenticated")

    def test_stays_what_is_not_published(self, nobody, public, article, annotator, reviewer):
        for number in (0, 999_999):
            response = nobody.get(f"/publications/{number}/")

            problem(response, status=401, code="not_authenticated")

    def test_stays_another_desks_log(self, nobody, public):
        other = DeskFactory()

        response = nobody.get(f"/changes/?desk={other.slug}")

        problem(response, status=401, code="not_authenticated")


class TestStatements:
    @pytest.mark.parametrize(
        ("path", "count"),
        [
            ("/publications/?desk={desk}", 3),  # the desk, the log's last number, the publications
            ("/changes/?desk={desk}", 2),
            ("/publications/{published}/", 1),
            ("/articles/{article}/report/", 1),
            ("/scales/{desk}/", 1),
        ],
    )
    def test_are_few_whatever_is_out(self, nobody, public, django_assert_num_queries, path, count):
        address = path.format(**public)
        nobody.get(address)

        with django_assert_num_queries(count):
            nobody.get(address)


class TestLog:
    def test_is_followed_without_waiting(self, nobody, public, out, reviewer):
        path = f"/changes/?desk={public['desk']}"
        cursor = nobody.get(path).json()["next_cursor"]

        nothing = nobody.get(f"{path}&cursor={cursor}&wait=25")
        retract(out[0], reviewer)
        news = nobody.get(f"{path}&cursor={cursor}").json()["results"]

        assert (nothing.json()["results"], nothing["Retry-After"]) == ([], "5")
        assert [one["kind"] for one in news] == ["retraction"]


class TestDownloads:
    def test_are_few_at_once(self, nobody, public, monkeypatch):
        crowd, path = Crowd(), f"/exports/?desk={public['desk']}"
        monkeypatch.setattr("annotations.api.views.exports.READERS", crowd)
        begun = [crowd.count(iter([b"first", b"last"])) for _ in range(crowds.AT_ONCE)]
        firsts = [next(one) for one in begun]

        refused = nobody.get(path)
        begun[0].close()
        list(begun[1])
        served = nobody.get(path)

        assert set(firsts) == {b"first"}
        problem(refused, status=429, code="throttled")
        assert refused["Retry-After"] == str(crowds.LATER)
        assert len(content(served).splitlines()) == 6

    def test_with_a_key_are_not_counted(self, as_key, public, monkeypatch):
        monkeypatch.setattr(crowds, "AT_ONCE", 0)

        assert as_key("read:published").get("/exports/").status_code == 200
