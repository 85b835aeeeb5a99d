"""What the bytes of a record must hold before a name can be in it: for each name a word or two.

Words that stand in few records are taken (``costs``), the same for as many names as can be. Where a word may
be misprinted, the pipeline still reads the name: then one of two words, or of two halves of one, is as it
should be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from itertools import combinations
from typing import NamedTuple

from leukonlp.lexicon import Name
from leukonlp.sources.screening.costs import cost, cost_again, hits
from leukonlp.sources.screening.stems import halves, is_greek, stems

_BOUND = 5
"""Letters below which a word must stand alone: ``ald`` is in many others."""
GAPS = (
    b"",
    b" ",
    b"-",
    b"\n",
    b"\xc2\xa0",
    b"\xe2\x80\x90",
    b"\xe2\x80\x91",
    b"\xe2\x80\x93",
    b"\xe2\x80\xaf",
)
"""What stands between figures and letters (``4H``, ``18q``), or tiny words (``eli-cel``), to find them by."""
_PAIR = re.compile(r"\b(?:\d+ [a-z]{1,2}|[a-z]{2,4} \d+)\b")
_RUN_BOUND = 4
"""Letters below which a gene's symbol is looked for as it is printed, and as mice have it."""
_COMMON = 200
"""Records in 10,000 from which on words of three letters are looked for with what is next to them."""
_RUN = re.compile(r"[A-Za-z]+")


class Anchor(NamedTuple):
    """A literal to look for, and what else makes it count."""

    literal: bytes
    exact: bool = False
    """The case must agree."""
    alone: bool = False
    """No letter may touch its letters, but a plural's s, and no figure its figures."""
    half: bool = False
    """Half of a word: the word around it must be one of :attr:`words`, or one edit from it."""
    strong: bool = True
    """It is in a name that is enough."""
    weak: bool = False
    """It is in one that takes more to make a mention of a disease."""
    beside: tuple[bytes, ...] = ()
    """Lower-case literals, one of which the record must hold too for a strong name; none for no such need."""
    words: tuple[str, ...] = ()
    """The words that a half is of, by their keys."""


class _Part(NamedTuple):
    """A word of a name, or half of it."""

    letters: str
    word: str
    half: bool = False


class _Taken:
    """Chooses the parts of names to look for, such as were chosen before if they will do."""

    def __init__(self, words: Container[str], misprinted: Container[str]) -> None:
        self._words = words
        self._misprinted = misprinted
        self._taken: set[tuple[str, bool]] = set()

    def parts(self, key: str, *, repaired: bool) -> list[_Part]:
        """Return the parts that cost least of which one stands in every printed form of a name."""
        words = list(dict.fromkeys(self.words(key)))
        ways = [[_Part(pair[0], pair[0])] for pair in _PAIR.finditer(key)]
        ways += [way for word in words for way in self._ways(word, repaired and word in key.split(" "))]
        if repaired:
            ways += [[_Part(a, a), _Part(b, b)] for a, b in combinations(words, 2)]
        best = min(ways, key=lambda way: (sum(map(self._cost, way)), way), default=[])
        self._taken.update((part.letters, part.half) for part in best)
        return best

    def words(self, key: str) -> Iterator[str]:
        """Yield the words that can be anchors; of two that are written as one, each besides."""
        for word in key.split(" "):
            if len(word) > 1 and word.isascii() and word.isalpha() and not is_greek(word):
                yield from (word,) if word in self._words else (word, *next(self._cuts(word), ()))

    def _cuts(self, word: str) -> Iterator[tuple[str, ...]]:
        """Yield the words of other names that a word falls into, of those that are long enough to be seen."""
        for at in range(2, len(word) - 1):
            parts = word[:at], word[at:]
            if all(part in self._words for part in parts) and max(map(len, parts)) >= _BOUND:
                yield tuple(part for part in parts if len(part) >= _BOUND)

    def _ways(self, word: str, repaired: bool) -> Iterator[list[_Part]]:
        cut = halves(word) if word in self._misprinted else ()
        if not (repaired and cut):
            yield [_Part(word, word)]
            yield from ([_Part(half, word, True)] for both in cut for half in both)
        else:
            yield from ([_Part(half, word, True) for half in both] for both in cut)

    def _cost(self, part: _Part) -> int:
        if " " in part.letters:
            return _COMMON
        return (cost_again if (part.letters, part.half) in self._taken else cost)(part.letters)


