"""Spelling keys: one key for all the ways a name is written; knows no concepts and no spaCy.

A text becomes a sequence of :class:`Word`: runs of letters or digits with their key, and every other
visible character for itself. White space, dashes and possessives only separate, so ``OTL-200``,
``OTL 200`` and ``OTL200`` share the key ``"otl 200"``, and ``Krabbe's disease`` is ``"krabbe disease"``.
Folded besides: case, accents, Greek letters (by name), sulph/sulf, leuco/leuko, haem/hem, oedema/edema,
paed/ped, -aemia/-emia, plurals.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

BREAK = "\n"
"""Key of a line feed: no name reaches over it."""

GREEK = dict(
    zip(
        "αβγδεϵζηθικλμµνξοπρσςτυφϕχψω",
        "alpha beta gamma delta epsilon epsilon zeta eta theta iota kappa lambda mu mu nu xi omicron pi rho "
        "sigma sigma tau upsilon phi phi chi psi omega".split(),
        strict=True,
    )
)
DASHES = "\\-\u00ad\u02d7\u058a\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
"""What joins words, as a character class of a regular expression."""
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_POSSESSIVE = r"['’ʼ´`][sS](?![^\W_])"
_WORD = re.compile(
    r"[A-Za-z]+(?![^\W\d_\u0370-\u03ffµ]|[\u0300-\u036f])"  # most words; the next but one takes the rest
    rf"|({_POSSESSIVE})"
    r"|[\u0370-\u03ffµ]"
    r"|(?:[^\W\d_\u0370-\u03ffµ][\u0300-\u036f]*)+"
    r"|\d+"
    r"|\n"
    rf"|[^\w\s{DASHES}{_INVISIBLE}'’ʼ´`]|_"
)
SPELLINGS = (
    ("leuco", "leuko"),
    ("sulph", "sulf"),
    ("haem", "hem"),
    ("oedem", "edem"),
    ("paed", "ped"),
    ("aemi", "emi"),
    ("globoidal", "globoid"),
    ("dystrophie", "dystrophy"),
)
_CACHE_LIMIT = 60_000
"""Words, and stretches between blanks, whose keys are remembered: more take no less time, and 0.2 KB each."""
_LONG, _TEXTS = 200, 128
"""Texts of so many characters have their key remembered, and how many of them."""
_ACRONYM = 7
"""Letters up to which a word in capitals is an acronym, not part of a title in capitals."""


class Word(NamedTuple):
    """One word of a text: its spelling key and its offsets."""

    key: str
    start: int
    end: int


class Speller:
    """Turns text into words and keys; remembers the key of each word it has seen."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._chunks: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def words(self, text: str) -> list[Word]:
        """Return the words of ``text`` in order, with offsets into ``text``."""
        keys = self._keys
        found = []
        for match in _WORD.finditer(text):
            surface = match.group()
            key = keys.get(surface)
            if key is None:
                key = self._remember(surface)
            if key:
                found.append(Word(key, match.start(), match.end()))
        return found

    def key(self, text: str) -> str:
        """Return the spelling key of a text: its words' keys, joined by one space.

        Word ``i`` of :meth:`words` is word ``i`` of the key, so a place in the key leads back to the text.
        """
        if len(text) < _LONG:
            return self._join(text)
        key = self._texts.get(text)
        if key is None:  # the parts of a pipeline ask in turn for the keys of one batch of texts
            if len(self._texts) >= _TEXTS:
                self._texts.clear()
            key = self._texts[text] = self._join(text)
        return key

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return the offsets of the words alone, in order; much faster than :meth:`words`."""
        return [match.span() for match in _WORD.finditer(text) if not match.lastindex]

    def _join(self, text: str) -> str:
        # Most of what stands between two blanks has been met before: its keys need no pattern.
        chunks = self._chunks
        found: list[str] = []
        for number, line in enumerate(text.split(BREAK)):
            if number:
                found.append(BREAK)
            found += [chunks[c] if c in chunks else self._remember_chunk(c) for c in line.split()]
        return " ".join(filter(None, found))

    def _remember_chunk(self, chunk: str) -> str:
        if len(self._chunks) >= _CACHE_LIMIT:
            self._chunks.clear()
        keys = self._keys
        found = [
            keys[s] if s in keys else self._remember(s) for s in (m.group() for m in _WORD.finditer(chunk))
        ]
        joined = self._chunks[chunk] = " ".join(filter(None, found))
        return joined

    def _remember(self, surface: str) -> str:
        if len(self._keys) >= _CACHE_LIMIT:
            self._keys.clear()
        key = self._keys[surface] = word_key(surface)
        return key


def word_key(surface: str) -> str:
    """Return the key of one run of letters, one run of digits or one other character; "" for a possessive."""
    if surface[0] in "'’ʼ´`":
        return ""
    if surface == BREAK:
        return BREAK
    folded = surface.casefold()
    if folded in GREEK:
        return GREEK[folded]
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
        folded = "".join(folded.split()) or surface
    if folded.isdigit() or len(folded) < 3:
        return folded
    for old, new in SPELLINGS:
        if old in folded:
            folded = folded.replace(old, new)
    return _singular(folded, surface)


def _singular(word: str, surface: str) -> str:
    if len(surface) >= 3 and surface.endswith("s") and surface[:-1].isupper():
        return word[:-1]  # a plural acronym such as PMDs
    if surface.isupper() and len(surface) <= _ACRONYM:
        return word  # RVCLS is no plural of RVCL
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 6:
        return word[:-3] + "y"
    if word.endswith("oses") and len(word) > 8:
        return word[:-2] + "is"  # gangliosidoses, diagnoses
    return word[:-1]
