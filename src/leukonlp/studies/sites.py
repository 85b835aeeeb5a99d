"""Whether the study was done in one centre or in several, and in how many, as the text says.

"At our hospital" tells where the authors sit and not that nobody else took part: it says nothing here.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies import attribution
from leukonlp.studies.numbers import NUMBER, count_before, whole
from leukonlp.studies.reading import Part, Reading, Sentence

_PLACE = (
    r"(?:cent(?:er|re)s|hospitals|institutions|institutes|countries|clinics|universities|"
    r"medical cent(?:er|re)s|"
    r"(?:study|clinical|trial|investigat\w+|research|recruiting|participating) sites)"
)
_TRIGGERS = ("centers", "centres", "hospitals", "instit", "countries", "clinics", "universities", " sites")
_SEVERAL = re.compile(
    r"\bmulti-? ?(?:cent(?:er|re|ric)|institution(?:al)?|national|site)\b|"
    r"\binternational,? (?:[\w-]+,? ){0,4}?(?:trial|study|cohort|registry|collaborati\w+|consortium|"
    r"survey|network|database)\b"
)
_SINGLE = re.compile(
    r"\b(?:single|one|mono)[- ]?(?:cent(?:er|re|ric)|institution(?:al)?|site)\b(?! (?:to|of))|"
    r"\b(?:at|in|to|from|by) (?:just |only )?(?:a single|one) "
    r"(?:[\w-]+ ){0,2}?(?:cent(?:er|re)|institution|hospital|clinic)\b"
)
_PLACES = re.compile(rf"{_PLACE}\b")
_MORE = re.compile(
    r"\b(?P<said>(?:more than (?:one|a single)|multiple|several|various) (?:[\w-]+ ){0,3}?"
    r"(?:cent(?:er|re)s?|hospitals?|institutions?|clinics?))\b"
)
# People may come from several countries to one centre, or out of the literature; a study that is run
# in several countries has several centres.
_RUN_IN = re.compile(
    r"\b(?:trial|recruit\w*|enrol\w*|participating|study sites|conducted|performed|registr\w+)\b"
)
_NO_PLACE = re.compile(r"\b(?:literature|published|reported cases)\b")
_TRIGGERS_MORE = ("more than", "multiple", "several", "various")
# "at 131 sites" is of the study only where the sentence speaks of one; injections have sites too.
_SITES = re.compile(
    r"\b(?:trial|study|cohort|registry|randomly|enrolled)\b[^.;]{0,150}? (?:from|at|across|in) "
    r"(?P<said>\d{2,4} sites)\b"
)
# "At 14 sites in Germany": places where people were studied, not injected.
_NUMBERED_SITES = re.compile(
    rf"\b(?:from|at|across|in|of|involving|by|with|and) (?P<said>(?P<number>{NUMBER}) "
    r"(?:different |participating |study |clinical |european |us |uk |academic |research |trial |"
    r"investigational ){0,3}"
    r"sites(?=,? (?:in|across|worldwide|within|around|throughout|of|from)\b|[.;)]| \())"
)
_TRIGGERS_SINGLE = ("single", "one ", "one-", "monocent")
_ONE_PLACE = re.compile(r"cent(?:er|r[ei])|institution|site|hospital|clinic")
_TRIGGERS_SEVERAL = ("multi", "international")
_TRIGGERS_SITES = (" sites",)
TRIGGERS = (_TRIGGERS, _TRIGGERS_SEVERAL, _TRIGGERS_MORE, _TRIGGERS_SITES, _TRIGGERS_SINGLE)
_OF_A_STUDY = re.compile(
    r"\b(?:trial|study|cohort|registry|random\w+|enrol\w+|recruit\w*|patients|participants)\b"
)
_AND = re.compile(rf"(?P<number>{NUMBER}) (?:[\w.-]+ )?and $")
_NO_PLACES = re.compile(
    r"\b(?:to|from|babies|admitted|treated|seen|patients|children|infants|admissions|beds?|visits|"
    r"outpatients)\b"
)
_OTHERS = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|other|another|published|future|planned|referred|transfer\w+|"
    r"survey of|mailed|sent|contacted|invited|of the|out of)\b[^.;]{0,60}$"
)
_APART: tuple[Part, ...] = ("background", "conclusions")


def multicentre(reading: Reading) -> Fact | None:
    """Return True for several centres, institutions or countries, False for one, None when unstated."""
    plain = reading.plain
    for match, sentence in reading.matches(_SEVERAL, _TRIGGERS_SEVERAL, apart=_APART):
        before = plain[max(sentence.start, match.start() - 110) : match.start()]
        own = sentence.part == "title" or attribution.own(before, "", part=sentence.part)
        if not attribution.other(before, plain[match.end() : min(sentence.end, match.end() + 120)], own=own):
            return Fact(True, reading.quote(match.start(), match.end()))
    for match, sentence in reading.matches(_PLACES, _TRIGGERS, apart=_APART):
        number = count_before(plain, sentence.start, match.start())
        if match[0] == "countries" and not _run_in(reading, sentence):
            continue
        if number is not None and number.value >= 2:
            return Fact(True, reading.quote(number.start, match.end()))
    for form, triggers in ((_MORE, _TRIGGERS_MORE), (_SITES, _TRIGGERS_SITES)):
        for match, _ in reading.matches(form, triggers, apart=_APART):
            return Fact(True, reading.quote(match.start("said"), match.end()))
    for match, _ in reading.matches(_SINGLE, _TRIGGERS_SINGLE, apart=_APART, needs=_ONE_PLACE):
        return Fact(False, reading.quote(match.start(), match.end()))
    return None


def n_sites(reading: Reading) -> Fact | None:
    """Return how many centres, hospitals or sites took part: 1 for a single-centre study, None when unstated.

    Of several numbers the largest is the whole; countries and the places of another study are none.
    """
    plain, counted = reading.plain, list[tuple[int, int, int]]()
    for match, sentence in reading.matches(_PLACES, _TRIGGERS, apart=_APART):
        number = count_before(reading.plain, sentence.start, match.start())
        if number is None or match[0] == "countries" or _NO_PLACES.search(number.words):
            continue
        # "4 US and 3 African sites" are seven.
        more = _AND.search(plain, max(sentence.start, number.start - 30), number.start)
        value, start = number.value, number.start
        if more is not None:
            value, start = value + whole(more["number"]), more.start()
        if value >= 1:
            counted.append((value, start, match.end()))
    for match, sentence in reading.matches(_NUMBERED_SITES, _TRIGGERS_SITES, apart=_APART):
        if _OF_A_STUDY.search(reading.plain, sentence.start, sentence.end):
            counted.append((whole(match["number"]), match.start("said"), match.end("said")))
    own = [place for place in counted if not _of_others(reading, place[1])]
    if own:
        value, start, end = max(own, key=lambda place: (place[0], -place[1]))
        return Fact(value, reading.quote(start, end))
    for match, _ in reading.matches(_SINGLE, _TRIGGERS_SINGLE, apart=_APART, needs=_ONE_PLACE):
        if not _of_others(reading, match.start()):
            return Fact(1, reading.quote(match.start(), match.end()))
    return None


def _of_others(reading: Reading, start: int) -> bool:
    return _OTHERS.search(reading.before(start, 110)) is not None


def _run_in(reading: Reading, sentence: Sentence) -> bool:
    """True when the sentence says that the study recruited or was run in the countries it counts."""
    words = reading.words(sentence)
    return _RUN_IN.search(words) is not None and _NO_PLACE.search(words) is None
