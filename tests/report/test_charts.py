"""Sizes and places on paper."""

from __future__ import annotations

import math

import pytest

from leukonlp.report import charts


def test_area_of_a_bubble_grows_with_its_number() -> None:
    assert charts.radius(40, 40) == charts.BUBBLE
    assert charts.radius(20, 40) == pytest.approx(charts.BUBBLE / math.sqrt(2), abs=0.05)
    assert charts.radius(1, 1000) == charts.SMALLEST
    assert charts.radius(1, 0) > 0


def test_bars_stack_from_the_base_line() -> None:
    drawn = charts.bars(
        [
            {"year": 2019, "n": 3, "phases": {"phase_3": 1, "preclinical": 2}},
            {"year": 2020, "n": 0, "phases": {}},
        ]
    )
    low, high = drawn["pieces"]
    assert (low["group"], high["group"]) == ("p1", "p5")
    assert low["height"] == pytest.approx(2 * high["height"], abs=0.2)
    assert high["y"] + high["height"] == pytest.approx(low["y"], abs=0.2)
    assert low["y"] + low["height"] == pytest.approx(drawn["lines"][0]["y"], abs=0.2)
    assert low["title"] == "2019, Animals or cells: 2"
    assert [label["text"] for label in drawn["labels"]] == ["2019", "2020"]
    assert [line["text"] for line in drawn["lines"]] == ["0", "1", "2", "3"]


def test_no_year_is_cut_off_at_the_edge() -> None:
    """Regression: with many years the last label stood half outside the drawing."""
    labels = charts.bars([{"year": 1981 + n, "n": 1, "phases": {"phase_1": 1}} for n in range(46)])["labels"]
    assert labels[-1]["text"] == "2026"
    assert labels[-1]["x"] + 15 <= charts.WIDTH


@pytest.mark.parametrize("top", [0, 1, 7, 43, 999, 12345])
def test_grid_lines_are_few_and_reach_the_top(top: int) -> None:
    lines = charts.bars([{"year": 2000, "n": top, "phases": {"phase_1": top}}])["lines"]
    assert 2 <= len(lines) <= 7
    assert int(lines[-1]["text"]) >= top


def test_nothing_to_draw() -> None:
    assert charts.bars([])["pieces"] == []
    assert charts.shares([]) == []


def test_shares_are_of_the_largest() -> None:
    shares = charts.shares([{"label": "a", "n": 4}, {"label": "b", "n": 1}])
    assert [entry["share"] for entry in shares] == [100.0, 25.0]


def test_unknown_phases_fall_into_the_lowest_step() -> None:
    assert charts.by_group({"untagged": 2, "phase_2": 1}) == {
        "p0": 2,
        "p1": 0,
        "p2": 0,
        "p3": 0,
        "p4": 1,
        "p5": 0,
    }
