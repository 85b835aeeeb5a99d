"""Tokens fine enough for every annotated mention: letters, digits, and each other character alone.

Letters split again where a small one meets a capital (``pro|MMP``). With spaCy's own tokenizer 6.7% of
the mentions of NLM-Gene start or end inside a token, with this one 0.3%; benchmarks/ner.py counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_END = r"(?:(?<=[a-z])(?=[A-Z])|(?![^\W\d_]))"
# Most words are of ASCII letters alone: taken in one go, in a third of the time of letter by letter.
WORD = rf"(?:[A-Z]+[a-z]*|[a-z]+){_END}|[^\W\d_]+?{_END}|\d+|\S"
_WORDS = re.compile(WORD)
_PIECE = re.compile(rf"{WORD}|\s+")
_SPACED = re.compile(rf"\s*(?:{WORD})")


def places_of(text: str) -> list[tuple[int, int]]:
    """Return start and end of every token of ``text`` that is not white space."""
    return [match.span() for match in _WORDS.finditer(text)]


def spaced_words(text: str) -> list[str]:
    """Return the same tokens, each with the white space before it."""
    return _SPACED.findall(text.rstrip())  # no token follows the last blanks: each would be tried in vain


class FineTokenizer:
    """A spaCy tokenizer without exceptions, cache or state."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return ``text`` as a Doc; ``doc.text == text`` always holds."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _PIECE.findall(text):
            rest = piece
            if piece[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                rest = piece[1:]
            if rest:
                words.append(rest)
                spaces.append(False)
        return Doc(self.vocab, words, spaces)

    def pipe(self, texts: Any, batch_size: int = 64) -> Iterator[Doc]:
        """Yield a Doc for each text."""
        yield from map(self, texts)

    # spaCy saves and loads a tokenizer through these four; there is nothing to keep.
    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return no bytes."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> FineTokenizer:
        """Return itself."""
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write nothing."""

    def from_disk(self, path: str | Path, **kwargs: Any) -> FineTokenizer:
        """Return itself."""
        return self
