"""Rows of the design table that rest on how people were treated or watched, where no design is named."""

from __future__ import annotations

import re

from leukonlp.records import Quote
from leukonlp.studies.design_bench import more_cells
from leukonlp.studies.design_cues import OWN, TITLE, Evidence, Rule, cue

_TRIAL_TITLE = re.compile(r"\b(?:trials?|randomi[sz]ed|protocol|reviews?|phase)\b")
COHORT_TITLE = Rule(
    "cohort",
    (
        cue(
            "cohort|observational|retrospect|case-control|case control|registry|natural history",
            r"(?:cohort|observational|retrospective|case[- ]control|registry(?:-based)?)[ ,]"
            r"(?:[\w-]+,? ){0,4}?(?:study|analysis|evaluation|investigation)\b",
            r"retrospective (?:cohort|review|chart review|series)\b",
            r"natural history (?:study|of)\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: e.phase is None and _TRIAL_TITLE.search(e.title.replace("review of", "")) is None,
)
"""A title that names an observational design is believed before words on random numbers or an open label."""

# What is said of people watched over time: when they came, and what foretold how they fared.
_DATED = re.compile(
    r"\b(?:between|from|during|since) (?:\w+ ){0,2}(?:19|20)\d\d,?(?: (?:and|to|through|until)\b| ?-)|"
    r"\bconsecutive(?:ly)?\b"
)
_CAME = re.compile(
    r"\b(?:underwent|admitted|hospitali[sz]ed|diagnosed|referred|operated|transplanted|treated|presented|seen)\b"
)
_PATIENTS = re.compile(r"\b(?:patients|children|women|men|infants|recipients|survivors)\b")
_FORETOLD = (
    "hazard ratio",
    " prognos",
    "risk factor",
    " predict",
    "multivaria",
    "propensity",
    "logistic regression",
    " survival",
    "kaplan",
    "nomogram",
    "follow-up",
    " incidence",
)
_COMPARED = (
    "random",
    "placebo",
    "crossover",
    "cross-over",
    "questionnaire",
    "survey",
    "cross-section",
    "prevalence",
    "interview",
    "volunteer",
    " rats",
    " mice",
    "review",
    "literature",
)
TRIGGERS = (_FORETOLD, _COMPARED)
"""The fixed strings that are counted."""


def _watched(evidence: Evidence) -> Quote | None:
    """Return the words, when two or more such tell of people and nothing speaks for a trial or a survey.

    Three are asked for where nobody is counted, or a trial is named.
    """
    reading = evidence.reading
    foretold = sorted(reading.places(_FORETOLD))
    if not foretold or evidence.phase is not None or reading.places(_COMPARED):
        return None
    plain = reading.plain
    few = evidence.people.most < 10
    dated = _DATED.search(plain) is not None
    score = len({plain[start:end] for start, end in foretold}) + dated
    score += dated and _CAME.search(plain) is not None
    if score < 2 + (few or "trial" in plain) or _PATIENTS.search(plain) is None:
        return None
    if few and more_cells(evidence):
        return None
    return evidence.people.shown or reading.quote(*foretold[0])


WATCHED = Rule("cohort", otherwise=_watched)

_SUBJECTS = (
    r"(?:patients|subjects|participants|volunteers|children|infants|adults|women|men|boys|girls|"
    r"individuals|people)"
)
_AIM = re.compile(
    r"\b(?:effects?|efficacy|effectiveness|safety|tolerability|pharmaco\w+|bioavailability|feasibility|"
    r"response to|treatment|therapy|pilot)\b"
)
_NO_TRIAL = re.compile(
    r"\b(?:random\w*|retrospect\w*|cohorts?|registr\w+|records?|observational|questionnaires?|survey\w*|"
    r"case-control|cross-?over|versus|vs|control group|consecutive|review\w*|natural history|mice|rats|"
    r"screening|compared (?:with|to) (?:healthy |normal )?controls)\b"
)
TREATED = Rule(
    "single_arm_trial",
    (
        cue(
            "received|treated with|were given|administered|were started on|were switched to| took ",
            rf"{_SUBJECTS} (?:(?!who\b|not\b|had\b|previously\b|never\b)[\w()/,.=%-]+ ){{0,8}}?(?:received|"
            r"took|were (?:then |all )?(?:treated with|given|administered|started on|switched to))\b",
            rf"(?:was|were) (?:given|administered|infused|injected) (?:[\w,-]+ ){{0,4}}?(?:to|in|into) "
            rf"(?:[\w-]+ ){{0,4}}?{_SUBJECTS}\b",
            parts=OWN,
            attributed=True,
        ),
    ),
    when=lambda e: (
        e.phase is None
        and e.people.most >= 5
        and _AIM.search(e.title) is not None
        and _NO_TRIAL.search(e.reading.plain) is None
    ),
)
"""People given a therapy to see what it does, without chance, a control group or a look back."""
