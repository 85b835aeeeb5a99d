"""Where the fixed strings stand that let a pattern be tried: one pass over the text finds all of them.

Looking for one string costs a hundredth of a pattern, but there are some four hundred; one automaton
(Aho-Corasick) finds them together. A group that the automaton does not know is looked for by itself, so
a group that is missing here costs time and changes no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Group: TypeAlias = tuple[str, ...]
"""Strings of which any one lets a rule look closer."""
Place: TypeAlias = tuple[int, int]


class Triggers:
    """Groups of fixed strings, found in plain text together."""

    def __init__(self, groups: Iterable[Group]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.groups = frozenset(groups)
        words = sorted({word for group in self.groups for word in group})
        self._groups = [tuple(sorted(g for g in self.groups if word in g)) for word in words]
        self._automaton: Any = AhoCorasick(
            words, matchkind=MatchKind.Standard, implementation=Implementation.DFA
        )

    def places(self, plain: str) -> Mapping[Group, list[Place]]:
        """Return the start and end of every string found, by the groups it belongs to."""
        found: dict[Group, list[Place]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            for group in self._groups[word]:
                found.setdefault(group, []).append((start, end))
        return found
