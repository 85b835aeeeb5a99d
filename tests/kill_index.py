"""Kills the building of an index at random moments and compares what the next run makes of it.

Run as ``python kill_index.py FOLDER INPUT...``; prints one JSON object. The parts are forked from a
process that has the pipeline loaded, so that the moments fall into the work and not into the start.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

from leukonlp.config import Settings
from leukonlp.records import Abstract
from leukonlp.workflow.indexing import build_index
from leukonlp.workflow.workers import annotate_records

KILLS = 20
SETTINGS = Settings(batch_size=4)


def forked(inputs: list[str], db: Path) -> int:
    """Start building in a process of its own."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            build_index(inputs, db, settings=SETTINGS)
            code = 0
        finally:
            os._exit(code)
    return child


def content(db: Path) -> tuple[list[str], int]:
    connection = sqlite3.connect(db)
    try:
        studies = connection.execute("SELECT count(*) FROM studies").fetchone()[0]
        return list(connection.iterdump()), studies
    finally:
        connection.close()


def started(db: Path) -> int:
    """Number of studies in an index that a killed run left, 0 when it had not begun.

    Counted in a copy: opening the index itself would mend it before the next run has to.
    """
    probe = db.parent / "probe"
    shutil.rmtree(probe, ignore_errors=True)
    probe.mkdir()
    for file in db.parent.glob(f"{db.name}*"):
        shutil.copy(file, probe)
    try:
        return content(probe / db.name)[1]
    except sqlite3.OperationalError:
        return 0


def main() -> None:
    folder, inputs = Path(sys.argv[1]), sys.argv[2:]
    list(annotate_records([Abstract("1", "Krabbe disease")], settings=SETTINGS))
    whole = folder / "whole.db"
    begin = time.monotonic()
    assert os.waitpid(forked(inputs, whole), 0)[1] == 0
    seconds = time.monotonic() - begin
    wanted, total = content(whole)
    moments = random.Random(20)
    different, midway = [], 0
    for number in range(KILLS):
        db = folder / f"{number}.db"
        child = forked(inputs, db)
        moment = moments.uniform(0, seconds)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        midway += 0 < started(db) < total
        assert os.waitpid(forked(inputs, db), 0)[1] == 0
        if content(db)[0] != wanted:
            different.append(moment)
    print(json.dumps({"kills": KILLS, "killed midway": midway, "seconds": seconds, "different": different}))


if __name__ == "__main__":
    main()
