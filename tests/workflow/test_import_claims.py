import json
from uuid import uuid4

import pytest

from annotations.models import Annotation, Article, Publication, Sentence, Verdict
from annotations.workflow import imports
from annotations.workflow.errors import BadInput, NotAllowed
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish
from tests.factories import UserFactory
from tests.imports.test_claims import CHECKS, CLAIM, REVIEW

LONG = "Le pont a coûté 12 millions d’euros. Il a été payé par la région en 2021, dit le maire."


@pytest.fixture
def bring(desk, annotator, now):
    def bring(*reviews, by=annotator, format="claimreview", content=None, **wish):  # noqa: A002
        content = content or json.dumps(reviews, ensure_ascii=False)
        file = File("reviews.json", [content.encode()])
        work = imports.request(desk=desk, file=file, wish=Wish(format, **wish), by=by, at=now)
        carry_out(work, now)
        return work

    return bring


def carry_out(work, now):
    imports.carry_out(import_id=work.pk, token=uuid4(), clock=lambda: now, send=lambda run: None)
    work.refresh_from_db()


class TestForReview:
    def test_claims_come_in_as_annotations_that_wait(self, bring, annotator):
        work = bring(REVIEW)

        assert (work.state, work.added, work.labels) == ("succeeded", 1, 1)
        article = Article.objects.select_related("source").get()
        assert (article.source_url, article.source.name) == (
            "https://reseau.example/post/1",
            "Jeanne Moreau-Blanc",
        )
        annotation = Annotation.objects.get()
        assert (annotation.author, annotation.label) == (annotator, "disputed")
        assert annotation.sentence.exact == CLAIM
        proof = annotation.evidence.get()
        assert (proof.url, proof.stance) == ("https://verif.example/pont", "context")
        assert "2023" in proof.title
        assert Verdict.objects.get().state == "proposed"
        assert not Publication.objects.exists()

    def test_a_claim_of_two_sentences_becomes_one(self, bring):
        work = bring(REVIEW | {"claimReviewed": LONG})

        assert Sentence.objects.get().exact == LONG
        assert (work.labels, work.faults.count()) == (1, 0)

    def test_the_same_feed_again_doubles_nothing(self, bring):
        bring(REVIEW, REVIEW | {"claimReviewed": LONG})

        again = bring(REVIEW, REVIEW | {"claimReviewed": LONG})

        assert (again.added, again.known, again.labels) == (0, 2, 0)
        assert Annotation.objects.count() == Article.objects.count() == 2

    def test_numbers_speak_where_words_mean_nothing(self, bring):
        rating = REVIEW["reviewRating"] | {"alternateName": "Trois étoiles", "ratingValue": 5}

        bring(REVIEW | {"reviewRating": rating})

        assert Annotation.objects.get().label == "verified"

    def test_tables_of_meedan_come_in_the_same_way(self, bring):
        work = bring(format="meedan", content=CHECKS)

        assert (work.added, work.labels) == (1, 1)
        assert Annotation.objects.get().rationale == "Selon le marché."

    def test_a_dry_run_tells_the_same_numbers(self, bring):
        work = bring(REVIEW, REVIEW | {"claimReviewed": LONG}, is_dry_run=True)

        assert (work.added, work.labels) == (2, 2)
        assert not Article.objects.exists()


class TestEarlierPublications:
    def test_go_through_approval_by_the_manager_who_imports(self, bring, manager, annotator, now):
        options = {"publish": True, "author": annotator.username}

        work = bring(REVIEW, by=manager, options=options)

        assert (work.state, work.added, work.faults.count()) == ("succeeded", 1, 0)
        publication = Publication.objects.get()
        assert (publication.label, publication.rating, publication.published_at) == (
            *("disputed", 1),
            now,
        )
        assert publication.recorded_by == manager
        assert "2023" in publication.evidence[0]["title"]
        verdict = Verdict.objects.get()
        assert (verdict.state, verdict.approved_by) == ("published", manager)
        assert Annotation.objects.get().author == annotator

    def test_are_published_once_by_the_same_file(self, bring, manager, annotator):
        options = {"publish": True, "author": annotator.username}
        bring(REVIEW, by=manager, options=options)

        again = bring(REVIEW, by=manager, options=options)

        assert (again.known, again.labels, again.faults.count()) == (1, 0, 0)
        assert Publication.objects.count() == 1

    def test_are_only_for_managers(self, bring, annotator, reviewer):
        for person in (annotator, reviewer):
            with pytest.raises(NotAllowed):
                bring(REVIEW, by=person, options={"publish": True})

        assert not Article.objects.exists()

    def test_need_a_second_person_where_the_desk_wants_one(self, bring, manager):
        with pytest.raises(BadInput) as caught:
            bring(REVIEW, by=manager, options={"publish": True})

        assert (caught.value.field, caught.value.reason) == ("author", "second_person")

    def test_take_no_colleague_of_another_desk(self, bring, manager):
        with pytest.raises(BadInput, match="no member"):
            bring(REVIEW, by=manager, options={"publish": True, "author": UserFactory().username})

    def test_are_not_confirmed_by_somebody_who_may_not_publish(
        self, bring, manager, annotator, reviewer, now
    ):
        options = {"publish": True, "author": annotator.username}
        work = bring(REVIEW, by=manager, options=options, is_dry_run=True)

        with pytest.raises(NotAllowed):
            imports.confirm(work=work, by=reviewer, at=now)
        imports.confirm(work=work, by=manager, at=now)
        carry_out(work, now)

        assert Publication.objects.count() == 1

    def test_wait_for_review_where_a_rule_of_the_desk_is_not_met(
        self, bring, desk, manager, annotator
    ):
        desk.annotators_needed = 2
        desk.save()

        work = bring(REVIEW, by=manager, options={"publish": True, "author": annotator.username})

        assert Verdict.objects.get().state == "proposed"
        assert not Publication.objects.exists()
        assert work.faults.get().code == "not_published"

    def test_are_not_what_other_formats_hold(self, bring, manager, annotator):
        options = {"publish": True, "author": annotator.username}

        with pytest.raises(BadInput, match="Only claims"):
            bring(format="doccano", content='{"text": "A"}', by=manager, options=options)
