"""The public pages as crawlers of others read them."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.api.test_publications import correct, retract
from tests.exports.linked_data import expanded, in_page
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


def reviews(publication):
    """Return what a crawler makes of the page: reviews, with every name written out."""
    address, page = page_of(publication)
    return in_page(page, address)


class TestCheckPage:
    def test_holds_one_review_that_crawlers_understand(self, out):
        [review] = reviews(out[0])

        assert review["@type"] == [f"{SCHEMA}ClaimReview"]
        assert review[f"{SCHEMA}url"] == [{"@id": page_of(out[0])[0]}]
        assert review[f"{SCHEMA}claimReviewed"] == [{"@value": out[0].exact}]

    def test_says_the_same_as_the_export(self, out, as_reviewer):
        export = as_reviewer.get("/api/v1/exports/?format=claimreview")

        *exported, _counts = json.loads(b"".join(export))

        assert [reviews(one) for one in out] == [expanded(one) for one in exported]

    def test_says_what_was_corrected(self, out, reviewer):
        correct(out[0], reviewer)

        [review] = reviews(out[0])

        [correction], [rating] = review[f"{SCHEMA}correction"], review[f"{SCHEMA}reviewRating"]
        assert correction[f"{SCHEMA}text"] == [{"@value": "Corrigé."}]
        assert rating[f"{SCHEMA}alternateName"] == [{"@value": "Contesté"}]

    def test_holds_no_review_once_it_is_retracted(self, out, reviewer):
        retract(out[0], reviewer)

        assert reviews(out[0]) == []

    def test_comes_in_again_where_somebody_imports_it(self, out):
        address, page = page_of(out[0])

        [found] = entries(page, "claimreview")

        assert found.fields["text"] == out[0].exact
        assert [one.url for one in found.marks[0].proof] == [address]
        assert (found.marks[0].label, found.marks[0].rationale) == ("Vérifié", "Recompté.")
