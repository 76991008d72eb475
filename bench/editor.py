"""The workbench in a browser: how soon it is usable, from a key to the paint, what blocks."""

import argparse
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from django.utils import timezone
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from annotations import tasks
from annotations.models import Article, Desk, User
from annotations.workflow import articles, intake
from bench import newsroom
from bench.addresses import EDITOR
from bench.figures import Line, percentile, show
from bench.scratch import Scratch

PATIENCE_MS = 60_000
PAUSE_MS = 60
WARM_UP = 10
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
window.usableAfter = new Promise((resolve) => {
    new MutationObserver((seen, watch) => {
        if (!document.querySelector("html[data-listens] #opinion")) return;
        watch.disconnect();
        requestAnimationFrame(() => resolve(performance.now()));
    }).observe(document, { subtree: true, childList: true, attributes: true });
});
"""


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="editor")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--keys", type=int, default=100, help="labels, and as many moves")
    parser.add_argument("--loads", type=int, default=7, help="how often a page is opened anew")
    chosen = parser.parse_args(options)
    newsroom.build(newsroom.fresh(newsroom.PER_ARTICLE))
    scratch.start_worker()
    long, usual = _extracted(chosen.sentences), _extracted(40)
    scratch.stop("worker")
    host = f"http://127.0.0.1:{scratch.start_web()}"
    cookie = newsroom.session_cookie(EDITOR)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if os.getuid() == 0 else [],
        )
        loads = [_usable_after(_page(browser, host, cookie), usual) for _ in range(chosen.loads)]
        lines = _measured(_page(browser, host, cookie), long, chosen.keys)
        browser.close()
    usable = Line("40 sentences, cold cache: usable after", percentile(loads, 0.5), "ms", 500)
    return show([replace(usable, peers="dc 1,600 ms; LS 2,600 ms"), *lines])


def _page(browser: Browser, host: str, cookie: str) -> Page:
    """Open an empty page of somebody who is logged in, and whose browser remembers nothing."""
    name, _, value = cookie.partition("=")
    context = browser.new_context(base_url=host)
    context.add_cookies([{"name": name, "value": value, "url": host}])
    page = context.new_page()
    page.add_init_script(WATCH)
    return page


def _usable_after(page: Page, article: Article) -> float:
    """Say when keys work and the first candidate is inspected, counted from the request."""
    page.goto(f"/articles/{article.pk}/", wait_until="commit")
    duration: float = page.evaluate("usableAfter")
    page.context.close()
    return duration


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
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    _pressed(page, list("jk" * (WARM_UP // 2)))
    before = _layouts(session)
    labels, _blocks = _pressed(page, [LABELS[n % len(LABELS)] for n in range(keys)])
    page.wait_for_selector("[data-pending]", state="detached", timeout=PATIENCE_MS)
    between = _layouts(session)
    moves, blocks = _pressed(page, ["j"] * (keys // 2) + ["J"] * (keys // 2))
    after = _layouts(session)
    return [
        Line("sentences on the page", number, ""),
        Line("key to paint, label, p50", percentile(labels, 0.5), "ms"),
        Line("key to paint, label, p95", percentile(labels, 0.95), "ms", 50),
        Line("layouts a label", (between - before) / keys, ""),
        Line("key to paint, move, p95", percentile(moves, 0.95), "ms", 50),
        Line("longest task while moving", max(blocks, default=0), "ms", 50),
        Line("layouts a move", (after - between) / len(moves), ""),
    ]


def _pressed(page: Page, keys: Sequence[str]) -> tuple[list[float], list[float]]:
    """Press keys at the pace of a hurried hand; return the time to each paint, and long tasks."""
    page.evaluate("paints.length = blocks.length = 0")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE_MS)
    page.wait_for_function(f"paints.length === {len(keys)}", timeout=PATIENCE_MS)
    page.wait_for_timeout(500)
    paints: list[float] = page.evaluate("paints")
    blocks: list[float] = page.evaluate("blocks")
    return paints, blocks


def _layouts(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "LayoutCount")
