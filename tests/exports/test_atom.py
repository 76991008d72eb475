"""The feed as readers of others take it."""

from datetime import timedelta
from time import mktime

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports.atom import feed_of
from annotations.exports.reports import Seen
from tests.exports.cases import AT, PUBLISHER, RECORD

ADDRESS = "https://factcheck.example/api/v1/feeds/politique.atom"
LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)
CORRECTED = RECORD._replace(
    id=8, sequence=4, kind="correction", version=2, note="Recompté.", corrected_at=LATER
)
RETRACTED = RECORD._replace(
    id=9,
    sequence=5,
    kind="retraction",
    version=2,
    label="",
    rating=None,
    note="Erreur.",
    retracted_at=LAST,
)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def read(*records, publisher=PUBLISHER):
    found = feedparser.parse(feed_of([Seen(one) for one in records], publisher, ADDRESS))
    assert not found.bozo
    assert found.version == "atom10"
    return found


def terms(entry):
    return [one.term for one in entry.tags]


class TestFeedOf:
    def test_is_read_by_a_feed_reader(self):
        found = read(RECORD)

        assert found.feed.id == ADDRESS
        assert found.feed.title == "Politique · Vérifications"
        assert found.feed.author == "Politique"
        assert {one.rel: one.href for one in found.feed.links} == {
            "self": ADDRESS,
            "alternate": PUBLISHER.home,
        }
        [entry] = found.entries
        assert entry.id == "https://factcheck.example/api/v1/publications/7/"
        assert entry.title == f"Plutôt faux · {RECORD.exact}"
        assert entry.link == "https://verif.journal.example/7"
        assert entry.published == entry.updated == "2025-03-12T09:00:00Z"
        assert entry.summary == RECORD.rationale
        assert terms(entry) == ["disputed"]

    def test_tells_readers_what_was_corrected_and_when(self):
        [entry] = read(CORRECTED).entries

        assert (entry.published, entry.updated) == ("2025-03-12T09:00:00Z", "2025-03-13T09:00:00Z")
        assert terms(entry) == ["disputed", "correction"]
        assert entry.summary == f"Recompté.\n\n{RECORD.rationale}"

    def test_tells_readers_what_was_retracted_and_not_what_it_said(self):
        [entry] = read(RETRACTED).entries

        assert entry.title == f"Retiré · {RECORD.exact}"
        assert terms(entry) == ["retracted", "retraction"]
        assert entry.summary == "Erreur."
        assert entry.updated == "2025-03-14T09:00:00Z"

    def test_keeps_the_order_of_its_changes(self):
        found = read(RETRACTED, CORRECTED, RECORD)

        times = [mktime(entry.updated_parsed) for entry in found.entries]
        assert times == sorted(times, reverse=True)
        assert found.feed.updated_parsed == found.entries[0].updated_parsed
        assert len({entry.id for entry in found.entries}) == 3

    def test_keeps_the_id_over_all_versions(self):
        versions = (RECORD, CORRECTED._replace(id=7), RETRACTED._replace(id=7))

        assert len({read(one).entries[0].id for one in versions}) == 1

    @given(texts, texts)
    def test_says_words_as_they_are(self, exact, rationale):
        [entry] = read(RECORD._replace(exact=exact, rationale=rationale)).entries

        assert entry.title == f"Plutôt faux · {exact}".strip()
        assert entry.get("summary", "") == rationale.strip()
        assert entry.title_detail.type == entry.summary_detail.type == "text/plain"

    def test_takes_markup_for_words(self):
        words = "<script>alert(1)</script> & <b>3 &amp; 4</b>"

        [entry] = read(RECORD._replace(exact=words)).entries

        assert entry.title.endswith(words)
