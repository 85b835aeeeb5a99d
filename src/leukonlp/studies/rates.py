"""Rates and times of the study's own people: survival, response, relapse, mortality; median time to an event.

Only figures that say what they are of; where a sentence has several figures and does not say of whom
or when each is, there is none. ``outcomes`` puts them beside other measures.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.nearby import near
from leukonlp.studies.rate_cues import (
    AMONG,
    CONTROL,
    CONTROL_GROUP,
    DIFFERENCE,
    FAMILIES,
    INTERVAL,
    SEVERAL,
    TAIL,
)
from leukonlp.studies.reading import Part, Reading, Sentence

TRIGGERS = tuple(triggers for triggers, *_ in FAMILIES)
_VERSUS = re.compile(r"versus|vs|(?:as )?compared|than")
_LEADS = ("with ", "for ", "on ", "in ", "after ")
_APART: tuple[Part, ...] = ("background", "objective", "conclusions")


def rates(reading: Reading) -> tuple[Fact, ...]:
    """Return percentages and times; ``statistic`` names them: ``5-year survival in the infants``.

    A figure of some of the people names them in ``statistic`` and in its quote. Where a sentence has
    several figures and does not say of whom or when each is, there is none.
    """
    found: dict[str, Fact] = {}
    for triggers, left, needs, first, further in FAMILIES:
        for match, sentence in near(
            reading, first, triggers, left=left, right=170, apart=_APART, needs=needs
        ):
            before = reading.plain[max(sentence.start, match.start() - 60) : match.start()]
            if not (
                CONTROL.search(before)
                or DIFFERENCE.search(before)
                or _of_several(reading, match, sentence, before)
            ):
                for fact in _facts(reading, match, sentence, further):
                    found.setdefault(fact.statistic or "", fact)
    return tuple(sorted(found.values(), key=lambda fact: (fact.quote.start, fact.quote.end)))


def _of_several(reading: Reading, match: re.Match[str], sentence: Sentence, before: str) -> bool:
    """True when kinds and figures are listed apart, so that the figure beside a kind may be another's."""
    if match["measure"] == "%" and float(match["value"]) > 100:
        return True
    if reading.plain.find("respectively", match.end(), min(sentence.end, match.end() + 250)) >= 0:
        return True
    return " were " in match[0] and SEVERAL.search(before) is not None and match["about"] is None


def _facts(
    reading: Reading, match: re.Match[str], sentence: Sentence, further: re.Pattern[str]
) -> list[Fact]:
    """Return the figures of one sentence: the first, and those that are joined to it."""
    plain, end = reading.plain, sentence.end
    kind = _kind(reading.text[slice(*match.span("kind"))])
    when = (match["time"] or match["time2"], match["unit"] or match["unit2"])
    left = max(sentence.start, match.start() - 90)
    among = AMONG.search(plain, left, match.start())
    start = among.start() if among is not None else match.start()
    group = reading.text[slice(*match.span("about"))].strip() or (
        reading.text[slice(*among.span("group"))] if among is not None else None
    )
    figure: re.Match[str] | None = match
    facts: list[Fact] = []
    while figure is not None:
        low, high, close = _interval(plain, figure, end)
        close += plain[close : close + 1] in (")", "]") and figure.end() < close
        tail = TAIL.match(plain, close, end)
        said = tail is not None and tail.end() > close
        if tail is not None:
            close = tail.end()
            told = (tail["time"] or tail["time2"], tail["unit"] or tail["unit2"])
            when = told if told[0] else when
            group = (
                reading.text[slice(*tail.span("group"))] or reading.text[slice(*tail.span("arm"))] or group
            )
        if figure is not match and not said:
            return []  # "100% and 43%": of whom or when each is, other words tell
        link = figure["link"] if figure is not match else None
        if not (CONTROL.search(f"{link or ''} {group or ''}") if link else CONTROL_GROUP.search(group or "")):
            unit = "%" if figure["measure"] in ("%", "percent") else figure["measure"]
            name = _named(kind, when, group)
            facts.append(Fact(float(figure["value"]), reading.quote(start, close), name, low, high, unit))
        first, figure = figure is match, further.match(plain, close, end)
        if first and figure is not None and _VERSUS.match(figure["link"] or "") and not (group or said):
            return []  # "24 months versus 16 months": the figures of two groups
    return facts


def _kind(printed: str) -> str:
    """Return the name of a kind without its abbreviation and without a capital of its sentence."""
    kind = re.sub(r" \([A-Za-z]{2,4}\)", "", printed)
    kind = re.sub(r"(?<=survival) (?:rates?|probability|estimates?|times?)$", "", kind, flags=re.IGNORECASE)
    return kind[:1].lower() + kind[1:] if kind[1:2].islower() else kind


def _named(kind: str, when: tuple[str | None, str | None], group: str | None) -> str:
    """Name a figure: ``five-year survival in the asymptomatic newborns``."""
    name = f"{when[0]}-{when[1]} {kind}" if when[0] else kind
    if group is None:
        return name
    return f"{name} {group}" if group.startswith(_LEADS) else f"{name} in {group}"


def _interval(plain: str, match: re.Match[str], end: int) -> tuple[float | None, float | None, int]:
    """Return the bounds printed after a figure, and where the figure ends with them."""
    interval = INTERVAL.match(plain, match.end(), min(end, match.end() + 60))
    if interval is None:
        return None, None, match.end()
    low, high = float(interval["low"]), float(interval["high"]) if interval["high"] else None
    if low <= float(match["value"]) <= (high if high is not None else float("inf")):
        return low, high, interval.end()
    return None, None, match.end()
