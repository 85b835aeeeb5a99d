"""Whether the study was done in one centre or in several, as the text says.

"At our hospital" tells where the authors sit and not that nobody else took part: it says nothing here.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies import attribution
from leukonlp.studies.numbers import count_before
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
_TRIGGERS_SINGLE = ("single", "one ", "one-", "monocent")
_TRIGGERS_SEVERAL = ("multi", "international")
_TRIGGERS_SITES = (" sites",)
TRIGGERS = (_TRIGGERS, _TRIGGERS_SEVERAL, _TRIGGERS_MORE, _TRIGGERS_SITES, _TRIGGERS_SINGLE)
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
    for match, _ in reading.matches(_SINGLE, _TRIGGERS_SINGLE, apart=_APART):
        return Fact(False, reading.quote(match.start(), match.end()))
    return None


def _run_in(reading: Reading, sentence: Sentence) -> bool:
    """True when the sentence says that the study recruited or was run in the countries it counts."""
    words = reading.words(sentence)
    return _RUN_IN.search(words) is not None and _NO_PLACE.search(words) is None
