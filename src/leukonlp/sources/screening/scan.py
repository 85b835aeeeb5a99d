"""The first sieve: finds the records of a batch in whose bytes an anchor lies, by one automaton.

Owns Hyperscan, and what a hit must have around it to count. A record here is what of it is looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from leukonlp.lexicon import load_lexicon
from leukonlp.sources.screening.anchors import GAPS, Anchor, anchors
from leukonlp.sources.screening.judge import Judge, load_judge
from leukonlp.sources.screening.misprints import Misprints
from leukonlp.sources.screening.names import CONTEXT, Wanted, load_wanted
from leukonlp.sources.screening.odd import (
    FORMULAS,
    INLINE,
    REFERENCE,
    around,
    chunk,
    inside_word,
    leads,
    plain,
    readings,
)

_PADDING = 600
"""Literals that are never met: with a thousand or more, Hyperscan looks at more bytes at once."""
_NEAR, _SPREAD = 600, b" " * 40
"""Bytes to each side in which the words of a name lie, and what spreads them further."""
_REMEMBERED = 100_000
_FIELD = tuple(word.encode() for word in CONTEXT)
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Scanner:
    """Finds candidates: records that may hold a name that is wanted. It leaves out none that does."""

    def __init__(self, wanted: Wanted, judge: Judge) -> None:
        names = [*((k, n, False) for k, n in wanted.strong), *((k, n, True) for k, n in wanted.clues)]
        self._anchors = anchors(names, misprinted=wanted.words)
        self._misprints = Misprints(wanted.words)
        self._key = load_lexicon().speller.key
        self._judge = judge
        headings = [Anchor(ui.encode(), exact=True) for ui in sorted(wanted.headings)]
        self._headings = len(self._anchors)
        self._anchors += headings
        self._anchors += [Anchor(b"4%sH" % gap, exact=True, strong=False, weak=True) for gap in GAPS]
        self._tags = [*INLINE]
        self._odd = [*leads(), REFERENCE]
        self._formulas = [*FORMULAS]
        self._database = self._compile()
        self._words: dict[bytes, bool] = {}
        self._chunks: dict[bytes, bool] = {}
        self._short = re.compile("|".join(sorted(wanted.short)).encode())
        self._lowered = (b"", b"")

    def _compile(self) -> Any:
        import hyperscan

        markup = [*self._tags, *self._odd, *self._formulas]
        padding = [
            bytes([248 + n % 8, 248 + n // 8 % 8, 248 + n // 64 % 8, 248 + n // 512, *b"\xff\xff\xff\xff"])
            for n in range(_PADDING)
        ]
        literals = [*(a.literal for a in self._anchors), *markup, *padding]
        flags = [0 if a.exact else hyperscan.HS_FLAG_CASELESS for a in self._anchors]
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=literals,
            ids=list(range(len(literals))),
            elements=len(literals),
            flags=flags + [0] * (len(markup) + len(padding)),
            literal=True,
        )
        return database

    def candidates(self, records: Sequence[bytes]) -> list[int]:
        """Return the numbers of the records that may hold a name, in order."""
        text = b"\n".join(records)
        ends = list(accumulate(len(record) + 1 for record in records))
        hits = self._hits(text)
        found: list[int] = []
        at = 0
        while at < len(hits):
            number = bisect_right(ends, hits[at][0] - 1)
            begin, stop = ends[number] - len(records[number]) - 1, ends[number]
            last = bisect_right(hits, (stop, 1 << 30), at)
            if self._counts(records[number], begin, hits[at:last]):
                found.append(number)
            at = last
        return found

    def _hits(self, text: bytes) -> list[tuple[int, int]]:
        """Return where a literal ends, and its number, in order."""
        found: list[tuple[int, int]] = []
        add = found.append

        def note(id: int, start: int, end: int, flags: int, context: object) -> None:
            add((end, id))

        self._database.scan(text, match_event_handler=note)
        found.sort()
        return found

    def _counts(self, record: bytes, begin: int, hits: list[tuple[int, int]]) -> bool:
        """Tell whether any of the hits makes the record a candidate."""
        weak = odd = doubtful = False
        apart: set[int] = set()
        for end, id in hits:
            if id >= len(self._anchors):
                counts = self._odd_counts(record, end - begin, id - len(self._anchors))
                if counts:
                    return True
                odd = odd or counts is not None
            elif id not in apart and self._stands(self._anchors[id], record, end - begin):
                doubtful = True
                weak = weak or self._anchors[id].weak
                if not (self._anchors[id].strong and self._beside(id, record, end - begin)):
                    apart.add(id)
                elif self._headings <= id or self._judge.is_strong(around(record, end - begin)):
                    return True
        # Where words are odd, what stands beside an anchor may be a name in other bytes.
        return (odd and doubtful) or (
            weak and self._in_context(record) and self._judge.is_weak(plain(record))
        )

    def _in_context(self, record: bytes) -> bool:
        """Tell whether words of the field, or a short form, may be in the record."""
        low = self._low(record)
        return any(word in low for word in _FIELD) or self._short.search(record) is not None

    def _beside(self, id: int, record: bytes, at: int) -> bool:
        """Tell whether a second word is near that the anchor needs."""
        beside = self._anchors[id].beside
        if not beside:
            return True
        low = self._low(record)
        near = low[max(0, at - _NEAR) : at + _NEAR]
        if _SPREAD in near:
            near = low
        return any(other in near for other in beside)

    def _low(self, record: bytes) -> bytes:
        if self._lowered[0] is not record:
            self._lowered = (record, record.lower())
        return self._lowered[1]

    def _stands(self, anchor: Anchor, record: bytes, end: int) -> bool:
        if not (anchor.alone or anchor.half):
            return True
        start = end - len(anchor.literal)
        if anchor.alone:
            if record[end : end + 1] in (b"s", b"S"):
                end += 1
            return record[start - 1] not in _LETTERS and record[end] not in _LETTERS
        while record[start - 1] in _LETTERS:
            start -= 1
        while record[end] in _LETTERS:
            end += 1
        word = record[start:end]
        known = self._words.get(word)
        if known is None:
            if len(self._words) > _REMEMBERED:
                self._words.clear()
            known = self._words[word] = self._is_misprint(self._key(word.decode()))
        return known

    def _is_misprint(self, key: str) -> bool:
        meant = self._misprints.meant(key)
        return bool(meant) and key not in meant

    def _odd_counts(self, record: bytes, end: int, number: int) -> bool | None:
        """Tell whether the word at an odd place may be an anchor, read as the spelling key reads it.

        None where there is nothing odd: a tag between words.
        """
        if number < len(self._tags):
            if not inside_word(record, end - len(self._tags[number]), end):
                return None
        elif number >= len(self._tags) + len(self._odd):
            return True
        piece = chunk(record, end - 1)
        known = self._chunks.get(piece)
        if known is None:
            if len(self._chunks) > _REMEMBERED:
                self._chunks.clear()
            known = self._chunks[piece] = self._read(piece)
        return known

    def _read(self, part: bytes) -> bool:
        return any(
            id < len(self._anchors) and self._stands(self._anchors[id], reading, end)
            for reading in (b" %s " % reading for reading in readings(part))
            for end, id in self._hits(reading)
        )


@lru_cache(maxsize=1)
def load_scanner() -> Scanner:
    """Return the scanner of the packaged lexicon, made once for each process."""
    return Scanner(load_wanted(), load_judge())
