"""The disease stage of the people studied: presymptomatic, early symptomatic, advanced, or mixed."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.labels import Stage
from leukonlp.studies.numbers import NUMBER, whole
from leukonlp.studies.reading import Part, Reading, Sentence

_WHO = (
    r"(?:patients?|participants|subjects|children|child|boys?|girls?|infants?|newborns?|neonates|"
    r"siblings?|brothers?|sisters?|"
    r"individuals|adults|men|women|males|cases|probands?|carriers|(?:late[- ]infantile|early[- ]juvenile|"
    r"juvenile|mld|c-?ald|"
    r"x-ald|ald|krabbe|gld)\b|\w*leu[ck]odystrophy)"
)
_PRE = r"(?:pre-?symptomatic|asymptomatic|pre-?clinical(?=(?: [\w-]+){0,2} (?:patients|boys|children)))"
_EARLY = (
    r"(?:early[- ]symptomatic|(?:mildly|minimally|oligo-?) ?symptomatic|early[- ]stages?|"
    r"early (?:cerebral|disease|active cerebral))"
)
_LATE = r"(?:advanced(?:[- ](?:stage|disease|cerebral))?|late[- ]stage|end-stage|severely affected)"
_NAMED = re.compile(
    rf"\b{_WHO} (?P<pre4>without symptoms\b(?! of)|with (?:pre-?clinical|{_PRE}) disease\b)|"
    rf"\b{_WHO} (?:[\w-]+ ){{0,8}}?(?:with|had|having|in) (?:an? )?(?:(?P<early5>early[- ]stage)|"
    rf"(?P<late5>advanced|"
    rf"late[- ]stage)) (?:cerebral )?(?:disease|involvement)\b|"
    rf"\b(?:(?P<mixed>{_PRE},? (?:and|or|as well as|/|to) (?:early[- ]|mildly )?symptomatic|"
    rf"symptomatic,? (?:and|or) {_PRE}|(?:early|mild),? (?:and|to|or|versus|vs\.?) "
    rf"(?:advanced|severe)(?:[- ](?:stage|disease))?(?= (?:stages?|disease|cerebral|patients|boys)))|"
    rf"(?P<pre>{_PRE})|(?P<early>{_EARLY})|(?P<late>{_LATE}))"
    rf"(?: (?!(?:was|were|is|are|had|than|compared|and|of|in|for|with)\b)[\w-]+,?){{0,4}}? {_WHO}\b"
)
_STATE = re.compile(
    rf"\b(?P<mixed2>before and after (?:the )?(?:disease |symptom |clinical )?onset\b|{_PRE},? (?:and|"
    rf"but|while) "
    rf"(?:{NUMBER}|the others?|others|the rest) (?:were |was )?(?:at an early stage|(?:early[- ]|mildly "
    rf")?symptomatic)\b)|"
    rf"\b(?P<mixed>(?:{_PRE}|symptomatic) \([^)]{{1,20}}\),? (?:and|or) (?:{_PRE}|(?:early-)?symptomatic))|"
    rf"\b(?:were|was|while|when|still|all) (?:still |clinically |all )?(?:(?P<pre>{_PRE})|"
    rf"(?P<early>{_EARLY}))(?: at (?:the )?(?:time of |start of )?"
    r"(?:transplant\w*|treatment|baseline|enrol\w+|inclusion|diagnosis|infusion|therapy))|"
    rf"\b(?:treated|transplanted|infused|enrolled) (?:while |when |in (?:the|an?) |at (?:the|"
    rf"an?) )?(?:still )?(?:(?P<pre3>{_PRE})|(?P<early3>{_EARLY}))(?: stage| phase)?\b|"
    r"\b(?P<pre2>before (?:the )?(?:onset of symptoms|symptom onset|symptoms|clinical onset|disease onset))\b"
)
_STAGES = (
    *("symptomatic", "preclinical", "pre-clinical", "without symptoms"),
    *(f"early{gap}{word}" for gap in " -" for word in ("stage", "cerebral", "disease", "active")),
    *(f"{word} severe" for word in ("and", "to", "or", "versus", "vs", "vs.")),
    *("advanced", "late stage", "late-stage", "end-stage", "severely affected"),
    *("onset of symptoms", "symptom onset", "before symptoms", "before the symptoms"),
    *("clinical onset", "disease onset", "before and after"),
)
"""Strings of which each form holds one."""
# People who are ill beside others who are not yet.
_ILL = re.compile(rf"(?<![\w-])symptomatic {_WHO}(?!-)|\b{_WHO} with symptoms\b")
_SYMPTOMS = ("symptoms", "symptomatic")
TRIGGERS = (_STAGES, _SYMPTOMS)
_APART: tuple[Part, ...] = ("background", "conclusions")
_OUTCOME = re.compile(
    r"\b(?:remain(?:s|ed|ing)?|became|are|is|stayed|still alive and|otherwise)(?: \w+){0,2} $"
)


_NEAR = r"(?: (?!and\b|or\b|with\b|years?\b|months?\b|days?\b|weeks?\b)[\w'-]+){0,3}? ?$"
_COUNT = re.compile(rf"(?P<number>{NUMBER}){_NEAR}")
_SIZE = re.compile(r"[^.;()]{0,25}\(n ?= ?(?P<number>\d{1,5})\b")
_SOME = re.compile(
    rf"(?:\b{NUMBER} (?:\([^)]{{1,12}}\) )?(?:out )?of (?:the |these |our |all )?{NUMBER}|\d ?%\)?(?: of)?|"
    rf"\d ?(?:%|percent)[^.;%]{{0,30}} (?:in|among|for|of)(?: the)?|"
    rf"\b(?:some|several|half|most|many|a few|majority|others?)(?: of)?){_NEAR}"
)


def stage(reading: Reading, *, enrolled: int = 0) -> Fact | None:
    """Return the stage that the text gives the people studied; two different ones make ``mixed``.

    "Symptomatic" alone says neither early nor advanced and gives nothing, nor does a stage that is told of
    a part of the people only, while nothing is told of the rest.

    Args:
        reading: the record.
        enrolled: the number of people of the study, 0 where it is not known.
    """
    found: dict[Stage, re.Match[str]] = {}
    partial = False
    for pattern in (_NAMED, _STATE):
        for match, sentence in reading.matches(pattern, _STAGES, apart=_APART):
            if not _OUTCOME.search(reading.plain, max(sentence.start, match.start() - 40), match.start()):
                found.setdefault(_label(match), match)
                partial = partial or _of_some(reading, match, sentence, enrolled)
    if not found:
        return None
    label: Stage = next(iter(found)) if len(found) == 1 else "mixed"
    if label == "presymptomatic" and any(reading.matches(_ILL, _SYMPTOMS, apart=_APART)):
        label = "mixed"
    if partial and label != "mixed":
        return None
    first = found.get("mixed") or min(found.values(), key=lambda m: m.start())
    return Fact(label, reading.quote(first.start(), first.end()))


def _label(match: re.Match[str]) -> Stage:
    groups = match.groupdict()
    if groups.get("mixed") or groups.get("mixed2"):
        return "mixed"
    if any(groups.get(name) for name in ("pre", "pre2", "pre3", "pre4")):
        return "presymptomatic"
    return (
        "early_symptomatic" if any(groups.get(name) for name in ("early", "early3", "early5")) else "advanced"
    )


def _of_some(reading: Reading, match: re.Match[str], sentence: Sentence, enrolled: int) -> bool:
    """True when a stage is told of a part of the people: "16 of 29", "60%", "some", fewer than enrolled."""
    before = reading.plain[max(sentence.start, match.start() - 60) : match.start()]
    if _SOME.search(before):
        return True
    after = _SIZE.match(reading.plain, match.end(), sentence.end)
    counted = _COUNT.search(before)
    numbers = [whole(m["number"]) for m in (counted, after) if m is not None]
    return any(0 < number < enrolled for number in numbers)
