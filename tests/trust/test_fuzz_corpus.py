"""The kept cases of the fuzzer, and bytes at random, through the targets it tries (fuzz/targets.py)."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..conftest import Tally  # noqa: TID252

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"


def _loaded(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"fuzz_{name}", FUZZ / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[f"fuzz_{name}"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TARGETS: dict[str, Callable[[bytes], None]] = _loaded("targets").TARGETS
CASES = [(target, case) for target in TARGETS for case in sorted((FUZZ / "corpus" / target).iterdir())]


def test_every_target_has_cases() -> None:
    assert {target for target, _ in CASES} == set(TARGETS)
    assert all(case.stat().st_size <= 8_192 for _, case in CASES), "keep the cases small"


@pytest.mark.parametrize(("target", "case"), CASES, ids=lambda value: getattr(value, "name", value))
def test_kept_cases(target: str, case: Path, tally: Tally) -> None:
    data = case.read_bytes()
    TARGETS[target](data)
    cuts = range(0, len(data), max(1, len(data) // 60))
    tally(kept_cases=1, cuts_of_kept_cases=len(cuts))
    for cut in cuts:
        TARGETS[target](data[:cut])


@pytest.mark.slow
def test_the_fuzzer_sees_the_readers() -> None:
    """Regression: they are imported with the first input, and were then not instrumented."""
    pytest.importorskip("atheris", reason="the fuzzer is not installed: pip install 'leukonlp[fuzz]'")
    done = subprocess.run(
        [sys.executable, str(FUZZ / "run.py"), "xml", "-runs=1"], capture_output=True, text=True, check=True
    )
    seen = set(re.findall(r"Instrumenting (leukonlp\.\S+)", done.stderr))
    readers = ("pubmed_xml", "pubmed_article", "borders", "wording", "nbib", "local", "openers")
    assert {f"leukonlp.sources.{name}" for name in readers} <= seen
    assert "leukonlp.pipeline.matcher" in seen


def test_earlier_runs_of_the_same_code_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression, too: without a target named, the script ended with "invalid choice"."""
    hours = _loaded("hours")
    assert list(hours.CODE) == list(TARGETS)
    monkeypatch.setattr(hours, "RESULTS", tmp_path)
    runs = [{"inputs": n, "cpu_seconds": 20.4 * n, "broken": 0} for n in (1, 2)]
    for target in TARGETS:
        hours.write(target, hours.code(target), runs)
    held = json.loads((tmp_path / "nbib.json").read_text())
    assert (held["inputs"], held["cpu_seconds"], held["runs"]) == (3, 61, runs)

    def refuse(*arguments: object, **options: object) -> None:
        raise InterruptedError("the fuzzer was started")

    monkeypatch.setattr(hours.subprocess, "run", refuse)
    monkeypatch.setattr(hours, "version", lambda name: "1")
    monkeypatch.setattr(sys, "argv", ["hours.py", "--cpu-seconds", "61"])
    assert hours.main() == 0
    hours.write("matcher", "another state of the code", runs)
    assert hours.earlier("matcher", hours.code("matcher")) == []
    with pytest.raises(InterruptedError):
        hours.main()


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_pieces_in_any_order(target: str, data: st.DataObject) -> None:
    pieces = [piece for name, case in CASES if name == target for piece in _pieces(case.read_bytes())]
    drawn = data.draw(st.lists(st.one_of(st.sampled_from(pieces), st.binary(max_size=12)), max_size=25))
    TARGETS[target](b"".join(drawn))


def _pieces(data: bytes) -> list[bytes]:
    size = max(4, len(data) // 12)
    return [data[start : start + size] for start in range(0, len(data), size)]
