import json

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.editor.live.pages import ArticlePage
from annotations.extraction import Span
from annotations.models import AuditEvent, Membership
from annotations.workflow import cutting, news, presence, revisions, verdicts
from annotations.workflow.intake import Draft
from tests.editor.conftest import logged_in
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory, annotated


def told(client, article, *, since=0, **more):
    """What an open page would be told at once, by kind."""
    address = reverse("editor:article-news", args=[article.pk])
    response = client.get(address, {"since": since, "once": "", **more})
    assert response.headers["Content-Type"] == "text/event-stream"
    return messages(response.content.decode())


def messages(stream):
    found = {}
    for block in stream.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line[:1] != ":")
        if "event" in lines:
            found[lines["event"]] = json.loads(lines["data"]) | {"number": int(lines.get("id", 0))}
    return found


def sentences(heard):
    return heard.get("sentences", {"sentences": []})["sentences"]


@pytest.fixture
def colleague(desk):
    return UserFactory(on=desk, display_name="Sacha Model")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk)


class TestCutting:
    """A page draws itself anew when others cut its sentences; after one's own cut it has."""

    def heard(self, article, reader, *, own=()):
        page = ArticlePage(article_id=article.pk, reader=reader, name="here", since=0, own=set(own))
        return messages(b"".join(page._happened()).decode())

    @pytest.fixture
    def event(self, article, annotator):
        first = article.sentences.first()
        span = Span(first.start, first.end)
        cutting.split(sentence=first, offset=first.start + 9, by=annotator, at=AT, based_on=span)
        return AuditEvent.objects.get(action="sentence.split")

    def test_is_told_to_a_colleague(self, article, colleague, event):
        heard = self.heard(article, colleague)

        assert set(heard) == {"recut"}
        assert heard["recut"]["number"] == event.pk

    def test_is_not_told_to_the_page_that_cut(self, article, annotator, event):
        assert "recut" not in self.heard(article, annotator, own=[event.pk])


class TestRevising:
    """A page keeps its text when a colleague brings another one, and says so."""

    def test_is_told_to_a_colleague(self, article, annotator, colleague):
        annotated(article.sentences.first(), by=annotator)
        draft = Draft(text="Un autre texte. " + article.current_revision.text[-60:])
        revisions.revise(article=article, draft=draft, by=annotator, at=AT, based_on=1)

        page = ArticlePage(article_id=article.pk, reader=colleague, name="here", since=0)

        assert set(messages(b"".join(page._happened()).decode())) == {"revised"}


class TestArticle:
    def test_tells_of_a_colleagues_label(self, as_annotator, colleague, article):
        sentence = article.sentences.first()
        annotated(sentence, by=colleague, label="disputed", rationale="Not so.")

        (one,) = sentences(told(as_annotator, article))

        assert one["id"] == sentence.pk
        assert 'data-mark="disputed"' in one["html"]
        assert "Not so." in one["html"]
        assert one["said"] == "Sacha Model, sentence 1: labelled it Disputed"

    def test_tells_each_sentence_once_and_as_it_stands(self, as_annotator, colleague, article):
        sentence = article.sentences.first()
        annotation = annotated(sentence, by=colleague, label="disputed")
        verdicts_before = AuditEvent.objects.count()
        annotation.refresh_from_db()

        from_start = told(as_annotator, article)
        number = from_start["sentences"]["number"]

        assert verdicts_before == 1
        assert len(sentences(from_start)) == 1
        assert number == AuditEvent.objects.latest("pk").pk
        assert sentences(told(as_annotator, article, since=number)) == []

    def test_goes_on_where_the_connection_broke(self, as_annotator, colleague, article):
        first, second, third = article.sentences.all()
        annotated(first, by=colleague)
        heard = AuditEvent.objects.latest("pk").pk
        annotated(second, by=colleague)
        annotated(third, by=colleague)
        address = reverse("editor:article-news", args=[article.pk])

        response = as_annotator.get(
            address, {"since": 0, "once": ""}, headers={"Last-Event-ID": str(heard)}
        )

        heard = messages(response.content.decode())
        assert {one["id"] for one in sentences(heard)} == {second.pk, third.pk}

    def test_keeps_ones_own_label_and_version_in_front(
        self, as_annotator, annotator, colleague, article
    ):
        sentence = article.sentences.first()
        annotated(sentence, by=annotator, label="verified")
        annotated(sentence, by=colleague, label="disputed")

        (one,) = sentences(told(as_annotator, article))

        assert 'data-mark="verified"' in one["html"]
        assert 'data-version="1"' in one["html"]
        assert "Contested" in one["html"] or "contested" in one["html"]

    def test_says_nothing_aloud_of_what_one_did_oneself(self, as_annotator, annotator, article):
        annotated(article.sentences.first(), by=annotator)

        (one,) = sentences(told(as_annotator, article))

        assert one["said"] == ""

    def test_tells_that_a_verdict_moved(self, as_annotator, annotator, reviewer, article):
        sentence = article.sentences.first()
        annotated(sentence, by=annotator)
        verdict = sentence.verdict
        verdicts.approve(verdict=verdict, by=reviewer, at=article.created_at, based_on=1)

        (one,) = sentences(told(as_annotator, article))

        assert one["isVerdict"]
        assert "approved" in one["html"]

    def test_leaves_out_sentences_that_are_no_more(self, as_annotator, colleague, article):
        sentence = article.sentences.first()
        annotated(sentence, by=colleague)
        sentence.delete()

        heard = told(as_annotator, article)

        assert sentences(heard) == []
        assert heard["sentences"]["number"] > 0

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, article):
        response = as_outsider.get(reverse("editor:article-news", args=[article.pk]))

        assert response.status_code == 404

    def test_turns_strangers_away(self, client, article):
        response = client.get(reverse("editor:article-news", args=[article.pk]))

        assert response.status_code == 401

    def test_reads_all_that_happened_in_one_query(
        self, as_annotator, colleague, article, django_assert_num_queries
    ):
        for sentence in article.sentences.all():
            annotated(sentence, by=colleague)
        whole = ["session", "user", "article", "news"]

        with django_assert_num_queries(len(whole)):
            heard = told(as_annotator, article)

        assert len(sentences(heard)) == 3


