import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports import DOCUMENTS, written
from annotations.exports.base import PULSE
from annotations.exports.documents import dumped
from annotations.exports.selectors import quote_context
from tests.exports.cases import AT, PUBLISHER, RECORD, TEXT, setting
from tests.exports.linked_data import expanded, framed, keys, terms
from tests.exports.selecting import resolve

SCHEMA = "http://schema.org/"
OA = "http://www.w3.org/ns/oa#"
CORRECTED = RECORD._replace(id=8, kind="correction", note="Recompté.", corrected_at=AT)
RETRACTED = RECORD._replace(
    id=9, kind="retraction", label="", rating=None, note="Erreur.", retracted_at=AT
)
NO_CLAIMANT = RECORD._replace(id=10, claimant="")
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


def document(name, *records, **changes):
    return json.loads(b"".join(written(DOCUMENTS[name], records, setting(**changes))))


class TestDumped:
    @given(st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)))
    def test_gives_back_what_it_was_given(self, value):
        assert json.loads(dumped(value)) == value

    @given(texts)
    def test_can_stand_in_a_page(self, text):
        data = dumped([text, "</script><!--&\u2028\u2029"]).decode()

        assert not set(data) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("name", DOCUMENTS)
class TestWritten:
    def test_is_a_document_also_without_anything_in_it(self, name):
        assert expanded(document(name))

    @pytest.mark.parametrize("count", [1, 99, 100, 101, 250])
    def test_holds_as_many_as_there_are(self, name, count):
        records = [RECORD._replace(id=number) for number in range(count)]

        text = b"".join(written(DOCUMENTS[name], records, setting())).decode()

        assert json.loads(text)
        assert text.count("\n{") == count + (name == "claimreview")

    def test_shows_signs_of_life_while_all_is_left_out(self, name):
        broken = RECORD._replace(exact=" ", end=RECORD.end + 10**6)

        pieces = list(written(DOCUMENTS[name], [broken] * 300, setting()))

        assert pieces[1:4] == [PULSE] * 3
        assert json.loads(b"".join(pieces))

    def test_lets_go_of_its_source_when_the_reader_leaves(self, name):
        left = []

        def source():
            try:
                for number in range(1_000):
                    yield RECORD._replace(id=number)
            finally:
                left.append(number)

        pieces = written(DOCUMENTS[name], source(), setting())
        next(pieces), next(pieces)
        pieces.close()

        assert left == [99]

    def test_does_not_parse_when_it_was_cut_off(self, name):
        whole = b"".join(written(DOCUMENTS[name], [RECORD], setting())).rstrip()

        with pytest.raises(json.JSONDecodeError):
            json.loads(whole[:-1])

    def test_uses_no_term_that_the_vocabulary_lacks(self, name):
        found = document(name, RECORD, CORRECTED)

        plain = {key for key in keys(found) if not key.startswith("@")} - {"id", "type"}
        assert len(terms(expanded(found))) == len(plain)


class TestClaimReview:
    def test_is_read_by_a_json_ld_processor(self):
        [review, _last] = expanded(document("claimreview", RECORD))

        assert review["@type"] == [f"{SCHEMA}ClaimReview"]
        assert review[f"{SCHEMA}url"] == [{"@id": "https://verif.journal.example/7"}]
        [rating] = review[f"{SCHEMA}reviewRating"]
        assert rating[f"{SCHEMA}alternateName"] == [{"@value": "Plutôt faux"}]
        assert rating[f"{SCHEMA}ratingValue"] == [{"@value": 2}]

    def test_can_be_framed(self):
        frame = {"@context": "https://schema.org", "@type": "ClaimReview"}

        found = framed(document("claimreview", RECORD, NO_CLAIMANT), frame)

        assert found["claimReviewed"] == RECORD.exact
        assert found["itemReviewed"]["author"] == {"@type": "Person", "name": "Anne Hidalgo"}
        assert found["author"]["url"] == PUBLISHER.site_url

    def test_says_what_was_left_out_and_why(self):
        [*_, last] = document("claimreview", RECORD, NO_CLAIMANT)

        told = {one["name"]: one["value"] for one in last["variableMeasured"]}
        assert told == {"written": 1, "left out": 1, "left out: no_claimant": 1}

    def test_says_what_was_corrected(self):
        [review, _last] = document("claimreview", CORRECTED)

        assert review["correction"]["text"] == "Recompté."
        assert review["dateModified"] == "2025-03-12T09:00:00Z"

    def test_takes_a_claimant_without_given_name_for_an_organisation(self):
        [review, _last] = document("claimreview", RECORD._replace(claimant="Ministère"))

        assert review["itemReviewed"]["author"]["@type"] == "Organization"

    def test_does_not_name_the_publishers_own_page_as_the_claims_place(self):
        own = RECORD._replace(article_url="https://www.journal.example/budget")

        [review, _last] = document("claimreview", own)

        assert "appearance" not in review["itemReviewed"]

    def test_speaks_the_desks_language(self):
        [review, _last] = document(
            "claimreview", RECORD, publisher=PUBLISHER._replace(language="en")
        )

        assert review["reviewRating"]["alternateName"] == "Mostly false"


