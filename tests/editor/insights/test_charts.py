import pytest

from annotations.editor.insights import charts


class TestColumns:
    def test_stack_to_the_top_of_a_round_scale(self):
        plot = charts.columns(["a", "b"], [{"verified": 3, "disputed": 1}, {"verified": 0}])

        low, high = plot.parts
        assert low.y + low.height == charts.HEIGHT
        assert high.y + high.height == low.y
        assert high.y == pytest.approx(charts.TOP)
        assert [tick.name for tick in plot.across] == ["0", "1", "2", "3", "4"]

    @pytest.mark.parametrize(
        ("largest", "names"),
        [
            (1, ["0", "1"]),
            (7, ["0", "2", "4", "6", "8"]),
            (130, ["0", "50", "100", "150"]),
            (1_000_000, ["0", "500000", "1000000"]),
        ],
    )
    def test_have_few_lines_with_whole_numbers(self, largest, names):
        plot = charts.columns(["a"], [{"verified": largest}])

        assert [tick.name for tick in plot.across] == names

    @pytest.mark.parametrize(("number", "named"), [(1, 1), (3, 2), (7, 4), (30, 4), (90, 4)])
    def test_name_no_more_dates_than_fit(self, number, named):
        plot = charts.columns([str(one) for one in range(number)], [{}] * number)

        assert len(plot.below) == named
        assert all(0 <= tick.at <= 100 for tick in plot.below)


class TestLines:
    def test_are_broken_where_a_value_is_missing(self):
        plot = charts.lines(["a", "b", "c", "d"], {"median": [1.0, 2.0, None, 4.0]})

        assert len(plot.dots) == 3
        assert len(plot.lines) == 1


class TestBars:
    def test_share_one_measure(self):
        drawn = charts.bars([("a", "4", {"left": 4}), ("b", "1", {"left": 1}), ("c", "0", {})])

        assert [part.width for row in drawn.rows for part in row.parts] == [100, 25]


class TestIntervals:
    def test_lie_between_minus_one_and_one(self):
        drawn = charts.intervals(
            [("a", "", -1.0, None, None), ("b", "", 1.0, 0.0, 1.0), ("c", "", None, None, None)],
            ends=("−1", "0", "1"),
        )

        first, second, third = drawn.rows
        assert (first.dots[0].x, second.dots[0].x, third.dots) == (2, 98, [])
        assert (second.lines[0].x1, second.lines[0].x2) == (50, 98)
