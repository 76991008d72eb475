"""Other sentence segmenters, compared where they are installed."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from annotations.extraction import segment

Segmenter = Callable[[str, str], list[str]]


def installed() -> Iterator[tuple[str, Segmenter]]:
    """Yield ours first, then each peer that can be imported."""
    yield "ours", ours
    for name, cut in PEERS.items():
        if find_spec(name):
            yield name, cut


def ours(text: str, language: str) -> list[str]:
    return [text[one.start : one.end] for one in segment(text, language)]


def _pysbd(text: str, language: str) -> list[str]:
    cutter = import_module("pysbd").Segmenter(language=language, clean=False)
    return [piece.strip() for piece in cutter.segment(text)]


def _sentencex(text: str, language: str) -> list[str]:
    return [piece.strip() for piece in import_module("sentencex").segment(language, text)]


def _blingfire(text: str, language: str) -> list[str]:
    pieces: str = import_module("blingfire").text_to_sentences(text)
    return pieces.split("\n")


PEERS: dict[str, Segmenter] = {
    "pysbd": _pysbd,
    "sentencex": _sentencex,
    "blingfire": _blingfire,
}
