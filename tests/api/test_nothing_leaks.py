"""Every output a publisher can reach, searched for words of work that is not published.

Each state that a verdict can be in is made for real, with a word of its own in every text that
people type. One publication is there too, so that the search is known to find what it looks for.
"""

import gzip
from datetime import UTC, datetime
from itertools import product
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.test import Client
from django.urls import reverse

from annotations import tasks
from annotations.exports import EXPORTERS
from annotations.models import Article, Candidate, Desk, Source, User, Verdict
from annotations.workflow import comments, deliveries, publishing, tagging, verdicts
from annotations.workflow.evidence import Item
from tests.api.test_permissions import FEED, QUERIES, ROUTES
from tests.factories import AT, ArticleFactory, UserFactory, WebhookFactory, approved
from tests.receiver import receiving

MARK = "zqxj"  # no word of any language: found in what is not published, and nowhere else
SEEN = "vwkq"  # … and this in what is
SAY_NOTHING = ("/exports/report/", "/exports/{export}/", "/scales/")  # not of single sentences
ACCEPTED = (
    "application/json",
    "text/html",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    'application/ld+json; profile="https://schema.org"',
)


def words(mark, name):
    """What somebody says of a sentence, with the mark in all of it."""
    proof = Item(
        f"https://preuve.example/{mark}-{name}",
        f"Titre {mark}",
        f"Citation {mark}",
        "refutes",
        f"https://archive.example/{mark}",
    )
    return {"rationale": f"Parce que {mark} {name}", "evidence": [proof]}


class Work:
    """The people of a desk, and what they do to its sentences."""

    def __init__(self, annotator, colleague, reviewer):
        self.annotator, self.colleague, self.reviewer = annotator, colleague, reviewer

    def say(self, sentence, label="verified", by=None, *, based_on=0):
        opinion = tagging.Opinion(label=label, **words(MARK, label))
        by = by or self.annotator
        tagging.annotate(sentence=sentence, opinion=opinion, by=by, at=AT, based_on=based_on)
        comments.add(sentence=sentence, text=f"Note {MARK}", by=self.annotator, at=AT)
        return Verdict.objects.get(sentence=sentence)

    def decide(self, verdict, step, **said):
        return step(verdict=verdict, by=self.reviewer, at=AT, based_on=verdict.version, **said)

    def proposed(self, sentence):
        self.say(sentence)

    def dismissed(self, sentence):
        self.say(sentence, "dismissed")

    def withdrawn(self, sentence):
        self.say(sentence)
        tagging.withdraw(sentence=sentence, by=self.annotator, at=AT, based_on=1)

    def contested(self, sentence):
        self.say(sentence)
        self.say(sentence, "disputed", self.colleague)

    def returned(self, sentence):
        self.decide(self.say(sentence), verdicts.send_back, comment=f"Revoyez {MARK}")

    def approved(self, sentence):
        self.decide(self.say(sentence), verdicts.approve)

    def adjudicated(self, sentence):
        self.contested(sentence)
        decision = verdicts.Decision("disputed", f"Tranché {MARK}")
        verdict = Verdict.objects.get(sentence=sentence)
        self.decide(verdict, verdicts.adjudicate, decision=decision)

    def reopened(self, sentence):
        self.approved(sentence)
        self.say(sentence, "disputed", based_on=1)

    def overruled(self, sentence):
        """Decided against one of two; published together with what else is approved here."""
        self.say(sentence, "unverified", self.colleague)
        said = tagging.Opinion(label="disputed", **words(SEEN, "overruled"))
        tagging.annotate(sentence=sentence, opinion=said, by=self.annotator, at=AT, based_on=0)
        decision = verdicts.Decision("disputed", f"Tranché {SEEN}")
        verdict = Verdict.objects.get(sentence=sentence)
        self.decide(verdict, verdicts.adjudicate, decision=decision)


STATES = (
    *("proposed", "dismissed", "withdrawn", "contested"),
    *("returned", "approved", "adjudicated", "reopened"),
)


WAITING = {"proposed", "contested", "returned", "approved"}


@pytest.fixture
def endpoint(desk, settings):
    settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost"})
    with receiving() as receiver:
        endpoint = WebhookFactory(desk=desk, url=receiver.url)
        endpoint.receiver = receiver
        yield endpoint


@pytest.fixture
def work(desk, annotator, reviewer):
    """People whose names readers are not told, and a desk with rules of its own."""
    work = Work(annotator, UserFactory(on=desk), reviewer)
    name = Concat(Value(f"{MARK} "), F("display_name"))
    User.objects.update(display_name=name, username=Concat(Value(MARK), F("username")))
    Desk.objects.update(guidelines=MARK, publishes_publicly=True, reviews_without_rating=True)
    for person in (work.annotator, work.colleague, work.reviewer, desk):
        person.refresh_from_db()
    return work


