"""Which words of names, and words of the field, stand near an anchor: all of a name must be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from leukonlp.sources.screening.anchors import Anchor
from leukonlp.sources.screening.costs import cost
from leukonlp.sources.screening.literals import NUMBER, Literals
from leukonlp.sources.screening.names import CONTEXT, Wanted
from leukonlp.sources.screening.odd import looked_at, near
from leukonlp.sources.screening.parts import BOUND, shown_by

FIELD = "\n"
"""What stands for words of the field, and short forms, among the words of names."""


class Beside:
    """Tells whether anchors have beside them what their names need."""

    def __init__(self, anchors: Sequence[Anchor], wanted: Wanted) -> None:
        self._anchors = anchors
        context = [(word.encode(), True) for word in CONTEXT]
        context += [(word.encode(), False) for word in sorted(wanted.short)]
        shows: dict[bytes, set[str]] = defaultdict(set)
        for word in {word for anchor in self._anchors for name in anchor.names for word in name}:
            for literal in shown_by(word, wanted.words):
                shows[literal].add(word)
        self._shown = [frozenset({FIELD})] * len(context) + [frozenset(w) for w in shows.values()]
        self._named = [_by_rarest(anchor) for anchor in self._anchors]
        self._context = Literals(context, once=True)
        short = {x for x, of in shows.items() if all(len(word) < BOUND and " " not in word for word in of)}
        self._others = Literals([*context, *((x, True) for x in shows)], once=True, alone=short)
        needed = [_needed(anchor, wanted.words) for anchor in anchors]
        automata = {x: Literals([(y, True) for y in x], once=True) for x in set(needed) if x}
        self._rarest = [automata.get(literals) for literals in needed]
        """Of each anchor, what finds the rarest words of its names."""

    def is_there(self, data: bytes, start: int, end: int, at: int, number: int, odd: frozenset[str]) -> bool:
        """Tell whether all other words of one of an anchor's names are near it.

        Args:
            data: a record and what is around it.
            start: where the record begins.
            end: where it ends.
            at: where the anchor's literal ends.
            number: which of the anchors it is.
            odd: the words that odd places of the record may show.
        """
        anchor = self._anchors[number]
        if not anchor.names[0]:
            return True
        part = near(data, at, anchor.letters)
        if part is None:
            part = looked_at(data[start:end])
        rarest = self._rarest[number]
        if rarest is not None and not odd and not rarest.hits(part):
            return False
        present = odd | self.words(part)
        named = self._named[number]
        return any(name <= present for word in present for name in named.get(word, ()))

    def is_of_the_field(self, text: bytes) -> bool:
        """Tell whether words of the field, or short forms, stand in a text."""
        return bool(self._context.hits(text))

    def words(self, text: bytes) -> frozenset[str]:
        """Return the words of names that may stand in a text, and what makes a context."""
        return frozenset[str]().union(*(self._shown[hit & NUMBER] for hit in self._others.hits(text)))


def _by_rarest(anchor: Anchor) -> dict[str, list[frozenset[str]]]:
    """Return the names of an anchor by the rarest word of each."""
    named: dict[str, list[frozenset[str]]] = defaultdict(list)
    for name in filter(None, anchor.names):
        named[min(name, key=lambda word: (cost(word), word))].append(name)
    return dict(named)


def _needed(anchor: Anchor, misprinted: Container[str]) -> tuple[bytes, ...]:
    """Return literals of which one is near an anchor with any of its names; none if a name needs none."""
    if not all(anchor.names):
        return ()
    every = {literal for word in _by_rarest(anchor) for literal in shown_by(word, misprinted)}
    return tuple(sorted(x for x in every if not any(other in x for other in every - {x})))
