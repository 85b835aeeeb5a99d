"""What happened to each record of a run, counted; owns the words for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from leukonlp.records import Failure


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a run: every record that was read stands in exactly one of ``counts``."""

    counts: tuple[tuple[str, int], ...]
    """Outcome and number of records, in the order to print; zeros left out."""
    failures: tuple[Failure, ...]
    """The records that could not be used, in input order, without books."""
    errors: Path | None
    """Where the failures are listed; None when there are none."""

    @property
    def read(self) -> int:
        """Number of records read."""
        return sum(number for _, number in self.counts)

    def text(self) -> str:
        """Return one line for people."""
        parts = ", ".join(f"{number:,} {outcome}" for outcome, number in self.counts)
        return f"{self.read:,} records read{': ' if parts else ''}{parts}"


class Tally:
    """Counts outcomes while a run goes on."""

    def __init__(self, *order: str) -> None:
        self._order = order
        self._counts: Counter[str] = Counter()
        self.failures: list[Failure] = []

    @property
    def total(self) -> int:
        """Number of records so far."""
        return self._counts.total()

    def add(self, outcome: str) -> None:
        """Count one record.

        Raises:
            KeyError: an outcome that was not announced.
        """
        if outcome not in self._order:
            raise KeyError(outcome)
        self._counts[outcome] += 1

    def add_failure(self, failure: Failure) -> None:
        """Count a record that could not be used; a book is skipped on purpose and is no failure."""
        if failure.kind == "book":
            self.add("books skipped")
        else:
            self.add("failed")
            self.failures.append(failure)

    def summary(self, errors: Path | None) -> Summary:
        """Return the counts so far."""
        counts = tuple((name, self._counts[name]) for name in self._order if self._counts[name])
        return Summary(counts=counts, failures=tuple(self.failures), errors=errors)
