"""Stated spans of observation, of treatment, and times of assessment: follow-up by other words.

Owns no fact: ``follow_up`` asks here where the record names no follow-up by that word. A span in days
is a course of treatment, not an observation, and is left out; so is whatever earlier studies did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from leukonlp.studies.numbers import DECIMAL, UNIT, WORDS
from leukonlp.studies.reading import Part, Reading, Sentence

VALUE: Final = rf"(?P<value>{DECIMAL}|{WORDS})"
_LONG: Final = r"(?P<unit>years?|yrs?|y|months?|mos?|weeks?|wks?)\b"
_FIGURE: Final = rf"{VALUE}[ -]{_LONG}"
_ABOUT: Final = r"(?:about |approximately |nearly |almost |some |a (?:total|period|further) of )?"
_SPREAD: Final = (
    rf"(?: ?\([^)]{{0,40}}\))?(?! of age|[ -]old| (?:before|earlier|prior|ago)\b)(?! ?- ?{DECIMAL})"
)
_CENTRE: Final = r"an? (?P<statistic>median|mean|average)(?: \w+)? of "


class Form(NamedTuple):
    """A pattern that names a ``value`` and a ``unit``, tried where one of ``needles`` stands."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]


Forms: TypeAlias = tuple[Form, ...]


def _form(needles: str, pattern: str) -> Form:
    return Form(tuple(needles.split("|")), re.compile(pattern))


_OBSERVED: Final = (
    # "After a median of 26 months, ...": at the head of a sentence, where it times the whole study.
    _form("median|mean|average", rf"\b(?P<head>after|over|during|for) {_CENTRE}{_FIGURE}{_SPREAD}"),
    _form(
        "median|mean|average",
        rf"\b(?:treated|followed|observed|stayed|remained|continued|used|studied)\b[^.;]{{0,60}}? "
        rf"(?:for|over|during) {_CENTRE}{_FIGURE}{_SPREAD}",
    ),
    # "Tested at a median of 10 years after the graft": a harm at so many months would be no follow-up.
    _form(
        "median|mean|average",
        r"\b(?:tested|testing|evaluated|assessed|examined|re-?examined|studied|reviewed|interviewed|scanned)\b"
        rf"[^.;]{{0,40}}? at {_CENTRE}{_FIGURE} (?:post|after|from|following)[ -]?(?:(?:the|their|stem[- "
        rf"]cell|"
        r"bone[- ]marrow|gene|cord[- ]blood) )*(?:transplant\w*|graft\w*|hsct|hct|bmt|infusion|treatment|"
        r"therapy)",
    ),
    _form("over ", rf"\b(?P<head>over) {_ABOUT}{_FIGURE}{_SPREAD}"),
    _form("of observation", rf"\b{_FIGURE} of observation\b"),
    _form(
        "monitor|followed|observed",
        r"\b(?:monitor(?:ed|ing)|followed(?:[ -]up)?|observed)\b[^.;]{0,30}? for (?:a )?"
        rf"(?P<bound>at least|minimum of|up to|more than) {_FIGURE}{_SPREAD}",
    ),
    _form("observation", rf"\bobservation(?:al period|s)? (?:of|for|over|lasted) {_ABOUT}{_FIGURE}{_SPREAD}"),
    _form("outcome|results|data|experience", rf"\b{_FIGURE} (?:outcomes?|results|data|experience)\b"),
    _form(
        " later| after ",
        r"\b(?:report|describe|outcomes?|state|status|condition|results)\b[^.;]{0,50}? "
        rf"{_ABOUT}{_FIGURE}(?: later\b| after (?:(?:the|their|his|her|gene|stem[- ]cell) )?"
        r"(?:infusion|transplant\w*|treatment|therapy|procedure|grafting))",
    ),
)
_TREATED: Final = (
    _form(
        " for ",
        r"\b(?:treat(?:ed|ment)|received?|receiving|took|taken|taking|given|gave|administered|assigned|"
        rf"randomi[sz]ed|continued|allocated)\b[^.;]{{0,110}}? for (?:up to )?{_ABOUT}{_FIGURE}{_SPREAD}",
    ),
    _form(
        "after|over|during",
        rf"\b(?:after|over|during) {_ABOUT}{_FIGURE} (?:of|on) (?:[\w-]+ ){{0,3}}?"
        r"(?:treatment|therapy|administration|supplementation)\b",
    ),
    _form(
        "-year|-month|-week",
        rf"(?<![\w.-])(?:this|our|an?|the) (?:[\w-]+,? ){{0,4}}?{VALUE}-{_LONG},? "
        r"(?:(?!follow|old|history)[\w-]+,? ){0,5}?(?:trial|study|course|extension)\b",
    ),
)
_ASSESSED: Final = (
    _form(
        " at | after ",
        r"\b(?:analys[ei]s|evaluated|assessed|re-?examined|measured|end ?points?|estimates?|outcome)\b"
        rf"[^.;]{{0,90}}? (?:at|after) (?:{_FIGURE}|(?P<unit2>month|week|year) (?P<value2>\d{{1,3}}))"
        rf"(?! ?- ?{DECIMAL}| of age|[ -]old)",
    ),
    # "at 7 years post-BMT", "3 years after transplantation he walks"
    _form(
        "post|after",
        rf"\b(?:at |by )?{_FIGURE} (?:post|after|following)[ -]?(?:(?:the|his|her|their|stem[- ]cell|"
        rf"bone[- ]marrow|gene) )*"
        r"(?:transplant\w*|bmt|hsct|hct|grafting|gene therapy|infusion|"
        r"treatment)\b(?=[^.;]{0,60}\b(?:is|are|can|"
        r"attends?|walks?|remains?|lives?|has|have|speaks?)\b)",
    ),
    _form(
        "visit|examination|assessment|check-up",
        rf"\bat (?:the|their|his|her) {_FIGURE} (?:visit|examination|assessment|check-up)\b",
    ),
    # "at baseline, 6 and 12 months": the last visit
    _form(
        "at baseline",
        rf"\bat baseline(?:,| and)(?: (?:at )?(?:months? )?\d{{1,2}}(?:,? and|,))+ (?:at )?{_FIGURE}",
    ),
)
KINDS: Final[tuple[Forms, ...]] = (_OBSERVED, _TREATED, _ASSESSED)
"""Forms by what they speak of, best first."""
_UNITS: Final = ("year", "month", "week", "yrs")
TRIGGERS: Final = (_UNITS,)
_APART: Final[tuple[Part, ...]] = ("background", "conclusions", "objective")
_NUMBERED: Final = re.compile(rf"(?:[\d½]|\b{WORDS})[ -]$")
_NUMBER: Final = re.compile(r" \d")
# What came before the study, is yet to come, or times an event and not the watching.
_ELSE: Final = re.compile(
    r"\b(?:recent trial|earlier|previous(?:ly)?|prior|planned|will be|immunosuppress\w+|corticosteroids?|"
    r"prednis\w+|"
    r"antibiotics?|prophyla\w+|conditioning|died|occurred|developed|engraft\w+|relapsed|onset|diagnosis|"
    r"symptoms|expected|unchanged|untreated|controls?|run-in|lead-in|wash-?out|baseline period|"
    r"received placebo|but not|earliest|first (?:measured|seen|observed))\b[^.;]{0,60}$"
)
# "for 12 weeks, then 800 mg for ...", "7 years and 1 year": more than one span.
_MORE: Final = re.compile(
    rf" ?(?:,? (?:and|or|to|vs\.?|versus) (?:(?:[\w-]+ ){{0,3}}?for |after |at )?{DECIMAL}[ -]?{UNIT}\b|,? "
    rf"(?:and )?then\b|"
    rf" each\b| (?:of|in) each\b|,? in random order|"
    rf",? followed by\b|, {DECIMAL}[ -]{UNIT}| [\w ]{{1,40}} and for {DECIMAL} {UNIT})"
)
_REPEATED: Final = re.compile(r"\b(?:every|each|per)(?: other)? (?:\w+ )?$")


