from xml.etree import ElementTree as ET

import pytest

from annotations.models import Desk, Verdict
from annotations.workflow import verdicts
from tests.api.conftest import problem
from tests.api.test_publications import correct, retract
from tests.factories import AT, DeskFactory, UserFactory, annotated

ATOM = "{http://www.w3.org/2005/Atom}"


class TestReport:
    def ask(self, caller, article, **headers):
        return caller.get(f"/articles/{article.pk}/report/", headers=headers)

    def test_sums_up_an_article(self, as_key, article, out, reviewer):
        correct(out[0], reviewer)
        retract(out[1], reviewer)

        body = self.ask(as_key("read:published"), article).json()

        assert body["counts"] == {"verified": 4, "unverified": 0, "disputed": 1, "retracted": 1}
        assert body["article"]["title"] == article.title
        assert [one["id"] for one in body["publications"]] == [one.verdict_id for one in out]
        assert body["publications"][1]["label"] is None

    def test_is_a_piece_of_a_page_when_asked(self, as_key, article, out, reviewer):
        retract(out[1], reviewer)

        response = self.ask(as_key("read:published"), article, Accept="text/html")

        assert response["Content-Type"] == "text/html; charset=utf-8"
        page = response.content.decode()
        assert page.count("<mark") == 6
        assert "Retracted" in page or "Retiré" in page
        assert "<script" not in page

    def test_is_not_sent_again_while_nothing_changed(self, as_key, article, out):
        caller = as_key("read:published")
        etag = self.ask(caller, article)["ETag"]

        assert self.ask(caller, article, **{"If-None-Match": etag}).status_code == 304

    def test_takes_a_fixed_number_of_queries(self, as_key, article, out, django_assert_num_queries):
        caller = as_key("read:published")
        self.ask(caller, article)

        with django_assert_num_queries(2):  # the key, the publications
            self.ask(caller, article)

    def test_is_not_there_before_something_is_published(self, as_key, article, proposed):
        problem(self.ask(as_key("read:published"), article), status=404, code="not_found")

    def test_is_not_there_for_another_desk(self, as_key, article, out):
        stranger = UserFactory(on=DeskFactory(), role="manager")

        response = self.ask(as_key("read:published", by=stranger), article)

        problem(response, status=404, code="not_found")

    def test_says_problems_in_json(self, as_key, article, proposed):
        response = self.ask(as_key("read:published"), article, Accept="text/html")

        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


