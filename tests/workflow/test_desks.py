from dataclasses import replace
from datetime import timedelta

import pytest

from annotations.models import Article, AuditEvent, Desk, Membership, Publication, Verdict
from annotations.workflow import desks, publishing, steps, verdicts
from annotations.workflow.desks import Rules
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.publishing import Correction
from tests.concurrency import at_once, while_held
from tests.factories import ArticleFactory, UserFactory, annotated, approved, published

SCALE = [
    {"value": 1, "fr": "Non", "en": "No"},
    {"value": 2, "fr": "Oui", "en": "Yes"},
]


@pytest.fixture
def chief(db):
    return UserFactory(is_superuser=True)


def change(desk, by, now, **said):
    desk.refresh_from_db()
    rules = replace(desks.rules_of(desk), **said)
    return desks.change(desk=desk, rules=rules, by=by, at=now, based_on=desk.version)


def event():
    return AuditEvent.objects.latest("pk")


class TestCreate:
    def test_makes_a_desk_whose_first_manager_is_its_maker(self, chief, now):
        desk = desks.create(slug="sport", rules=Rules("Sport"), by=chief, at=now)

        assert Desk.objects.get(slug="sport").name == "Sport"
        assert Membership.objects.get(desk=desk, user=chief).role == "manager"
        assert (event().action, event().desk) == ("desk.created", desk)

    def test_refuses_who_is_not_of_the_administration(self, manager, now):
        with pytest.raises(NotAllowed):
            desks.create(slug="sport", rules=Rules("Sport"), by=manager, at=now)

    @pytest.mark.parametrize("slug", ["", "à côté", "two words", "s" * 51])
    def test_refuses_a_short_name_that_is_no_address(self, chief, now, slug):
        with pytest.raises(BadInput):
            desks.create(slug=slug, rules=Rules("Sport"), by=chief, at=now)

    def test_refuses_a_short_name_that_is_taken(self, chief, desk, now):
        with pytest.raises(BadInput):
            desks.create(slug=desk.slug, rules=Rules("Sport"), by=chief, at=now)


class TestChange:
    def test_keeps_the_rules_and_leaves_a_trace_of_what_changed(self, desk, manager, now):
        change(desk, manager, now, name="Politique", is_blind=True, engine="fast")

        desk.refresh_from_db()
        assert (desk.name, desk.is_blind, desk.engine) == ("Politique", True, "fast")
        assert event().action == "desk.rules_changed"
        assert event().after == {"name": "Politique", "is_blind": True, "engine": "fast"}

    def test_leaves_no_trace_where_nothing_changes(self, desk, manager, now):
        change(desk, manager, now)

        assert not AuditEvent.objects.exists()

    def test_refuses_what_is_based_on_older_rules(self, desk, manager, now):
        change(desk, manager, now, is_blind=True)
        rules = replace(desks.rules_of(desk), evidence_required=True)

        with pytest.raises(StaleWrite):
            desks.change(desk=desk, rules=rules, by=manager, at=now, based_on=1)

    @pytest.mark.parametrize("who", ["annotator", "reviewer", "outsider"])
    def test_refuses_who_is_no_manager(self, desk, now, request, who):
        with pytest.raises(NotAllowed):
            change(desk, request.getfixturevalue(who), now, is_blind=True)

    @pytest.mark.parametrize(
        "said",
        [
            {"name": "  "},
            {"name": "n" * 151},
            {"language": "xx"},
            {"annotators_needed": 0},
            {"annotators_needed": 10},
            {"credit": "everybody"},
            {"engine": "oracle"},
            {"rating_scale": SCALE[:1]},
            {"rating_scale": [{"value": 1, "fr": "Non"}]},
        ],
    )
    def test_refuses_what_cannot_be_a_rule(self, desk, manager, now, said):
        with pytest.raises(BadInput):
            change(desk, manager, now, **said)

        assert not AuditEvent.objects.exists()


