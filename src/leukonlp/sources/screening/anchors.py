"""What the bytes of a record must hold before a name can be in it: for each name a word or two.

Words that stand in few records are taken (``costs``). Where a word may be misprinted, the pipeline still
reads the name: then one of two words, or of two halves of one, is as it should be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from leukonlp.lexicon import Name
from leukonlp.sources.screening.costs import literal_cost, word_cost
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
"""What stands between a figure and a letter (``4H``, ``18q``) that no run of letters can be found by."""
_PAIR = re.compile(r"\b(\d+) ([a-z])\b")
_RUN_BOUND = 4
"""Letters below which a gene's symbol is looked for as it is printed, and as mice have it."""
_RUN = re.compile(r"[A-Za-z]+")


class Anchor(NamedTuple):
    """A literal to look for, and what else makes it count."""

    literal: bytes
    exact: bool = False
    """The case must agree."""
    alone: bool = False
    """No letter may touch it, but a plural's s."""
    half: bool = False
    """Half of a word: the word around it must be one edit from a word of a name."""
    strong: bool = True
    """It is in a name that is enough."""
    weak: bool = False
    """It is in one that takes more to make a mention of a disease."""
    beside: tuple[bytes, ...] = ()
    """Lower-case literals, one of which the record must hold too for a strong name; none for no such need."""


def anchors(wanted: Iterable[tuple[str, Name, bool]], *, misprinted: Container[str]) -> list[Anchor]:
    """Return the anchors of names.

    Args:
        wanted: spelling key, name, and whether it is weak.
        misprinted: the words that are recognised with one letter wrong.
    """
    found: dict[tuple[bytes, bool, bool, bool], list[Anchor]] = defaultdict(list)
    taken: set[tuple[str, bool]] = set()
    for key, name, weak in sorted(wanted, key=lambda w: (w[0].count(" "), w)):
        for anchor in _of_name(key, name, weak, misprinted, taken):
            found[anchor[:4]].append(anchor)
    every = [_merged(same) for _, same in sorted(found.items())]
    enough = [a for a in every if a[1:5] == (False, False, False, True) and not a.beside]
    return [a for a in every if not any(_within(other, a) for other in enough)]


def _merged(same: list[Anchor]) -> Anchor:
    strong = [a for a in same if a.strong]
    beside = () if any(not a.beside for a in strong) else sorted({b for a in strong for b in a.beside})
    return same[0]._replace(strong=bool(strong), weak=any(a.weak for a in same), beside=tuple(beside))


def _within(other: Anchor, anchor: Anchor) -> bool:
    """Tell whether whoever finds ``anchor`` finds ``other`` in any case, and for the same ends."""
    inside = other is not anchor and other.literal in anchor.literal.lower()
    return inside and (other.weak or not anchor.weak)


def _of_name(
    key: str, name: Name, weak: bool, misprinted: Container[str], taken: set[tuple[str, bool]]
) -> Iterator[Anchor]:
    words = sorted(_words(key), key=lambda w: (_cost(w, False, taken), -len(w), w))
    if name.symbol and name.type == "disease" and words and (run := _verbatim(name.surface, words[0])):
        taken.add((words[0], False))
        yield Anchor(run.encode(), exact=True, alone=True, strong=not weak, weak=weak)
    elif weak and words and len(words[0]) < _RUN_BOUND and (run := _as_printed(name.surface, words[0])):
        for form in (run, run.capitalize()):
            yield Anchor(form.encode(), exact=True, alone=True, strong=False, weak=True)
    elif weak or name.symbol:
        for word in words[:1]:
            taken.add((word, False))
            yield from _of_word(word, words, key, weak=weak, misprinted=misprinted)
    else:
        for word, cut in _safe(words, misprinted, taken):
            taken |= {(word, False), (word, cut)}
            yield from _of_word(word, words, key, weak=weak, misprinted=misprinted)
            for half in halves(word) if cut else ():
                beside = _beside(word, words, misprinted, key)
                yield from (Anchor(stem, half=True, beside=beside) for stem in stems(half))


def _safe(
    words: list[str], misprinted: Container[str], taken: Container[tuple[str, bool]]
) -> list[tuple[str, bool]]:
    """Return the words that cost least of which one, or a half, stands whatever one letter is wrong."""
    alone = [[(w, w in misprinted)] for w in words]
    pairs = [[(a, False), (b, False)] for a, b in combinations(words[:4], 2)]
    return min(
        [*alone, *pairs], key=lambda way: sum(_cost(word, cut, taken) for word, cut in way), default=[]
    )


def _cost(word: str, cut: bool, taken: Container[tuple[str, bool]]) -> int:
    whole = 0 if (word, False) in taken and len(word) >= _BOUND else word_cost(word) + 1
    parts = 0 if not cut or (word, True) in taken else sum(map(literal_cost, halves(word)))
    return whole + parts


def _of_word(
    word: str, words: list[str], key: str, *, weak: bool, misprinted: Container[str]
) -> Iterator[Anchor]:
    beside = _beside(word, words, misprinted, key)
    for stem in stems(word):
        yield Anchor(stem, alone=len(stem) < _BOUND, strong=not weak, weak=weak, beside=beside)


def _beside(word: str, words: list[str], misprinted: Container[str], key: str) -> tuple[bytes, ...]:
    other = next((w for w in words if w != word), None)
    if other is None:
        pair = _PAIR.search(key)
        return tuple(b"%s%s%s" % (pair[1].encode(), gap, pair[2].encode()) for gap in GAPS) if pair else ()
    parts = (other, *(halves(other) if other in misprinted else ()))
    return tuple(stem for part in parts for stem in stems(part))


def _words(key: str) -> list[str]:
    """Return the words that can be anchors."""
    words = dict.fromkeys(key.split(" "))
    return [w for w in words if len(w) > 1 and w.isascii() and w.isalpha() and not is_greek(w)]


def _verbatim(surface: str, word: str) -> str | None:
    """Return the letters of a short form as they must be printed; None where other cases are read too."""
    letters = "".join(c for c in surface if c.isalnum())
    if not letters.isascii() or (len(letters) >= 5 and letters.isalpha()):
        return None
    return _as_printed(surface, word)


def _as_printed(surface: str, word: str) -> str | None:
    letters = "".join(c for c in surface if c.isalnum())
    runs = [*_RUN.findall(surface), *_RUN.findall(letters)]
    return next((run for run in runs if run.lower() == word), None)
