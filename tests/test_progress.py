"""One line of progress on a terminal, nothing anywhere else."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from leukonlp.cli.progress import Progress, pace
from leukonlp.config import Settings
from leukonlp.sources import read
from leukonlp.workflow.progress import Reading


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("done", "expected", "rate", "words"),
    [
        (7, None, 0.0, "7"),
        (1200, None, 110.4, "1,200, 110 a second"),
        (1200, 5000, 0.0, "1,200 of about 5,000"),
        (1200, 5000, 110.0, "1,200 of about 5,000, 110 a second, 35 s left"),
        (10, 5000, 2.5, "10 of about 5,000, 2.5 a second, 33 min left"),
        (0, 40_900_000, 1900.0, "0 of about 40,900,000, 1,900 a second, 5 h 59 min left"),
        (5100, 5000, 100.0, "5,100 of about 5,100, 100 a second, 0 s left"),
    ],
)
def test_pace(done: int, expected: int | None, rate: float, words: str) -> None:
    assert pace(done, expected, rate=rate) == words


def test_a_terminal_sees_one_line_with_the_rate_of_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, now = Terminal(), [50.0]
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with Progress("annotated") as progress:
        for done in (1000, 1050, 1200):  # an earlier run had done what comes first
            progress(done, 2000)
            now[0] += 2.0
    lines = [line for line in terminal.getvalue().split("\r\x1b[K") if line]
    assert lines == [
        "annotated: 1,000 of about 2,000",
        "annotated: 1,050 of about 2,000, 25 a second, 38 s left",
        "annotated: 1,200 of about 2,000, 50 a second, 16 s left",
    ]
    assert terminal.getvalue().endswith("\r\x1b[K"), "the line is gone in the end"


def test_a_file_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    with Progress("annotated") as progress:
        progress(5, 10)
    assert file.getvalue() == ""


def test_the_guess_comes_from_the_bytes_read(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"pmid": "1", "title": "Krabbe disease"}\n' * 30_000)
    reading = Reading([str(path)])
    assert reading.expected is None
    records = reading.counting(read([path], settings=Settings(), on_bytes=reading.add_bytes))
    for number, _ in enumerate(records, start=1):
        if number == 10_000:
            assert reading.expected is not None
            assert 20_000 < reading.expected < 40_000
    assert reading.expected == 30_000


def test_standard_input_has_no_end_to_guess() -> None:
    reading = Reading(["-"])
    reading.add_bytes(100)
    assert list(reading.counting([])) == []
    assert reading.expected is None
