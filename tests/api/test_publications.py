import pytest

from annotations.api.pagination import encoded
from annotations.api.serializers.publications import PublicationSerializer
from annotations.exports import EXPORTERS, record_of, to_wire
from annotations.models import Membership, Publication
from annotations.workflow import publishing
from tests.api.conftest import problem
from tests.exports.selecting import resolve
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory, published

WIRE = {
    "id": int,
    "sequence": int,
    "version": int,
    "kind": str,
    "desk": str,
    "article": {"id", "title", "url", "source", "language", "published_at"},
    "revision": {"sha256", "number"},
    "selector": {"exact", "prefix", "suffix", "start", "end"},
    "claim": {"text", "claimant", "kind", "made_at"},
    "label": str,
    "rating": None,
    "rating_best": None,
    "rating_name": None,
    "rationale": str,
    "evidence": list,
    "annotators": int,
    "approved_by": str,
    "published_at": str,
    "corrected_at": None,
    "retracted_at": None,
    "note": None,
}


def retract(publication, reviewer):
    verdict = publication.verdict
    verdict.refresh_from_db()
    return publishing.retract(
        verdict=verdict, note="Erreur.", by=reviewer, at=AT, based_on=verdict.version
    )


def correct(publication, reviewer, label="disputed"):
    verdict = publication.verdict
    verdict.refresh_from_db()
    correction = publishing.Correction(label=label, note="Corrigé.")
    return publishing.correct(
        verdict=verdict, correction=correction, by=reviewer, at=AT, based_on=verdict.version
    )


class TestWireForm:
    def test_holds_what_is_promised(self, as_key, out):
        [one, *_] = as_key("read:published").get("/publications/").json()["results"]

        assert list(one) == list(WIRE)
        for name, kind in WIRE.items():
            if isinstance(kind, set):
                assert set(one[name]) == kind
            elif kind is None:
                assert one[name] is None
            else:
                assert isinstance(one[name], kind), name
        assert one["published_at"] == "2025-03-12T09:00:00Z"

    def test_is_what_the_schema_says(self, out):
        assert list(to_wire(record_of(out[0]))) == list(PublicationSerializer().fields)

    def test_is_the_same_in_json_lines(self, as_key, out):
        caller = as_key("read:published")

        rows = caller.get("/publications/").content
        lines = EXPORTERS["jsonl"].encode([record_of(one) for one in reversed(out)])

        assert rows == b'{"next":null,"results":[' + b",".join(lines.splitlines()) + b"]}"


