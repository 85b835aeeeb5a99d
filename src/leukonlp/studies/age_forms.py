"""How papers print the ages of people, and when an age is another's or of another time; owns no fact."""

from __future__ import annotations

import re
from typing import Final

from leukonlp.studies.numbers import DECIMAL, UNIT, WORDS

_TO: Final = r" ?(?P<to>-|to|and|through) ?"
_WHO: Final = (
    r"(?:patients?|participants?|subjects?|volunteers?|children|boys?|girls?|infants?|newborns?|adults?|"
    r"adolescents?|women|men|males?|females?|individuals?|people|persons?|recipients?|siblings?|cases)"
)
RANGE: Final = (
    rf"(?P<low>{DECIMAL}) ?(?P<low_unit>{UNIT})?(?: of age)?{_TO}"
    rf"(?P<high>{DECIMAL})(?![\d,]\d)(?:[ -]?(?P<high_unit>{UNIT})\b)?"
)
_SPREAD_WORD: Final = (
    r"(?:\+/-|±|\(|\[)? ?(?:sd|se|sem|s\.d\.|standard deviation|iqr|interquartile range|range|"
    r"q1[ ,-]+q3)(?: ?\[[^\]]{1,10}\])?[)\]]?"
)
CENTRE: Final = re.compile(
    rf"\b(?P<statistic>median|mean|average)(?: {_SPREAD_WORD})? (?P<kind>[\w-]+ )?ages?\b"
    rf"(?P<about>(?: (?!was\b|were\b|of \d|is\b|rang|varied)[\w,'-]+){{0,7}}?)"
    rf"[ ,:=(]{{0,3}}(?:\([^)]{{1,24}}\) ?)?(?: ?{_SPREAD_WORD}[ ,:=]{{1,3}})?(?:was|were|of|is)?"
    rf"(?: (?:approximately|about|around|a))?[ :=]{{0,3}}"
    # "the 26 patients" and "6,848 patients" are no ages
    rf"(?P<value>{DECIMAL})(?![\d,]\d)(?! (?:[\w-]+ )?{_WHO}\b)"
    rf"(?: ?(?:±|\+/-|\+-) ?{DECIMAL}| ?\({DECIMAL}\))?(?:[ -]?(?P<unit>{UNIT})\b)?"
)
"""``median age at transplantation was 18 months``."""
CENTRE_LAST: Final = re.compile(
    rf"\bage[ds]?(?P<about>(?: at [\w' -]{{3,40}}?)?)[ ,:(\[]{{0,3}}(?:in years[ ,)]{{1,2}})?"
    rf"(?:(?:was |of )?(?:an? )?(?P<statistic>median|mean|average)(?: {_SPREAD_WORD})?[ ,:=]{{1,3}}"
    rf"(?:of |was )?"
    rf"(?P<value>{DECIMAL})(?: ?(?:±|\+/-|\+-) ?{DECIMAL})?|"
    rf"(?:was |of )?(?P<value2>{DECIMAL}) ?(?:±|\+/-|\+-) ?{DECIMAL})(?![\d,]\d)(?:[ -]?(?P<unit>{UNIT})\b)?"
)
"""``age (median, 6 years)``, ``aged 52.3 ± 9.0 years``: what stands with a deviation is a mean."""
SPREAD: Final = re.compile(
    rf"(?: of age| old)?[ ,;]{{0,2}}[\[(;,]? ?(?:(?P<kind>range[ds]?|iqr|interquartile range|sd|"
    rf"95% ci)(?: of| from| between)?[ :,=]{{0,3}})?{RANGE}"
)
AGED: Final = re.compile(
    rf"\b(?:aged|ages?d? range[ds]?|ages?|ranging in age|range in age|"
    rf"age)(?: at (?:\w+ ){{1,4}}?)?[ ,:(]{{0,3}}(?:range[ds]?|ranging)?[ :]{{0,2}}"
    rf"(?:from|between|of|was|were)? ?(?:the ages of )?{RANGE}"
)
"""``aged 3-13 years``."""
YEARS_OLD: Final = re.compile(
    rf"\b{_WHO}\b(?: (?!who\b|were\b|was\b|mortality\b|died\b|survival\b)[\w%./-]+){{0,6}}?"
    rf"(?: \([^)]{{1,60}}\))?[ ,(]{{1,3}}(?:from |between )?(?P<said>{RANGE} ?-?(?:of age|old)\b)"
)
"""``children 6 to 18 years of age``."""
WHO_RANGE: Final = re.compile(rf"\b{_WHO} \(?(?P<said>{RANGE})(?= with\b| who\b|[,;)]|\.? ?$)")
"""``boys 2-12 years with``."""
BOUND: Final = re.compile(
    rf"\b(?:aged?[ ,:(]{{1,3}}(?P<sign>>|≥|>/?=|> ?or ?=|⩾|at least|over|above|<|≤|</?=|⩽|under|below|up to|"
    rf"younger than|older than|no older than)?)[ =]{{0,2}}(?P<value>{DECIMAL})(?:[ -]?(?P<unit>{UNIT})\b)?"
    rf"(?: of age| old)?(?: (?:or|and) (?P<way>older|over|above|more|younger|less|under))?|"
    rf"(?P<sign2>>|≥|>/?=|⩾|at least|over|older than|<|≤|</?=|⩽|under|younger than) ?(?P<value2>{DECIMAL})"
    rf"[ -]?(?P<unit2>{UNIT}) (?:of age|old)\b|"
    rf"\b{_WHO}[ ,(]{{1,3}}(?P<value3>{DECIMAL})[ -]?(?P<unit3>{UNIT})(?: of age| old)? (?:or|and) "
    rf"(?P<way3>older|over|above|younger|under)\b"
)
"""``aged 18 years or older``, ``under 12 years of age``."""
OLD: Final = re.compile(
    rf"\b(?:(?P<value>\d{{1,3}}(?:\.\d)?|{WORDS})(?: |-)(?P<unit>{UNIT})(?: |-)old\b"
    rf"(?! (?:[\w-]+ )?(?:rats?|mice|mouse|dogs?|cats?|piglets?|pups|monkeys?|history|problem)\b)|"
    rf"(?:\baged|\bage of) (?P<value2>{DECIMAL}) (?P<unit2>{UNIT})\b(?! (?:and|or|to) (?:older|above|\d)))"
)
"""``a 6-year-old boy``, ``a boy aged 6 years``."""

