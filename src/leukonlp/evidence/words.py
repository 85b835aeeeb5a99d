"""What a user types into the search box: parsed once, then asked of the full-text index and found in a text.

Understands words (all must occur), ``"phrases"``, ``OR`` and a trailing ``*``; anything else is punctuation.
No input is an error, and none reaches SQLite unquoted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from leukonlp.records import Quote
from leukonlp.structure import sentences

_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
_MOST = 200
"""Terms beyond this many are ignored: nobody types them, and SQLite bounds the depth of an expression."""


class _Folding(dict[int, int]):
    """Character to character: lower case without diacritics, as the tokenizer has it; lengths stay."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = folded = ord(base[0])
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, character by character, so that offsets stay."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Term:
    """One or more tokens in a row; with ``prefix`` the last is only the beginning of a word."""

    tokens: tuple[str, ...]
    prefix: bool = False

    @property
    def match(self) -> str:
        """The term in FTS5's query language."""
        return f'"{" ".join(self.tokens)}"{"*" if self.prefix else ""}'

    @property
    def pattern(self) -> str:
        """The term as a regular expression over folded text."""
        first, *others = (re.escape(fold(token)) for token in self.tokens)
        # The look-behind stands after the first token, so that the search can leap from one to the next.
        start, end = rf"{first}(?<![^\W_]{first})", "" if self.prefix else r"(?![^\W_])"
        return r"[\W_]+".join([start, *others]) + end


@dataclass(frozen=True, slots=True)
class Words:
    """A parsed query: any of the alternatives, each of which demands all its terms."""

    alternatives: tuple[tuple[Term, ...], ...]

    @property
    def match(self) -> str | None:
        """The query in FTS5's language, or None when no word is left to look for."""
        return " OR ".join(f"({' AND '.join(t.match for t in terms)})" for terms in self.alternatives) or None

    def quote(self, text: str) -> Quote | None:
        """Return the sentence with most of the terms, the abstract's before the title; None without any."""
        spans = sentences(text)
        starts, folded = [start for start, _ in spans], fold(text)
        held: dict[int, set[Term]] = {}
        for term in {term for terms in self.alternatives for term in terms}:
            for match in re.finditer(term.pattern, folded):
                held.setdefault(bisect_right(starts, match.start()) - 1, set()).add(term)
        if not held:
            return None
        title = text.index("\n") if "\n" in text else 0
        best = min(held, key=lambda n: (-len(held[n]), starts[n] < title, n))
        start, end = spans[best]
        return Quote(start, end, text[start:end])


@lru_cache(maxsize=64)
def parse(words: str) -> Words:
    """Read what a user typed; terms are joined by AND, which binds closer than OR."""
    alternatives: list[list[Term]] = [[]]
    for phrase, star, word in _PIECE.findall(unicodedata.normalize("NFC", words)):
        if word == "OR":
            alternatives.append([])
        elif word not in ("AND", "&"):
            tokens = tuple(_TOKEN.findall(phrase or word))
            if tokens:
                alternatives[-1].append(Term(tokens, prefix=bool(star) or word.endswith("*")))
    kept, left = [], _MOST
    for terms in alternatives:
        if terms[:left]:
            kept.append(tuple(terms[:left]))
        left = max(0, left - len(terms))
    return Words(tuple(kept))
