"""Known advisories against locked versions, without a network; the advisories here are made up."""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", root / "scripts" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def advisory(name: str, *events: dict[str, str], ecosystem: str = "PyPI", **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    affected = {"package": {"name": name, "ecosystem": ecosystem}, "ranges": ranges}
    return {"id": "X-1", "summary": "made up", "affected": [affected], **more}


def named(script: ModuleType, folder: Path, version: str, *advisories: dict[str, Any]) -> list[str]:
    for n, content in enumerate(advisories):
        (folder / f"{n}.json").write_text(json.dumps(content))
    return [found.advisory for found in script.findings({"some-thing": {version}}, folder)]


@pytest.mark.parametrize(
    ("version", "events", "hit"),
    [
        ("1.4", [{"introduced": "0"}, {"fixed": "1.5"}], True),
        ("1.5", [{"introduced": "0"}, {"fixed": "1.5"}], False),
        ("1.10", [{"introduced": "1.9"}, {"fixed": "1.11"}], True),
        ("1.2", [{"introduced": "1.9"}, {"fixed": "1.11"}], False),
        ("1.5", [{"introduced": "0"}, {"last_affected": "1.5"}], True),
        ("1.6", [{"introduced": "0"}, {"last_affected": "1.5"}], False),
        ("3.1", [{"introduced": "0"}, {"fixed": "1"}, {"introduced": "3"}, {"fixed": "3.2"}], True),
        ("2.0", [{"introduced": "3"}, {"fixed": "3.2"}, {"introduced": "0"}, {"fixed": "1"}], False),
        ("9", [{"introduced": "1"}], True),
        ("9", [{"introduced": "not a version"}], True),
    ],
)
def test_ranges(
    script: ModuleType, version: str, events: list[dict[str, str]], hit: bool, tmp_path: Path
) -> None:
    assert named(script, tmp_path, version, advisory("Some_Thing", *events)) == ["X-1"] * hit


def test_single_versions_other_ecosystems_and_withdrawn_ones(script: ModuleType, tmp_path: Path) -> None:
    listed = advisory("some.thing")
    listed["affected"][0]["versions"] = ["1.0"]
    assert named(script, tmp_path, "1.0", listed) == ["X-1"]
    assert named(script, tmp_path, "1.1", listed) == []
    everything = {"introduced": "0"}
    assert named(script, tmp_path, "1.0", advisory("some-thing", everything, ecosystem="npm")) == []
    assert named(script, tmp_path, "1.0", advisory("some-thing", everything, withdrawn="2026")) == []
    assert named(script, tmp_path, "1.0", advisory("other-thing", everything)) == []


def test_the_command_reads_the_locks(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pins = script.locked()
    assert len(pins) > 100
    assert pins["numpy"] == {"1.26.4"}
    place = tmp_path / "all.zip"
    monkeypatch.setattr(sys, "argv", ["audit", "--advisories", str(place)])
    for content, code, words in (
        (advisory("numpy", {"introduced": "0"}, {"fixed": "1.27"}), 1, "numpy 1.26.4: X-1 made up"),
        (advisory("numpy", {"introduced": "0"}, {"fixed": "1.26"}), 0, "0 findings"),
        (None, 2, "holds no advisories"),
    ):
        with zipfile.ZipFile(place, "w") as archive:
            if content is not None:
                archive.writestr("X-1.json", json.dumps(content))
        assert script.main() == code
        told = capsys.readouterr()
        assert words in told.out + told.err
    place.write_bytes(b"no zip")
    assert script.main() == 2
