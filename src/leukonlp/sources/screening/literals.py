"""Many literals found in bytes at once; owns Hyperscan."""

from __future__ import annotations

import re
from array import array
from collections.abc import Container, Sequence
from typing import Any

SHIFT = 12
"""A hit is its end in the upper bits and the literal's number in these lower ones: pairs would cost twice."""
NUMBER = 2**SHIFT - 1


class Literals:
    """Literals and the automaton that finds them."""

    def __init__(
        self, literals: Sequence[tuple[bytes, bool]], *, once: bool = False, alone: Container[bytes] = ()
    ) -> None:
        """Compile the automaton.

        Args:
            literals: each with whether its case may differ.
            once: each is reported once only.
            alone: those that no letter may touch but a plural's s.
        """
        import hyperscan

        literal = not any(x in alone for x, _ in literals)
        flag = hyperscan.HS_FLAG_SINGLEMATCH if once else 0
        self._database: Any = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[x if literal else _expression(x, alone) for x, _ in literals],
            ids=list(range(len(literals))),
            elements=len(literals),
            flags=[hyperscan.HS_FLAG_CASELESS | flag if folded else flag for _, folded in literals],
            literal=literal,
        )

    def hits(self, text: bytes | memoryview) -> array[int]:
        """Return where literals end and their numbers, each pair as one integer, in any order."""
        found = array("q")
        add = found.append

        def note(id: int, start: int, end: int, flags: int, context: object) -> None:
            add(end << SHIFT | id)

        self._database.scan(text, match_event_handler=note)
        return found


def _expression(literal: bytes, alone: Container[bytes]) -> bytes:
    escaped = re.escape(literal)
    return rb"(?:^|[^A-Za-z])%s[sS]?(?:[^A-Za-z]|$)" % escaped if literal in alone else escaped