_HEAD: Final = re.compile(r"(?:[\w &/,-]{1,50}: ?)?$")


def found(
    reading: Reading, forms: Forms, sentences: list[Sentence]
) -> Iterator[tuple[re.Match[str], Sentence]]:
    """Yield what the forms find in ``sentences``, those that :func:`measured` gives."""
    # Each period of a crossover has a span of its own.
    if forms is _TREATED and ("crossover" in reading.plain or "cross-over" in reading.plain):
        return
    for sentence in sentences:
        words = reading.words(sentence)
        for form in forms:
            if not any(needle in words for needle in form.needles):
                continue
            for match in form.pattern.finditer(reading.plain, sentence.start, sentence.end):
                if _counts(reading.plain, match, sentence):
                    yield match, sentence


def measured(reading: Reading) -> list[Sentence]:
    """Return the study's own sentences in which a number stands beside a unit of time."""
    held: dict[Sentence, None] = {}
    for start, end in sorted(reading.places(_UNITS)):
        sentence = reading.sentence_at(start)
        if sentence in held or sentence.part in _APART:
            continue
        if _NUMBERED.search(reading.plain, max(sentence.start, start - 12), start) or _NUMBER.match(
            reading.plain, end
        ):
            held[sentence] = None
    return list(held)


def _counts(plain: str, match: re.Match[str], sentence: Sentence) -> bool:
    groups = match.groupdict()
    if groups.get("head") and not _HEAD.match(plain, sentence.start, match.start()):
        return False
    figure = match.start("value" if groups["value"] else "value2")
    opening = plain[max(sentence.start, match.start() - 60) : figure]
    return not (_ELSE.search(opening) or _REPEATED.search(opening))


def several(plain: str, end: int) -> bool:
    """Return True when a second span follows the one that ends at ``end``: groups, or stages of a plan."""
    return _MORE.match(plain, end) is not None
