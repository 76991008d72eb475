from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Candidate,
    Desk,
    Evidence,
    ExtractionRun,
    Membership,
    Publication,
    Revision,
    Sentence,
    Source,
    User,
    Verdict,
)
from annotations.models.desks import validate_rating_scale
from annotations.workflow import tagging
from tests.factories import ArticleFactory, UserFactory, annotated, published


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk, sentences=2)


@pytest.fixture
def publication(article, annotator, reviewer):
    return published(
        article.sentences.first(),
        annotator=annotator,
        reviewer=reviewer,
        evidence=[tagging.Item("https://journal.example/")],
    )


BAD_VALUES = [
    (Desk, {"annotators_needed": 0}, "desk_needs_an_annotator"),
    (Membership, {"role": "owner"}, "membership_role_known"),
    (Sentence, {"end": 0, "start": 0}, "sentence_span"),
    (Sentence, {"end": 10_000}, "sentence_span_is_its_text"),
    (Sentence, {"exact": "Autre."}, "sentence_span_is_its_text"),
    (Candidate, {"check_worthiness": 1.01}, "candidate_score_in_range"),
    (Candidate, {"check_worthiness": -0.1}, "candidate_score_in_range"),
    (Annotation, {"label": "true"}, "annotation_label_known"),
    (Evidence, {"stance": "maybe"}, "evidence_stance_known"),
    (Verdict, {"label": "true", "state": "retracted"}, "verdict_label_known"),
    (Verdict, {"approved_by": None}, "verdict_approved_by_someone"),
    (Verdict, {"approved_at": None}, "verdict_approved_by_someone"),
    (Verdict, {"label": ""}, "verdict_approved_has_label"),
    (Verdict, {"label": "dismissed"}, "verdict_approved_has_label"),
    (ExtractionRun, {"state": "running"}, "run_running_is_held"),
    (ExtractionRun, {"state": "failed"}, "run_failed_says_why"),
    (
        ExtractionRun,
        {"engine_asked": "chat-1:m", "engine": "chat-1:m", "fallback": "busy"},
        "run_fallback_is_another_engine",
    ),
    (Desk, {"engine": "oracle"}, "desk_engine_known"),
]

TWICE = [
    (Source, "source_once_per_desk"),
    (Membership, "membership_once"),
    (Article, "article_text_once"),
    (Revision, "revision_number_once"),
    (Sentence, "sentence_starts_once"),
    (Annotation, "annotation_once_each"),
    (Evidence, "evidence_position_once"),
    (Publication, "publication_sequence_once"),
]

BAD_PUBLICATIONS = [
    ({"label": ""}, "publication_label_unless_retracted"),
    ({"label": "dismissed"}, "publication_label_unless_retracted"),
    ({"kind": "retraction", "note": "Faux."}, "publication_label_unless_retracted"),
    ({"kind": "other", "note": "Faux."}, "publication_label_unless_retracted"),
    ({"kind": "correction"}, "publication_change_says_why"),
]


class TestTheDatabase:
    @pytest.mark.parametrize(("model", "values", "name"), BAD_VALUES)
    def test_refuses_a_bad_value(self, publication, model, values, name):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.update(**values)

    @pytest.mark.parametrize(("model", "name"), TWICE)
    def test_refuses_the_same_twice(self, publication, desk, model, name):
        Source.objects.create(desk=desk, name="Le Journal")
        row = model.objects.first()
        row.pk = row.current_run = row.current_revision = None

        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)

    @pytest.mark.parametrize(("values", "name"), BAD_PUBLICATIONS)
    def test_refuses_a_publication_that_says_nothing(self, publication, values, name):
        values = {"pk": None, "sequence": 9, "version": 9} | values
        for field, value in values.items():
            setattr(publication, field, value)

        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            publication.save(force_insert=True)

    def test_refuses_a_text_without_words(self, article, now):
        with pytest.raises(IntegrityError, match="revision_has_text"), transaction.atomic():
            Revision.objects.create(article=article, number=2, text="", created_at=now)

    def test_refuses_two_active_runs_of_one_text(self, article, now):
        revision = article.current_revision
        ExtractionRun.objects.create(revision=revision, queued_at=now)

        with pytest.raises(IntegrityError, match="run_active_once"), transaction.atomic():
            ExtractionRun.objects.create(revision=revision, queued_at=now)

    def test_counts_code_points_as_the_engine_does(self, desk):
        exact = "e\u0301 👩‍👧 \u00a0« 🙂 »"
        article = ArticleFactory(desk=desk, extracted=False)

        sentence = Sentence.objects.create(
            article=article,
            revision=article.current_revision,
            index=0,
            start=3,
            end=3 + len(exact),
            exact=exact,
        )

        assert sentence.pk


