"""What the bytes of a record must hold before a name can be in it: for each name a word or two.

Words that stand in few records are taken (``costs``), the same for as many names as can be. Where a word may
be misprinted, the pipeline still reads the name: then one of two words, or of two halves of one, is as it
should be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from functools import lru_cache
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
_ENOUGH = 3
"""Words of a name that are looked for beside an anchor."""
_MORE = 5
"""Letters that a word may have more as it is printed than in a key: other spellings, endings, a misprint."""


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
    words: tuple[str, ...] = ()
    """The words that a half is of, by their keys."""
    names: tuple[frozenset[str], ...] = ()
    """The words of each name, of which all of one must be nearby: such as :func:`shown_by` takes."""
    letters: int = 0
    """Letters and figures to each side in which the longest of the names lies."""
    size: int = 0
    """Words of the name that has most."""


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
        ways += [way for word, whole in words for way in self._ways(word, whole, repaired)]
        if repaired:
            ways += [[_Part(*a), _Part(*b)] for a, b in combinations(words, 2) if a[1] != b[1]]
        best = min(ways, key=lambda way: (sum(map(self._cost, way)), way), default=[])
        self._taken.update((part.letters, part.half) for part in best)
        return best

    def words(self, key: str) -> Iterator[tuple[str, str]]:
        """Yield the words that can be anchors, twice; of two that are written as one, each with both."""
        for word in _words(key):
            yield word, word
            if word not in self._words:
                yield from ((part, word) for part in next(self._cuts(word), ()))

    def _cuts(self, word: str) -> Iterator[tuple[str, ...]]:
        """Yield the words of other names that a word falls into, of those that are long enough to be seen."""
        for at in range(2, len(word) - 1):
            parts = word[:at], word[at:]
            if all(part in self._words for part in parts) and max(map(len, parts)) >= _BOUND:
                yield tuple(part for part in parts if len(part) >= _BOUND)

    def _ways(self, word: str, whole: str, repaired: bool) -> Iterator[list[_Part]]:
        cut = halves(word) if word in self._misprinted else ()
        if not (repaired and cut and word == whole):
            yield [_Part(word, whole)]
            yield from ([_Part(half, whole, True)] for both in cut for half in both)
        else:
            yield from ([_Part(half, whole, True) for half in both] for both in cut)

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
    enough = [a for a in every if a[1:5] == (False, False, False, True) and not all(a.names)]
    return [a for a in every if not any(_within(other, a) for other in enough)]


def _within(other: Anchor, anchor: Anchor) -> bool:
    """Tell whether whoever finds ``anchor`` finds ``other`` in any case, and for the same ends."""
    inside = other is not anchor and other.literal in anchor.literal.lower()
    return inside and (other.weak or not anchor.weak)


def _merged(same: list[Anchor]) -> Anchor:
    names = {name for a in same for name in a.names}
    least = sorted((n for n in names if not any(other < n for other in names)), key=sorted)
    return same[0]._replace(
        strong=any(a.strong for a in same),
        weak=any(a.weak for a in same),
        words=tuple(sorted({word for a in same for word in a.words})),
        names=tuple(least),
        letters=max(a.letters for a in same),
        size=max(a.size for a in same),
    )


def _of_name(key: str, name: Name, weak: bool, taken: _Taken, misprinted: Container[str]) -> Iterator[Anchor]:
    needed, words = _needed(key, weak), key.split(" ")
    letters = sum(len(word) + _MORE for word in words)
    for anchor in _literals(key, name, weak, taken):
        low = anchor.literal.lower()
        rest = (w for w in needed if not any(form in low for form in shown_by(w, misprinted)))
        yield anchor._replace(names=(frozenset(rest),), letters=letters, size=len(words))


def _literals(key: str, name: Name, weak: bool, taken: _Taken) -> Iterator[Anchor]:
    words = sorted((word for word, _ in taken.words(key)), key=lambda w: (cost(w), w))
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
            for stem in _gapped(part.letters) if " " in part.letters else stems(part.letters):
                alone = not part.half and (" " in part.letters or len(stem) < _BOUND)
                words_of = (part.word,) if part.half else ()
                yield Anchor(stem, False, alone, part.half, not weak, weak, words_of)


def _words(key: str) -> list[str]:
    return [w for w in key.split(" ") if len(w) > 1 and w.isascii() and w.isalpha() and not is_greek(w)]


def _needed(key: str, weak: bool) -> frozenset[str]:
    """Return the rarest words that each printed form of a name holds; of one with one such word, figures too."""
    words = set(_words(key))
    pair = _PAIR.search(key) if len(words) == 1 and not weak else None
    return frozenset([*sorted(words, key=lambda w: (cost(w), w))[:_ENOUGH], *([pair[0]] if pair else [])])


@lru_cache(maxsize=2**14)
def _halves_shown(word: str) -> tuple[bytes, ...]:
    both = min(halves(word), key=lambda both: sum(hits(stem) for half in both for stem in stems(half)))
    return tuple(stem for half in both for stem in stems(half))


def shown_by(word: str, misprinted: Container[str]) -> tuple[bytes, ...]:
    """Return lower-case literals of which one stands in each printed form of a word, or of a figure with one."""
    if " " in word:
        return _gapped(word)
    return _halves_shown(word) if word in misprinted and halves(word) else stems(word)


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
