"""Fuzzes each target for a share of CPU time and writes what came of it to ``fuzz/results/TARGET.json``.

``python fuzz/hours.py [TARGET ...] [--cpu-seconds N]``: until the runs on the code as it is took N seconds
together. Earlier runs on the same code count, and the result lists them; once the code of a target has
changed, it begins anew. Time is that of the processor, so that a busy machine changes nothing; what it takes
to start (a few seconds a run) is in it. A case that raises is kept beside the grown inputs, counted, and the
target goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "leukonlp"
RESULTS = HERE / "results"
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from recording import commit, processor  # noqa: E402

_READERS = ("plain.py", "records.py", "structure.py", "sources/*.py")
CODE = {
    "xml": _READERS,
    "nbib": _READERS,
    "jsonl": _READERS,
    "matcher": ("lexicon/*.py", "lexicon/data/*", "structure.py", "pipeline/matcher.py"),
}
"""By target: what it tries, and what it knows names from."""
PIECE = 600
"""Seconds, of the clock, of one run of the fuzzer; the next goes on from what it found."""
Run = dict[str, Any]


def code(target: str) -> str:
    """Return the SHA-256 of the code that a target tries."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in CODE[target] for path in PACKAGE.glob(pattern)):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def earlier(target: str, sha256: str) -> list[Run]:
    """Return what earlier runs on the same code did."""
    path = RESULTS / f"{target}.json"
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return list(held["runs"]) if held.get("code_sha256") == sha256 else []


def measure(target: str, cpu_seconds: float, grown: Path) -> int:
    """Fuzz one target until its runs took ``cpu_seconds`` of the processor; return how many cases broke it.

    The result is written after each run, so that one cut short keeps what it has done.
    """
    sha256 = code(target)
    runs = earlier(target, sha256)
    if sum(run["cpu_seconds"] for run in runs) >= cpu_seconds:
        return 0
    now: Run = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "commit": commit(),
        "processor": processor(),
        "python": sys.version.split()[0],
        "atheris": version("atheris"),
        **dict.fromkeys(("inputs", "cpu_seconds", "covered_edges", "broken"), 0),
    }
    slow = 1.0  # seconds of the clock for one of the processor
    while (left := cpu_seconds - sum(run["cpu_seconds"] for run in (*runs, now))) > 0:
        before, began = _children(), time.monotonic()
        seconds = max(10, min(PIECE, round(left * slow)))
        done = subprocess.run(
            [
                *(sys.executable, str(HERE / "run.py"), target),
                *(f"-max_total_time={seconds}", "-print_final_stats=1"),
            ],
            env={**os.environ, "FUZZ_OUT": str(grown)},
            stderr=subprocess.PIPE,
            errors="replace",
        )
        used = _children() - before
        slow = max(1.0, (time.monotonic() - began) / max(used, 1.0))
        now["cpu_seconds"] = round(now["cpu_seconds"] + used, 1)
        now["inputs"] += int((re.findall(r"number_of_executed_units: (\d+)", done.stderr) or ["0"])[-1])
        now["covered_edges"] = max([now["covered_edges"], *map(int, re.findall(r" cov: (\d+)", done.stderr))])
        if done.returncode:
            now["broken"] += 1
            print(done.stderr[-3000:], file=sys.stderr)
        write(target, sha256, [*runs, now])
        print(f"{target}: {now}", file=sys.stderr, flush=True)
        if now["broken"] > 20:
            sys.exit(f"{target}: too many cases break it; mend these first: {grown}")
    return int(now["broken"])


def write(target: str, sha256: str, runs: list[Run]) -> None:
    """Write the runs on one state of the code, and their sum."""
    result = {
        "target": target,
        "code_sha256": sha256,
        "inputs": sum(run["inputs"] for run in runs),
        "cpu_seconds": round(sum(run["cpu_seconds"] for run in runs)),
        "broken": sum(run["broken"] for run in runs),
        "runs": runs,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{target}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def main() -> int:
    """Fuzz the targets one after the other; 1 when a case broke one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", choices=[[], *CODE], default=[])
    parser.add_argument("--cpu-seconds", type=float, default=3600.0, help="to be reached by each target")
    options = parser.parse_args()
    broken = 0
    for target in options.targets or CODE:
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{target}-") as made:
            grown = Path(os.environ.get("FUZZ_OUT", made)) / target
            grown.mkdir(parents=True, exist_ok=True)
            broken += measure(target, options.cpu_seconds, grown)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
