"""Patterns by which ``people`` weighs a count of people and finds one person described; owns no rule."""

from __future__ import annotations

import re

from leukonlp.studies.numbers import NUMBER, UNIT
from leukonlp.studies.reading import Part

MANY = (
    "patients outpatients inpatients participants subjects volunteers children boys girls infants "
    "newborns neonates babies "
    "adults adolescents women men males females individuals people persons probands siblings brothers "
    "sisters twins cases "
    "carriers heterozygotes homozygotes respondents toddlers youths veterans smokers recipients students "
    "parents caregivers "
    "physicians"
).split()
ONE = (
    "boy girl man woman male female infant child patient proband newborn neonate adolescent brother "
    "sister teenager lady gentleman"
).split()
MANY_WORDS = tuple(f" {noun}" for noun in MANY)
ONE_WORDS = tuple(f" {noun}" for noun in ONE)
SCREENED_TRIGGERS = ("screened", "eligibility", "approached")
SPOT_TRIGGERS = ("spots", "specimens", "cards")
CONTROL = re.compile(
    r"\b(?:controls?|healthy|normal|unaffected|untreated|comparison|comparator|matched|reference|"
    r"non-?affected|historical|"
    r"non-?transplanted|natural history|disease-free)\b"
)
# Whom a natural history study follows.
UNTREATED = re.compile(r"\b(?:untreated|non-?transplanted)\b")
NUMBERED = re.compile(
    r"\b(?:type|stage|phase|group|grade|class|days?|weeks?|months?|years?|cohort|arm|level|table|part|"
    r"version|ages?|aged|over|under|"
    r"than|least|per|every|(?:1|one|once|approximately \d) in|dose|step|visit|p|n|hiv|covid|plus|score|"
    r"case|patient|"
    r"until|since|in (?:19|20))[ -]?$|[<>=≥≤~±/]\s?$|\b\d[\d.,]* ?(?:-|to) ?$|1 : ?$"
)
DENOMINATOR = re.compile(
    rf"(?<!every )(?<!any ){NUMBER} (?:\([^)]{{1,20}}\) )?(?:(?:out )?of|from)(?: (?:the|these|our|"
    rf"all))? ?$|/ ?$"
)
PART_OF = re.compile(
    r"\b(?:of (?:these|them|whom|those|the)|including|include[ds]?|only|remaining|other|another|"
    r"additional(?:ly)?|further|except|excluding|"
    r"of which|respectively|identified in|developed in|occurred in|observed in|seen in|found in|"
    r"present in|reported in|detected in|"
    r"died|while|whereas|lost|normal in|improved in|stable in|abnormal in|performed in)(?:,| by| the| for|"
    r" an)? ?$"
)
TAKEN = (
    r"enrol(?:l?ed|led|ment)|includ(?:ed|es)|recruited|randomi[sz]ed|randomly (?:assigned|allocated)|"
    r"treated|stud(?:ied|y)|"
    r"analy[sz]ed|evaluated|assigned|examined|reviewed|investigated|assessed|transplanted|entered|accrued|"
    r"participated|"
    r"allocated|identified|underwent|received|followed|observed|surveyed|tested|interviewed|compared|"
    r"given|took"
)
BEFORE = re.compile(
    rf"(?:\b(?:{TAKEN}|we (?:report|describe|present)|report(?:s|ed)?|describe[ds]?|present(?:s|ed)?|"
    rf"data (?:from|of|on|for)|"
    r"total(?: number)? of|cohort of|series of|sample of|group of|population of|comprised|consisted of|"
    r"comprising|characteri[sz]ed|"
    r"records of|results (?:of|from|in)|experience (?:of|with|in)|outcomes? (?:of|in|for)|findings in|"
    r"survey of|analysis of|"
    r"study of|trial (?:in|of|with)|performed (?:in|on)|conducted (?:in|on|"
    r"with))\b(?:,? (?:\w+ ){0,3}(?:of|in|from|with|on)?)?|^in) ?$"
)
AFTER = re.compile(
    rf"(?: \([^)]{{1,80}}\)|,? (?!and\b|but\b|while\b)[\w/'-]+,?){{0,9}}? ?,? ?\b(?:were|was|have been|"
    rf"had been|are|who|will be|had)? ?"
    rf"(?:(?:prospectively|retrospectively|successfully|also|then|subsequently|finally|consecutively|"
    rf"\w+ly) )?(?:{TAKEN})\b"
)
FARED = re.compile(
    r"(?: \w+){0,3} (?:died|developed|experienced|showed|had|remained|improved|survived|discontinued)\b"
)
CONTROL_AFTER = re.compile(
    r" (?:(?!and\b|or\b|with\b|to\b)\w+ ){0,2}?(?:controls|without|matched|who had (?:not|never))\b"
)
AMONG = re.compile(r"\b(?:in|of|from|among|to|into)(?: these| all| the)? $")
ARM = re.compile(
    r"[^.;]{0,60}\b(?:placebo|control group|control arm|(?:drug|treatment|intervention) (?:group|arm))\b"
)
SUBSET = re.compile(
    r" (?:with|who had|having) (?:paired|available|complete|evaluable|sufficient|follow-up)\b"
)
SHARE = re.compile(r"[^.;,]{0,25}\(\s?\d{1,3}(?:\.\d+)? ?%|[^.;,]{0,10} \[\d{1,3}(?:\.\d+)?%")
SCREENED = re.compile(
    r"(?: [\w-]+){0,4}? (?:(?:were|was|have been) )?(?:initially |pre-?)?(?:screened\b(?! positive)|"
    r"assessed for eligibility|approached|invited|referred|contacted)|"
    r"(?: [\w-]+){0,5}? for (?:eligibility|inclusion)\b"
)
# "The study included 61 patients referred to us": taken, however they came.
INCLUDED = re.compile(r"\b(?:included|enrolled|studied|reviewed|analy[sz]ed|treated) (?:all |a total of )?$")
COMPRISED = re.compile(r"\b(?:study|trial|cohort|series|analysis|we) included (?:all |a total of )?$")
TESTED = re.compile(r"[^.;]{0,40}\b(?:tested|analy[sz]ed|measured|evaluated|screened|studied)\b(?! positive)")
SPOTS = re.compile(r"\b(?:spots|samples|specimens|cards) (?:from|of) (?:\w+ )?$")
BARE = re.compile(
    rf"({NUMBER}) (?:(?:were|was) )?(?:then |finally |subsequently )?"
    r"(?:enrol(?:l?ed|led)|treated|included|randomi[sz]ed|infused|transplanted|randomly assigned)\b"
)
# "We screened 120 men and enrolled 77."
BARE_AFTER = re.compile(
    rf"\b(?:enrol(?:l?ed|led)|treated|included|randomi[sz]ed|infused|transplanted|randomly "
    rf"assigned|recruited) "
    rf"({NUMBER})(?![\w-])(?! ?(?:%|percent|{UNIT}|mg|times|to\b|:))"
)
# After screening for a trial these say who was taken, too.
BARE_TOOK = re.compile(
    rf"({NUMBER}) (?:(?:were|was|then|finally|subsequently) )*"
    r"(?:received|completed|underwent|took part|participated|entered|given|dosed|allocated|"
    r"assigned|recruited)\b"
)
BARES = (BARE, BARE_AFTER, BARE_TOOK)
# "Of these, 16 were enrolled" at the head of the sentence after the one about screening.
OPENING = re.compile(rf"\s*(?:(?:of|among) (?:these|them|whom),? )?{BARE.pattern}")
# A search for carriers of something is no screening for a trial.
SCREENED_FOR = re.compile(
    r"\b(?:screened|tested)(?: [\w-]+){0,5}? for (?!(?:the |this |our )?(?:eligibility|inclusion|"
    r"enrol|participation|trial|study))"
)
BARE_SCREENED = re.compile(
    rf"({NUMBER}) (?:(?:were|was|had been) )(?:initially |first )?(?:screened|assessed for eligibility|"
    rf"approached)\b"
)
# "Of 44 children assessed, 36 were enrolled": more were looked at than taken.
OF = re.compile(r"\bof (?:a total of |all )?$")
LOOKED_AT = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:assessed|evaluated|considered|tested|seen|examined),[^.;]*?"
    r"\b(?:enrol(?:l?ed|led)|included|eligible|randomi[sz]ed|entered|treated)\b"
)
BABIES = (
    r"(?:dried )?(?:blood )?(?:spots?|samples|specimens|cards) (?:of|from) (?:[\w-]+ ){0,2}?(?:newborns?|"
    r"neonates?|infants|babies)"
)
SPOT_COUNT = re.compile(rf" {BABIES}\b")
SCREENED_BEFORE = re.compile(r"\b(?:screened|assessed for eligibility|approached|invited)[ ,:]*$")
ANYBODY = re.compile(rf"(?:{'|'.join(MANY)})\b")
SUBJECTS = re.compile(rf"(?:{'|'.join(MANY)}) [(\[]$")
SIZE = re.compile(r"\bn ?= ?(\d{1,3}(?:[, ]\d{3})+|\d{1,7})\b")
AGED = rf"(?:\d{{1,3}}(?:\.\d)?|{NUMBER})(?: |-)(?:and-a-half-|1/2 )?{UNIT}(?: |-)old"
ONE_AGED = re.compile(rf"\b(?:an?|the|one|this|our) (?:[\w-]+,? ){{0,4}}?{AGED},? (?:[\w-]+,? ){{0,4}}$")
ONE_BEFORE = re.compile(r"\b(?:an?|one|single|this|our) (?:[\w-]+,? ){0,4}$")
# A patient whose cells are studied is no patient of the report.
TISSUE = re.compile(
    r"\b(?:cells?|ipscs?|fibroblasts|lymphoblasts?|leu[ck]ocytes|lines?|tissues?|biops(?:y|ies)|organoids|"
    r"brains?|myotubes) "
    r"(?:lines? )?(?:\w+ )?(?:from|of) (?:[\w-]+ ){1,3}$"
)
TISSUES = re.compile(TISSUE.pattern.replace("{1,3}", "{0,3}"))
ONE_AFTER = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:with|who|in whom|presenting|presented|diagnosed|affected|treated|harbou?ring)\b"
)
DESCRIBED = re.compile(
    r"\b(?:patients|participants|subjects|volunteers|children|boys|girls|infants|newborns|adults|women|"
    r"men|individuals|people|"
    r"probands|siblings|brothers|families|caregivers|respondents) (?:[\w-]+ ){0,5}?(?:were|underwent|"
    r"received|who|had|completed|showed|"
    r"will be|treated|enrolled|admitted|diagnosed|referred|undergoing|receiving|aged|from)\b"
)
TITLE = re.compile(
    r"\b(?:in|of|among|for|from|with) (?:[\w-]+ ){0,5}?(?:patients?|children|boys|girls|infants|newborns|"
    r"adults|women|men|individuals|"
    r"people|siblings|brothers|sisters|family|families|participants|volunteers|subjects)\b"
    r"(?!'?s?'? (?:[\w-]+ ){0,3}?(?:cells?|fibroblasts|neurons|organoids|tissues?|leu[ck]ocytes)\b)"
)
PARTS: dict[Part | None, int] = {
    "title": 3,
    "methods": 2,
    "objective": 1,
    "results": 1,
    None: 1,
    "background": -4,
    "conclusions": -2,
}
