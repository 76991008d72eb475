import threading
import time

import pytest
from django.db import connection, transaction
from django.db.models import Max, Min

from annotations.models import Publication
from annotations.workflow import publishing
from tests.concurrency import at_once
from tests.factories import ArticleFactory, annotated, approved


class TestSequenceAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_has_no_gap_and_no_reader_sees_one(self, desk, annotator, reviewer, now):
        articles = [ArticleFactory(desk=desk, sentences=3) for _ in range(16)]
        for article in articles:
            for sentence in article.sentences.all():
                approved(sentence, annotator=annotator, reviewer=reviewer)
        log, ended = [], threading.Event()

        outcomes = at_once(
            lambda: follow_log(desk, log, ended),
            *[
                lambda mine=articles[n::8], n=n: publish_all(mine, n, ended, by=reviewer, at=now)
                for n in range(8)
            ],
        )

        assert [one for one in outcomes if one is not None] == []
        numbers = Publication.objects.filter(desk=desk).in_log_order()
        assert list(numbers.values_list("sequence", flat=True)) == list(range(1, 49))
        assert log == list(range(1, 49))


def publish_all(articles, number, ended, *, by, at):
    """Publish some articles, each once in vain before; whoever is last ends the reader."""
    for article in articles:
        with transaction.atomic():
            publishing.publish(article=article, by=by, at=at)
            time.sleep(0.002 * number)
            transaction.set_rollback(True)
        publishing.publish(article=article, by=by, at=at)
    if Publication.objects.aggregate(last=Max("sequence"))["last"] == 48:
        ended.set()


def follow_log(desk, log, ended):
    """Poll as a publisher does: from the last number seen, never looking back."""
    while True:
        is_last = ended.is_set()
        last = log[-1] if log else 0
        new = Publication.objects.filter(desk=desk, sequence__gt=last).in_log_order()
        log.extend(new.values_list("sequence", flat=True))
        if is_last:
            return
        ended.wait(0.001)


class TestLogOrder:
    @pytest.mark.django_db(transaction=True)
    def test_holds_whoever_publishes_second_until_the_first_is_visible(
        self, desk, annotator, reviewer, now
    ):
        first, second = (ArticleFactory(desk=desk) for _ in range(2))
        for article in (first, second):
            approved(article.sentences.first(), annotator=annotator, reviewer=reviewer)
        started = threading.Event()

        def slow():
            with transaction.atomic():
                publishing.publish(article=first, by=reviewer, at=now)
                started.set()
                time.sleep(0.3)

        def quick():
            started.wait(10)
            publishing.publish(article=second, by=reviewer, at=now)
            return Publication.objects.aggregate(Min("sequence"), Max("sequence"))

        _, seen = at_once(slow, quick)

        assert seen == {"sequence__min": 1, "sequence__max": 2}
        assert list(first.publications.values_list("sequence", flat=True)) == [1]

    @pytest.mark.django_db(transaction=True)
    def test_lets_others_work_on_the_desk_while_somebody_publishes(
        self, desk, annotator, reviewer, now
    ):
        article, other = (ArticleFactory(desk=desk) for _ in range(2))
        approved(article.sentences.first(), annotator=annotator, reviewer=reviewer)
        started, done = threading.Event(), threading.Event()

        def publish():
            with transaction.atomic():
                publishing.publish(article=article, by=reviewer, at=now)
                started.set()
                return done.wait(10)

        def annotate():
            started.wait(10)
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            annotated(other.sentences.first(), by=annotator)
            done.set()

        assert at_once(publish, annotate) == [True, None]
