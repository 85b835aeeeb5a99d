"""The ages of the people studied: one figure, a range, or the age of a single patient."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.numbers import DECIMAL, UNIT, WORDS, decimal, months, unit
from leukonlp.studies.people import NOBODY, People
from leukonlp.studies.reading import Part, Reading, Sentence

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
# Ages that are no ages of the people when they were studied or treated.
_LATER = re.compile(
    r"(?<!early[ -])(?<!late[ -])(?<!adult[ -])(?<!infantile[ -])(?<!juvenile[ -])(?<!childhood[ "
    r"-])\bonset\b|"
    r"\b(?:began|beg[iu]ns?|"
    r"(?:symptoms|signs|disease|illness|seizures|regression) (?:\w+ )?(?:started|appeared|"
    r"developed|occurred)|"
    r"first (?:symptoms?|signs?|seizures?|presentation|manifestations?)|present(?:ed|ing|ation)|manifest\w*|"
    r"diagnos(?:is|ed)|death|died|dying|last|follow(?:-| |ed)|controls?|healthy|menopause|walking|loss|lost|"
    r"peak|highest|incidence|between the|estimated|parents|mothers|fathers|caregivers|donors?)\b"
)
# A part of the people, told apart by symptoms or arm.
_SUBGROUP = (
    r"(?:a?symptomatic|pre-?symptomatic|symptom-free|untreated|non-?transplanted|survivors?|"
    r"deceased|carriers|"
    r"heterozyg\w+|(?:[\w-]+ )?(?:sub)?groups?|arm|without symptoms|with symptoms)\b"
)
_OF_SOME = re.compile(
    rf"\b(?:in|for|among|of|for the) (?:[\w'-]+ ){{0,4}}?{_SUBGROUP}(?:[^.;:]{{0,40}},? (?:the "
    rf")?(?:\w+ )?| )$"
)
_SOME_AFTER = re.compile(
    rf"(?: of age| old)?(?: \([^)]{{1,40}}\))?,? (?:(?:in|for|among|of) (?:[\w'-]+ ){{0,4}}?)?{_SUBGROUP}|"
    # "12 months in one group and 60 months in the other": neither is of all
    rf"(?: of age| old)?(?: \([^)]{{1,40}}\))? (?:in|for|among) [^.;]{{1,70}}? "
    rf"(?:and|versus|vs\.?) (?:was )?{DECIMAL}[ -]?{UNIT}\b"
)
_WHEN = re.compile(
    rf"(?: of age| old)?(?: \([^)]{{1,40}}\))? (?:at|of|when|for|from|until) (?:the )?(?:time of )?"
    rf"(?:[\w'-]+ ){{0,3}}?(?:{_LATER.pattern})"
)
# "39 years at onset and 43 years at transplantation": the second is the one that counts.
_THEN = re.compile(
    rf"[^.;]{{0,60}}? and (?P<value>{DECIMAL})[ -]?(?P<unit>{UNIT}) (?:at|when) (?:the )?(?:time "
    rf"of |start of )?"
    r"(?:transplant\w*|treatment|therapy|infusion|enrol\w+|inclusion|baseline|study entry|"
    r"examination|evaluation|"
    r"assessment)\b"
)
# What may stand between people and their ages.
_BESIDE = re.compile(
    r"(?: (?!and\b|or\b)[\w'-]+){0,4}?(?: ?\(|,| with an?| whose| of| with)? ?(?:the |their )?"
)
_AGES = (" age", "(age", "\nage", "-age", "ranging in age")
TRIGGERS = (_AGES,)
_APART: tuple[Part, ...] = ("background", "conclusions")


def ages(
    reading: Reading, *, single: bool = False, people: People = NOBODY, enrolled: int = 0
) -> Fact | None:
    """Return the ages stated of the people of this study; ``single`` for a report of one person.

    Median or mean with its range where there is one, else the range alone (``value`` None). An
    interquartile range or deviation is no range of ages and is left out. Ages at onset, diagnosis or death,
    and those of a part of the people, are not ages of the people studied and give nothing.

    Args:
        reading: the record.
        single: True for a report of one person.
        people: the counts of the record, by which ages of a few of many are known.
        enrolled: the number of people of the study, 0 where it is not known.
    """
    if single:
        for match, _ in reading.matches(_OLD, ("old",), apart=()):
            value = decimal(match["value"])
            return Fact(value, reading.quote(match.start(), match.end()), unit=unit(match["unit"]))
    for match, sentence in reading.matches(_CENTRE, _AGES, apart=_APART):
        if _of_few(reading, match.start(), people, enrolled):
            continue
        if _apart(reading, match, sentence, match["about"]):
            fact = _then(reading, match, sentence)
        else:
            fact = _centre(reading, match)
        if fact is not None:
            return fact
    for match, sentence in reading.matches(_AGED, _AGES, apart=_APART):
        if not _apart(reading, match, sentence, match.group()) and not _of_few(
            reading, match.start(), people, enrolled
        ):
            fact = _range(reading, match, match.start())
            if fact is not None:
                return fact
    return None


def _apart(reading: Reading, match: re.Match[str], sentence: Sentence, about: str) -> bool:
    """True when the words around name another time than the study's, or a part of the people."""
    before = reading.plain[max(sentence.start, match.start() - 110) : match.start()]
    if _LATER.search(about + " " + before[-30:]) or re.search(rf"\b{_SUBGROUP}", about):
        return True
    if _OF_SOME.search(before):
        return True
    after = reading.plain[match.end() : min(sentence.end, match.end() + 90)]
    return _WHEN.match(after) is not None or _SOME_AFTER.match(after) is not None


def _of_few(reading: Reading, start: int, people: People, enrolled: int) -> bool:
    """True when the ages stand right after a count of fewer people than the study has: "5 boys (mean age"."""
    for count in people.counts:
        between = reading.plain[count.end : start]
        # "13 children (5 boys and 8 girls, median age": a bracket that lists them is about them all.
        listed = re.search(r"\([^()]*$", reading.before(count.start, 80)) is not None and "(" not in between
        if 0 <= start - count.end <= 60 and not listed and _BESIDE.fullmatch(between):
            return count.role == "control" or 1 < count.value < enrolled
    return False


def _then(reading: Reading, match: re.Match[str], sentence: Sentence) -> Fact | None:
    """Return the age at treatment that follows one at another time, quoted with both."""
    then = _THEN.match(reading.plain, match.end(), sentence.end)
    if then is None or not _WHEN.match(reading.plain, match.end(), sentence.end):
        return None
    statistic = "median" if match["statistic"] == "median" else "mean"
    quote = reading.quote(match.start(), then.end())
    return Fact(decimal(then["value"]), quote, statistic, unit=unit(then["unit"]))


def _centre(reading: Reading, match: re.Match[str]) -> Fact | None:
    statistic = "median" if match["statistic"] == "median" else "mean"
    end = match.end()
    spread = _SPREAD.match(reading.plain, end, min(reading.sentence_at(match.start()).end, end + 80))
    printed = match["unit"] or (spread and (spread["high_unit"] or spread["low_unit"]))
    if printed is None:
        after = re.match(rf"[^.;]{{0,12}}?\b({UNIT})\b", reading.plain[end : end + 24])
        # "A mean age of 5 symptom-free boys": a number that counts something else is no age.
        if after is None and re.match(r" [a-z]", reading.plain[end : end + 2]):
            return None
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
