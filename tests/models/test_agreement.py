"""Krippendorff's alpha, held against the examples that its author published."""

import random

import numpy as np
import pytest

from annotations.models.agreement import _alpha, agreement, profiles

# K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), sections A, B and C:
# a row an observer, a column a unit; nothing where a unit was not judged.
A = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
B = """
a a b b d c c c e d d a
b a b b b c c c e d d d
"""
C = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def read(table):
    rows = [line.split() for line in table.strip().splitlines()]
    labels = sorted({value for row in rows for value in row} - {"."})
    return profiles([unit.count(label) for label in labels] for unit in zip(*rows, strict=True))


class TestAlpha:
    @pytest.mark.parametrize(
        ("table", "alpha", "sentences", "labels"),
        [(A, 0.095, 10, 20), (B, 0.692, 12, 24), (C, 0.743, 11, 40)],
    )
    def test_is_what_its_author_published(self, table, alpha, sentences, labels):
        found = agreement(read(table))

        assert found.alpha == pytest.approx(alpha, abs=0.0005)
        assert (found.sentences, found.labels) == (sentences, labels)

    def test_is_one_where_all_agree(self):
        assert agreement({(2, 0): 30, (0, 2): 30}).alpha == 1

    def test_is_below_nothing_where_all_contradict_one_another(self):
        assert agreement({(1, 1): 40}).alpha == pytest.approx(-0.975)

    @pytest.mark.parametrize("found", [{}, {(1, 0): 5}, {(2, 0): 9}])
    def test_is_unknown_where_there_is_nothing_to_compare(self, found):
        assert agreement(found).alpha is None

    def test_leaves_out_sentences_that_one_person_labelled(self):
        pairs = {(2, 0): 20, (1, 1): 5, (0, 2): 20}

        assert agreement({**pairs, (1, 0): 100}) == agreement(pairs)


class TestInterval:
    def test_promises_nothing_of_few_sentences(self):
        found = agreement({(2, 0): 4, (1, 1): 2, (0, 2): 3})

        assert (found.low, found.high) == (None, None)

    def test_is_narrower_with_more_sentences(self):
        few = agreement({(2, 0): 40, (1, 1): 10, (0, 2): 40})
        many = agreement({(2, 0): 4000, (1, 1): 1000, (0, 2): 4000})

        assert few.low < many.low < many.alpha < many.high < few.high

    def test_is_about_what_drawing_samples_gives(self):
        """Against 2,000 samples drawn with replacement, as Hayes and Krippendorff (2007) do."""
        counts = {(2, 0, 0): 90, (0, 2, 0): 50, (0, 0, 2): 30, (1, 1, 0): 20, (0, 1, 1): 12}
        drawn = np.random.default_rng(7).multinomial(
            sum(counts.values()), np.array(list(counts.values())) / sum(counts.values()), 2000
        )
        alphas = [_alpha(dict(zip(counts, sample.tolist(), strict=True))) for sample in drawn]

        found = agreement(counts)

        low, high = np.quantile(alphas, [0.025, 0.975])
        assert (found.low, found.high) == (
            pytest.approx(low, abs=0.02),
            pytest.approx(high, abs=0.02),
        )

    def test_does_not_depend_on_the_order(self):
        counts = list({(2, 0): 30, (1, 1): 7, (0, 2): 25, (3, 0): 4}.items())
        counts = [((*profile, 0), number) for profile, number in counts]
        random.shuffle(counts)

        found = agreement(dict(counts))

        assert found.low == pytest.approx(agreement(dict(sorted(counts))).low)