class TestMoreOrFewerAnnotators:
    def test_opens_again_what_has_too_few_now(self, desk, annotator, manager, now):
        article = ArticleFactory(desk=desk)
        annotated(article.sentences.first(), by=annotator)
        untouched = ArticleFactory(desk=desk)

        effect = change(desk, manager, now, annotators_needed=2)

        article.refresh_from_db()
        untouched.refresh_from_db()
        assert (article.open_candidates, untouched.open_candidates) == (2, 2)
        assert effect.recounted == 1

    def test_closes_what_has_enough_now_and_tells_that_it_is_finished(
        self, desk, annotator, manager, now
    ):
        change(desk, manager, now, annotators_needed=2)
        article = ArticleFactory(desk=desk, sentences=1)
        annotated(article.sentences.first(), by=annotator, label="dismissed")

        change(desk, manager, now, annotators_needed=1)

        article.refresh_from_db()
        assert article.open_candidates == 0
        assert (event().action, event().article) == ("article.finished", article)

    def test_leaves_what_is_approved_and_asks_more_of_what_is_not(
        self, desk, annotator, reviewer, manager, now
    ):
        first, second, _third = ArticleFactory(desk=desk).sentences.order_by("start")
        approved(first, annotator=annotator, reviewer=reviewer)
        annotated(second, by=annotator)

        change(desk, manager, now, annotators_needed=2)

        waiting = Verdict.objects.get(sentence=second)
        assert Verdict.objects.get(sentence=first).state == "approved"
        with pytest.raises(steps.MoreAnnotatorsNeeded):
            verdicts.approve(verdict=waiting, by=reviewer, at=now, based_on=waiting.version)

    def test_touches_no_other_desk(self, desk, manager, now):
        foreign = ArticleFactory()
        Article.objects.filter(pk=foreign.pk).update(open_candidates=7)
        someone = UserFactory(on=foreign.desk)
        annotated(foreign.sentences.last(), by=someone)
        foreign.refresh_from_db()
        counted = foreign.open_candidates

        change(desk, manager, now, annotators_needed=2)

        foreign.refresh_from_db()
        assert foreign.open_candidates == counted


class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_labels_given_meanwhile_are_counted_by_the_rule_that_stands(self, desk, manager, now):
        articles = ArticleFactory.create_batch(4, desk=desk)
        people = [UserFactory(on=desk) for _ in articles]

        outcomes = at_once(
            *[
                lambda one=one, by=by: annotated(one.sentences.first(), by=by, at=now)
                for one, by in zip(articles, people, strict=True)
            ],
            lambda: change(desk, manager, now, annotators_needed=2),
        )

        assert [one for one in outcomes if isinstance(one, Exception)] == []
        assert set(Article.objects.values_list("open_candidates", flat=True)) == {2}

    @pytest.mark.django_db(transaction=True)
    def test_a_label_that_waited_counts_by_the_new_rule(self, desk, manager, annotator, now):
        article = ArticleFactory(desk=desk)

        labelled = while_held(
            lambda: change(desk, manager, now, annotators_needed=2),
            lambda: annotated(article.sentences.first(), by=annotator, at=now),
        )

        assert not isinstance(labelled, Exception)
        article.refresh_from_db()
        assert article.open_candidates == 2

    @pytest.mark.django_db(transaction=True)
    def test_an_approval_that_waited_goes_by_the_new_rule(
        self, desk, manager, annotator, reviewer, now
    ):
        verdict = annotated(
            ArticleFactory(desk=desk).sentences.first(), by=annotator
        ).sentence.verdict

        refused = while_held(
            lambda: change(desk, manager, now, annotators_needed=2),
            lambda: verdicts.approve(
                verdict=verdict, by=reviewer, at=now, based_on=verdict.version
            ),
        )

        assert isinstance(refused, steps.MoreAnnotatorsNeeded)


