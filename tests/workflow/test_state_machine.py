"""Whatever people do with a sentence, in whatever order, the desk's rules hold."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Candidate,
    Label,
    Publication,
    Verdict,
)
from annotations.workflow import publishing, tagging, undoing, verdicts
from annotations.workflow.errors import WorkflowError
from annotations.workflow.publishing import Correction
from annotations.workflow.steps import TRANSITIONS
from annotations.workflow.tagging import Item, Opinion
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory

State = Verdict.State
PEOPLE = st.sampled_from(["first", "second", "reviewer"])
REVIEWERS = st.sampled_from(["second", "reviewer"])
LABELS = st.sampled_from(Label.values)
CLAIMS = st.sampled_from(["verified", "unverified", "disputed"])
EVIDENCE = st.sampled_from([None, (), (Item("https://journal.example/"),)])
OPEN = {State.PROPOSED, State.CONTESTED, State.RETURNED, State.APPROVED}

REACH = {(source, one.target) for one in TRANSITIONS.values() for source in one.sources}
REACH |= {(State.APPROVED, State.PUBLISHED), (None, State.PROPOSED)}
REACH |= {(State.RETURNED, State.RETURNED)}  # where a label is withdrawn, that is no answer
REACH |= {(source, target) for source in OPEN for target in (State.PROPOSED, State.CONTESTED)}


def where(*states):
    """Try a rule only while the verdict is in one of these states."""
    return precondition(lambda self: self.seen[0] in states)


class Desk(RuleBasedStateMachine):
    """Two annotators, one of whom may also review, and a reviewer.

    Only what the state might allow is tried: the refusals have tests of their own.
    """

    @initialize(
        rules=st.fixed_dictionaries(
            {
                "second_person_approves": st.booleans(),
                "evidence_required": st.booleans(),
                "annotators_needed": st.integers(1, 2),
            }
        )
    )
    def open_a_desk(self, rules):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.desk = DeskFactory(**rules)
        roles = {"first": "annotator", "second": "reviewer", "reviewer": "reviewer"}
        self.people = {name: UserFactory(on=self.desk, role=role) for name, role in roles.items()}
        self.article = ArticleFactory(desk=self.desk, sentences=3)
        self.sentence = self.article.sentences.get(index=0)
        self.at, self.log, self.seen = AT, [], (None, 0, 0)

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @where(None, *OPEN)
    @rule(who=PEOPLE, label=LABELS, evidence=EVIDENCE)
    def annotate(self, who, label, evidence):
        opinion = Opinion(label, evidence=evidence)
        self.attempt(
            tagging.annotate, who, sentence=self.sentence, opinion=opinion, based_on=self.own(who)
        )

    @where(*OPEN)
    @rule(who=PEOPLE)
    def withdraw(self, who):
        self.attempt(tagging.withdraw, who, sentence=self.sentence, based_on=self.own(who))

    @where(*OPEN)
    @rule(who=PEOPLE)
    def undo(self, who):
        self.attempt(undoing.undo, who, article=self.article)

    @where(*OPEN)
    @rule(who=PEOPLE)
    def redo(self, who):
        self.attempt(undoing.redo, who, article=self.article)

    @where(State.PROPOSED, State.CONTESTED)
    @rule(who=REVIEWERS, rating=st.sampled_from([None, 1, 3]))
    def approve(self, who, rating):
        self.review(verdicts.approve, who, rating=rating)

    @where(*OPEN)
    @rule(who=REVIEWERS)
    def send_back(self, who):
        self.review(verdicts.send_back, who, comment="Encore.")

    @where(*OPEN)
    @rule(who=REVIEWERS, label=LABELS)
    def adjudicate(self, who, label):
        self.review(verdicts.adjudicate, who, decision=verdicts.Decision(label, "Voilà."))

    @where(*OPEN)
    @rule(who=REVIEWERS)
    def publish(self, who):
        self.attempt(publishing.publish, who, article=self.article)

    @where(*Verdict.PUBLIC)
    @rule(who=REVIEWERS, label=CLAIMS, evidence=EVIDENCE)
    def correct(self, who, label, evidence):
        correction = Correction(label, note="Revu.", evidence=evidence)
        self.review(publishing.correct, who, correction=correction)

    @where(*Verdict.PUBLIC)
    @rule(who=REVIEWERS)
    def retract(self, who):
        self.review(publishing.retract, who, note="Faux.")

    @invariant()
    def the_verdict_moves_only_along_its_transitions(self):
        state, version, events = self.now()
        before, version_before, events_before = self.seen
        if version != version_before:
            assert (before, state) in REACH
            assert version > version_before
            assert events > events_before
        else:
            assert (state, events) == (before, events_before)
        self.seen = (state, version, events)

    @invariant()
    def what_was_published_stays(self):
        rows = list(Publication.objects.filter(desk=self.desk).in_log_order().values())
        assert rows[: len(self.log)] == self.log
        assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
        assert [row["version"] for row in rows] == list(range(1, len(rows) + 1))
        assert len(rows) - len(self.log) <= 1
        self.log = rows

    @invariant()
    def what_is_public_was_approved(self):
        verdict = self.verdict()
        last = Publication.objects.filter(desk=self.desk).in_log_order().last()
        assert bool(last) == (verdict is not None and verdict.state in Verdict.PUBLIC)
        if last and verdict.state == State.PUBLISHED:
            assert last.label == verdict.label != Label.DISMISSED
        if last and verdict.state == State.RETRACTED:
            assert (last.kind, last.label) == ("retraction", "")

    @invariant()
    def nobody_approves_their_own_work(self):
        verdict = self.verdict()
        if self.desk.second_person_approves and verdict and verdict.approved_by:
            authors = Annotation.objects.given().filter(sentence=self.sentence)
            assert verdict.approved_by_id not in authors.values_list("author", flat=True)

    @invariant()
    def evidence_is_there_where_the_desk_wants_it(self):
        verdict = self.verdict()
        if self.desk.evidence_required and verdict and verdict.state == State.APPROVED:
            assert verdict.has_evidence or verdict.label == Label.UNVERIFIED

    @invariant()
    def the_count_of_what_is_left_is_right(self):
        done = [
            one.pk
            for one in Verdict.objects.filter(article=self.article)
            if one.state in Verdict.DECIDED
            or (one.annotators >= self.desk.annotators_needed and one.state != State.RETURNED)
        ]
        left = Candidate.objects.proposed().filter(sentence__article=self.article)
        fresh = left.exclude(sentence__verdict__in=done).count()
        assert Article.objects.get(pk=self.article.pk).open_candidates == fresh

    def attempt(self, action, who, **arguments):
        """Do it as a person would; a refusal must leave everything as it was."""
        self.at += timedelta(minutes=1)
        before = self.now()
        try:
            with transaction.atomic():
                action(by=self.people[who], at=self.at, **arguments)
        except WorkflowError:
            assert self.now() == before

    def review(self, action, who, **arguments):
        verdict = self.verdict()
        if verdict is not None:
            self.attempt(action, who, verdict=verdict, based_on=verdict.version, **arguments)

    def now(self):
        verdict = self.verdict()
        events = AuditEvent.objects.filter(desk=self.desk).count()
        return (verdict.state, verdict.version, events) if verdict else (None, 0, events)

    def verdict(self):
        return Verdict.objects.filter(sentence=self.sentence).first()

    def own(self, who):
        mine = Annotation.objects.filter(sentence=self.sentence, author=self.people[who]).first()
        return mine.version if mine else 0


def test_the_rules_hold_whatever_people_do(db):
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