def anchors(
    wanted: Collection[tuple[str, Name, bool]], *, words: Container[str], misprinted: Container[str]
) -> list[Anchor]:
    """Return the anchors of names.

    Args:
        wanted: spelling key, name, and whether it is weak.
        words: the words of names as the tables write them.
        misprinted: the words that are recognised with one letter wrong.
    """
    found: dict[tuple[bytes, bool, bool, bool], list[Anchor]] = defaultdict(list)
    taken = _Taken(words, misprinted)
    # Names as the tables have them first: what they need will do for those with words run together.
    joined = {key: not all(w in words for w in key.split(" ")) for key, _, _ in wanted}
    for key, name, weak in sorted(wanted, key=lambda w: (joined[w[0]], w[0].count(" "), w)):
        for anchor in _of_name(key, name, weak, taken, misprinted):
            found[anchor[:4]].append(anchor)
    every = [_merged(same) for _, same in sorted(found.items())]
    enough = [a for a in every if a[1:5] == (False, False, False, True) and not a.beside]
    return [a for a in every if not any(_within(other, a) for other in enough)]


def _within(other: Anchor, anchor: Anchor) -> bool:
    """Tell whether whoever finds ``anchor`` finds ``other`` in any case, and for the same ends."""
    inside = other is not anchor and other.literal in anchor.literal.lower()
    return inside and (other.weak or not anchor.weak)


def _merged(same: list[Anchor]) -> Anchor:
    strong = [a for a in same if a.strong]
    beside = () if any(not a.beside for a in strong) else sorted({b for a in strong for b in a.beside})
    words = tuple(sorted({word for a in same for word in a.words}))
    weak = any(a.weak for a in same)
    return same[0]._replace(strong=bool(strong), weak=weak, beside=tuple(beside), words=words)


def _of_name(key: str, name: Name, weak: bool, taken: _Taken, misprinted: Container[str]) -> Iterator[Anchor]:
    words = sorted(taken.words(key), key=lambda w: (cost(w), w))
    if (
        " " in key
        and words
        and all(len(w) < _RUN_BOUND and (len(w) < 3 or hits(w.encode()) > _COMMON) for w in words)
    ):
        tokens = key.split(" ")
        at = min(tokens.index(words[0]), len(tokens) - 2)
        for literal in _gapped(" ".join(tokens[at : at + 2])):
            yield Anchor(literal, strong=not weak, weak=weak)
    elif name.symbol and name.type == "disease" and words and (run := _verbatim(name.surface, words)):
        yield Anchor(run.encode(), exact=True, alone=True, strong=not weak, weak=weak)
    elif weak and words and len(words[0]) < _RUN_BOUND and (run := _as_printed(name.surface, words[0])):
        for form in (run, run.capitalize()):
            yield Anchor(form.encode(), exact=True, alone=True, strong=False, weak=True)
    else:
        for part in taken.parts(key, repaired=not (weak or name.symbol)):
            beside = () if weak else _beside(part.word, words, misprinted, key)
            for stem in _gapped(part.letters) if " " in part.letters else stems(part.letters):
                alone = not part.half and (" " in part.letters or len(stem) < _BOUND)
                words_of = (part.word,) if part.half else ()
                yield Anchor(stem, False, alone, part.half, not weak, weak, beside, words_of)


def _beside(word: str, words: list[str], misprinted: Container[str], key: str) -> tuple[bytes, ...]:
    other = next((w for w in words if w != word), None)
    if other is None:
        pair = _PAIR.search(key)
        return _gapped(pair[0]) if pair else ()
    if other not in misprinted:
        return stems(other)
    both = min(halves(other), key=lambda both: sum(hits(stem) for half in both for stem in stems(half)))
    return tuple(stem for half in both for stem in stems(half))


def _gapped(pair: str) -> tuple[bytes, ...]:
    """Return the ways to print two short words, or a figure and a letter, that stand next to each other."""
    first, second = pair.encode().split(b" ")
    return tuple(first + gap + second for gap in GAPS)


def _verbatim(surface: str, words: list[str]) -> str | None:
    """Return the letters of a short form as they must be printed; None where other cases are read too."""
    letters = "".join(c for c in surface if c.isalnum())
    if not letters.isascii() or (len(letters) >= 5 and letters.isalpha()):
        return None
    return next((run for word in words if (run := _as_printed(surface, word))), None)


def _as_printed(surface: str, word: str) -> str | None:
    letters = "".join(c for c in surface if c.isalnum())
    runs = [*_RUN.findall(surface), *_RUN.findall(letters)]
    return next((run for run in runs if run.lower() == word), None)
