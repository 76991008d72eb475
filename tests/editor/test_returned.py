"""What a reviewer sends back is shown to who labelled it, with the way to its sentence."""

import pytest
from django.urls import reverse

from annotations.editor.live.pages import QueuePage
from annotations.editor.returned import SHOWN
from annotations.models import Revision
from annotations.workflow import tagging
from annotations.workflow.news import HAPPENED, Hint
from tests.editor.conftest import html_of, logged_in
from tests.factories import AT, ArticleFactory, UserFactory, annotated, sent_back

QUEUE = reverse("editor:queue")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=14)


@pytest.fixture
def sentence(article):
    return article.sentences.get(index=2)


@pytest.fixture
def returned(sentence, annotator, reviewer):
    annotated(sentence, by=annotator)
    return sent_back(sentence, by=reviewer)


def shown(client):
    return [one.sentence for one in client.get(QUEUE).context["returned"].shown]


class TestReturned:
    def test_leads_to_the_sentence_and_says_the_comment(self, as_annotator, returned):
        page = html_of(as_annotator.get(QUEUE))

        assert "Returned to you" in page
        assert "Which year?" in page
        assert f'href="/articles/{returned.article_id}/#s{returned.sentence_id}"' in page

    def test_comes_with_the_list_when_it_is_drawn_anew(self, as_annotator, returned):
        page = html_of(as_annotator.get(QUEUE, headers={"HX-Request": "true"}))

        assert 'id="returned" hx-swap-oob="true"' in page
        assert "Which year?" in page

    def test_is_for_those_who_labelled_it(self, as_reviewer, desk, sentence, returned):
        other = UserFactory(on=desk)

        assert shown(as_reviewer) == []
        assert shown(logged_in(other)) == []
        assert "Returned to you" not in html_of(as_reviewer.get(QUEUE))

    def test_goes_with_the_answer(self, as_annotator, annotator, sentence, returned):
        opinion = tagging.Opinion(label="disputed")
        tagging.annotate(sentence=sentence, opinion=opinion, by=annotator, at=AT, based_on=1)

        assert shown(as_annotator) == []

    def test_goes_when_one_leaves_the_desk(self, as_annotator, annotator, returned):
        annotator.memberships.all().delete()

        assert shown(as_annotator) == []

    def test_says_nothing_of_older_texts(self, as_annotator, article, returned):
        article.current_revision = Revision.objects.create(
            article=article, number=2, text="Neuf.", sha256="0" * 64, created_at=AT
        )
        article.save()

        assert shown(as_annotator) == []

    def test_shows_the_latest_and_leads_to_the_rest(
        self, as_annotator, annotator, reviewer, article
    ):
        sentences = list(article.sentences.order_by("index"))[: SHOWN + 1]
        for one in sentences:
            annotated(one, by=annotator)
            sent_back(one, by=reviewer)

        response = as_annotator.get(QUEUE)

        assert shown(as_annotator) == [one.pk for one in reversed(sentences[1:])]
        assert f'href="{reverse("editor:search")}?q=state:returned"' in html_of(response)

    def test_is_to_be_decided_again(self, as_annotator, sentence, returned):
        page = as_annotator.get(reverse("editor:article", args=[sentence.article_id]))

        [reading] = [one for one in page.context["readings"] if one.sentence == sentence]
        assert (reading.is_returned, reading.is_decided, reading.mark) == (True, False, "verified")
        assert '<span class="state state--returned">returned</span>' in html_of(page)

    def test_is_told_to_the_queue(self, desk, annotator):
        page = QueuePage(frozenset({desk.pk}), annotator)

        assert page.wants(Hint(HAPPENED, desk=desk.pk, action="verdict.return"))
        assert not page.wants(Hint(HAPPENED, desk=desk.pk, action="verdict.approve"))
