"""Survival figures that the study reports of its own people, with their interval where printed.

Only percentages of a named kind of survival: they can be read without doubt. Scores and laboratory
values wait for a reader that knows their scales.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.reading import Reading, Sentence

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
        rf"(?: (?:was|were|of|is)| (?:for|of|in|among) (?P<about>(?:(?!was\b|were\b)[\w'-]+ "
        rf"){{1,7}})(?:was|were))(?: estimated(?: to be| at)?)? ?{_PERCENT}"
    ),
)
_CONTROL = re.compile(
    r"\b(?:untreated|controls?|historical|previous|literature|compared (?:with|to)|versus|vs\.?|"
    r"non-?transplanted)\b[^.;]{0,50}$"
)


_PEOPLE = (
    r"(?:patients|participants|children|boys|girls|infants|newborns|neonates|babies|adults|women|"
    r"men|males|females|"
    r"individuals|people|subjects|siblings|recipients|survivors|groups?|cohorts?|arms?|those)"
)
_GROUP = (
    rf"(?:(?:the |all |our )?(?:(?!after\b|and\b|at\b|to\b|than\b|versus\b|vs\b|with\b|"
    rf"of\b)[\w'/-]+ ){{0,6}}?"
    rf"{_PEOPLE}\b(?: (?:with|without|who|given|treated|transplanted|receiving|in|of|from) [\w'-]+"
    r"(?: (?!and\b|after\b|at\b|versus\b|vs\b|compared\b)[\w'-]+){0,4})?)"
)
_WHEN = r"(?: (?:at|after) (?P<time>\d{1,2}|one|two|three|four|five|six|ten) (?P<unit>year|month)s?)"
# What follows a figure: when, and in whom.
_TAIL = re.compile(rf"{_WHEN}?(?:,? (?:in|among|for) (?P<group>{_GROUP}))?")
# A further figure of the same kind: "and 43 percent in", "versus 43% in".
_NEXT = re.compile(
    rf"(?:[^.;%]|\.\d){{0,70}}?(?:\b(?P<link>and|but|versus|vs\.?|(?:as )?compared (?:with|to)|than|or)|,) "
    rf"(?:(?:was|were|only|at) )*{_PERCENT}(?! (?:of|had|have|were|was|developed|died|showed|"
    rf"experienced|remained|"
    r"survived|confidence|ci)\b)"
)
_AMONG = re.compile(
    rf"\b(?:in|among|for|of) (?P<group>{_GROUP}),? (?:the |an? )?(?:estimated |[\w-]*year |overall )*$"
)


def outcomes(reading: Reading) -> tuple[Fact, ...]:
    """Return survival percentages; ``statistic`` names them, as in ``5-year survival in the infants``.

    A figure of some of the people names them in ``statistic`` and in its quote. Where a sentence has
    several figures and does not say of whom or when each is, there is none.
    """
    found: dict[str, Fact] = {}
    for form in _FORMS:
        for match, sentence in reading.matches(
            form, ("survival",), apart=("background", "objective", "conclusions")
        ):
            before = reading.plain[max(sentence.start, match.start() - 60) : match.start()]
            if not _CONTROL.search(before) and float(match["value"]) <= 100:
                for fact in _facts(reading, match, sentence):
                    found.setdefault(fact.statistic or "", fact)
    return tuple(sorted(found.values(), key=lambda fact: (fact.quote.start, fact.quote.end)))


def _facts(reading: Reading, match: re.Match[str], sentence: Sentence) -> list[Fact]:
    """Return the figures of one sentence: the first, and those that are joined to it."""
    plain, end = reading.plain, sentence.end
    kind = re.sub(r" (?:rates?|probability|estimates?)$", "", match["kind"])
    when = (match["time"] or match["time2"], match["unit"] or match["unit2"])
    left = max(sentence.start, match.start() - 90)
    among = _AMONG.search(plain, left, match.start())
    start = among.start() if among is not None else match.start()
    group = reading.text[slice(*match.span("about"))].strip() or (
        reading.text[slice(*among.span("group"))] if among is not None else None
    )
    figure: re.Match[str] | None = match
    facts: list[Fact] = []
    while figure is not None:
        low, high, close = _interval(plain, figure, end)
        close += plain[close : close + 1] in (")", "]") and figure.end() < close
        tail = _TAIL.match(plain, close, end)
        said = tail is not None and tail.end() > close
        if tail is not None:
            close = tail.end()
            when = (tail["time"], tail["unit"]) if tail["time"] else when
            group = reading.text[slice(*tail.span("group"))] or group
        if figure is not match and not said:
            return []  # "100% and 43%": of whom or when each is, other words tell
        if not (figure is not match and _CONTROL.search(f"{figure['link'] or ''} {group or ''}")):
            facts.append(
                Fact(
                    float(figure["value"]),
                    reading.quote(start, close),
                    _named(kind, when, group),
                    low,
                    high,
                    "%",
                )
            )
        figure = _NEXT.match(plain, close, end)
    return facts


def _named(kind: str, when: tuple[str | None, str | None], group: str | None) -> str:
    """Name a figure: ``five-year survival in the asymptomatic newborns``."""
    name = f"{when[0]}-{when[1]} {kind}" if when[0] else kind
    return f"{name} in {group}" if group else name


def _interval(plain: str, match: re.Match[str], end: int) -> tuple[float | None, float | None, int]:
    """Return the bounds printed after a figure, and where the figure ends with them."""
    interval = _CI.match(plain, match.end(), min(end, match.end() + 60))
    if interval is not None and float(interval["low"]) <= float(match["value"]) <= float(interval["high"]):
        return float(interval["low"]), float(interval["high"]), interval.end()
    return None, None, match.end()
