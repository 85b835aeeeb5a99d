"""The map, the timeline and the funnel as figures for print; owns their Vega-Lite specifications."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leukonlp.report.highlight import visible
from leukonlp.report.vega import COLOUR, GAP, INK, LINE, MUTED, Spec, specify
from leukonlp.report.words import PHASE_GROUPS, phase_group

ROWS = 30
"""Diseases that the map shows in print; the caption says how many more there are."""
_LIGHT_TEXT = ["p4", "p5"]


def evidence_map(summary: Mapping[str, Any]) -> Spec:
    """Return the map: bubbles by number of studies, coloured by highest phase; empty cells shaded."""
    rows = summary["map"]["rows"]
    shown = rows[:ROWS]
    cells = [
        {
            "disease": row["name"],
            "treatment": column["name"],
            "n": cell["n"],
            "group": PHASE_GROUPS[phase_group(cell["phase"])][0] if cell["n"] else None,
            "light": cell["n"] > 0 and phase_group(cell["phase"]) in _LIGHT_TEXT,
        }
        for row in shown
        for column, cell in zip(summary["map"]["columns"], row["cells"], strict=True)
    ]
    x = {
        "field": "treatment",
        "type": "nominal",
        "sort": None,
        "axis": {"orient": "top", "labelAngle": -40, "title": None, "ticks": False, "domain": False},
    }
    y = {
        "field": "disease",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 320},
    }
    size = {
        "field": "n",
        "type": "quantitative",
        "scale": {"type": "linear", "zero": True, "range": [0, 620]},
        "legend": None,
    }
    colour = {**COLOUR, "legend": {"title": "Highest phase", "columns": 6}}
    found = {"filter": "datum.n > 0"}
    layers: list[Spec] = [
        {"mark": {"type": "rect", "fill": "#ffffff", "stroke": LINE}},
        {
            "transform": [{"filter": "datum.n == 0"}],
            "mark": {"type": "rect", "fill": GAP, "stroke": LINE},
        },
        {
            "transform": [found],
            "mark": {"type": "circle", "opacity": 1, "stroke": MUTED, "strokeWidth": 0.8},
            "encoding": {"size": size, "color": colour},
        },
        {
            "transform": [found],
            "mark": {"type": "text", "fontSize": 9, "fontWeight": "bold"},
            "encoding": {
                "text": {"field": "n"},
                "color": {"condition": {"test": "datum.light", "value": "#ffffff"}, "value": INK},
            },
        },
    ]
    more = len(rows) - len(shown)
    said = (
        f"Number of studies; shaded: none found. {more} less studied diseases are not shown." if more else ""
    )
    return specify(
        cells,
        title=said or "Number of studies; shaded: none found.",
        width={"step": 34},
        height={"step": 30},
        encoding={"x": x, "y": y},
        layer=layers,
    )


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
    counts = [
        {
            "year": entry["year"],
            "n": n,
            "group": PHASE_GROUPS[phase_group(phase)][0],
            "rank": list(PHASE_GROUPS).index(phase_group(phase)),
        }
        for entry in panel["years"]
        for phase, n in entry["phases"].items()
    ]
    every = max(1, -(-len(years) // 12))
    x_axis = {"title": None, "values": years[::every], "labelAngle": 0, "labels": last, "ticks": last}
    # One extent for all, so that the panels stand under each other.
    y_axis = {"title": visible(panel["name"]), "titleAngle": 0, "titleAlign": "right", "titleX": -30}
    y_axis |= {"titleY": height / 2, "titleBaseline": "middle", "minExtent": 150, "maxExtent": 150}
    y_axis |= {
        "values": [0, top],
        "format": "d",
        "grid": True,
        "gridColor": "#ececec",
        "titleFontWeight": "normal",
    }
    return {
        "data": {"values": counts},
        "width": 560,
        "height": height,
        "mark": {"type": "bar", "stroke": MUTED, "strokeWidth": 0.4},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "scale": {"domain": years}, "axis": x_axis},
            "y": {
                "field": "n",
                "aggregate": "sum",
                "type": "quantitative",
                "scale": {"domain": [0, top]},
                "axis": y_axis,
            },
            "color": {**COLOUR, "legend": {"title": "Phase", "columns": 6}},
            "order": {"field": "rank", "sort": "descending"},
        },
    }


def funnel(summary: Mapping[str, Any]) -> Spec:
    """Return the flow from records to studies of a treatment, in the manner of PRISMA 2020."""
    f = summary["funnel"]
    stages = (
        ("Records read", f["records"], "Not about a leukodystrophy", f["records"] - f["relevant"]),
        ("About a leukodystrophy", f["relevant"], "Retracted", f["retracted"]),
        ("Studies counted", f["counted"], "Study no treatment", f["counted"] - f["with_modality"]),
        ("Studies of a treatment", f["with_modality"], None, None),
    )
    boxes, arrows = [], []
    for place, (name, n, out, gone) in enumerate(stages):
        top = place * 90
        boxes.append(_box(0, top, 230, [name, f"(n = {n:,})"]))
        if out is not None:
            boxes.append(_box(290, top, 230, [out, f"(n = {gone:,})"]))
            arrows += [
                {"x": 230, "x2": 284, "y": top + 27, "y2": top + 27, "angle": 90, "ax": 284, "ay": top + 27},
                {"x": 115, "x2": 115, "y": top + 54, "y2": top + 84, "angle": 180, "ax": 115, "ay": top + 84},
            ]
    width, height = 521, 325
    scales = {
        "x": {"type": "quantitative", "scale": {"domain": [0, width], "nice": False}, "axis": None},
        "y": {
            "type": "quantitative",
            "scale": {"domain": [0, height], "nice": False, "reverse": True},
            "axis": None,
        },
    }

    def at(x: str, y: str, **more: Any) -> Spec:
        return {"x": {"field": x, **scales["x"]}, "y": {"field": y, **scales["y"]}, **more}

    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    head = {"type": "point", "shape": "triangle", "filled": True, "size": 60, "color": INK, "opacity": 1}
    layers = [
        {
            "data": {"values": boxes},
            "mark": {"type": "rect", "fill": "#ffffff", "stroke": INK},
            "encoding": at("x", "y", **ends),
        },
        {
            "data": {"values": boxes},
            "mark": {"type": "text", "fontSize": 11, "lineHeight": 15, "baseline": "middle", "dy": -7},
            "encoding": at("mx", "my", text={"field": "text"}),
        },
        {
            "data": {"values": arrows},
            "mark": {"type": "rule", "color": INK},
            "encoding": at("x", "y", **ends),
        },
        {
            "data": {"values": arrows},
            "mark": head,
            "encoding": at("ax", "ay", angle={"field": "angle", "type": "quantitative", "scale": None}),
        },
    ]
    return specify(None, width=width, height=height, layer=layers)


FIGURES: Mapping[str, Callable[[Mapping[str, Any]], Spec]] = {
    "map": evidence_map,
    "timeline": timeline,
    "funnel": funnel,
}


def _box(x: int, y: int, width: int, text: list[str]) -> dict[str, Any]:
    return {"x": x, "x2": x + width, "y": y, "y2": y + 54, "mx": x + width / 2, "my": y + 27, "text": text}
