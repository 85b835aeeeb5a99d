"""Rows of the design table for people observed: cases, series, cohorts, surveys."""

from __future__ import annotations

import re

from leukonlp.records import Quote
from leukonlp.studies.design_bench import ANIMALS, more_cells
from leukonlp.studies.design_cues import TITLE, Evidence, Rule, cue

# One case, whatever others the literature holds.
_FIRST_CASE = re.compile(
    r"\b(?:report|describe|present)s? (?:here )?(?:the first|an?|one) (?:[\w-]+ ){0,3}case\b"
)


def _first_case(evidence: Evidence) -> bool:
    return "case report" in evidence.title and _FIRST_CASE.search(evidence.reading.plain) is not None


def _several(evidence: Evidence) -> bool:
    return 2 <= evidence.people.most <= 30


def _single(evidence: Evidence) -> Quote | None:
    return evidence.people.single if evidence.people.most <= 1 else None


def _few(evidence: Evidence) -> Quote | None:
    if not 2 <= evidence.people.most <= 5 or more_cells(evidence):
        return None
    return evidence.people.shown


CASE_REPORT_TITLE = Rule(
    "case_report",
    (
        cue(
            "case|patient",
            r"(?:an? )?(?:rare |unusual )?case (?:report|presentation|study)\b(?!s)",
            r"report of (?:a|one) (?:rare |new |unusual )?(?:case|patient)\b",
            r"an? (?:\w+ ){0,2}case (?:of|with)\b",
            r"(?:in|of) a (?:single )?patient\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: e.phase is None and (e.people.most <= 1 or _first_case(e)),
)
CASE_AND_REVIEW = Rule(
    "case_report",
    (
        cue(
            "case",
            r"(?:an?|one|single) (?:[\w-]+ ){0,2}case(?: report)?,? (?:and|with|plus)(?: an?)? "
            r"(?:[\w-]+ ){0,3}review\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: e.phase is None,
)
"""One case, however many of the literature the review beside it counts."""
CASE_SERIES_TITLE = Rule(
    "case_series",
    (
        cue(
            "case|report of|series of",
            r"case (?:series|reports)\b",
            r"(?:report of|series of) (?:[\w-]+ ){0,3}(?:cases|patients|siblings|brothers|sisters)\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: e.phase is None,
)
CASE_SERIES_TYPE = Rule("case_series", types=frozenset({"case reports"}), when=_several)
CASE_REPORT_TYPE = Rule("case_report", types=frozenset({"case reports"}), when=lambda e: e.people.most <= 1)
CASE_REPORT = Rule(
    "case_report",
    (
        cue(
            "case|patient",
            r"(?:report|describe|present)(?:s|ed|ing)? (?:here |on |herein )?(?:an?|the|"
            r"one) (?:[\w-]+ ){0,3}(?:case|patient)\b(?! (?:series|reports|with the))",
            r"case of [^.]{1,120}\b(?:is|was) (?:reported|described|presented)\b",
            r"case (?:report|presentation)\b",
            parts=frozenset({"title", "background", "objective", "methods", "results", None}),
        ),
    ),
    when=lambda e: e.people.most <= 1 and e.phase is None,
)
CASE_SERIES = Rule(
    "case_series",
    (
        cue(
            "case|we report|we describe|we present|describe|siblings|brothers|sisters|twins",
            r"case series\b",
            r"we (?:\w+ )?(?:report|describe|present) (?:on |here )?(?:the )?(?:[\w-]+ ){0,5}(?:two|three|"
            r"four|five|six|seven|eight|nine|ten|[2-9]|10) "
            r"(?:[\w-]+ ){0,5}(?:patients|cases|children|siblings|brothers|sisters|boys|girls|infants|"
            r"individuals|men|women|adults)\b",
            r"(?:two|three|four) (?:\w+ ){0,3}(?:siblings|brothers|sisters|cousins)\b",
            r"we (?:\w+ )?(?:report|describe|present) (?:an?|one|two|three) (?:[\w-]+ ){0,3}(?:famil(?:y|"
            r"ies)|kindreds?|pedigrees?)\b",
            attributed=True,
        ),
    ),
    when=lambda e: e.people.most <= 12 and e.phase is None,
)
# A study that names its design need not count its people.
_OWN_COHORT = re.compile(
    r"\b(?:this|our|an?|present) (?:[\w-]+,? ){0,4}?(?:cohort|retrospective|observational|case[- ]control|"
    r"non-?interventional),? (?:[\w-]+,? ){0,2}(?:study|analysis|review)\b"
)


def _own_cohort(evidence: Evidence) -> bool:
    return not evidence.reading.places(ANIMALS) and _OWN_COHORT.search(evidence.reading.plain) is not None


COHORT_NAMED = Rule(
    "cohort",
    (
        cue(
            "cohort|registry|retrospect|natural history|observational|chart review|longitudinal|record|"
            "case-control|interventional",
            r"(?:retrospective|prospective|observational|historical|longitudinal|population-based|birth|"
            r"natural history|inception|non-?interventional|"
            # Bounded: a row of dashes behind it was read in as many ways as it has places.
            r"case-control)(?:[ ,/-]{1,3}\w[\w-]{0,24}){0,3}?[ ,]{1,3}(?:study|cohort|analysis|review|"
            r"registry|evaluation|investigation)\b",
            r"retrospective(?:ly)? (?:reviewed|analy[sz]ed|studied|collected|identified|evaluated|"
            r"included|examined)\b",
            r"retrospective(?:ly)?\b(?! (?:studies|trials|registered|registration|reports))",
            r"cohort study\b",
            r"natural history of\b",
            r"natural history (?:study|data|cohort)\b",
            r"(?:patient|disease|national|international|transplant|hospital) registr(?:y|ies)\b",
            r"registry[- ](?:based|data|study|analysis)\b",
            r"(?:charts?|medical records?|records?|files?) (?:of (?:[\w-]+ ){1,6})?(?:review|were (?:\w+ly )?"
            r"(?:reviewed|read|studied|analy[sz]ed|examined))\b",
            attributed=True,
        ),
    ),
    frozenset({"observational study"}),
    when=lambda e: e.phase is None and (e.people.shown is not None or _own_cohort(e)),
)
COHORT = Rule(
    "cohort",
    (
        cue(
            "cohort|registr|prospect|longitudinal|natural history|follow|observational|screening|"
            "screen newborns|"
            "looked back|stored|archived|banked|gathered|collected|identified from|known to",
            r"cohorts?\b",
            r"natural history\b",
            r"registr(?:y|ies)\b(?! number)",
            r"prospective(?:ly)?,? (?!use|pilots?|validation|testing|studies|trials|data are)",
            r"longitudinal(?:ly)?\b",
            r"observational\b",
            r"(?:were|was) (?:then |also )?followed\b",
            r"(?:long-term|years of|median|mean) follow-up\b",
            r"newborn screening (?:program|pilot|for|in)\b",
            r"(?:newborns|infants|babies) were screened\b",
            r"(?:stored|archived|banked) (?:plasma|serum|sera|blood|samples|specimens|cerebrospinal fluid)\b",
            r"looked back (?:at|on|over)\b",
            r"we (?:\w+ )?(?:gathered|collected|identified) (?:\w+ ){0,2}?(?:cases|patients|"
            r"children|boys|girls|men|"
            r"women|individuals|families|data)\b",
            attributed=True,
        ),
    ),
    when=lambda e: e.people.shown is not None,
)
SPOTS = Rule(
    "cross_sectional",
    (
        cue(
            "spots",
            r"(?:de-identified|anonym\w+|unlinked|residual|stored|archived) (?:[\w-]+ ){0,4}spots\b",
        ),
    ),
    when=lambda e: re.search(r"\bscreening\b|\bspots?\b", e.title) is not None,
)
_ASKED = re.compile(r"\bwe (?:\w+ )?(?:interviewed|surveyed)\b")
CROSS = Rule(
    "cross_sectional",
    (
        cue(
            "cross-section|cross section|survey|questionnaire|prevalence|interview",
            r"cross-? ?sectional(?:ly)?\b(?! (?:area|imag|echo|diameter|shape))",
            r"surveys?\b",
            r"questionnaire(?:-based)? (?:study|survey)\b",
            r"questionnaires? (?:was|were) (?:sent|distributed|mailed|completed)\b",
            r"prevalence (?:study|survey)\b",
            r"(?<!.)(?:the )?prevalence (?:of|and)\b",
            r"semi-?structured interviews\b",
            r"we (?:\w+ )?(?:interviewed|surveyed)\b",
            attributed=True,
        ),
    ),
    when=lambda e: (
        (e.people.shown is not None or _ASKED.search(e.reading.plain) is not None)
        and not re.search(r"\b(?:cohort|longitudinal|natural history|retrospective)\b", e.title)
    ),
)
SINGLE = Rule("case_report", otherwise=_single, when=lambda e: e.people.most <= 1 and e.phase is None)
FEW = Rule("case_series", otherwise=_few, when=lambda e: e.phase is None)
