"""The figures for print: the map, the timeline, and :mod:`the funnel <leukonlp.report.funnel>`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from leukonlp.report.funnel import funnel
from leukonlp.report.highlight import visible
from leukonlp.report.vega import COLOUR, GAP, INK, LINE, MUTED, Spec, specify
from leukonlp.report.words import PHASE_GROUPS, phase_group

ROWS = 30
"""Diseases that the map shows in print; the caption says how many more there are."""
_LIGHT_TEXT = ["p4", "p5"]


_TREATMENTS: Spec = {
    "field": "treatment",
    "type": "nominal",
    "sort": None,
    "axis": {"orient": "top", "labelAngle": -40, "title": None, "ticks": False, "domain": False},
}
_DISEASES: Spec = {
    "field": "disease",
    "type": "nominal",
    "sort": None,
    "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 320},
}
_BUBBLE: Spec = {
    "mark": {"type": "circle", "opacity": 1, "stroke": MUTED, "strokeWidth": 0.8},
    "encoding": {
        "size": {
            "field": "n",
            "type": "quantitative",
            "scale": {"type": "linear", "zero": True, "range": [0, 620]},
            "legend": None,
        },
        "color": {**COLOUR, "legend": {"title": "Highest phase", "columns": 6}},
    },
}
_NUMBER: Spec = {
    "mark": {"type": "text", "fontSize": 9, "fontWeight": "bold"},
    "encoding": {
        "text": {"field": "n"},
        "color": {"condition": {"test": "datum.light", "value": "#ffffff"}, "value": INK},
    },
}
_MAP: list[Spec] = [
    {"mark": {"type": "rect", "fill": "#ffffff", "stroke": LINE}},
    {"transform": [{"filter": "datum.n == 0"}], "mark": {"type": "rect", "fill": GAP, "stroke": LINE}},
    {"transform": [{"filter": "datum.n > 0"}], **_BUBBLE},
    {"transform": [{"filter": "datum.n > 0"}], **_NUMBER},
]


def evidence_map(summary: Mapping[str, Any]) -> Spec:
    """Return the map: bubbles by number of studies, coloured by highest phase; empty cells shaded."""
    rows = summary["map"]["rows"]
    more = len(rows) - ROWS
    return specify(
        [cell for row in rows[:ROWS] for cell in _cells(row, summary["map"]["columns"])],
        title="Number of studies; shaded: none found."
        + (f" {more} less studied diseases are not shown." if more > 0 else ""),
        width={"step": 34},
        height={"step": 30},
        encoding={"x": _TREATMENTS, "y": _DISEASES},
        layer=_MAP,
    )


def _cells(row: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> Iterator[Spec]:
    """Yield what the map draws of a disease, a cell for each treatment."""
    for column, cell in zip(columns, row["cells"], strict=True):
        group = phase_group(cell["phase"]) if cell["n"] else None
        yield {
            "disease": row["name"],
            "treatment": column["name"],
            "n": cell["n"],
            "group": PHASE_GROUPS[group][0] if group is not None else None,
            "light": group in _LIGHT_TEXT,
        }


def timeline(summary: Mapping[str, Any]) -> Spec:
    """Return studies by year, stacked by phase: all of them, then each treatment, these on one scale."""
    panels, years = summary["timeline"]["panels"], summary["timeline"]["years"]
    tops = [max((entry["n"] for entry in panel["years"]), default=1) for panel in panels]
    sizes = [(tops[0], 110), *[(max(tops[1:]), 38)] * (len(panels) - 1)] if panels else []
    drawn = [
        _panel(panel, years, top=top, height=height, last=panel is panels[-1])
        for panel, (top, height) in zip(panels, sizes, strict=True)
    ]
    return specify(
        None,
        title="Studies by year of publication; the treatments share one scale.",
        vconcat=drawn or [{"data": {"values": []}, "mark": "bar"}],
        spacing=10,
    )


def _panel(panel: Mapping[str, Any], years: list[int], *, top: int, height: int, last: bool) -> Spec:
    every = max(1, -(-len(years) // 12))
    x_axis = {"title": None, "values": years[::every], "labelAngle": 0, "labels": last, "ticks": last}
    scale = {"scale": {"domain": [0, top]}, "axis": _count_axis(visible(panel["name"]), top, height)}
    return {
        "data": {"values": list(_bars(panel))},
        "width": 560,
        "height": height,
        "mark": {"type": "bar", "stroke": MUTED, "strokeWidth": 0.4},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "scale": {"domain": years}, "axis": x_axis},
            "y": {"field": "n", "aggregate": "sum", "type": "quantitative", **scale},
            "color": {**COLOUR, "legend": {"title": "Phase", "columns": 6}},
            "order": {"field": "rank", "sort": "descending"},
        },
    }


def _bars(panel: Mapping[str, Any]) -> Iterator[Spec]:
    """Yield the studies of each year and phase."""
    for entry in panel["years"]:
        for phase, n in entry["phases"].items():
            group = phase_group(phase)
            rank = list(PHASE_GROUPS).index(group)
            yield {"year": entry["year"], "n": n, "group": PHASE_GROUPS[group][0], "rank": rank}


def _count_axis(title: str, top: int, height: int) -> Spec:
    """Return the axis of a panel, its name beside it; one extent for all, so that they stand in line."""
    return {
        "title": title,
        "titleAngle": 0,
        "titleAlign": "right",
        "titleX": -30,
        "titleY": height / 2,
        "titleBaseline": "middle",
        "titleFontWeight": "normal",
        "minExtent": 150,
        "maxExtent": 150,
        "values": [0, top],
        "format": "d",
        "grid": True,
        "gridColor": "#ececec",
    }


FIGURES: Mapping[str, Callable[[Mapping[str, Any]], Spec]] = {
    "map": evidence_map,
    "timeline": timeline,
    "funnel": funnel,
}
