"""Progress and failures on stderr; owns when a terminal sees them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from leukonlp.records import Failure
from leukonlp.workflow.summary import counted

_EVERY = 0.5
"""Seconds between two updates."""
_SHOWN = 3
"""Failures printed before the file is named."""


class Progress:
    """Counts records on one line of a terminal; silent where stderr is a file or a pipe."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()
        self._next = 0.0

    def __enter__(self) -> Callable[[int], None]:
        """Return the function to call with the number done so far."""
        return self._update

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _update(self, done: int) -> None:
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            print(f"\r\x1b[K{self._what}: {done:,}", end="", file=sys.stderr, flush=True)


def list_failures(failures: Iterable[Failure], path: Path | None) -> int:
    """Say on stderr which records failed and where all of them are listed; return the exit code, 0 or 1."""
    found = list(failures)
    for failure in found[:_SHOWN]:
        print(f"leukonlp: {_place(failure)}: {failure.reason}", file=sys.stderr)
    if found:
        print(f"leukonlp: {counted(len(found), 'record')} failed; all are listed in {path}", file=sys.stderr)
    return 1 if found else 0


def _place(failure: Failure) -> str:
    places = [failure.source, f"record {failure.position}" if failure.position else ""]
    places.append(f"PMID {failure.pmid}" if failure.pmid else "")
    return ", ".join(place for place in places if place)