class TestAWorkerOfTheReleaseBefore:
    def test_inserts_a_candidate_without_the_columns_it_does_not_know(self, article):
        sentence = article.sentences.first()
        Candidate.objects.all().delete()

        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO annotations_candidate (desk_id, sentence_id, is_candidate, kind,"
                " check_worthiness, claimant_name, quotes, quantities, dates, signals, engine)"
                " VALUES (%s, %s, true, 'event', 0.5, '', '[]', '[]', '[]', '[]', 'before')",
                [article.desk_id, sentence.pk],
            )

        candidate = Candidate.objects.get()
        assert (candidate.facets, candidate.conflicts, candidate.repeats) == ([], [], None)


class TestDeletingSomebody:
    def test_never_deletes_work(self, publication, annotator, reviewer):
        for person in (annotator, reviewer):
            with pytest.raises(ProtectedError):
                person.delete()

        assert Annotation.objects.count() == Publication.objects.count() == 1

    def test_who_only_withdrew_keeps_the_trace(self, article, annotator, now):
        sentence = article.sentences.first()
        annotated(sentence, by=annotator)
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        with pytest.raises(ProtectedError):
            annotator.delete()

    def test_who_did_nothing_is_possible(self, desk):
        person = UserFactory(on=desk)

        person.delete()

        assert not User.objects.exists()
        assert Desk.objects.exists()


class TestDeletingAnArticle:
    def test_is_possible_before_anything_is_public_and_leaves_its_trace(self, article, annotator):
        annotated(article.sentences.first(), by=annotator)

        article.delete()

        assert not Sentence.objects.exists()
        assert AuditEvent.objects.get().action == "annotation.put"

    def test_is_refused_once_something_is_public(self, article, publication):
        with pytest.raises(ProtectedError):
            article.delete()

        assert Sentence.objects.count() == 2


class TestArticleState:
    def state(self, article, **run):
        ExtractionRun.objects.filter(pk=article.current_run_id).update(**run)
        return Article.objects.get(pk=article.pk)

    @pytest.mark.parametrize(
        ("run", "left", "state"),
        [
            ({"state": "queued"}, 0, "extracting"),
            ({"state": "failed", "error": "Non."}, 3, "failed"),
            ({"state": "succeeded"}, 3, "open"),
            ({"state": "succeeded"}, 0, "done"),
        ],
    )
    def test_is_the_same_in_a_list_and_on_the_row(self, article, run, left, state):
        Article.objects.update(open_candidates=left)

        row = self.state(article, **run)

        assert row.state == state
        found = [one for one in Article.State if Article.objects.in_state(one).exists()]
        assert found == [state]

    def test_refuses_an_unknown_state(self, db):
        with pytest.raises(ValueError, match="nowhere"):
            Article.objects.in_state("nowhere")


class TestIndexes:
    def test_none_has_the_number_that_changes_with_every_label(self, db):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename = 'annotations_article'"
            )
            definitions = [definition for (definition,) in cursor.fetchall()]

        assert any("is_open" in one for one in definitions)
        assert not [one for one in definitions if "open_candidates" in one]


class TestForList:
    def test_takes_one_query_and_leaves_the_texts(self, desk, django_assert_num_queries):
        for _ in range(5):
            ArticleFactory(desk=desk, source_name=None)

        with django_assert_num_queries(1):
            rows = list(Article.objects.of_desk(desk).for_list().order_by("-id"))
            states = [(row.state, row.desk.name, row.current_revision.number) for row in rows]

        assert len(states) == 5
        assert "text" in rows[0].current_revision.get_deferred_fields()


class TestVisibleTo:
    @pytest.mark.parametrize("model", [Article, Sentence, Verdict, Publication])
    def test_shows_members_only_each_row_once(
        self, publication, annotator, reviewer, outsider, model
    ):
        assert model.objects.visible_to(annotator).count() == model.objects.count()
        assert not model.objects.visible_to(outsider).exists()


class TestRuns:
    def test_percent_never_divides_by_nothing(self):
        assert ExtractionRun(sentences_total=0).percent == 0
        assert ExtractionRun(sentences_done=1, sentences_total=3).percent == 33

    def test_silent_are_those_running_without_a_word(self, article, now, annotator):
        ExtractionRun.objects.update(
            state="running",
            token=uuid4(),
            started_at=now,
            heartbeat_at=now,
        )

        assert not ExtractionRun.objects.silent_since(now).exists()
        assert ExtractionRun.objects.silent_since(now + timedelta(seconds=1)).exists()


class TestRatingScale:
    @pytest.mark.parametrize(
        "rows",
        [
            {},
            "1",
            [1],
            [{"value": 2, "fr": "a", "en": "b"}],
            [{"value": 1, "fr": " ", "en": "b"}],
            [{"value": 1, "fr": "a"}],
        ],
    )
    def test_refuses_what_is_no_scale(self, rows):
        with pytest.raises(ValidationError):
            validate_rating_scale(rows)

    def test_takes_a_scale_or_none(self):
        validate_rating_scale([])
        validate_rating_scale([{"value": 1, "fr": "Faux", "en": "False"}])
