"""Claims that other houses checked: ClaimReview in the wild, tables of Meedan Check."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports import DOCUMENTS, written
from annotations.imports import Unreadable
from tests.exports.cases import AT, RECORD, setting
from tests.imports.test_files import entries, faults

CLAIM = "Le pont de Valmorin a coûté 12 millions d’euros."
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://verif.example/pont",
    "headline": "Non, le pont n’a pas coûté 12 millions",
    "datePublished": "2023-04-05T08:00:00+02:00",
    "inLanguage": "fr",
    "claimReviewed": CLAIM,
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Faux",
        "ratingExplanation": "Le marché public parle de 7 millions.",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Jeanne Moreau-Blanc"},
        "datePublished": "2023-03-30",
        "appearance": {"@type": "CreativeWork", "url": "https://reseau.example/post/1"},
    },
}


def read(value):
    return entries(json.dumps(value, ensure_ascii=False, indent=1), "claimreview")


def page(*scripts, head=""):
    tags = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return f"<!DOCTYPE html><html><head>{head}{tags}</head><body><p>{CLAIM}</p></body></html>"


def rated(rating):
    [found] = read(REVIEW | {"reviewRating": rating})
    return (found.marks[0].label, found.marks[0].worth) if found.marks else None


class TestClaimReview:
    def test_is_read_as_a_claim_with_its_outcome(self):
        [found] = read(REVIEW)

        assert found.fields["text"] == CLAIM
        assert found.fields["title"] == "Non, le pont n’a pas coûté 12 millions"
        assert found.fields["source"] == "Jeanne Moreau-Blanc"
        assert found.fields["source_url"] == "https://reseau.example/post/1"
        assert found.fields["published_at"].isoformat() == "2023-03-30T00:00:00"
        assert found.first_published.isoformat() == "2023-04-05T08:00:00+02:00"
        [mark] = found.marks
        assert (mark.label, mark.worth, mark.start) == ("Faux", 0.0, None)
        assert mark.rationale == "Le marché public parle de 7 millions."
        assert [one.url for one in mark.proof] == ["https://verif.example/pont"]
        assert found.faults == ()

    @pytest.mark.parametrize(
        "wrapped",
        [
            [REVIEW],
            {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
            {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": REVIEW}]},
            {"@type": "NewsArticle", "review": {"mainEntity": REVIEW}},
            {**REVIEW, "@type": ["Review", "ClaimReview"]},
            {**{k: v for k, v in REVIEW.items() if k != "@type"}, "type": "ClaimReview"},
            {**REVIEW, "@type": "http://schema.org/ClaimReview"},
        ],
    )
    def test_is_found_wherever_it_stands(self, wrapped):
        [found] = read(wrapped)

        assert found.fields["text"] == CLAIM

    def test_that_was_taken_back_is_passed_over(self):
        gone = {"@type": "ClaimReview", "@id": "https://verif.example/1", "claimReviewed": ""}
        tombstone = {"@type": "DataFeedItem", "dateDeleted": "2024-01-01T00:00:00Z", "item": gone}
        item = {"@type": "DataFeedItem", "item": REVIEW}
        feed = {"@type": "DataFeed", "dataFeedElement": [tombstone, item]}

        assert [one.fields["text"] for one in read(feed)] == [CLAIM]
        assert [one.fields["text"] for one in read([tombstone, item])] == [CLAIM]

    @pytest.mark.parametrize("name", ["claimreview", "datafeed"])
    def test_of_our_own_exports_is_read_back_without_a_fault(self, name):
        gone = RECORD._replace(id=11, kind="retraction", label="", rating=None, retracted_at=AT)
        content = b"".join(written(DOCUMENTS[name], [RECORD, gone], setting()))

        [found] = entries(content.decode(), "claimreview")

        assert (found.fields["text"], found.faults) == (RECORD.exact, ())

    def test_is_found_in_pages_also_beside_broken_scripts(self):
        second = REVIEW | {"claimReviewed": "Une autre affirmation."}
        html = page(
            '{"@type": "ClaimReview", "claimReviewed": "une "citation" mal fermée"}',
            json.dumps(REVIEW),
            f"<!-- {json.dumps(second)} -->",
            head="<script>var a = '<p>';</script>",
        )

        found = entries(html, "claimreview")

        assert [one.fields["text"] for one in found] == [CLAIM, "Une autre affirmation."]

    def test_that_is_not_there_is_told(self):
        [found] = entries(page('{"@type": "WebPage"}'), "claimreview")

        assert found.is_refused
        assert faults([found]) == [(1, "", "no_claimreview")]

    @pytest.mark.parametrize(
        ("rating", "label", "worth"),
        [
            ("Faux", "Faux", None),
            ({"alternateName": ["Faux", "False"]}, "Faux", None),
            ({"alternateName": {"@value": "Plutôt faux"}}, "Plutôt faux", None),
            ({"name": "Vrai", "ratingValue": "5", "bestRating": "5"}, "Vrai", 1.0),
            ({"ratingValue": "3", "bestRating": 5, "worstRating": "1"}, "0.5", 0.5),
            ({"ratingValue": "2,5", "bestRating": "5", "worstRating": "0"}, "0.5", 0.5),
            ({"ratingValue": 9, "bestRating": 5, "worstRating": 1}, "1", 1.0),
            ({"ratingValue": -1, "bestRating": -1, "worstRating": -1}, "-1", None),
            ({"alternateName": "Infondé", "ratingValue": -1, "bestRating": -1}, "Infondé", None),
            ([{"alternateName": "Vrai"}], "Vrai", None),
        ],
    )
    def test_is_taken_with_ratings_of_any_scale(self, rating, label, worth):
        assert rated(rating) == (label, worth)

    @pytest.mark.parametrize("rating", [None, "", {}, {"alternateName": " "}, []])
    def test_without_a_rating_is_a_claim_without_a_label(self, rating):
        [found] = read(REVIEW | {"reviewRating": rating})

        assert (found.marks, found.is_refused) == ((), False)
        assert [code for _line, _column, code in faults([found])] == ["no_rating"]

    @pytest.mark.parametrize(
        ("appearance", "first"),
        [
            ("https://a.example/1", "https://a.example/1"),
            (["https://a.example/1", {"url": "https://b.example/2"}], "https://a.example/1"),
            (
                "https://a.example/1, https://b.example/2 et https://c.example",
                "https://a.example/1",
            ),
            ({"@id": "https://a.example/1"}, "https://a.example/1"),
            ("un tract", "https://verif.example/pont"),
            (None, "https://verif.example/pont"),
        ],
    )
    def test_finds_addresses_however_they_are_written(self, appearance, first):
        item = REVIEW["itemReviewed"] | {"appearance": appearance}

        [found] = read(REVIEW | {"itemReviewed": item})

        assert found.fields["source_url"] == first

    @pytest.mark.parametrize(
        ("author", "source"),
        [
            ("Jeanne", "Jeanne"),
            ([{"name": "Jeanne"}, {"name": "Paul"}], "Jeanne, Paul"),
            ({"name": "Sources multiples"}, None),
            (None, None),
        ],
    )
    def test_names_no_claimant_that_is_none(self, author, source):
        item = REVIEW["itemReviewed"] | {"author": author}

        [found] = read(REVIEW | {"itemReviewed": item})

        assert found.fields.get("source") == source

    def test_forgives_dates_that_nobody_can_read(self):
        item = REVIEW["itemReviewed"] | {"datePublished": "printemps"}

        [found] = read(REVIEW | {"itemReviewed": item, "datePublished": "?"})

        assert not found.is_refused
        assert faults([found]) == [(1, "itemReviewed.datePublished", "not_a_date")]
        assert found.first_published is None

    def test_without_a_claim_is_refused(self):
        [found] = read({name: value for name, value in REVIEW.items() if name != "claimReviewed"})

        assert faults([found])[0][1:] == ("claimReviewed", "empty")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [*REVIEW, *REVIEW["reviewRating"], *REVIEW["itemReviewed"], "name"]
                    ),
                    inner,
                    max_size=5,
                )
            ),
            max_leaves=12,
        )
    )
    def test_survives_anything_in_its_place(self, value):
        read([{"@type": "ClaimReview", "claimReviewed": CLAIM, "itemReviewed": value}])
        read([{"@type": "ClaimReview", "reviewRating": value, "claimReviewed": value}])
        read([value])


ITEMS = (
    "Claim,Item page URL,Status,Created by,Submitted at,Social Media Posted at,"
    "Report Published at,Number of media,Tags,Qui parle ?\n"
    "Le pont a coûté 12 millions.,https://check.example/1,False,Zoé,2023-03-30 10:00:00 UTC,,"
    "2023-04-05 08:00:00 UTC,2,pont,Le maire\n"
    '"Le quai\nrouvrira mardi.",https://check.example/2,Unstarted,Zoé,2023-03-30,,,1,,\n'
    ",https://check.example/3,True,Zoé,2023-03-30,,,1,,\n"
)
CHECKS = (
    "Fact-check title,Fact-check summary,Fact-check URL,Tags,Workspace,Updated at,Rating\n"
    "Le pont a coûté 7 millions.,Selon le marché.,https://verif.example/pont,pont,Verif,1680681600,Vrai\n"
)


class TestMeedan:
    def test_reads_items_with_their_status(self):
        first, second, third = entries(ITEMS, "meedan")

        assert first.fields["text"] == "Le pont a coûté 12 millions."
        assert first.fields["source_url"] == "https://check.example/1"
        assert first.fields["published_at"].isoformat() == "2023-03-30T10:00:00"
        assert first.first_published.isoformat() == "2023-04-05T08:00:00"
        assert (first.marks[0].label, first.marks[0].proof[0].url) == (
            "False",
            "https://check.example/1",
        )
        assert (second.line, second.fields["text"]) == (3, "Le quai rouvrira mardi.")
        assert third.is_refused
        assert [code for _line, _column, code in faults([third])] == ["empty"]

    def test_reads_fact_checks_with_their_rating(self):
        [found] = entries(CHECKS, "meedan")

        assert found.fields["text"] == "Le pont a coûté 7 millions."
        assert (found.marks[0].label, found.marks[0].rationale) == ("Vrai", "Selon le marché.")
        assert found.first_published.year == 2023

    def test_refuses_another_table(self):
        with pytest.raises(Unreadable) as caught:
            entries("titre,texte\nA,B\n", "meedan")

        assert caught.value.code == "no_claim_column"
