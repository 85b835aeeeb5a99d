"""What happened to each record of a run, counted; owns the words for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from leukonlp.records import Failure, FailureKind

SKIPPED: Mapping[FailureKind, str] = {"book": "books skipped", "no_text": "without text"}
"""Kinds of failure that a run passes over on purpose, and what its summary calls them."""
_SHOWN = 3
"""Names of files passed over that are told."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a run: every record that was read stands in exactly one of ``counts``."""

    counts: tuple[tuple[str, int], ...]
    """Outcome and number of records, in the order to print; zeros left out."""
    failures: tuple[Failure, ...]
    """The records that could not be used, in input order, without what is skipped on purpose."""
    errors: Path | str | None
    """Where the failures are listed; None when there are none."""
    passed_over: tuple[str, ...] = ()
    """Files found in a folder that hold no records, in input order."""

    @property
    def read(self) -> int:
        """Number of records read."""
        return sum(number for _, number in self.counts)

    def text(self) -> str:
        """Return one line for people."""
        parts = ", ".join(f"{number:,} {outcome}" for outcome, number in self.counts)
        text = f"{counted(self.read, 'record')} read{': ' if parts else ''}{parts}"
        if self.passed_over:
            names = ", ".join(self.passed_over[:_SHOWN]) + (", ..." if len(self.passed_over) > _SHOWN else "")
            text += f"; {counted(len(self.passed_over), 'file')} of no known kind passed over ({names})"
        return text


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 record``, ``2 records``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class Tally:
    """Counts outcomes while a run goes on."""

    def __init__(self, *order: str) -> None:
        self._order = order
        self._counts: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.passed_over: list[str] = []

    @property
    def total(self) -> int:
        """Number of records so far."""
        return self._counts.total()

    @property
    def counts(self) -> dict[str, int]:
        """Records so far by outcome, without zeros."""
        return {name: number for name, number in self._counts.items() if number}

    def add(self, outcome: str, number: int = 1) -> None:
        """Count one record, or several.

        Raises:
            KeyError: an outcome that was not announced.
        """
        if outcome not in self._order:
            raise KeyError(outcome)
        self._counts[outcome] += number

    def add_failure(self, failure: Failure) -> None:
        """Count a record that could not be used; books and records without words are no failures."""
        if failure.kind in SKIPPED:
            self.add(SKIPPED[failure.kind])
        else:
            self.add("failed")
            self.failures.append(failure)

    def go_on(self, counts: Mapping[str, int], failures: Iterable[Failure]) -> None:
        """Count what an earlier run had done."""
        for outcome, number in counts.items():
            self.add(outcome, number)
        self.failures.extend(failures)

    def summary(self, errors: Path | str | None) -> Summary:
        """Return the counts so far."""
        counts = tuple((name, self._counts[name]) for name in self._order if self._counts[name])
        return Summary(counts, tuple(self.failures), errors, tuple(self.passed_over))
