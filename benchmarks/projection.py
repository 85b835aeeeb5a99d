"""What would all of PubMed take? The table of docs/scaling.md, from results/*.json; measures nothing.

Every figure is a unit figure of another benchmark times the number of records. What is assumed stands in the
constants below and in the page.

    python benchmarks/projection.py [--check]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from recording import RESULTS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scaling.md"
BEGIN, END = "<!-- projection: written by benchmarks/projection.py -->", "<!-- end of projection -->"
RECORDS = 40_900_000
FILES = 1_500
PACKED = 64e9
"""PubMed's baseline and update files of 2026: records, files, bytes."""
CORES = 16
SHARE = 0.001
"""Share of records that pass the screen: about one in a thousand (docs/decisions/0015)."""
DOLLARS = 0.05
"""Price of a core for an hour: what large providers ask, roughly."""


def result(name: str) -> dict[str, Any]:
    """Return the results of a benchmark."""
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def units() -> dict[str, float]:
    """Return the unit figures: processor milliseconds and bytes a record, shares."""
    screen, ner, rules = result("screen"), result("ner_speed"), result("annotate")
    index, journal, memory = result("search"), result("journal"), result("memory")
    return {
        "screen": 1e3 * screen["cpu_seconds"]["screen"] / screen["records"],
        "models": 1e3 / ner["abstracts_a_second_once_built"],
        "rules": 1e3 / rules["abstracts_a_second_once_built"],
        "index": 1e3 * index["seconds_to_build"] / index["studies"],
        "line": journal["with models"]["output_bytes"] / journal["records"],
        "rules_line": journal["rules alone"]["output_bytes"] / journal["records"],
        "indexed": index["bytes"] / index["studies"],
        "two_jobs": result("jobs")["times_one_job"] / 2,
        "feeding": memory["main_ms_a_record"],
        "megabytes": memory["jobs 2"]["megabytes"][f"{memory['many']:,}"]["worker"],
        "journal": max(journal["with models"]["share"], journal["rules alone"]["share"]),
    }


def table() -> str:
    """Return the unit figures and the projection, as the page shows them."""
    unit = units()
    kept = SHARE * RECORDS
    figures = (
        ("screen a record", f"{unit['screen']:.3f} ms", "screen.py"),
        ("annotate a record, with the trained models", f"{unit['models']:.2f} ms", "ner_speed.py"),
        ("annotate a record, by rules alone", f"{unit['rules']:.2f} ms", "annotate.py"),
        ("index an annotated record", f"{unit['index']:.2f} ms", "search.py"),
        ("read records and feed the workers, a record", f"{unit['feeding']:.2f} ms", "memory.py"),
        (
            "JSONL, a record (with models; rules alone)",
            f"{unit['line']:,.0f}; {unit['rules_line']:,.0f} bytes",
            "journal.py",
        ),
        ("index, a study", f"{unit['indexed']:,.0f} bytes", "search.py"),
        ("journal, share of the time of annotating", f"{unit['journal']:.1%}", "journal.py"),
        ("two jobs, share of twice the speed of one", f"{unit['two_jobs']:.0%}", "jobs.py"),
        ("a worker's memory at its peak", f"{unit['megabytes']:,.0f} MB", "memory.py"),
    )
    steps = (
        ("screen everything", RECORDS, unit["screen"], SHARE * PACKED, True),
        ("annotate what passes, with models", kept, unit["models"], kept * unit["line"], True),
        ("index it", kept, unit["index"], kept * unit["indexed"], False),
        ("annotate everything, by rules alone", RECORDS, unit["rules"], RECORDS * unit["rules_line"], True),
        ("annotate everything, with models", RECORDS, unit["models"], RECORDS * unit["line"], True),
        ("index everything", RECORDS, unit["index"], RECORDS * unit["indexed"], False),
    )
    lines = ["| unit | measured | by |", "|---|---|---|"]
    lines += [f"| {what} | {figure} | `benchmarks/{script}` |" for what, figure, script in figures]
    lines += [
        "",
        f"| all of PubMed on {CORES} cores | records | core hours | hours, all cores busy | "
        f"hours, as two jobs were | dollars | bytes written |",
        "|---|---|---|---|---|---|---|",
    ]
    for what, records, milliseconds, size, spread in steps:
        hours = records * milliseconds / 3.6e6
        wall = hours / (CORES if spread else 1)
        slower = wall / unit["two_jobs"] if spread else wall
        lines.append(
            f"| {what} | {records:,.0f} | {_number(hours)} | {_number(wall)} | {_number(slower)} | "
            f"{_number(hours * DOLLARS)} | {_bytes(size)} |"
        )
    feeds = unit["models"] / unit["feeding"]
    lines += [
        "",
        f"One process reads and feeds about {feeds:.0f} workers with models, "
        f"{unit['rules'] / unit['feeding']:.0f} by rules alone.",
    ]
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def _bytes(size: float) -> str:
    return f"{size / 1e9:,.0f} GB" if size >= 1e10 else f"{size / 1e6:,.0f} MB"


def page(text: str) -> str:
    """Return the page with the table of now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    """Write the table, or say whether it is that of now."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing; 1 when the page is not of now")
    text = PAGE.read_text(encoding="utf-8")
    now = page(text)
    if parser.parse_args().check:
        return int(now != text)
    PAGE.write_text(now, encoding="utf-8")
    print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
