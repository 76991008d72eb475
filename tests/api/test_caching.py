"""What may be kept by whom, and for how long: every read of a publisher's, by one table."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from annotations.models import Desk
from tests.api.test_publications import correct
from tests.factories import AT

ONESELF, EVERYBODY = "private, no-cache", "public, max-age=60"
OF_READERS = {"cookie", "authorization", "accept-language"}  # each has caches keep more copies
JSON, HTML = "application/json", "text/html"
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

# path, what is accepted, what the answer depends on beside who asks, whether news change it
READS = [
    ("/publications/", JSON, set(), True),
    ("/publications/{id}/", JSON, {"accept"}, True),
    ("/publications/{id}/", ANNOTATION, {"accept"}, True),
    ("/changes/", JSON, set(), True),
    ("/exports/?format=jsonl", JSON, {"accept-encoding"}, True),
    ("/exports/?format=csv", JSON, {"accept-encoding"}, True),
    ("/exports/?format=webannotation", JSON, {"accept-encoding"}, True),
    ("/exports/?format=datafeed", JSON, {"accept-encoding"}, True),
    ("/exports/report/?format=claimreview", JSON, set(), True),
    ("/articles/{article}/report/", JSON, {"accept"}, True),
    ("/articles/{article}/report/", HTML, {"accept"}, True),
    ("/feeds/{desk}.atom", JSON, set(), True),
    ("/scales/", JSON, set(), False),
    ("/scales/{desk}/", JSON, set(), False),
]
IDS = [f"{path} {accepted.partition('/')[2][:4]}" for path, accepted, *_ in READS]


def varies(response):
    return {one.strip().lower() for one in response.get("Vary", "").split(",")}


def content(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.usefixtures("empty_redis")
@pytest.mark.parametrize(("path", "accepted", "depends", "has_news"), READS, ids=IDS)
class TestRead:
    @pytest.fixture
    def ask(self, as_key, desk, out, path, accepted):
        address = path.format(id=out[0].verdict_id, article=out[0].article_id, desk=desk.slug)
        caller = as_key("read:published")

        def ask(method="get", **headers):
            return getattr(caller, method)(address, headers={"Accept": accepted} | headers)

        return ask

    def test_is_kept_by_who_asked_and_nobody_else(self, ask, depends, has_news):
        response = ask()

        assert response.status_code == 200
        assert response["Cache-Control"] == ONESELF
        assert varies(response) >= {"authorization", "cookie"} | depends
        assert not response.cookies

    def test_is_not_sent_again_while_it_holds(self, ask, depends, has_news):
        etag = ask()["ETag"]

        again = ask(**{"If-None-Match": etag})

        assert (again.status_code, content(again)) == (304, b"")
        assert again["ETag"] == etag
        assert varies(again) >= {"authorization", "cookie"}

    def test_is_sent_again_after_news(self, ask, out, reviewer, depends, has_news):
        etag = ask()["ETag"]
        correct(out[0], reviewer)

        again = ask(**{"If-None-Match": etag})

        assert again.status_code == (200 if has_news else 304)

    def test_tells_its_head_alone(self, ask, depends, has_news):
        whole = ask()
        content(whole)

        head = ask("head")

        assert (head.status_code, content(head)) == (200, b"")
        for name in ("ETag", "Cache-Control", "Content-Type"):
            assert head[name] == whole[name]


OF_WORK = [
    "/articles/",
    "/articles/{article}/extraction/",
    "/sentences/",
    "/sentences/{sentence}/",
    "/sentences/{sentence}/annotation/",
    "/sentences/{sentence}/comments/",
    "/verdicts/",
    "/verdicts/{id}/",
    "/imports/",
]


class TestReadOfWork:
    @pytest.mark.parametrize("path", OF_WORK)
    def test_is_not_sent_again_while_it_holds(self, as_user, annotator, out, path):
        first, caller = out[0], as_user(annotator)
        numbers = {"id": first.verdict_id, "article": first.article_id}
        address = path.format(sentence=first.sentence_id, **numbers)
        whole = caller.get(address)

        again = caller.get(address, headers={"If-None-Match": whole["ETag"]})
        other = caller.get(address, headers={"If-None-Match": '"other"'})

        assert whole["Cache-Control"] == ONESELF
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == whole["ETag"]
        assert (other.status_code, other.content) == (200, whole.content)

    @pytest.mark.parametrize("path", ["/sentences/", "/sentences/{sentence}/", *OF_WORK[6:8]])
    def test_is_sent_again_after_a_change(self, as_user, annotator, reviewer, out, path):
        first, caller = out[0], as_user(annotator)
        address = path.format(id=first.verdict_id, sentence=first.sentence_id)
        etag = caller.get(address)["ETag"]
        correct(first, reviewer)

        assert caller.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.usefixtures("empty_redis")
class TestWordsForReaders:
    """What a desk says of itself is part of some answers: with other words, another ETag."""

    @pytest.mark.parametrize(
        ("path", "accepted"),
        [
            ("/publications/{id}/", ANNOTATION),
            ("/articles/{article}/report/", HTML),
            ("/exports/?format=datafeed", JSON),
            ("/feeds/{desk}.atom", JSON),
        ],
    )
    def test_are_sent_again_once_they_changed(self, as_key, desk, out, path, accepted):
        address = path.format(id=out[0].verdict_id, article=out[0].article_id, desk=desk.slug)
        caller = as_key("read:published")
        etag = caller.get(address, headers={"Accept": accepted})["ETag"]
        Desk.objects.update(site_url="https://ailleurs.example/")

        again = caller.get(address, headers={"Accept": accepted, "If-None-Match": etag})

        assert again.status_code == 200

    def test_leave_no_etag_on_a_refusal(self, as_key, out):
        review = 'application/ld+json; profile="https://schema.org"'

        refused = as_key("read:published").get(
            f"/publications/{out[0].verdict_id}/", headers={"Accept": review}
        )

        assert refused.status_code == 409
        assert "ETag" not in refused


@pytest.mark.usefixtures("empty_redis")
class TestModifiedSince:
    """For feed readers and downloaders that know times and no ETags."""

    @pytest.fixture
    def feed(self, desk, out):
        Desk.objects.update(publishes_publicly=True)
        return f"/api/v1/feeds/{desk.slug}.atom"

    def test_is_not_sent_again_to_who_has_it(self, feed):
        modified = Client().get(feed)["Last-Modified"]

        again = Client().get(feed, headers={"If-Modified-Since": modified})

        assert (again.status_code, again.content) == (304, b"")
        assert again["Last-Modified"] == modified

    @pytest.mark.parametrize("since", ["Sat, 01 Mar 2025 00:00:00 GMT", "yesterday", ""])
    def test_is_sent_to_who_has_an_older_one_or_says_no_time(self, feed, since):
        assert Client().get(feed, headers={"If-Modified-Since": since}).status_code == 200

    def test_goes_behind_an_etag(self, feed):
        known = {"If-None-Match": '"other"', "If-Modified-Since": http_date()}

        assert Client().get(feed, headers=known).status_code == 200

    def test_is_sent_again_after_news(self, feed, out, reviewer, monkeypatch):
        modified = Client().get(feed)["Last-Modified"]
        monkeypatch.setattr("tests.api.test_publications.AT", AT + timedelta(days=1))
        correct(out[0], reviewer)

        again = Client().get(feed, headers={"If-Modified-Since": modified})

        assert again.status_code == 200
        assert parse_http_date(again["Last-Modified"]) > parse_http_date(modified)

    def test_says_no_time_while_the_second_may_bring_more(self, feed, out, reviewer, monkeypatch):
        monkeypatch.setattr("tests.api.test_publications.AT", timezone.now())
        correct(out[0], reviewer)

        assert "Last-Modified" not in Client().get(feed)


class TestPublicFeed:
    def test_may_be_kept_by_everybody(self, desk, out, settings):
        Desk.objects.update(publishes_publicly=True)

        response = Client().get(f"/api/v1/feeds/{desk.slug}.atom")

        assert response["Cache-Control"] == EVERYBODY
        assert not varies(response) & OF_READERS
        assert not response.cookies
        newest = max(one.published_at for one in out)
        assert parse_http_date(response["Last-Modified"]) == int(newest.timestamp())

    def test_of_a_private_desk_is_kept_by_nobody_else(self, as_key, desk, out, empty_redis):
        response = as_key("read:published").get(f"/feeds/{desk.slug}.atom")

        assert response["Cache-Control"] == ONESELF
        assert varies(response) >= {"cookie", "authorization"}

    def test_speaks_its_desks_language(self, desk, out):
        Desk.objects.update(publishes_publicly=True, language="fr")

        answers = [
            Client().get(f"/api/v1/feeds/{desk.slug}.atom", headers={"Accept-Language": one})
            for one in ("en", "fr")
        ]

        assert {one["Content-Language"] for one in answers} == {"fr"}
        assert answers[0].content == answers[1].content


class TestPublicPages:
    @pytest.mark.parametrize("page", ["", "corrections/", "methodology/", "{id}/"])
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_may_be_kept_by_everybody(self, desk, out, page, method):
        Desk.objects.update(publishes_publicly=True)
        address = f"/public/{desk.slug}/{page.format(id=out[0].verdict_id)}"

        response = getattr(Client(), method)(address)
        again = Client().get(address, headers={"If-None-Match": response["ETag"]})

        assert "public" in response["Cache-Control"]
        assert "max-age=60" in response["Cache-Control"]
        assert not varies(response) & OF_READERS
        assert again.status_code == 304

    @pytest.mark.parametrize("page", ["/embed/articles/{article}/", "/oembed/?url={check}"])
    def test_for_pages_of_others_too(self, desk, out, page):
        Desk.objects.update(publishes_publicly=True)
        check = f"http://testserver/public/{desk.slug}/{out[0].verdict_id}/"

        response = Client().get(page.format(article=out[0].article_id, check=check))

        assert response.status_code == 200
        assert "public" in response["Cache-Control"]
        assert not varies(response) & OF_READERS
