"""Doses of the study's own treatment, as printed: a number, a range or a list, and their unit.

Laboratory values, concentrations, amounts that the body makes or loses, and body weights are no doses.
"""

from __future__ import annotations

import re
from functools import lru_cache

from leukonlp.records import Fact
from leukonlp.studies.dose_cues import (
    DOSES,
    ELSEWHERE,
    GIVEN,
    IN_ANIMALS,
    MEASURED,
    NOT_A_DOSE,
    NUMBERED,
    ONE,
    PEOPLE,
    STARTS,
    TO_COME,
)
from leukonlp.studies.nearby import near
from leukonlp.studies.reading import Part, Reading, Sentence

TRIGGERS = tuple(triggers for triggers, _ in DOSES)
_APART: tuple[Part, ...] = ("background",)
# No figure between: "a total of 5 mg and up to 7 mg" has two names.
_NAMES = re.compile(
    r"\b(?P<name>mean|median|average|maximum|maximal|minimum|total|cumulative|up to)\b(?!-)[^.;,\d]{0,30}$"
)
_STATISTICS = {"average": "mean", "maximal": "maximum", "up to": "maximum", "cumulative": "total"}
_BARE = ("g", "gm", "ml", "u", "units", "mmol", "meq", "ng", "ku")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def doses(reading: Reading, *, animals: bool = False) -> tuple[Fact, ...]:
    """Return each dose once, in order; ``value`` is the number, None for a range with ``low`` and ``high``.

    ``unit`` is the printed one with its spacing made even: ``mg/kg``, ``vg/kg``, ``mg twice daily``,
    ``CD34+ cells/kg``. ``statistic`` is ``range``, ``mean``, ``median``, ``maximum``, ``minimum`` or
    ``total`` where stated. A list (``5, 10 or 20 mg``) gives a fact for each number, with one quote.

    Args:
        reading: the record.
        animals: True for a study of these: what they were given is its own.
    """
    found: dict[tuple[object, ...], Fact] = {}
    if (
        not any(map(reading.places, TRIGGERS)) or not reading.peopled
    ):  # a review: its doses are those of others
        return ()
    for triggers, pattern in DOSES:
        for match, sentence in near(
            reading, pattern, triggers, left=52, right=70, apart=_APART, starts=STARTS
        ):
            if _is_dose(reading, match, sentence, animals=animals):
                for fact in _facts(reading, match, sentence):
                    found.setdefault((fact.value, fact.low, fact.high, fact.unit), fact)
    return tuple(sorted(found.values(), key=lambda fact: (fact.quote.start, fact.value or fact.low or 0)))


def _is_dose(reading: Reading, match: re.Match[str], sentence: Sentence, *, animals: bool) -> bool:
    """True when nothing around makes the figure a measurement, and a vague unit was given to somebody."""
    plain = reading.plain
    before = plain[max(sentence.start, match.start() - 70) : match.start()]
    after = plain[match.end() : min(sentence.end, match.end() + 60)]
    if NOT_A_DOSE.match(after) or TO_COME.match(after) or MEASURED.search(before) or ELSEWHERE.search(before):
        return False
    if not animals and IN_ANIMALS.search(before):
        return False
    base, per = match["base"], match["per"]
    if base in _BARE or base.endswith(("cells", "genomes", "copies", "particles", "particle")):
        if base in ("g", "gm", "ml", "u", "mmol", "meq", "ng") and not per and not match["often"]:
            return False
        return (
            GIVEN.search(
                plain, max(sentence.start, match.start() - 250), min(sentence.end, match.end() + 250)
            )
            is not None
        )
    return True


def _facts(reading: Reading, match: re.Match[str], sentence: Sentence) -> list[Fact]:
    before = reading.plain[max(sentence.start, match.start() - 45) : match.start()]
    quote = reading.quote(match.start(), match.end())
    unit = _unit(reading.text[match.start("base") : match.end()])
    if match["last"] is not None and match["range"] is not None:
        low, high = _value(match["first"]), _value(match["last"])
        return [Fact(None, quote, "range", low, high, unit)] if low < high else []
    named = _NAMES.search(before)
    statistic = _STATISTICS.get(named["name"], named["name"]) if named else None
    if match["list"] is None:
        numbers = [match["first"]]
    else:
        listed = PEOPLE.sub("", reading.plain[match.start() : match.start("base")])
        numbers = ONE.findall(listed)
        if NUMBERED.search(before):
            numbers, quote = numbers[-1:], reading.quote(match.start("last"), match.end())
    return [Fact(value, quote, statistic, unit=unit) for value in map(_value, numbers) if value > 0]


@lru_cache(maxsize=2048)
def _value(printed: str) -> float:
    """Return a printed number: ``1,250`` is 1250, ``0,5`` is 0.5, ``1.1 x 10(14)`` is 1.1e14."""
    text = printed.translate(_SUPERSCRIPTS) if not printed.isascii() else printed
    text = re.sub(r"[ -]million", "e6", re.sub(r"[ -]billion", "e9", text))
    power = re.search(r"(?:^|[x×✕∙*] ?)10 ?[\^(\[ e]{0,3}(\d{1,2})\W?$|e\+?(\d{1,2})$", text)
    head = re.split(r" ?[x×✕∙*e]|10 ?[\^(\[]", text, maxsplit=1)[0].strip() if power else text
    head = (
        head.replace(",", "")
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", head)
        else head.replace(",", ".")
    )
    number = float(head) if (head and head != "10") or not power else 1.0
    return float(f"{number}e{power[1] or power[2]}") if power else number


@lru_cache(maxsize=2048)
def _unit(printed: str) -> str:
    """Return a unit with even spacing: ``mg per kilogram per day`` and ``mg/kg /day`` are ``mg/kg/day``."""
    text = re.sub(r"\s+", " ", printed.replace("µ", "μ")).strip(" ,")
    text = re.sub(r" ?(?:/|\bper\b) ?(?:each )?", "/", text)
    text = re.sub(r" ?[.·∙x×]? ?\b(kg|m|d|day|h|min) ?\(?[-−–]([12])\)?", _inverse, text)
    for long, short in _SHORT:
        text = long.sub(short, text)
    return text.replace(" ,", "").replace(",", "")


def _inverse(match: re.Match[str]) -> str:
    return f"/{match[1]}2" if match[2] == "2" else f"/{match[1]}"


_SHORT = tuple(
    (re.compile(pattern, re.IGNORECASE), short)
    for pattern, short in (
        (r"milligrams?\b", "mg"),
        (r"(?:\bmcg|\bug|micrograms?|mu g)\b", "μg"),
        (r"kilograms?\b", "kg"),
        (r"\b(?:vector|viral) genomes?\b", "vg"),
        (r"/square met(?:er|re)\b|/m ?(?:\(2\)|\^2|²|2)", "/m2"),
        (r"/(?:d|24 ?h)\b", "/day"),
        (r"/(?:wk|weeks)\b", "/week"),
        (r"/(?:hr|hours?)\b", "/h"),
        (r" (?:of )?(?:body ?weight|bw)\b", ""),
    )
)