@pytest.fixture
def out(desk, work, endpoint):
    """An article with one publication that was corrected, and beside it every other state."""
    article = ArticleFactory(desk=desk, sentences=2 + 2 * len(STATES), title=f"Article {SEEN}")
    plain, decided, *others = article.sentences.order_by("start")
    Candidate.objects.filter(sentence__in=others).update(claimant_name=f"Ministre {MARK}")
    work.overruled(decided)
    people = {"annotator": work.annotator, "reviewer": work.reviewer}
    approved(plain, label="disputed", **words(SEEN, "plain"), **people)
    first, _second = publishing.publish(article=article, by=work.reviewer, at=AT)
    correction = publishing.Correction("verified", f"Corrigé {SEEN}")
    verdict = first.verdict
    verdict.refresh_from_db()
    work.decide(verdict, publishing.correct, correction=correction)
    for state, sentence in zip(STATES, others[::2], strict=False):
        getattr(work, state)(sentence)
    return verdict


@pytest.fixture
def hidden(desk, work):
    """An article of which nothing is published: not even its name is told."""
    article = ArticleFactory(
        desk=desk,
        sentences=len(STATES),
        title=f"Article {MARK}",
        byline=f"Par {MARK}",
        source_url=f"https://journal.example/{MARK}",
    )
    source = Source.objects.create(desk=desk, name=f"Journal {MARK}")
    Article.objects.filter(pk=article.pk).update(source=source)
    Candidate.objects.filter(sentence__article=article).update(claimant_name=f"Ministre {MARK}")
    article.sentences.update(exact=Concat(Value(MARK), Substr("exact", len(MARK) + 1)))
    for state, sentence in zip(STATES, article.sentences.order_by("start"), strict=True):
        getattr(work, state)(sentence)
    return article


def text_of(response):
    data = b"".join(response) if response.streaming else response.content
    if response.get("Content-Encoding") == "gzip":
        data = gzip.decompress(data)
    return data.decode()


def asked(caller, path, **headers):
    return text_of(caller.get(path, headers=headers))


class Numbers(dict):
    """Numbers by the names in the routes; of what was not made here, the first."""

    def __missing__(self, name):
        return 1


def things_of(desk, out, hidden, endpoint):
    """Numbers for the routes: of what is out, and of what is not."""
    article, sentence = out.article_id, out.sentence_id
    common = {"desk": desk.slug, "webhook": endpoint.pk}
    waiting = hidden.verdicts.first()
    return [
        {"article": article, "sentence": sentence, "verdict": out.pk, "published": out.pk},
        {
            "article": hidden.pk,
            "sentence": hidden.sentences.first().pk,
            "verdict": waiting.pk,
            "published": waiting.pk,
        },
    ], common


def routes():
    return [path for method, path, *_ in ROUTES if method == "get"]


@pytest.mark.usefixtures("empty_redis")
class TestPublishersKey:
    def test_reads_no_word_of_what_is_not_published(
        self, as_key, desk, out, hidden, endpoint, settings
    ):
        settings.API_REQUESTS_A_MINUTE = 0
        caller = as_key(FEED)
        things, common = things_of(desk, out, hidden, endpoint)
        found = {}
        for path, numbers, accept in product(routes(), things, ACCEPTED):
            address = f"{path.format_map(Numbers(common | numbers))}?{QUERIES.get(path, '')}"
            found[address, accept] = asked(caller, address, Accept=accept)
            for name in ("q", "claimant"):
                searched = f"{address}&{name}={quote(MARK)}"
                answer = asked(caller, searched, Accept=accept).replace(f"{name}={MARK}", "")
                found[searched, accept] = answer

        assert {one for one, text in found.items() if MARK in text} == set()
        readable = {path for method, path, _who, scopes in ROUTES if FEED in scopes}
        told = {one.partition("?")[0] for (one, _accept), text in found.items() if SEEN in text}
        assert told >= {
            path.format_map(Numbers(common | things[0]))
            for path in readable & set(routes())
            if not path.startswith(SAY_NOTHING)
        }

    @pytest.mark.parametrize("name", EXPORTERS)
    @pytest.mark.parametrize("query", ["", "&label=disputed", "&label=verified"])
    def test_downloads_no_word_of_it(self, as_key, desk, out, hidden, name, query):
        response = as_key(FEED).get(
            f"/exports/?format={name}&desk={desk.slug}{query}", headers={"Accept-Encoding": "gzip"}
        )

        text = text_of(response)
        assert MARK not in text
        assert SEEN in text

    @pytest.mark.parametrize("name", EXPORTERS)
    def test_has_no_word_of_it_in_a_file(
        self, transactional_db, as_key, out, hidden, name, settings, tmp_path
    ):
        settings.EXPORTS_DIR = tmp_path
        caller = as_key(FEED)
        asked_for = caller.post("/exports/", {"format": name}).json()["id"]
        tasks.write_export.apply(kwargs={"export_id": asked_for})

        text = asked(caller, f"/exports/{asked_for}/file/")

        assert MARK not in text
        assert SEEN in text

    def test_searches_what_is_there(self, as_key, out, hidden):
        """Whoever may read everything finds the mark: so it is where we look for it."""
        caller = as_key("read:all")
        verdicts = Verdict.objects.exclude(pk=out.pk)

        assert {one.state for one in verdicts} == {*WAITING, "published"}
        for path in ("/articles/", "/sentences/", "/verdicts/"):
            assert MARK in asked(caller, path)
        for one in verdicts:
            assert MARK in asked(caller, f"/sentences/{one.sentence_id}/"), one.state


