"""Other sentence segmenters, each asked by `bench.segmenters` in an environment of their own.

    PYTHON bench/peers.py NAME < documents.json

This file knows nothing of the project, so that it runs where only the peers are installed.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from time import process_time
from typing import Any

Cut = Callable[[str, str], list[str]]


def pysbd(package: Any) -> Cut:
    cutters = {code: package.Segmenter(language=code, clean=False) for code in ("fr", "en")}
    return lambda text, language: [*cutters[language].segment(text)]


def sentencex(package: Any) -> Cut:
    return lambda text, language: [*package.segment(language, text)]


def nupunkt(package: Any) -> Cut:
    return lambda text, _language: [*package.sent_tokenize(text)]


def blingfire(package: Any) -> Cut:
    return lambda text, _language: str(package.text_to_sentences(text)).split("\n")


def yasbd(package: Any) -> Cut:
    cutters = {code: package.BoundaryDetector(lang=code) for code in ("fr", "en")}
    return lambda text, language: [*cutters[language].segment(text)]


PEERS = {one.__name__: one for one in (pysbd, sentencex, nupunkt, blingfire, yasbd)}


def main() -> None:
    """Cut the documents, pairs of language and text, and say how long that took."""
    documents = json.load(sys.stdin)
    name = sys.argv[1]
    cut = PEERS[name](import_module(name))
    cut("Un. Deux.", "fr")
    began = process_time()
    pieces = [[piece.strip() for piece in cut(text, language)] for language, text in documents]
    json.dump({"seconds": process_time() - began, "pieces": pieces}, sys.stdout)


if __name__ == "__main__":
    main()
