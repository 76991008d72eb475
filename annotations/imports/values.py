"""JSON values: one a line, or one after the other in a list that need not fit into memory."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from annotations.imports.encodings import repaired
from annotations.imports.faults import Fault, excerpt
from annotations.imports.records import Input, Record

DEPTH = 100  # lists and objects within one another
_PIECE = 1 << 18
_SPACE = re.compile(r"[\s,]*")
Repair = Callable[..., tuple[str, list[Fault]]]
_DECODER = json.JSONDecoder()
_LINE_END = ("\n", "\r")


def lines(file: Input) -> Iterator[Record]:
    """Read a value from each line; a line that is no JSON does not stop the others."""
    number = 0
    while text := file.text.readline(file.row_length):
        number += 1
        if len(text) == file.row_length and not text.endswith(_LINE_END):
            yield Record(number, None, (Fault(number, "row_too_large", value=excerpt(text)),))
            _skip_line(file)
        elif text.strip():
            yield _line(text, number, file.encoding)


def values(file: Input) -> Iterator[Record]:
    """Read one value after the other, of one list or just so, holding few in memory at a time."""
    return _Values(file).read()


class _Values:
    def __init__(self, file: Input) -> None:
        self._file = file
        self._text = ""
        self._at = 0  # up to where it was read
        self._counted = 0  # up to where line ends were counted
        self._line = 1

    def read(self) -> Iterator[Record]:
        self._more()
        self._skip_space()
        is_list = self._text[self._at : self._at + 1] == "["
        self._at += is_list
        while not self._is_at("]" if is_list else ""):
            try:
                value, end = self._value()
            except (ValueError, RecursionError) as error:
                yield self._torn(error)
                return
            begins, self._at = self._at, end
            yield _repaired(
                value, self._text[begins:end], self._line_of(begins), self._file.encoding
            )

    def _value(self) -> tuple[Any, int]:
        """Decode the next value, with more of the file where it is not whole yet."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except ValueError:
                if len(self._text) - self._at > self._file.row_length or not self._more():
                    raise
            else:
                if end < len(self._text) or not self._more():
                    return value, end

    def _is_at(self, closing: str) -> bool:
        """Say whether nothing comes before this; if it is empty, whether nothing comes at all."""
        self._skip_space()
        return self._text[self._at : self._at + 1] == closing

    def _skip_space(self) -> None:
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return

    def _more(self) -> bool:
        """Read on, twice as much as what waits; forget what was read."""
        self._line_of(self._at)
        piece = self._file.text.read(max(_PIECE, len(self._text) - self._at))
        self._text = self._text[self._at :] + piece
        self._at = self._counted = 0
        return bool(piece)

    def _line_of(self, at: int) -> int:
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        return self._line

    def _torn(self, error: Exception) -> Record:
        line = self._line_of(self._at)
        return _broken(error, self._text[self._at : self._at + 200], line)


def _line(text: str, line: int, encoding: str) -> Record:
    try:
        value = json.loads(text.rstrip("\r\n"))
    except (ValueError, RecursionError) as error:
        at = getattr(error, "colno", 1)
        return _broken(error, text[max(0, at - 21) : at + 20], line)
    return _repaired(value, text, line, encoding)


def _broken(error: Exception, around: str, line: int) -> Record:
    if not isinstance(error, json.JSONDecodeError):
        return Record(line, None, (Fault(line, "too_deep", value=_clean(around)),))
    params: dict[str, str | int] = {"why": error.msg, "at": error.colno}
    return Record(line, None, (Fault(line, "not_json", value=_clean(around), params=params),))


def _clean(text: str) -> str:
    return excerpt(text.encode("utf-8", "replace").decode().strip())


def _skip_line(file: Input) -> None:
    while (text := file.text.readline(_PIECE)) and not text.endswith(_LINE_END):
        pass


def _repaired(value: Any, text: str, line: int, encoding: str) -> Record:
    if text.count("[") + text.count("{") > DEPTH and _is_deep(value):
        return Record(line, None, (Fault(line, "too_deep", value=_clean(text[:200])),))
    if text.isascii():
        return Record(line, value)
    faults: list[Fault] = []
    value = _walk(value, "", partial(repaired, encoding=encoding, line=line), faults)
    return Record(line, value, tuple(replace(one, line=line) for one in faults[:1]))


def _is_deep(value: Any) -> bool:
    layer = [value]
    for _level in range(DEPTH):
        layer = [
            inner
            for one in layer
            if isinstance(one, list | dict)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(layer)


def _walk(value: Any, column: str, repair: Repair, faults: list[Fault]) -> Any:
    if isinstance(value, str):
        fixed, found = repair(value, column=column)
        faults += found
        return fixed
    if isinstance(value, dict):
        return {key: _walk(one, column or key, repair, faults) for key, one in value.items()}
    if isinstance(value, list):
        return [_walk(one, column, repair, faults) for one in value]
    return value
