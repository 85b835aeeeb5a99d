"""What the bytes of a record must hold before a name can be in it: a part or two of it, and what is near.

Parts that stand in few records are taken (``parts``, ``costs``), the same for as many names as can be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from typing import NamedTuple

from leukonlp.lexicon import Name
from leukonlp.sources.screening.costs import cost, hits
from leukonlp.sources.screening.parts import BOUND, COMMON, PAIR, Taken, gapped, needed, shown_by
from leukonlp.sources.screening.stems import stems

_RUN_BOUND = 4
"""Letters below which a gene's symbol is looked for as it is printed, and as mice have it."""
_RUN = re.compile(r"[A-Za-z]+")
_FIGURES_OR_LETTERS = re.compile(r"\d+|[A-Za-z]+")
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
    others: tuple[bytes, ...] = ()
    """Other halves of the same words: it need not count in a word that holds one of them, too."""


def anchors(
    wanted: Collection[tuple[str, Name, bool]], *, words: Container[str], misprinted: Container[str]
) -> list[Anchor]:
    """Return the anchors of names.

    Args:
        wanted: spelling key, name, and whether it is weak.
        words: the words of names as the tables write them.
        misprinted: the words that are recognised with one letter wrong.
    """
    found: dict[object, list[Anchor]] = defaultdict(list)
    taken = Taken(words, misprinted)
    # Names as the tables have them first: what they need will do for those with words run together.
    joined = {key: not all(w in words for w in key.split(" ")) for key, _, _ in wanted}
    for key, name, weak in sorted(wanted, key=lambda w: (joined[w[0]], w[0].count(" "), w)):
        for anchor in _of_name(key, name, weak, taken, misprinted):
            found[anchor[:4], anchor.words[:1]].append(anchor)
    every = sorted(map(_merged, found.values()))
    enough = [a for a in every if a[1:5] == (False, False, False, True) and not all(a.names)]
    left = [a for a in every if not any(_within(other, a) for other in enough)]
    halved = [a for a in left if a.half]
    return [a._replace(others=tuple(_others(a, halved))) if a.half else a for a in left]


def _others(half: Anchor, halved: list[Anchor]) -> Iterator[bytes]:
    for other in halved:
        first = other.literal < half.literal or not _replaces(half, other)
        if first and other.literal != half.literal and _replaces(other, half):
            yield other.literal


def _replaces(other: Anchor, anchor: Anchor) -> bool:
    """Tell whether a word's half finds all that another one of it does."""
    if not set(anchor.words) <= set(other.words):
        return False
    enough = other.letters >= anchor.letters and other.size >= anchor.size
    same = other.strong >= anchor.strong and other.weak >= anchor.weak
    return enough and same and all(any(less <= name for less in other.names) for name in anchor.names)


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


def _of_name(key: str, name: Name, weak: bool, taken: Taken, misprinted: Container[str]) -> Iterator[Anchor]:
    wanted, words = needed(key, figures=not (weak or name.symbol)), key.split(" ")
    letters = sum(len(word) + _MORE for word in words)
    for anchor in _literals(key, name, weak, taken):
        low = anchor.literal.lower()
        rest = (w for w in wanted if not any(form in low for form in shown_by(w, misprinted)))
        yield anchor._replace(names=(frozenset(rest),), letters=letters, size=len(words))


def _literals(key: str, name: Name, weak: bool, taken: Taken) -> Iterator[Anchor]:
    words = sorted((word for word, _ in taken.words(key)), key=lambda w: (cost(w), w))
    if (
        " " in key
        and words
        and all(len(w) < _RUN_BOUND and (len(w) < 3 or hits(w.encode()) > COMMON) for w in words)
    ):
        tokens = key.split(" ")
        at = min(tokens.index(words[0]), len(tokens) - 2)
        for literal in gapped(" ".join(tokens[at : at + 2])):
            yield Anchor(literal, strong=not weak, weak=weak)
    elif name.symbol and name.type == "disease" and PAIR.fullmatch(key) and not words:
        for literal in gapped(" ".join(_FIGURES_OR_LETTERS.findall(name.surface))):
            yield Anchor(literal, exact=True, alone=True, strong=not weak, weak=weak)
    elif name.symbol and name.type == "disease" and words and (run := _verbatim(name.surface, words)):
        yield Anchor(run.encode(), exact=True, alone=True, strong=not weak, weak=weak)
    elif weak and words and len(words[0]) < _RUN_BOUND and (run := _as_printed(name.surface, words[0])):
        for form in (run, run.capitalize()):
            yield Anchor(form.encode(), exact=True, alone=True, strong=False, weak=True)
    else:
        for part in taken.parts(key, repaired=not (weak or name.symbol)):
            for stem in gapped(part.letters) if " " in part.letters else stems(part.letters):
                alone = not part.half and (" " in part.letters or len(part.letters) < BOUND)
                words_of = (part.base, part.word) if part.half else ()
                yield Anchor(stem, False, alone, part.half, not weak, weak, words_of)


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
