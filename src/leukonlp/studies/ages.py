"""The ages of the people studied: one figure, a range, a bound, or the age of a single patient.

Owns the choice among what the record states; the patterns are in ``age_forms``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from leukonlp.records import Fact
from leukonlp.studies import age_forms as forms
from leukonlp.studies.numbers import DIGIT, UNIT, decimal, months, unit
from leukonlp.studies.people import NOBODY, People
from leukonlp.studies.reading import Part, Reading, Sentence

_AGES = (" age", "(age", "-age", "ranging in age")
_OLDER = ("of age", " old", "-old", "or older", "and older", "or over", "and over", "or above")
_YEARS = (" years", " months")
_OLD = ("old", "aged", "age of")
TRIGGERS = (_AGES, _OLDER, _OLD, _YEARS)
_APART: tuple[Part, ...] = ("background", "conclusions")
_RANKS = {None: 0, "treatment": 0, "diagnosis": 1, "onset": 2}
_LEAST = frozenset("or older|older|over|above|more|>|≥|>=|>/=|> or =|>or=|⩾|at least|older than".split("|"))
_IN_YEARS = re.compile(r"\(ages?d?\b")
_MEANS = re.compile(r"\b(?:mean|median|average|means|averages)(?: [\w-]+)? $")


def ages(
    reading: Reading, *, single: bool = False, people: People = NOBODY, enrolled: int = 0
) -> Fact | None:
    """Return the ages stated of the people of this study; ``single`` for a report of one person.

    Median or mean with its range where there is one, else the range alone (``value`` None), else a bound
    (``statistic`` is ``minimum`` or ``maximum``). The statistic names the time where the text does: ``median
    at treatment``. Ages at diagnosis or onset count, so named, only where the record gives no other. An
    interquartile range or deviation is no range of ages and is left out. Ages at death or last visit, and
    those of a part of the people or of each arm, are not ages of the people studied and give nothing.

    Args:
        reading: the record.
        single: True for a report of one person.
        people: the counts of the record, by which ages of a few of many are known.
        enrolled: the number of people of the study, 0 where it is not known.
    """
    if single:
        for match, _ in reading.matches(forms.OLD, _OLD, apart=()):
            printed = match["unit"] or match["unit2"]
            value = decimal(match["value"] or match["value2"])
            return Fact(value, reading.quote(match.start(), match.end()), unit=unit(printed))
    found: list[tuple[int, int, Fact]] = []
    for place, fact, rank in (*_centres(reading, people, enrolled), *_ranges(reading, people, enrolled)):
        if rank == 0:
            return fact
        found.append((rank, place, fact))
    bound = next(_bounded(reading, people, enrolled), None)
    return bound or min(found, key=lambda item: item[:2], default=(0, 0, None))[2]


def _centres(reading: Reading, people: People, enrolled: int) -> Iterator[tuple[int, Fact, int]]:
    """Yield medians and means: where each stands, the fact, and its rank."""
    for form in (forms.CENTRE, forms.CENTRE_LAST):
        held: dict[Sentence, list[re.Match[str]]] = {}
        for match, sentence in reading.matches(form, _AGES, apart=_APART, needs=DIGIT):
            if not forms.OTHERS.search(match[0]) and not _of_few(reading, match.start(), people, enrolled):
                held.setdefault(sentence, []).append(match)
        for sentence, matches in held.items():
            whole = [match for match in matches if not _of_part(reading, match, sentence, match["about"])]
            values = {(_moment(reading, m, sentence), _value(m)) for m in whole}
            # Two figures for one time are those of the arms.
            if len(values) == len({moment for moment, _ in values}):
                for match in whole:
                    yield from _placed(reading, match, sentence)


def _value(match: re.Match[str]) -> float:
    groups = match.groupdict()
    return decimal(groups["value"] or groups["value2"])


def _placed(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[tuple[int, Fact, int]]:
    """Yield a figure with its time named; that of treatment where the sentence goes on to it."""
    then = _then(reading, match, sentence)
    if then is not None:
        yield match.start(), then, 0
        return
    fact, moment = _centre(reading, match), _moment(reading, match, sentence)
    if fact is None or (moment is None and _at_another_time(reading, match, sentence, match["about"])):
        return
    if moment is not None:
        fact = _quoting(reading, _named(fact, moment), match, sentence, moment)
    yield match.start(), fact, _RANKS[moment]


def _ranges(reading: Reading, people: People, enrolled: int) -> Iterator[tuple[int, Fact, int]]:
    """Yield ranges without a median or mean."""
    for form, triggers in ((forms.AGED, _AGES), (forms.YEARS_OLD, _OLDER), (forms.WHO_RANGE, _YEARS)):
        for match, sentence in reading.matches(form, triggers, apart=_APART, needs=DIGIT):
            start = match.start("said") if form is not forms.AGED else match.start()
            if _MEANS.search(reading.plain, max(0, start - 30), start):
                continue  # a range of means, such as those of the arms
            if _of_few(reading, start, people, enrolled) or _of_part(reading, match, sentence, match[0]):
                continue
            moment = _moment(reading, match, sentence)
            if moment is None and _at_another_time(reading, match, sentence, match[0]):
                continue
            fact = _range(reading, match, start)
            if fact is not None:
                yield start, _named(fact, moment), _RANKS[moment]


def _bounded(reading: Reading, people: People, enrolled: int) -> Iterator[Fact]:
    """Yield single bounds: ``aged 18 years or older``."""
    for triggers in (_AGES, _OLDER):
        for match, sentence in reading.matches(
            forms.BOUND, triggers, apart=(*_APART, "results"), needs=DIGIT
        ):
            groups = match.groupdict()
            signs = [groups[n] for n in ("sign", "way", "sign2", "way3") if groups[n]]
            value = groups["value"] or groups["value2"] or groups["value3"]
            printed = groups["unit"] or groups["unit2"] or groups["unit3"] or "years"
            if not signs or _of_few(reading, match.start(), people, enrolled):
                continue
            if _of_part(reading, match, sentence, "") or _at_another_time(reading, match, sentence, ""):
                continue
            if forms.SELECTED.search(reading.plain, max(sentence.start, match.start() - 60), match.start()):
                continue
            name = "minimum" if any(sign in _LEAST for sign in signs) else "maximum"
            yield Fact(decimal(value), reading.quote(*match.span()), name, unit=unit(printed))


def _named(fact: Fact, moment: str | None) -> Fact:
    return replace(fact, statistic=f"{fact.statistic} at {moment}") if moment else fact


def _quoting(reading: Reading, fact: Fact, match: re.Match[str], sentence: Sentence, moment: str) -> Fact:
    """Return the fact, its quote reaching to the words that name its time where they follow it."""
    words = next(words for name, words in forms.MOMENTS if name == moment)
    after = forms.AFTER.match(reading.plain, match.end(), sentence.end)
    if after is None or words.search(match[0]):
        return fact
    said = words.search(reading.plain, after.start("when"), after.end())
    if said is None:
        return fact
    return replace(fact, quote=reading.quote(fact.quote.start, max(fact.quote.end, said.end())))


def _moment(reading: Reading, match: re.Match[str], sentence: Sentence) -> str | None:
    """Return the time that the words before or after the figure name: treatment, onset or diagnosis."""
    after = forms.AFTER.match(reading.plain, match.end(), sentence.end)
    said = match[0] + (after["when"] if after is not None else "")
    # "12 months at onset and 20 months at treatment": the first time named is that of the first figure.
    said = said.split(" and ")[0] if after is not None else said
    before = reading.plain[max(sentence.start, match.start() - 30) : match.start()]
    named = next((moment for moment, words in forms.MOMENTS if words.search(said)), None)
    opening = forms.BEFORE_MOMENT.search(before)
    return named or (opening["when"] if opening is not None else None)


def _of_part(reading: Reading, match: re.Match[str], sentence: Sentence, about: str) -> bool:
    """True when the words around tell of a part of the people or of each arm."""
    before = reading.plain[max(sentence.start, match.start() - 110) : match.start()]
    if forms.SUBGROUP.search(about) or forms.OF_SOME.search(before):
        return True
    return forms.SOME_AFTER.match(reading.plain, match.end(), sentence.end) is not None


def _at_another_time(reading: Reading, match: re.Match[str], sentence: Sentence, about: str) -> bool:
    """True when the words around name another time than the study's, or other people."""
    before = reading.plain[max(sentence.start, match.start() - 30) : match.start()]
    later = [*forms.LATER.finditer(before)]
    # "patients diagnosed early, 12 boys aged": the ages are of the people named last.
    if forms.LATER.search(about) or (later and not forms.PEOPLE.search(before, later[-1].end())):
        return True
    return forms.WHEN.match(reading.plain, match.end(), sentence.end) is not None


