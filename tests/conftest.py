"""Fixtures that every test folder may use."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of what is tested.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
KEPT = ROOT / "scripts" / "trust.json"
"""What the long form of the tests tried; docs/trust.md shows it."""
LONG = os.environ.get("LEUKONLP_TRUST") == "long"
Tally = Callable[..., None]

_tried: dict[str, Counter[str]] = {}
_ended: dict[str, Counter[str]] = {}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the checkout; its texts are never copied into the project."""
    if not SHARED.is_dir():
        pytest.skip("the real data is not there: ../shared/data beside the checkout is absent")
    return SHARED


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own LEUKONLP_* settings out of every test."""
    for name in [name for name in os.environ if name.startswith("LEUKONLP_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection attempt fail the test."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError(f"a network connection was attempted: {arguments[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


KINDS = (
    (
        "Gene therapy for metachromatic leukodystrophy",
        "In this phase 1/2 trial we treated six children with MLD.",
    ),
    ("Cord blood transplantation in Krabbe disease", "We reviewed 24 infants at two centres; most survived."),
    ("Bile acids in cerebrotendinous xanthomatosis", "A woman with CTX took chenodeoxycholic acid."),
    ("Statins after myocardial infarction", "We randomised adults to two doses of atorvastatin."),
)


@pytest.fixture
def records_file(tmp_path: Path) -> Path:
    """Twelve short records in our own words, PMIDs 11 to 14, 21 to 24 and 31 to 34; 4 is off topic."""
    lines = [
        {"pmid": f"{n}{k}", "title": f"{title}, series {n}", "abstract": abstract, "year": 2010 + n}
        for n in (1, 2, 3)
        for k, (title, abstract) in enumerate(KINDS, start=1)
    ]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Tally:
    """Add to what a test has tried: ``tally(cuts=12)``. docs/trust.md shows the sums by these names."""
    counts = _tried.setdefault(request.node.nodeid, Counter())
    return lambda **numbers: counts.update(numbers)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how each test of the run ended."""
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
