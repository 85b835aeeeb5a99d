"""Patterns that part those only looked at (screened, assessed, invited) from those taken; owns no rule."""

from __future__ import annotations

import re

from leukonlp.studies.numbers import NUMBER, UNIT

SCREENED_TRIGGERS = ("screened", "eligibility", "approached")
SPOT_TRIGGERS = ("spots", "specimens", "cards", "blood samples", "dbs")
SCREENED = re.compile(
    r"(?: [\w-]+){0,4}? (?:(?:were|was|have been) )?(?:initially |pre-?)?(?:screened\b(?! positive)|"
    r"assessed for eligibility|approached|invited|contacted)|"
    r"(?: [\w-]+){0,5}? for (?:eligibility|inclusion)\b"
)
TESTED = re.compile(r"[^.;]{0,40}\b(?:tested|analy[sz]ed|measured|evaluated|screened|studied)\b(?! positive)")
SPOTS = re.compile(r"\b(?:spots|samples|specimens|cards|dbs) (?:from|of) (?:\w+ )?$")
LOOKED_WORDS = tuple(
    "screened assessed approached invited contacted referred evaluated identified enrolled opened".split()
)
# "Of 21 children screened, 13 with signs were treated", "38 were assessed and 29 (16 boys) treated": those
# taken, whose noun stands with those looked at.
_THEN_TAKEN = (
    r"(?:was|were) (?:screened|assessed|evaluated|referred|approached|identified|enrolled)"
    rf"(?: for eligibility)?,? (?:and|of whom|of which) ({NUMBER})"
    r"(?=(?: \([^()]{1,60}\))?(?: with [\w-]+(?: [\w-]+){0,3}?)?(?: were)? "
    r"(?:treated|included|dosed|took|received|analy[sz]ed|transplanted|infused|randomi[sz]ed(?! to\b))\b)"
)
OF_SCREENED = re.compile(
    rf"\bof (?:a total of |the |all )?{NUMBER} (?:[\w-]+ ){{0,5}}?(?:(?:who were |were )?(?:screened|"
    rf"assessed|approached|invited|contacted|referred|evaluated)(?: for [\w ]{{1,30}})?|"
    rf"who opened the (?:survey|questionnaire)|invited (?:[\w-]+ ){{0,2}}?"
    rf"[a-z]{{4,}}s), ({NUMBER})(?! ?(?:%|percent|{UNIT})|[\w/-]|[.,]\d)|"
    rf"\b{_THEN_TAKEN}"
)
TAKEN_AFTER = re.compile(
    r"[^.;]*?\b(?:treated|received|took|dosed|included|enrol(?:l?ed|led)|transplanted|given|analy[sz]ed|"
    r"randomi[sz]ed|filled|answered|responded|replied)\b"
)
# "20 were enrolled, of whom 11 received A and 9 B": arms, not those taken.
ANOTHER_ARM = re.compile(
    rf"[^.]*?(?:,|\band|\bwhile|\bwhereas) (?:the (?:other|remaining) )?{NUMBER} (?:(?:were|was) )?"
    r"(?:to|in|on|received?|took|given|treated with|assigned|allocated|placebo|controls?|drug)\b|"
    r"[^.;]{0,40}\b(?:placebo|sham|no treatment|untreated)\b"
)
LOOKED_THEN = re.compile(f" {_THEN_TAKEN}")
BARE_SCREENED = re.compile(
    rf"({NUMBER}) (?:(?:were|was|had been) )(?:initially |first )?(?:screened|assessed for eligibility|"
    rf"approached)\b"
)
# "Of 44 children assessed, 36 were enrolled": more were looked at than taken.
OF = re.compile(r"\b(?:of|among) (?:a total of |all )?$")
LOOKED_AT = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:assessed|evaluated|considered|tested|seen|examined|referred|approached),[^.;]*?"
    r"\b(?:enrol(?:l?ed|led)|included|eligible|randomi[sz]ed|entered|treated|received|took|dosed|transplanted)\b"
)
BABIES = (
    r"(?:dried )?(?:blood )?(?:spots?|samples|specimens|cards) (?:of|from) (?:[\w-]+ ){0,2}?(?:newborns?|"
    r"neonates?|infants|babies)|"
    r"(?:newborn|neonatal|cord|umbilical) (?:[\w()-]+ ){0,3}?(?:spots|samples|specimens|cards|dbs)"
)
SPOT_COUNT = re.compile(rf" (?:{BABIES})\b")
SCREENED_BEFORE = re.compile(r"\b(?:screened|assessed for eligibility|approached|invited)[ :]*$")
# "We screened 57 patients for variants": a test done on those studied; newborns are a population.
SCREENED_FOR = re.compile(
    r"(?: [\w-]+){0,5}? for (?!eligib|inclusi|enrol|particip|recruit|entry|"
    r"the (?:study|trial)|this)(?!.{0,80}?\b(?:enrol|includ|eligib|randomi|recruit))"
)
NEWBORNS = re.compile(r"\b(?:newborn|neonate|infant|bab(?:y|ies)|births)")
