"""Does a run of annotate that is killed again and again end as an undisturbed one?

The command is started on the same records and killed with SIGKILL thirty times; then it may end. A fifth of
the starts are killed at a random moment of their first second, the others once they have added a random
piece to the output, as large as lets the run end after about the last kill, and a random moment later.
Every third start has two jobs. Should a run end between two kills, the next start begins anew. Figures: how
many starts went on with something done, whether every output is byte by byte that of an undisturbed run, and
how many records are lost or there twice.

The command runs in a process forked from this one, which has read the lexicon and the rules: the kills fall
into its work. It annotates by rules alone; the journal does not know the difference.

    python benchmarks/resume.py [--shared ../shared/data] [--records 3000] [--kills 30]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

from corpora import numbered
from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.records import Abstract
from leukonlp.workflow.workers import annotate_records
from recording import write

ROOT = Path(__file__).resolve().parents[1]


class Life:
    """One start of the command, in a process of its own."""

    def __init__(self, source: Path, out: Path, jobs: int) -> None:
        self._said = out.with_name("said.txt")
        self.pid = os.fork()
        if not self.pid:
            file = os.open(self._said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, 1)
            os.dup2(file, 2)
            arguments = ["annotate", str(source), "--out", str(out), "--jobs", str(jobs)]
            code = cli.main([*arguments, "--no-ner", "--no-tagger"])
            sys.stderr.flush()
            os._exit(code)

    def over(self) -> bool:
        """Tell whether it ended by itself; it must end well."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        assert not pid or os.waitstatus_to_exitcode(status) == 0, self._said.read_text()
        return bool(pid)

    def kill(self) -> None:
        """Kill it, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def went_on(self) -> bool:
        """Tell whether it said that it goes on."""
        return "going on behind them" in self._said.read_text()


def lived(source: Path, out: Path) -> bytes:
    """Let the command end and return what it wrote."""
    life = Life(source, out, 1)
    while not life.over():
        time.sleep(0.05)
    return out.read_bytes()


def size(path: Path) -> int:
    """Return the size of a file; 0 when it is not there."""
    return path.stat().st_size if path.exists() else 0


def kills(source: Path, folder: Path, number: int) -> dict[str, Any]:
    """Kill the command so many times and return what became of its output."""
    out, part = folder / "out.jsonl", folder / ".out.jsonl.leukonlp-part"
    expected = lived(source, folder / "whole.jsonl")
    chance, killed, went_on, ends = random.Random(6), 0, 0, []
    while killed < number:
        life = Life(source, out, jobs=2 if killed % 3 == 2 else 1)
        early = chance.random() < 0.2
        aim = size(part) + chance.uniform(0, 2.2 * len(expected) / number)
        limit, later = time.monotonic() + chance.random(), chance.uniform(0, 0.3)
        over = life.over()
        while not over and (time.monotonic() < limit if early else size(part) < aim):
            time.sleep(0.005)
            over = life.over()
        time.sleep(0 if early else later)
        if over or life.over():
            ends.append(out.read_bytes())
            out.unlink()
        else:
            life.kill()
            killed += 1
        went_on += life.went_on()
        print(f"{killed} kills, {size(part):,} bytes so far", file=sys.stderr, flush=True)
    ends.append(lived(source, out))
    wanted = Counter(json.loads(line)["pmid"] for line in expected.splitlines())
    found = [Counter(json.loads(line)["pmid"] for line in end.splitlines()) for end in ends]
    return {
        "records": wanted.total(),
        "kills": killed,
        "runs": len(ends),
        "starts_that_went_on": went_on,
        "identical": all(end == expected for end in ends),
        "sha256": hashlib.sha256(expected).hexdigest(),
        "records_lost": sum((wanted - each).total() for each in found),
        "records_twice": sum((each - wanted).total() for each in found),
    }


def main() -> int:
    """Kill, print, write the results and return 1 when anything is lost or changed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--records", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=30)
    options = parser.parse_args()
    records = options.shared / "pubmed" / "records.jsonl.gz"
    if not records.is_file():
        print(f"not measured: {records} is absent; name the folder of the real data with --shared")
        return 0
    list(annotate_records([Abstract("1", "Krabbe disease")], settings=Settings(ner=(), tagger=())))
    with tempfile.TemporaryDirectory() as folder:
        many = numbered(records, Path(folder) / "many.jsonl.gz", options.records)
        found = kills(many, Path(folder), options.kills)
    print(json.dumps(found, indent=1))
    write("resume", found, corpus=[records])
    return int(not found["identical"] or found["records_lost"] + found["records_twice"] > 0)


if __name__ == "__main__":
    sys.exit(main())
