"""Eight people who publish, correct and retract at once; they can be interrupted and go on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from django.db import connection, models

from annotations.models import Article, Publication, User, Verdict
from annotations.workflow import publishing
from annotations.workflow.publishing import Correction
from bench import newsroom

WRITERS, FIRST_WRITER = 8, 11  # numbers of people who manage the desk
Step = Callable[[Verdict, User], object]


@contextmanager
def at_work() -> Iterator[Sequence[Future[None]]]:
    """Have them work through all articles, an eighth each; stop them where it ends early."""
    articles = list(Article.objects.order_by("pk"))
    people = User.objects.filter(pk__gte=FIRST_WRITER).order_by("pk")[:WRITERS]
    stop = Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        try:
            yield [
                pool.submit(_write, articles[number::WRITERS], by, stop)
                for number, by in enumerate(people)
            ]
        finally:
            stop.set()


def are_done(work: Sequence[Future[None]]) -> bool:
    """Say whether all are; what went wrong with one of them is raised at once."""
    done = [one for one in work if one.done()]
    for one in done:
        one.result()
    return len(done) == len(work)


def published() -> int:
    return Publication.objects.filter(kind=Publication.Kind.ORIGINAL).count()


def _write(articles: Sequence[Article], by: User, stop: Event) -> None:
    try:
        for article in articles:
            if stop.wait(0):
                return
            _work_through(article, by)
    finally:
        connection.close()


def _work_through(article: Article, by: User) -> None:
    """Publish an article, then correct and retract some of it: what was not done already."""
    if article.verdicts.filter(state=Verdict.State.APPROVED).exists():
        publishing.publish(article=article, by=by, at=newsroom.MADE_AT)
    versions = Counter(article.publications.values_list("verdict", flat=True))
    for number, verdict in enumerate(_in_order(article)):
        for step in _steps(number)[versions[verdict.pk] - 1 :]:
            step(verdict, by)
            verdict.refresh_from_db(fields=["version"])


def _in_order(article: Article) -> "models.QuerySet[Verdict]":
    return article.verdicts.order_by("sentence__start")


def _steps(number: int) -> Sequence[Step]:
    """Say what becomes of the n-th sentence of an article after it came out."""
    return [_correct] * (number % 3 == 0) + [_retract] * (number % 4 == 0)


def _correct(verdict: Verdict, by: User) -> None:
    publishing.correct(
        verdict=verdict,
        correction=Correction(label="disputed", note="A newer table came out: “4”."),
        by=by,
        at=newsroom.MADE_AT,
        based_on=verdict.version,
    )


def _retract(verdict: Verdict, by: User) -> None:
    publishing.retract(
        verdict=verdict,
        note="The table was wrong.",
        by=by,
        at=newsroom.MADE_AT,
        based_on=verdict.version,
    )
