"""Sizes and places of what the page draws: bubbles and bars, as plain numbers; no counting, no markup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leukonlp.report.words import PHASE_GROUPS, phase_group

BUBBLE = 21.0
SMALLEST = 9.5
"""Radii in pixels: the largest bubble, and the least that still holds its number."""
WIDTH, HEIGHT = 960, 210
_LEFT, _BASE, _TOP = 34, 184, 10
_HALF_YEAR = 16
"""Half the width of a year as printed; a label nearer to the edge would be cut off."""


def radius(n: int, largest: int) -> float:
    """Return the radius of a bubble: its area grows with the number of studies."""
    return max(SMALLEST, round(BUBBLE * math.sqrt(n / max(largest, 1)), 1))


def bars(timeline: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return stacked bars by year (pieces with place, size, group and title), year labels and grid lines."""
    top = max((entry["n"] for entry in timeline), default=0)
    step = _step(top)
    ceiling = max(step * math.ceil(top / step), 1)
    slot = (WIDTH - _LEFT) / max(len(timeline), 1)
    width = min(slot * 0.78, 42)
    unit = (_BASE - _TOP) / ceiling
    every = max(1, math.ceil(len(timeline) / 16))
    pieces: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for place, entry in enumerate(timeline):
        x = _LEFT + slot * (place + 0.5)
        if place % every == 0:
            labels.append({"x": round(min(x, WIDTH - _HALF_YEAR), 1), "text": str(entry["year"])})
        pieces.extend(_stack(entry, x - width / 2, width, unit))
    lines = [
        {"y": round(_BASE - value * unit, 1), "text": str(value)} for value in range(0, ceiling + 1, step)
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": _LEFT,
        "pieces": pieces,
        "labels": labels,
        "lines": lines,
    }


def by_group(phases: Mapping[str, int]) -> dict[str, int]:
    """Return counts by colour step, lowest step first."""
    counts = dict.fromkeys(reversed(list(PHASE_GROUPS)), 0)
    for phase, n in phases.items():
        counts[phase_group(phase)] += n
    return counts


def shares(counts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return counts with their length as percent of the largest."""
    counts = list(counts)
    largest = max((entry["n"] for entry in counts), default=0)
    return [{**entry, "share": round(100 * entry["n"] / max(largest, 1), 1)} for entry in counts]


def _stack(entry: Mapping[str, Any], x: float, width: float, unit: float) -> Iterable[dict[str, Any]]:
    y = float(_BASE)
    for group, n in by_group(entry["phases"]).items():
        if n:
            y -= n * unit
            size = {
                "x": round(x, 1),
                "y": round(y, 1),
                "width": round(width, 1),
                "height": round(n * unit, 1),
            }
            yield {**size, "group": group, "title": f"{entry['year']}, {PHASE_GROUPS[group][0]}: {n}"}


def _step(top: int) -> int:
    """Return the distance of grid lines: 1, 2 or 5 times a power of ten, four to eight lines."""
    scale = 1
    while True:
        for factor in (1, 2, 5):
            if top <= factor * scale * 5:
                return factor * scale
        scale *= 10
