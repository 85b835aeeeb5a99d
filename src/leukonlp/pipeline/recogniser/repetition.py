"""A string that is an entity in one place of a text is one in its other places too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leukonlp.pipeline.recogniser.decoding import TokenSpan

_SHORTEST = 2
"""Characters of a string that is carried over."""


def repeated(found: Sequence[TokenSpan], words: Sequence[str]) -> list[TokenSpan]:
    """Return ``found`` and the places where the same words stand untagged, in order.

    The type is that of most places, then of the surest; case counts, for ``CAT`` is no ``cat``.
    """
    places: dict[tuple[str, ...], list[TokenSpan]] = defaultdict(list)
    for span in found:
        places[tuple(words[span.first : span.last + 1])].append(span)
    taken = {i for span in found for i in range(span.first, span.last + 1)}
    starts: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        starts[word].append(i)
    result = list(found)
    for string in sorted(places, key=lambda s: (-len(s), places[s][0].first)):
        if sum(map(len, string)) < _SHORTEST:
            continue
        for first in starts[string[0]]:
            last = first + len(string) - 1
            if tuple(words[first : last + 1]) == string and taken.isdisjoint(range(first, last + 1)):
                like = max(
                    places[string], key=lambda s: (sum(s.type == o.type for o in places[string]), s.score)
                )
                result.append(TokenSpan(first, last, like.type, like.score))
                taken.update(range(first, last + 1))
    return sorted(result)