class TestFeed:
    def read(self, caller, desk):
        response = caller.get(f"/feeds/{desk.slug}.atom")
        assert response["Content-Type"] == "application/atom+xml"
        return ET.fromstring(response.content)  # noqa: S314  # our own

    def entries(self, feed):
        return {one.findtext(f"{ATOM}id"): one for one in feed.findall(f"{ATOM}entry")}

    def test_keeps_ids_over_corrections_and_retractions(self, as_key, desk, out, reviewer):
        caller = as_key("read:published")
        before = self.entries(self.read(caller, desk))

        correct(out[0], reviewer)
        retract(out[1], reviewer)
        after = self.entries(self.read(caller, desk))

        assert set(before) == set(after)
        [gone, corrected] = list(after.values())[:2]
        terms = [
            [one.get("term") for one in entry.findall(f"{ATOM}category")]
            for entry in (gone, corrected)
        ]
        assert terms == [["retracted", "retraction"], ["disputed", "correction"]]

    def test_does_not_repeat_what_was_retracted(self, as_key, desk, out, reviewer):
        retract(out[0], reviewer)

        first = next(iter(self.entries(self.read(as_key("read:published"), desk)).values()))

        assert first.findtext(f"{ATOM}summary") == "Erreur."

    def test_holds_what_atom_asks_for(self, as_key, desk, out):
        feed = self.read(as_key("read:published"), desk)

        for element in (feed, *feed.findall(f"{ATOM}entry")):
            assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))

    def test_is_valid_without_anything_in_it(self, as_key, desk):
        feed = self.read(as_key("read:published"), desk)

        assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"

    def test_wants_a_key_for_a_private_desk(self, nobody, desk, out):
        problem(nobody.get(f"/feeds/{desk.slug}.atom"), status=401, code="not_authenticated")

    def test_wants_the_scope_of_a_key(self, as_key, desk, out):
        response = as_key("write:articles").get(f"/feeds/{desk.slug}.atom")

        assert response.status_code == 403

    def test_takes_few_queries_and_fewer_while_nothing_changed(
        self, nobody, desk, out, django_assert_num_queries
    ):
        Desk.objects.filter(pk=desk.pk).update(publishes_publicly=True)
        address = f"/feeds/{desk.slug}.atom"
        etag = nobody.get(address)["ETag"]

        with django_assert_num_queries(6):  # the desk twice, where log and words stand, the entries
            nobody.get(address)
        with django_assert_num_queries(5):
            nobody.get(address, headers={"If-None-Match": etag})

    def test_is_open_on_a_public_desk(self, nobody, desk, out):
        Desk.objects.filter(pk=desk.pk).update(publishes_publicly=True)

        assert len(self.entries(self.read(nobody, desk))) == 6

    def test_is_not_sent_again_while_nothing_changed(self, as_key, desk, out):
        caller = as_key("read:published")
        etag = caller.get(f"/feeds/{desk.slug}.atom")["ETag"]

        again = caller.get(f"/feeds/{desk.slug}.atom", headers={"If-None-Match": etag})

        assert again.status_code == 304


MARKER = "ZZMARKERZZ"
OUTPUTS = [
    "/publications/",
    "/changes/",
    "/exports/?format=jsonl",
    "/exports/?format=csv",
    "/exports/?format=webannotation",
    "/exports/?format=claimreview",
    "/exports/?format=datafeed",
    "/exports/report/?format=webannotation",
    "/articles/{article}/report/",
    "/feeds/{desk}.atom",
    "/../../public/{desk}/",
    "/../../public/{desk}/corrections/",
    "/../../public/{desk}/methodology/",
    "/../../embed/articles/{article}/",
]


class TestNothingLeaks:
    @pytest.fixture
    def unfinished(self, desk, article, annotator, reviewer, out):
        """Beside what is out: a proposed, a contested, a returned and an approved sentence."""
        Desk.objects.filter(pk=desk.pk).update(publishes_publicly=True, reviews_without_rating=True)
        hidden = article.sentences.model.objects
        more = [
            hidden.create(
                article=article,
                revision=article.current_revision,
                index=10 + number,
                start=1000 + number * 100,
                end=1000 + number * 100 + len(MARKER),
                exact=MARKER,
            )
            for number in range(4)
        ]
        for sentence in more:
            annotated(sentence, by=annotator, rationale=f"{MARKER} rationale")
        annotated(more[1], by=UserFactory(on=desk), label="disputed")
        step = {"by": reviewer, "at": AT, "based_on": 1}
        returned, approved = (Verdict.objects.get(sentence=one) for one in more[2:])
        verdicts.send_back(verdict=returned, comment=MARKER, **step)
        verdicts.approve(verdict=approved, **step)
        states = Verdict.objects.filter(sentence__in=more).values_list("state", flat=True)
        assert set(states) == {"proposed", "contested", "returned", "approved"}

    @pytest.mark.parametrize("path", OUTPUTS)
    def test_of_what_is_not_published(self, as_key, nobody, desk, article, unfinished, path):
        address = path.format(desk=desk.slug, article=article.pk)
        if address.startswith("/../.."):
            response = nobody.client.get(address.removeprefix("/../.."))
        else:
            response = as_key("read:published").get(address)

        assert response.status_code == 200
        content = b"".join(response)
        assert content
        assert MARKER.encode() not in content
