"""The table of docs/scaling.md is that of the results beside it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def projection(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    spec = importlib.util.spec_from_file_location("projection", root / "benchmarks" / "projection.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop("recording", None)
    return module


def test_the_page_is_that_of_the_results(projection: ModuleType) -> None:
    text = projection.PAGE.read_text(encoding="utf-8")
    assert projection.page(text) == text, "run python benchmarks/projection.py"


def test_other_results_give_another_table(projection: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = projection.table()
    unit = projection.units()
    monkeypatch.setattr(projection, "units", lambda: {**unit, "screen": 3.6})
    assert "| screen everything | 40,900,000 | 41 | 2.6 |" in projection.table()
    assert projection.table() != before
