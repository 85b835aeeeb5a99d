"""What touches an anchor: whether it stands where a word of a name may be, alone or as half of a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from leukonlp.lexicon.misprints import Misprints
from leukonlp.sources.screening.anchors import Anchor
from leukonlp.sources.screening.literals import NUMBER, SHIFT, Literals

_REMEMBERED = 100_000
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KINDS = bytes(1 if byte in _LETTERS else 2 if byte in b"0123456789" else 0 for byte in range(0x100))


class Standing:
    """Finds anchors in bytes, and tells which of them count by the letters around."""

    def __init__(self, anchors: Sequence[Anchor], misprints: Misprints, key: Callable[[str], str]) -> None:
        self.anchors = anchors
        of: dict[tuple[bytes, bool], list[int]] = {}
        for number, anchor in enumerate(anchors):
            of.setdefault((anchor.literal, not anchor.exact), []).append(number)
        self.literals = list(of)
        """The different literals of anchors, each with whether its case may differ."""
        self._of = list(of.values())
        self._found = Literals(self.literals)
        self._longest = max((len(word) for anchor in anchors for word in anchor.words), default=0) + 2
        """Letters from which on a word is none that half of one is looked for, even with an edit."""
        self._misprints = misprints
        self._key = key
        self._known: dict[bytes, frozenset[str]] = {}

    def at(self, number: int, data: bytes, end: int) -> list[int]:
        """Return which anchors stand in bytes before ``end``, where one of :attr:`literals` ends."""
        return [anchor for anchor in self._of[number] if self._stands(self.anchors[anchor], data, end)]

    def in_text(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Yield which anchors stand in a text, and where each ends."""
        for hit in self._found.hits(text):
            for anchor in self.at(hit & NUMBER, text, hit >> SHIFT):
                yield anchor, hit >> SHIFT

    def _stands(self, anchor: Anchor, data: bytes, end: int) -> bool:
        start = end - len(anchor.literal)
        if anchor.alone:
            if data[end] in b"sS":
                end += 1
            # Letters, or figures, that go on over an end: a letter and a figure are two words.
            before, after = _KINDS[data[start - 1]], _KINDS[data[end]]
            return not (
                (before and before == _KINDS[data[start]]) or (after and after == _KINDS[data[end - 1]])
            )
        if not anchor.half:
            return True
        head, tail = data[max(0, start - self._longest) : start], data[end : end + self._longest]
        word = head[len(head.rstrip(_LETTERS)) :] + data[start:end]
        word += tail[: len(tail) - len(tail.lstrip(_LETTERS))]
        if anchor.others:
            low = word.lower()
            for other in anchor.others:
                if other in low:
                    return False
        return not self._meant(word).isdisjoint(anchor.words)

    def _meant(self, word: bytes) -> frozenset[str]:
        """Return what a word may be: itself, and the words of names that it is one edit from."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            key = self._key(word.decode())
            known = self._known[word] = frozenset((key, *self._misprints.meant(key)))
        return known
