from contextlib import suppress
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.extraction import Span
from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Comment,
    Evidence,
    Publication,
    Verdict,
)
from annotations.workflow import (
    articles,
    comments,
    cutting,
    publishing,
    revisions,
    undoing,
    verdicts,
)
from annotations.workflow.errors import WorkflowError
from annotations.workflow.intake import Draft
from tests.factories import annotated, sent_back
from tests.workflow.revisions.steps import (
    FOUR,
    NEW,
    ONE,
    PROOF,
    THREE,
    TWO,
    State,
    assert_whole,
    current,
    extract,
)

SENTENCES = st.sampled_from([ONE, ONE.replace("3", "4"), TWO, THREE, FOUR, NEW, "Oui.", "🙂 Fin."])
TEXTS = st.lists(st.tuples(SENTENCES, st.sampled_from([" ", "\n\n"])), min_size=1, max_size=7)
SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class TestAnyTexts:
    @SLOW
    @given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3), st.randoms(use_true_random=False))
    def test_lose_nothing_that_was_said(self, desk, annotator, reviewer, now, first, later, chance):
        address = f"https://journal.example/{uuid4()}"
        draft = Draft(text=joined(first), language="fr", source_url=address)
        run = articles.add(desk=desk, draft=draft, by=annotator, at=now)
        extract(run, now)
        article = Article.objects.get(current_run=run)

        for new in later:
            work(article, chance, annotator, reviewer, now)
            before, worked = kept_for_good(article), worked_here(article)
            asked = asked_in(article)
            published_ = list(Publication.objects.filter(article=article).values())
            carried = revised(article, joined(new), by=annotator, at=now)
            if carried is None:
                continue
            fates = [
                *(one.pk for one in carried.kept if one.pk in worked),
                *(one.sentence.pk for one in (*carried.changed, *carried.gone)),
            ]
            assert sorted(fates) == sorted(worked)
            assert_whole(article)
            assert_follows(article)
            assert asked_in(article) == asked
            extract(article.current_run, now)
            assert_whole(article)
            assert_follows(article)
            assert kept_for_good(article) == before
            assert list(Publication.objects.filter(article=article).values()) == published_
            assert covered(article)


def joined(parts):
    return "".join(exact + gap for exact, gap in parts)


def work(article, chance, annotator, reviewer, now):
    """Work on some sentences of the newest text in any way, and publish what is approved."""
    people = annotator, reviewer
    for one in current(article):
        with suppress(WorkflowError):  # labelled, published or merged already
            if step := chance.choice([None, label, label, *STEPS]):
                step(one, *people, now, chance)
    if chance.random() < 0.5 and article.verdicts.filter(state=State.APPROVED).exists():
        publishing.publish(article=article, by=reviewer, at=now)


def label(one, annotator, _reviewer, _now, _chance):
    annotated(one, by=annotator, rationale="Vu.", evidence=[PROOF])


def comment(one, annotator, _reviewer, now, _chance):
    comments.add(sentence=one, text="?", by=annotator, at=now)


def approve(one, annotator, reviewer, now, chance):
    label(one, annotator, reviewer, now, chance)
    verdict = Verdict.objects.get(sentence=one)
    verdicts.approve(verdict=verdict, by=reviewer, at=now, based_on=verdict.version)


def ask(one, annotator, reviewer, now, chance):
    label(one, annotator, reviewer, now, chance)
    sent_back(one, by=reviewer, comment=f"{uuid4()} ?")


def split(one, annotator, _reviewer, now, chance):
    middle, seen = one.start + chance.randrange(len(one.exact)), Span(one.start, one.end)
    cutting.split(sentence=one, offset=middle, by=annotator, at=now, based_on=seen)


def merge(one, annotator, _reviewer, now, _chance):
    seen = Span(one.start, one.end)
    cutting.merge(sentence=one, by=annotator, at=now, based_on=seen)


def undo(one, annotator, _reviewer, now, _chance):
    undoing.undo(by=annotator, at=now, article=one.article)


STEPS = (comment, approve, ask, split, merge, undo)


def worked_here(article):
    said = article.sentences.filter(revision=article.current_revision)
    return {one.pk for one in said if one.annotations.exists() or one.comments.exists()}


def asked_in(article):
    """What reviewers asked that nobody answered, by sentence, also of those that left the text."""
    asked = {}
    for event in AuditEvent.objects.filter(article=article, action="sentence.gone").order_by("pk"):
        asked[event.sentence_id] = event.before.get("asked")
    for one in article.verdicts.filter(sentence__revision=article.current_revision):
        asked[one.sentence_id] = one.comment if one.state == State.RETURNED else None
    return {sentence: comment for sentence, comment in asked.items() if comment}


def assert_follows(article):
    """What is said of a sentence now is said of its words, or is sent back with those of before."""
    for one in current(article):
        verdict = Verdict.objects.filter(sentence=one).first()
        if verdict is None or verdict.state in Verdict.PUBLIC:
            continue
        given = [said.words for said in one.annotations.given()]
        assert verdict.annotators == given.count(one.exact)
        is_other = bool(given) and not verdict.annotators
        assert verdict.was == (given[-1] if is_other else "")
        assert (verdict.state == State.RETURNED) == (is_other or verdict.comment != "")
        assert given or verdict.state == State.PROPOSED


def revised(article, text, *, by, at):
    article.refresh_from_db()
    try:
        _, carried = revisions.revise(
            article=article, draft=Draft(text=text), by=by, at=at, based_on=article.version
        )
    except revisions.Unchanged:
        return None
    article.refresh_from_db()
    return carried


def kept_for_good(article):
    """All that people wrote, by the sentence that they wrote it of."""
    names = ("pk", "sentence", "author", "label", "rationale")
    mine = {"sentence__article": article}
    return [
        list(Annotation.objects.filter(**mine).order_by("pk").values(*names)),
        list(Comment.objects.filter(**mine).order_by("pk").values()),
        list(
            Evidence.objects.filter(annotation__sentence__article=article).order_by("pk").values()
        ),
    ]


def covered(article):
    """Tell whether every word of the newest text is in one of its sentences."""
    outside = [*article.current_revision.text]
    for one in current(article):
        outside[one.start : one.end] = " " * (one.end - one.start)
    return not "".join(outside).strip()
