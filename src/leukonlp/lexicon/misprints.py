"""Words that are one letter away from a word of a core disease's name: what is read as that word.

The linker repairs them, the screen must not lose them: both ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from leukonlp.lexicon.concepts import Lexicon

SHORTEST = 8
"""Letters from which on a word is recognised with one letter wrong."""
_HALF = SHORTEST // 2
_REMEMBERED = 30_000


class Misprints:
    """Finds the words that a printed word may stand for; remembers each word it has been asked about.

    Args:
        words: what is to be found, of :data:`SHORTEST` letters or more.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, tuple[str, ...]] = {}
        self._begun: set[str] = set()
        self._ended: set[str] = set()
        for word in words:
            for form in _one_less(word):
                self._words[form].add(word)
            self._begun.add(word[:_HALF])
            self._ended.add(word[0] + word[-_HALF:])

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_found": {}}

    def meant(self, key: str) -> tuple[str, ...]:
        """Return the words that are ``key`` but for one letter more, less or other, and ``key`` itself.

        The first letter must be right.
        """
        # One edit leaves the first half of a word as it is, or all that follows: few words have either.
        if len(key) < SHORTEST - 1 or not (
            key[:_HALF] in self._begun or key[0] + key[-_HALF:] in self._ended
        ):
            return ()
        found = self._found.get(key)
        if found is None:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            near = {word for form in _one_less(key) for word in self._words.get(form, ())}
            found = self._found[key] = tuple(sorted(w for w in near if w[0] == key[0] and _is_edit(key, w)))
        return found


def repairable(lexicon: Lexicon) -> frozenset[str]:
    """Return the words of core diseases' names that are recognised with one letter wrong, by their keys."""
    names = (n for c in lexicon.concepts.values() if lexicon.is_core(c.id) for n in (c.name, *c.synonyms))
    words = (word for name in names for word in lexicon.speller.key(name).split(" "))
    return frozenset(word for word in words if len(word) >= SHORTEST and word.isalpha())


def _one_less(word: str) -> set[str]:
    """Return ``word`` and all its forms with one letter less: two words that are an edit apart share one."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _is_edit(one: str, other: str) -> bool:
    """Tell whether two words that share a form are an edit apart, and not a letter here and another there."""
    return len(one) != len(other) or sum(a != b for a, b in zip(one, other, strict=True)) <= 1
