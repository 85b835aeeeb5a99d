"""Counts what the tests of this folder try; ``make trust`` keeps the sums in ``scripts/trust.json``."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "scripts" / "trust.json"
LONG = os.environ.get("LEUKONLP_TRUST") == "long"
Tally = Callable[..., None]

_tried: dict[str, Counter[str]] = {}
_ended: dict[str, Counter[str]] = {}


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Tally:
    """Add to what a test has tried: ``tally(cuts=12)``. docs/trust.md shows the sums by these names."""
    counts = _tried.setdefault(request.node.nodeid, Counter())
    return lambda **numbers: counts.update(numbers)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how each test of the run ended, those outside of this folder too."""
    if report.when == "call" or not report.passed:
        _ended.setdefault(report.nodeid.split("::")[0], Counter())[report.outcome] += 1


def pytest_sessionfinish() -> None:
    """Keep the counts of the long form: of each file that ran now, or else of its last run."""
    if not LONG or not _ended:
        return
    held: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    about = {"date": datetime.now(timezone.utc).date().isoformat(), "commit": _commit()}
    for name, ends in _ended.items():
        held[name] = {**about, **ends, "tried": dict(_tried.get(name, ()))}
    there = {name: held[name] for name in sorted(held) if (ROOT / name).exists()}
    KEPT.write_text(json.dumps(there, indent=1) + "\n", encoding="utf-8")


def _commit() -> str | None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from recording import commit
    finally:
        sys.path.pop(0)
    return commit()
