"""Does the memory of annotate stay flat, whatever the length of its input?

The command annotates 5,000 records and 50,000 with two jobs, some 8 processor minutes: a worker does all
that one job does, and the main process reads and writes. The memory is what the main process and its largest
worker hold resident at their peak (Linux: VmHWM, read as each of them nears its end). Bound: the larger input
takes at most a tenth more.

    python benchmarks/memory.py [--shared ../shared/data] [--few 5000] [--many 50000] [--jobs 2] [--no-ner]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from corpora import numbered
from leukonlp.sources import read
from leukonlp.workflow.journal import resumable
from recording import write

ROOT = Path(__file__).resolve().parents[1]
BOUND = 1.1
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def peaks(source: Path, out: Path, jobs: int, more: list[str]) -> dict[str, float]:
    """Return the peaks of the main process and the largest worker in MB, and processor seconds."""
    line = [sys.executable, "-m", "leukonlp", "annotate", str(source), "--out", str(out), "--fresh"]
    process = subprocess.Popen(
        [*line, "--jobs", str(jobs), *more], stdout=subprocess.PIPE, env={**os.environ, **ONE_THREAD}
    )
    highest: dict[int, float] = {}
    spent: dict[int, float] = {}
    while process.poll() is None:
        try:
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        except psutil.Error:
            continue
        for each in family:
            try:
                highest[each.pid] = max(highest.get(each.pid, 0.0), _peak(each.pid))
                spent[each.pid] = each.cpu_times().user + each.cpu_times().system
            except (OSError, psutil.Error):
                continue  # it ended meanwhile
        time.sleep(0.05)
    assert process.returncode == 0, line
    main = highest.pop(process.pid)
    return {
        "main": round(main, 1),
        **({"worker": round(max(highest.values()), 1)} if highest else {}),
        "cpu_seconds": round(sum(spent.values()), 1),
        "main_cpu_seconds": round(spent[process.pid], 1),
        "output_bytes": out.stat().st_size,
    }


def feeding(source: Path, out: Path) -> float:
    """Return the processor milliseconds a record of what only the main process does: least of five rounds.

    It reads records, packs them for a worker, unpacks the lines that come back, and writes them.
    """
    lines = [b"x" * 5_000] * 64
    back, least = pickle.dumps(lines), float("inf")
    for _ in range(5):
        begin, number = time.process_time(), 0
        work = {"round": time.monotonic_ns()}
        with resumable(out, work=work) as file:
            records = read([source])
            while chunk := list(itertools.islice(records, 64)):
                pickle.dumps(chunk)
                for line in pickle.loads(back)[: len(chunk)]:
                    file.write(line)
                number += len(chunk)
        least = min(least, (time.process_time() - begin) / number)
    return round(1e3 * least, 4)


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> int:
    """Measure, print, write the results and return 1 when the bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--few", type=int, default=5_000)
    parser.add_argument("--many", type=int, default=50_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[2], help="1 too: twice the time")
    parser.add_argument("--no-ner", action="store_true", help="without leuko_ner: a third of the time")
    options = parser.parse_args()
    records = options.shared / "pubmed" / "records.jsonl.gz"
    if not records.is_file():
        print(f"not measured: {records} is absent; name the folder of the real data with --shared")
        return 0
    more = ["--no-ner"] if options.no_ner else []
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        sources = {
            n: numbered(records, Path(folder) / f"{n}.jsonl.gz", n) for n in (options.few, options.many)
        }
        for jobs in options.jobs:
            sizes = {n: peaks(path, Path(folder) / "out.jsonl", jobs, more) for n, path in sources.items()}
            few, many = sizes.values()
            times = {who: round(many[who] / few[who], 3) for who in ("main", "worker") if who in few}
            found[f"jobs {jobs}"] = {
                "megabytes": {f"{n:,}": size for n, size in sizes.items()},
                "times": times,
            }
            print(jobs, json.dumps(found[f"jobs {jobs}"]), flush=True)
        alone = feeding(sources[options.few], Path(folder) / "fed.jsonl")
    worst = max(times for each in found.values() for times in each["times"].values())
    values = {"few": options.few, "many": options.many, "ner": not options.no_ner, **found}
    values |= {"worst": worst, "main_ms_a_record": alone}
    write("memory", {**values, "bounds": {"times": BOUND}}, corpus=[records])
    return 0 if worst <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())
