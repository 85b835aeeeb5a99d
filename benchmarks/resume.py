"""Does a run of annotate that is killed again and again end as an undisturbed one, and at what cost?

The command is started on the same records and killed with SIGKILL at a random moment,
thirty times, turn by turn with one job and with two; then it may end. A quarter of the moments fall into the
start of the command, the others into its work, as long into it as lets the run end after about the last
kill; should it end between two kills, the next one begins anew. Figures: how many starts found something
done, whether the outputs are byte by byte those of an undisturbed run, and how many records are lost or
there twice. Without ``--models`` the rules alone annotate: the journal does not know the difference.

The cost of the journal: the time within its calls (checksum, fsync, the line; waiting for the disk
included) as a share of the wall time of a whole run, with the trained models and with the rules alone,
which are faster; medians over the rounds. The bound is 3%.

    python benchmarks/resume.py [--shared ../shared/data] [--records 4000] [--kills 30] [--rounds 5]
        [--cost-records 1500] [--models]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
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


def command(source: Path, out: Path, jobs: int, more: list[str]) -> subprocess.Popen[str]:
    """Start annotating."""
    line = [sys.executable, "-m", "leukonlp", "annotate", str(source), "--out", str(out), "--jobs", str(jobs)]
    return subprocess.Popen([*line, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> str:
    """Wait for the end and return what was said of earlier runs."""
    said, complaints = process.communicate()
    assert process.returncode == 0, (said, complaints)
    return complaints


def kills(source: Path, folder: Path, number: int, more: list[str]) -> dict[str, Any]:
    """Kill the command so many times and return what became of its output."""
    whole, out = folder / "whole.jsonl", folder / "out.jsonl"
    begin = time.monotonic()
    process = command(source, whole, 1, more)
    while not (folder / ".whole.jsonl.leukonlp-part").exists() and process.poll() is None:
        time.sleep(0.01)
    start = time.monotonic() - begin
    finished(process)
    work = time.monotonic() - begin - start
    expected = whole.read_bytes()
    moments, landed, gone_on, ends = random.Random(6), 0, 0, []
    while landed < number:
        process = command(source, out, 1 + landed % 2, more)
        try:
            early = moments.random() < 0.25
            process.wait(
                start * moments.random() if early else start + moments.uniform(0, 2.6 * work / number)
            )
            gone_on += "going on" in finished(process)
            ends.append(out.read_bytes())
            out.unlink()
        except subprocess.TimeoutExpired:
            process.kill()
            landed += 1
            gone_on += "going on" in process.communicate()[1]
    gone_on += "going on" in finished(command(source, out, 2, more))
    ends.append(out.read_bytes())
    wanted = Counter(json.loads(line)["pmid"] for line in expected.splitlines())
    found = [Counter(json.loads(line)["pmid"] for line in end.splitlines()) for end in ends]
    return {
        "records": wanted.total(),
        "kills": landed,
        "runs": len(ends),
        "starts_that_went_on": gone_on,
        "seconds_undisturbed": {"start": round(start, 1), "work": round(work, 1)},
        "identical": all(end == expected for end in ends),
        "sha256": hashlib.sha256(expected).hexdigest(),
        "records_lost": sum((wanted - each).total() for each in found),
        "records_twice": sum((each - wanted).total() for each in found),
    }


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
    """Measure, print, write the results and return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cost-records", type=int, default=1500)
    parser.add_argument("--models", action="store_true", help="kill runs with the trained models")
    options = parser.parse_args()
    records = options.shared / "pubmed" / "records.jsonl.gz"
    if not records.is_file():
        print(f"not measured: {records} is absent; name the folder of the real data with --shared")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = numbered(records, folder / "few.jsonl.gz", options.cost_records)
        overhead = {
            "with models": cost(few, folder, Settings(), options.rounds),
            "rules alone": cost(few, folder, Settings(ner=(), tagger=()), options.rounds),
        }
        more = [] if options.models else ["--no-ner", "--no-tagger"]
        many = numbered(records, folder / "many.jsonl.gz", options.records)
        found = kills(many, folder, options.kills, more)
    values = {**found, "journal": {"records": options.cost_records, "rounds": options.rounds, **overhead}}
    print(json.dumps(values, indent=1))
    write("resume", {**values, "bounds": {"share": BOUND, "records_lost": 0}}, corpus=[records])
    worst = max(each["share"] for each in overhead.values())
    good = found["identical"] and not found["records_lost"] + found["records_twice"] and worst < BOUND
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
