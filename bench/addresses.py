"""Every list of the pages and of the API, with each filter, and who reads it."""

from time import gmtime, strftime, time
from typing import NamedTuple

LONG_AGO = strftime("%Y-%m-%dT%H:%MZ", gmtime(time() - 80 * 86_400))  # of a million, the middle
EDITOR, STRINGER = 1, 2  # user 1 manages the three largest desks, user 2 a small and quiet one


class Address(NamedTuple):
    name: str
    path: str
    reader: int = EDITOR
    sums: bool = False  # it counts a share of everything, and may read a table whole
    turns: bool = False  # its thousandth page must cost what the first does

    @property
    def is_page(self) -> bool:
        return not self.path.startswith("/api/")


API = "/api/v1"
ADDRESSES = (
    Address("queue", "/"),
    Address("queue, small desk", "/", STRINGER),
    Address("queue: further down", "/?before=1-20000"),
    Address("queue: to check, further down", "/?state=open&before=1-20000"),
    Address("queue: desk", "/?desk=desk-2"),
    Address("queue: language", "/?language=fr"),
    Address("API articles: rare language", f"{API}/articles/?language=de&page_size=20"),
    Address("queue: to check", "/?state=open"),
    Address("queue: done", "/?state=done"),
    Address("queue: extracting", "/?state=extracting"),
    Address("queue: failed", "/?state=failed"),
    Address("queue: failed, small desk", "/?state=failed", STRINGER),
    Address("queue: mine", "/?assigned=me"),
    Address("queue: nobody's", "/?assigned=nobody&state=open"),
    Address("queue: source", "/?source=Source 1"),
    Address("queue: since a day", "/?from=2025-01-01"),
    Address("queue: until a day", "/?to=2020-01-01"),
    Address("queue: something disputed", "/?has=disputed"),
    Address("queue: something disputed, small desk", "/?has=disputed", STRINGER),
    Address("search: common word, best first", "/search/?q=ministère"),
    Address("search: common word, newest first", "/search/?q=ministère&order=newest"),
    Address("search: common word, small desk", "/search/?q=ministère", STRINGER),
    Address("search: rare word", "/search/?q=31077"),
    Address("search: rare and common word", "/search/?q=31077 ministère"),
    Address("search: phrase", '/search/?q="conseil votera lundi"'),
    Address("search: without a word", "/search/?q=usine -blé"),
    Address("search: unknown word", "/search/?q=nulle-part-ailleurs"),
    Address("search: label", "/search/?q=label:disputed"),
    Address("search: label and common word", "/search/?q=label:disputed ministère"),
    Address("search: rare state", "/search/?q=state:returned ministère"),
    Address("search: rare state alone", "/search/?q=state:returned"),
    Address("search: rare state alone, small desk", "/search/?q=state:returned", STRINGER),
    Address("search: kind", "/search/?q=kind:numeric"),
    Address("search: unused kind", "/search/?q=kind:question"),
    Address("search: phrase that is nowhere", '/search/?q="lundi conseil"'),
    Address("search: part of a claimant's name", "/search/?q=claimant:3990"),
    Address("search: part of many names", "/search/?q=claimant:39"),
    Address("search: part of all names", "/search/?q=claimant:person"),
    Address("search: without a claimant", "/search/?q=-claimant:person"),
    Address("search: unknown claimant", "/search/?q=claimant:nowhere"),
    Address("search: source and day", '/search/?q=source:"Source 1" after:2025-01-01 blé'),
    Address("search: assigned", "/search/?q=assigned:me emplois"),
    Address("search: suggestions", "/search/suggest/?before=source:sou"),
    Address("search: suggested claimants", "/search/suggest/?before=claimant:per"),
    Address("review", "/review/"),
    Address("review, small desk", "/review/", STRINGER),
    Address("insights", "/insights/", sums=True),
    Address("insights: a week", "/insights/?days=7", sums=True),
    Address("insights: 90 days", "/insights/?days=90", sums=True),
    Address("insights, small desk", "/insights/?days=90", STRINGER, sums=True),
    Address("publications", "/publications/"),
    Address("publications, small desk", "/publications/", STRINGER),
    Address("API articles", f"{API}/articles/?page_size=20", turns=True),
    Address("API articles: one desk", f"{API}/articles/?desk=desk-1&page_size=20"),
    Address(
        "API articles: by date", f"{API}/articles/?ordering=-published_at&page_size=20", turns=True
    ),
    Address("API articles: source", f"{API}/articles/?source=Source 1&page_size=20"),
    Address("API articles: unused source", f"{API}/articles/?source=Nowhere&page_size=20"),
    Address("API articles: words", f"{API}/articles/?q=tonnes&page_size=20"),
    Address("API articles: title", f"{API}/articles/?q=is:title 77&page_size=20"),
    Address("API articles: unknown word", f"{API}/articles/?q=Nowhere&page_size=20"),
    Address("API articles: phrase", f'{API}/articles/?q="conseil votera lundi"&page_size=20'),
    Address("API articles: phrase that is nowhere", f'{API}/articles/?q="lundi conseil"'),
    Address("API articles: rare state", f"{API}/articles/?q=state:returned&page_size=20"),
    Address("API articles: unused kind", f"{API}/articles/?q=kind:question&page_size=20"),
    Address("API articles: claimant", f"{API}/articles/?q=claimant:3990&page_size=20"),
    Address("API sentences: by worth", f"{API}/sentences/?page_size=20", turns=True),
    Address("API sentences: one desk", f"{API}/sentences/?desk=desk-1&page_size=20", turns=True),
    Address("API sentences: kind", f"{API}/sentences/?kind=numeric&page_size=20"),
    Address("API sentences: unused kind", f"{API}/sentences/?q=kind:question&page_size=20"),
    Address("API sentences: score", f"{API}/sentences/?min_score=0.9&page_size=20"),
    Address("API sentences: claimant", f"{API}/sentences/?claimant=Person 7&page_size=20"),
    Address("API sentences: rare claimant", f"{API}/sentences/?claimant=Person 3990&page_size=20"),
    Address("API sentences: label", f"{API}/sentences/?label=disputed&page_size=20"),
    Address("API sentences: state", f"{API}/sentences/?state=returned&page_size=20"),
    Address("API sentences: state, in words", f"{API}/sentences/?q=state:returned&page_size=20"),
    Address("API sentences: phrase that is nowhere", f'{API}/sentences/?q="lundi conseil"'),
    Address("API sentences: article", f"{API}/sentences/?article=45&page_size=20"),
    Address(
        "API sentences: reading", f"{API}/sentences/?ordering=reading&page_size=20", turns=True
    ),
    Address("API sentences: words", f"{API}/sentences/?q=tonnes&page_size=20"),
    Address("API sentences: rare word", f"{API}/sentences/?q=31077&page_size=20"),
    Address("API sentences: unknown word", f"{API}/sentences/?q=Nowhere&page_size=20"),
    Address("API sentences: phrase", f'{API}/sentences/?q="conseil votera lundi"&page_size=20'),
    Address("API sentences: part of a name", f"{API}/sentences/?q=claimant:3990&page_size=20"),
    Address("API sentences: part of all names", f"{API}/sentences/?q=claimant:person&page_size=20"),
    Address("API sentences: language", f"{API}/sentences/?language=de&page_size=20"),
    Address("API sentences, small desk", f"{API}/sentences/?page_size=20", STRINGER),
    Address("API verdicts", f"{API}/verdicts/?page_size=20", turns=True),
    Address("API verdicts: state", f"{API}/verdicts/?state=proposed&page_size=20"),
    Address("API verdicts: label", f"{API}/verdicts/?label=disputed&page_size=20"),
    Address("API verdicts: rare", f"{API}/verdicts/?state=retracted&label=verified&page_size=20"),
    Address("API verdicts, small desk", f"{API}/verdicts/?page_size=20", STRINGER),
    Address("API publications", f"{API}/publications/?page_size=20", turns=True),
    Address(
        "API publications: label", f"{API}/publications/?label=disputed&page_size=20", turns=True
    ),
    Address("API publications: language", f"{API}/publications/?language=de&page_size=20"),
    Address("API publications: unused language", f"{API}/publications/?language=es&page_size=20"),
    Address("API publications: claimant", f"{API}/publications/?claimant=Person 7&page_size=20"),
    Address("API publications: no claimant", f"{API}/publications/?claimant=Nobody&page_size=20"),
    Address("API publications: unused rating", f"{API}/publications/?rating=3&page_size=20"),
    Address(
        "API publications: of old days", f"{API}/publications/?published_before=2015-01-01T00:00Z"
    ),
    Address("API publications: of a past day", f"{API}/publications/?published_before={LONG_AGO}"),
    Address(
        "API publications: of a past day, one desk",
        f"{API}/publications/?desk=desk-1&published_before={LONG_AGO}",
    ),
    Address("API changes", f"{API}/changes/?desk=desk-1&page_size=20", turns=True),
    Address("API exports", f"{API}/exports/?desk=desk-1&format=jsonl"),
    Address("API exports: label", f"{API}/exports/?desk=desk-1&label=disputed&format=jsonl"),
    Address("API exports: language", f"{API}/exports/?desk=desk-1&language=es&format=jsonl"),
    Address("API keys", f"{API}/keys/?desk=desk-1"),
)
