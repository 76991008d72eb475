import re

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.models import Annotation, Candidate, Comment, Desk
from annotations.workflow import tagging
from tests.factories import ArticleFactory, UserFactory, annotated, published

SOURCE = "https://archives.example/budget"


@pytest.fixture
def sentence(desk):
    return ArticleFactory(desk=desk).sentences.first()


def inspect(client, sentence):
    return client.get(reverse("editor:sentence", args=[sentence.pk]))


def annotate(client, sentence, label, **data):
    address = reverse("editor:sentence-annotate", args=[sentence.pk])
    return client.post(address, {"version": 0, **data, "label": label})


class TestInspect:
    def test_is_not_there_for_a_foreign_desk(self, as_outsider, sentence):
        response = inspect(as_outsider, sentence)

        assert response.status_code == 404

    def test_says_why_the_sentence_is_proposed(self, as_annotator, sentence):
        page = inspect(as_annotator, sentence).content.decode()

        assert "Contains a figure" in page
        assert "le ministère (Ministère)" in page

    def test_says_why_in_the_reader_s_language(self, as_annotator, sentence):
        kept = {"id": "figure", "start": 0, "end": 5, "params": {"quote": "3 millions"}}
        Candidate.objects.update(signals=[kept])

        page = as_annotator.get(
            reverse("editor:sentence", args=[sentence.pk]), headers={"Accept-Language": "fr"}
        )

        assert "Contient un chiffre\u202f: 3 millions" in page.content.decode()

    def test_takes_few_queries(self, as_annotator, desk, sentence, django_assert_max_num_queries):
        for colleague in UserFactory.create_batch(5, on=desk):
            annotated(sentence, by=colleague)

        with django_assert_max_num_queries(8):
            response = inspect(as_annotator, sentence)

        assert len(response.context["colleagues"]) == 5

    def test_shows_colleagues_with_their_reasons(self, as_annotator, reviewer, sentence):
        annotated(sentence, by=reviewer, label="disputed", rationale="Counted twice.")

        page = inspect(as_annotator, sentence).content.decode()

        assert reviewer.name in page
        assert "Counted twice." in page

    def test_hides_colleagues_on_a_blind_desk(self, as_annotator, reviewer, sentence):
        Desk.objects.update(is_blind=True)
        annotated(sentence, by=reviewer, label="disputed", rationale="Counted twice.")

        page = inspect(as_annotator, sentence).content.decode()

        assert reviewer.name not in page
        assert "Counted twice." not in page
        assert "This desk works blind" in page

    def test_reveals_colleagues_after_ones_own_label(
        self, as_annotator, annotator, reviewer, sentence
    ):
        Desk.objects.update(is_blind=True)
        annotated(sentence, by=reviewer, label="disputed")
        annotated(sentence, by=annotator)

        response = inspect(as_annotator, sentence)

        assert reviewer.name in response.content.decode()

    def test_offers_no_form_on_what_is_published(self, as_annotator, annotator, reviewer, sentence):
        published(sentence, annotator=annotator, reviewer=reviewer)

        page = inspect(as_annotator, sentence).content.decode()

        assert 'id="opinion"' not in page
        assert "This sentence is published." in page

    def test_tells_its_history(self, as_annotator, annotator, sentence):
        annotated(sentence, by=annotator, label="disputed")

        [line] = inspect(as_annotator, sentence).context["history"]

        assert (line.who, line.what, line.before, line.after) == (
            "you",
            "labelled it",
            "",
            "Disputed",
        )


