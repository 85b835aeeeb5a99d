"""What goes wrong around leukonlp: full disks, kills, several writers, clocks. The same command mends it.

Commands run in a child that is forked from this process, which has read the lexicon: the moments of a kill
then fall into the work, not into the start.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract
from leukonlp.workflow import journal
from leukonlp.workflow.workers import annotate_records

from ..conftest import Tally  # noqa: TID252

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

LONG = os.environ.get("LEUKONLP_TRUST") == "long"
KILLS = 100 if LONG else 4
RULES = ("--no-ner", "--no-tagger")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred and twenty records; the pipeline is loaded in this process by the time they are there."""
    list(annotate_records([Abstract("1", "Krabbe disease")], settings=Settings(ner=(), tagger=())))
    path = tmp_path_factory.mktemp("many") / "records.jsonl"
    body = "In this phase 1/2 trial nine infants with Krabbe disease had cord blood; {} lived for two years."
    lines = [
        {"pmid": str(n), "title": f"Krabbe disease, report {n}", "abstract": body.format(n)}
        for n in range(1, 121)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


class Child:
    """A command in a forked process; what it prints comes through a pipe, which no full disk stops."""

    def __init__(self, arguments: list[str], before: Callable[[], object] = lambda: None) -> None:
        self._pipe, end = os.pipe()
        with warnings.catch_warnings():
            # Python 3.12 warns of forking beside threads; the child runs one command and ends.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if not self.pid:
            try:
                os._exit(_command(arguments, before, end))
            finally:  # whatever happens, the tests go on in the parent alone
                os._exit(97)
        os.close(end)

    def finish(self) -> tuple[int, str]:
        """Return the exit code, negative for a signal, and what was printed."""
        with os.fdopen(self._pipe, encoding="utf-8") as pipe:
            said = pipe.read()
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        assert "Traceback" not in said, said
        return code, said


def _command(arguments: list[str], before: Callable[[], object], end: int) -> int:
    os.dup2(end, 1)
    os.dup2(end, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.argv = ["leukonlp", *arguments]
    before()
    try:
        code = cli.main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 98
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def run(arguments: list[str], before: Callable[[], object] = lambda: None) -> tuple[int, str]:
    return Child(arguments, before).finish()


def annotate(many: Path, out: Path) -> list[str]:
    return ["annotate", str(many), "--out", str(out), *RULES]


def index(many: Path, db: Path) -> list[str]:
    return ["index", str(many), "--db", str(db), *RULES]


def content(db: Path) -> list[str]:
    """Everything but the pages of the full-text index, which keep the order of writing."""
    connection = sqlite3.connect(db)
    try:
        return [line for line in connection.iterdump() if "study_text_" not in line and "PRAGMA" not in line]
    finally:
        connection.close()


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestFullDisk:
    """The limit on the size of a file stands for the disk: what is written beyond it fails."""

    @pytest.mark.parametrize("room", [0, 60_000])
    def test_annotating_keeps_the_old_output_and_goes_on(
        self, room: int, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(journal, "EVERY", 0.0)
        out = tmp_path / "out.jsonl"
        assert run(annotate(many, out))[0] == 0
        before = out.read_bytes()
        code, said = run(annotate(many, out), lambda: _limit(room))
        assert code == 2
        assert f"leukonlp: cannot write {out}: " in said
        assert out.read_bytes() == before
        hidden = {".out.jsonl.leukonlp-part", ".out.jsonl.leukonlp-journal"}
        assert left(tmp_path) == {"out.jsonl"} | (hidden if room else set())
        code, said = run(annotate(many, out))
        assert code == 0
        assert ("going on behind them" in said) == bool(room)
        assert out.read_bytes() == before
        assert left(tmp_path) == {"out.jsonl"}

    @pytest.mark.parametrize("room", [20_000, 250_000])
    def test_indexing_goes_on_with_the_same_command(self, room: int, many: Path, tmp_path: Path) -> None:
        whole, db = tmp_path / "whole.db", tmp_path / "evidence.db"
        assert run(index(many, whole))[0] == 0
        code, said = run(index(many, db), lambda: _limit(room))
        assert code == 2
        assert said.count("leukonlp: ") == 1
        assert str(db) in said
        assert run(index(many, db))[0] == 0
        assert content(db) == content(whole)

    @pytest.mark.parametrize("command", ["report", "export"])
    def test_reports_and_exports_keep_the_old_file(self, command: str, many: Path, tmp_path: Path) -> None:
        db, out = tmp_path / "evidence.db", tmp_path / "out.file"
        assert run(index(many, db))[0] == 0
        arguments = [
            command,
            "--db",
            str(db),
            "--out",
            str(out),
            *(["--format", "csv"] if command == "export" else []),
        ]
        assert run(arguments)[0] == 0
        before = out.read_bytes()
        code, said = run(arguments, lambda: _limit(40_000))
        assert (code, said.count("leukonlp: ")) == (2, 1)
        assert out.read_bytes() == before
        assert left(tmp_path) == {"evidence.db", "out.file"}


def _limit(room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


@pytest.mark.slow
class TestKilled:
    """At random moments, by a signal that can be answered and by one that cannot."""

    @pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
    def test_annotating(
        self,
        kind: signal.Signals,
        many: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        tally: Tally,
    ) -> None:
        monkeypatch.setattr(journal, "EVERY", 0.02)  # the whole run takes less than the second of old
        whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
        seconds = _timed(annotate(many, whole))
        out.write_bytes(b"")
        landed = 0
        for moment in _moments(seconds):
            code = _killed(annotate(many, out), kind, moment)
            landed += code != 0
            held = out.read_bytes()  # a kill may come when all is written and the process only has to end
            assert held == whole.read_bytes() or (code and not held)
            visible = {name for name in left(tmp_path) if not name.startswith(".")}
            assert visible == {"whole.jsonl", "out.jsonl"}
            out.write_bytes(b"")
        tally(kills=KILLS, landed=landed)
        assert landed >= KILLS / 5
        assert run(annotate(many, out))[0] == 0
        assert out.read_bytes() == whole.read_bytes()
        assert left(tmp_path) == {"whole.jsonl", "out.jsonl"}, "a run that ends well leaves nothing else"

    @pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
    def test_indexing(self, kind: signal.Signals, many: Path, tmp_path: Path, tally: Tally) -> None:
        whole = tmp_path / "whole.db"
        seconds = _timed(index(many, whole))
        wanted = content(whole)
        landed = 0
        for n, moment in enumerate(_moments(seconds)):
            db = tmp_path / f"{n}.db"
            landed += _killed(index(many, db), kind, moment) != 0
            if db.exists() and db.stat().st_size:
                with EvidenceIndex(db) as held:
                    assert held.validate() == []
            assert run(index(many, db))[0] == 0
            assert content(db) == wanted
        tally(kills=KILLS, landed=landed)
        assert landed >= KILLS / 5


def _killed(
    arguments: list[str], kind: signal.Signals, moment: float, before: Callable[[], object] = lambda: None
) -> int:
    child = Child(arguments, before)
    time.sleep(moment)
    os.kill(child.pid, kind)
    code, said = child.finish()
    assert code in (0, -kind, 128 + kind), said
    return code


def _timed(arguments: list[str], before: Callable[[], object] = lambda: None) -> float:
    started = time.monotonic()
    code, words = run(arguments, before)
    assert code == 0, words
    return time.monotonic() - started


def _moments(seconds: float) -> Iterator[float]:
    moments = random.Random(5)
    return (moments.uniform(0, 0.7 * seconds) for _ in range(KILLS))


def test_two_writers_at_once_end_with_one_whole_index(many: Path, tmp_path: Path) -> None:
    whole, db = tmp_path / "whole.db", tmp_path / "evidence.db"
    assert run(index(many, whole))[0] == 0
    ends = [child.finish() for child in [Child(index(many, db)) for _ in range(3)]]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    assert content(db) == content(whole)


def test_many_that_make_one_index_at_the_same_moment(many: Path, tmp_path: Path) -> None:
    """Regression: SQLite does not wait when two switch a new file to its write-ahead log."""
    one = tmp_path / "one.jsonl"
    one.write_text('{"pmid": "1", "title": "Krabbe disease"}\n')
    for n in range(KILLS * 3):
        children = [Child(index(one, tmp_path / f"{n}.db")) for _ in range(4)]
        assert [child.finish()[0] for child in children] == [0] * 4


def test_a_writer_that_holds_the_index_is_named(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "evidence.db"
    assert run(index(many, db))[0] == 0
    defaults = dict(EvidenceIndex.__init__.__kwdefaults__ or {})
    monkeypatch.setattr(EvidenceIndex.__init__, "__kwdefaults__", {**defaults, "timeout": 0.1})
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    new = tmp_path / "new.jsonl"
    new.write_text('{"pmid": "900", "title": "Krabbe disease"}\n')
    code, said = run(index(new, db))
    assert code == 2
    assert "is in use by another process" in said
    other.execute("ROLLBACK")
    other.close()
    assert run(index(new, db))[0] == 0
