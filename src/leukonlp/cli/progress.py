"""Progress and failures on stderr; owns when a terminal sees them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from leukonlp.cli.saying import warn
from leukonlp.records import Failure
from leukonlp.workflow.progress import Progress as Sink
from leukonlp.workflow.summary import counted

_EVERY = 0.5
"""Seconds between two updates."""
_SURE = 2.0
"""Seconds of work after which its pace tells something."""
_SHOWN = 3
"""Failures printed before the file is named."""


class Progress:
    """Counts records on one line of a terminal, with rate and time left; silent on a file or a pipe."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()
        self._next = 0.0
        self._begun: tuple[float, int] | None = None

    def __enter__(self) -> Sink:
        """Return the function to call with the number done so far, and about how many there will be."""
        return self._update

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _update(self, done: int, expected: int | None = None, /) -> None:
        if not self._shown:
            return
        now = time.monotonic()
        self._begun = self._begun or (now, done)
        if now >= self._next:
            self._next = now + _EVERY
            seconds, records = now - self._begun[0], done - self._begun[1]
            words = pace(done, expected, rate=records / seconds if seconds >= _SURE else 0.0)
            print(f"\r\x1b[K{self._what}: {words}", end="", file=sys.stderr, flush=True)


def pace(done: int, expected: int | None, *, rate: float) -> str:
    """Return how far a run is, for people: ``1,200 of about 5,000, 110 a second, 35 s left``.

    Args:
        done: records done.
        expected: about how many there will be; None when nothing tells.
        rate: records a second; 0 when it is too early to tell.
    """
    parts = [f"{done:,}" + (f" of about {max(expected, done):,}" if expected else "")]
    if rate > 0:
        parts.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
    if rate > 0 and expected:
        parts.append(f"{_duration(max(0, expected - done) / rate)} left")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def list_failures(failures: Iterable[Failure], path: Path | str | None) -> int:
    """Say on stderr which records failed and where all of them are listed; return the exit code, 0 or 1."""
    found = list(failures)
    for failure in found[:_SHOWN]:
        warn(f"{_place(failure)}: {failure.reason}")
    if found:
        warn(f"{counted(len(found), 'record')} failed; all are listed in {path}")
    return 1 if found else 0


def _place(failure: Failure) -> str:
    places = [failure.source, f"record {failure.position}" if failure.position else ""]
    places.append(f"PMID {failure.pmid}" if failure.pmid else "")
    return ", ".join(place for place in places if place)