class TestList:
    def test_shows_the_newest_version_of_what_stands(self, as_key, out, reviewer):
        correct(out[0], reviewer)
        retract(out[1], reviewer)

        rows = as_key("read:published").get("/publications/").json()["results"]

        assert [(row["id"], row["version"]) for row in rows] == [
            (out[0].verdict_id, 2),
            *((one.verdict_id, 1) for one in reversed(out[2:])),
        ]

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("label=verified", 5),
            ("label=disputed", 1),
            ("language=fr", 6),
            ("language=en", 0),
            ("article=999", 0),
            ("published_after=2025-03-12T08:59:59Z", 6),
            ("published_after=2025-03-12T09:00:00Z", 0),
            ("published_before=2025-03-12T09:00:00.000001Z", 6),
            ("published_before=2025-03-12T09:00:00Z", 0),
            ("page_size=2", 2),
        ],
    )
    def test_can_be_filtered(self, as_key, out, reviewer, query, count):
        correct(out[0], reviewer)

        rows = as_key("read:published").get(f"/publications/?{query}").json()["results"]

        assert len(rows) == count

    def test_of_a_time_come_in_the_order_of_the_log_page_by_page(
        self, as_user, manager, article, out, reviewer
    ):
        """On two desks, and behind a cursor: a later correction is as old as what it corrects."""
        other = DeskFactory(second_person_approves=False)
        Membership.objects.create(desk=other, user=manager, role=Membership.Role.MANAGER)
        elsewhere = ArticleFactory(desk=other, sentences=1).sentences.get()
        theirs = published(elsewhere, annotator=manager, reviewer=manager)
        correct(out[0], reviewer)
        path, seen = "/publications/?published_before=2025-03-12T09:30:00Z&page_size=2", []

        while path:
            body = as_user(manager).get(path).json()
            seen += [one["id"] for one in body["results"]]
            path = (body["next"] or "").partition("/api/v1")[2]

        ours = [out[0].verdict_id, *(one.verdict_id for one in reversed(out[1:]))]
        assert seen == [theirs.verdict_id, *ours]

    @pytest.mark.parametrize(
        ("language", "found"),
        [
            ("fr", ["fr", "fr-CA", "fr-CA-x-old"]),
            ("fr-CA", ["fr-CA", "fr-CA-x-old"]),
            ("fr-BE", []),
            ("frp", ["frp"]),
            ("f", []),
        ],
    )
    def test_keep_a_language_with_its_regional_forms(
        self, as_key, desk, annotator, reviewer, language, found
    ):
        for one in ("fr", "fr-CA", "fr-CA-x-old", "frp", "en"):
            article = ArticleFactory(desk=desk, language=one, sentences=1)
            published(article.sentences.get(), annotator=annotator, reviewer=reviewer)

        answer = as_key("read:published").get(f"/publications/?language={language}").json()

        assert sorted(one["article"]["language"] for one in answer["results"]) == found

    @pytest.mark.parametrize("path", ["/publications/", "/changes/", "/exports/report/"])
    def test_refuses_a_filter_that_it_does_not_know(self, as_key, path):
        response = as_key("read:published").get(f"{path}?lable=disputed")

        [error] = problem(response, status=400, code="bad_query")["errors"]
        assert (error["parameter"], error["code"]) == ("lable", "unknown")

    def test_asks_the_database_a_fixed_number_of_times(
        self, as_key, out, django_assert_num_queries
    ):
        caller = as_key("read:published")
        caller.get("/publications/")

        with django_assert_num_queries(3):  # the key, the log's last number, the publications
            response = caller.get("/publications/")

        assert len(response.json()["results"]) == 6

    def test_is_not_sent_again_while_nothing_changed(
        self, as_key, out, reviewer, django_assert_num_queries
    ):
        caller = as_key("read:published")
        headers = {"If-None-Match": caller.get("/publications/")["ETag"]}

        with django_assert_num_queries(2):  # the key, the log's last number
            unchanged = caller.get("/publications/", headers=headers)
        retract(out[0], reviewer)
        changed = caller.get("/publications/", headers=headers)

        assert (unchanged.status_code, changed.status_code) == (304, 200)


class TestRetrieve:
    def test_shows_all_versions(self, as_key, out, reviewer):
        correct(out[0], reviewer)
        retract(out[0], reviewer)

        body = as_key("read:published").get(f"/publications/{out[0].verdict_id}/").json()

        assert (body["kind"], body["label"], body["note"]) == ("retraction", None, "Erreur.")
        assert [one["kind"] for one in body["versions"]] == ["original", "correction", "retraction"]

    def test_does_not_know_what_is_not_published(self, as_key, proposed):
        response = as_key("read:published").get(f"/publications/{proposed.pk}/")

        problem(response, status=404, code="not_found")


ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
REVIEW = 'application/ld+json; profile="https://schema.org"'


class TestLinkedData:
    def ask(self, caller, publication, accept, **headers):
        address = f"/publications/{publication.verdict_id}/"
        return caller.get(address, headers={"Accept": accept} | headers)

    @pytest.mark.parametrize("accept", [ANNOTATION, "application/ld+json"])
    def test_is_a_web_annotation(self, as_key, out, accept):
        response = self.ask(as_key("read:published"), out[0], accept)

        assert response["Content-Type"] == ANNOTATION
        assert response["Link"] == '<http://www.w3.org/ns/ldp#Resource>; rel="type"'
        assert "Accept" in response["Vary"]
        text = out[0].sentence.revision.text
        assert resolve(response.json()["target"], text) == (out[0].start, out[0].end)

    def test_is_a_claim_review_by_its_profile(self, as_key, out, desk):
        desk.check_url, desk.site_url = "https://verif.example/{id}", "https://verif.example/"
        desk.reviews_without_rating = True
        desk.save()

        response = self.ask(as_key("read:published"), out[0], REVIEW)

        assert response["Content-Type"] == REVIEW
        assert response.json()["reviewRating"]["alternateName"] == "Vérifié"

    def test_refuses_what_breaks_the_rules_and_says_which(self, as_key, out):
        response = self.ask(as_key("read:published"), out[0], REVIEW)

        body = problem(response, status=409, code="not_conformant")
        assert {one["code"] for one in body["errors"]} == {"CR-E1", "CR-E4"}

    def test_is_gone_once_retracted(self, as_key, out, reviewer):
        retract(out[0], reviewer)

        response = self.ask(as_key("read:published"), out[0], ANNOTATION)

        problem(response, status=410, code="retracted")

    def test_is_not_sent_again_while_nothing_changed(self, as_key, out):
        caller = as_key("read:published")
        etag = self.ask(caller, out[0], ANNOTATION)["ETag"]

        again = self.ask(caller, out[0], ANNOTATION, **{"If-None-Match": etag})

        assert again.status_code == 304

    def test_is_plain_json_for_all_others(self, as_key, out):
        response = self.ask(as_key("read:published"), out[0], "*/*")

        assert response["Content-Type"] == "application/json"
        assert response.json()["versions"]