def _of_few(reading: Reading, start: int, people: People, enrolled: int) -> bool:
    """True when the ages stand right after a count of fewer people than the study has: "5 boys (mean age"."""
    for count in people.counts:
        if "sum" in count.signs:
            continue
        between = reading.plain[count.end : start]
        # "13 children (5 boys and 8 girls, median age": a bracket that lists them is about them all.
        listed = re.search(r"\([^()]*$", reading.before(count.start, 80)) is not None and "(" not in between
        if 0 <= start - count.end <= 60 and not listed and forms.BESIDE.fullmatch(between):
            return count.role == "control" or 1 < count.value < enrolled
    return False


def _then(reading: Reading, match: re.Match[str], sentence: Sentence) -> Fact | None:
    """Return the age at treatment that follows one at another time, quoted with both."""
    then = forms.THEN.match(reading.plain, match.end(), sentence.end)
    if then is None or not forms.WHEN.match(reading.plain, match.end(), sentence.end):
        return None
    statistic = "median" if match["statistic"] == "median" else "mean"
    moment = forms.MOMENTS[0][0] if forms.MOMENTS[0][1].search(then["when"]) else None
    fact = Fact(decimal(then["value"]), reading.quote(match.start(), then.end()), statistic)
    return _named(replace(fact, unit=unit(then["unit"])), moment)


