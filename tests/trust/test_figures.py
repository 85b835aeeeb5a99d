"""The page of trust tells what the files of results tell, from runs in which nothing failed."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures", root / "scripts" / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(page: str) -> list[list[str]]:
    """The rows of tables that name tests."""
    cells = [re.split(r" \| ", line.strip("| ")) for line in page.splitlines() if line.startswith("| ")]
    return [row for row in cells if len(row) > 2 and "`tests/" in row[2]]


def test_the_page_says_what_the_results_say(script: ModuleType) -> None:
    page = script.PAGE.read_text(encoding="utf-8")
    assert page == script.filled(page), "run scripts/figures.py"
    assert "<!--=tests--><!--/-->" not in page


def test_a_figure_that_lies_is_found(script: ModuleType) -> None:
    page = script.PAGE.read_text(encoding="utf-8")
    for name in ("patterns", "tests", "matcher:hours", "coverage:share", "mutants:first", "mutants:left"):
        start = page.index(f"<!--={name}-->") + len(f"<!--={name}-->")
        assert script.filled(page[:start] + "9" + page[start:]) == page, name
    with pytest.raises(KeyError, match="made_up"):
        script.filled("<!--=made_up-->7<!--/-->")


def test_every_row_has_its_figures_from_tests_that_ran(script: ModuleType) -> None:
    ran = script.read(script.HERE / "trust.json")
    found = rows(script.PAGE.read_text(encoding="utf-8"))
    assert len(found) > 30
    for row in found:
        assert len(row) == 4, row[0]
        assert re.search(r"\d", row[3]), row[0]
        for name in re.findall(r"`(tests/[\w/.]+)`", row[2]):
            assert any(file == name or file.startswith(f"{name}/") for file in ran), (
                f"make trust leaves out {name}"
            )
    assert [name for name, result in ran.items() if result.get("failed")] == []


def test_nothing_broke_the_readers_or_the_matcher(script: ModuleType) -> None:
    for path in script.FUZZED.glob("*.json"):
        result = script.read(path)
        assert result["broken"] == 0, path.name
        for key in ("inputs", "broken"):
            assert result[key] == sum(run[key] for run in result["runs"])
        assert result["cpu_seconds"] == round(sum(run["cpu_seconds"] for run in result["runs"]))


def test_enough_is_covered_and_noticed_and_what_is_not_is_explained(script: ModuleType) -> None:
    coverage: dict[str, Any] = script.read(script.HERE / "coverage.json")
    for what in ("lines", "branches"):
        assert 1 - coverage[f"missing_{what}"] / coverage[what] >= 0.95
    mutants = script.read(script.HERE / "mutants.json")
    total = mutants["total"]
    assert total["tried"] >= 150
    assert total["killed"] >= 0.85 * total["tried"]
    for group in mutants["groups"].values():
        assert group["killed"] + len(group["survivors"]) == group["tried"]
        assert all(len(survivor["why"]) > 15 for survivor in group["survivors"])
