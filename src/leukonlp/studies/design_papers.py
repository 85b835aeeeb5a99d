"""Rows of the design table for papers without results: notices, protocols, guidelines, scales."""

from __future__ import annotations

import re

from leukonlp.records import Quote, Tag
from leukonlp.studies.design_cues import ALL, METHODS, TITLE, Evidence, Rule, cue
from leukonlp.studies.reading import Reading

_MEASURED = re.compile(r"scale|scor|instrument|questionnaire|classification|cost")
_MEASURES = re.compile(
    r"\b(?:inter-?rater|intra-?rater|raters|kappa|reliability|validity|psychometric|internal consistency|"
    r"items|"
    r"cost per|quality-adjusted|markov)\b"
)
NOTICE = Rule(
    "other",
    (
        cue(
            "corr|errat|retraction|concern|withdraw|reply|response",
            r"(?<![\w ])(?:correction|corrigendum|erratum|addendum|retraction|expression of concern|"
            r"withdrawal)(?: to| of)?\s?:",
            r"(?<![^\[(])(?:(?:the )?authors?'? )?(?:reply|response)(?: to(?: [^:]{0,40})?)?:",
            r"(?:publisher|author) correction\b",
            r"(?<![\w ])corrections to (?:the|our|an?)\b",
            parts=TITLE,
        ),
    ),
    frozenset(
        {"published erratum", "retraction of publication", "retraction notice", "expression of concern"}
    ),
)
SECTIONED = ("methods/design:", "methods and analysis:", "ethics and dissemination")
"""Labels of sections that protocols have (BioMed Central, BMJ), and a few reports."""


def _sectioned(evidence: Evidence) -> Quote | None:
    """Return such a label, where no section tells results."""
    labels = evidence.reading.places(SECTIONED)
    return evidence.reading.quote(*min(labels)) if labels and not _told(evidence.reading) else None


def _told(reading: Reading) -> bool:
    return any(section.category == "results" for section in reading.sections)


PROTOCOL = Rule(
    "protocol",
    (
        cue(
            "protocol|rationale|design",
            r"(?:study|trial|research|master|core) protocols?\b",
            r"protocol (?:for|of) (?:an?|the)\b",
            r"(?<=: )(?:an? )?protocol\b",
            r"(?<=- )(?:an? )?protocol$",
            r"(?<!.)protocol[: ](?=.{20})",
            r"rationale(?:,| and)? (?:study |trial )?(?:and )?design\b",
            r"(?:study )?design and rationale\b",
            r"(?:study|trial) design(?:\.|\n|$| and (?:baseline|methods|protocol))",
            r"(?:study |trial )?design of (?:the|an?) (?:[\w/()-]+,? ){0,9}?(?:trial|study)\b",
            parts=TITLE,
        ),
        cue(
            "protocol",
            r"(?:this|the present|our|we (?:describe|present|report)|here) (?:\w+ ){0,4}(?:study |"
            r"trial )protocol\b",
            r"this protocol (?:describes|is for)\b",
            parts=ALL,
        ),
        cue(
            "will be",
            r"(?:patients|participants|subjects|children|women|men|adults|individuals|"
            r"infants) (?:\([^)]{1,40}\) )?(?:(?!were\b|was\b|who\b|had\b)[\w-]+,? ){0,12}will be "
            r"(?:\w+ )?(?:randomi|enrolled|recruited|included|allocated|assigned|followed)",
            parts=METHODS,
            attributed=True,
        ),
        cue(
            "aims to|intends to|plans to",
            r"(?:trial|study|which) (?:aims|intends|plans) to (?:include|recruit|enrol\w*|randomi[sz]e)\b",
            parts=METHODS,
            attributed=True,
        ),
    ),
    frozenset({"clinical trial protocol"}),
    otherwise=_sectioned,
)
_WILL = re.compile(
    r"\bwill (?:also |then |further )?(?:be(?! (?:\w+ )?(?:reviewed|discussed|described|presented|considered|"
    r"addressed|outlined|summari[sz]ed|needed|required|necessary|able|possible))|receive|undergo|recruit|enrol\w*|include|compare|test|assess|"
    r"evaluate|investigate|determine|provide|take|have|last|continue|use|complete)\b"
)


def _planned(evidence: Evidence) -> Quote | None:
    """Return the first of two or more statements of what will be done; a closing outlook is none."""
    reading = evidence.reading
    found = [
        match
        for at, _ in sorted(reading.places(FUTURE))
        if (match := _WILL.match(reading.plain, at + 1)) is not None
        and reading.sentence_at(at).part not in ("conclusions", "background")
    ]
    if len(found) < (4 if _told(reading) else 2):
        return None
    return reading.quote(*found[0].span())


