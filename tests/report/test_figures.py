"""Figures: what they count, what they draw, and that hostile names stay words."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from leukonlp.errors import InputError
from leukonlp.lexicon import Lexicon
from leukonlp.records import Study
from leukonlp.report import figures, vega
from leukonlp.report.summary import summarize

Make = Callable[..., Study]


@pytest.fixture
def summary(lexicon: Lexicon, make_study: Make) -> dict[str, Any]:
    studies = [
        make_study("1"),
        make_study("2", phase="phase_3", year=2022),
        make_study("3", phase="unphased", modality=("hsct",), diseases=("MONDO:0018544",), year=2018),
        make_study("4", retracted=True),
    ]
    return summarize(studies, lexicon=lexicon)


def words(svg: bytes) -> list[str]:
    return ["".join(node.itertext()) for node in etree.fromstring(svg).iter("{*}text")]


def test_the_map_has_every_cell_and_its_number(summary: dict[str, Any]) -> None:
    cells = figures.evidence_map(summary)["data"]["values"]
    assert len(cells) == 2 * 12
    found = {(cell["disease"], cell["treatment"]): (cell["n"], cell["group"]) for cell in cells if cell["n"]}
    assert found == {
        ("metachromatic leukodystrophy", "Gene therapy"): (2, "Phase 3 or 4"),
        ("X-linked adrenoleukodystrophy", "Stem cell transplant"): (1, "People, no phase"),
    }
    drawn = words(vega.draw(figures.evidence_map(summary), "svg"))
    for said in ("metachromatic leukodystrophy", "Gene therapy", "Dietary", "2", "Phase 3 or 4"):
        assert said in drawn


def test_diseases_beyond_the_limit_are_told(summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "ROWS", 1)
    spec = figures.evidence_map(summary)
    assert {cell["disease"] for cell in spec["data"]["values"]} == {"metachromatic leukodystrophy"}
    assert "1 less studied diseases are not shown" in spec["title"]


def test_the_timeline_has_a_panel_for_each_treatment_on_one_scale(summary: dict[str, Any]) -> None:
    panels = figures.timeline(summary)["vconcat"]
    assert [panel["encoding"]["y"]["axis"]["title"] for panel in panels] == [
        "All studies",
        "Gene therapy",
        "Stem cell transplant",
    ]
    assert [sum(value["n"] for value in panel["data"]["values"]) for panel in panels] == [3, 2, 1]
    assert len({tuple(panel["encoding"]["y"]["scale"]["domain"]) for panel in panels[1:]}) == 1
    drawn = words(vega.draw(figures.timeline(summary), "svg"))
    assert {"2018", "2022", "Gene therapy"} <= set(drawn)


def test_the_funnel_says_every_number(summary: dict[str, Any]) -> None:
    drawn = words(vega.draw(figures.funnel(summary), "svg"))
    assert [text for text in drawn if text.startswith("(n = ")] or "(n = 4)" in " ".join(drawn)
    assert sorted(re.findall(r"\(n = (\d+)\)", " ".join(drawn))) == ["0", "0", "1", "3", "3", "4", "4"]


@pytest.mark.parametrize("name", figures.FIGURES)
@pytest.mark.parametrize(("format", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_each_format_is_what_it_says(name: str, format: str, begins: bytes, summary: dict[str, Any]) -> None:
    drawn = vega.draw(figures.FIGURES[name](summary), format)
    assert drawn.startswith(begins)
    if format == "svg":
        assert not re.search(rb"<script|<image|href=|url\(h|@import", drawn)


def test_print_has_300_dots_an_inch(summary: dict[str, Any]) -> None:
    drawn = vega.draw(figures.funnel(summary), "png")
    place = drawn.index(b"pHYs") + 4
    assert int.from_bytes(drawn[place : place + 4], "big") == pytest.approx(300 / 0.0254, abs=2)


@pytest.mark.parametrize("name", figures.FIGURES)
def test_an_empty_index_still_makes_figures(name: str, lexicon: Lexicon) -> None:
    assert vega.draw(figures.FIGURES[name](summarize([], lexicon=lexicon)), "svg").startswith(b"<svg")


def test_hostile_names_stay_words(lexicon: Lexicon, make_study: Make) -> None:
    name = '<script>alert("1")</script>\u202e'
    spec = figures.evidence_map(summarize([make_study(diseases=(name,))], lexicon=lexicon))
    drawn = vega.draw(spec, "svg")
    assert name.replace("\u202e", "\ufffd")[:10] in " ".join(words(drawn))
    assert list(etree.fromstring(drawn).iter("{*}script")) == []


def test_no_figure_asks_a_network(summary: dict[str, Any]) -> None:
    for figure in figures.FIGURES.values():
        spec = json.dumps({key: value for key, value in figure(summary).items() if key != "$schema"})
        assert '"url"' not in spec
        assert "http" not in spec


def test_phases_keep_their_order_in_grey() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    range_ = vega.COLOUR["scale"]["range"]
    steps = [lightness(colour) for colour in range_]
    assert steps == sorted(steps)
    assert min(b - a for a, b in itertools.pairwise(steps)) > 10


def test_a_missing_package_is_named(summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    with pytest.raises(InputError, match=r"leukonlp\[figures\]"):
        vega.draw(figures.funnel(summary), "svg")
