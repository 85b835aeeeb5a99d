"""Where the fixed strings stand that let a pattern be tried: one pass over the text finds all of them.

Looking for one string costs a hundredth of a pattern, but there are some hundreds; one automaton
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

        self._kept = list(groups)
        self._numbers = {group: number for number, group in enumerate(dict.fromkeys(self._kept))}
        # Rules ask with the very tuple given here: to know it by its place in memory spares hashing it.
        self.known = {id(group): self._numbers[group] for group in self._kept}
        """The numbers of the groups by ``id``."""
        words = sorted({word for group in self._numbers for word in group})
        self._owners = [tuple(n for group, n in self._numbers.items() if word in group) for word in words]
        # ``DFA`` is faster by itself, but too large to stay in the processor's cache beside the rules.
        self._automaton: Any = AhoCorasick(
            words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def number(self, group: Group) -> int | None:
        """Return the number of a group, None for one that is not known."""
        number = self.known.get(id(group))
        return number if number is not None else self._numbers.get(group)

    def places(self, plain: str) -> Mapping[int, list[Place]]:
        """Return the start and end of every string found, by the numbers of the groups it belongs to."""
        found: dict[int, list[Place]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            place = (start, end)
            for group in self._owners[word]:
                if group in found:
                    found[group].append(place)
                else:
                    found[group] = [place]
        return found
