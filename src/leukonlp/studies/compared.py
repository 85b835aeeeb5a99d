"""The size of a comparison group that its own words tell and the counts of people leave out.

"A natural history cohort of 28", "77 received drug A and 39 placebo", "the other 15 served as controls". Owns
no number of the people of the study.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leukonlp.records import Fact
from leukonlp.studies.nearby import near
from leukonlp.studies.numbers import NUMBER, whole
from leukonlp.studies.reading import Part, Reading

_N: Final = rf"(?P<number>{NUMBER})(?!\.\d| ?(?:%|percent|weeks|months|years|days|mg|ml)| (?:of|to) \d)"
_PEOPLE: Final = (
    r"(?:patients|children|boys|girls|infants|men|women|adults|participants|subjects|individuals|siblings|people|"
    r"controls|recipients)"
)
_KIND: Final = r"(?:untreated|natural[- ]history|historical|comparison|comparator|control|reference)"
_THEM: Final = rf"(?= (?:[\w-]+ ){{0,3}}?{_PEOPLE}\b| ?[.,;)]| (?:was|were|served|as|who|with)\b| ?$)"
_AS: Final = r"(?:the |an? |untreated |historical |external |internal )*(?:controls?|comparators?|comparison)"
_ROWS: Final = (
    (
        ("untreated", "history", "historical", "compar", "control", "reference"),
        re.compile(
            rf"\b{_KIND} (?:[\w-]+ ){{0,3}}?(?:cohort|group|arm|series|dataset) (?:\([a-z][^)]{{0,12}}\) )?"
            rf"(?:of|comprised|included|\(n ?=) ?{_N}{_THEM}"
        ),
    ),
    (
        ("placebo",),
        re.compile(rf"{_N} (?:(?:{_PEOPLE} )?(?:received|were given|got|took|to) )?placebo\b(?![- ])"),
    ),
    (
        ("remaining", "other"),
        re.compile(
            rf"\b(?:remaining|other) {_N}(?: [\w-]+){{0,9}}? (?:served?|acted?|were used|used|taken) as "
            rf"{_AS}\b"
        ),
    ),
    (
        ("alone",),
        re.compile(
            rf"(?:(?<=, )|(?<=and ))(?!\w+ of ){_N} (?:other |others |more )?(?:{_PEOPLE} )?(?:(?:to|on|"
            rf"received|were given|"
            rf"had|given) )?(?:the )?(?:(?!and |with |or )[\w'-]+ ){{1,3}}alone\b"
        ),
    ),
    (
        ("with that of", "with those of", "to that of", "to those of"),
        re.compile(rf"\b(?:with|to) (?:that|those) of (?:the )?{_N} (?:[\w-]+ ){{0,3}}?{_PEOPLE}\b"),
    ),
)
_ARMS: Final = ("placebo", "remaining", "alone")
"""Rows that tell of a part of the people, by their first trigger."""
TRIGGERS: Final = tuple(triggers for triggers, _ in _ROWS)
_APART: Final[tuple[Part, ...]] = ("title", "background", "conclusions")
_ELSEWHERE: Final = re.compile(
    r"\b(?:no|not|previous(?:ly)?|earlier|another|published|literature|screened)\b"
)
_GIVEN: Final = re.compile(r"\b(?:with|plus|added|addition|combined|and)\b")


def group(reading: Reading, *, enrolled: int = 0) -> Fact | None:
    """Return the size of the comparison group, or None where these words do not tell one size.

    Args:
        reading: the record.
        enrolled: the number of people of the study, of whom an arm is a part; 0 where it is not known.
    """
    found = list(_found(reading, enrolled))
    return found[0] if len({fact.value for fact in found}) == 1 else None


def _found(reading: Reading, enrolled: int) -> Iterator[Fact]:
    for triggers, pattern in _ROWS:
        arm = triggers[0] in _ARMS
        for match, sentence in near(reading, pattern, triggers, left=90, right=110, apart=_APART):
            before = reading.plain[max(sentence.start, match.start() - 60) : match.start()]
            if _ELSEWHERE.search(before) or ("alone" in triggers and not _GIVEN.search(before)):
                continue
            number = whole(match["number"])
            if number > 1 and not (arm and 0 < enrolled <= number):
                yield Fact(number, reading.quote(match.start(), match.end()))