class TestAnnotate:
    def test_labels_with_nothing_else(self, as_annotator, annotator, sentence):
        response = annotate(as_annotator, sentence, "verified")

        [annotation] = Annotation.objects.filter(sentence=sentence, author=annotator)
        page = response.content.decode()
        assert annotation.label == "verified"
        assert f'id="s{sentence.pk}"' in page
        assert f'id="c{sentence.pk}"' in page
        assert 'data-version="1"' in page

    def test_takes_rationale_and_evidence_along(self, as_annotator, sentence):
        rows = {
            "evidence_url": [SOURCE, ""],
            "evidence_title": ["Budget", ""],
            "evidence_quote": ["12 millions", ""],
            "evidence_stance": ["refutes", "supports"],
            "evidence_archived_url": ["", ""],
        }

        annotate(as_annotator, sentence, "disputed", rationale=" Other figure. ", **rows)

        annotation = Annotation.objects.get()
        [item] = annotation.evidence.all()
        assert annotation.rationale == "Other figure."
        assert (item.url, item.title, item.quote, item.stance) == (
            SOURCE,
            "Budget",
            "12 millions",
            "refutes",
        )

    def test_keeps_the_rationale_where_only_the_label_changes(
        self, as_annotator, annotator, sentence
    ):
        annotated(sentence, by=annotator, rationale="Seen in the archive.")

        annotate(as_annotator, sentence, "disputed", version=1)

        assert Annotation.objects.get().rationale == "Seen in the archive."

    def test_withdraws(self, as_annotator, annotator, sentence):
        annotated(sentence, by=annotator)

        annotate(as_annotator, sentence, "", rationale="", version=1)

        assert not Annotation.objects.given().exists()

    def test_shows_a_refusal_and_keeps_what_was_typed(self, as_annotator, sentence):
        row = dict.fromkeys(["evidence_title", "evidence_quote", "evidence_archived_url"], "")
        row |= {"evidence_url": "not an address", "evidence_stance": "supports"}

        response = annotate(as_annotator, sentence, "verified", rationale="My reason", **row)

        page = response.content.decode()
        assert response.status_code == 422
        assert 'role="alert"' in page
        assert "My reason" in page
        assert 'value="not an address"' in page

    def test_refuses_a_stale_write_showing_both_sides(self, as_annotator, annotator, sentence):
        annotated(sentence, by=annotator, label="disputed", rationale="The other window.")
        annotated_again = {"version": 7, "rationale": "This window."}

        response = annotate(as_annotator, sentence, "verified", **annotated_again)

        page = response.content.decode()
        assert response.status_code == 409
        sides = response.context["sides"]
        assert (sides.mine.label, sides.mine.rationale) == ("verified", "This window.")
        assert (sides.theirs.label, sides.theirs.rationale) == ("disputed", "The other window.")
        assert "The other window." in page
        assert "This window." in page
        assert re.search(r'name="version" value="1"', page)

    def test_shows_what_one_saw_beside_a_stale_write(self, as_annotator, annotator, sentence):
        for version, rationale in enumerate(["First.", "Second.", "Third."]):
            annotate(as_annotator, sentence, "verified", version=version, rationale=rationale)

        response = annotate(as_annotator, sentence, "disputed", version=2)

        sides = response.context["sides"]
        assert [one.rationale for one in sides] == ["Second.", "Third.", "Second."]

    def test_asks_a_logged_out_browser_to_log_in_without_leaving(self, client, sentence):
        address = reverse("editor:sentence-annotate", args=[sentence.pk])

        response = client.post(address, {"label": "verified"}, headers={"HX-Request": "true"})

        assert response.status_code == 401
        assert "nothing that you typed is lost" in response.content.decode()

    def test_is_not_there_for_a_foreign_desk(self, as_outsider, sentence):
        response = annotate(as_outsider, sentence, "verified")

        assert response.status_code == 404
        assert not Annotation.objects.exists()


class TestUndo:
    def undo(self, client, article):
        return client.post(reverse("editor:article-undo", args=[article.pk]))

    def test_goes_back_to_the_sentence(self, as_annotator, annotator, sentence):
        annotated(sentence, by=annotator, at=timezone.now())

        response = self.undo(as_annotator, sentence.article)

        assert f'data-sentence="{sentence.pk}"' in response.content.decode()
        assert not Annotation.objects.given().exists()

    def test_says_when_there_is_nothing_to_undo(self, as_annotator, sentence):
        response = self.undo(as_annotator, sentence.article)

        assert response.status_code == 422
        assert "nothing of yours to undo" in response.content.decode()

    def test_is_done_once_under_one_key(self, as_annotator, annotator, sentence):
        for label in ("verified", "disputed"):
            last = Annotation.objects.filter(sentence=sentence).first()
            annotate(as_annotator, sentence, label, version=last.version if last else 0)
        address = reverse("editor:article-undo", args=[sentence.article_id])

        for _ in range(3):
            as_annotator.post(address, headers={"Idempotency-Key": "u-1"})

        assert Annotation.objects.get().label == "verified"

    def test_brings_it_back_again(self, as_annotator, annotator, sentence):
        annotated(sentence, by=annotator, at=timezone.now())
        self.undo(as_annotator, sentence.article)

        as_annotator.post(reverse("editor:article-redo", args=[sentence.article_id]))

        assert Annotation.objects.get().label == "verified"


