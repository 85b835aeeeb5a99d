"""Decides from the words of a record whether it is kept: the second sieve.

It asks for less than the pipeline does (no case beyond one capital in a short form, no blockers, no rules for
short forms that are defined otherwise), so whatever the pipeline finds is found here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from leukonlp.lexicon import Name, load_lexicon
from leukonlp.lexicon.misprints import Misprints
from leukonlp.lexicon.normalize import BREAK, Speller
from leukonlp.records import Abstract
from leukonlp.sources.screening.names import CONTEXT, RUN, Wanted, load_wanted

_REMEMBERED = 300_000


class Judge:
    """Judges records by the names in their words."""

    def __init__(self, wanted: Wanted, speller: Speller) -> None:
        self._wanted = wanted
        self._speller = speller
        self._strong = _Finder(wanted.strong, speller)
        self._weak = _Finder(wanted.weak, speller)
        self._clues = _Finder(wanted.clues, speller)
        self._misprints = Misprints(wanted.words)
        self._known: set[str] = set()
        """Words met that are no misprints."""

    def keeps(self, abstract: Abstract) -> bool:
        """Tell whether the record may concern a leukodystrophy."""
        if any(heading.ui in self._wanted.headings for heading in abstract.mesh):
            return True
        headings = [heading.name for heading in abstract.mesh]
        words = [abstract.text, abstract.vernacular_title or "", *headings, *abstract.keywords]
        return self.keeps_text(BREAK.join(words))

    def keeps_text(self, text: str) -> bool:
        """Tell whether the words name what is wanted."""
        return self.is_strong(text) or self.is_weak(text)

    def is_strong(self, text: str) -> bool:
        """Tell whether a name is there that is enough alone, perhaps with one letter of a word wrong."""
        key = self._speller.key(text)
        return self._strong.finds(key, text) or self._strong.finds(self._meant(key), None)

    def is_clue(self, text: str) -> bool:
        """Tell whether a name is there that the bytes hold wherever a gene or hint counts."""
        return self._clues.finds(self._speller.key(text), None)

    def is_weak(self, text: str) -> bool:
        """Tell whether a gene or a hint is there, and with it a short form or words of the field."""
        low = text.lower()
        if not any(word in low for word in CONTEXT):
            runs = {run.removesuffix("s") for run in RUN.findall(text)}
            if runs.isdisjoint(self._wanted.short):
                return False
        return self.is_gene(text)

    def is_gene(self, text: str) -> bool:
        """Tell whether a gene or a hint is there."""
        return self._weak.finds(self._speller.key(text), None)

    def _meant(self, key: str) -> str:
        words = key.split(" ")
        new = set(words) - self._known
        meant = {word: self._meanings(word) for word in new}
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(word for word, readings in meant.items() if not readings)
        most = max(map(len, meant.values()), default=0)
        # Each of several readings stands in a text of its own.
        texts = (" ".join(_nth(meant.get(word, ()), i, word) for word in words) for i in range(most))
        return f" {BREAK} ".join(texts)

    def _meanings(self, word: str) -> tuple[str, ...]:
        return () if word in self._wanted.words else self._misprints.meant(word)


def _nth(readings: tuple[str, ...], number: int, word: str) -> str:
    return readings[min(number, len(readings) - 1)] if readings else word


class _Finder:
    """Finds names in a spelling key."""

    def __init__(self, names: tuple[tuple[str, Name], ...], speller: Speller) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._speller = speller
        self._names: dict[str, list[Name]] = {}
        for key, name in names:
            self._names.setdefault(key, []).append(name)
        self._keys = sorted(self._names)
        self._automaton: Any = AhoCorasick([f" {key} " for key in self._keys], matchkind=MatchKind.Standard)

    def finds(self, key: str, text: str | None) -> bool:
        """Tell whether a name is there; with the text, whether a short form has a capital in it."""
        padded = f" {key} "
        places: list[tuple[int, int]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            if text is None or not all(name.symbol for name in self._names[self._keys[pattern]]):
                return True
            places = places or self._speller.places(text)
            first = padded.count(" ", 0, start)
            surface = text[places[first][0] : places[first + padded.count(" ", start, end) - 2][1]]
            if any(c.isupper() or c.isdigit() for c in surface):
                return True
        return False


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """Return the judge of the packaged lexicon, made once for each process."""
    return Judge(load_wanted(), load_lexicon().speller)
