"""Finds every place where a text writes a name of the lexicon: one pass of an Aho-Corasick automaton.

The automaton runs over the spelling key of the text, so each found name leads back, word by word, to
exact offsets in the text itself. What a found name means there is decided in ``entities``.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from leukonlp.lexicon import Lexicon, Name

MOUSE, RAT, ZEBRAFISH = "NCBITaxon:10090", "NCBITaxon:10116", "NCBITaxon:7955"
_SPECIES = (
    (MOUSE, re.compile(r"\b(?:mouse|mice|murine|mus musculus)\b", re.I)),
    (RAT, re.compile(r"\b(?:rats?|rattus)\b", re.I)),
    (ZEBRAFISH, re.compile(r"\b(?:zebrafish|danio)\b", re.I)),
)


class Match(NamedTuple):
    """A place that agrees with a name of the lexicon in spelling and in case."""

    start: int
    end: int
    name: Name
    species: str | None = None


class LexiconMatcher:
    """All names of one lexicon as one automaton; built when first used, rebuilt after unpickling."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._patterns: list[str] = sorted(lexicon.names)
        self._automaton: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_automaton": None}  # automata cannot be pickled

    def find(self, text: str) -> list[Match]:
        """Return all matches in ``text``, overlapping ones too, in order of their start."""
        key = f" {self.lexicon.speller.key(text)} "
        hits = self._automaton_ready().find_matches_as_indexes(key, overlapping=True)
        if not hits:
            return []
        places = self.lexicon.speller.places(text)
        found: list[Match] = []
        before = counted = 0
        for pattern, start, end in hits:  # in the order in which they end
            # The pattern's leading and trailing blank are borders of words in the key: blanks count words.
            before, counted = before + key.count(" ", counted, end), end
            length = key.count(" ", start, end)
            first, last = places[before - length][0], places[before - 2][1]
            if _whole_words(text, first, last):
                names = self.lexicon.names[self._patterns[pattern]]
                found.extend(_agreeing(names, text, first, last))
        return sorted(found, key=lambda m: (m.start, -m.end, m.name))

    def _automaton_ready(self) -> Any:
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick, MatchKind

            # Standard with overlapping hits: else a false long match would hide a true short one.
            self._automaton = AhoCorasick([f" {p} " for p in self._patterns], matchkind=MatchKind.Standard)
        return self._automaton


def _whole_words(text: str, start: int, end: int) -> bool:
    """Return True when no letter or digit touches either side: ``ARSA`` is not in ``ARSA2``."""
    return not (start > 0 and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _agreeing(names: tuple[Name, ...], text: str, start: int, end: int) -> list[Match]:
    surface = text[start:end]
    agreeing = []
    for name in names:
        if not name.symbol or same_case(name.surface, surface):
            agreeing.append(Match(start, end, name))
        elif name.type == "gene" and (species := _orthologue(name.surface, surface, text)):
            agreeing.append(Match(start, end, name, species))
    return agreeing


def same_case(name: str, surface: str) -> bool:
    """Return True when ``surface`` writes the symbol ``name`` in the same case, dashes and plural apart."""
    want = "".join(c for c in name if c.isalnum())
    have = "".join(c for c in surface if c.isalnum())
    if want == have or (have.endswith("s") and have[:-1] == want):
        return True
    if not (want.isascii() and have.isascii()):  # Greek letter against its name: capitals cannot be compared
        return sum(c.isupper() for c in have if c.isascii()) >= 1
    if len(want) < 5 or not want.isalpha():
        return False
    # Long acronyms are also printed with one capital (Cadasil, Melas), mixed ones in capitals (GLIALCAM).
    return have == (want.capitalize() if want.isupper() else want.upper())


def _orthologue(symbol: str, surface: str, text: str) -> str | None:
    """Return the species whose way of writing gene symbols ``surface`` follows, when the text names it."""
    if len(symbol) < 3:
        return None
    allowed: tuple[str, ...]
    if surface == symbol.capitalize():
        allowed = (MOUSE, RAT)
    elif surface == symbol.lower() and len(symbol) >= 4:
        allowed = (ZEBRAFISH,)
    else:
        return None
    return next((taxon for taxon, words in _SPECIES if taxon in allowed and words.search(text)), None)
