"""The row of the design table for a narrative review that does not call itself one: it speaks in general.

Such a paper counts nobody, measures nothing and tells what is known and what should be done. A record
that does any of these without being a review (physics, laboratory methods, models, genetics) is left open.
"""

from __future__ import annotations

import re

from leukonlp.records import Quote
from leukonlp.studies.design_cues import Evidence, Rule

_MEASURED = re.compile(
    r"[±]|\+/-|\b(?:p ?[<=>]|n ?= ?\d|95 ?% ?c|mg/kg/|(?:was|were) (?:\w+ )?(?:\w+ed|found|higher|lower|"
    r"given|seen|shown)\b|(?:we|our|this study|the present study|present study|significantly)\b)"
)
_LABORATORY = re.compile(
    r"\b(?:mutations?|genes?|genetic\w*|sequenc\w+|clon(?:ed|ing)|proteins?|cells?|mice|mouse|rats?|in vitro|"
    r"algorithms?|models?|simulat\w+|neural networks?|software|statistical|questionnaires?|survey\w*|cost\w*|"
    r"assays?|optical|case series|case reports?|consensus|panel|guidelines?|students?|writ\w+|records?)\b"
)
_CLINICAL = re.compile(
    r"\b(?:patients?|treat\w*|therap\w+|drugs?|agents?|diseases?|manage\w*|disorders?|symptoms?|"
    r"clinical\w*|effective|efficacy|dos(?:e|es|age|ing)|side effects|adverse|syndrome|risks?|diagnos\w+|"
    r"trials|studies)\b"
)
_ILL = re.compile(r"\b(?:patients?|therap\w+|drugs?|diseases?|disorders?|syndromes?)\b")
_GENERAL = re.compile(
    r"\b(?:(?:should|may|can|must|will) (?:also |only |not |still )?\w+|(?:is|are) (?:\w+ ){0,2}?(?:\w+ed|"
    r"\w+ive|common|important|available|frequent|useful|safe|superior|preferred|the|an?)|remains?|"
    r"ha(?:s|ve) (?:\w+ )?(?:been|become|led|shown|demonstrated|a|an|no))\b"
)
_LEAST = 350
"""Characters of an abstract below which its silence says nothing."""


def _speaks_in_general(evidence: Evidence) -> Quote | None:
    reading = evidence.reading
    body = reading.title_end + 1
    if len(reading.plain) - body < _LEAST or evidence.people.most or evidence.people.single is not None:
        return None
    plain = reading.plain
    if evidence.phase is not None or _MEASURED.search(plain, body):
        return None
    if len(_ILL.findall(plain)) < 2 or len(_CLINICAL.findall(plain)) < 4 + 3 * len(
        _LABORATORY.findall(plain)
    ):
        return None
    general = list(_GENERAL.finditer(plain, body))
    return reading.quote(*general[0].span()) if len(general) >= 3 else None


NARRATIVE = Rule("review", otherwise=_speaks_in_general)
