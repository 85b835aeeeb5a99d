"""Sizes and places on paper."""

from __future__ import annotations

import math
from typing import Any

import pytest

from leukonlp.report import charts


def panel(modality: str, *years: tuple[int, dict[str, int]]) -> dict[str, Any]:
    told = [{"year": year, "n": sum(phases.values()), "phases": phases} for year, phases in years]
    return {"modality": modality, "name": modality, "n": sum(entry["n"] for entry in told), "years": told}


def test_area_of_a_bubble_grows_with_its_number() -> None:
    assert charts.radius(40, 40) == charts.BUBBLE
    assert charts.radius(20, 40) == pytest.approx(charts.BUBBLE / math.sqrt(2), abs=0.05)
    assert charts.radius(1, 1000) == charts.SMALLEST[0]
    assert charts.radius(127, 100_000) == charts.SMALLEST[2], "a number of three digits stays inside"
    assert charts.radius(12_345, 10_000_000) == charts.SMALLEST[-1]
    assert charts.radius(1, 0) > 0


def test_bars_stack_from_the_base_line() -> None:
    drawn = charts.panels(
        {"years": [2019, 2020], "panels": [panel("all", (2019, {"phase_3": 1, "preclinical": 2}))]}
    )
    (only,) = drawn["panels"]
    low, high = only["pieces"]
    assert (low["group"], high["group"]) == ("p1", "p5")
    assert low["height"] == pytest.approx(2 * high["height"], abs=0.2)
    assert high["y"] + high["height"] == pytest.approx(low["y"], abs=0.2)
    assert low["y"] + low["height"] == pytest.approx(only["base"], abs=0.2)
    assert high["y"] == pytest.approx(only["y"], abs=0.2), "the tallest bar fills its panel"
    assert [label["text"] for label in drawn["labels"]] == ["2019", "2020"]


def test_treatments_share_one_scale_and_panels_do_not_overlap() -> None:
    drawn = charts.panels(
        {
            "years": [2019, 2020],
            "panels": [
                panel("all", (2019, {"phase_1": 40})),
                panel("hsct", (2019, {"phase_1": 8})),
                panel("dietary", (2020, {"phase_1": 2})),
            ],
        }
    )
    first, hsct, dietary = drawn["panels"]
    assert [each["top"] for each in (first, hsct, dietary)] == [40, 8, 8]
    assert hsct["pieces"][0]["height"] == pytest.approx(4 * dietary["pieces"][0]["height"], abs=0.2)
    assert first["base"] < hsct["y"] < hsct["base"] < dietary["y"] < dietary["base"] < drawn["height"]
    assert hsct["pieces"][0]["x"] < dietary["pieces"][0]["x"], "later years stand to the right"


def test_no_year_is_cut_off_at_the_edge() -> None:
    """Regression: with many years the last label stood half outside the drawing."""
    labels = charts.panels({"years": list(range(1981, 2027)), "panels": []})["labels"]
    assert labels[0]["text"] == "1981"
    assert labels[-1]["x"] + 15 <= charts.WIDTH
    assert len(labels) <= 14


def test_nothing_to_draw() -> None:
    assert charts.panels({"years": [], "panels": []})["panels"] == []


def test_unknown_phases_fall_into_the_lowest_step() -> None:
    assert charts.by_group({"untagged": 2, "phase_2": 1}) == {
        "p0": 2,
        "p1": 0,
        "p2": 0,
        "p3": 0,
        "p4": 1,
        "p5": 0,
    }
