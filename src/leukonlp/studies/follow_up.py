"""How long people were followed, in months, as the text says.

The stated median of follow-up, else the mean, else a range or bound, else a single bare figure; where
the word follow-up times nothing, a single stated span of observation, of treatment, or time of
assessment (``durations``). Two medians in one sentence, or several bare figures, are those of groups
or visits, and none is the study's.
"""

from __future__ import annotations

import re
from itertools import product

from leukonlp.records import Fact
from leukonlp.studies import durations
from leukonlp.studies.durations import VALUE as _VALUE
from leukonlp.studies.numbers import DECIMAL, LAST, UNIT, decimal, months
from leukonlp.studies.reading import Reading, Sentence

_FIGURE = (
    rf"(?<!\w){_VALUE}(?: ?(?:±|\+/-|\+) ?{DECIMAL})?(?:(?: ?(?P<sep>-|to) ?|[- ])(?P<second>{DECIMAL}) ?)?"
    rf"[ -]?(?P<unit>{UNIT})\b"
)
_BOUNDS = (
    r"up to|at least|a minimum of|more than|over|a maximum of|a total of|as long as|"
    r"an average of|a mean (?:\w+ )?of|a median (?:\w+ )?of|about|approximately|nearly|almost|some"
)
_BOUND = rf"(?P<bound>{_BOUNDS})"
_FORMS = (
    # "median follow-up was 3.2 years", "follow-up (median, 45 months)"
    re.compile(
        rf"\b(?:(?P<statistic>median|mean|average|maximum|"
        rf"minimum)(?: \([^)]{{1,24}}\))? (?:(?!ages?\b)[\w-]+ ){{0,4}}?)?(?:follow(?:ed)?[- ]?ups?|"
        rf"observation(?= (?:time|period)))(?: (?:time|period|"
        rf"duration|length|interval))?"
        rf"(?: (?!was|were|of \d|for \d)[\w-]+){{0,7}}?[ ,:(\[=]{{0,3}}(?:\([^)]{{1,24}}\) ?)?(?:was|were|"
        rf"of|is|for|ranged from|ranging from|ranged)?[ (]{{0,2}}"
        rf"(?:(?P<late>median|mean|average|range)[ ,:=]{{0,2}}(?:of |was )?)?{_BOUND}? ?{_FIGURE}"
    ),
    # "median follow-up was 2.5 (range 1.0-6.0) years"
    re.compile(
        rf"\b(?P<statistic>median|mean|average) (?:(?!ages?\b)[\w-]+ ){{0,3}}?follow[- ]?up(?: (?:time|"
        rf"period|"
        rf"duration))?"
        rf"(?: was| of)?[ :=]{{1,2}}(?P<value>{DECIMAL}) ?[\[(](?:(?P<kind>range[ds]?|iqr|interquartile "
        rf"range|95% ci|sd)?[ :,=]{{0,3}})?"
        rf"(?P<low>{DECIMAL}) ?(?:-|to) ?(?P<high>{DECIMAL})[)\]] ?(?P<unit>{UNIT})\b"
    ),
    # "were followed for up to 24 months"
    re.compile(
        rf"\b(?:followed|monitored|observed)(?:[- ]up)?(?: [\w-]+){{0,5}}? (?:for|over|"
        rf"during) (?:{_BOUND} )?(?:a period of )?{_FIGURE}"
    ),
    # "2-year follow-up", "24 months of follow-up"
    re.compile(
        rf"(?<![\w.±-])(?<!± )(?:(?P<bound>{_BOUNDS}) )?(?:(?P<statistic>median|mean|"
        rf"average) (?:of )?)?{_VALUE}(?: ?(?:±|\+/-) ?{DECIMAL})?(?: ?(?P<sep>-|to) ?(?P<second>{DECIMAL}))?"
        rf"[ -](?P<unit>{UNIT})'?(?: of)?[ -](?:[\w-]+ ){{0,2}}?(?P<late>median |mean )?follow[- ]?up\b"
    ),
)
_SPREAD = re.compile(
    rf"[ ,;]{{0,2}}[\[(,;] ?(?:(?P<kind>range[ds]?|iqr|interquartile range|95% ci|sd)(?: of| from|"
    rf" between)?[ :,=]{{0,3}})?"
    rf"(?P<low>{DECIMAL}) ?(?P<low_unit>{UNIT})? ?(?:-|to|and) ?(?P<high>{DECIMAL}) ?(?P<unit>{UNIT})?"
)
_NAMES = {
    "median": "median",
    "mean": "mean",
    "average": "mean",
    "maximum": "maximum",
    "minimum": "minimum",
    "range": "range",
    "up to": "maximum",
    "a maximum of": "maximum",
    "as long as": "maximum",
    "at least": "minimum",
    "a minimum of": "minimum",
    "more than": "minimum",
    "over": "minimum",
}
_CENTRE = re.compile(rf"\bafter a (?:median|mean) (?:\w+ )?of {_VALUE} (?P<unit>{UNIT})\b")
_PREFERRED = {"median": 0, "mean": 1, "range": 2, None: 3, "maximum": 4, "minimum": 5}
_TIME = re.compile(rf"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|y(?<![a-z]y)|(?:{LAST})y)\b")
"""A unit, which every form holds."""
_FOLLOWED = ("follow", "observation ", "monitored", "observed for")
TRIGGERS = (_FOLLOWED,)
_REPEATED = re.compile(rf"\b(?:every|each)(?: other)? {DECIMAL}[ -]?{UNIT}\b")
_NOT_TIME = re.compile(r"\b(?:lost to|loss to|no|without|further|longer|planned|will be)[ -]?(?:\w+ )?$")


