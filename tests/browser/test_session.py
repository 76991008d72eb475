"""A session as it goes on a bad day: cut networks, a restart, a lost worker, a busy colleague."""

from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from annotations import tasks
from annotations.models import Annotation, AuditEvent, Evidence, ExtractionRun
from annotations.workflow import articles, intake, tagging
from factcheck import local
from tests.browser.conftest import WIDE, session_of
from tests.conftest import wait_until, web_process, worker_process
from tests.factories import ArticleFactory, DeskFactory, UserFactory
from tests.tasks.conftest import kill_group, wait_with_watch

KEYS = {"v": "verified", "u": "unverified", "d": "disputed", "n": "dismissed"}
SENTENCES = 40
PATIENCE_MS = 60_000


@pytest.fixture
def desk(transactional_db):
    return DeskFactory(name="Politics", annotators_needed=2)


@pytest.fixture
def article(desk):
    """Every other sentence is a candidate."""
    return ArticleFactory(desk=desk, sentences=2 * SENTENCES)


@pytest.fixture
def impatient(monkeypatch, settings):
    """Count a silent run as lost after two seconds, here and in what is started here."""
    monkeypatch.setenv("RUN_SILENCE_SECONDS", "2")
    settings.RUN_SILENCE = timedelta(seconds=2)


class Web:
    """A web server that is stopped and started again at the same address."""

    def __init__(self, stack):
        self._stack, self._running = stack, ExitStack()
        self.port = self._running.enter_context(web_process())
        stack.callback(lambda: self._running.close())

    @contextmanager
    def stopped(self):
        self._running.close()
        yield
        self._running.enter_context(web_process(port=self.port))


class Journalist:
    """Goes from sentence to sentence with the keys alone, and knows what should be kept of it."""

    def __init__(self, page):
        self._page = page
        self.meant = []

    def clear(self, number):
        for _ in range(number):
            self._clear_one(len(self.meant))

    def _clear_one(self, place):
        key = list(KEYS)[place % len(KEYS)]
        rationale = f"Reason {place}." if place % 4 == 1 else ""
        url = f"https://source.example/{place}" if place % 5 == 2 else ""
        self._write("r", rationale)
        self._write("e", url)
        self._page.keyboard.press(key)
        self.meant.append((KEYS[key], rationale, [url] if url else []))

    def _write(self, key, words):
        if words:
            self._page.keyboard.press(key)
            self._page.keyboard.type(words)
            self._page.keyboard.press("Escape")


def kept(user, article):
    """What the database has of somebody in an article, in reading order."""
    said = Annotation.objects.filter(author=user, sentence__article=article)
    return [
        (one.label, one.rationale, [item.url for item in one.evidence.order_by("position")])
        for one in said.order_by("sentence__start")
    ]


def lose_a_worker(desk, by):
    """Have a worker killed at an article; another one does it."""
    draft = intake.Draft(
        text="En 2024, la ville a dépensé 2 millions d’euros. " * 200, language="fr"
    )
    with worker_process(name="lost", concurrency=1) as process:
        run = articles.add(desk=desk, draft=draft, by=by, at=timezone.now())
        tasks.send(run)
        wait_until(lambda: ExtractionRun.objects.get(pk=run.pk).state != "queued")
        kill_group(process)
    with worker_process(name="next", concurrency=1):
        wait_with_watch(lambda: ExtractionRun.objects.get(pk=run.pk).state == "succeeded")


def label_all(article, by, number):
    for sentence in article.sentences.order_by("start")[:number]:
        opinion = tagging.Opinion("verified", "A colleague's reason.")
        tagging.annotate(sentence=sentence, opinion=opinion, by=by, at=timezone.now(), based_on=0)


def test_forty_sentences_by_keys_alone_are_each_saved_once(
    browser, static_files, desk, editor, article, empty_redis, impatient
):
    colleague = UserFactory(on=desk)
    with ExitStack() as stack:
        web = Web(stack)
        url = f"http://{local.HOST}:{web.port}"
        context = stack.enter_context(browser.new_context(base_url=url, viewport=WIDE))
        context.add_cookies([session_of(editor, url)])
        page = context.new_page()
        page.goto(f"/articles/{article.pk}/")
        page.wait_for_selector("#opinion", timeout=PATIENCE_MS)
        journalist = Journalist(page)

        journalist.clear(8)
        context.set_offline(True)
        journalist.clear(6)
        context.set_offline(False)
        journalist.clear(4)
        label_all(article, colleague, 20)
        with web.stopped():
            journalist.clear(4)
        journalist.clear(4)
        lose_a_worker(desk, colleague)
        context.set_offline(True)
        journalist.clear(6)
        context.set_offline(False)
        journalist.clear(SENTENCES - len(journalist.meant))
        wait_until(
            lambda: page.wait_for_timeout(50) or len(kept(editor, article)) == SENTENCES,
            seconds=240,
        )
        expect(page.locator("#saving")).to_be_hidden(timeout=PATIENCE_MS)

    assert kept(editor, article) == journalist.meant
    assert len(kept(colleague, article)) == 20
    assert AuditEvent.objects.filter(actor=editor, action="annotation.put").count() == SENTENCES
    assert Evidence.objects.count() == sum(len(urls) for _, _, urls in journalist.meant)
