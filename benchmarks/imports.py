"""How long does leukonlp take to start, and how does that compare with importing spaCy?

Each question is put to fresh processes, turn by turn, and the median of the time beyond an empty Python
process is told. The bounds: ``import leukonlp`` under 0.3 s, ``leukonlp --help`` under 0.5 s.

    python benchmarks/imports.py [--rounds 11]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from recording import write

COMMANDS = {
    "python, empty": ["-c", "pass"],
    "import leukonlp": ["-c", "import leukonlp"],
    "leukonlp --help": ["-m", "leukonlp", "--help"],
    "import spacy": ["-c", "import spacy"],
    "import scispacy.linking": ["-c", "import scispacy.linking"],
}
BOUNDS = {"import leukonlp": 0.3, "leukonlp --help": 0.5}


def seconds(arguments: list[str]) -> float:
    """Return the wall time of one fresh process."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> int:
    """Measure, print, write the results and return 1 when a bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    for arguments in COMMANDS.values():
        seconds(arguments)  # fill the disk cache
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        bound = f"  (bound {BOUNDS[name]} s)" if name in BOUNDS else ""
        print(f"{name:24} {median:6.3f} s{bound}")
    print(f"import spacy takes {medians['import spacy'] / medians['import leukonlp']:.1f} times as long")
    write("imports", {"rounds": rounds, "median_seconds": medians, "bounds": BOUNDS})
    return int(any(medians[name] > bound for name, bound in BOUNDS.items()))


if __name__ == "__main__":
    sys.exit(main())
