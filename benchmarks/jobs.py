"""How much faster do two jobs annotate than one, and how much memory does a process take?

`leukonlp annotate --jobs 2` and `--jobs 1` take turns, with the trained models; the time is that of the
whole command on the wall, so that starting, imports, building, reading and writing count; the ratio is
the median of those of the rounds. Memory is the resident memory of the largest process, sampled 20 times
a second. Both must write the same bytes. Bounds: two jobs 1.85 times as fast as one, a process within 700
MB. Nothing else may run beside it: the two jobs want both cores. Measure what users have, in an environment
made by `pip install '.[bench]'`: where dask is installed, scikit-learn imports it at every start.

    python benchmarks/jobs.py [--shared ../shared/data] [--model leuko_ner] [--records 12000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from corpora import numbered
from recording import write

ROOT = Path(__file__).resolve().parents[1]
BOUNDS = {"times_one_job": 1.85, "worker_megabytes": 700.0}


def two_jobs(model: str, source: Path, count: int, rounds: int) -> dict[str, Any]:
    """Return the wall time of the command with one job and with two, and the memory of a process."""
    times: dict[int, list[float]] = {1: [], 2: []}
    written: set[str] = set()
    with tempfile.TemporaryDirectory() as name, worker_memory() as peaks:
        records, out = numbered(source, Path(name) / "records.jsonl.gz", count), Path(name) / "out.jsonl"
        settings = Path(name) / "settings.toml"
        settings.write_text(f"ner = [{json.dumps(model)}]\n", encoding="utf-8")
        command = [sys.executable, "-m", "leukonlp", "annotate", str(records), "--out", str(out), "--fresh"]
        command += ["--config", str(settings)]
        for _ in range(rounds):
            for jobs, spent in times.items():
                begin = time.perf_counter()
                subprocess.run([*command, "--jobs", str(jobs)], check=True, capture_output=True)
                spent.append(time.perf_counter() - begin)
                written.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(written) == 1, "one job and two wrote different files"
    ratios = [one / two for one, two in zip(times[1], times[2], strict=True)]
    return {
        "records": count,
        "rounds": rounds,
        "seconds": {jobs: round(statistics.median(spent), 2) for jobs, spent in times.items()},
        "times_one_job": round(statistics.median(ratios), 2),
        "times_one_job_by_round": [round(each, 3) for each in ratios],
        "worker_megabytes": round(max(peaks.values(), default=0) / 1e6, 1),
    }


@contextmanager
def worker_memory() -> Iterator[dict[int, int]]:
    """Yield the peak resident memory (bytes) of each child process by its id, sampled 20 times a second."""
    peaks: dict[int, int] = {}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):  # it ended meanwhile
                    peaks[child.pid] = max(peaks.get(child.pid, 0), child.memory_info().rss)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        done.set()
        thread.join()


def missed(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each bound that is not kept."""
    faster, memory = found["times_one_job"], found["worker_megabytes"]
    if faster < (bound := BOUNDS["times_one_job"]):
        yield f"two jobs are {faster} times as fast as one, less than {bound}"
    if memory > (bound := BOUNDS["worker_megabytes"]):
        yield f"a process takes {memory} MB, more than {bound}"


def options() -> argparse.Namespace:
    """Return the arguments of this run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model", default="leuko_ner", help="a packaged model or a folder")
    parser.add_argument("--records", type=int, default=12_000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def main() -> int:
    """Measure, print, write the results and return 1 when a bound is missed."""
    args = options()
    source = args.shared / "pubmed" / "records.jsonl.gz"
    if not source.is_file():
        print(f"not measured: {source} is absent; name the folder of the real data with --shared")
        return 0
    load = os.getloadavg()[0]
    found = {**two_jobs(args.model, source, args.records, args.rounds), "load_average_before": round(load, 2)}
    print(json.dumps(found, indent=1))
    broken = list(missed(found))
    write("jobs", {**found, "bounds": BOUNDS, "missed": broken}, corpus=[source])
    print("\n".join(f"bound missed: {line}" for line in broken) or "all bounds are kept")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