FUTURE = (" will ",)
"""The trigger of what is yet to be done."""
PLANNED = Rule("protocol", otherwise=_planned)
# How others take a guideline is no guideline.
_FOLLOWED = re.compile(
    r"\b(?:adherence|compliance|concordan\w+|implement\w+|awareness|knowledge|impact|effects? of|evaluat\w+|"
    r"audit|survey|attitudes|validat\w+|cohort|according to)\b"
)
GUIDELINE = Rule(
    "guideline",
    (
        cue(
            "guideline|consensus|recommendation|position|delphi|standards of care|statement|advice|guidance",
            r"(?:practice |clinical |management |treatment |international |expert )?guidelines?(?: for|"
            r" on|:|\.?$)",
            r"consensus\b(?! sequence)",
            r"(?:expert |practice |treatment |management |clinical )?recommendations? (?:for|on|of|from)\b",
            r"position (?:statement|paper)\b",
            r"(?:advice|guidance) (?:from|by|of) (?:an? |the )?(?:[\w-]+ ){0,3}(?:consortium|panel|group|"
            r"experts|task ?force|network|societ(?:y|ies))\b",
            r"(?:scientific|expert) statement\b",
            r"standards? of care (?:for|in)\b",
            r"delphi\b",
            parts=TITLE,
        ),
        cue(
            "guideline|consensus|recommendation|position",
            r"(?:this|present|our) (?:\w+ ){0,3}(?:guidelines?|consensus (?:statement|document|paper)|"
            r"position (?:statement|paper))\b",
            r"we (?:\w+ ){0,3}(?:developed?|present|provide) (?:[\w-]+,? ){0,6}(?:consensus|"
            r"practice guidelines?|"
            r"(?:expert|clinical) (?:recommendations?|guidelines?))\b",
            r"(?:expert )?recommendations? (?:are|is) (?:given|provided|presented|made)\b",
            parts=ALL,
        ),
    ),
    frozenset(
        {
            "practice guideline",
            "guideline",
            "consensus development conference",
            "consensus development conference, nih",
        }
    ),
    when=lambda e: (
        (e.people.most == 0 or re.search(r"\b(?:delphi|consensus|advice|guidance)\b", e.title) is not None)
        and _FOLLOWED.search(e.title) is None
    ),
)


INSTRUMENT = Rule(
    "other",
    (
        cue(
            "scale|score|scoring|instrument|questionnaire|classification|cost",
            r"(?:scales?|scoring (?:system|method)|instrument|classification system)\b(?! (?:bar|trial))",
            r"(?:severity|rating|scoring) (?:score|scale|system)\b",
            r"classification of [^:]{1,80}: (?:[\w-]+ and )?(?:[\w-]+ )?"
            r"(?:development|validation|reliability)\b",
            r"(?:development|validation|reliability|validity) of (?:[\w-]+ ){0,6}(?:scale|score|instrument|"
            r"questionnaire|classification)\b",
            r"cost-(?:effectiveness|utility)\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: (
        e.phase is None
        and _MEASURED.search(e.title) is not None
        and _MEASURES.search(e.reading.plain) is not None
    ),
)
_OPINES = re.compile(r"\b(?:hypothesis|viewpoint|opinion|perspective|commentary|editorial|ethics of)\b")
OPINION = Rule(
    "other",
    (
        cue(
            "hypothesis|viewpoint|opinion|perspective|ethic|commentary|editorial",
            r"(?<=: )(?:an? )?perspective[.?]?$",
            r"(?<=: )(?:an? )?(?:\w+ )?(?:hypothesis|viewpoint|opinion|commentary|"
            r"editorial)[.?]?$",
            r"(?<!.)(?:hypothesis|viewpoint|opinion|perspective|commentary|editorial)(?=: )",
            r"ethics of (?:offering|giving|treating|withholding|screening|trials?)\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: e.people.most == 0 and e.phase is None,
)
EDITORIAL = Rule(
    "other", types=frozenset({"editorial"}), when=lambda e: e.people.most == 0 and e.phase is None
)


def opines(reading: Reading, design: Tag) -> bool:
    """Return True for a paper that only gives an opinion: the people it speaks of are none of its own."""
    if design.label != "other":
        return False
    if design.quote is None:
        return any(term.name.lower() == "editorial" for term in reading.abstract.publication_types)
    return _OPINES.search(design.quote.text.lower()) is not None


OTHER = Rule(
    "other",
    types=frozenset(
        {
            "editorial",
            "comment",
            "news",
            "letter",
            "biography",
            "historical article",
            "published erratum",
            "interview",
        }
    ),
    when=lambda e: e.people.most == 0,
)
