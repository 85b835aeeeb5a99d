"""The tables of docs/scaling.md and benchmarks/README.md are those of the results beside them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def script(root: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    spec = importlib.util.spec_from_file_location(name, root / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop("recording", None)
    return module


@pytest.fixture
def projection(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return script(root, monkeypatch, "projection")


@pytest.fixture
def stages(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return script(root, monkeypatch, "stages")


def test_the_page_is_that_of_the_results(projection: ModuleType) -> None:
    text = projection.PAGE.read_text(encoding="utf-8")
    assert projection.page(text) == text, "run python benchmarks/projection.py"


def test_other_results_give_another_table(projection: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = projection.table()
    unit = projection.units()
    monkeypatch.setattr(projection, "units", lambda: {**unit, "screen": 3.6})
    assert "| screen everything | 40,900,000 | 41 | 2.6 |" in projection.table()
    assert projection.table() != before


def test_the_stages_are_those_of_the_results(stages: ModuleType) -> None:
    text = stages.PAGE.read_text(encoding="utf-8")
    assert stages.page(text) == text, "run python benchmarks/stages.py --page"


def test_other_results_give_other_stages(stages: ModuleType) -> None:
    ms = dict.fromkeys(stages.STAGES, 1.0)
    result = {"ms": ms, "floors_ms": dict.fromkeys(ms, 0.25), "ms_of_annotating": 11.0}
    lines = stages.table(result).splitlines()
    assert "| the trained tagger | 1.00 | 9% |  |" in lines
    assert "| read a record of PubMed XML | 1.00 |  | 0.25: lxml's bare iterparse |" in lines
    assert len(lines) == len(stages.STAGES) + 3
