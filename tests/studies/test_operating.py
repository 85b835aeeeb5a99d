"""Operating points on numbers that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from leukonlp.studies.operating import Point, points, threshold


def found(likely: list[float], truth: str) -> dict[str, Point]:
    """Points of studies in any order; ``+`` has the label, ``-`` has not."""
    return points(np.array(likely), np.array([mark == "+" for mark in truth]))


LIKELY = [0.99, 0.98, 0.97, 0.96, 0.95, 0.6, 0.5, 0.4, 0.3, 0.2]


def test_each_point_where_it_must_be() -> None:
    points = found(LIKELY, "+++++-+---")
    assert points["precise"] == {"threshold": 0.95, "sensitivity": 0.8333, "precision": 1.0, "n": 6}
    assert points["balanced"] == {"threshold": 0.5, "sensitivity": 1.0, "precision": 0.8571, "n": 6}
    assert points["sensitive"] == points["balanced"]


def test_the_order_of_the_studies_changes_nothing() -> None:
    assert found(LIKELY[::-1], "+++++-+---"[::-1]) == found(LIKELY, "+++++-+---")


def test_balanced_is_not_sensitive_where_the_last_one_costs_too_much() -> None:
    points = found([*LIKELY, 0.1, 0.05], "+++++------+")
    assert points["balanced"]["threshold"] == 0.95
    assert points["sensitive"] == {"threshold": 0.05, "sensitivity": 1.0, "precision": 0.5, "n": 6}


def test_95_in_100_is_enough() -> None:
    likely = [1 - i / 100 for i in range(40)]
    points = found(likely, "+" * 19 + "-" * 10 + "+" + "-" * 10)
    assert points["sensitive"]["threshold"] == likely[18]
    assert points["sensitive"]["sensitivity"] == 0.95
    points = found(likely, "-" + "+" * 19 + "-" * 20)
    assert points["precise"]["precision"] == 0.95
    assert points["precise"]["threshold"] == likely[19]


def test_precise_takes_as_many_as_it_may() -> None:
    likely = [1 - i / 100 for i in range(30)]
    points = found(likely, "+++-" + "+" * 20 + "------")
    assert points["precise"]["threshold"] == likely[23]


def test_studies_that_are_as_likely_go_together() -> None:
    points = found([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.1], "+++++---")
    assert "precise" not in points
    assert points["balanced"]["threshold"] == 0.9
    assert points["balanced"]["precision"] == 0.8333


def test_a_point_that_cannot_be_reached_is_missing() -> None:
    points = found([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3], "-++-+++")
    assert set(points) == {"balanced", "sensitive"}
    assert threshold({"design": {"cohort": points}}, "design", "cohort", "precise") > 1


def test_precise_on_a_handful_is_luck() -> None:
    assert "precise" not in found([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], "++++-+")


def test_too_few_studies_have_no_points() -> None:
    assert found([0.9, 0.8, 0.7, 0.6, 0.5], "++++-") == {}
    assert found([0.9, 0.8], "--") == {}


def test_a_threshold_takes_the_study_it_was_found_at() -> None:
    # 0.123456 rounded up would leave it out
    likely = [0.900056, 0.800056, 0.700056, 0.600056, 0.123456, 0.01]
    assert (np.array(likely) >= found(likely, "+++++-")["sensitive"]["threshold"]).sum() == 5


@pytest.mark.parametrize(("field", "label"), [("phase", "x"), ("design", "review"), ("design", "cohort")])
def test_no_point_is_a_threshold_that_nothing_reaches(field: str, label: str) -> None:
    given = {"design": {"cohort": {"balanced": {"threshold": 0.4}}, "review": {}}}
    assert threshold(given, field, label, "precise") > 1
    assert threshold(given, "design", "cohort", "balanced") == 0.4


def test_a_balanced_point_that_is_mostly_wrong_is_none() -> None:
    assert "balanced" not in found([0.9 - i / 50 for i in range(20)], "-" * 12 + "+++++" + "-" * 3)
    assert "balanced" in found([0.9 - i / 50 for i in range(20)], "-" * 4 + "+++++" + "-" * 11)


def test_bounds_of_the_points() -> None:
    """Five studies suffice; of points that are as good the first is taken, and half right is enough."""
    assert found([0.9, 0.8, 0.7, 0.6, 0.5], "+++++") == {
        name: {"threshold": 0.5, "sensitivity": 1.0, "precision": 1.0, "n": 5}
        for name in ("balanced", "precise", "sensitive")
    }
    half = found([0.9 - i / 50 for i in range(10)], "-" * 5 + "+" * 5)
    assert half["balanced"] == {"threshold": 0.9 - 9 / 50, "sensitivity": 1.0, "precision": 0.5, "n": 5}
    assert "balanced" not in found([0.9 - i / 50 for i in range(11)], "-" * 6 + "+" * 5)


def test_a_missing_point_is_a_threshold_of_two() -> None:
    assert threshold({}, "design", "cohort", "precise") == 2.0
