"""The countries where a study was done or its people come from, as the record says; one fact each.

A country counts where the text puts the study, its centres or its people there ("at 14 sites in Germany and
the Netherlands", "Italian patients"). Who made a drug, who approved it, and where a disease is common say
nothing of the study, and a number of countries names none.
"""

from __future__ import annotations

import re
from typing import Final

from leukonlp.records import Fact
from leukonlp.studies.country_names import ADJECTIVES, NAMES
from leukonlp.studies.reading import Part, Reading, Sentence

_WORDS: Final = tuple(sorted({*NAMES, *ADJECTIVES} - {"us", "uk", "u.s.", "u.k.", "usa", "u.s.a."}))
_SHORT: Final = (" us", " uk", " u.s.", " u.k.", " usa", " u.s.a.", "(us", "(uk")
TRIGGERS = (_WORDS, _SHORT)
_APART: tuple[Part, ...] = ("background", "conclusions")
_LIST: Final = re.compile(r"(?: ?\([^)]{1,20}\))?(?:,| and|, and| or| &|;|/|, or)? ?(?:in |from )?(?:the )?")
_LEAD: Final = re.compile(
    r"\b(?:in|from|across|within|throughout|of|at|for|to)(?: (?:the|all|northern|southern|eastern|western|"
    r"central|north|south|east|west|mainland|rural|urban|both)){0,3} $|"
    # "at the Charité in Berlin, Germany", "three hospitals, Italy"
    r"\b(?:in|at|from|of) (?:[\w.'&-]+,? ){0,8}?[\w.'-]+, (?:the )?$|"
    r"\b(?:hospitals?|clinics?|cent(?:er|re)s?|universit\w+|schools?|institutes?|county|province|units?),? "
    r"(?:in )?$|\bcountries,? and (?:the )?$"
)
_DONE: Final = re.compile(
    r"\b(?:study|studies|trial|survey|cohort|regist\w+|recruit\w*|enrol\w*|conducted|performed|carried out|"
    r"undertaken|followed|treated|clinicians|laboratories|boy|girl|man|woman|patients?|participants?|"
    r"children|women|men|boys|girls|infants|newborns?|adults|adolescents|"
    r"individuals|people|volunteers|subjects|students|famil(?:y|ies)|hospitals?|cent(?:er|re)s?|clinics?|"
    r"sites|institut\w+|universit\w+|practices|schools?|residents|population|database|births|cases|"
    r"households|nationwide|setting|unit|units)\b"
)
_ELSE: Final = re.compile(
    r"\b(?:approv\w+|available|licen[sc]ed|marketed|guidelines?|manufactur\w+|inc|corp|gmbh|ltd|purchased|"
    r"supplied|leading cause|endemic|annually|each year|per year|estimated|unlike|published|authori[sz]\w+|"
    r"fda|burden|costs?|previous(?:ly)?|ecotype|strain|criteria|guidance|similar to|common in|"
    r"affect(?:s|ing)|international|proprietary|clinical trials?|trial regist\w+|ethics|donor registry)\b|"
    r"% of the $"
)
_REGISTRY: Final = re.compile(
    r"\b(?:clinical trials?|food and drug|trials? regist\w+|donor registry|register|ethics|guidelines?|"
    r"criteria|"
    r"transplant cent(?:er|re) \(|association|society)\b"
)
_WHO: Final = re.compile(
    r"(?:-born)? (?:(?!language\b|speaking\b|society\b|association\b|college\b|academy\b|and\b|or\b|of\b|"
    r"version\b|american\b|canadian\b|herb|medic)[\w-]+ ){0,3}?(?:patients?|children|boys?|girls?|"
    r"men|man|women|woman|adults?|adolescents|infants?|newborns?|neonates|births|volunteers|subjects|"
    r"participants|individuals|people|"
    r"males?|females?|famil(?:y|ies)|kindreds?|pedigrees?|siblings|brothers|sisters|cohorts?|populations?|"
    r"registr(?:y|ies)|experience|series|group|hospitals?|cent(?:er|re)s?|clinics?|sites|study|trial|survey|database|descent|origin|"
    r"residents|citizens|practices|schools?|veterans|multicent(?:er|re|ric)|nationwide|child|cases|"
    r"universit(?:y|ies))\b"
)
_NO_ADJECTIVE: Final = re.compile(
    r"\b(?:african|latin|native|north|south|central|asian|mexican|west|american|than|non)[ -]$"
)


def countries(reading: Reading) -> tuple[Fact, ...]:
    """Return each country once, in order of the text, by its usual English name; empty when none is named."""
    found: dict[str, Fact] = {}
    last = -1
    places = sorted({*reading.places(_WORDS), *((s + 1, e) for s, e in reading.places(_SHORT))})
    for start, end in _longest(places):
        word = reading.plain[start:end]
        if not _whole(reading, start, end):
            continue
        sentence = reading.sentence_at(start)
        joined = last >= 0 and _LIST.fullmatch(reading.plain, last, start) is not None
        if joined or _said(reading, start, end, sentence):
            last = end
            name = NAMES.get(word) or ADJECTIVES[word]
            found.setdefault(name, Fact(name, reading.quote(start, end)))
    return tuple(found.values())


def _longest(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places without those that lie inside another: "Guinea" in "Papua New Guinea"."""
    held: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not held or end > held[-1][1]:
            held.append((start, end))
    return held


def _whole(reading: Reading, start: int, end: int) -> bool:
    """True for a whole word with a capital; abbreviations are all capitals ("US", not "us")."""
    text = reading.text
    around = text[start - 1 : start] + text[end : end + 1]
    if any(c.isalnum() for c in around) or text[start : start + 1].islower():
        return False
    return end - start > 3 or text[start:end].isupper()


def _said(reading: Reading, start: int, end: int, sentence: Sentence) -> bool:
    """True when the words around put the study or its people there."""
    if sentence.part in _APART:
        return False
    plain = reading.plain
    before = plain[max(sentence.start, start - 120) : start]
    if _ELSE.search(before[-80:]) or _REGISTRY.search(plain, end, min(sentence.end, end + 40)):
        return False
    word = plain[start:end]
    adjective = word in ADJECTIVES or word in ("us", "uk", "u.s.", "u.k.")
    if adjective and not _NO_ADJECTIVE.search(before) and _WHO.match(plain, end, sentence.end):
        return True
    if word in ADJECTIVES:
        return False
    if sentence.part == "title":
        return _LEAD.search(before) is not None or before.endswith(": ")
    return _LEAD.search(before) is not None and _DONE.search(plain, sentence.start, sentence.end) is not None
