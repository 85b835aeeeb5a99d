"""Writes the figures of docs/trust.md from the files that the measuring commands leave behind.

A figure stands between ``<!--=NAME-->`` and ``<!--/-->``. In a row of a table, ``tests`` and what the tests
count themselves (``tests/conftest.py``) are of the test files named in that row. ``make trust``,
``fuzz``, ``coverage``, ``mutants`` and ``pythons`` call this at their end;
``tests/trust/test_figures.py`` compares.

    python scripts/figures.py
    python scripts/figures.py --coverage REPORT.json    # first keep the sums of a report of coverage
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "trust.md"
HERE = ROOT / "scripts"
FUZZED = ROOT / "fuzz" / "results"
PARSERS = ("xml", "nbib", "jsonl")
_FIGURE = re.compile(r"(<!--=([\w:/.]+)-->)(.*?)(<!--/-->)", re.DOTALL)
_TEST = re.compile(r"`(tests/[\w/.]+)`")


def read(path: Path) -> Any:
    """Return what a file of results holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def filled(page: str) -> str:
    """Return the page with every figure as the files have it.

    Raises:
        KeyError: no file tells a figure that the page asks for.
    """
    known = dict(figures())
    ran = read(HERE / "trust.json")

    def line(text: str) -> str:
        here = {**known, **_counted(ran, _TEST.findall(text))}
        return _FIGURE.sub(lambda found: found[1] + here[found[2]] + found[4], text)

    page = _FIGURE.sub(lambda f: f[1] + known[f[2]] + f[4] if "\n" in f[3] else f[0], page)
    return "".join(map(line, page.splitlines(keepends=True)))


def _counted(ran: dict[str, Any], named: list[str]) -> dict[str, str]:
    """Count what the tests of files and folders have tried, and how many there are."""
    counts: Counter[str] = Counter(tests=0)
    for file, result in ran.items():
        if any(file == name or file.startswith(f"{name}/") for name in named):
            counts.update(result["tried"])
            counts["tests"] += result.get("passed", 0)
    return {name: f"{number:,}" for name, number in counts.items()}


def figures() -> Iterator[tuple[str, str]]:
    """Yield each figure by its name, as the page shows it."""
    yield from _fuzzing()
    yield from _coverage(read(HERE / "coverage.json"))
    yield from _mutants(read(HERE / "mutants.json"))
    yield "pythons", str(len(read(HERE / "pythons.json")["pythons"]))
    yield "python_files", str(len(read(HERE / "pythons.json")["files"]))


def _fuzzing() -> Iterator[tuple[str, str]]:
    results = {path.stem: read(path) for path in sorted(FUZZED.glob("*.json"))}
    parsers = {
        key: sum(results[name][key] for name in PARSERS) for key in ("inputs", "cpu_seconds", "broken")
    }
    for name, result in {**results, "parsers": parsers}.items():
        yield f"{name}:inputs", f"{result['inputs']:,}"
        yield f"{name}:hours", f"{result['cpu_seconds'] / 3600:.2f}"
        yield f"{name}:broken", str(result["broken"])


def _coverage(sums: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "coverage:share", f"{sums['percent']:.1f}%"
    for name in ("lines", "missing_lines", "branches", "missing_branches"):
        yield f"coverage:{name}", f"{sums[name]:,}"


def _mutants(results: dict[str, Any]) -> Iterator[tuple[str, str]]:
    total = results["total"]
    for name in ("tried", "killed", "killed_at_first"):
        yield f"mutants:{name}", str(total[name])
    yield "mutants:seed", str(results["seed"])
    yield "mutants:first", _share(total["killed_at_first"], total["tried"], total["interval_95_at_first"])
    yield "mutants:now", _share(total["killed"], total["tried"], total["interval_95"])
    rows = [
        f"| {name} | {group['tried']} | {group['killed_at_first']} | {group['killed']} |"
        for name, group in results["groups"].items()
    ]
    yield (
        "mutants:groups",
        "\n".join(["", "| code | tried | noticed at first | now |", "|---|---|---|---|", *rows, ""]),
    )
    left = [
        f"| `{s['module']}:{s['line']}` | {_code(s['change'])} | {s.get('why', 'open')} |"
        for group in results["groups"].values()
        for s in group["survivors"]
    ]
    yield "mutants:left", "\n".join(["", "| where | change | why it stays |", "|---|---|---|", *left, ""])


def _share(part: int, whole: int, interval: list[float]) -> str:
    low, high = (round(100 * end) for end in interval)
    return f"{100 * part / whole:.0f}%, 95% interval {low} to {high}%"


def _code(change: list[str]) -> str:
    """Show only the part of a changed line that differs, with a word around it."""
    old = " ".join(line[2:] for line in change if line.startswith("-"))
    new = " ".join(line[2:] for line in change if line.startswith("+"))
    start = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    end = next((n for n, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), 0)
    end = min(end, min(len(old), len(new)) - start)
    cut = slice(max(0, start - 14), None)
    shown = [" ".join(text[cut][: len(text) - end - cut.start + 8].split()) for text in (old, new)]
    return " → ".join(f"`{text.replace('|', chr(92) + '|')}`" for text in shown if text) or "left out"


def keep_coverage(report: Path) -> None:
    """Keep the sums of a report of coverage.py."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from recording import commit

    totals = read(report)["totals"]
    sums = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "commit": commit(),
        "percent": round(totals["percent_covered"], 2),
        "lines": totals["num_statements"],
        "missing_lines": totals["missing_lines"],
        "branches": totals["num_branches"],
        "missing_branches": totals["missing_branches"],
    }
    (HERE / "coverage.json").write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coverage", type=Path, help="a report by coverage.py, as JSON")
    options = parser.parse_args()
    if options.coverage:
        keep_coverage(options.coverage)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
