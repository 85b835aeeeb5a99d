"""How figures look and how they are drawn: the style, the colours and vl-convert; owns no figure.

Colours: six steps of lightness for phases, which keep their order in grey and for every kind of colour
vision. vl-convert draws a Vega-Lite specification without a browser and without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leukonlp.errors import InputError
from leukonlp.report.highlight import visible
from leukonlp.report.words import PHASE_GROUPS

Spec = dict[str, Any]

DPI = 300
_COLOURS = {
    "p5": "#0a2746",
    "p4": "#1d5f8a",
    "p3": "#58a0c0",
    "p2": "#a9cbd8",
    "p1": "#e5d9b6",
    "p0": "#ffffff",
}
INK, MUTED, LINE, GAP = "#17212b", "#566370", "#d9d8d2", "#efece4"
_CONFIG: Spec = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 10,
        "titleFontSize": 10,
        "domainColor": MUTED,
    },
    "legend": {"labelFontSize": 10, "titleFontSize": 10, "orient": "bottom", "symbolStrokeWidth": 0.8},
    "header": {"labelFontSize": 10, "labelColor": INK},
    "title": {"fontSize": 10, "fontWeight": "normal", "color": MUTED, "anchor": "start"},
}
COLOUR: Spec = {
    "field": "group",
    "type": "nominal",
    "scale": {
        "domain": [name for name, _ in PHASE_GROUPS.values()],
        "range": [_COLOURS[key] for key in PHASE_GROUPS],
    },
}


def draw(spec: Spec, format: str) -> bytes:
    """Return a specification drawn as ``svg``, ``png`` (300 dots per inch) or ``pdf``.

    Raises:
        InputError: vl-convert is not installed; names the extra that brings it.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise InputError(
            "a figure needs vl-convert-python, which is not installed; pip install 'leukonlp[figures]'"
        ) from error
    if format == "svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    if format == "png":
        return bytes(vl_convert.vegalite_to_png(spec, ppi=DPI))
    return bytes(vl_convert.vegalite_to_pdf(spec))


def specify(values: Iterable[Mapping[str, Any]] | None, **parts: Any) -> Spec:
    """Return a specification in our style, with every string of its data made visible."""
    data = {} if values is None else {"data": {"values": [_seen(value) for value in values]}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "#ffffff",
        "config": _CONFIG,
        **data,
        **parts,
    }


def _seen(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: visible(item) if isinstance(item, str) else item for key, item in value.items()}
