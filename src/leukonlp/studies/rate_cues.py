"""Words of rates and times to an event: kinds, figures, intervals, groups. Patterns on plain text only."""

from __future__ import annotations

import re
from typing import Final

from leukonlp.studies.triggers import Group

_FREE = (
    r"(?:overall|event-free|disease-free|progression-free|mfd-free|major functional disability-free|"
    r"relapse-free|"
    r"recurrence-free|metastasis-free|leuka?emia-free|failure-free|graft-free|graft|patient|allograft|"
    r"implant|"
    r"intervention-free|severe motor impairment-free|ambulation-free|ventilat(?:or|ion)-free|"
    r"amputation-free|"
    r"cancer-specific|disease-specific|gvhd-free)"
)
_SHORT = r"(?: \((?:os|efs|pfs|dfs|rfs|lfs|ffs|orr|rr|crr?|pcr|svr|ttp|ttf|dcr)\))?"
_SURVIVAL = rf"(?:{_FREE} )?survival"
_RATES = (
    rf"(?:{_SURVIVAL}{_SHORT}(?: (?:rates?|probability|estimates?){_SHORT})?|"
    r"(?:(?:objective|overall|complete|partial|clinical|tumou?r|sustained|virologic(?:al)?|molecular|"
    r"cytogenetic|"
    r"ha?ematologic(?:al)?|treatment|pathologic(?:al)?|major) ){0,3}"
    rf"(?:response|remission|cure|eradication|success) rates?{_SHORT}|"
    r"(?:disease control|relapse|recurrence|seroconversion|retention|engraftment) rates?|"
    r"(?:(?:in-hospital|\d{1,3}-day|hospital|overall|non-relapse|treatment-related|transplant-related|"
    r"transplantation-related) ){0,2}mortality(?: rates?)?|cumulative incidence of (?:(?!was\b|"
    r"were\b)[\w-]+ ){0,3}(?!was\b|were\b)[\w-]+|"
    r"(?:cr|pr|or|orr|svr|pcr) rates?)"
)
_TIMES = (
    rf"(?P<centre>median|mean) (?:{_SURVIVAL}(?: times?)?|(?:pfs|os|ttp|dfs|efs)\b|time to (?:[\w-]+ "
    rf"){{0,4}}?[\w-]+|"
    rf"duration of (?:response|remission|benefit|disease control|(?:[\w-]+ ){{0,2}}survival)){_SHORT}"
)
_NUMBER_WORD = r"(?:\d{1,2}|one|two|three|four|five|six|ten)"
_BEFORE = rf"(?:(?P<time>{_NUMBER_WORD})[ -](?P<unit>year|month)s?[ -])?"
_LATER = rf"(?: (?:at|after) (?P<time2>{_NUMBER_WORD}) (?P<unit2>year|month)s?)?"
_VERB = (
    r"(?: (?:was|were|of|is)|[:,]| (?:for|of|in|among) (?P<about>(?:(?!was\b|were\b)[\w'-]+ "
    r"){1,7})(?:was|were))"
)
_PERCENT = r"(?P<value>\d{1,3}(?:\.\d{1,2})?) ?(?P<measure>%|percent)"
_SPAN = r"(?P<value>\d{1,3}(?:\.\d{1,2})?) ?(?P<measure>months?|years?|weeks?|days?|mo\b|h\b|hours?)"
_ESTIMATED = r"(?: (?:estimated(?: to be| at)?|only|approximately|about))?"

# A further figure of the same kind: "and 43 percent in", "versus 43% in".
_JOIN = (
    r"(?:[^.;%]|\.\d){0,70}?(?:\b(?P<link>and|but|versus|vs\.?|(?:as )?compared (?:with|to)|than|or)|,) "
    r"(?:(?:was|were|only|at) )*"
)
_ALIEN = (
    r"(?! (?:of|had|have|were|was|developed|died|showed|experienced|remained|survived|confidence|"
    r"ci)\b)"
)

