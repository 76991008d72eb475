"""What rows of lists say, against what DRF itself would say of them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from rest_framework.serializers import Serializer

from annotations.api.serializers.annotations import AnnotationSerializer, EvidenceSerializer
from annotations.api.serializers.articles import ArticleRowSerializer, ArticleSerializer
from annotations.api.serializers.quick import moment
from annotations.api.serializers.sentences import CandidateSerializer, SentenceSerializer
from annotations.api.serializers.verdicts import VerdictSerializer
from annotations.models import Annotation, Article, Candidate, Evidence, Sentence, Verdict
from annotations.models import with_findings as found
from annotations.workflow.evidence import Item
from tests.api.test_schema import extract
from tests.factories import annotated, published

FORMS = {
    AnnotationSerializer: lambda _person: Annotation.objects.all(),
    EvidenceSerializer: lambda _person: Evidence.objects.all(),
    ArticleRowSerializer: lambda _person: Article.objects.all(),
    ArticleSerializer: lambda _person: Article.objects.all(),
    CandidateSerializer: lambda _person: Candidate.objects.all(),
    SentenceSerializer: lambda person: found(Sentence.objects.all(), reader=person),
    VerdictSerializer: lambda _person: Verdict.objects.all(),
}


@pytest.fixture
def work(article, annotator, reviewer):
    """Sentences published, labelled with evidence, and untouched, with all that is found in one."""
    first, second, third, *_ = article.sentences.order_by("start")
    published(first, annotator=annotator, reviewer=reviewer)
    proof = Item("https://preuve.example/1", "Titre", "Citation", "refutes", "")
    annotated(second, by=annotator, label="disputed", evidence=[proof])
    annotated(third, by=annotator, label="dismissed")
    extract(article.desk, annotator)


class TestQuick:
    @pytest.mark.parametrize("form", FORMS, ids=lambda one: one.__name__)
    def test_says_what_drf_would(self, form, work, annotator):
        context = {"blind": set(), "counts": {}}
        rows = list(FORMS[form](annotator))

        for row in rows:
            serializer = form(context=context)
            assert serializer.to_representation(row) == Serializer.to_representation(
                serializer, row
            )
            assert list(serializer.to_representation(row)) == list(serializer.fields)
        assert rows

    @pytest.mark.parametrize("hours", [0, 2, -5])
    def test_says_times_in_utc(self, hours):
        at = datetime(2025, 3, 12, 9, 30, 0, 123000, tzinfo=timezone(timedelta(hours=hours)))

        assert datetime.fromisoformat(moment(at)) == at
        assert moment(at).endswith("Z")
        assert moment(datetime(2025, 3, 12, tzinfo=UTC)) == "2025-03-12T00:00:00Z"
