"""Cue patterns for assertion, read from ``lexicon/data/cues.tsv``."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from leukonlp.errors import LexiconError
from leukonlp.lexicon.concepts import DATA

Kind: TypeAlias = Literal[
    "negates_after",
    "negates_before",
    "doubts_after",
    "doubts_before",
    "ends_scope",
    "no_cue",
    "background",
    "study",
]
"""``negates_after``: negates mentions after the cue; ``negates_before``: mentions before it; ``doubts_*``:
the same for speculation; ``ends_scope``: no cue reaches over it; ``no_cue``: looks like a negation and
is none (``not only``); ``background`` and ``study``: what the sentence is about."""


_HELD = {
    "negates_after": " no | not |n't|n’t| non| nor | nobody | nothing | absence | lack| exclu| unavail| "
    "declin| refus| deni"
    "| forgo| forw| withh| free | devoid | inconsistent | incompatible | against | ineligible | unsuitable "
    "| unfit "
    "| too | contraindicated | instead | place of| lieu of| neither | never |untreated | rul| fail| cannot "
    "| negative | rather | unaffected | unrelated | distinct | other | naive | naïve | without ",
    "negates_before": " not | never |n't|n’t| absent | contraindicated | declined | refused | unavailable |"
    " withheld "
    "| lacking | unsuitable | denied |excluded |ruled | rejected | discarded | dismissed | refuted | disprove"
    "| negative |naive |naïve | unlikely ",
    "doubts_after": " may | might | could | would | should | diagnos| apparent| candidate| eligible | "
    "considered | referred "
    "| evaluat| await| scheduled | planned | proposed | query | mimick| resembl| reminiscent | prelude "
    "| appear| seem| consider| hypothesi| likely | possib| suspect| perhaps | maybe | conceivably "
    "| uncertain | unclear | unknown | doubtful | clear | certain | asked | wondered | potential| presum| "
    "probabl"
    "| putative | questionable | suggest| suspicio| concern | risk | whether | rule| exclude",
    "doubts_before": " potential | promise | promising | possib| plausible | candida| likely | probable | "
    "diagnos| may | might "
    "| could | would | should | exclude| ruled | suspected | presumed | proposed | hypothesi| contemplated "
    "| planned | scheduled | considered | questioned | eligibility ",
}
"""Words of which one is in whatever a cue of the kind matches (tests/pipeline/test_cues.py shows it).

A blank stands for the border of a word. One pass over a text finds them all: most sentences hold none."""


class Cue(NamedTuple):
    """One row of the table: a pattern, what it does, and how many words it reaches."""

    pattern: str
    kind: Kind
    reach: int
    crosses: bool
    """True when prepositions may stand between cue and mention."""


class Marks:
    """Finds the words that let a cue be tried, in one pass over a text (Aho-Corasick)."""

    def __init__(self, held: Mapping[str, str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        rows = [(word, kind) for kind, words in held.items() for word in words.split("|")]
        self._rows = [(word[0] == " ", word[-1] == " ", kind) for word, kind in rows]
        self._automaton: Any = AhoCorasick(
            [word.strip() for word, _ in rows],
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA,
        )

    def places(self, text: str) -> dict[str, list[int]]:
        """Return by kind where its words begin in a text in small letters, in order."""
        found: dict[str, list[int]] = {}
        for row, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            begins, ends, kind = self._rows[row]
            if begins and start and text[start - 1].isalnum():
                continue
            if ends and text[end : end + 1].isalnum():
                continue
            found.setdefault(kind, []).append(start)
        for places in found.values():
            places.sort()
        return found


def within(places: Sequence[int], start: int, end: int) -> bool:
    """Return whether one of ``places``, which are in order, lies in ``start:end``."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end


class Cues(NamedTuple):
    """The table, compiled for lower-case text: one alternation a kind."""

    by_kind: dict[Kind, re.Pattern[str]]
    """With a group for each row, which costs three times what ``screens`` do."""
    screens: dict[Kind, re.Pattern[str]]
    """The same without groups: whether a sentence holds a cue at all; most hold none."""
    rows: dict[str, Cue]
    """Row by group name, for reach and crossing."""
    marks: Marks
    """Where a cue of the kinds that negate and doubt can be."""


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Return the packaged cues.

    Raises:
        LexiconError: a row has an unknown kind, a reach that is no number, or a bad pattern.
    """
    file = DATA / "cues.tsv"
    with file.open(encoding="utf-8", newline="") as lines:
        cues = [_cue(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    rows = {f"c{i}": cue for i, cue in enumerate(cues)}
    by_kind: dict[Kind, re.Pattern[str]] = {}
    screens: dict[Kind, re.Pattern[str]] = {}
    for kind in get_args(Kind):
        # Longer patterns first: "no evidence of" before "no".
        named = sorted(((g, c) for g, c in rows.items() if c.kind == kind), key=lambda x: -len(x[1].pattern))
        by_kind[kind] = _words("|".join(f"(?P<{g}>{c.pattern})" for g, c in named))
        screens[kind] = _words("|".join(c.pattern for _, c in named))
    return Cues(by_kind, screens, rows, Marks(_HELD))


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])")


def _small(pattern: str) -> str:
    r"""Return ``pattern`` in small letters, its classes such as ``\W`` as they are."""
    return re.sub(r"(?<!\\)[A-Z]", lambda letter: letter[0].lower(), pattern)


def _cue(row: dict[str, str]) -> Cue:
    kind, reach, crosses = row["kind"], row["reach"], row["crosses"]
    if kind not in get_args(Kind) or not reach.isdigit() or crosses not in ("yes", "no"):
        raise LexiconError(
            f"cues.tsv, {row['pattern']!r}: kind {kind!r}, reach {reach!r}, crosses {crosses!r}; "
            f"kinds are {get_args(Kind)}, reach is a number of words, crosses is yes or no"
        )
    try:
        re.compile(row["pattern"])
    except re.error as error:
        raise LexiconError(f"cues.tsv, {row['pattern']!r} is no regular expression: {error}") from error
    return Cue(_small(row["pattern"]), kind, int(reach), crosses == "yes")  # type: ignore[arg-type]
