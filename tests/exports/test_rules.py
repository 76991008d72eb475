from datetime import timedelta

import pytest

from annotations.exports import DOCUMENTS
from annotations.exports.documents import Beside, cases, errors_of, warnings_of
from annotations.exports.meanings import MEANINGS
from tests.exports.cases import AT, EXACT, PUBLISHER, RECORD, START, TEXT, setting

REVIEW, ANCHOR = DOCUMENTS["claimreview"], DOCUMENTS["webannotation"]


def case_of(document, record=RECORD, publisher=PUBLISHER, **changes):
    [case] = cases(document, [record], setting(publisher, **changes))
    return case


def with_item(**members):
    case = case_of(REVIEW)
    return case._replace(item=case.item | members)


def with_rating(**members):
    rating = case_of(REVIEW).item["reviewRating"] | members
    return with_item(reviewRating={k: v for k, v in rating.items() if v is not None})


def with_claim(**members):
    return with_item(itemReviewed=case_of(REVIEW).item["itemReviewed"] | members)


def of_record(**changes):
    return case_of(REVIEW, RECORD._replace(**changes))


def of_publisher(**changes):
    return case_of(REVIEW, publisher=PUBLISHER._replace(**changes))


def unrated(label, **publisher):
    record = RECORD._replace(label=label, rating=None, rating_best=None, rating_en="", rating_fr="")
    return case_of(REVIEW, record, PUBLISHER._replace(**publisher))


BROKEN_REVIEWS = [
    ("CR-E1", lambda: of_record(exact=" ")),
    ("CR-E1", lambda: of_publisher(check_url="")),
    ("CR-E1", lambda: with_rating(alternateName=" ")),
    ("CR-E2", lambda: with_item(url="/verif/7")),
    ("CR-E2", lambda: with_item(url="https://ailleurs.example/7")),
    ("CR-E2", lambda: with_item(url="https://faux-journal.example/7")),
    ("CR-E2", lambda: of_publisher(site_url="https://bit.ly/", check_url="https://bit.ly/{id}")),
    ("CR-E3", lambda: with_rating(bestRating=None)),
    ("CR-E3", lambda: with_rating(ratingValue=9)),
    ("CR-E3", lambda: with_rating(ratingValue="2")),
    ("CR-E3", lambda: with_rating(ratingValue=float("nan"))),
    ("CR-E3", lambda: with_rating(worstRating=0)),
    ("CR-E3", lambda: with_rating(bestRating=1, ratingValue=1)),
    ("CR-E4", lambda: of_record(rating_fr="Trompeur")),
    ("CR-E4", lambda: of_record(rating=3)),
    ("CR-E4", lambda: of_publisher(scale=PUBLISHER.scale[:2])),
    ("CR-E4", lambda: unrated("disputed")),
    ("CR-E5", lambda: of_record(label="unverified")),
    ("CR-E5", lambda: unrated("unverified")),
    ("CR-E6", lambda: of_record(claimant="Sources multiples")),
    ("CR-E6", lambda: with_claim(author={"@type": "Person", "name": " "})),
    ("CR-E7", lambda: of_record(article_url="https://a.example/1, https://b.example/2")),
    ("CR-E7", lambda: of_record(article_url="https://a.example/1 et https://b.example/2")),
    ("CR-E7", lambda: of_record(article_url="ftp://a.example/1")),
    (
        "CR-E8",
        lambda: with_claim(appearance=[{"@type": "CreativeWork", "url": PUBLISHER.site_url}]),
    ),
    ("CR-E9", lambda: of_record(article_published_at=AT + timedelta(days=1))),
    ("CR-E9", lambda: of_record(published_at=AT + timedelta(days=30))),
    ("CR-E9", lambda: with_item(datePublished="hier")),
    ("CR-E9", lambda: with_item(datePublished="2025-03-12")),
    ("CR-E11", lambda: of_record(label="")),
    ("CR-E11", lambda: of_record(retracted_at=AT)),
    ("no_claimant", lambda: of_record(claimant="")),
]
DOUBTFUL_REVIEWS = [
    ("CR-W1", lambda: of_record(exact="Le budget " * 9)),
    ("CR-W1", lambda: of_record(exact="Il est faux que le budget baisse.")),
    ("CR-W1", lambda: of_record(exact="Ce chiffre est plutôt faux.")),
    ("CR-W2", lambda: with_rating(alternateName="Pas très juste")),
    ("CR-W2", lambda: with_rating(alternateName="Faux " * 20)),
    ("CR-W3", lambda: of_record(article_url="")),
    ("CR-W3", lambda: of_record(article_published_at=None)),
    ("CR-W3", lambda: of_record(article_url="https://journal.example/budget")),
    ("CR-W4", lambda: of_record(evidence=[])),
    ("CR-W4", lambda: of_record(evidence=[RECORD.evidence[0] | {"archived_url": ""}])),
    ("CR-W4", lambda: of_record(evidence=[RECORD.evidence[0] | {"stance": "context"}])),
    ("CR-W5", lambda: case_of(REVIEW)._replace(beside=Beside(has_same_address=True))),
    ("CR-W6", lambda: case_of(REVIEW)._replace(beside=Beside(has_other_rating=True))),
]