class TestAnotherScale:
    @pytest.fixture
    def sentence(self, desk):
        return ArticleFactory(desk=desk).sentences.first()

    def rate(self, sentence, annotator, reviewer, now, rating=3):
        annotated(sentence, by=annotator)
        verdict = Verdict.objects.get(sentence=sentence)
        based_on = verdict.version
        return verdicts.approve(
            verdict=verdict, by=reviewer, at=now, based_on=based_on, rating=rating
        )

    def test_takes_back_approvals_with_a_rating(
        self, desk, sentence, annotator, reviewer, manager, now
    ):
        verdict = self.rate(sentence, annotator, reviewer, now)

        effect = change(desk, manager, now, rating_scale=SCALE)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.rating, verdict.approved_by) == ("proposed", None, None)
        assert (event().action, event().sentence) == ("verdict.reopened", sentence)
        assert effect.reopened == 1

    def test_leaves_approvals_without_one(self, desk, sentence, annotator, reviewer, manager, now):
        verdict = approved(sentence, annotator=annotator, reviewer=reviewer)

        change(desk, manager, now, rating_scale=SCALE)

        verdict.refresh_from_db()
        assert verdict.state == "approved"

    def test_leaves_approvals_where_other_rules_change(
        self, desk, sentence, annotator, reviewer, manager, now
    ):
        verdict = self.rate(sentence, annotator, reviewer, now)

        change(desk, manager, now, evidence_required=True)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.rating) == ("approved", 3)

    @pytest.mark.parametrize("is_retracted", [False, True])
    def test_a_correction_without_a_new_rating_keeps_the_names_of_the_old(
        self, desk, sentence, annotator, reviewer, manager, now, is_retracted
    ):
        verdict = self.rate(sentence, annotator, reviewer, now, rating=2)
        publishing.publish(article=sentence.article, by=reviewer, at=now)
        change(desk, manager, now, rating_scale=SCALE)
        verdict.refresh_from_db()
        if is_retracted:
            said = {"verdict": verdict, "note": "Non.", "by": reviewer, "at": now}
            publishing.retract(**said, based_on=verdict.version)
            verdict.refresh_from_db()

        publishing.correct(
            verdict=verdict,
            correction=Correction(label=verdict.label, note="A digit.", rationale="Recounted."),
            by=reviewer,
            at=now,
            based_on=verdict.version,
        )

        newest = Publication.objects.latest("version")
        assert (newest.rating, newest.rating_best, newest.rating_en) == (2, 3, "Mostly false")

    def test_a_correction_with_a_new_rating_takes_the_names_of_today(
        self, desk, sentence, annotator, reviewer, manager, now
    ):
        out = published(sentence, annotator=annotator, reviewer=reviewer)
        change(desk, manager, now, rating_scale=SCALE)

        publishing.correct(
            verdict=out.verdict,
            correction=Correction(label="verified", note="Rated now.", rating=2),
            by=reviewer,
            at=now,
            based_on=out.verdict.version,
        )

        newest = Publication.objects.latest("version")
        assert (newest.rating, newest.rating_best, newest.rating_en) == (2, 2, "Yes")


class TestGuidelines:
    def write(self, desk, by, now, text="Une phrase à la fois.\r\n", based_on=1):
        return desks.write_guidelines(desk=desk, text=text, by=by, at=now, based_on=based_on)

    def test_keeps_what_stood_before_in_the_trace(self, desk, manager, now):
        self.write(desk, manager, now)
        self.write(desk, manager, now + timedelta(days=1), text="Deux.", based_on=2)

        desk.refresh_from_db()
        assert desk.guidelines == "Deux."
        assert event().action == "desk.guidelines_written"
        assert event().before == {"guidelines": "Une phrase à la fois."}

    def test_refuses_to_write_over_what_one_has_not_seen(self, desk, manager, now):
        self.write(desk, manager, now)

        with pytest.raises(StaleWrite):
            self.write(desk, manager, now, text="Deux.", based_on=1)

    @pytest.mark.parametrize("text", ["a\x00b", "a" * 20_001])
    def test_refuses_what_no_page_could_show(self, desk, manager, now, text):
        with pytest.raises(BadInput):
            self.write(desk, manager, now, text=text)

    @pytest.mark.parametrize("who", ["annotator", "reviewer", "outsider"])
    def test_refuses_who_is_no_manager(self, desk, now, request, who):
        with pytest.raises(NotAllowed):
            self.write(desk, request.getfixturevalue(who), now)
