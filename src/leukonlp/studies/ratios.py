"""Hazard ratios, odds ratios and relative risks that the study reports, with their confidence interval."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.measure_cues import RATIO, RATIO_NAMES, RATIO_SPREAD
from leukonlp.studies.nearby import near
from leukonlp.studies.reading import Part, Reading

_NAMED = ("hazard", "odds ratio", "relative risk", "risk ratio", "rate ratio")
_INTERVAL = ("95%", "95 %", "95 per", "confidence int", " hr ", "hr=", "(hr", "[hr")
# Printed in capitals: "or 2.5" is a conjunction.
_SHORT = re.compile(r"(?<![\w-])[aAsS]?(?:HR|OR|RR)s?(?=[ ,:=(\[])")
_CAPITALS = ("HR", "OR", "RR")
TRIGGERS = (_NAMED, _INTERVAL)
_APART: tuple[Part, ...] = ("background", "objective", "methods", "conclusions")


def ratios(reading: Reading) -> list[Fact]:
    """Return each ratio; ``statistic`` is its name and, where the text says it next to it, for what.

    The quote begins with the clause that says what is compared.
    """
    found: dict[int, Fact] = {}
    for match, _ in near(reading, RATIO, _NAMED, left=24, right=150, apart=_APART):
        found[match.start("value")] = _fact(reading, match, _spread(reading, match))
    if reading.places(_INTERVAL) and any(name in reading.text for name in _CAPITALS):
        for short in _SHORT.finditer(reading.text):
            sentence = reading.sentence_at(short.start())
            if sentence.part not in _APART:
                full = RATIO.match(reading.plain, short.start(), sentence.end)
                if full is not None and full.start("value") not in found:
                    spread = _spread(reading, full)
                    if spread is not None or "." in full["value"]:
                        found[full.start("value")] = _fact(reading, full, spread)
    return list(found.values())


def _spread(reading: Reading, match: re.Match[str]) -> re.Match[str] | None:
    end = reading.sentence_at(match.start()).end
    return RATIO_SPREAD.match(reading.plain, match.end(), min(end, match.end() + 70))


def _fact(reading: Reading, match: re.Match[str], spread: re.Match[str] | None) -> Fact:
    name = RATIO_NAMES.get(match["name"], match["name"])
    adjusted = (match["adjusted"] or "").strip()
    if not adjusted and reading.plain[max(0, match.start() - 9) : match.start()] == "adjusted ":
        adjusted = "adjusted"
    statistic = f"{adjusted} {name}".strip()
    if match["for"] is not None:
        statistic = f"{statistic} for {reading.text[slice(*match.span('for'))]}"
    value = float(match["value"])
    start = _clause(reading, match.start())
    if spread is None or not float(spread["low"]) <= value <= float(spread["high"]):
        return Fact(value, reading.quote(start, match.end()), statistic)
    low, high = float(spread["low"]), float(spread["high"])
    return Fact(value, reading.quote(start, spread.end()), statistic, low, high)


def _clause(reading: Reading, at: int) -> int:
    """Return where the words begin that say what is compared: at most 140 characters before the ratio."""
    first = reading.sentence_at(at).start
    left = max(first, at - 140)
    border = reading.plain.rfind("; ", left, at)
    if border >= 0 and at - border > 25:
        return border + 2
    if left == first:
        return first
    comma = reading.plain.find(", ", left, at - 25)
    return comma + 2 if comma >= 0 else reading.plain.find(" ", left, at) + 1