class TestChanges:
    def test_can_be_followed_from_the_start(self, as_key, out, reviewer):
        correct(out[0], reviewer)
        retract(out[1], reviewer)
        caller, cursor, seen = as_key("read:published"), "", []

        while True:
            body = caller.get(f"/changes/?page_size=3&cursor={cursor}").json()
            seen += [row["sequence"] for row in body["results"]]
            cursor = body["next_cursor"]
            if not body["has_more"]:
                break

        assert seen == list(range(1, 9))

    def test_gives_a_cursor_that_waits_for_more(self, as_key, out, reviewer):
        caller = as_key("read:published")
        cursor = caller.get("/changes/").json()["next_cursor"]

        nothing = caller.get(f"/changes/?cursor={cursor}").json()
        retract(out[0], reviewer)
        news = caller.get(f"/changes/?cursor={nothing['next_cursor']}").json()

        assert nothing["results"] == []
        assert [(row["id"], row["kind"]) for row in news["results"]] == [
            (out[0].verdict_id, "retraction")
        ]

    def test_asks_the_database_a_fixed_number_of_times(
        self, as_key, out, django_assert_num_queries
    ):
        caller = as_key("read:published")
        caller.get("/changes/")

        with django_assert_num_queries(2):  # the key, the log
            caller.get("/changes/")

    @pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "é"])
    def test_refuses_a_cursor_that_it_did_not_give(self, as_key, out, cursor):
        response = as_key("read:published").get(f"/changes/?cursor={cursor}")

        problem(response, status=400, code="bad_query")

    @pytest.mark.parametrize("place", [-1, 2**63 - 1, 2**63, 2**64 - 1])
    def test_gives_an_answer_wherever_a_cursor_points(self, as_key, desk, out, place):
        cursor = encoded(("desk_id", "sequence"), [desk.pk, place])

        body = as_key("read:published").get(f"/changes/?cursor={cursor}").json()

        assert len(body["results"]) == (6 if place < 0 else 0)

    def test_refuses_another_desks_cursor(self, as_key, out):
        stranger = UserFactory(on=DeskFactory(), role="manager")
        cursor = as_key("read:published").get("/changes/").json()["next_cursor"]

        response = as_key("read:published", by=stranger).get(f"/changes/?cursor={cursor}")

        problem(response, status=400, code="bad_query")

    def test_wants_to_know_which_of_several_desks(self, as_user, annotator):
        annotator.memberships.create(desk=DeskFactory())

        response = as_user(annotator).get("/changes/")

        [error] = problem(response, status=400, code="bad_input")["errors"]
        assert error["pointer"] == "/desk"


class TestNothingLeaks:
    @pytest.mark.parametrize("path", ["/publications/", "/changes/", "/exports/"])
    def test_of_work_that_is_not_published(
        self, as_key, article, annotator, reviewer, as_user, path
    ):
        sentence = article.sentences.first()
        as_user(annotator).put(
            f"/sentences/{sentence.pk}/annotation/", {"label": "verified", "rationale": "MARKER"}
        )
        verdict = sentence.verdict
        as_user(reviewer).post(f"/verdicts/{verdict.pk}/approve/", version=verdict.version)

        content = as_key("read:published").get(path)

        assert b"MARKER" not in b"".join(content)
        assert not Publication.objects.exists()