def of_anchor(**changes):
    return case_of(ANCHOR, RECORD._replace(**changes))


BROKEN_ANCHORS = [
    ("WA-E1", lambda: of_anchor(exact=EXACT[:-1])),
    ("WA-E2", lambda: of_anchor(prefix="x" + RECORD.prefix[1:])),
    ("WA-E2", lambda: of_anchor(suffix="x")),
    ("WA-E3", lambda: of_anchor(end=len(TEXT) + 1)),
    ("WA-E3", lambda: of_anchor(start=RECORD.end)),
    ("WA-E4", lambda: of_anchor(end=TEXT.index("👩") + 1)),
    ("WA-E4", lambda: of_anchor(end=TEXT.index("👩") + 2)),
    ("WA-E5", lambda: of_anchor(revision_sha256="0" * 64)),
    ("WA-E5", lambda: case_of(ANCHOR, text=TEXT + " ")),
    ("WA-E6", lambda: case_of(ANCHOR, text=TEXT + TEXT)),
    ("WA-E6", lambda: of_anchor(prefix="ailleurs")),
]


def names(rows):
    return [f"{rule}-{number}" for number, (rule, _) in enumerate(rows)]


class TestClaimReview:
    def test_finds_nothing_where_nothing_is_wrong(self):
        case = case_of(REVIEW)

        assert errors_of(REVIEW, case) == []
        assert warnings_of(REVIEW, case) == []

    @pytest.mark.parametrize(("rule", "make"), BROKEN_REVIEWS, ids=names(BROKEN_REVIEWS))
    def test_refuses_what_breaks_a_rule(self, rule, make):
        assert rule in errors_of(REVIEW, make())

    @pytest.mark.parametrize(("rule", "make"), DOUBTFUL_REVIEWS, ids=names(DOUBTFUL_REVIEWS))
    def test_warns_of_what_may_harm(self, rule, make):
        case = make()

        assert errors_of(REVIEW, case) == []
        assert rule in warnings_of(REVIEW, case)

    def test_takes_the_public_pages_for_the_publishers_own(self):
        here = of_publisher(check_url="", is_public=True)

        assert here.item["url"] == "https://factcheck.example/public/politique/7/"
        assert errors_of(REVIEW, here) == []

    @pytest.mark.parametrize("label", ["verified", "unverified", "disputed"])
    def test_takes_the_label_alone_where_the_desk_wants_it(self, label):
        case = unrated(label, takes_unrated=True)

        assert errors_of(REVIEW, case) == []
        assert set(case.item["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}

    def test_has_a_case_for_each_rule(self):
        tried = {rule for rule, _ in [*BROKEN_REVIEWS, *DOUBTFUL_REVIEWS]}

        assert {*REVIEW.errors, *REVIEW.warnings} - tried == {"CR-E10"}  # see TestDumped


class TestWebAnnotation:
    def test_finds_nothing_where_nothing_is_wrong(self):
        assert errors_of(ANCHOR, case_of(ANCHOR)) == []

    @pytest.mark.parametrize(("rule", "make"), BROKEN_ANCHORS, ids=names(BROKEN_ANCHORS))
    def test_refuses_what_breaks_a_rule(self, rule, make):
        assert rule in errors_of(ANCHOR, make())

    @pytest.mark.parametrize("accent", ["e\u0301", "👍🏽", "❤\ufe0f"])
    def test_refuses_to_cut_a_character(self, accent):
        text = f"Un {accent} entier."

        record = RECORD._replace(start=0, end=4, exact=text[:4])

        assert "WA-E4" in errors_of(ANCHOR, case_of(ANCHOR, record, text=text))

    def test_has_a_case_for_each_rule(self):
        assert set(ANCHOR.errors) == {rule for rule, _ in BROKEN_ANCHORS}

    def test_points_at_the_same_place_everywhere(self):
        assert TEXT[START : START + len(EXACT)] == EXACT


class TestMeanings:
    def test_are_there_for_each_rule(self):
        rules = {rule for one in DOCUMENTS.values() for rule in (*one.errors, *one.warnings)}

        assert rules == set(MEANINGS)
