"""The phase of the trial whose people or data a record studies anew: later analysis, extension, follow-up.

Such a record tells of its trial where others tell of foreign ones: in the background, with results that are
known. It is the record's own when the record names it again as its source, or calls itself a new analysis.
Owns no reading of the word "phase".
"""

from __future__ import annotations

import re
from typing import Final

from leukonlp.studies import attribution
from leukonlp.studies.reading import Reading

# The record calls itself a new look at a trial that was done, or its continuation.
_ANEW: Final = (
    "post hoc",
    "post-hoc",
    "posthoc",
    "subanalysis",
    "sub-analysis",
    "subanalyses",
    "sub-analyses",
    "subgroup analys",
    "secondary analys",
    "exploratory analys",
    "pooled analys",
    "this analysis",
    "present analysis",
    "extension",
    "long-term efficacy",
    "long-term safety",
    "-year results",
    "-year follow-up",
    "year clinical trial",
)
TRIGGERS: Final = (_ANEW,)
# Still to come, or another's: no such trial has people or data to give.
_ELSEWHERE: Final = re.compile(
    r"\b(?:warrant\w*|need\w*|plan\w*|on-?going|under ?way|future|upcoming|forthcoming|currently|should|"
    r"recruiting|support\w*|enter\w*|before|proceed\w*|will|review\w*|meta-analys\w+|literature|other|"
    r"another|different|prior to|unlike|similar|consistent|design\w*|investigational|development|"
    r"dose selection|animals?|preclinical|inform\w*|justif\w+|awaited|recommended|required|may|might|could)\b"
)
_NAME: Final = re.compile(
    r"(?<![\w-])(?!NCT|HIV|COVID|SARS|COPD|FDA|DNA|RNA|[IVX]+\b)[A-Z][A-Z0-9]{2,}(?:-[A-Z0-9]+)*(?!\w)"
)
_BRACKETED: Final = re.compile(
    r"(?<![\w-])((?=[\w-]{0,29}[A-Z][\w-]{0,29}[A-Z])[A-Z][\w-]{2,30}) [(\[](?:an? )?(?:[\w-]+,? ){0,3}$"
)
_WORDS: Final = re.compile(r"[\w-]+")
# "This pooled post hoc analysis": the record's own, wherever it says so.
_OURS: Final = re.compile(r"\b(?:this|our|the present|the current) (?:[\w-]+ ){0,3}$")
_NEAR: Final = 40
_SEVERAL: Final = re.compile(r"\b(?:trials|studies)\b")
_KIND: Final = r"(?:trials?|stud(?:y|ies)|program(?:me)?s?|extension|participants|patients|data|population)"
# "Ten took part in the extension and were left out."
_TOOK_PART: Final = re.compile(r"\b(?:took part|participated|been|were enrolled) in [^.;]{0,40}$")
_LEFT_OUT: Final = re.compile(r"\b(?:excluded|left out|not included|omitted)\b")


def of(reading: Reading, start: int, end: int) -> bool:
    """Return True when the phase named at ``start`` to ``end`` is that of the trial which the record follows.

    Args:
        reading: the record.
        start: where the phase begins.
        end: where the words that name the trial end.
    """
    before, after = reading.around(start, end, limit=100)
    if _ELSEWHERE.search(before) or _ELSEWHERE.search(after[:60]):
        return False
    if _named_again(reading, start, end):
        return True
    several = _SEVERAL.search(reading.plain, start, end) is not None
    return _looks_anew(reading) and not (several and not attribution.known(before))


def titled(reading: Reading, start: int) -> bool:
    """Return True for a phase in brackets behind a trial's name that the title has."""
    sentence = reading.sentence_at(start)
    found = _BRACKETED.search(reading.text, max(sentence.start, start - 60), start)
    return found is not None and found[1] in _WORDS.findall(reading.text, 0, reading.title_end)


def _looks_anew(reading: Reading) -> bool:
    return any(
        (
            reading.sentence_at(at).part not in ("background", "conclusions")
            or _OURS.search(reading.before(at, _NEAR)) is not None
        )
        and not _of_those_left_out(reading, at)
        for at, _ in reading.places(_ANEW)
    )


def _of_those_left_out(reading: Reading, at: int) -> bool:
    """True for an extension that some took part in who are none of this study's people."""
    if _TOOK_PART.search(reading.before(at, 60)) is None:
        return False
    return _LEFT_OUT.search(reading.plain, at, reading.sentence_at(at).end) is not None


def _named_again(reading: Reading, start: int, end: int) -> bool:
    """True when the trial's own name stands in the title, or where the abstract tells of its own work."""
    sentence = reading.sentence_at(start)
    around = reading.text[max(sentence.start, start - 30) : min(sentence.end, end + 40)]
    return any(_cited(reading, name, sentence.start, sentence.end) for name in set(_NAME.findall(around)))


def _cited(reading: Reading, name: str, start: int, end: int) -> bool:
    word = re.escape(name)
    if re.search(rf"[a-z] \({word}\)(?! {_KIND})", reading.text):
        return False  # short for a disease or measure, as "(EDSS)"
    again = re.compile(
        rf"(?:\b(?:from|in|of|into|during|complet\w+|the) (?:the )?(?:\w+ )?|[(:] ?){word}\b|"
        rf"\b{word}(?: [\w-]+)? {_KIND}\b"
    )
    return any(
        not start <= match.start() < end
        and reading.sentence_at(match.start()).part not in ("background", "conclusions")
        for match in again.finditer(reading.text)
    )
