"""Queue and workbench say the same of what is left to do, and count every sentence once."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.models import Annotation, Article, Verdict
from annotations.workflow import publishing, revisions, tagging, verdicts
from annotations.workflow.errors import WorkflowError
from annotations.workflow.intake import Draft
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory

QUEUE = reverse("editor:queue")
ROLES = {"first": "annotator", "second": "annotator", "reviewer": "reviewer"}
STEPS = ("verified", "disputed", "dismissed", "withdraw", "approve", "return", "adjudicate")
STEP = st.tuples(
    st.sampled_from([*STEPS, "publish", "retract", "new text"]),
    st.sampled_from(sorted(ROLES)),
    st.integers(0, 2),
)
SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class House:
    """A desk at work on an article of five sentences, of which three are candidates."""

    def __init__(self, **rules):
        self.desk = DeskFactory(second_person_approves=False, **rules)
        self.people = {name: UserFactory(on=self.desk, role=role) for name, role in ROLES.items()}
        self.article = ArticleFactory(desk=self.desk, sentences=5)
        self.candidates = list(self.article.sentences.filter(index__in=[0, 2, 4]))
        self.at = AT

    def take(self, step, who, index):
        """Take a step as a person would; what is refused changes nothing."""
        self.at += timedelta(minutes=1)
        hand = {"by": self.people[who], "at": self.at}
        sentence = self.candidates[index]
        verdict = Verdict.objects.filter(sentence=sentence).first()
        try:
            if step in ("verified", "disputed", "dismissed", "withdraw"):
                self.label(sentence, "" if step == "withdraw" else step, hand)
            elif step == "new text":
                self.revise(sentence, hand)
            elif step == "publish":
                publishing.publish(article=self.article, **hand)
            elif verdict is not None:
                self.review(step, verdict, hand)
        except WorkflowError:
            pass

    def label(self, sentence, label, hand):
        own = Annotation.objects.filter(sentence=sentence, author=hand["by"]).first()
        opinion = tagging.Opinion(label)
        seen = own.version if own else 0
        tagging.annotate(sentence=sentence, opinion=opinion, based_on=seen, **hand)

    def review(self, step, verdict, hand):
        hand |= {"verdict": verdict, "based_on": verdict.version}
        if step == "approve":
            verdicts.approve(**hand)
        elif step == "return":
            verdicts.send_back(comment="Which year?", **hand)
        elif step == "adjudicate":
            verdicts.adjudicate(decision=verdicts.Decision("unverified", "So."), **hand)
        else:
            publishing.retract(note="False.", **hand)

    def revise(self, sentence, hand):
        """Replace the sentence's figure, so that its labels are of other words."""
        self.article.refresh_from_db()
        text = self.article.current_revision.text
        sentence = self.article.current_revision.sentences.filter(pk=sentence.pk).first()
        if sentence is not None:
            words = sentence.exact.replace("le total", "le montant")
            draft = Draft(text=text[: sentence.start] + words + text[sentence.end :])
            seen = self.article.version
            revisions.revise(article=self.article, draft=draft, based_on=seen, **hand)

    def told(self, who):
        """What this person is told is left: by the queue, its bar, the workbench."""
        client = Client()
        client.force_login(self.people[who])
        [row] = client.get(QUEUE).context["rows"]
        page = client.get(reverse("editor:article", args=[self.article.pk])).context
        left = len(page["candidates"]) - page["decided"]
        return dict(row.counts), left, page


class TestProgress:
    @SLOW
    @given(
        needed=st.integers(1, 2),
        is_blind=st.booleans(),
        steps=st.lists(STEP, min_size=1, max_size=8),
    )
    def test_is_told_alike_by_queue_and_workbench(self, db, needed, is_blind, steps):
        with transaction.atomic():
            house = House(annotators_needed=needed, is_blind=is_blind)
            for step in steps:
                house.take(*step)

            for who in ROLES:
                counts, left, page = house.told(who)
                assert counts.get("left", 0) == left
                if not is_blind and len(page["candidates"]) == len(house.candidates):
                    labelled = [one for one in page["readings"] if one.mark and one.is_decided]
                    assert sum(counts.values()) == len(labelled) + left
            transaction.set_rollback(True)

    @pytest.mark.parametrize("who", sorted(ROLES))
    def test_counts_what_was_returned_once_as_left_to_do(self, db, who):
        house = House()
        house.take("verified", "first", 0)
        assert house.told(who)[0] == {"verified": 1, "left": 2}

        house.take("return", "reviewer", 0)

        assert house.told(who)[:2] == ({"left": 3}, 3)
        house.article.refresh_from_db()
        assert house.article.open_candidates == 3
        house.take("disputed", "second", 0)
        assert house.told(who)[0] == {"contested": 1, "left": 2}

    def test_leaves_to_oneself_only_what_waits_for_oneself(self, db):
        house = House(annotators_needed=2)
        house.take("verified", "first", 0)

        assert house.told("first")[0] == {"verified": 1, "left": 2}
        assert house.told("second")[0] == {"left": 3}
        house.take("verified", "second", 0)
        assert house.told("reviewer")[0] == {"verified": 1, "left": 2}

    def test_takes_the_same_queries_however_many_articles_wait_for_colleagues(
        self, db, django_assert_max_num_queries
    ):
        house = House(annotators_needed=2)
        for article in [house.article, *ArticleFactory.create_batch(5, desk=house.desk)]:
            house.label(
                article.sentences.first(), "verified", {"by": house.people["first"], "at": AT}
            )
        client = Client()
        client.force_login(house.people["first"])

        with django_assert_max_num_queries(9):
            rows = client.get(QUEUE).context["rows"]

        assert [dict(row.counts)["verified"] for row in rows] == [1] * 6


class TestMigration:
    def test_counts_what_is_left_as_the_workflow_does(self, db):
        recount = import_module("annotations.migrations.0033_what_is_left_to_check").RECOUNT
        house = House(annotators_needed=2)
        for step in (
            ("verified", "first", 0),
            ("disputed", "second", 0),
            ("return", "reviewer", 0),
        ):
            house.take(*step)
        house.take("verified", "first", 1)
        house.take("adjudicate", "reviewer", 1)
        house.article.refresh_from_db()
        assert house.article.open_candidates == 2
        Article.objects.update(open_candidates=9)

        with connection.cursor() as cursor:
            cursor.execute(recount)

        house.article.refresh_from_db()
        assert house.article.open_candidates == 2
