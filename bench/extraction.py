"""Measure the engine: speed in processor time of one core, memory, and how often it is right.

    python -m bench.extraction [--articles 60] [--data DIRECTORY] [--labelled FILE …]

`--data` names a directory with Universal Dependencies files (`fr_gsd-dev.conllu` and so on);
their sentences, joined by spaces, thirty to a document, give the segmentation figures, beside
those of other segmenters where these are installed. `--labelled` names files as
`python -m annotations.extraction.evaluate` reads them.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import psutil

from annotations.extraction import Profile, examine, segment, warm
from annotations.extraction.evaluate_gold import read
from annotations.extraction.evaluate_report import evaluate
from bench.figures import Line, print_table, show
from bench.segmenters import Segmenter, installed

SENTENCES = 22
DOCUMENT = 30
MEGABYTE = 1 << 20
ARTICLES_A_SECOND = {Profile.FAST: 60, Profile.STANDARD: 15}
WHO = ["Le ministère de la Santé", "La maire de Quimper", "Anne Le Goff", "L’agence", "Le syndicat"]
SAID = ["a annoncé mardi", "a démenti", "affirme", "a indiqué dans un communiqué"]
WHAT = [
    "que {n} communes avaient perdu leur médecin depuis 2019",
    "que le prix de l’eau augmenterait de {n} % en janvier",
    "la fermeture de {n} classes, malgré les promesses du gouvernement",
    "que l’accord « n’a jamais été appliqué »",
]
PLAIN = [
    "Le pont a été fermé à la circulation pendant {n} jours.",
    "« Nous avons perdu {n} lits », a regretté le directeur de l’hôpital.",
    "Selon l’enquête, près de {n} 000 foyers vivent sans chauffage.",
    "Personne ne sait ce que l’avenir réserve à M. Le Bris, ni à ses voisins.",
    "Que faire ?",
]


def article(chance: random.Random) -> str:
    sentences = [sentence(chance) for _ in range(SENTENCES)]
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, SENTENCES, 4))


def sentence(chance: random.Random) -> str:
    number = chance.randint(2, 90)
    if chance.random() < 0.5:
        return chance.choice(PLAIN).format(n=number)
    words = chance.choice(WHO), chance.choice(SAID), chance.choice(WHAT).format(n=number)
    return " ".join(words) + "."


def speed(count: int) -> Iterator[Line]:
    chance = random.Random(1)
    articles = [article(chance) for _ in range(count)]
    segment(articles[0], "fr")
    began = process_time()
    cut = [segment(text, "fr") for text in articles]
    cutting = process_time() - began
    rate = sum(map(len, cut)) / cutting
    yield Line("segmentation", rate, "sentences/s", at_least=10_000)
    for profile, target in ARTICLES_A_SECOND.items():
        warm(profile=profile)
        began = process_time()
        for sentences in cut:
            list(examine(sentences, language="fr", profile=profile))
        rate = count / (process_time() - began + cutting)
        yield Line(f"whole chain, {profile}", rate, "articles/s", at_least=target)
        held = psutil.Process().memory_info().rss / MEGABYTE
        yield Line(f"memory, {profile}", held, "MB", at_most=500)


def gold(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]


def segmentation_f1(path: Path, cut: Segmenter) -> float:
    """Return the share of sentences cut exactly as in the gold file, as F1."""
    sentences, language = gold(path), path.name[:2]
    right = found = 0
    for at in range(0, len(sentences), DOCUMENT):
        document = sentences[at : at + DOCUMENT]
        text = " ".join(document)
        got = set(places(text, cut(text, language)))
        found += len(got)
        right += len(got & set(places(text, document)))
    return 200 * right / (found + len(sentences))


def places(text: str, pieces: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in pieces:
        start = text.find(piece, at)
        if start >= 0:
            at = start + len(piece)
            yield start, at


def quality(path: Path) -> Iterator[list[str]]:
    rows = list(read(path))
    for profile in Profile:
        report = evaluate(rows, profile=profile)
        if report.worthiness:
            yield [path.name, str(profile), "check-worthiness", report.worthiness.line()]
        for name, found in report.parts.items():
            yield [path.name, str(profile), name, f"F1 {found.f1:.3f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--data", type=Path, help="directory of .conllu files")
    parser.add_argument("--labelled", type=Path, nargs="*", default=[], metavar="FILE")
    options = parser.parse_args()
    show(list(speed(options.articles)))
    for path in sorted(options.data.glob("*.conllu")) if options.data else ():
        figures = [f"{name} {segmentation_f1(path, cut):.1f}" for name, cut in installed()]
        print(f"{path.stem}: segmentation F1  {'  '.join(figures)}")
    rows = [row for path in options.labelled for row in quality(path)]
    if rows:
        print_table(["file", "profile", "part", "figures"], rows)


if __name__ == "__main__":
    main()
