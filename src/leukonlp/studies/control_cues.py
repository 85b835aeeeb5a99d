"""Words for comparators and for blinding. Owns patterns and their triggers only; matched on plain text."""

from __future__ import annotations

import re
from typing import Final

_GROUP = (
    r"(?:arms?|groups?|cohorts?|controls?|patients|participants|siblings?|children|comparators?|boys|"
    r"individuals|subjects)"
)
_ROLE = r"(?:or|versus|vs\.?|than|compared (?:with|to))"

COMPARATORS: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = (
    (
        "placebo",
        ("placebo", "sham", "dummy"),
        re.compile(
            rf"\b(?:(?:placebo|sham|vehicle)(?:[- ]|, )(?:\w+[- ])?(?:controll?ed|controls?|{_GROUP}|"
            rf"treated|recipients?)|"
            r"(?:or|versus|vs\.?|and|with|to|than|receive|received|by|on|of|either|plus) (?:an? |the |"
            r"matched |matching |oral |double-dummy |inactive )*(?:placebos?|"
            r"sham)\b|(?:matching|matched|identical) placebos?|placebos? (?:\([^)]{1,30}\)|for \d|or\b|"
            r"versus|vs\b|once|twice|daily)|"
            r"sham (?:procedure|injections?|stimulation|treatment|surgery|acupuncture|tms))"
        ),
    ),
    (
        "natural_history",
        ("natural history", "natural-history"),
        re.compile(
            rf"\b(?:(?:untreated|matched|external|historical) (?:[\w-]+ ){{0,3}})?natural[- ]history "
            rf"(?:comparison |control |comparator |"
            rf"reference )*(?:{_GROUP}|data|study|dataset)"
        ),
    ),
    (
        "untreated",
        ("untreated", "no treatment", "no-treatment", "no intervention", "observation", "wait", "no therapy"),
        re.compile(
            rf"\b(?:(?<!previously )untreated (?:[\w-]+ ){{0,2}}(?:siblings?|controls?|control (?:group|"
            rf"arm)|arms?|comparators?)|"
            rf"(?:compared (?:with|to)|versus|vs\.?|than|or|and) (?:[\w-]+ ){{0,2}}(?<!previously "
            rf")untreated (?:[\w-]+ )?{_GROUP}|"
            rf"(?:or|versus|vs\.?) (?:to )?(?:receive )?(?:observation(?: (?:alone|only))?\b|no (?:further "
            r"|additional )?(?:[\w-]+ )?"
            rf"(?:treatment|therapy|intervention|prophylaxis|medication|supplement\w*|drugs?)\b|(?:remain "
            rf")?untreated\b)|"
            rf"no[- ](?:treatment|intervention|therapy) {_GROUP}|wait(?:ing)?[- ]?list(?:ed)? (?:controls?|"
            rf"groups?|arms?|condition))"
        ),
    ),
    (
        "standard_care",
        (
            "usual care",
            "standard",
            "routine care",
            "as usual",
            "usual treatment",
            "conventional",
            "supportive care",
            "best medical",
        ),
        re.compile(
            rf"\b(?:{_ROLE} (?:the |an? |their |to |with |receive |continued? ){{0,3}}(?:usual care|"
            rf"(?:treatment|care) as usual|usual treatment|(?:current )?standard(?:[- ]of[- ]care| "
            rf"(?:medical )?care\b| (?:medical )?(?:treatment|"
            rf"therapy|management)\b)|routine care|conventional (?:care|treatment|therapy|management)|best "
            rf"(?:supportive|medical|available) (?:care|"
            rf"treatment|therapy|management))|(?:usual|standard|conventional)[- ](?:of[- ])?(?:care|"
            rf"treatment|therapy) (?:{_GROUP}))"
        ),
    ),
    (
        "dose",
        ("dose-ranging", "dose ranging", "low-dose", "low dose", "lower dose", "lower-dose", "doses of"),
        re.compile(
            r"\b(?:dose[- ]ranging|(?:high(?:er)?|low(?:er)?|standard|full|intermediate)[- "
            r"]dose\b[^.;]{0,50}? (?:versus|vs\.?|or|compared (?:with|to)) "
            r"(?:an? |the )?(?:high(?:er)?|low(?:er)?|standard|reduced)[- ]dose\b|(?:two|three|four|"
            r"different) (?:[\w-]+ ){0,2}doses of"
            r"(?=[^.;]{0,120}\brandom))"
        ),
    ),
    (
        "active",
        (
            "active-control",
            "active control",
            "active compar",
            "active-compar",
            "active treatment",
            "comparator",
        ),
        re.compile(
            r"\bactive[- ](?:treatment[- ])?(?:controll?ed|controls?|comparators?|comparison)\b|"
            r"\bcomparator (?:drug|arm|group)s?\b"
        ),
    ),
    (
        "none",
        (
            "single-arm",
            "single arm",
            "one-arm",
            "uncontrolled",
            "non-comparative",
            "noncomparative",
            "single-group",
            "single group",
            "no control",
            "control group",
            "non-controlled",
        ),
        re.compile(
            r"\b(?:(?:single|one)[- ](?:arm|group)\b(?! of)|(?<!poorly )uncontrolled,?(?= (?:[\w-]+,? "
            r"){0,4}?(?:trial|study|pilot|series|"
            r"phase|prospective|open|case))|non-?comparative|non-?controlled|no (?:[\w-]+ )?control "
            r"(?:group|arm)|(?:lack|absence) of (?:an? )?control (?:group|arm)|"
            r"without (?:an? )?control (?:group|arm))"
        ),
    ),
)
"""Comparators in the order in which they are believed: value, triggers, pattern."""

