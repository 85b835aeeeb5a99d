"""The first sieve: finds records in raw bytes, and those with an anchor, in one pass of an automaton.

Owns what a stretch of PubMed's own layout looks like. ``sift`` tells which hits count.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from leukonlp.sources.screening.literals import NUMBER, SHIFT, Literals
from leukonlp.sources.screening.odd import NOT_LOOKED_AT, leads, odd_letters
from leukonlp.sources.screening.sift import Sift, load_sift

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_START, _STOP = range(2)
_MARKS = (
    b"<PubmedArticle",
    b"</PubmedArticle",
    *(b"</%s>" % part for part in NOT_LOOKED_AT),
    b"<PubmedData>",
    *(b"<%s" % part for part in NOT_LOOKED_AT),
)
_LOOKED_AT = _STOP + len(NOT_LOOKED_AT)
"""Up to this mark, but for the end of a record, what follows a mark is looked at."""
_ODD = (b"<!--", b"<![CDATA[", b"<!ENTITY", b"PubmedBookArticle", b"DeleteCitation", b"DeleteDocument")
"""What only ``borders`` knows how to read."""
_FIRST = len(_MARKS) + len(_ODD)
"""Number of the first literal that is no mark of the layout."""
_BLANK = b" \t\n\r"
_GAP = 64
"""Bytes between two records up to which they are looked at at once."""


class Run(NamedTuple):
    """A stretch of bytes that is nothing but whole articles, as PubMed lays them out."""

    starts: list[int]
    ends: list[int]
    suspects: list[int]
    """Numbers of the records that may hold a name, in order."""
    longest: int
    """Bytes of the longest record."""


class Scanner:
    """Finds suspects: records that may hold a name that is wanted. It leaves out none that does."""

    def __init__(self, sift: Sift) -> None:
        self._sift = sift
        marks = [(mark, False) for mark in (*_MARKS, *_ODD)]
        literals = [*marks, *sift.literals]
        self._database = Literals(literals)
        self._odd = len(literals) - 1
        self._leads = leads()

    def run(self, data: bytes, begin: int, end: int) -> Run | None:
        """Return the records of ``data[begin:end]`` and which are suspects; None for any other layout.

        The stretch must end with ``</PubmedArticle>``.
        """
        import numpy as np

        numbers, places = self._hits(data, begin, end)
        is_mark = numbers < _FIRST
        marks = numbers[is_mark]
        borders = _borders(data, begin, end, marks, places[is_mark])
        if borders is None:
            return None
        starts, ends = borders
        left = np.flatnonzero(~is_mark)
        mark = marks[np.searchsorted(places[is_mark], places[left], "right") - 1]
        left = left[(mark <= _LOOKED_AT) & (mark != _STOP)]
        records = np.searchsorted(starts, places[left], "right") - 1
        hits = list(zip(places[left].tolist(), (numbers[left] - _FIRST).tolist(), strict=True))
        run = Run(starts.tolist(), ends.tolist(), [], int((ends - starts).max()))
        firsts = [*np.flatnonzero(np.diff(records, prepend=-1)).tolist(), len(hits)]
        for first, last in pairwise(firsts):
            record = int(records[first])
            if self._sift.counts(data, run.starts[record], run.ends[record], hits[first:last]):
                run.suspects.append(record)
        return run

    def is_suspect(self, record: bytes) -> bool:
        """Tell the same of one record in any layout."""
        numbers, places = self._hits(record, 0, len(record))
        hits = zip(places.tolist(), (numbers - _FIRST).tolist(), strict=True)
        return self._sift.counts(record, 0, len(record), [hit for hit in hits if hit[1] >= 0])

    def _hits(self, data: bytes, begin: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the numbers of what is found in order, and where each ends."""
        import numpy as np

        part = memoryview(data)[begin:end]
        letters = odd_letters(np.frombuffer(part, np.uint8), self._leads) + 1
        found = np.array(self._database.hits(part))
        hits = np.concatenate((found, letters << SHIFT | self._odd))
        hits.sort()
        return hits & NUMBER, (hits >> SHIFT) + begin


def _borders(
    data: bytes, begin: int, end: int, marks: NDArray[np.int64], places: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return where records start and end; None unless there are blanks alone between plain articles."""
    import numpy as np

    if (marks >= len(_MARKS)).any():
        return None
    starts, ends = places[marks == _START], places[marks == _STOP]
    bytes_of = np.frombuffer(data, np.uint8)
    whole = len(starts) == len(ends) > 0 and (bytes_of[starts] == 62).all() and (bytes_of[ends] == 62).all()
    if not whole:
        return None
    starts, ends = starts - len(_MARKS[_START]), ends + 1
    before = np.concatenate(([begin], ends[:-1]))
    gaps = starts - before
    if (starts >= ends).any() or gaps.min() < 0 or gaps.max() > _GAP or ends[-1] != end:
        return None
    for at in range(int(gaps.max())):
        if bytes_of[before[gaps > at] + at].tobytes().strip(_BLANK):
            return None
    return starts, ends


@lru_cache(maxsize=1)
def load_scanner() -> Scanner:
    """Return the scanner of the packaged lexicon, made once for each process."""
    return Scanner(load_sift())
