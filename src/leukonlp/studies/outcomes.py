"""Survival figures that the study reports of its own people, with their interval where printed.

Only percentages of a named kind of survival: they can be read without doubt. Scores and laboratory
values wait for a reader that knows their scales.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.reading import Reading

_KIND = (
    r"(?:overall |event-free |disease-free |progression-free |mfd-free |relapse-free |graft-free |"
    r"intervention-free |"
    r"major functional disability-free |severe motor impairment-free )?survival(?: (?:rates?|probability|"
    r"estimates?))?"
)
_TIME = r"(?:(?P<time>\d{1,2}|one|two|three|four|five|six|ten)[ -](?P<unit>year|month)s?[ -])"
_PERCENT = r"(?P<value>\d{1,3}(?:\.\d{1,2})?) ?(?:%|percent)"
_CI = re.compile(
    r" ?[(\[,;] ?(?:95% )?(?:ci|confidence interval)?[ :,=]{0,3}(?P<low>\d{1,3}(?:\.\d{1,2})?) ?%? ?(?:-|"
    r"to|,) ?(?P<high>\d{1,3}(?:\.\d{1,2})?) ?%?"
)
_FORMS = (
    re.compile(
        rf"\b{_TIME}?(?P<kind>{_KIND})(?: (?:at|after) (?P<time2>\d{{1,2}}|one|two|three|five|"
        rf"ten) (?P<unit2>year|month)s?)?"
        rf"(?: (?:was|were|of|is)| for (?:[\w-]+ ){{1,6}}was)(?: estimated(?: to be| at)?)? ?{_PERCENT}"
    ),
)
_CONTROL = re.compile(
    r"\b(?:untreated|controls?|historical|previous|literature|compared (?:with|to)|versus|vs\.?|"
    r"non-?transplanted)\b[^.;]{0,50}$"
)


def outcomes(reading: Reading) -> tuple[Fact, ...]:
    """Return survival percentages; ``statistic`` names them, as in ``5-year overall survival``."""
    found: dict[str, Fact] = {}
    for form in _FORMS:
        for match, sentence in reading.matches(
            form, ("survival",), apart=("background", "objective", "conclusions")
        ):
            before = reading.plain[max(sentence.start, match.start() - 60) : match.start()]
            if not _CONTROL.search(before) and float(match["value"]) <= 100:
                fact = _fact(reading, match, sentence.end)
                found.setdefault(fact.statistic or "", fact)
    return tuple(sorted(found.values(), key=lambda fact: fact.quote.start))


def _fact(reading: Reading, match: re.Match[str], end: int) -> Fact:
    kind = re.sub(r" (?:rates?|probability|estimates?)$", "", match["kind"])
    time, unit = match["time"] or match["time2"], match["unit"] or match["unit2"]
    name = f"{time}-{unit} {kind}" if time else kind
    interval = _CI.match(reading.plain, match.end(), min(end, match.end() + 60))
    low = high = None
    close = match.end()
    if interval is not None and float(interval["low"]) <= float(match["value"]) <= float(interval["high"]):
        low, high, close = float(interval["low"]), float(interval["high"]), interval.end()
    return Fact(float(match["value"]), reading.quote(match.start(), close), name, low, high, "%")
