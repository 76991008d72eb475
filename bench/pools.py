"""Celery's pools for the extraction side by side: two processes, or two threads of one."""

import argparse
from collections.abc import Sequence

from bench import newsroom
from bench.figures import Stopwatch, print_table
from bench.ingest import SENTENCES, bodies, post, wait_for_workers
from bench.scratch import Scratch, cpu_seconds, proportional_bytes

POOLS = ("prefork", "threads", "threads", "prefork")  # twice, so that a busy minute shows
MEGABYTE = 1 << 20


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="pools")
    parser.add_argument("--articles", type=int, default=200)
    articles = parser.parse_args(options).articles
    newsroom.build(newsroom.fresh(newsroom.PER_ARTICLE))
    port, key = scratch.start_web(), newsroom.key_text(3)
    print_table(
        ["pool", "articles/s", "sentences/s", "processor ms an article", "memory"],
        [_measure(scratch, place, port, key, articles) for place in range(len(POOLS))],
    )
    return True


def _measure(scratch: Scratch, place: int, port: int, key: str, articles: int) -> list[str]:
    """Have the articles extracted by a worker of this kind, warm, and weigh it."""
    pool = POOLS[place]
    label = f"{pool}-{place}"
    scratch.start_worker(pool)
    post(port, key, bodies(4, f"{label}-first", "interactive"))
    wait_for_workers()
    before = cpu_seconds(scratch.trees("worker"))
    with Stopwatch() as watch:
        post(port, key, bodies(articles, f"{label}-second", "interactive"))
        wait_for_workers()
    worker = scratch.trees("worker")
    used, held = cpu_seconds(worker) - before, proportional_bytes(worker)
    scratch.stop("worker")
    rate = articles / watch.seconds
    return [
        pool,
        f"{rate:.1f}",
        f"{rate * SENTENCES:,.0f}",
        f"{used / articles * 1000:.0f}",
        f"{held / MEGABYTE:.0f} MB",
    ]
