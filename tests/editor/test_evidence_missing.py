"""A label that the desk's rule keeps from approval is marked as such, wherever it is shown."""

import pytest
from django.urls import reverse

from annotations.models import Desk
from tests.editor.conftest import html_of
from tests.factories import ArticleFactory, annotated

MARK = "evidence missing"
REVIEW = reverse("editor:review")
SOURCE = "https://registre.example/12"


@pytest.fixture
def sentence(desk):
    Desk.objects.update(evidence_required=True)
    return ArticleFactory(desk=desk).sentences.first()


def annotate(client, sentence, label, **data):
    address = reverse("editor:sentence-annotate", args=[sentence.pk])
    return html_of(client.post(address, {"version": 0, **data, "label": label}))


def workbench(client, sentence):
    return html_of(client.get(reverse("editor:article", args=[sentence.article_id])))


class TestEvidenceMissing:
    @pytest.mark.parametrize("label", ["verified", "disputed"])
    def test_is_said_beside_the_label_and_in_the_list(self, as_annotator, sentence, label):
        page = annotate(as_annotator, sentence, label)

        assert page.count(MARK) == 2
        assert "Without evidence it cannot be approved." in page
        assert workbench(as_annotator, sentence).count(MARK) == 1

    @pytest.mark.parametrize("label", ["unverified", "dismissed"])
    def test_is_not_said_of_what_can_do_without(self, as_annotator, sentence, label):
        assert MARK not in annotate(as_annotator, sentence, label)
        assert MARK not in workbench(as_annotator, sentence)

    def test_goes_once_there_is_evidence(self, as_annotator, sentence):
        empty = dict.fromkeys(["evidence_title", "evidence_quote", "evidence_archived_url"], "")
        proof = empty | {"rationale": "", "evidence_url": SOURCE, "evidence_stance": "supports"}

        page = annotate(as_annotator, sentence, "verified", **proof)

        assert MARK not in page
        assert MARK not in workbench(as_annotator, sentence)

    def test_is_not_said_where_the_desk_does_not_ask_for_it(self, as_annotator, sentence):
        Desk.objects.update(evidence_required=False)

        assert MARK not in annotate(as_annotator, sentence, "verified")

    def test_says_nothing_of_a_colleagues_label_on_a_blind_desk(
        self, as_annotator, reviewer, sentence
    ):
        Desk.objects.update(is_blind=True)
        annotated(sentence, by=reviewer)

        assert MARK not in workbench(as_annotator, sentence)

    def test_is_said_in_review(self, as_reviewer, annotator, sentence):
        annotated(sentence, by=annotator)

        page = html_of(as_reviewer.get(REVIEW))

        assert page.count(MARK) == 1
