"""The page of licences tells what the packages say, and constraints hold versions and nothing else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", root / "scripts" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_packages_say(script: ModuleType) -> None:
    def rows(lines: list[str]) -> dict[str, str]:
        cells = [line.split(" | ") for line in lines if re.match(r"\| [a-z]", line)]
        return {cell[0]: cell[1] for cell in cells if cell[0] != "| package"}

    printed = rows(script.PAGE.read_text(encoding="utf-8").splitlines())
    found = rows(script.lines())
    assert len(found) > 40
    # Another Python needs a package more or less (tomli, exceptiongroup); what both need must agree.
    assert {name: printed.get(name, found[name]) for name in found} == found
    assert len(found.keys() - printed.keys()) <= 3, "run scripts/licences.py"


def test_an_unknown_licence_is_an_error(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "_WORDS", ())
    monkeypatch.setattr(script, "ALLOWED", frozenset())
    with pytest.raises(ValueError, match="lxml names no licence"):
        script.licence("lxml")


def test_constraints_hold_one_version_each_and_no_address(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    marker = r"[a-z_]+ (?:<|>=|==|!=) \"[\w.]+\""
    pin = re.compile(rf"[a-z0-9][a-z0-9._-]*==[\w.!+]+(?:; {marker}(?: (?:and|or) {marker})?)?")
    assert [line for line in pins if not pin.fullmatch(line)] == []