class TestDataFeed:
    def test_keeps_retractions_as_tombstones(self):
        feed = document("datafeed", RECORD, RETRACTED)

        standing, gone = feed["dataFeedElement"]
        assert "dateDeleted" not in standing
        assert gone["dateDeleted"] == "2025-03-12T09:00:00Z"
        assert gone["item"]["@id"].endswith("/publications/9/")
        assert "claimReviewed" not in gone["item"]

    def test_is_read_by_a_json_ld_processor(self):
        [feed] = expanded(document("datafeed", RECORD, RETRACTED))

        assert feed[f"{SCHEMA}license"] == [{"@id": PUBLISHER.license_url}]
        assert [one["@type"] for one in feed[f"{SCHEMA}dataFeedElement"]] == [
            [f"{SCHEMA}DataFeedItem"]
        ] * 2

    def test_says_what_was_left_out_and_why(self):
        feed = document("datafeed", RECORD, NO_CLAIMANT)

        told = {one["name"]: one["value"] for one in feed["variableMeasured"]}
        assert told == {"written": 1, "left out": 1, "left out: no_claimant": 1}


class TestWebAnnotation:
    def test_is_read_by_a_json_ld_processor(self):
        [collection] = expanded(document("webannotation", RECORD))

        [page] = collection["http://www.w3.org/ns/activitystreams#first"]
        [items] = page["http://www.w3.org/ns/activitystreams#items"]
        [one] = items["@list"]
        assert one["@type"] == [f"{OA}Annotation"]
        assert one[f"{OA}motivatedBy"] == [{"@id": f"{OA}assessing"}]
        [target] = one[f"{OA}hasTarget"]
        assert target[f"{OA}hasSource"] == [{"@id": RECORD.article_url}]
        assert target[f"{SCHEMA}sha256"] == [{"@value": RECORD.revision_sha256}]

    def test_counts_its_items(self):
        found = document("webannotation", RECORD, RECORD._replace(id=8, exact="x"))

        assert found["total"] == len(found["first"]["items"]) == 1
        told = {one["schema:name"]: one["schema:value"] for one in found["schema:variableMeasured"]}
        assert told["left out: WA-E1"] == 1

    def test_gives_places_without_words_when_asked(self):
        found = document("webannotation", RECORD, with_quotes=False)

        assert RECORD.exact not in json.dumps(found, ensure_ascii=False)
        [item] = found["first"]["items"]
        assert [one["type"] for one in item["target"]["selector"]] == ["TextPositionSelector"]

    def test_names_a_text_without_address_by_its_checksum(self):
        found = document("webannotation", RECORD._replace(article_url=""))

        assert found["first"]["items"][0]["target"]["source"].startswith("ni:///sha-256;")

    def test_is_found_again_by_the_rules_of_the_w3c(self):
        [item] = document("webannotation", RECORD)["first"]["items"]

        assert resolve(item["target"], TEXT) == (RECORD.start, RECORD.end)

    @given(
        st.text(st.sampled_from("a🙂é \n«»e\u0301👩\u200d🚀"), min_size=2, max_size=120), st.data()
    )
    def test_is_found_again_in_any_text(self, text, data):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        prefix, suffix = quote_context(text, start, end)
        record = _pointing(text, start, end)._replace(prefix=prefix, suffix=suffix)

        items = document("webannotation", record, text=text)["first"]["items"]

        for item in items:  # none where the cut goes through a character
            assert resolve(item["target"], text) == (start, end)


def _pointing(text, start, end):
    digest = sha256(text.encode()).hexdigest()
    return RECORD._replace(start=start, end=end, exact=text[start:end], revision_sha256=digest)
