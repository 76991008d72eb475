"""Sentence segmenters on the same documents: ours, and others in an environment of their own."""

import json
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from annotations.extraction import segment
from bench.peers import PEERS

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-peers"
PINNED = ROOT / "requirements" / "peers.txt"
HOW = "The peers are not installed; python -m bench.extraction --install-peers does it."

Document = tuple[str, str]  # language and text


@dataclass(frozen=True, slots=True)
class Cutting:
    """What one segmenter made of each document, in how much processor time."""

    name: str
    pieces: list[list[str]]
    seconds: float


def install(folder: Path = FOLDER) -> None:
    """Make the environment of the peers, from their pinned hashes."""
    venv.create(folder, with_pip=True)
    command = [str(_python(folder)), "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*command, "-r", str(PINNED)], check=True)


def is_installed(folder: Path = FOLDER) -> bool:
    return _python(folder).exists()


def ours(documents: Sequence[Document]) -> Cutting:
    segment("Un. Deux.", "fr")
    began = process_time()
    cut = [(text, segment(text, language)) for language, text in documents]
    seconds = process_time() - began
    return Cutting(
        "ours", [[text[one.start : one.end] for one in found] for text, found in cut], seconds
    )


def peers(documents: Sequence[Document], folder: Path = FOLDER) -> Iterator[Cutting]:
    """Yield what each peer makes of the documents, each in a process of its own."""
    for name in PEERS:
        answer = subprocess.run(
            [str(_python(folder)), str(ROOT / "bench" / "peers.py"), name],
            input=json.dumps(documents),
            capture_output=True,
            text=True,
            check=True,
        )
        found = json.loads(answer.stdout)
        yield Cutting(name, found["pieces"], found["seconds"])


def _python(folder: Path) -> Path:
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