class TestBlindDesk:
    @pytest.fixture
    def desk(self, db):
        return DeskFactory(is_blind=True, annotators_needed=2)

    def test_tells_nothing_of_a_label_that_leaves_the_sentence_open(
        self, as_annotator, colleague, article
    ):
        annotated(article.sentences.first(), by=colleague, label="disputed", rationale="Secret.")

        assert sentences(told(as_annotator, article)) == []

    def test_tells_that_a_sentence_is_decided_and_nothing_else(
        self, as_annotator, colleague, reviewer, article
    ):
        sentence = article.sentences.first()
        for person in (colleague, reviewer):
            annotated(sentence, by=person, label="disputed", rationale="Secret.")

        (one,) = sentences(told(as_annotator, article))

        assert 'data-mark="decided"' in one["html"]
        assert one["said"] == ""
        for word in ("isputed", "Secret", colleague.name, reviewer.name):
            assert word not in json.dumps(one)

    def test_opens_once_ones_own_label_is_given(self, as_annotator, annotator, colleague, article):
        sentence = article.sentences.first()
        annotated(sentence, by=annotator, label="verified")
        annotated(sentence, by=colleague, label="disputed", rationale="Now to be seen.")

        (one,) = sentences(told(as_annotator, article))

        assert "Now to be seen." in one["html"]


class TestPeople:
    def test_names_the_others_but_not_oneself(
        self, as_annotator, annotator, colleague, article, empty_redis
    ):
        for number, person in enumerate((annotator, colleague, colleague)):
            presence.arrive(article_id=article.pk, page=f"p{number}", by=person, at=timezone.now())

        html = told(as_annotator, article)["people"]["html"]

        assert html.count("Sacha Model") == 1
        assert annotator.name not in html

    def test_names_who_works_on_it(self, as_annotator, colleague, article, empty_redis):
        logged_in(colleague).post(reverse("editor:article-working", args=[article.pk]))

        html = told(as_annotator, article)["people"]["html"]

        assert "Sacha Model is working on this article" in " ".join(html.split())

    def test_holds_nobody_back(self, annotator, colleague, article, empty_redis):
        presence.work(article_id=article.pk, by=colleague)
        sentence = article.sentences.first()
        annotated(sentence, by=colleague, label="verified")

        late = logged_in(annotator).post(
            reverse("editor:sentence-annotate", args=[sentence.pk]),
            {"label": "disputed", "version": 0},
        )

        assert late.status_code == 200
        sentence.verdict.refresh_from_db()
        assert (sentence.verdict.annotators, sentence.verdict.state) == (2, "contested")

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, article):
        response = as_outsider.post(reverse("editor:article-working", args=[article.pk]))

        assert response.status_code == 404


class TestQueue:
    def test_tells_of_ones_own_desks_only(self, as_annotator, desk):
        UserFactory(on=DeskFactory(), role=Membership.Role.MANAGER)

        response = as_annotator.get(reverse("editor:queue-news"), {"once": ""})

        assert response.status_code == 200
        assert "retry: 15000" in response.content.decode()


class TestQueriesOfAnEvent:
    @pytest.fixture
    def page(self, annotator, article):
        return ArticlePage(article.pk, annotator, name="mine", since=0)

    def test_are_one_for_a_colleagues(
        self, page, colleague, article, django_assert_num_queries, empty_redis
    ):
        annotated(article.sentences.first(), by=colleague)
        event = AuditEvent.objects.get()
        hint = news.Hint(news.HAPPENED, article.desk_id, article.pk, event.pk)

        with django_assert_num_queries(1):
            assert list(page.tell(hint, timezone.now()))
        with django_assert_num_queries(0):
            assert list(page.tell(hint, timezone.now())) == []

    @pytest.mark.parametrize("kind", [news.PROGRESS, news.PEOPLE])
    def test_are_none_for_progress_and_people(
        self, page, article, kind, django_assert_num_queries, empty_redis
    ):
        with django_assert_num_queries(0):
            assert list(page.tell(news.Hint(kind, article=article.pk), timezone.now()))

    def test_are_none_for_ones_own(self, page, article, django_assert_num_queries, empty_redis):
        hint = news.Hint(news.HAPPENED, article=article.pk, event=7, sender="mine")

        with django_assert_num_queries(0):
            assert list(page.tell(hint, timezone.now())) == []
