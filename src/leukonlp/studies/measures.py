"""What the study reports of the measures of its field: a number, a change, or that it was better or worse.

A measure that is only planned, named as background, or of controls says nothing.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.measure_cues import (
    CHANGE,
    MEASURES,
    NOT_PRIMARY,
    P_VALUE,
    PLAN,
    PRIMARY,
    REPORTED,
    SPREAD,
    VALUE,
)
from leukonlp.studies.nearby import Rows, near
from leukonlp.studies.rate_cues import CONTROL, CONTROL_GROUP, TAIL
from leukonlp.studies.reading import Part, Reading, Sentence

_PRIMARY = ("primary",)
_MEASURES = Rows(MEASURES)
TRIGGERS = (_MEASURES.words, *(triggers for _, triggers, _ in MEASURES), _PRIMARY)
_APART: tuple[Part, ...] = ("title", "background", "objective", "methods", "conclusions")
_CENTRE = re.compile(r"\b(median|mean)\b(?= (?:[\w-]+ ){0,1}\||(?: of)?$)")
_AT_ENTRY = re.compile(r"\b(?:with an?|baseline|initial|whose|having an?) (?:\w+ )?$")
_VERSUS = re.compile(r"[^.;\d]{0,40}\b(?:versus|vs|v|compared|and) [^.;\d]{0,20}\d")
_OF_CONTROLS = re.compile(
    r"(?: \w+){0,3} (?:in|among|for) (?:the )?(?:\w+ )?(?:untreated|controls?\b|placebo|untransplanted|"
    r"healthy)"
)
_CHANGES = {
    "increased": "increase in",
    "rose": "increase in",
    "higher": "increase in",
    "improved": "improvement in",
}


def measures(reading: Reading) -> list[Fact]:
    """Return each measure that results are told of, in any order; ``value`` is None without a number."""
    found: dict[str, Fact] = {}
    for name, triggers, pattern in _MEASURES.present(reading):
        bare: Fact | None = None
        numbered = False
        for match, sentence in near(reading, pattern, triggers, left=50, right=60, apart=_APART):
            fact = _numbered(reading, name, match, sentence)
            if fact is not None:
                numbered = found.setdefault(fact.statistic or "", fact) is not None
            elif bare is None:
                bare = _told(reading, name, match, sentence)
        if bare is not None and not numbered:
            found[name] = bare
    return list(found.values())


def _numbered(reading: Reading, name: str, match: re.Match[str], sentence: Sentence) -> Fact | None:
    """The number that follows a measure in its clause, with its interval."""
    plain = reading.plain
    before = plain[max(sentence.start, match.start() - 60) : match.start()]
    if CONTROL.search(before) or _AT_ENTRY.search(before):
        return None
    limit = min(sentence.end, match.end() + 130)
    change = CHANGE.match(plain, match.end(), limit)
    stated = change or VALUE.match(plain, match.end(), limit)
    if stated is None or plain.find("respectively", stated.end(), min(sentence.end, stated.end() + 250)) >= 0:
        return None
    printed, statistic = stated.groupdict().get("value"), name
    if change is not None:
        printed = change["by"] or change["times"] or change["to"]
        verb = (
            "decrease in"
            if change["verb"] in ("decreased", "declined", "fell", "dropped", "reduced", "lower")
            else (_CHANGES.get(change["verb"], "change in"))
        )
        statistic = f"{verb} {name}" if not change["to"] else f"{name} (from {change['from']})"
    else:
        centre = _CENTRE.search(f"{before[-24:]}|{stated['about'] or ''}")
        statistic = f"{centre[1]} {name}" if centre is not None else name
    value = float((printed or "").replace(",", ""))
    unit = reading.text[slice(*stated.span("unit"))] or None
    low, high, end = _spread(plain, stated.end(), sentence.end, value)
    end += plain[end : end + 1] in (")", "]") and plain.find("(", stated.end(), end) >= 0
    tail = TAIL.match(plain, end, sentence.end)
    if tail is not None and tail.end() > end:
        group = reading.text[slice(*tail.span("group"))] or reading.text[slice(*tail.span("arm"))]
        if CONTROL_GROUP.search(group.lower()):
            return None
        statistic, end = f"{statistic} {reading.text[end : tail.end()].strip(' ,')}", tail.end()
    elif _VERSUS.match(plain, end, sentence.end):
        return None  # "0.17 versus 0.29": the figures of two groups
    return Fact(value, reading.quote(match.start(), end), statistic, low, high, unit)


def _spread(plain: str, at: int, end: int, value: float) -> tuple[float | None, float | None, int]:
    spread = SPREAD.match(plain, at, min(end, at + 70))
    if spread is None:
        return None, None, at
    low, high = float(spread["low"].replace(",", "")), float(spread["high"].replace(",", ""))
    return (low, high, spread.end()) if low <= value <= high else (None, None, at)


def _told(reading: Reading, name: str, match: re.Match[str], sentence: Sentence) -> Fact | None:
    """The measure with the word that tells its result, where the sentence reports and does not plan."""
    plain = reading.plain
    if PLAN.search(plain, max(sentence.start, match.start() - 250), min(sentence.end, match.end() + 250)):
        return None
    word = REPORTED.search(plain, match.end(), min(sentence.end, match.end() + 90))
    if word is not None and not re.search(r"[.;] ", plain[match.end() : word.start()]):
        if _OF_CONTROLS.match(plain, word.end(), sentence.end):
            return None
        return Fact(None, reading.quote(match.start(), word.end()), name)
    left = max(sentence.start, match.start() - 60)
    words = list(REPORTED.finditer(plain, left, match.start()))
    if not words or re.search(r"[,;]", plain[words[-1].end() : match.start()]):
        return None
    return Fact(None, reading.quote(words[-1].start(), match.end()), name)


def p_values(reading: Reading, facts: list[Fact]) -> list[Fact]:
    """Return, for measures told without a number, the p value printed behind them in their sentence."""
    found = []
    for fact in facts:
        if fact.value is None:
            sentence = reading.sentence_at(fact.quote.start)
            p = P_VALUE.search(reading.plain, fact.quote.end, min(sentence.end, fact.quote.end + 90))
            if p is not None and ";" not in reading.plain[fact.quote.end : p.start()]:
                sign = "" if p["sign"] == "=" else f" {p['sign']}"
                quote = reading.quote(fact.quote.start, p.end())
                found.append(Fact(float(p["p"]), quote, f"p value{sign}: {fact.statistic}"))
    return found


def primary_end_points(reading: Reading) -> list[Fact]:
    """Return what the text names as this study's primary end point; ``value`` is None."""
    found = []
    for match, _ in reading.matches(PRIMARY, _PRIMARY, apart=("background", "conclusions")):
        what = reading.text[slice(*match.span("what"))].strip()
        if not (NOT_PRIMARY.match(what.lower()) or " was " in what or " were " in what):
            found.append(Fact(None, reading.quote(match.start(), match.end()), f"primary end point: {what}"))
    return found[:2]