def follow_up(reading: Reading) -> Fact | None:
    """Return the follow-up of this study in months, or None when it is not stated or differs by group.

    ``statistic`` is ``median``, ``mean``, ``range``, ``maximum``, ``minimum`` or None for a bare figure.
    """
    named = _named(reading)
    if named:
        best = min(_PREFERRED[fact.statistic] for fact, _ in named)
        chosen = [pair for pair in named if _PREFERRED[pair[0].statistic] == best]
        if any(_by_group(reading, fact, sentence) for fact, sentence in chosen):
            return None
        return _only(chosen, bare=chosen[0][0].statistic is None)
    sentences = durations.measured(reading)
    for forms in durations.KINDS if sentences else ():
        spans = [
            (_span(reading, match), sentence)
            for match, sentence in durations.found(reading, forms, sentences)
        ]
        if spans:
            if any(durations.several(reading.plain, fact.quote.end) for fact, _ in spans):
                return None
            stated = [pair for pair in spans if pair[0].statistic] or spans
            return _only(stated, bare=True)
    return None


def _named(reading: Reading) -> list[tuple[Fact, Sentence]]:
    """Figures that the text calls follow-up."""
    found = []
    held = [s for s in reading.holding(_FOLLOWED) if s.part != "background"]
    timed = [s for s in held if _TIME.search(reading.plain, s.start, s.end)]
    for form, sentence in product(_FORMS, timed):
        for match in form.finditer(reading.plain, sentence.start, sentence.end):
            before = reading.plain[max(sentence.start, match.start() - 30) : match.start()]
            if not _NOT_TIME.search(before) and not _REPEATED.search(match[0]):
                found.append((_fact(reading, match), sentence))
    return found


def _by_group(reading: Reading, fact: Fact, sentence: Sentence) -> bool:
    """True when the sentence goes on with another span, or gives a second median or mean."""
    if durations.several(reading.plain, fact.quote.end):
        return True
    others = _CENTRE.finditer(reading.plain, fact.quote.end, sentence.end)
    return fact.statistic in ("median", "mean") and any(
        months(decimal(m["value"]), m["unit"]) != fact.value for m in others
    )


def _only(facts: list[tuple[Fact, Sentence]], *, bare: bool) -> Fact | None:
    """The first figure; None where bare ones differ."""
    first = min((fact for fact, _ in facts), key=lambda fact: fact.quote.start)
    values = {round(float(fact.value), 1) for fact, _ in facts if fact.value is not None}
    differ = max(values, default=0.0) - min(values, default=0.0) > 0.25
    return None if bare and differ else first


def _span(reading: Reading, match: re.Match[str]) -> Fact:
    groups = match.groupdict()
    value, unit = groups["value"] or groups["value2"], groups["unit"] or groups["unit2"]
    return Fact(
        months(decimal(value), unit),
        reading.quote(match.start(), match.end()),
        _NAMES.get(groups.get("statistic") or groups.get("bound") or ""),
        unit="months",
    )


def _fact(reading: Reading, match: re.Match[str]) -> Fact:
    groups = match.groupdict()
    bound = groups.get("bound") or ""
    name = (groups.get("late") or "").strip() or groups.get("statistic") or bound
    statistic = (
        "median"
        if "median" in bound
        else "mean"
        if "mean" in bound or "average" in bound
        else _NAMES.get(name)
    )
    printed = match["unit"]
    value: float | None = months(decimal(match["value"]), printed)
    if groups.get("second") is not None and groups.get("sep") is not None:
        high = months(decimal(groups["second"] or "0"), printed)
        return Fact(None, reading.quote(match.start(), match.end()), "range", value, high, "months")
    end = match.end()
    low = high_bound = None
    if groups.get("low") is not None and (groups["kind"] or "range").startswith("range"):
        low, high_bound = months(decimal(match["low"]), printed), months(decimal(match["high"]), printed)
    spread = _SPREAD.match(reading.plain, end, min(reading.sentence_at(match.start()).end, end + 70))
    if spread is not None and (spread["kind"] or "range").startswith("range"):
        high_unit = spread["unit"] or printed
        low = months(decimal(spread["low"]), spread["low_unit"] or high_unit)
        high_bound = months(decimal(spread["high"]), high_unit)
        end = spread.end()
        if value is not None and not low <= value <= high_bound:
            low, high_bound, end = None, None, match.end()
    return Fact(value, reading.quote(match.start(), end), statistic, low, high_bound, "months")