class TestUndoOfMany:
    def test_takes_the_same_number_of_queries_to_show_any_number(
        self, as_annotator, annotator, desk, django_assert_max_num_queries
    ):
        article = ArticleFactory(desk=desk, sentences=12)
        seen = dict.fromkeys(article.sentences.values_list("pk", flat=True), tagging.Seen(0))
        tagging.annotate_all(
            article=article, label="verified", seen=seen, by=annotator, at=timezone.now()
        )
        key = {"Idempotency-Key": "m-1"}
        as_annotator.post(reverse("editor:article-undo", args=[article.pk]), headers=key)

        with django_assert_max_num_queries(24):
            as_annotator.post(reverse("editor:article-undo", args=[article.pk]), headers=key)


class TestOnce:
    def test_a_write_sent_again_changes_nothing_and_conflicts_with_nothing(
        self, as_annotator, sentence
    ):
        address = reverse("editor:sentence-annotate", args=[sentence.pk])
        body = {"label": "verified", "version": 0, "rationale": "Seen."}

        answers = [
            as_annotator.post(address, body, headers={"Idempotency-Key": "a-1"}) for _ in range(3)
        ]

        assert [one.status_code for one in answers] == [200, 200, 200]
        assert Annotation.objects.get().version == 1

    def test_a_write_sent_again_does_not_undo_what_came_after_it(self, as_annotator, sentence):
        address = reverse("editor:sentence-annotate", args=[sentence.pk])
        first = {"label": "verified", "version": 0}
        as_annotator.post(address, first, headers={"Idempotency-Key": "a-1"})
        annotate(as_annotator, sentence, "disputed", version=1)

        response = as_annotator.post(address, first, headers={"Idempotency-Key": "a-1"})

        assert Annotation.objects.get().label == "disputed"
        assert response["X-Version"] == "1"

    def test_a_page_of_somebody_else_is_asked_to_log_in(self, as_annotator, reviewer, sentence):
        address = reverse("editor:sentence-annotate", args=[sentence.pk])

        response = as_annotator.post(
            address,
            {"label": "verified", "version": 0},
            headers={"HX-Request": "true", "X-Person": str(reviewer.pk)},
        )

        assert response.status_code == 401
        assert not Annotation.objects.exists()


class TestComment:
    def comment(self, client, sentence, text, **headers):
        address = reverse("editor:sentence-comment", args=[sentence.pk])
        return client.post(address, {"comment": text}, headers=headers)

    def test_is_shown_to_colleagues(self, as_annotator, as_reviewer, sentence):
        self.comment(as_annotator, sentence, "Which year?")

        assert "Which year?" in inspect(as_reviewer, sentence).content.decode()

    def test_is_hidden_on_a_blind_desk(self, as_annotator, as_reviewer, sentence):
        Desk.objects.update(is_blind=True)
        self.comment(as_annotator, sentence, "It is wrong.")

        assert "It is wrong." not in inspect(as_reviewer, sentence).content.decode()

    def test_sent_twice_under_one_key_is_one(self, as_annotator, sentence):
        for _ in range(2):
            self.comment(as_annotator, sentence, "Look.", **{"Idempotency-Key": "c-1"})

        assert Comment.objects.count() == 1

    def test_that_says_nothing_is_refused(self, as_annotator, sentence):
        response = self.comment(as_annotator, sentence, " ")

        assert response.status_code == 422
        assert "Write the comment first." in response.content.decode()
