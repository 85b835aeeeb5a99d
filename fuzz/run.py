"""Runs the coverage-guided fuzzer: ``python fuzz/run.py TARGET``, with libFuzzer's options behind.

New inputs go to a folder outside the repository; a case that raises is put into ``fuzz/corpus/TARGET`` by
hand, made small, with the mend. Needs the ``fuzz`` extra (atheris, on Linux).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
with atheris.instrument_imports(include=["leukonlp"]):
    from targets import TARGETS

    # The readers are imported when the first input needs them; later, they would not be instrumented.
    for name, try_out in TARGETS.items():
        for case in sorted((HERE / "corpus" / name).iterdir()):
            try_out(case.read_bytes())


def main() -> None:
    """Fuzz one target, beginning with the kept cases."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: python fuzz/run.py {{{','.join(TARGETS)}}} [-max_total_time=SECONDS ...]")
    target, *options = sys.argv[1:]
    grown = os.environ.get("FUZZ_OUT") or tempfile.mkdtemp(prefix=f"fuzz-{target}-")
    seeds = HERE / "corpus" / target
    arguments = [sys.argv[0], grown, str(seeds), "-max_len=4096", "-timeout=20", f"-artifact_prefix={grown}/"]
    if (words := HERE / "words" / f"{target}.dict").exists():
        arguments.append(f"-dict={words}")
    atheris.Setup([*arguments, *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
