"""What the tests of new texts do and say."""

from itertools import pairwise
from uuid import uuid4

from annotations.models import Article, ExtractionRun, Verdict
from annotations.workflow import articles, extraction_runs
from annotations.workflow.intake import Draft
from annotations.workflow.tagging import Item

ONE = "Le budget de la ville atteint 3 millions d’euros cette année."
TWO = "La maire a annoncé mardi la fermeture de deux écoles du centre."
THREE = "Les parents de 52 élèves iront au tribunal en juin."
FOUR = "Le tramway transporte 12 000 voyageurs par jour."
NEW = "Une association a compté 300 manifestants devant la mairie."
TEXT = "\n\n".join((f"{ONE} {TWO}", THREE, FOUR))
PROOF = Item("https://source.example/a", "A", "q", "supports", "")
State = Verdict.State


def added(desk, text, *, by, at):
    run = articles.add(desk=desk, draft=Draft(text=text, language="fr"), by=by, at=at)
    extract(run, at)
    return Article.objects.get(current_run=run)


def extract(run, at):
    extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=lambda: at)
    run.refresh_from_db()
    assert run.state == ExtractionRun.State.SUCCEEDED


def of(article, exact):
    return article.sentences.get(exact=exact)


def current(article):
    return list(article.sentences.filter(revision=article.current_revision).order_by("start"))


def assert_whole(article):
    """Every sentence is its text, none overlaps another, and they are numbered in their order."""
    for revision in article.revisions.all():
        found = list(revision.sentences.order_by("start"))
        assert all(one.exact == revision.text[one.start : one.end] for one in found)
        assert all(one.end <= after.start for one, after in pairwise(found))
    assert [one.index for one in current(article)] == list(range(len(current(article))))
