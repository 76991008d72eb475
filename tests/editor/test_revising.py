import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from annotations.models import Desk, Sentence
from annotations.workflow import comments, tagging
from annotations.workflow.holding import LeftBehind
from tests.editor.conftest import html_of, logged_in
from tests.factories import AT, ArticleFactory, UserFactory, annotated, published
from tests.receiver import serving

NEW = "Une association a compté 300 manifestants devant la mairie."


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=6)


@pytest.fixture
def words(article):
    return [one.exact for one in article.sentences.order_by("start")]


@pytest.fixture
def send(as_annotator, article, empty_redis):
    """Send a new text as somebody who saw the article's first version."""

    def send(text, *, client=as_annotator, based_on=1, **fields):
        sent = {"text": text, "based_on": based_on} | fields
        return client.post(page_of(article), sent)

    return send


def page_of(article):
    return reverse("editor:article-revise", args=[article.pk])


def text_of(article, number):
    return reverse("editor:article-text", args=[article.pk, number])


class TestRevise:
    def test_shows_the_text_as_it_is(self, as_annotator, article):
        response = as_annotator.get(page_of(article))

        page = response.content.decode()
        assert f">\n{escape(article.current_revision.text)}</textarea>" in page
        assert 'name="based_on" value="1"' in page

    def test_takes_few_queries(self, as_annotator, article, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):
            as_annotator.get(page_of(article))

    def test_stores_the_text_and_tells_what_became_of_the_sentences(self, send, article, words):
        response = send(f"{NEW} {words[0]}")

        article.refresh_from_db()
        assert response.url == text_of(article, 2)
        assert article.current_revision.text == f"{NEW} {words[0]}"
        assert article.current_run.state == "queued"

    def test_keeps_the_kind_of_line_ends_that_the_text_had(self, send, article, words):
        send(f"{NEW}\r\n\r\n{words[0]}")

        article.refresh_from_db()
        assert article.current_revision.text == f"{NEW}\n\n{words[0]}"

    def test_takes_a_file(self, send, article):
        send("", file=SimpleUploadedFile("article.txt", f"{NEW}\r\nFin.".encode()))

        article.refresh_from_db()
        assert article.current_revision.text == f"{NEW}\r\nFin."

    def test_takes_the_main_text_of_a_page(self, send, article):
        page = f"<html><body><nav>Menu</nav><article><p>{NEW * 4}</p></article></body></html>"

        send(page, is_page="on")

        article.refresh_from_db()
        assert article.current_revision.raw == page
        assert "Menu" not in article.current_revision.text

    def test_fetches_a_text_to_be_looked_at_first(self, send, article, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = frozenset({"localhost"})
        page = f"<html><body><article><p>{NEW * 4}</p></article></body></html>"

        with serving() as site:
            site.put("/new", page.encode(), "text/html; charset=utf-8")
            response = send("", fetch="1", source_url=f"{site.url}/new")

        assert response.status_code == 200
        assert NEW in response.content.decode().partition("<textarea")[2]
        assert article.revisions.count() == 1

    def test_says_why_a_page_cannot_be_fetched(self, send):
        response = send("Mine.", fetch="1", source_url="https://nowhere.invalid/")

        assert response.status_code == 422
        assert response.context["form"].errors["source_url"]
        assert "Mine." in response.content.decode()

    @pytest.mark.parametrize(("text", "status"), [("", 422), (" ", 422), (NEW, 302)])
    def test_wants_words(self, send, text, status):
        assert send(text).status_code == status

    def test_says_that_nothing_changed(self, send, article):
        response = send(article.current_revision.text)

        assert response.status_code == 422
        assert "This is the text that the article has already." in html_of(response)

    def test_leads_to_the_article_that_has_this_text(self, send, article):
        other = ArticleFactory(desk=article.desk, source_url=article.source_url, text=NEW)

        response = send(NEW)

        assert reverse("editor:article", args=[other.pk]) in html_of(response)

    def test_shows_the_other_text_where_a_colleague_was_faster(self, send, article, desk):
        send(f"{NEW} D’abord.", client=logged_in(UserFactory(on=desk)))

        response = send("Mon texte.")

        assert response.status_code == 409
        page = html_of(response)
        assert "Mon texte.</textarea>" in page
        assert f"{NEW} D’abord.</div>" in page
        assert send("Mon texte.", based_on=response.context["form"]["based_on"].value()).url

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, article):
        assert as_outsider.get(page_of(article)).status_code == 404
        assert as_outsider.get(text_of(article, 1)).status_code == 404


