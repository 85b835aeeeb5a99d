"""What does the journal of annotate cost?

The time within its calls (checksum, fsync, the line; waiting for the disk included) as a share of the wall
time of a whole run, with the trained models and with the rules alone, which are faster; medians over the
rounds. The bound is 3%.

    python benchmarks/journal.py [--shared ../shared/data] [--records 800] [--rounds 5]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

from corpora import numbered
from leukonlp.config import Settings
from leukonlp.workflow import journal
from leukonlp.workflow.annotation import annotate_files
from recording import write

ROOT = Path(__file__).resolve().parents[1]
BOUND = 0.03


def cost(source: Path, folder: Path, settings: Settings, rounds: int) -> dict[str, Any]:
    """Return the share of the wall time of a run that its journal takes: median and all."""
    shares, kept = [], 0
    for _ in range(rounds + 1):
        with timed() as spent:
            begin = time.perf_counter()
            annotate_files([source], folder / "cost.jsonl", settings=settings, fresh=True)
            shares.append(spent["seconds"] / (time.perf_counter() - begin))
            kept = int(spent["lines"])
    shares = shares[1:]  # the first built the pipeline
    return {
        "share": round(statistics.median(shares), 5),
        "shares": [round(share, 5) for share in shares],
        "lines_a_run": kept,
        "output_bytes": (folder / "cost.jsonl").stat().st_size,
    }


class timed:
    """Counts the seconds within the calls of the journal, and the lines that it kept."""

    def __init__(self) -> None:
        self._before = journal.ResumableFile.write, journal.ResumableFile.keep, journal._append

    def __enter__(self) -> dict[str, float]:
        spent = {"seconds": 0.0, "lines": 0.0}
        plain, keep, append = self._before

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:
            def run(*given: Any) -> Any:
                begin = time.perf_counter()
                try:
                    return call(*given)
                finally:
                    spent["seconds"] += time.perf_counter() - begin

            return run

        def line(*given: Any) -> None:
            spent["lines"] += 1
            append(*given)

        journal.ResumableFile.write = counted(plain)  # type: ignore[method-assign]
        journal.ResumableFile.keep = counted(keep)  # type: ignore[method-assign]
        journal._append = line
        return spent

    def __exit__(self, *exception: object) -> None:
        journal.ResumableFile.write, journal.ResumableFile.keep, journal._append = self._before  # type: ignore[method-assign]


def main() -> int:
    """Measure, print, write the results and return 1 when the bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--records", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    records = options.shared / "pubmed" / "records.jsonl.gz"
    if not records.is_file():
        print(f"not measured: {records} is absent; name the folder of the real data with --shared")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = numbered(records, folder / "few.jsonl.gz", options.records)
        found = {
            "with models": cost(few, folder, Settings(), options.rounds),
            "rules alone": cost(few, folder, Settings(ner=(), tagger=()), options.rounds),
        }
    print(json.dumps(found, indent=1))
    bounds = {"share": BOUND}
    write(
        "journal",
        {"records": options.records, "rounds": options.rounds, **found, "bounds": bounds},
        corpus=[records],
    )
    return int(max(each["share"] for each in found.values()) >= BOUND)


if __name__ == "__main__":
    sys.exit(main())
