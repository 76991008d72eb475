"""Measure the engine in processor time of one core, over text of our own making.

    python -m bench.extraction [--articles 60] [--data DIRECTORY]

`--data` names a directory with Universal Dependencies files (`fr_gsd-dev.conllu` and so on);
their sentences, joined by spaces, thirty to a document, give the segmentation figures.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from annotations.extraction import examine, segment

SENTENCES = 22
DOCUMENT = 30
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


def speed(count: int) -> Iterator[str]:
    chance = random.Random(1)
    articles = [article(chance) for _ in range(count)]
    segment(articles[0], "fr")
    began = process_time()
    cut = [segment(text, "fr") for text in articles]
    was_cut = process_time()
    findings = sum(1 for one in cut for _ in examine(one, language="fr"))
    ended = process_time()
    yield f"segmentation: {findings / (was_cut - began):,.0f} sentences/s (target 10,000)"
    rate = count / (ended - began)
    yield f"whole chain: {rate:,.1f} articles/s of {SENTENCES} sentences (target 60)"


def gold(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]


def segmentation_f1(path: Path) -> float:
    """Return the share of sentences cut exactly as in the gold file, as F1."""
    sentences, language = gold(path), path.name[:2]
    right = found = 0
    for at in range(0, len(sentences), DOCUMENT):
        document = sentences[at : at + DOCUMENT]
        text = " ".join(document)
        got = {(one.start, one.end) for one in segment(text, language)}
        found += len(got)
        right += len(got & places(document))
    return 200 * right / (found + len(sentences))


def places(document: list[str]) -> set[tuple[int, int]]:
    spans, at = set(), 0
    for text in document:
        spans.add((at, at + len(text)))
        at += len(text) + 1
    return spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--data", type=Path, help="directory of .conllu files")
    options = parser.parse_args()
    for line in speed(options.articles):
        print(line)
    for path in sorted(options.data.glob("*.conllu")) if options.data else ():
        print(f"{path.stem}: segmentation F1 {segmentation_f1(path):.1f}")


if __name__ == "__main__":
    main()
