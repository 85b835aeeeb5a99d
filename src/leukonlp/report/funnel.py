"""The funnel as a figure for print: from records to studies of a treatment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leukonlp.report.vega import INK, Spec, specify

_WIDTH, _HEIGHT = 521, 325
_BOX, _STEP = 54, 90
"""Height of a box, and from one to the next, in pixels."""
_ASIDE = 290
"""Where the boxes of what drops out begin."""
_X: Spec = {"type": "quantitative", "scale": {"domain": [0, _WIDTH], "nice": False}, "axis": None}
_Y: Spec = {
    "type": "quantitative",
    "scale": {"domain": [0, _HEIGHT], "nice": False, "reverse": True},
    "axis": None,
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
    boxes: list[Spec] = []
    arrows: list[Spec] = []
    for place, (name, n, out, gone) in enumerate(stages):
        top = place * _STEP
        boxes.append(_box(0, top, [name, f"(n = {n:,})"]))
        if out is not None:
            boxes.append(_box(_ASIDE, top, [out, f"(n = {gone:,})"]))
            arrows += _arrows(top)
    return specify(None, width=_WIDTH, height=_HEIGHT, layer=_layers(boxes, arrows))


def _box(x: int, y: int, text: list[str]) -> Spec:
    return {"x": x, "x2": x + 230, "y": y, "y2": y + _BOX, "mx": x + 115, "my": y + _BOX // 2, "text": text}


def _arrows(top: int) -> list[Spec]:
    """Return the arrows from a box to what drops out, and to the next box."""
    aside, next_top = {"y": top + _BOX // 2, "ay": top + _BOX // 2}, top + _STEP - 6
    return [
        {"x": 230, "x2": _ASIDE - 6, "ax": _ASIDE - 6, "y2": aside["y"], "angle": 90, **aside},
        {"x": 115, "x2": 115, "ax": 115, "y": top + _BOX, "y2": next_top, "ay": next_top, "angle": 180},
    ]


def _layers(boxes: list[Spec], arrows: list[Spec]) -> list[Spec]:
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    text = {"type": "text", "fontSize": 11, "lineHeight": 15, "baseline": "middle", "dy": -7}
    head = {"type": "point", "shape": "triangle", "filled": True, "size": 60, "color": INK, "opacity": 1}
    turned = {"angle": {"field": "angle", "type": "quantitative", "scale": None}}
    frame = {"type": "rect", "fill": "#ffffff", "stroke": INK}
    return [
        {"data": {"values": boxes}, "mark": frame, "encoding": _at("x", "y", **ends)},
        {"data": {"values": boxes}, "mark": text, "encoding": _at("mx", "my", text={"field": "text"})},
        {
            "data": {"values": arrows},
            "mark": {"type": "rule", "color": INK},
            "encoding": _at("x", "y", **ends),
        },
        {"data": {"values": arrows}, "mark": head, "encoding": _at("ax", "ay", **turned)},
    ]


def _at(x: str, y: str, **more: Any) -> Spec:
    return {"x": {"field": x, **_X}, "y": {"field": y, **_Y}, **more}
