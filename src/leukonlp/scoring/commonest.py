"""The words that errors commonly fall on; owns how they are counted and printed, not what an error is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Side: TypeAlias = tuple[str, str]
"""Words and type of a mention; both empty where there is none."""
_WIDTH = 60
"""Characters of a mention that are printed; the JSON holds all."""


@dataclass(frozen=True, slots=True)
class ErrorString:
    """The same error on the same words, letter case aside, and how often it occurs.

    The gold side is None for a spurious mention, the found side for a missed one. The words are
    written as they are most often written.
    """

    n: int
    gold: str | None
    gold_type: str | None
    found: str | None
    found_type: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "n": self.n,
            "gold": self.gold,
            "gold_type": self.gold_type,
            "found": self.found,
            "found_type": self.found_type,
        }

    def words(self) -> tuple[str, str]:
        """Return type and words as printed: one side, or ``gold -> found`` where the two differ."""
        return _arrow(self.gold_type, self.found_type), _arrow(_cut(self.gold), _cut(self.found))


def commonest_of(strings: Iterable[Counter[tuple[Side, Side]]], n: int) -> tuple[ErrorString, ...]:
    """Return the ``n`` most frequent errors, each in its most frequent writing; ties in order of the words.

    Args:
        strings: for each error its writings, ``((gold words, type), (found words, type))``, and how often
            each occurs; a side without a mention is ``("", "")``.
        n: how many errors to return.
    """
    ranked = sorted((-forms.total(), min(forms, key=lambda f: (-forms[f], f))) for forms in strings)
    return tuple(
        ErrorString(-count, g or None, g_type or None, p or None, p_type or None)
        for count, ((g, g_type), (p, p_type)) in ranked[:n]
    )


def printed(items: Iterable[ErrorString]) -> Iterator[str]:
    """Yield one aligned line an error: how often, type, words."""
    rows = [(str(item.n), *item.words()) for item in items]
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    for n, type, words in rows:
        yield f"  {n.rjust(widths[0])}  {type.ljust(widths[1])}  {words}"


def _arrow(gold: str | None, found: str | None) -> str:
    return " -> ".join(dict.fromkeys(side for side in (gold, found) if side is not None))


def _cut(words: str | None) -> str | None:
    return words if words is None or len(words) <= _WIDTH else words[: _WIDTH - 3] + "..."
