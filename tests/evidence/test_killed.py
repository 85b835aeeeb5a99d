"""A writer that is killed at any moment and started again ends with what an undisturbed one gives."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import Lexicon

from .made import CONCEPTS, dump, write

KILLS = 20
# Not "from tests.evidence": other packages install a folder "tests" of their own (pubmed-parser does).
SCRIPT = """
import sys
import pathlib

sys.path[:0] = sys.argv[2:]
import made

print("ready", flush=True)
sys.stdin.readline()
made.write(pathlib.Path(sys.argv[1]))
"""


def _kill(path: Path, root: Path, after: float) -> bool:
    """Start a writer, kill it; return False when it was done before."""
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path), str(root / "tests" / "evidence"), *filter(None, sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == b"ready\n"
        child.stdin.write(b"go\n")
        child.stdin.flush()
        time.sleep(after)
        child.kill()
    return child.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_at_twenty_moments(tmp_path: Path, root: Path) -> None:
    started = time.perf_counter()
    write(tmp_path / "whole.db")
    took = time.perf_counter() - started
    expected = dump(tmp_path / "whole.db")
    assert len(expected["studies"]) > 150
    moments = random.Random(20)
    landed, sizes = 0, set()
    for n in range(3 * KILLS):
        path = tmp_path / f"{n}.db"
        if _kill(path, root, moments.uniform(0, took)):
            landed += 1
        else:
            took *= 0.8  # the writer was done first: it is faster than the one that was timed
        if path.exists():
            with EvidenceIndex(path, lexicon=Lexicon(CONCEPTS, version="ten")) as index:
                assert index.validate() == []
                sizes.add(len(index))
        write(path)
        assert dump(path) == expected
        if landed == KILLS:
            break
    # Else the moments were not in the midst of the work, and the test would show nothing.
    assert landed == KILLS
    assert len(sizes) > KILLS / 4
