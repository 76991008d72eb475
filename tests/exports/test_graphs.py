"""What our JSON-LD means to two implementations of others, and to those who query it."""

import pytest
from rdflib import Namespace
from rdflib.compare import graph_diff, to_isomorphic

from annotations.exports import DOCUMENTS
from tests.exports.cases import AT, PUBLISHER, RECORD
from tests.exports.linked_data import graph, graph_by_pyld
from tests.exports.test_documents import CORRECTED, NO_CLAIMANT, RETRACTED, document

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
SCHEMA = Namespace("http://schema.org/")
KINDS = {"schema": SCHEMA, "oa": Namespace("http://www.w3.org/ns/oa#")}
WITHDRAWN = """
SELECT ?review ?at WHERE {
  ?item a schema:DataFeedItem ; schema:dateDeleted ?at ; schema:item ?review .
  ?review a schema:ClaimReview }
"""
OUTCOMES = """
SELECT ?claim ?words ?value ?who WHERE {
  ?review a schema:ClaimReview ; schema:claimReviewed ?claim ;
  schema:reviewRating [ schema:alternateName ?words ; schema:ratingValue ?value ] ;
  schema:itemReviewed [ schema:author [ schema:name ?who ] ] }
"""
PLACES = """
SELECT ?source ?exact ?start ?end WHERE { ?one a oa:Annotation ; oa:motivatedBy oa:assessing ;
  oa:hasTarget [ oa:hasSource ?source ; oa:hasSelector [ oa:exact ?exact ] ;
    oa:hasSelector [ oa:start ?start ; oa:end ?end ] ] }
"""


def asked(question, found):
    return [tuple(map(str, row)) for row in found.query(question, initNs=KINDS)]


class TestGraphs:
    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_are_the_same_to_two_implementations(self, name):
        found = document(name, RECORD, CORRECTED)

        _both, first, second = graph_diff(
            to_isomorphic(graph(found)), to_isomorphic(graph_by_pyld(found))
        )

        assert (list(first), list(second)) == ([], [])

    def test_say_who_claimed_what_and_how_it_was_rated(self):
        found = graph(document("claimreview", RECORD, NO_CLAIMANT))

        assert asked(OUTCOMES, found) == [(RECORD.exact, "Plutôt faux", "2", "Anne Hidalgo")]

    def test_say_what_was_withdrawn(self):
        found = graph(document("datafeed", RECORD, RETRACTED))

        [(review, at)] = asked(WITHDRAWN, found)

        assert review == f"{PUBLISHER.base}/api/v1/publications/{RETRACTED.id}/"
        assert at.startswith(f"{AT:%Y-%m-%d}")

    def test_say_where_the_words_stand(self):
        found = graph(document("webannotation", RECORD))

        assert asked(PLACES, found) == [
            (RECORD.article_url, RECORD.exact, str(RECORD.start), str(RECORD.end))
        ]