FAMILIES: Final[tuple[tuple[Group, int, Group, re.Pattern[str], re.Pattern[str]], ...]] = (
    (
        ("survival", " rate", "mortality", "cumulative incidence"),
        70,
        ("%", "percent"),
        re.compile(rf"\b{_BEFORE}(?P<kind>{_RATES}){_LATER}(?:{_VERB}{_ESTIMATED})? ?{_PERCENT}"),
        re.compile(rf"{_JOIN}{_PERCENT}{_ALIEN}"),
    ),
    (
        ("median ", "mean "),
        10,
        ("month", "year", "week", "day", " mo", "hour", " h"),
        re.compile(rf"\b{_BEFORE}(?P<kind>{_TIMES}){_LATER}{_VERB}{_ESTIMATED} ?{_SPAN}"),
        re.compile(rf"{_JOIN}{_SPAN}{_ALIEN}"),
    ),
)
"""Triggers, reach before them, what must follow, first figure, one that goes on: percentages, then times."""

INTERVAL: Final = re.compile(
    r" ?[(\[,;] ?(?:95 ?% ?)?(?:ci|confidence interval)?(?: ?[(\[]ci[)\]])?[ "
    r":,=]{0,3}(?P<low>\d{1,3}(?:\.\d{1,2})?) ?"
    r"(?:%|months|years)? ?(?:-|to|,) ?(?:(?P<high>\d{1,3}(?:\.\d{1,2})?) ?(?:%|months|years)?(?! ?of\b|"
    r"\d)|"
    r"(?:upper limit )?not (?:yet )?(?:reached|estimable|available|evaluable|calculable)|n[re]\b)"
)
CONTROL: Final = re.compile(
    r"\b(?:untreated|untransplanted|controls?|historical|previous|literature|compared (?:with|to)|versus|"
    r"vs\.?|placebo|"
    r"non-?transplanted)\b[^.;]{0,50}$"
)
"""Words that lead to a figure of others."""
CONTROL_GROUP: Final = re.compile(
    r"\b(?:untreated|untransplanted|controls?|historical|placebo|sham|non-?transplanted)\b"
)
SEVERAL: Final = re.compile(r"\b(?:and|,) (?:(?:[\w-]+ ){0,2}|\d-year )$")
"""A kind that stands in a list of kinds: "PFS and overall survival were 40% and 60%"."""

DIFFERENCE: Final = re.compile(
    r"\b(?:difference|gain|improvement|change|increase|decrease|reduction)s? (?:in|of) (?:[\w-]+ ){0,4}$"
)
"""Words that make a figure a difference of two."""
_PEOPLE = (
    r"(?:patients|participants|children|boys|girls|infants|newborns|neonates|babies|adults|women|men|males|"
    r"females|"
    r"individuals|people|subjects|siblings|recipients|survivors|groups?|cohorts?|arms?|those)"
)
_GROUP = (
    r"(?:(?:the |all |our )?(?:(?!after\b|and\b|at\b|to\b|than\b|versus\b|vs\b|with\b|of\b)[\w'/-]+ ){0,6}?"
    rf"{_PEOPLE}\b(?: (?:with|without|who|given|treated|transplanted|receiving|assigned|allocated|"
    r"randomi[sz]ed|in|of|from) [\w'-]+"
    r"(?: (?!and\b|after\b|at\b|versus\b|vs\b|compared\b)[\w'-]+){0,4})?)"
)
TAIL: Final = re.compile(
    rf"(?: (?:at|after) (?:(?P<time>{_NUMBER_WORD}) (?P<unit>year|month|week)s?|"
    r"(?P<unit2>year|month|week) (?P<time2>\d{1,3})))?"
    rf"(?:,? (?:(?:in|among|for) (?P<group>{_GROUP})|"
    r"(?P<arm>(?:with|for|on|in|after) (?:the )?(?!\d|an? |95|which|whom|this|all\b|respect)[\w+/-]+"
    r"(?: (?!and\b|or\b|but\b|than\b|versus\b|vs\b|compared\b|was\b|were\b)[\w+/-]+){0,3})"
    r"(?=[,;.)]| (?:and|versus|vs|compared|but|\())))?"
)
"""What follows a figure: when, and in whom."""
AMONG: Final = re.compile(
    rf"\b(?:in|among|for|of) (?P<group>{_GROUP}),? (?:the |an? )?(?:estimated |[\w-]*year |overall )*$"
)
