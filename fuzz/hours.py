"""Fuzzes each target for a share of CPU time and writes what came of it to ``fuzz/results/TARGET.json``.

``python fuzz/hours.py [TARGET ...] [--cpu-seconds N]``. Time is that of the processor, so that a busy machine
changes nothing. A case that raises is kept beside the grown inputs, counted, and the target goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from recording import commit, processor  # noqa: E402

TARGETS = ("xml", "nbib", "jsonl", "matcher")
PIECE = 600
"""Seconds of one run of the fuzzer; the next goes on from what it found."""


def measure(target: str, cpu_seconds: float, grown: Path) -> int:
    """Fuzz one target until its runs took ``cpu_seconds`` of the processor; return how many cases broke it.

    The result is written after each run, so that one cut short keeps what it has done.
    """
    spent, inputs, covered, broken = 0.0, 0, 0, 0
    while spent < cpu_seconds:
        left = max(10, min(PIECE, round(cpu_seconds - spent)))
        before = _children()
        done = subprocess.run(
            [sys.executable, str(HERE / "run.py"), target, f"-max_total_time={left}", "-print_final_stats=1"],
            env={**os.environ, "FUZZ_OUT": str(grown)},
            stderr=subprocess.PIPE,
            errors="replace",
        )
        spent += _children() - before
        inputs += int((re.findall(r"number_of_executed_units: (\d+)", done.stderr) or ["0"])[-1])
        covered = max([covered, *map(int, re.findall(r" cov: (\d+)", done.stderr))])
        if done.returncode:
            broken += 1
            print(done.stderr[-3000:], file=sys.stderr)
        _write(
            target, inputs=inputs, cpu_seconds=round(spent), covered_edges=covered, grown=grown, broken=broken
        )
        print(
            f"{target}: {inputs} inputs, {spent:.0f} s of CPU, {broken} broken", file=sys.stderr, flush=True
        )
        if broken > 20:
            sys.exit(f"{target}: too many cases break it; mend these first: {grown}")
    return broken


def _write(target: str, *, grown: Path, **figures: int) -> None:
    result = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "commit": commit(),
        "processor": processor(),
        "python": sys.version.split()[0],
        "atheris": version("atheris"),
        "target": target,
        "grown_inputs": sum(not p.name.startswith(("crash", "timeout", "oom")) for p in grown.iterdir()),
        **figures,
    }
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / f"{target}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def main() -> int:
    """Fuzz the targets one after the other; 1 when a case broke one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], default=list(TARGETS))
    parser.add_argument("--cpu-seconds", type=float, default=3600.0)
    options = parser.parse_args()
    broken = 0
    for target in options.targets:
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{target}-") as made:
            grown = Path(os.environ.get("FUZZ_OUT", made)) / target
            grown.mkdir(parents=True, exist_ok=True)
            broken += measure(target, options.cpu_seconds, grown)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
