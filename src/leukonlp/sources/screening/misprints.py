"""Words that are one letter away from a word of a name: what ``pipeline.linker`` reads as that word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Misprints:
    """Finds the words of names that a printed word may stand for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._shortest = 99
        self._found: dict[str, tuple[str, ...]] = {}
        for word in words:
            self._shortest = min(self._shortest, len(word) - 1)
            for form in _one_less(word):
                self._words[form].add(word)

    def meant(self, key: str) -> tuple[str, ...]:
        """Return the words that are ``key`` but for one letter more, less or other, and ``key`` itself."""
        if len(key) < self._shortest:
            return ()
        found = self._found.get(key)
        if found is None:
            if len(self._found) > 300_000:
                self._found.clear()
            near = {word for form in _one_less(key) for word in self._words.get(form, ())}
            found = self._found[key] = tuple(sorted(w for w in near if w[0] == key[0]))
        return found


def _one_less(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
