"""Articles in over the API, extracted by a real worker: how fast, end to end."""

import argparse
import json
import time
from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPConnection
from itertools import cycle, islice

from django.conf import settings
from redis import Redis

from annotations.extraction import extract
from annotations.models import ExtractionRun, Import
from bench import newsroom
from bench.addresses import API
from bench.figures import Line, Stopwatch, show
from bench.scratch import Scratch
from bench.wire import Connection, Request, at_once

SENTENCES = 22
CLIENTS = 2
GIVE_UP_AFTER = 300
NOISE = "Les documents consultés, datés de mars, ne disent rien d’autre à ce sujet."


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="ingest")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--accepted", type=int, default=2_000, help="articles sent one by one")
    parser.add_argument("--imported", type=int, default=2_000, help="articles in one file")
    chosen = parser.parse_args(options)
    newsroom.build(newsroom.fresh(newsroom.PER_ARTICLE))
    port, key = scratch.start_web(), newsroom.key_text(3)
    scratch.start_worker()
    post(port, key, bodies(4, "first", "interactive"))
    wait_for_workers()  # they are warm now

    with Stopwatch() as end_to_end:
        post(port, key, bodies(chosen.articles, "second", "interactive"))
        wait_for_workers()
    with Stopwatch() as accepting:
        durations = post(port, key, bodies(chosen.accepted, "third", "bulk"))
    drop_extractions()
    accepted, stored = import_file(port, key, bodies(chosen.imported, "fourth", "bulk"))
    engine = _sentences_a_second(min(chosen.articles, 40))
    return show(
        [
            Line(f"{chosen.articles} articles, posted until extracted", end_to_end.seconds, "s"),
            Line("  articles", chosen.articles / end_to_end.seconds, "/s"),
            Line("  sentences", chosen.articles * SENTENCES / end_to_end.seconds, "/s"),
            Line(
                f"{chosen.accepted} articles accepted, one a request",
                accepting.seconds,
                "s",
                peers="dc 1.2, LS 1.6 (one file, stored only)",
            ),
            Line("  one article accepted: median", sorted(durations)[len(durations) // 2], "ms"),
            Line(
                f"{chosen.imported} articles in one file, accepted",
                accepted,
                "s",
                at_most=1.5,
                peers="dc 1.2, LS 1.6",
            ),
            Line("  until all are stored, their extractions under way", stored, "s"),
            Line("the engine alone, one core: sentences", engine, "/s"),
        ]
    )


def text(number: int) -> str:
    """Write an article of its own: two paragraphs of sentences with figures, names and quotes."""
    language = "fr" if number % 3 else "en"
    found = islice(cycle(newsroom.phrases(language)), number, number + SENTENCES)
    sentences = [one.replace("#", str(number * 31 + n)) for n, one in enumerate(found)]
    half = SENTENCES // 2
    return " ".join(sentences[:half]) + "\n\n" + " ".join(sentences[half:])


def bodies(count: int, round_: str, queue: str) -> list[dict[str, str]]:
    return [
        {
            "desk": "desk-1",
            "title": f"Article {number}, {round_} round",
            "text": f"{NOISE} {text(number)}" if queue == "bulk" else text(number),
            "language": "fr" if number % 3 else "en",
            "source_url": f"https://journal.example/{round_}/{number}",
            "queue": queue,
        }
        for number in range(count)
    ]


def post(port: int, key: str, bodies: Sequence[dict[str, str]]) -> list[float]:
    requests: list[Request] = [("POST", f"{API}/articles/", body) for body in bodies]
    return at_once(
        lambda _number: Connection(port, f"Authorization: Api-Key {key}"),
        [requests[number::CLIENTS] for number in range(CLIENTS)],
    )


def drop_extractions() -> None:
    """Have the workers pass over what still waits: it is not measured."""
    ExtractionRun.objects.active().update(state=ExtractionRun.State.FAILED, error="not measured")
    with Redis.from_url(settings.REDIS_URL) as redis:
        while redis.llen(ExtractionRun.Queue.BULK):
            time.sleep(0.02)


def import_file(port: int, key: str, rows: Sequence[dict[str, str]]) -> tuple[float, float]:
    """Send all in one file; say when it was accepted, and when the last article was stored."""
    content = "\n".join(json.dumps(row) for row in rows).encode()
    headers = {"Authorization": f"Api-Key {key}", "Content-Type": "application/x-ndjson"}
    with Stopwatch() as watch, closing(HTTPConnection("127.0.0.1", port)) as asked:
        asked.request("POST", f"{API}/imports/", content, headers)
        answer = asked.getresponse()
        answer.read()
    if answer.status != 202:
        raise AssertionError(f"The import was answered with {answer.status}.")
    with Stopwatch() as storing:
        while Import.objects.active().exists():
            time.sleep(0.02)
    if Import.objects.get().added != len(rows):
        raise AssertionError("Not all articles of the file were stored.")
    return watch.seconds, watch.seconds + storing.seconds


def wait_for_workers() -> None:
    deadline = time.monotonic() + GIVE_UP_AFTER
    while ExtractionRun.objects.active().exists():
        if time.monotonic() > deadline:
            raise AssertionError(f"Not all articles are extracted after {GIVE_UP_AFTER} s.")
        time.sleep(0.02)
    failed = ExtractionRun.objects.filter(state=ExtractionRun.State.FAILED).first()
    if failed:
        raise AssertionError(f"An extraction failed: {failed.error}")


def _sentences_a_second(articles: int) -> float:
    warm, *texts = (text(number) for number in range(1 + articles))
    list(extract(warm))
    with Stopwatch() as watch:
        count = sum(1 for one in texts for _found in extract(one))
    return count / watch.seconds
