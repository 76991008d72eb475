"""The workbench in a browser, on a long article: from a key to the paint, and what blocks meanwhile."""

import argparse
import os
import shutil
import time
from collections.abc import Sequence
from itertools import islice

from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from annotations import tasks
from annotations.models import Article, Desk, User
from annotations.workflow import articles, intake
from bench import newsroom
from bench.addresses import EDITOR
from bench.figures import Line, percentile, show
from bench.scratch import Scratch

PATIENCE_MS = 60_000
LABELS = "vudn"
WATCH = """
window.paints = []; window.blocks = [];
new PerformanceObserver((seen) => seen.getEntries().forEach((one) => blocks.push(one.duration)))
    .observe({ type: "longtask" });
addEventListener("keydown", (event) => requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => paints.push(performance.now() - event.timeStamp);
    painted.port2.postMessage(0);
}), true);
"""


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="editor")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--keys", type=int, default=100, help="labels, and as many moves")
    chosen = parser.parse_args(options)
    newsroom.build(newsroom.fresh(newsroom.PER_ARTICLE))
    scratch.start_worker()
    article = _extracted(chosen.sentences)
    port = scratch.start_web()
    name, _, value = newsroom.session_cookie(EDITOR).partition("=")
    host = f"http://127.0.0.1:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if os.getuid() == 0 else [],
        )
        context = browser.new_context(base_url=host)
        context.add_cookies([{"name": name, "value": value, "url": host}])
        page = context.new_page()
        page.add_init_script(WATCH)
        lines = _measured(page, article, chosen.keys)
        browser.close()
    return show(lines)


def _extracted(sentences: int) -> Article:
    """Add an article of so many sentences and wait for the worker."""
    text = " ".join(islice(newsroom.phrases("en"), 10_000))
    words = (text.replace("#", "47") + " ") * (sentences // 20)
    pieces = [f"{one.strip()} in {n}." for n, one in enumerate(words.split(". ")[:sentences])]
    paragraphs = ["  ".join(pieces[n : n + 5]) for n in range(0, len(pieces), 5)]
    desk, by = Desk.objects.earliest("pk"), User.objects.get(pk=EDITOR)
    draft = intake.Draft(text="\n\n".join(paragraphs), title="A long article", language="en")
    run = articles.add(desk=desk, draft=draft, by=by, at=timezone.now())
    tasks.send(run)
    while run.state in {"queued", "running"}:
        time.sleep(0.2)
        run.refresh_from_db()
    return run.revision.article


def _measured(page: Page, article: Article, keys: int) -> list[Line]:
    page.goto(f"/articles/{article.pk}/")
    page.wait_for_selector("#opinion", timeout=PATIENCE_MS)
    number = page.locator("[role=option]").count()
    labels, _blocks = _pressed(page, [LABELS[n % len(LABELS)] for n in range(keys)])
    page.wait_for_selector("[data-pending]", state="detached", timeout=PATIENCE_MS)
    moves, blocks = _pressed(page, ["j"] * (keys // 2) + ["J"] * (keys // 2))
    return [
        Line("sentences on the page", number, ""),
        Line("key to paint, label, p50", percentile(labels, 0.5), "ms"),
        Line("key to paint, label, p95", percentile(labels, 0.95), "ms", 50),
        Line("key to paint, move, p95", percentile(moves, 0.95), "ms", 50),
        Line("longest task while moving", max(blocks, default=0), "ms", 50),
    ]


def _pressed(page: Page, keys: Sequence[str]) -> tuple[list[float], list[float]]:
    page.evaluate("paints.length = blocks.length = 0")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    page.wait_for_timeout(500)
    paints: list[float] = page.evaluate("paints")
    blocks: list[float] = page.evaluate("blocks")
    return paints, blocks