def _centre(reading: Reading, match: re.Match[str]) -> Fact | None:
    statistic = "median" if match["statistic"] == "median" else "mean"
    end = match.end()
    spread = forms.SPREAD.match(reading.plain, end, min(reading.sentence_at(match.start()).end, end + 80))
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
    value = _value(match)
    if low is not None and high is not None and not low <= value <= high:
        low = high = None
    return Fact(value, reading.quote(match.start(), end), statistic, low, high, unit(printed))


def _range(reading: Reading, match: re.Match[str], start: int) -> Fact | None:
    printed = match["high_unit"] or match["low_unit"]
    if (
        printed is None
        and _IN_YEARS.match(reading.plain, start - 1)
        and reading.plain.startswith(")", match.end())
    ):
        printed = "years"  # "(age 41-68)"
    if printed is None:
        return None
    low, high = _bounds(match, printed)
    if low >= high:
        return None
    # "At ages 50 and 60 years" names two ages; "between 50 and 60 years" a range.
    if match["to"] == "and" and "between" not in reading.before(match.start("low"), 20):
        return None
    return Fact(None, reading.quote(start, match.end()), "range", low, high, unit(printed))


def _bounds(match: re.Match[str], printed: str) -> tuple[float, float]:
    """Both ends in the unit ``printed``: in "6 months to 14 years" the low end is 0.5."""
    high_unit = match["high_unit"] or printed
    low_unit = match["low_unit"] or high_unit  # "1.5 years (range, 8 to 40 months)"
    return _in(decimal(match["low"]), low_unit, printed), _in(decimal(match["high"]), high_unit, printed)


def _in(value: float, stated: str, printed: str) -> float:
    return value if stated[0] == printed[0] else round(months(value, stated) / months(1.0, printed), 2)