class TestReadBefore:
    def test_shows_three_versions_where_the_words_changed_since(
        self, send, as_reviewer, annotator, article, words
    ):
        old, first = article.current_revision.number, article.sentences.first()
        annotated(first, by=annotator)
        send(words[0].replace("millions", "milliards"))
        address = reverse("editor:sentence-annotate", args=[first.pk])

        refused = as_reviewer.post(address, {"label": "disputed", "version": 0, "read_in": old})
        meant = as_reviewer.post(address, {"label": "disputed", "version": 0, "read_in": ""})

        assert refused.status_code == 409
        assert "The words of this sentence changed after you read it." in html_of(refused)
        assert meant.status_code == 200


class TestOtherWords:
    """A label that was given before the words changed, beside one of the words that stand now."""

    @pytest.fixture
    def changed(self, send, article, annotator, words):
        first = article.sentences.order_by("start").first()
        annotated(first, by=annotator, label="verified")
        send(" ".join([words[0].replace("millions", "milliards"), *words[1:]]))
        return Sentence.objects.get(pk=first.pk)

    def reading_of(self, client, sentence):
        page = client.get(reverse("editor:article", args=[sentence.article_id]))
        return next(one for one in page.context["readings"] if one.sentence == sentence)

    def test_leave_the_sentence_open_for_everybody(self, as_annotator, as_reviewer, changed):
        changed.article.refresh_from_db()
        readings = [self.reading_of(client, changed) for client in (as_annotator, as_reviewer)]

        assert not any(one.is_decided for one in readings)
        assert [one.is_returned for one in readings] == [True, False]
        open_ = changed.article.current_revision.sentences.filter(candidate__is_candidate=True)
        assert changed.article.open_candidates == open_.count()

    def test_show_what_was_labelled_to_who_labelled_it(
        self, as_annotator, reviewer, changed, words
    ):
        annotated(changed, by=reviewer, label="disputed")

        page = html_of(as_annotator.get(reverse("editor:sentence", args=[changed.pk])))
        reading = self.reading_of(as_annotator, changed)

        assert f"This was labelled when it said: “{words[0]}”" in page
        assert (reading.is_returned, reading.mark) == (True, "disputed")

    def test_are_told_apart_for_reviewers(self, as_manager, as_annotator, reviewer, changed, words):
        annotated(changed, by=reviewer, label="disputed")

        for address in (
            reverse("editor:review"),
            reverse("editor:article-report", args=[changed.article_id]),
        ):
            page = html_of(as_manager.get(address))
            assert page.count(f"Said of other words: “{words[0]}”") == 1
            assert page.count("given__was") == 1

    def test_are_no_longer_others_once_said_again(self, as_annotator, annotator, changed):
        again = tagging.Opinion("verified")
        tagging.annotate(sentence=changed, opinion=again, by=annotator, at=AT, based_on=2)

        reading = self.reading_of(as_annotator, changed)

        assert (reading.is_returned, reading.is_decided, reading.reason) == (False, True, "")


