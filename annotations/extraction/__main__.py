"""Read an article, or articles one a line, and print what the engine finds as JSON Lines."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import BinaryIO

from annotations.extraction.pipeline import extract
from annotations.extraction.profiles import Profile
from annotations.extraction.records import Finding

BAD_INPUT = 2
INTERRUPTED = 130


class BadInput(Exception):
    """What was given cannot be read; the message says where and why."""


def main() -> int:
    options = _parser().parse_args()
    source = sys.stdin.buffer
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    lines = _articles(source, options) if options.jsonl else _sentences(source, options)
    try:
        for line in lines:
            print(line, flush=options.jsonl)
    except BadInput as error:
        print(f"extraction: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m annotations.extraction", description=__doc__)
    parser.add_argument("--language", help="BCP 47 tag; otherwise the engine finds out")
    parser.add_argument("--published-at", help="date of publication, as in 2024-11-26")
    parser.add_argument(
        "--jsonl", action="store_true", help="read {id, text, language?, published_at?} a line"
    )
    profiles = [profile.value for profile in Profile]
    parser.add_argument("--profile", choices=profiles, default=Profile.STANDARD.value)
    return parser


def _sentences(source: BinaryIO, options: argparse.Namespace) -> Iterator[str]:
    """Yield one line for each sentence of the one article on standard input."""
    published_at = _moment(options.published_at, "--published-at")
    text = _whole(source)
    for finding in extract(
        text,
        language=options.language,
        published_at=published_at,
        profile=Profile(options.profile),
    ):
        yield _json(finding.to_dict())


def _articles(source: BinaryIO, options: argparse.Namespace) -> Iterator[str]:
    """Yield one line for each article, as soon as its line has been read."""
    for number, raw in enumerate(source, start=1):
        if raw.strip():
            yield _json(_article(_record(raw, number), number, options))


def _article(
    record: Mapping[str, object], number: int, options: argparse.Namespace
) -> dict[str, object]:
    text, language = record.get("text"), record.get("language") or options.language
    if not isinstance(text, str):
        raise BadInput(f"line {number}: an article needs a text")
    if language is not None and not isinstance(language, str):
        raise BadInput(f"line {number}: the language is not a string")
    day = record.get("published_at") or options.published_at
    findings: Iterator[Finding] = extract(
        text,
        language=language,
        published_at=_moment(day, f"line {number}"),
        profile=Profile(options.profile),
    )
    return {"id": record.get("id"), "sentences": [finding.to_dict() for finding in findings]}


def _record(raw: bytes, number: int) -> Mapping[str, object]:
    try:
        record = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(f"line {number}: not UTF-8 at byte {error.start + 1}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInput(f"line {number}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise BadInput(f"line {number}: not a JSON object")
    return record


def _whole(source: BinaryIO) -> str:
    raw = source.read()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"line {number}: not UTF-8 at byte {error.start + 1}") from error


def _moment(given: object, where: str) -> date | None:
    """Read a day, or a day with a time of which only the day counts."""
    if given is None:
        return None
    try:
        return datetime.fromisoformat(str(given)).date()
    except ValueError as error:
        raise BadInput(f"{where}: not a date: {given!r}") from error


def _json(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
