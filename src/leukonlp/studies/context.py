"""Mentions of treatments: what they are among the treatments of their text, and the words around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from leukonlp.studies.wording import ENDS, Wording

EDGE = "^"
"""Stands after the last word of a sentence, and before its first."""
WINDOW = 8
"""How many words are seen on each side of a mention."""
NEAREST = 3
"""How many of them are told by the kind of treatment too."""
_COUNTS = (1, 2, 3, 5, 8)


class Context(NamedTuple):
    """A mention of a treatment."""

    modality: str
    standing: list[str]
    """Names of what it is among the treatments of its text."""
    words: list[str]
    """The kinds of its text, see :class:`leukonlp.studies.wording.Wording`."""
    at: int
    """Its place among them."""

    @property
    def features(self) -> list[str]:
        """The names of all its features, each once."""
        before = _sentence(self.words[max(0, self.at - WINDOW) : self.at][::-1])
        after = _sentence(self.words[self.at + 1 : self.at + 1 + WINDOW])
        found = {*self.standing}
        for side, words in (("l", before), ("r", after)):
            found.update([f"{side}:{word}" for word in words])
            found.update([f"{side}:{self.modality}:{word}" for word in words[:NEAREST]])
            found.update((f"{side}1:{words[0]}", f"{side}2:{' '.join(words[:2])}"))
        return list(found)


def contexts(texts: Sequence[Wording], design: str | None) -> list[Context]:
    """Return the mentions of treatments in a study.

    Args:
        texts: its wordings.
        design: the label of its design, as the rules found it.
    """
    pairs = [(text, one) for text in texts for one in text.named]
    names, kinds = Counter([one.name for _, one in pairs]), Counter([one.modality for _, one in pairs])
    titled = [one for text, one in pairs if text.place == "t"]
    title_names, title_kinds = {one.name for one in titled}, {one.modality for one in titled}

    @cache
    def standing(name: str, kind: str, setting: bool) -> list[str]:
        alike, count = name in title_names, names[name]
        return [
            f"k:{kind}",
            f"n:{name}",
            f"s:{setting}",
            f"title:{alike}",
            f"title:{alike}:{kind in title_kinds}:{bool(titled)}",
            f"kinds:{min(len(kinds), 5)}",
            f"share:{4 * kinds[kind] // len(pairs)}",
            f"alike:{4 * count // len(pairs)}",
            f"d:{design}",
            f"d:{design}:{kind}",
            *[f"count>{n}" for n in _COUNTS if count > n],
        ]

    return [
        Context(
            kind,
            [f"q:{text.place}{5 * at // len(text.kinds)}", *standing(name, kind, setting)],
            text.kinds,
            at,
        )
        for text, (at, kind, setting, name) in pairs
    ]


def _sentence(words: list[str]) -> list[str]:
    """Return the words to the end of the sentence, and a mark for it."""
    return [*takewhile(lambda word: word not in ENDS, words), EDGE]
