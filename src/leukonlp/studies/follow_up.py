"""How long people were followed, in months, as the text says."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.numbers import DECIMAL, UNIT, WORDS, decimal, months
from leukonlp.studies.reading import Reading

_VALUE = rf"(?P<value>{DECIMAL}|{WORDS})"
_FIGURE = (
    rf"{_VALUE}(?: ?(?:±|\+/-) ?{DECIMAL})?(?:(?: ?(?P<sep>-|to) ?|[- ])(?P<second>{DECIMAL}) ?)?"
    rf"[ -]?(?P<unit>{UNIT})\b"
)
_BOUND = (
    r"(?P<bound>up to|at least|a minimum of|more than|over|a maximum of|a total of|as long as|"
    r"an average of|a mean (?:\w+ )?of|a median (?:\w+ )?of)"
)
_FORMS = (
    # "median follow-up was 3.2 years", "follow-up (median, 45 months)"
    re.compile(
        rf"\b(?:(?P<statistic>median|mean|average|maximum|"
        rf"minimum)(?: \([^)]{{1,24}}\))? (?:[\w-]+ ){{0,4}}?)?follow(?:ed)?[- ]?ups?(?: (?:time|period|"
        rf"duration|length|interval))?"
        rf"(?: (?!was|were|of \d|for \d)[\w-]+){{0,7}}?[ ,:(\[=]{{0,3}}(?:\([^)]{{1,24}}\) ?)?(?:was|were|"
        rf"of|is|for|ranged from|ranging from|ranged)?[ (]{{0,2}}"
        rf"(?:(?P<late>median|mean|average|range)[ ,:=]{{0,2}}(?:of |was )?)?{_BOUND}? ?{_FIGURE}"
    ),
    # "median follow-up was 2.5 (range 1.0-6.0) years"
    re.compile(
        rf"\b(?P<statistic>median|mean|average) (?:[\w-]+ ){{0,3}}?follow[- ]?up(?: (?:time|period|"
        rf"duration))?"
        rf"(?: was| of)?[ :=]{{1,2}}(?P<value>{DECIMAL}) ?[\[(](?:range[ds]?[ :,=]{{0,3}})?"
        rf"(?P<low>{DECIMAL}) ?(?:-|to) ?(?P<high>{DECIMAL})[)\]] ?(?P<unit>{UNIT})\b"
    ),
    # "were followed for up to 24 months"
    re.compile(
        rf"\b(?:followed|monitored|observed)(?:[- ]up)?(?: [\w-]+){{0,5}}? (?:for|over|"
        rf"during) (?:{_BOUND} )?(?:a period of )?{_FIGURE}"
    ),
    # "2-year follow-up", "24 months of follow-up"
    re.compile(
        rf"(?<![\w.])(?:(?P<statistic>median|mean|"
        rf"average) )?{_VALUE}[ -](?P<unit>{UNIT})(?: of)?[ -](?:[\w-]+ ){{0,2}}?follow[- ]?up\b"
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
_PREFERRED = {"median": 0, "mean": 1, "range": 2, None: 3, "maximum": 4, "minimum": 5}
_NOT_TIME = re.compile(r"\b(?:lost to|loss to|no|without|further|longer|planned|will be)[ -]?(?:\w+ )?$")


def follow_up(reading: Reading) -> Fact | None:
    """Return the follow-up of this study in months: a median before a mean, a range, a single figure.

    ``statistic`` is ``median``, ``mean``, ``range``, ``maximum``, ``minimum`` or None for a bare figure.
    """
    found: list[Fact] = []
    for form in _FORMS:
        for match, sentence in reading.matches(form, "follow", "monitored", "observed for"):
            before = reading.plain[max(sentence.start, match.start() - 30) : match.start()]
            if not _NOT_TIME.search(before):
                found.append(_fact(reading, match))
    return min(found, key=lambda fact: (_PREFERRED[fact.statistic], fact.quote.start), default=None)


def _fact(reading: Reading, match: re.Match[str]) -> Fact:
    groups = match.groupdict()
    bound = groups.get("bound") or ""
    name = groups.get("late") or groups.get("statistic") or bound
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
    if groups.get("low") is not None:
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
