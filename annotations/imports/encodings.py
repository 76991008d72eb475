"""Which encoding a file has, found while it comes in; and its bytes as text, in constant memory.

Bytes that are not of the encoding become lone surrogates, so that whoever reads a cell can say
which byte stood there, and reads it as Windows-1252 did.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator

from annotations.imports.faults import Fault, Unreadable

UTF_8, UTF_16, WINDOWS = "utf-8", "utf-16", "windows-1252"
_HEAD = 64 * 1024
_ASCII = bytes(range(128))
_STRAY = re.compile("[\udc80-\udcff]")
_HIGH = re.compile("[" + bytes(range(128, 256)).decode("windows-1252", "ignore") + "\udc80-\udcff]")
_BINARY = {b"PK\x03\x04": "spreadsheet", b"%PDF": "not_text", b"\xd0\xcf\x11\xe0": "spreadsheet"}


class Sniffer:
    """Watches the bytes of a file go by and says what they are."""

    def __init__(self) -> None:
        self.head = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._stray = self._high = 0

    def feed(self, chunk: bytes) -> None:
        if len(self.head) < _HEAD:
            self.head += chunk[: _HEAD - len(self.head)]
        self._high += 0 if chunk.isascii() else len(chunk.translate(None, _ASCII))
        self._count(self._decoder.decode(chunk))

    def encoding(self) -> str:
        """Name the encoding; a few stray bytes do not make UTF-8 something else."""
        self._refuse_binary()
        if wide := _wide(self.head):
            return wide
        self._count(self._decoder.decode(b"", final=True))
        return WINDOWS if self._stray > (self._high - self._stray) / 2 else UTF_8

    def start(self) -> str:
        """Return how the text begins."""
        return "".join(decoded([self.head], self.encoding())).lstrip()

    def _count(self, text: str) -> None:
        if not text.isascii():
            self._stray += sum(1 for _found in _STRAY.finditer(text))

    def _refuse_binary(self) -> None:
        for mark, code in _BINARY.items():
            if self.head.startswith(mark):
                raise Unreadable(code)
        if b"\x00" in self.head and not _wide(self.head):
            raise Unreadable("not_text")


def _wide(head: bytes) -> str:
    """Tell UTF-16 by its mark, or by the zeros beside every letter."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF_16
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    enough = max(1, min(len(head), 4096) // 6)
    if odd >= enough and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= enough and not odd else ""


class Bytes(io.RawIOBase):
    """Chunks as a stream that counts what was read of them."""

    def __init__(self, chunks: Iterable[bytes], told: Callable[[int], None]) -> None:
        self._chunks: Iterator[bytes] = iter(chunks)
        self._rest = b""
        self._told = told

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next((one for one in self._chunks if one), b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        self._told(size)
        return size


def decoded(
    chunks: Iterable[bytes], encoding: str, told: Callable[[int], None] = lambda size: None
) -> io.TextIOWrapper:
    """Read chunks as text, line ends as they are."""
    codec = "utf-8-sig" if encoding == UTF_8 else encoding
    errors = "replace" if encoding.startswith(UTF_16) else "surrogateescape"
    buffered = io.BufferedReader(Bytes(chunks, told), 1 << 18)
    return io.TextIOWrapper(buffered, encoding=codec, errors=errors, newline="")


def repaired(text: str, encoding: str, *, line: int, column: str) -> tuple[str, list[Fault]]:
    """Return a cell as it was meant, with the first byte in it that is not UTF-8."""
    if text.isascii() or encoding.startswith(UTF_16):
        return text, []
    pattern = _HIGH if encoding == WINDOWS else _STRAY
    found = pattern.search(text)
    if found is None:
        return text, []
    place = line + text.count("\n", 0, found.start())
    byte = _byte(found.group())
    fixed = _STRAY.sub(lambda one: _meant(one.group()), text)
    lost = "\ufffd" in fixed and "\ufffd" not in text
    return fixed, [
        Fault(
            line=place,
            column=column,
            code="undecodable" if lost else "read_as_windows_1252",
            value=fixed[max(0, found.start() - 20) : found.start() + 20],
            params={"byte": f"{byte:02X}"},
            is_warning=not lost,
        )
    ]


def _byte(char: str) -> int:
    code = ord(char)
    return code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else char.encode(WINDOWS)[0]


def _meant(char: str) -> str:
    return bytes([_byte(char)]).decode(WINDOWS, "replace")