# "were randomly assigned to receive drug A or drug B", "randomised to A (n = 20) or B".
RANDOM_ARMS: Final = re.compile(
    r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|randomly|assigned|allocated) "
    r"(?:\([^)]{1,25}\) |\d ?: ?\d(?: ?: ?\d)? |equally |in a [\w: ]{1,12}ratio )?"
    r"(?:\d[\w,]* (?:[\w-]+ ){1,6}?)?"
    r"(?:to|into) (?:(?:receive|either|be given|treatment with|therapy with|undergo) ){0,3}(?!one of|two "
    r"groups|three groups|four groups|\w+ groups)"
    r"[^.;]{3,140}? (?:or|versus|vs\.?) (?:to )?(?:receive )?(?!more\b|less\b|equal\b|not\b|no\b|without\b|"
    r"greater\b|placebo\b|to\b|\d|(?:an? |the )?(?:(?:inactive|matched|waiting|passive) )?(?:controls?|"
    r"saline|vehicle|sham|usual)\b)\w[\w-]*(?: [\w-]+)?"
)
RANDOM: Final = re.compile(
    r"\brandomi[sz]ed(?! (?:controlled )?trials (?:have|are))|\brandomly (?:assigned|allocated|divided|"
    r"received)"
)
TITLE_ARMS: Final = re.compile(
    r"[\w-]+(?: [\w-]+)? (?:versus|vs\.?|(?:as )?compared (?:with|to)) (?!placebo|controls?\b)\w[\w-]*(?: "
    r"[\w-]+)?|"
    r"\b(?:comparison|comparing) (?:of |between )?[^.;:]{3,60}? (?:and|with|versus|vs\.?|to) \w[\w-]*(?: "
    r"[\w-]+)?"
)
DENIED: Final = re.compile(
    r"\b(?:no|not|never|without|lack(?:s|ed|ing)?(?: of)?|absence of|instead of|rather than|non|"
    r"previous(?:ly)?|prior|earlier|future|"
    r"further|larger|meta-analysis of|review of)[ -](?:an? |the |any )?(?:[\w-]+[ ,]+){0,3}$"
)
COMPARES: Final = re.compile(
    r"\b(?:compar\w+|controls?|versus|vs|against|matched|external(?:ly)?|than|untreated)\b"
)
"""Words of a sentence in which a natural history is what the treated are compared with."""
POINTS_AWAY: Final = re.compile(
    r"\b(?:previous|prior|earlier|past|recent|other|another|future|further|larger|next|warrant|need|plan|"
    r"ongoing|has been|have been|had been|literature|publish|review|meta-|extension|follow|continu|after|"
    r"completed|trials\b|studies\b|support|encourag|await|before|show|suggest|requir|lack)"
)
"""Words without which a sentence speaks of this study."""
EXTENSION: Final = re.compile(
    r",? (?:[\w-]+,? ){0,3}?(?:extensions?|phase(?! [\div])|periods?|follow-?up|roll-?over|run-?in|"
    r"continuation|lead-?in)\b"
)

_HOW = r"[- ]?(?:blind(?:ed|ing)?|mask(?:ed|ing)?)\b"
BLINDING: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = (
    ("quadruple_blind", ("quadruple",), re.compile(rf"\bquadruple{_HOW}")),
    ("triple_blind", ("triple", "treble"), re.compile(rf"\b(?:triple|treble){_HOW}")),
    ("double_blind", ("double",), re.compile(rf"\bdouble{_HOW}|\bdoubly[- ](?:blind|mask)ed\b")),
    (
        "single_blind",
        ("single", "observer", "evaluator", "assessor", "investigator", "rater", "blinded", "masked"),
        re.compile(
            r"\b(?:(?:single|observer|(?:outcome[- ])?evaluator|(?:outcome[- ])?assessor|investigator|"
            rf"examiner|rater|patient){_HOW}|"
            r"(?:blinded|masked)[- ](?:end-?points?|assessors?|outcomes? assess\w+|observers?|evaluators?))"
        ),
    ),
    (
        "open_label",
        ("open", "unblind", "non-blind", "nonblind", "unmask", "not blinded", "not masked"),
        re.compile(
            r"\b(?:open[- ]label(?:l?ed)?|open,? (?=(?:[\w/-]+,? ){0,5}(?:trial|study)\b)|un-?(?:blind|"
            r"mask)ed(?= (?:[\w-]+,? ){0,4}?(?:trial|study|randomi[sz]ed))|non-?(?:blind|mask)ed|"
            r"(?:was|were|not) not (?:blind|mask)ed)\b"
        ),
    ),
)
"""Kinds of blinding: value, triggers, pattern."""
