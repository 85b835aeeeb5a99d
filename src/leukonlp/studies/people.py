"""The people a record counts and describes: every count of people with the role its words give it.

Owns finding and weighing; which count becomes a fact is said in ``participants``. Read by the
design rules too, for a study of people is no study of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from leukonlp.records import Quote
from leukonlp.studies import attribution
from leukonlp.studies.numbers import NUMBER, UNIT, Found, count_before, whole
from leukonlp.studies.reading import Part, Reading, Sentence

Role: TypeAlias = Literal["studied", "screened", "control"]

_MANY = (
    "patients outpatients inpatients participants subjects volunteers children boys girls infants "
    "newborns neonates babies "
    "adults adolescents women men males females individuals people persons probands siblings brothers "
    "sisters twins cases "
    "carriers heterozygotes homozygotes respondents toddlers youths veterans smokers recipients students "
    "parents caregivers "
    "physicians"
).split()
_ONE = (
    "boy girl man woman male female infant child patient proband newborn neonate adolescent brother "
    "sister teenager lady gentleman"
).split()
# A leading blank, not a word border, lets the matcher skip quickly to where it may begin.
_MANY_WORD = re.compile(rf" (?:{'|'.join(sorted(_MANY))})\b(?!-)")
_ONE_WORD = re.compile(rf" (?:{'|'.join(sorted(_ONE))})\b(?!-)")
_CONTROL = re.compile(
    r"\b(?:controls?|healthy|normal|unaffected|untreated|comparison|comparator|matched|reference|"
    r"non-?affected|historical|"
    r"non-?transplanted|natural history|disease-free)\b"
)
_NUMBERED = re.compile(
    r"\b(?:type|stage|phase|group|grade|class|days?|weeks?|months?|years?|cohort|arm|level|table|part|"
    r"version|ages?|aged|over|under|"
    r"than|least|per|every|(?:1|one|once|approximately \d) in|dose|step|visit|p|n|hiv|covid|plus|score|"
    r"case|patient|"
    r"until|since|in (?:19|20))[ -]?$|[<>=≥≤~±/]\s?$|\b\d[\d.,]* ?(?:-|to) ?$|1 : ?$"
)
_DENOMINATOR = re.compile(
    rf"(?<!every )(?<!any ){NUMBER} (?:\([^)]{{1,20}}\) )?(?:(?:out )?of|from)(?: (?:the|these|our|"
    rf"all))? ?$|/ ?$"
)
_PART_OF = re.compile(
    r"\b(?:of (?:these|them|whom|those|the)|including|include[ds]?|only|remaining|other|another|"
    r"additional(?:ly)?|further|except|excluding|"
    r"of which|respectively|identified in|developed in|occurred in|observed in|seen in|found in|"
    r"present in|reported in|detected in|"
    r"died|while|whereas|lost|normal in|improved in|stable in|abnormal in|performed in)(?:,| by| the| for|"
    r" an)? ?$"
)
_TAKEN = (
    r"enrol(?:l?ed|led|ment)|includ(?:ed|es)|recruited|randomi[sz]ed|randomly (?:assigned|allocated)|"
    r"treated|stud(?:ied|y)|"
    r"analy[sz]ed|evaluated|assigned|examined|reviewed|investigated|assessed|transplanted|entered|accrued|"
    r"participated|"
    r"allocated|identified|underwent|received|followed|observed|surveyed|tested|interviewed|compared|"
    r"given|took"
)
_BEFORE = re.compile(
    rf"(?:\b(?:{_TAKEN}|we (?:report|describe|present)|report(?:s|ed)?|describe[ds]?|present(?:s|ed)?|"
    rf"data (?:from|of|on|for)|"
    r"total(?: number)? of|cohort of|series of|sample of|group of|population of|comprised|consisted of|"
    r"comprising|characteri[sz]ed|"
    r"records of|results (?:of|from|in)|experience (?:of|with|in)|outcomes? (?:of|in|for)|findings in|"
    r"survey of|analysis of|"
    r"study of|trial (?:in|of|with)|performed (?:in|on)|conducted (?:in|on|"
    r"with))\b(?:,? (?:\w+ ){0,3}(?:of|in|from|with|on)?)?|^in) ?$"
)
_AFTER = re.compile(
    rf"(?: \([^)]{{1,80}}\)|,? (?!and\b|but\b|while\b)[\w/'-]+,?){{0,9}}? ?,? ?\b(?:were|was|have been|"
    rf"had been|are|who|will be|had)? ?"
    rf"(?:(?:prospectively|retrospectively|successfully|also|then|subsequently|finally|consecutively|"
    rf"\w+ly) )?(?:{_TAKEN})\b"
)
_FARED = re.compile(
    r"(?: \w+){0,3} (?:died|developed|experienced|showed|had|remained|improved|survived|discontinued)\b"
)
_CONTROL_AFTER = re.compile(r" (?:\w+ ){0,2}?(?:controls|without|matched|who had (?:not|never))\b")
_AMONG = re.compile(r"\b(?:in|of|from|among|to|into)(?: these| all| the)? $")
_ARM = re.compile(
    r"[^.;]{0,60}\b(?:placebo|control group|control arm|(?:drug|treatment|intervention) (?:group|arm))\b"
)
_SHARE = re.compile(r"[^.;,]{0,25}\(\s?\d{1,3}(?:\.\d+)? ?%|[^.;,]{0,10} \[\d{1,3}(?:\.\d+)?%")
_SCREENED = re.compile(
    r"(?: [\w-]+){0,4}? (?:(?:were|was|have been) )?(?:initially |pre-?)?(?:screened\b(?! positive)|"
    r"assessed for eligibility|approached|invited|referred|contacted)"
)
_BARE = re.compile(
    rf"({NUMBER}) (?:(?:were|was) )?(?:then |finally |subsequently )?"
    r"(?:enrol(?:l?ed|led)|treated|included|randomi[sz]ed|infused|transplanted|randomly assigned)\b"
)
_SCREENED_BEFORE = re.compile(r"\b(?:screened|assessed for eligibility|approached|invited)[ ,:]*$")
_ANYBODY = re.compile(rf"(?:{'|'.join(_MANY)})\b")
_SUBJECTS = re.compile(rf"(?:{'|'.join(_MANY)}) [(\[]$")
_SIZE = re.compile(r"\bn ?= ?(\d{1,3}(?:[, ]\d{3})+|\d{1,7})\b")
_AGED = rf"(?:\d{{1,3}}(?:\.\d)?|{NUMBER})(?: |-)(?:and-a-half-|1/2 )?{UNIT}(?: |-)old"
_ONE_AGED = re.compile(rf"\b(?:an?|the|one|this|our) (?:[\w-]+,? ){{0,4}}?{_AGED},? (?:[\w-]+,? ){{0,4}}$")
_ONE_BEFORE = re.compile(r"\b(?:an?|one|single|this|our) (?:[\w-]+,? ){0,4}$")
# A patient whose cells are studied is no patient of the report.
_TISSUE = re.compile(
    r"\b(?:cells?|ipscs?|fibroblasts|lymphoblasts?|leu[ck]ocytes|lines?|tissues?|biops(?:y|ies)|organoids|"
    r"brains?|myotubes) "
    r"(?:lines? )?(?:\w+ )?(?:from|of) (?:[\w-]+ ){1,3}$"
)
_ONE_AFTER = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:with|who|in whom|presenting|presented|diagnosed|affected|treated|harbou?ring)\b"
)
_DESCRIBED = re.compile(
    r"\b(?:patients|participants|subjects|volunteers|children|boys|girls|infants|newborns|adults|women|"
    r"men|individuals|people|"
    r"probands|siblings|brothers|families|caregivers|respondents) (?:[\w-]+ ){0,5}?(?:were|underwent|"
    r"received|who|had|completed|showed|"
    r"will be|treated|enrolled|admitted|diagnosed|referred|undergoing|receiving|aged|from)\b"
)
_TITLE = re.compile(
    r"\b(?:in|of|among|for|from|with) (?:[\w-]+ ){0,5}?(?:patients?|children|boys|girls|infants|newborns|"
    r"adults|women|men|individuals|"
    r"people|siblings|brothers|sisters|family|families|participants|volunteers|subjects)\b"
)
_PARTS: dict[Part | None, int] = {
    "title": 3,
    "methods": 2,
    "objective": 1,
    "results": 1,
    None: 1,
    "background": -4,
    "conclusions": -2,
}


@dataclass(frozen=True, slots=True)
class Count:
    """People counted at ``start:end``; a higher ``score`` speaks more clearly of all people of this study."""

    value: int
    start: int
    end: int
    score: int
    role: Role = "studied"


@dataclass(frozen=True, slots=True)
class People:
    """All counts of a record, and the words that describe one person or people in general."""

    counts: tuple[Count, ...]
    single: Quote | None
    """A report of one person: "a 6-year-old boy"."""
    described: Quote | None
    """Words that show people as the study's own subjects."""

    @property
    def most(self) -> int:
        """The highest credible number of people studied, 0 without any count."""
        return max((c.value for c in self.counts if c.score >= 1 and c.role != "control"), default=0)

    @property
    def shown(self) -> Quote | None:
        """The words that show that people are the subjects, or None."""
        return self.described or self.single


