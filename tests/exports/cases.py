"""A publication that breaks no rule, and ways to say it."""

from datetime import UTC, datetime
from hashlib import sha256

from annotations.exports import Publisher, Record, Setting, Snapshot

AT = datetime(2025, 3, 12, 9, tzinfo=UTC)
TEXT = "La maire parle. « Le budget atteint 3 millions 👩‍🚀. » Voilà."
EXACT = "Le budget atteint 3 millions 👩‍🚀."
START = TEXT.index(EXACT)

PUBLISHER = Publisher(
    slug="politique",
    name="Politique",
    language="fr",
    base="https://factcheck.example",
    site_url="https://www.journal.example/",
    check_url="https://verif.journal.example/{id}",
    license_url="https://licence.example/by",
    is_public=False,
    takes_unrated=False,
    scale=[
        {"value": 1, "fr": "Faux", "en": "False"},
        {"value": 2, "fr": "Plutôt faux", "en": "Mostly false"},
        {"value": 3, "fr": "Vrai", "en": "True"},
    ],
)
RECORD = Record(
    id=7,
    sequence=3,
    version=1,
    kind="original",
    desk="politique",
    article_id=5,
    article_title="Le budget",
    article_url="https://ailleurs.example/budget",
    article_source="Ailleurs",
    article_language="fr",
    article_published_at=datetime(2025, 3, 1, tzinfo=UTC),
    revision_number=1,
    revision_sha256=sha256(TEXT.encode()).hexdigest(),
    start=START,
    end=START + len(EXACT),
    exact=EXACT,
    prefix=TEXT[:START],
    suffix=TEXT[START + len(EXACT) :],
    claimant="Anne Hidalgo",
    claim_kind="numeric",
    label="disputed",
    rating=2,
    rationale="Le compte public dit 2 millions.",
    evidence=[
        {
            "url": "https://comptes.example/2025",
            "title": "Comptes",
            "quote": "",
            "stance": "refutes",
            "archived_url": "https://archive.example/1",
            "accessed_at": "2025-03-11T08:00:00Z",
        }
    ],
    annotators=1,
    approved_by="reviewer",
    note="",
    published_at=AT,
    corrected_at=None,
    retracted_at=None,
    rating_best=3,
    rating_en="Mostly false",
    rating_fr="Plutôt faux",
)


def setting(publisher=PUBLISHER, text=TEXT, **changes):
    snapshot = Snapshot(text, datetime(2025, 3, 2, tzinfo=UTC))
    given = Setting(
        publishers={publisher.slug: publisher},
        base=publisher.base,
        address=f"{publisher.base}/api/v1/exports/?format=x",
        at=datetime(2025, 3, 13, tzinfo=UTC),
        texts=lambda _records: lambda _record: snapshot,
    )
    return given._replace(**changes)
