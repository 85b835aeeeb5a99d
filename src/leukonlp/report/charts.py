"""Sizes and places of what the page draws: bubbles and bars, as plain numbers; no counting, no markup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from leukonlp.report.words import PHASE_GROUPS, phase_group

BUBBLE = 21.0
SMALLEST = (9.5, 10.5, 13.5, 17.0)
"""Radii in pixels: the largest bubble, and the least that still hold a number of 1, 2, 3 and 4 digits."""
WIDTH = 960
_LEFT, _RIGHT = 196, 10
_FIRST, _OTHER, _GAP, _AXIS = 120, 34, 12, 26
"""Heights in pixels: the panel of all studies, that of a modality, the space between, the years below."""
_HALF_YEAR = 16
"""Half the width of a year as printed; a label nearer to the edge would be cut off."""


def radius(n: int, largest: int) -> float:
    """Return the radius of a bubble: its area grows with the number of studies."""
    floor = SMALLEST[min(len(str(n)), len(SMALLEST)) - 1]
    return max(floor, round(BUBBLE * math.sqrt(n / max(largest, 1)), 1))


def panels(timeline: Mapping[str, Any]) -> dict[str, Any]:
    """Return the timeline as panels of stacked bars over one axis of years.

    The first panel, of all studies, has a scale of its own; those of the modalities share one, so that
    their heights compare.
    """
    years: Sequence[int] = timeline["years"]
    slot = (WIDTH - _LEFT - _RIGHT) / max(len(years), 1)
    middle = {year: _LEFT + slot * (place + 0.5) for place, year in enumerate(years)}
    tops = [max((entry["n"] for entry in panel["years"]), default=0) for panel in timeline["panels"]]
    shared = max(tops[1:], default=0)
    drawn, y = [], 8.0
    for place, panel in enumerate(timeline["panels"]):
        height = _OTHER if place else _FIRST
        frame = {"y": round(y, 1), "base": round(y + height, 1), "height": height}
        top = shared if place else tops[0]
        pieces = list(_bars(panel, middle, min(slot * 0.8, 30), y + height, height / max(top, 1)))
        drawn.append({**panel, **frame, "top": top, "pieces": pieces})
        y += height + _GAP
    return {
        "width": WIDTH,
        "height": round(y + _AXIS - _GAP),
        "left": _LEFT,
        "right": WIDTH - _RIGHT,
        "panels": drawn,
        "labels": _years(middle),
        "axis": round(y - _GAP + 17, 1),
    }


def by_group(phases: Mapping[str, int]) -> dict[str, int]:
    """Return counts by colour step, lowest step first."""
    counts = dict.fromkeys(reversed(list(PHASE_GROUPS)), 0)
    for phase, n in phases.items():
        counts[phase_group(phase)] += n
    return counts


def _bars(
    panel: Mapping[str, Any], middle: Mapping[int, float], width: float, base: float, unit: float
) -> Iterator[dict[str, Any]]:
    for entry in panel["years"]:
        y = base
        for group, n in by_group(entry["phases"]).items():
            if n:
                y -= n * unit
                yield {
                    "year": entry["year"],
                    "group": group,
                    "n": n,
                    "x": round(middle[entry["year"]] - width / 2, 1),
                    "y": round(y, 1),
                    "width": round(width, 1),
                    "height": round(n * unit, 1),
                }


def _years(middle: Mapping[int, float]) -> list[dict[str, Any]]:
    every = max(1, math.ceil(len(middle) / 14))
    return [
        {"x": round(min(x, WIDTH - _HALF_YEAR), 1), "text": str(year)}
        for year, x in _nth(middle.items(), every)
    ]


def _nth(items: Iterable[tuple[int, float]], every: int) -> Iterator[tuple[int, float]]:
    return (item for place, item in enumerate(items) if place % every == 0)
