"""Measure the engine: speed in processor time of one core, memory, and how often it is right.

    python -m bench.extraction [--articles 60] [--data DIRECTORY] [--peers] [--labelled FILE …]

`--data` names a directory; whatever it holds, also further down, is measured: Universal
Dependencies files (`fr_gsd-dev.conllu`, `fr_pud-test.conllu` and so on), whose sentences, joined
by spaces, thirty to a document, give the segmentation figures, and whose verbs of saying the
claimants; tables of debates with `Text` and `class_label` (`*.tsv`); and the files of
CheckThat! 2019 (`*Task1*.txt`), ranked. With `--peers` other segmenters stand beside ours; they
live in an environment of their own, which `--install-peers` makes. `--labelled` names files
as `python -m annotations.extraction.evaluate` reads them.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import psutil

from annotations.extraction import Profile, examine, segment, warm
from annotations.extraction.evaluate_gold import read
from annotations.extraction.evaluate_report import evaluate
from bench import debates, segmenters, treebanks
from bench.figures import Line, print_table, show
from bench.segmenters import Cutting

SENTENCES = 22
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
        yield Line(f"whole chain, {profile}", rate * SENTENCES, "sentences/s")
        held = psutil.Process().memory_info().rss / MEGABYTE
        yield Line(f"memory, {profile}", held, "MB", at_most=500)


def segmentation(path: Path, *, with_peers: bool) -> Iterator[list[str]]:
    """Yield what each segmenter makes of one file."""
    gold = list(treebanks.documents(path))
    joined = [(path.name[:2], " ".join(document)) for document in gold]
    cuttings = [segmenters.ours(joined), *(segmenters.peers(joined) if with_peers else ())]
    for cutting in cuttings:
        rate = sum(map(len, gold)) / cutting.seconds
        yield [path.stem, cutting.name, f"{exact_f1(joined, gold, cutting):.1f}", f"{rate:,.0f}"]


def exact_f1(
    joined: Sequence[segmenters.Document], gold: Sequence[list[str]], cutting: Cutting
) -> float:
    """Return the share of sentences cut exactly as in the gold file, as F1."""
    right = found = 0
    for (_language, text), document, pieces in zip(joined, gold, cutting.pieces, strict=True):
        got = set(places(text, pieces))
        found += len(got)
        right += len(got & set(places(text, document)))
    return 200 * right / (found + sum(map(len, gold)))


def places(text: str, pieces: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in pieces:
        start = text.find(piece, at)
        if start >= 0:
            at = start + len(piece)
            yield start, at


def of_treebanks(folder: Path, *, with_peers: bool) -> None:
    paths = sorted(folder.rglob("*.conllu"))
    rows = [row for path in paths for row in segmentation(path, with_peers=with_peers)]
    if rows:
        print_table(["sentences", "segmenter", "exact-span F1", "sentences/s"], rows)
    for path in paths:
        right, total = treebanks.speakers(path)
        if total:
            print(f"{path.stem}: who speaks, recall {right / total:.3f} ({right} of {total})")


def of_debates(folder: Path) -> None:
    tables = [path for path in sorted(folder.rglob("*.tsv")) if debates.is_table(path)]
    rows = [row for path in tables for row in quality(path)]
    if rows:
        print_table(["file", "profile", "part", "figures"], rows)
    ranked = sorted(folder.rglob("*Task1*.txt"))
    if ranked:
        for profile in Profile:
            print(f"CheckThat! 2019, {len(ranked)} debates, {profile}: MAP", end=" ")
            print(f"{debates.mean_average_precision(ranked, profile):.4f}")


def quality(path: Path) -> Iterator[list[str]]:
    rows = list(read(path))
    for profile in Profile:
        report = evaluate(rows, profile=profile)
        if report.worthiness:
            yield [path.name, str(profile), "check-worthiness", report.worthiness.line()]
        for name, found in report.parts.items():
            yield [path.name, str(profile), name, f"F1 {found.f1:.3f}"]


def main(_scratch: object = None, arguments: Sequence[str] | None = None) -> bool:
    parser = argparse.ArgumentParser(prog="extraction")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--data", type=Path, help="directory of treebanks and debates")
    parser.add_argument("--peers", action="store_true", help="other segmenters beside ours")
    parser.add_argument("--install-peers", action="store_true", help="only install the peers")
    parser.add_argument("--labelled", type=Path, nargs="*", default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    if options.install_peers:
        segmenters.install()
        return True
    if options.peers and not segmenters.is_installed():
        parser.error(segmenters.HOW)
    is_good = show(list(speed(options.articles)))
    if options.data:
        of_treebanks(options.data, with_peers=options.peers)
        of_debates(options.data)
    rows = [row for path in options.labelled for row in quality(path)]
    if rows:
        print_table(["file", "profile", "part", "figures"], rows)
    return is_good


if __name__ == "__main__":
    sys.exit(not main())
