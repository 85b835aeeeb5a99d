"""Cut a text into pieces that each carry their marks; owns slicing, knows no markup and escapes nothing.

Slicing comes before escaping, so that offsets stay offsets into the record's own text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Piece: TypeAlias = dict[str, Any]

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""What steers a terminal or turns the order of letters round, and shows nothing itself."""


def visible(text: str) -> str:
    """Return the text with every control, direction mark and lone surrogate shown as U+FFFD, one for one."""
    return UNSEEN.sub("\ufffd", text)


def pieces(
    text: str, mentions: Sequence[Mapping[str, Any]], quotes: Iterable[Mapping[str, Any]]
) -> list[Piece]:
    """Cut ``text`` where a mention or a quote begins or ends.

    Returns:
        In order, ``{"text", "mention", "quotes"}``: ``mention`` is the mention that covers the piece (the
        longest one where several do) or None, ``quotes`` are the numbers of the quotes that cover it. The
        texts join to ``text``.
    """
    size = len(text)
    quoted = [(max(0, q["start"]), min(size, q["end"])) for q in quotes]
    shown = _longest(mentions, size)
    edges = {0, size}
    edges.update(edge for pair in quoted for edge in pair)
    edges.update(edge for mention in shown for edge in (mention["start"], mention["end"]))
    cuts = sorted(edge for edge in edges if 0 <= edge <= size)
    found: list[Piece] = []
    waiting = iter(shown)
    current = next(waiting, None)
    for start, end in itertools.pairwise(cuts):
        while current is not None and current["end"] <= start:
            current = next(waiting, None)
        mention = current if current is not None and current["start"] <= start else None
        inside = [number for number, (first, last) in enumerate(quoted) if first <= start < last]
        found.append({"text": text[start:end], "mention": mention, "quotes": inside})
    return found


def _longest(mentions: Sequence[Mapping[str, Any]], size: int) -> list[Mapping[str, Any]]:
    """Return mentions that do not overlap, in order; of overlapping ones the longest stays."""
    taken: list[Mapping[str, Any]] = []
    last = -1
    for mention in sorted(mentions, key=lambda m: (m["start"], -m["end"])):
        if not 0 <= mention["start"] < mention["end"] <= size:
            continue
        if mention["start"] >= last:
            taken.append(mention)
        elif mention["end"] - mention["start"] > taken[-1]["end"] - taken[-1]["start"]:
            taken[-1] = mention
        else:
            continue
        last = taken[-1]["end"]
    return taken
