"""The public pages as crawlers of others read them."""

import json

import extruct
import pytest
from django.test import Client
from django.urls import reverse

from tests.api.test_publications import correct, retract
from tests.exports.linked_data import expanded
from tests.factories import ArticleFactory, DeskFactory, published
from tests.imports.test_files import entries

SCHEMA = "http://schema.org/"
HOST = "http://testserver"


@pytest.fixture
def desk(db):
    return DeskFactory(publishes_publicly=True, reviews_without_rating=True, language="fr")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=3, source_url="https://ailleurs.example/1")


@pytest.fixture
def out(article, annotator, reviewer):
    return [
        published(sentence, annotator=annotator, reviewer=reviewer, rationale="Recompté.")
        for sentence in article.sentences.order_by("start")
    ]


def page_of(publication):
    where = [publication.desk.slug, publication.verdict_id]
    address = reverse("editor:public-check", args=where)
    return f"{HOST}{address}", Client().get(address).content.decode()


def crawled(address, page):
    return extruct.extract(page, base_url=address, syntaxes=["json-ld", "microdata", "rdfa"])


def reviews(publication):
    address, page = page_of(publication)
    return crawled(address, page)["json-ld"]


class TestCheckPage:
    def test_holds_one_review_that_crawlers_understand(self, out):
        address, page = page_of(out[0])

        found = crawled(address, page)

        [review] = found["json-ld"]
        [meant] = expanded(review)
        assert meant["@type"] == [f"{SCHEMA}ClaimReview"]
        assert meant[f"{SCHEMA}url"] == [{"@id": address}]
        assert meant[f"{SCHEMA}claimReviewed"] == [{"@value": out[0].exact}]
        assert (found["microdata"], found["rdfa"]) == ([], [])

    def test_says_the_same_as_the_export(self, out, as_reviewer):
        export = as_reviewer.get("/api/v1/exports/?format=claimreview")

        *exported, _counts = json.loads(b"".join(export))

        assert [reviews(one) for one in out] == [[one] for one in exported]

    def test_says_what_was_corrected(self, out, reviewer):
        correct(out[0], reviewer)

        [review] = reviews(out[0])

        assert review["correction"]["text"] == "Corrigé."
        assert review["reviewRating"]["alternateName"] == "Contesté"

    def test_holds_no_review_once_it_is_retracted(self, out, reviewer):
        retract(out[0], reviewer)

        assert reviews(out[0]) == []

    def test_comes_in_again_where_somebody_imports_it(self, out):
        address, page = page_of(out[0])

        [found] = entries(page, "claimreview")

        assert found.fields["text"] == out[0].exact
        assert [one.url for one in found.marks[0].proof] == [address]
        assert (found.marks[0].label, found.marks[0].rationale) == ("Vérifié", "Recompté.")
