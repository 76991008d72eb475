"""Records of any content that the database could hold."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from annotations.exports import Record

numbers = st.integers(min_value=0, max_value=2**63 - 1)
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60)
formulas = st.builds(
    str.__add__, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "'="]), texts
)
words = texts | formulas
times = st.integers(min_value=0, max_value=4_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
evidence = st.fixed_dictionaries(
    {
        "url": words,
        "title": words,
        "quote": words,
        "stance": st.sampled_from(["supports", "refutes", "context"]),
        "archived_url": words,
        "accessed_at": times.map(lambda time: time.isoformat().replace("+00:00", "Z")),
    }
)
records = st.builds(
    Record,
    id=numbers,
    sequence=numbers,
    version=numbers,
    kind=st.sampled_from(["original", "correction", "retraction"]),
    desk=words,
    article_id=numbers,
    article_title=words,
    article_url=words,
    article_source=words,
    article_language=words,
    article_published_at=st.none() | times,
    revision_number=numbers,
    revision_sha256=words,
    start=numbers,
    end=numbers,
    exact=words,
    prefix=words,
    suffix=words,
    claimant=words,
    claim_kind=words,
    label=st.sampled_from(["", "verified", "unverified", "disputed"]),
    rating=st.none() | numbers,
    rationale=words,
    evidence=st.lists(evidence, max_size=2),
    annotators=numbers,
    approved_by=words,
    note=words,
    published_at=times,
    corrected_at=st.none() | times,
    retracted_at=st.none() | times,
    rating_best=st.none() | numbers,
    rating_en=words,
    rating_fr=words,
)
