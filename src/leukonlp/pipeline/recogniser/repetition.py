"""A string that names a disease or a chemical in one place of a text does so in its other places too.

Genes are not carried over: their symbols are short, and some stand for other things in the same text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from leukonlp.pipeline.recogniser.decoding import TokenSpan

_SHORTEST = 2
"""Characters of a string that is carried over."""


def repeated(found: Sequence[TokenSpan], words: Sequence[str], *, carried: Container[int]) -> list[TokenSpan]:
    """Return ``found`` and the places where the same words stand untagged, in order.

    The type is that of most places, then of the surest; case counts, for ``CAT`` is no ``cat``.

    Args:
        found: spans that do not overlap.
        words: the tokens of the text.
        carried: numbers of the types that are carried over.
    """
    places: dict[tuple[str, ...], list[TokenSpan]] = defaultdict(list)
    for span in found:
        places[tuple(words[span.first : span.last + 1])].append(span)
    taken = {i for span in found for i in range(span.first, span.last + 1)}
    firsts = {string[0] for string in places}
    starts: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        if word in firsts:
            starts[word].append(i)
    result = list(found)
    for string in sorted(places, key=lambda s: (-len(s), places[s][0].first)):
        spans = places[string]
        like = max(spans, key=lambda s: (sum(s.type == other.type for other in spans), s.score))
        if like.type not in carried or sum(map(len, string)) < _SHORTEST:
            continue
        for first in starts[string[0]]:
            last = first + len(string) - 1
            if tuple(words[first : last + 1]) == string and taken.isdisjoint(range(first, last + 1)):
                result.append(TokenSpan(first, last, like.type, like.score))
                taken.update(range(first, last + 1))
    return sorted(result)