NOBODY = People((), None, None)
"""A record that counts and describes no people."""


def find(reading: Reading) -> People:
    """Return the people of a record."""
    counted = _counts(reading)
    found = (*counted, *_taken(reading, counted), *_sizes(reading))
    counts = tuple(sorted(found, key=lambda c: (c.start, c.end)))
    single = _single(reading)
    return People(counts, single, _described(reading, counts, single))


def _counts(reading: Reading) -> list[Count]:
    found = []
    for noun in _MANY_WORD.finditer(reading.plain):
        start, end = noun.start() + 1, noun.end()
        sentence = reading.sentence_at(start)
        number = count_before(reading.plain, max(sentence.start, start - 90), start)
        if number is None:
            continue
        before = reading.plain[max(sentence.start, number.start - 70) : number.start]
        if _NUMBERED.search(before):
            continue
        after = reading.plain[end : min(sentence.end, end + 110)]
        found.append(_weigh(number, end, sentence.part, before, after))
    return found


def _weigh(number: Found, end: int, part: Part | None, before: str, after: str) -> Count:
    value, start = number.value, number.start
    if _SCREENED.match(after) or _SCREENED_BEFORE.search(before):
        return Count(value, start, end, _PARTS[part], "screened")
    if _CONTROL.search(number.words) or _CONTROL_AFTER.match(after):
        return Count(value, start, end, _PARTS[part] - 1, "control")
    score = _PARTS[part]
    whole_group = _DENOMINATOR.search(before) is not None
    score += 2 * bool(_BEFORE.search(before)) + 2 * bool(_AFTER.match(after)) + whole_group
    score += before.endswith(("among these ", "all these ", "for these "))
    # "Fifty-two patients" at the head of a sentence is the study; among results it may be a subgroup.
    score += before.endswith(("total of ", "all ", "; ", ": ")) or bool(_AMONG.search(before))
    score += not before and part != "results"
    score -= 3 * bool(_SHARE.match(after)) + 3 * (bool(_PART_OF.search(before)) and not whole_group)
    score -= 2 * (value < 2) + bool(_ARM.match(after)) + 3 * attribution.cites(before, after)
    score -= 2 * bool(_FARED.match(after))
    return Count(value, start, end, score)


