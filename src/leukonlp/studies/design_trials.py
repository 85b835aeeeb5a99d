"""Rows of the design table for trials: randomised or not, and expanded access."""

from __future__ import annotations

import re

from leukonlp.records import Quote
from leukonlp.studies.design_cues import METHODS, Evidence, Rule, cue

_RANDOM = r"(?<!non-)(?<!non )(?<!non)(?<!quasi-)(?<!un)(?<!not )randomi[sz]ed"

# People split at random to build a score and to test it are not treated at random.
_NO_SPLIT = (
    r"(?! (?:[\w-]+ ){0,6}(?:development|derivation|training|validation|test|learning) (?:and |or )?"
    r"(?:an? )?(?:or|set|sample|cohort|group|data))"
)


def _phase(evidence: Evidence) -> Quote | None:
    return evidence.phase.quote if evidence.phase is not None else None


EXPANDED = Rule(
    "expanded_access",
    (
        cue(
            "expanded|compassionate|managed access|named patient|named-patient|hospital exemption|"
            "early access",
            r"(?:expanded|managed|early)[- ]access\b",
            r"compassionate[- ](?:use|basis|access|treatment|program(?:me)?|ground)",
            r"named[- ]patient\b",
            r"hospital exemption\b",
            attributed=True,
        ),
    ),
    # A trial that also counts those treated outside it stays a trial.
    when=lambda e: (
        e.phase is None
        or (re.search(r"\b(?:access|compassionate)\b", e.title) is not None and "trial" not in e.title)
    ),
)
# What is divided by chance when nobody is treated.
_SPECIMENS = re.compile(
    r"\b(?:in vitro|ex vivo|specimens|extracted|cadaver\w*|cell lines?|simulat\w+) |\bteeth\b|\bmodels were\b"
)
RANDOMIZED = Rule(
    "randomized_trial",
    (
        cue(
            "random|placebo|latin|observer-blind|single-blind|investigator-blind|assessor-blind|rct",
            rf"{_RANDOM}\b(?! (?:evidence|data|trials (?:are|of)|controlled trials (?:are|of)))",
            rf"randomly (?:selected to|(?!selected|chosen|sampled|drawn|picked|generated)"
            rf"\w{{3,14}}(?:ed|t))\b{_NO_SPLIT}",
            r"(?:placed|applied|given|treated) randomly (?:in|on|to|with)\b",
            r"(?:at|after|following|before|since) randomi[sz]ation\b",
            r"placebo-controlled\b",
            r"placebo (?:recipients|group|arm)\b",
            r"latin[- ]square\b",
            r"(?:single|observer|investigator|assessor|evaluator)[- ](?:blind|mask)\w*,? (?:[\w-]+,? ){0,5}"
            r"cross-?over\b",
            r"rct\b",
            r"random (?:allocation|assignment)\b",
            rf"(?:allocated|assigned) (?:at random|randomly)\b{_NO_SPLIT}",
            attributed=True,
        ),
        cue(
            "randomi",
            r"(?:we|this|our|the present) (?:[\w-]+ ){0,8}randomi[sz]ed\b",
            parts=frozenset({"background", "conclusions"}),
            attributed=True,
        ),
        cue(
            "double-blind|double blind|placebo",
            r"double[- ](?:blind|mask)\w*",
            r"(?:or|and|versus|vs\.?|with|than) (?:matching )?placebo\b",
            attributed=True,
        ),
    ),
    frozenset(
        {
            "randomized controlled trial",
            "pragmatic clinical trial",
            "equivalence trial",
        }
    ),
    when=lambda e: (
        "mendelian random" not in e.reading.plain
        and (e.people.shown is not None or _SPECIMENS.search(e.reading.plain) is None)
    ),
)
CROSSOVER = Rule(
    "randomized_trial",
    (
        cue(
            "cross-over|crossover",
            r"cross-?over (?:[\w/-]+,? ){0,5}?(?:study|trial|design)\b",
            r"(?:study|trial) (?:with|of|in) (?:an? )?cross-?over\b",
            attributed=True,
        ),
    ),
)
"""Not a row of the table: says that a trial is a crossover, whether randomised or not."""
SINGLE_ARM = Rule(
    "single_arm_trial",
    (
        cue(
            "open|single-arm|single arm|non-random|nonrandom|dose|trial|comparative|experimental|nonblind|"
            "single-group|single group",
            r"open(?:ed)?[- ]label(?:l?ed)?\b",
            r"open,? (?:(?:multi-?cent\w+|prospective|non-?comparative|uncontrolled|clinical|pilot|long-term|"
            r"single-cent\w+|multinational),? ){0,3}(?:trial|study)\b",
            r"(?:non-?comparative|quasi-?experimental|single[- ]group|non-?blind(?:ed)?),? (?:[\w-]+,? ){0,3}"
            r"(?:trial|study|design)\b",
            r"single[- ]arm\b",
            r"(?:one|two|three)[- ]arm\b",
            r"non-? ?randomi[sz]ed,? (?:(?!cohort|observational|retrospective)[\w-]+,? ){0,4}(?:trial|"
            r"study)\b",
            r"dose[- ](?:escalat\w+|finding|ranging) (?:[\w-]+ ){0,4}(?:trial|study)\b",
            r"uncontrolled (?:[\w-]+ ){0,2}(?:trial|study)\b",
            attributed=True,
        ),
    ),
    frozenset(
        {
            "clinical trial, phase i",
            "clinical trial, phase ii",
            "clinical trial, phase iii",
            "clinical trial, phase iv",
        }
    ),
    when=lambda e: (
        e.phase is not None
        or not re.search(r"\b(?:retrospective|natural history|registry|cohort)\b", e.title)
    ),
    otherwise=_phase,
)
# Two groups whose making the text leaves open may have been made by chance.
_DIVIDED = re.compile(r"\b(?:divided|allocated|assigned|split) (?:in|into|to|equally)\b")
TRIAL_WORD = Rule(
    "single_arm_trial",
    (
        cue(
            "trial",
            r"(?:this|our|an?|clinical|therapeutic|pilot|prospective|interventional|treatment|therapy|"
            r"feasibility) (?:(?!randomi[sz]ed|randomi[sz]ed-controlled|controlled)[\w-]+ ){0,2}trial\b"
            r"(?! (?:of labou?r|participants|regist|to void|and error|sequential|data|of [^.]{1,60} should))",
            parts=METHODS,
            attributed=True,
        ),
    ),
    # A controlled clinical trial of PubMed may be randomised or not; only its text can tell.
    frozenset({"clinical trial", "controlled clinical trial"}),
    when=lambda e: e.people.shown is not None and _DIVIDED.search(e.reading.plain) is None,
)