OTHERS: Final = re.compile(
    r"\b(?:gestational|bone|mental|maternal|paternal|parental|donors?|developmental|equivalent|"
    r"postmenstrual|ages? equivalents?)\b"
)
"""Ages of no patient, or of no time since birth."""
LATER: Final = re.compile(
    r"(?<!early[ -])(?<!late[ -])(?<!adult[ -])(?<!infantile[ -])(?<!juvenile[ -])(?<!childhood[ "
    r"-])\bonset\b|"
    r"\b(?:began|beg[iu]ns?|"
    r"(?:symptoms|signs|disease|illness|seizures|regression) (?:\w+ )?(?:started|appeared|"
    r"developed|occurred)|"
    r"first (?:symptoms?|signs?|seizures?|presentation|manifestations?)|present(?:ed|ing|ation)|manifest\w*|"
    r"diagnos(?:is|ed)|death|died|dying|last|follow(?:-| |ed)|controls?|menopause|walking|loss|lost|"
    r"peak|highest|incidence|between the|estimated|parents|mothers|fathers|caregivers|donors?)\b"
)
"""Signs of an age that the people did not have when they were studied or treated."""
MOMENTS: Final = (
    (
        "treatment",
        re.compile(
            r"\b(?:at|when|of)(?: (?:the|their|first|time|start|initiation|of|hematopoietic|haematopoietic|"
            r"stem[- ]cell|bone[- ]marrow|cord[- ]blood|gene|drug|liver|allogeneic)){0,6} "
            r"(?:treat(?:ment|ed)\b|transplant|hsct|hct|bmt|infus|therapy|dosing|dose\b|injection|surgery|implantation|operation)"
        ),
    ),
    ("onset", re.compile(r"\bonset\b|\bfirst (?:symptoms?|signs?)\b|\bsymptoms? (?:started|appeared|began)")),
    ("diagnosis", re.compile(r"\bdiagnos(?:is|ed)\b")),
)
"""The times that a statistic names, with the words for them."""
_SUBGROUP: Final = (
    r"(?:a?symptomatic|pre-?symptomatic|symptom-free|untreated|non-?transplanted|survivors?|"
    r"deceased|carriers|"
    r"heterozyg\w+|(?:\w+ )?(?:quartiles?|tertiles?|quintiles?)|"
    r"(?:[\w-]+ )?(?:sub)?groups?|arm|without symptoms|with symptoms)\b"
)
SUBGROUP: Final = re.compile(rf"\b{_SUBGROUP}")
"""A part of the people, told apart by symptoms or arm."""
OF_SOME: Final = re.compile(
    rf"\b(?:in|for|among|of|of the) (?:[\w'-]+ ){{0,4}}?{_SUBGROUP}(?:[^.;:]{{0,40}},? (?:the "
    rf")?(?:\w+ )?| )$"
)
SOME_AFTER: Final = re.compile(
    rf"(?: of age| old)?(?: \([^)]{{1,40}}\))?,? (?:(?:in|for|among|of) (?:[\w'-]+ ){{0,4}}?)?{_SUBGROUP}|"
    # "12 months in one group and 60 months in the other": neither is of all
    rf"(?: of age| old)?(?: \([^)]{{1,40}}\))? (?:in|for|among) [^.;]{{1,70}}? "
    rf"(?:and|versus|vs\.?) (?:was )?{DECIMAL}[ -]?{UNIT}\b|"
    rf"[ ]?(?:[\[(][^)\]]{{1,24}}[)\]] )?(?:and|vs\.?|versus) "
    rf"{DECIMAL}(?:[^.;]|\.\d){{0,24}}?(?:, | )respectively|"
    rf"(?: \([^)]{{1,40}}\))?,? (?:versus|vs\.?|compared (?:with|to)) {DECIMAL}"
)
WHEN: Final = re.compile(
    rf"(?: of age| old)?(?: \([^)]{{1,40}}\))? (?:at|of|when|for|from|until) (?:the )?(?:time of )?"
    rf"(?:[\w'-]+ ){{0,3}}?(?:{LATER.pattern})"
)
AFTER: Final = re.compile(r"(?: of age| old)?(?: \([^)]{1,40}\))?(?P<when> (?:at|when) [\w' -]{3,50})")
THEN: Final = re.compile(
    rf"[^.;]{{0,60}}? and (?P<value>{DECIMAL})[ -]?(?P<unit>{UNIT}) (?P<when>(?:at|when) (?:the )?(?:time "
    rf"of |start of )?"
    r"(?:transplant\w*|treatment|therapy|infusion|enrol\w+|inclusion|baseline|study entry|"
    r"examination|evaluation|"
    r"assessment))\b"
)
"""``39 years at onset and 43 years at transplantation``: the second is the one that counts."""
BEFORE_MOMENT: Final = re.compile(
    r"\bat (?:the )?(?:time of )?(?:disease |symptom )?(?P<when>onset|diagnosis)[ ,\w]{0,14}$"
)
PEOPLE: Final = re.compile(rf"\b{_WHO}\b")
SELECTED: Final = re.compile(
    r"\b(?:among|analys[ei]s (?:on|of|in)|expectancy|for|prescri\w+ to|proportion of|incidence|rates?|"
    r"subset of)\b[^.;]{0,40}$"
)
"""Signs that a bound picks some of the people, not those whom the study takes."""
BESIDE: Final = re.compile(
    r"(?: (?!and\b|or\b)[\w'-]+){0,4}?(?: ?\(|,| with an?| whose| of| with)? ?(?:the |their )?"
)
"""What may stand between people and their ages."""