def _taken(reading: Reading, counted: list[Count]) -> Iterator[Count]:
    """Numbers without a noun after those screened: "39 patients were screened and 32 treated"."""
    for count in counted:
        if count.role == "screened":
            sentence = reading.sentence_at(count.start)
            for match in _BARE.finditer(reading.plain, count.end, sentence.end):
                yield Count(whole(match[1]), match.start(1), match.end(), _PARTS[sentence.part] + 3)


def _sizes(reading: Reading) -> list[Count]:
    """``(n = 29)`` says less than a noun does; two in one sentence are the arms of a study, which add up."""
    found: list[Count] = []
    by_sentence: dict[Sentence, list[re.Match[str]]] = {}
    if "n=" not in reading.plain and "n =" not in reading.plain:
        return found
    for match in _SIZE.finditer(reading.plain):
        by_sentence.setdefault(reading.sentence_at(match.start()), []).append(match)
    for sentence, matches in by_sentence.items():
        values = [whole(m[1]) for m in matches]
        before = reading.plain[max(sentence.start, matches[0].start() - 60) : matches[0].start()]
        if _CONTROL.search(before[-25:]) or not _ANYBODY.search(reading.plain, sentence.start, sentence.end):
            continue
        random = re.search(
            r"\b(?:randomi|randomly|assigned|allocated)", reading.plain[sentence.start : matches[0].start()]
        )
        score = _PARTS[sentence.part]
        if len(values) == 1:
            beside = _ANYBODY.match(
                reading.plain, min(matches[0].end() + 1, sentence.end)
            ) or _SUBJECTS.search(before)
            found.append(Count(values[0], matches[0].start(), matches[0].end(), score + bool(beside)))
        elif random:
            found.append(Count(sum(values), matches[0].start(), matches[-1].end(), score + 1))
    return found


def _single(reading: Reading) -> Quote | None:
    # Without labels a short case report tells of its patient before any "we" marks its own work.
    for noun in _ONE_WORD.finditer(reading.plain):
        start, end = noun.start() + 1, noun.end()
        sentence = reading.sentence_at(start)
        if reading.abstract.sections and sentence.part == "background":
            continue
        left = max(sentence.start, start - 80)
        if _TISSUE.search(reading.plain, left, start):
            continue
        aged = _ONE_AGED.search(reading.plain, left, start)
        if aged is not None:
            return reading.quote(aged.start(), end)
        before = _ONE_BEFORE.search(reading.plain, left, start)
        after = _ONE_AFTER.match(reading.plain, end, sentence.end)
        if before is not None and after is not None:
            return reading.quote(before.start(), after.end())
    return None


def _described(reading: Reading, counts: tuple[Count, ...], single: Quote | None) -> Quote | None:
    best = max((c for c in counts if c.role != "control"), key=lambda c: (c.score, -c.start), default=None)
    if best is not None and best.score >= 1:
        return reading.quote(best.start, best.end)
    if single is not None:
        return single
    for match in _DESCRIBED.finditer(reading.plain):
        if reading.sentence_at(match.start()).part not in ("background", "conclusions"):
            return reading.quote(match.start(), match.end())
    title = _TITLE.search(reading.plain, 0, reading.title_end)
    return reading.quote(*title.span()) if title else None
