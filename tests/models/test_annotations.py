import pytest

from annotations.models import Sentence, with_findings
from annotations.workflow.tagging import Item
from tests.factories import ArticleFactory, annotated

REPORT = Item("https://journal.example/rapport", title="Le rapport", quote="« 3 millions »")


@pytest.fixture
def sentence(desk):
    return ArticleFactory(desk=desk).sentences.first()


class TestWithFindings:
    def test_shows_a_reader_only_their_own_label(self, sentence, annotator, reviewer):
        annotated(sentence, by=annotator, label="verified")
        annotated(sentence, by=reviewer, label="disputed")

        seen = with_findings(Sentence.objects.filter(pk=sentence.pk), reader=reviewer).get()

        assert [one.label for one in seen.own_annotations] == ["disputed"]

    def test_takes_the_same_number_of_queries_for_any_number_of_sentences(
        self, desk, annotator, django_assert_num_queries
    ):
        sentences = Sentence.objects.filter(article=ArticleFactory(desk=desk, sentences=6))
        for sentence in sentences:
            annotated(sentence, by=annotator, evidence=[REPORT])

        with django_assert_num_queries(3):
            for one in with_findings(sentences, reader=annotator):
                assert [len(own.evidence.all()) for own in one.own_annotations] == [1]
                assert one.candidate
                assert one.verdict
