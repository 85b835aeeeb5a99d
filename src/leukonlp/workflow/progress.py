"""How far a run is; owns the guess at how many records its inputs hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from leukonlp.records import Record
from leukonlp.sources.places import stamp


class Progress(Protocol):
    """What a run tells of itself as it goes on."""

    def __call__(self, done: int, expected: int | None = None, /) -> None:
        """Take the number of records done, and about how many there will be; None when nothing tells."""


class Reading:
    """Counts what is read of some files, and guesses from its share of their bytes how much there is."""

    def __init__(self, files: Iterable[str]) -> None:
        stamps = [stamp(name) for name in files]
        self._size = None if None in stamps else sum(found.size for found in stamps if found)
        self._bytes = 0
        self._records = 0

    @property
    def expected(self) -> int | None:
        """About how many records there are in all; None when an input has no size."""
        if not self._size or not self._bytes:
            return None
        return round(self._records * max(1.0, self._size / self._bytes))

    def add_bytes(self, number: int) -> None:
        """Count bytes that were read, packed as they lie."""
        self._bytes += number

    def counting(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records and count them."""
        for record in records:
            self._records += 1
            yield record
