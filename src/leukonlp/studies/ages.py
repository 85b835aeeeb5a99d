"""The ages of the people studied: one figure, a range, or the age of a single patient."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.numbers import DECIMAL, UNIT, WORDS, decimal, months, unit
from leukonlp.studies.reading import Part, Reading

_TO = r" ?(?:-|to|and|through) ?"
_RANGE = (
    rf"(?P<low>{DECIMAL}) ?(?P<low_unit>{UNIT})?(?: of age)?{_TO}"
    rf"(?P<high>{DECIMAL})(?:[ -]?(?P<high_unit>{UNIT})\b)?"
)
_CENTRE = re.compile(
    rf"\b(?P<statistic>median|mean|average)(?: \([^)]{{1,24}}\))? (?:\w+ )?ages?\b(?P<about>(?: (?!was|"
    rf"were|of \d|is)[\w-]+){{0,7}}?)"
    rf"[ ,:=(]{{0,3}}(?:\([^)]{{1,24}}\) ?)?(?:was|were|of|is)?[ :=]{{0,3}}(?P<value>{DECIMAL})(?: ?(?:±|"
    rf"\+/-|\+-) ?{DECIMAL}| ?\({DECIMAL}\))?"
    rf"(?:[ -]?(?P<unit>{UNIT})\b)?"
)
_SPREAD = re.compile(
    rf"(?: of age| old)?[ ,;]{{0,2}}[\[(;,]? ?(?:(?P<kind>range[ds]?|iqr|interquartile range|sd|"
    rf"95% ci)(?: of| from| between)?[ :,=]{{0,3}})?{_RANGE}"
)
_AGED = re.compile(
    rf"\b(?:aged|ages?d? range[ds]?|ages?|ranging in age|range in age|"
    rf"age)(?: at (?:\w+ ){{1,4}}?)?[ ,:(]{{0,3}}(?:range[ds]?|ranging)?[ :]{{0,2}}"
    rf"(?:from|between|of|was|were)? ?(?:the ages of )?{_RANGE}"
)
_OLD = re.compile(rf"\b(?P<value>\d{{1,3}}(?:\.\d)?|{WORDS})(?: |-)(?P<unit>{UNIT})(?: |-)old\b")
_LATER = re.compile(
    r"\b(?:onset|began|started|diagnosis|death|died|last|follow|controls?|healthy|menopause|walking|loss|"
    r"peak|highest|"
    r"incidence|groups?|between the)\b"
)
_AGES = (" age", "(age", "\nage", "-age", "ranging in age")
TRIGGERS = (_AGES,)
_APART: tuple[Part, ...] = ("background", "conclusions")


def ages(reading: Reading, *, single: bool = False) -> Fact | None:
    """Return the ages stated of the people of this study; ``single`` for a report of one person.

    Median or mean with its range where there is one, else the range alone (``value`` None). An
    interquartile range or deviation is no range of ages and is left out. Age at inclusion or
    treatment comes before age at onset or diagnosis.
    """
    if single:
        for match, _ in reading.matches(_OLD, ("old",), apart=()):
            value = decimal(match["value"])
            return Fact(value, reading.quote(match.start(), match.end()), unit=unit(match["unit"]))
    found = [(_rank(reading, m, s.start), m) for m, s in reading.matches(_CENTRE, _AGES, apart=_APART)]
    if found:
        _, match = min(found, key=lambda item: (item[0], item[1].start()))
        fact = _centre(reading, match)
        if fact is not None:
            return fact
    for match, sentence in reading.matches(_AGED, _AGES, apart=_APART):
        if not _LATER.search(reading.plain, max(sentence.start, match.start() - 25), match.start()):
            fact = _range(reading, match, match.start())
            if fact is not None:
                return fact
    return None


def _rank(reading: Reading, match: re.Match[str], start: int) -> int:
    around = match["about"] + reading.plain[max(start, match.start() - 30) : match.start()]
    return 1 if _LATER.search(around) else 0


def _centre(reading: Reading, match: re.Match[str]) -> Fact | None:
    statistic = "median" if match["statistic"] == "median" else "mean"
    end = match.end()
    spread = _SPREAD.match(reading.plain, end, min(reading.sentence_at(match.start()).end, end + 80))
    printed = match["unit"] or (spread and (spread["high_unit"] or spread["low_unit"]))
    if printed is None:
        after = re.match(rf"[^.;]{{0,12}}?\b({UNIT})\b", reading.plain[end : end + 24])
        printed = after[1] if after else "years"
        if after:
            end += after.end()
    low = high = None
    if spread is not None and (spread["kind"] or "range").startswith("range"):
        low, high = _bounds(spread, printed)
        end = spread.end()
    value = decimal(match["value"])
    if low is not None and high is not None and not low <= value <= high:
        low = high = None
    return Fact(value, reading.quote(match.start(), end), statistic, low, high, unit(printed))


def _range(reading: Reading, match: re.Match[str], start: int) -> Fact | None:
    printed = match["high_unit"] or match["low_unit"]
    if printed is None:
        return None
    low, high = _bounds(match, printed)
    if low is None or high is None or low >= high:
        return None
    return Fact(None, reading.quote(start, match.end()), "range", low, high, unit(printed))


def _bounds(match: re.Match[str], printed: str) -> tuple[float | None, float | None]:
    """Both ends in the unit ``printed``: in "6 months to 14 years" the low end is 0.5."""
    low, high = decimal(match["low"]), decimal(match["high"])
    if match["low_unit"] is not None and match["low_unit"][0] != printed[0]:
        low = round(months(low, match["low_unit"]) / months(1.0, printed), 2)
    if match["high_unit"] is not None and match["high_unit"][0] != printed[0]:
        high = round(months(high, match["high_unit"]) / months(1.0, printed), 2)
    return low, high