class TestText:
    @pytest.fixture
    def revised(self, send, article, annotator, reviewer, words):
        """The second sentence changed, the first too and is published, the last two are gone."""
        sentences = list(article.sentences.order_by("start"))
        published(sentences[0], annotator=annotator, reviewer=reviewer)
        for one in sentences[1:]:
            annotated(one, by=annotator, rationale="Vu au budget.")
        comments.add(sentence=sentences[5], text="Quelle année ?", by=annotator, at=AT)
        changed = [one.replace("millions", "milliards") for one in words[:2]]
        send(" ".join((*changed, *words[2:4])))
        article.refresh_from_db()
        return sentences

    def test_lists_what_is_kept_changed_and_gone(self, as_annotator, article, revised):
        told = as_annotator.get(text_of(article, 2)).context["told"]

        assert (told.kept, told.back) == (2, 0)
        assert [one.key for one in told.changed] == [revised[1].pk]
        assert [one.key for one in told.gone] == [revised[0].pk, revised[4].pk, revised[5].pk]
        assert [one.is_public for one in told.gone] == [True, False, False]

    def test_marks_the_words_that_differ(self, as_annotator, article, revised):
        page = html_of(as_annotator.get(text_of(article, 2)))

        assert "<del>millions</del>" in page
        assert "<ins>milliards</ins>" in page
        assert f"{reverse('editor:article', args=[article.pk])}#s{revised[1].pk}" in page
        assert f"{text_of(article, 1)}#s{revised[4].pk}" in page

    def test_shows_an_older_text_with_what_stayed_there(self, as_annotator, article, revised):
        response = as_annotator.get(text_of(article, 1))

        page = html_of(response)
        assert [one.reading.sentence.pk for one in response.context["left"]] == [
            revised[0].pk,
            revised[4].pk,
            revised[5].pk,
        ]
        assert "Quelle année ?" in page
        assert "Vu au budget." in page
        assert f'<mark id="s{revised[4].pk}">' in page

    def test_hides_colleagues_on_a_blind_desk(self, article, desk, revised):
        Desk.objects.update(is_blind=True)

        page = html_of(logged_in(UserFactory(on=desk)).get(text_of(article, 1)))

        assert "Quelle année ?" not in page
        assert page.count("Vu au budget.") == 0

    def test_is_named_in_the_workbench(self, as_annotator, article, revised):
        page = html_of(as_annotator.get(reverse("editor:article", args=[article.pk])))

        assert "Text 2 of 2" in page
        assert text_of(article, 2) in page

    def test_takes_no_label_for_what_stayed_there(self, as_annotator, annotator, article, revised):
        address = reverse("editor:sentence", args=[revised[4].pk])

        page = html_of(as_annotator.get(address))

        assert "These words are no longer in the article’s text." in page
        assert 'id="opinion"' not in page
        with pytest.raises(LeftBehind):
            tagging.withdraw(sentence=revised[4], by=annotator, at=AT, based_on=1)

    def test_stays_in_the_report_where_it_is_published(self, as_annotator, article, revised):
        response = as_annotator.get(reverse("editor:article-report", args=[article.pk]))

        shown = [one.reading.sentence.pk for one in response.context["entries"]]
        assert shown == [*(one.pk for one in revised[1:4]), revised[0].pk]
        assert html_of(response).count("These words are no longer in the article’s text.") == 1

    @pytest.mark.parametrize("number", [1, 2])
    def test_takes_the_same_queries_however_much_became_of_it(
        self, as_annotator, article, revised, number, django_assert_max_num_queries
    ):
        assert Sentence.objects.filter(article=article).count() == 6

        with django_assert_max_num_queries(13):
            response = as_annotator.get(text_of(article, number))

        assert response.status_code == 200

    def test_says_that_nobody_had_worked_on_it(self, send, as_annotator, article):
        send(NEW)

        page = html_of(as_annotator.get(text_of(article, 2)))

        assert "Nobody had worked on a sentence of the text before." in page

    def test_is_not_there_where_there_is_no_such_text(self, as_annotator, article):
        assert as_annotator.get(text_of(article, 2)).status_code == 404
