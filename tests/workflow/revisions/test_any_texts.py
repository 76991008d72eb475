from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.models import Annotation, Article, Comment, Evidence, Publication, Verdict
from annotations.workflow import articles, comments, publishing, revisions, verdicts
from annotations.workflow.errors import WorkflowError
from annotations.workflow.intake import Draft
from tests.factories import annotated
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
    max_examples=25,
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
            extract(article.current_run, now)
            assert_whole(article)
            assert kept_for_good(article) == before
            assert list(Publication.objects.filter(article=article).values()) == published_
            assert covered(article)


def joined(parts):
    return "".join(exact + gap for exact, gap in parts)


def work(article, chance, annotator, reviewer, now):
    """Label, comment on, approve and publish some sentences of the newest text."""
    for one in current(article):
        step = chance.choice(["nothing", "label", "comment", "approve"])
        try:
            if step in {"label", "approve"}:
                annotated(one, by=annotator, rationale="Vu.", evidence=[PROOF])
            if step == "approve":
                verdict = Verdict.objects.get(sentence=one)
                seen = {"based_on": verdict.version}
                verdicts.approve(verdict=verdict, by=reviewer, at=now, **seen)
            if step == "comment":
                comments.add(sentence=one, text="?", by=annotator, at=now)
        except WorkflowError:
            continue  # labelled or published already
    if chance.random() < 0.5 and article.verdicts.filter(state=State.APPROVED).exists():
        publishing.publish(article=article, by=reviewer, at=now)


def worked_here(article):
    said = article.sentences.filter(revision=article.current_revision)
    return {one.pk for one in said if one.annotations.exists() or one.comments.exists()}


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
