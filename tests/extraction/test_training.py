import numpy as np
import pytest

from annotations.extraction import worthiness
from bench.fitting import Table, chances, fit, least
from bench.train_check_worthiness import bent, groups, stretch

NOTHING = np.zeros(0, dtype=int)


def plain(dense):
    return Table(dense, NOTHING, NOTHING, NOTHING.astype(float), 0)


class TestFitting:
    def test_finds_the_lowest_point(self):
        lowest = least(lambda x: (float(((x - 3) ** 2).sum()), 2 * (x - 3)), np.zeros(4))

        assert lowest == pytest.approx(np.full(4, 3.0), abs=1e-3)

    def test_learns_the_share_of_either_class(self):
        labels = np.array([1.0, 1.0, 1.0, 0.0])

        weights = fit(plain(np.ones((4, 1))), labels, np.ones(4), np.full(1, 1e-6))

        assert chances(weights) == pytest.approx(np.array([0.75]), abs=1e-3)

    def test_reads_wide_rows_and_dense_ones_together(self):
        table = Table(
            np.ones((2, 1)), np.array([0, 1, 1]), np.array([0, 1, 2]), np.array([1.0, 2, 3]), 3
        )

        drawn = table.times(np.array([1.0, 10, 100, 1000]))

        assert drawn.tolist() == [1001, 1320]
        assert table.back(np.array([1.0, 1])).tolist() == [1, 2, 3, 2]
        assert table.pick(np.array([False, True])).times(np.ones(4)).tolist() == [6]


class TestCalibration:
    def test_makes_bold_scores_modest(self):
        drawn = np.array([9.0, 9, 9, -9, -9, -9, 9, -9])
        labels = np.array([1.0, 1, 1, 0, 0, 0, 0, 1])

        slope, shift, bend = stretch(drawn, labels)

        right = bent(slope * np.array([9.0, -9.0]) + shift, bend)[0]
        assert chances(right) == pytest.approx(np.array([0.75, 0.25]), abs=0.01)

    def test_flattens_as_the_engine_does(self):
        odds = np.array([-20.0, -0.5, 0.0, 0.5, 20.0])

        flat = bent(odds, (8.0, 2.0))[0]

        assert flat == pytest.approx([worthiness.bent(one, (8.0, 2.0)) for one in odds])
        assert 0 < flat[-1] < 5 < -flat[0]


class TestGroups:
    def test_keep_similar_sentences_together(self):
        rows = np.array([[1.0, 0], [0, 1], [0.9, 0.1], [0.1, 0.9]])

        numbers = groups(rows)

        assert numbers[0] == numbers[2] != numbers[1] == numbers[3]
