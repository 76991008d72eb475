"""What the pages offer is what the workflow accepts: each step, whoever looks, in every state."""

import pytest
from django.db import transaction
from django.urls import reverse

from annotations.models import Article, Desk, Verdict
from annotations.workflow import publishing, verdicts
from annotations.workflow.errors import WorkflowError
from tests.editor.conftest import html_of, logged_in
from tests.factories import AT, ArticleFactory, UserFactory, annotated, published, sent_back

State = Verdict.State
OWN = "You labelled this sentence: another reviewer decides."
RULES = {
    "two-people": {},
    "one-person": {"second_person_approves": False},
    "evidence": {"evidence_required": True},
    "two-annotators": {"annotators_needed": 2},
}
MARKS = {
    "approve": "data-approve>",
    "return": 'data-form="return"',
    "adjudicate": 'data-form="adjudicate"',
    "publish": "data-publish>",
    "correct": "/correct/",
    "retract": "/retract/",
}


class Tried(Exception):
    """Ends a step that was accepted, so that it leaves nothing behind."""


@pytest.fixture
def sentence(desk):
    return ArticleFactory(desk=desk).sentences.first()


@pytest.fixture
def bring_to(desk, sentence):
    """Lead a sentence that somebody labels first to a state, by others."""
    chief, colleague = UserFactory(on=desk, role="manager"), UserFactory(on=desk)

    def bring_to(state, *, labelled_by):
        if state in Verdict.PUBLIC:
            published(sentence, annotator=labelled_by, reviewer=chief)
        else:
            annotated(sentence, by=labelled_by)
        found = Verdict.objects.get()
        how = {"verdict": found, "by": chief, "at": AT, "based_on": found.version}
        if state == State.CONTESTED:
            annotated(sentence, by=colleague, label="disputed")
        elif state == State.RETURNED:
            sent_back(sentence, by=chief)
        elif state == State.APPROVED:
            verdicts.approve(**how)
        elif state == State.RETRACTED:
            publishing.retract(note="Wrong.", **how)
        found.refresh_from_db()
        assert found.state == state
        return found

    return bring_to


def offered(person):
    """Read from the pages which steps they offer with the only verdict there is."""
    client = logged_in(person)
    pages = [html_of(client.get(reverse(f"editor:{one}"))) for one in ("review", "publications")]
    return {step for step, mark in MARKS.items() if any(mark in page for page in pages)}


def accepted(verdict, person):
    """Try each step; a decision counts where annotators differ, which is where pages offer it."""
    tried = {step for step in MARKS if _is_accepted(step, verdict, person)}
    return tried if verdict.state == State.CONTESTED else tried - {"adjudicate"}


def _is_accepted(step, verdict, person):
    try:
        with transaction.atomic():
            _take(step, verdict, person)
            raise Tried
    except WorkflowError:
        return False
    except Tried:
        return True


def _take(step, verdict, person):
    who = {"by": person, "at": AT}
    how = who | {"verdict": Verdict.objects.get(pk=verdict.pk), "based_on": verdict.version}
    match step:
        case "approve":
            verdicts.approve(**how)
        case "return":
            verdicts.send_back(comment="Which year?", **how)
        case "adjudicate":
            decision = verdicts.Decision("unverified", "Nobody knows.")
            verdicts.adjudicate(decision=decision, **how)
        case "publish":
            publishing.publish(article=Article.objects.get(), **who)
        case "correct":
            correction = publishing.Correction(label="unverified", note="Nobody knows.")
            publishing.correct(correction=correction, **how)
        case "retract":
            publishing.retract(note="Wrong.", **how)


class TestEachStep:
    @pytest.mark.parametrize("rules", RULES)
    @pytest.mark.parametrize("is_own", [True, False], ids=["own", "another's"])
    @pytest.mark.parametrize("role", ["annotator", "reviewer", "manager"])
    @pytest.mark.parametrize("state", State.values)
    def test_is_offered_where_it_is_accepted(
        self, desk, annotator, bring_to, state, role, is_own, rules
    ):
        person = UserFactory(on=desk, role=role)
        verdict = bring_to(state, labelled_by=person if is_own else annotator)
        Desk.objects.update(**RULES[rules])

        assert offered(person) == accepted(verdict, person)

    @pytest.mark.parametrize("state", State.values)
    def test_is_not_offered_to_another_desk(self, outsider, annotator, bring_to, state):
        verdict = bring_to(state, labelled_by=annotator)

        assert offered(outsider) == accepted(verdict, outsider) == set()

    @pytest.mark.parametrize("state", ["proposed", "contested", "published", "retracted"])
    def test_is_kept_from_who_labelled_the_sentence_and_the_page_says_so(
        self, reviewer, bring_to, state
    ):
        bring_to(state, labelled_by=reviewer)
        page = "review" if state in Verdict.AWAITING_REVIEW else "publications"

        told = html_of(logged_in(reviewer).get(reverse(f"editor:{page}")))

        assert told.count(OWN) == 1

    def test_is_not_offered_again_with_its_refusal(self, reviewer, as_reviewer, bring_to):
        verdict = bring_to(State.PROPOSED, labelled_by=reviewer)
        address = reverse("editor:verdict-approve", args=[verdict.pk])

        page = html_of(as_reviewer.post(address, {"version": verdict.version}))

        assert MARKS["approve"] not in page

    def test_keeps_what_was_typed_before_it_was_no_longer_offered(
        self, reviewer, as_reviewer, sentence, bring_to
    ):
        verdict = bring_to(State.CONTESTED, labelled_by=reviewer)
        address = reverse("editor:verdict-adjudicate", args=[verdict.pk])
        typed = {"label": "disputed", "rationale": "The later source."}

        page = html_of(as_reviewer.post(address, {"version": verdict.version} | typed))

        assert "The later source.</textarea>" in page


class TestApproveAll:
    def test_counts_what_is_accepted(self, desk, annotator, reviewer, as_reviewer):
        Desk.objects.update(evidence_required=True)
        article = ArticleFactory(desk=desk, sentences=6)
        own, bare, refuted, *fit, dismissed = article.sentences.order_by("start")
        annotated(own, by=reviewer, label="unverified")
        annotated(bare, by=annotator, label="verified")
        annotated(refuted, by=annotator, label="unverified")
        annotated(refuted, by=UserFactory(on=desk), label="disputed")
        annotated(dismissed, by=annotator, label="dismissed")
        for one in fit:
            annotated(one, by=annotator, label="unverified")

        page = html_of(as_reviewer.get(reverse("editor:review")))
        seen = dict(Verdict.objects.values_list("pk", "version"))
        done, refused = verdicts.approve_all(article=article, seen=seen, by=reviewer, at=AT)

        assert len(done) == page.count('name="verdict"') == 2
        assert f"<span data-number>{len(done)}</span>" in page
        assert len(refused) == 4