SEARCHED = (MARK, f'"{MARK}"', "label:disputed", "has:rationale", f"claimant:{MARK}", "is:title")


@pytest.mark.usefixtures("empty_redis")
class TestSearch:
    @pytest.mark.parametrize("text", [*SEARCHED, *(f"state:{one}" for one in sorted(WAITING))])
    def test_tells_a_publisher_s_key_no_word_of_it(self, as_key, out, hidden, text):
        caller = as_key(FEED)
        pages = [reverse("editor:search"), reverse("editor:search-suggest")]
        apis = [f"/api/v1/{name}/" for name in ("articles", "sentences")]

        answers = [
            caller.client.get(path, {"q": text, "before": "claimant:minis"})
            for path in (*apis, *pages)
        ]

        assert [one.status_code for one in answers] == [403, 403, 302, 302]
        assert [one for one in answers if MARK in one.content.decode()] == []

    @pytest.mark.parametrize("text", SEARCHED)
    def test_finds_it_for_who_may_read_everything(self, as_key, out, hidden, text):
        found = asked(as_key("read:all"), f"/articles/?q={quote(text)}")

        assert f"Article {MARK}" in found


@pytest.mark.usefixtures("empty_redis")
class TestReaders:
    def test_of_public_pages_find_no_word_of_it(self, desk, out, hidden):
        pages = [
            reverse("editor:public-desk", args=[desk.slug]),
            reverse("editor:public-check", args=[desk.slug, out.pk]),
            reverse("editor:public-corrections", args=[desk.slug]),
            reverse("editor:public-methodology", args=[desk.slug]),
            reverse("editor:embed-article", args=[out.article_id]),
            reverse("api:feed", args=[desk.slug]),
        ]
        frames = [
            reverse("editor:oembed") + f"?url={quote(f'http://testserver{page}')}" for page in pages
        ]

        texts = {page: text_of(Client().get(page)) for page in (*pages, *frames)}

        assert {page for page, text in texts.items() if MARK in text} == set()
        assert {page for page, text in texts.items() if SEEN in text} >= {
            *(pages[:3]),
            *(pages[4:]),
        }

    def test_of_the_api_find_no_word_of_it(self, nobody, desk, out, hidden, endpoint):
        things, common = things_of(desk, out, hidden, endpoint)
        found = {}
        for path, numbers, accept in product(routes(), things, ACCEPTED):
            address = f"{path.format_map(Numbers(common | numbers))}?{QUERIES.get(path, '')}"
            for query in ("", f"&desk={desk.slug}"):
                found[address + query, accept] = asked(nobody, address + query, Accept=accept)

        assert {one for one, text in found.items() if MARK in text} == set()
        assert sum(SEEN in text for text in found.values()) > len(ACCEPTED) * 4

    def test_find_nothing_at_the_places_of_it(self, desk, out, hidden):
        verdicts = hidden.verdicts.values_list("pk", flat=True)
        places = [reverse("editor:public-check", args=[desk.slug, one]) for one in verdicts]
        places.append(reverse("editor:embed-article", args=[hidden.pk]))

        assert {Client().get(place).status_code for place in places} == {404}

    def test_of_webhooks_are_told_no_word_of_it(self, out, hidden, endpoint):
        def clock():
            return datetime.now(UTC)  # noqa: TID251 - the receiver's time is the real one

        deliveries.deliver(endpoint_id=endpoint.pk, token=uuid4(), clock=clock)

        told = [body.decode() for _headers, body in endpoint.receiver.came]
        assert len(told) == 3
        assert all(SEEN in text and MARK not in text for text in told)
