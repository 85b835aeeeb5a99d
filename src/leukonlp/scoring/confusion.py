"""Errors of mentions by kind, and the words they commonly fall on; owns the kinds, no rates.

Exact matches are no error. What is left of a document is, in this order:

- *wrong borders*: a gold and a predicted span of one type that overlap, paired one to one as the
  partial score pairs them, so that their number is its ``n_partial``;
- *wrong type*: a gold and a predicted span on the same offsets with different types;
- *missed*: any other gold span; *spurious*: any other predicted span.

So missed, wrong borders and wrong type add up to the gold spans without an exact match; spurious,
wrong borders and wrong type to the predicted spans without one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from leukonlp.errors import SettingsError
from leukonlp.scoring.commonest import ErrorString, Side, commonest_of, printed
from leukonlp.scoring.entities import Documents, Span, check_documents
from leukonlp.scoring.intervals import grid
from leukonlp.scoring.pairing import Place, overlapping

ErrorKind: TypeAlias = Literal["missed", "spurious", "wrong borders", "wrong type"]
KINDS: tuple[ErrorKind, ...] = get_args(ErrorKind)


@dataclass(frozen=True, slots=True)
class Errors:
    """Counts of errors by kind and type, and the commonest words of each kind."""

    counts: Mapping[ErrorKind, Mapping[str, int]]
    """Kind to type to errors; the type is that of the gold span, or of the spurious one."""
    commonest: Mapping[ErrorKind, tuple[ErrorString, ...]]
    """Kind to its commonest words, most frequent first."""

    def n(self, kind: ErrorKind) -> int:
        """Return the number of errors of one kind."""
        return sum(self.counts[kind].values())

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            kind: {
                "n": self.n(kind),
                "by_type": dict(self.counts[kind]),
                "commonest": [item.to_dict() for item in self.commonest[kind]],
            }
            for kind in KINDS
        }

    def table(self) -> str:
        """Return a printable table of counts, then the commonest words of each kind."""
        types = sorted({name for by_type in self.counts.values() for name in by_type})
        shown = types if len(types) > 1 else []
        rows = [
            (kind, *(str(self.counts[kind].get(name, 0)) for name in shown), str(self.n(kind)))
            for kind in KINDS
        ]
        parts = [grid(("errors", *shown, "all"), rows)]
        for kind in KINDS:
            if self.commonest[kind]:
                parts.append(f"{_HEADS[kind]}\n" + "\n".join(printed(self.commonest[kind])))
        return "\n".join(parts)


_HEADS: Mapping[ErrorKind, str] = {
    "missed": "commonly missed",
    "spurious": "commonly spurious",
    "wrong borders": "common wrong borders, gold -> found",
    "wrong type": "common wrong types, gold -> found",
}


def errors(texts: Mapping[str, str], gold: Documents, predicted: Documents, *, commonest: int = 5) -> Errors:
    """Sort the errors of predicted spans into kinds and find the words they commonly fall on.

    Args:
        texts: document id to the text that the offsets point into.
        gold: document id to its gold spans.
        predicted: document id to its predicted spans.
        commonest: words listed for each kind; 0 for none.

    Raises:
        InputError: ``predicted`` names documents that ``gold`` does not hold.
        SettingsError: ``commonest`` is negative.
    """
    if commonest < 0:
        raise SettingsError(f"{commonest} errors a kind cannot be listed; give 0 (none) or more, such as 5")
    check_documents(gold, predicted)
    counts: dict[ErrorKind, Counter[str]] = {kind: Counter() for kind in KINDS}
    strings: dict[ErrorKind, dict[Any, Counter[tuple[Side, Side]]]] = {
        kind: defaultdict(Counter) for kind in KINDS
    }
    for name in gold:
        for kind, g, p in _errors(gold[name], predicted.get(name, ())):
            side = _side(texts[name], g), _side(texts[name], p)
            counts[kind][(g or p or ("",))[-1]] += 1
            strings[kind][tuple((words.casefold(), type) for words, type in side)][side] += 1
    return Errors(
        {kind: dict(sorted(counter.items())) for kind, counter in counts.items()},
        {kind: commonest_of(found.values(), commonest) for kind, found in strings.items()},
    )


def _errors(
    gold: Iterable[Span], predicted: Iterable[Span]
) -> Iterator[tuple[ErrorKind, Place | None, Place | None]]:
    wanted, found = {span.place for span in gold}, {span.place for span in predicted}
    missed, spurious = sorted(wanted - found), sorted(found - wanted)
    for type in sorted({place[2] for place in missed}):
        mine = [place for place in missed if place[2] == type]
        for g, p in overlapping(mine, [place for place in spurious if place[2] == type]):
            missed.remove(g)
            spurious.remove(p)
            yield "wrong borders", g, p
    for g in list(missed):
        same = [p for p in spurious if p[:2] == g[:2]]
        if same:
            missed.remove(g)
            spurious.remove(same[0])
            yield "wrong type", g, same[0]
    yield from (("missed", g, None) for g in missed)
    yield from (("spurious", None, p) for p in spurious)


def _side(text: str, place: Place | None) -> Side:
    return ("", "") if place is None else (" ".join(text[place[0] : place[1]].split()), place[2])
