"""Patterns by which ``people`` weighs a count of people and finds one person described; owns no rule."""

from __future__ import annotations

import re

from leukonlp.studies.numbers import NUMBER, UNIT

MANY = (
    "patients outpatients inpatients participants subjects volunteers children boys girls infants "
    "newborns neonates babies sibs propositi "
    "adults adolescents women men males females individuals people persons probands siblings brothers "
    "sisters twins cases "
    "carriers heterozygotes homozygotes respondents toddlers youths veterans smokers recipients students "
    "parents caregivers relatives migraineurs spouses "
    "physicians nurses workers employees users enrollees residents donors survivors mothers fathers couples "
    "dyads athletes swimmers runners cyclists players soldiers conscripts teenagers schoolchildren "
    "preschoolers twins responders drinkers diabetics asthmatics alcoholics cirrhotics hypertensives "
    "parturients beneficiaries members seniors elders clinicians practitioners professionals surgeons "
    "doctors pharmacists specialists therapists primiparas primigravidas graduates charts controls "
    "referents pts in-patients out-patients americans africans asians caucasians hispanics europeans "
    "drivers clients consumers prisoners inmates pupils trainees teachers learners undergraduates "
    "firefighters miners farmers officers servants octogenarians nonagenarians centenarians attendees "
    "applicants providers refugees migrants immigrants villagers"
).split()
# Nouns of two words, of which the first by itself ends a count.
PAIRED = ("mutation carriers", "variant carriers", "family members")
# What is counted for people now and then: a weaker sign.
EVENTS = (
    "transplants transplantations hscts allografts admissions pregnancies deliveries births pairs "
    "responses questionnaires surveys"
).split()
RELATED = re.compile(r"mother|maternal|parent|child|patient|caregiver|twin|sibling")
ONE = (
    "boy girl man woman male female infant child patient proband newborn neonate adolescent brother "
    "sister teenager toddler lady gentleman recipient individual person adult"
).split()
MANY_WORDS = tuple(f" {noun}" for noun in (*MANY, *PAIRED, *EVENTS))
ONE_WORDS = tuple(f" {noun}" for noun in ONE)
CONTROL = re.compile(
    r"\b(?:controls?|healthy|normal|unaffected|(?<!previously )untreated|comparison|comparator|matched|"
    r"reference|non-?affected|historical|"
    r"non-?transplanted|natural history|disease-free)\b"
)
CONTROL_BEFORE = re.compile(
    r"\b(?:control|comparison|reference|comparator) (?:group|cohort|arm|population)s? "
    r"(?:was |were |is |are )?(?:consist(?:ed|s|ing) of|compris(?:ed|es|ing)|composed of|included|"
    r"of)(?: the| a total of)? $"
)
OF_OTHERS = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:from|of|in) (?:an?|the|our) (?:[\w-]+ ){0,3}?(?:natural[- ]history|historical|"
    r"registry|external)\b"
)
AS_CONTROLS = re.compile(r"[^.;]{0,80}\b(?:served|acted|used) as (?:[\w-]+ )?controls\b")
COMPARED_WITH = re.compile(
    r"\bcompar\w+ (?:with|to|against) (?:(?:those|that|data|results) (?:of|in|from) )?(?:the |a group of )?$"
)
ABSENT = re.compile(r"\b(?:neither|nor)(?: in| of)?(?: the| any of(?: the)?)? $")
"""Words right before those of whom something is told only to say that they lack it."""
REPORTED = re.compile(r"\b(?:(?:previously|already|formerly) (?:reported|described|published)|literature)\b")
# "Noted in few of the 105 patients of the largest series".
REPORTED_AFTER = re.compile(
    r" (?:of|in|from) (?:the|an?) (?:largest|(?:previously )?published|(?:previously )?reported|previous|"
    r"earlier|original) (?:[\w-]+ )?(?:series|reports?|cohorts?|stud(?:y|ies)|review)\b"
)
REPORTED_BEFORE = re.compile(
    r"\b(?:recently|previously|originally|elsewhere|first) (?:described|reported|published|observed|found) "
    r"(?:in|by|for) (?:the )?$"
)
# Healthy people are the study's own where it counts nobody else.
AGAINST = re.compile(r"\b(?:controls?|compar\w+|matched|referents|historical|untreated|natural history)\b")
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
CONTROL_AFTER = re.compile(
    r" (?:(?!and\b|or\b|with\b|to\b|were\b)\w+ ){0,2}?(?:controls|without|matched|who had (?:not|never))\b"
)
# "57 adults (56% female)" are described, "12 adults (16%)" are a part.
SHARE = re.compile(
    rf"(?:(?! (?:and|or) {NUMBER})[^.;,(]){{0,25}}"
    r"[(\[]\s?\d{1,3}(?:\.\d+)? ?%(?! ?(?:\w+ )?[a-z])"
)
# "The study included 61 patients referred to us": taken, however they came.
INCLUDED = re.compile(r"\b(?:included|enrolled|studied|reviewed|analy[sz]ed|treated) (?:all |a total of )?$")
# "32 were treated": words for people taken, with a number before them instead of a noun.
TAKEN_WORDS = tuple(
    f" {verb}"
    for verb in (
        "enrolled enroled included treated recruited randomized randomised randomly infused "
        "transplanted dosed analyzed "
        "analysed evaluated studied assigned eligible received completed underwent participated each entered "
        "divided interviewed surveyed met fulfilled"
    ).split()
)
BETWEEN = frozenset("were was have been had then finally subsequently also successfully".split())
# Without "were" these may be adjectives: "three randomised trials".
BARE_END = re.compile(
    r" (?:received|completed(?! (?:(?!the |this |our )[^ .;,]+ ){0,3}?(?:phase|trials|studies)\b)|"
    r"underwent|participated|each|entered)\b|"
    r" (?:met|fulfilled) (?:the |our |all )?(?:[a-z]+ ){0,2}criteria\b|"
    r" [a-z]+(?=[.;)]|$| (?:to|into|and|at|by|assigned|allocated)\b)"
)
TOTAL_WORDS = tuple(
    f"{words} "
    for words in (
        "total of|groups of|sample of|cohort of|series of|population of|consisted of|sample size of|"
        "sample size is|"
        "sample size was|enrolled|included|randomized|randomised|recruited|treated|include|recruit|"
        "enroll|enrol"
    ).split("|")
)
# "The number of patients randomised was 397."
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d,?")
"""A number without a noun that may as well be a year: "between 1995 and 1999, 46 patients"."""
NUMBER_WORDS = ("number of ",)
NUMBER_OF = re.compile(rf"[a-z]{{5,12}}(?: \w+){{0,3}} ?(?:was|is|were|=|:) ({NUMBER})(?![\w.-])")
# "A sample size of 80", "we enrolled 77": no noun follows, or one that nobody foresaw.
TOTAL_BARE = re.compile(
    rf"({NUMBER})(?![\w-])(?! ?(?:%|percent|{UNIT}|mg|times|to\b|:|(?:[\w-]+ )?(?:trials|studies|"
    rf"centers|centres|"
    rf"sites|hospitals|countries))(?! (?:[\w-]+ ){{1,4}}(?:performed|obtained|collected|done|carried out) "
    rf"(?:in|on|from|at)\b))"
)
# "56 patients received drug A and 58 drug B": an arm without a noun.
ARM_BARE = re.compile(
    rf"(?:,|;| and| or| versus| vs\.?| while| whereas)(?: and)?(?: the)?(?: other| remaining)? ({NUMBER})"
    r"(?: (?:(?:were|was) )?(?:to(?! \d)|in|on|received?|assigned|allocated|given|treated|took|underwent)\b|"
    rf"(?! ?(?:{UNIT}|percent|mg|mcg|microg|g|kg|ml|iu|u|mmol|times|doses|courses|eyes)\b)(?= "
    rf"[a-z][\w/-]{{1,14}}[.;,)]))"
)
# "23 and 22 patients", "50 hypertensive and 17 normotensive subjects".
JOINING = (" and ", " or ", " versus ", " vs ", " vs. ", ", ")
ARM_BEFORE = re.compile(
    rf"({NUMBER})(?! ?{UNIT}\b)(?: (?!were|was|who|with|patients|subjects|adults|children)[a-z][\w-]*){{0,2}}"
    r"(?: \([^()]{1,12}\))?(?: (?:and|or|versus|vs\.?)|,|, (?:and|or)) $"
)
# "Two hundred received drug A, 198 received B": arms told by verbs alone.
GIVEN = re.compile(
    r"(?: (?:were|was))? (?:received|randomi[sz]ed to|assigned to|allocated to|given|treated)\b"
)
# Of things that take no part: "60 eyes were randomly assigned".
THINGS = frozenset(
    "samples eyes rats mice trials studies sites centers centres hospitals teeth cells knees limbs hips "
    "schools clinics practices villages clusters wards dogs pigs rabbits animals sheep cats implants lesions "
    "embryos specimens articles papers reports records years months weeks days doses times groups arms units "
    "blocks households items variables images scans grafts kidneys livers hearts procedures operations "
    "tumors tumours biopsies questionnaires communities pharmacies nests plots monkeys teeth "
    "families kindreds pedigrees chromosomes alleles mutations genes loci variants interviews sessions calls "
    "visits scans examinations reviews inhabitants sows piglets calves cows heifers lambs goats horses foals "
    "broilers hens chicks birds larvae plants leaves".split()
)
SORTED_WORDS = frozenset(
    (
        " randomized",
        " randomised",
        " randomly",
        " recruited",
        " enrolled",
        " divided",
        " interviewed",
        " surveyed",
    )
)
# "24 were randomly assigned to surgery and 26 to rest", "we allocated 480 to letters and 472 to calls".
ALLOTTED_WORDS = (" assigned", " allocated", " randomized", " randomised", " randomly")
ALLOTTED = re.compile(
    rf"({NUMBER})(?: (?:[\w-]+ )?[a-z]+s)? (?:were|was) (?:randomly |then )?"
    rf"(?:assigned|allocated|randomi[sz]ed) to [^.;,\d]{{1,90}}?,? (?:and|versus|vs\.?) ({NUMBER})"
    r"(?: [a-z]+s)? (?:(?:were|was) )?(?:(?:randomly )?(?:assigned|allocated|randomi[sz]ed) )?to(?! \d)\b|"
    rf"(?:assigned|allocated|randomi[sz]ed) ({NUMBER})(?: [a-z]+s)? to [^.;,\d]{{1,90}}?,? and "
    rf"({NUMBER})(?: [a-z]+s)? to(?! \d)\b"
)
# "Of the 174 persons seen, 24 were randomly assigned": right before the first arm.
OF_SEEN = re.compile(
    rf"\b(?:of|from) (?:the |these |our )?{NUMBER} [^.;]{{1,80}}, (?:we )?(?:then )?(?:randomly )?$"
)
# "101 were randomised and 50 received the drug": of whom.
STAGED = re.compile(
    r" (?:(?:were|was) )?(?:randomi[sz]ed|enrolled|recruited|included|screened|registered|accrued|"
    r"randomly assigned),? and (?:of these,? )?$"
)
# "We reviewed 20 of 51 patients": the first number has no noun of its own.
PART_TAKEN = re.compile(
    rf"\b(?:reviewed|studied|included|enrolled|analy[sz]ed|recruited|evaluated|interviewed|surveyed) "
    rf"({NUMBER}) (?:out )?of (?:the |our |these )?$"
)
# "19 patients in each group", "n = 24/group": as many as that, in as many groups as the text says.
_GROUP = r"(?:groups?|arms?|panels?|cohorts?|treatments?|sequences?|regimens?)\b"
EACH = re.compile(
    rf"(?: [\w-]+){{0,5}}?(?: ?/ ?| per | (?:in|to|into|for|within) (?:each|both|either(?! an? )) "
    rf"(?:of \w+ (?:\w+ )?)?(?:[\w-]+ ){{0,2}}?){_GROUP}|(?: [\w-]+)? each\b"
)
EACH_BEFORE = re.compile(rf"\beach (?:[\w-]+ )?{_GROUP}(?: of| consist(?:ed|ing) of| comprised)? ?\(?$")
GROUPED = ("group", "arm", "panel", "cohort", "each")
GROUPS = re.compile(
    r"\b(two|three|four|five|six|[2-6])(?: (?:[\w-]+ ){0,3}?(?:groups|arms|panels|cohorts)\b|"
    r"-(?:arm|group)\b)"
)
# "Two groups of 19 patients."
GROUPS_OF_WORDS = ("groups of ", "arms of ", "panels of ", "cohorts of ")
GROUPS_OF = re.compile(
    r"\b(two|three|four|five|six|[2-9]) (?:[\w-]+ ){0,2}?(?:groups|arms|panels|cohorts) of "
    rf"({NUMBER})(?![\w-])"
)
# Another group, of whom earlier counts do not tell.
MORE = re.compile(
    r"\b(?:another|additional|a further|further|others?|second (?:cohort|sample|series|set|population|centre|"
    r"center)|(?:validation|replication|testing) (?:cohort|sample|set|group|population|series)|"
    r"(?:validated|replicated|tested) in)\b(?! (?:trial|study))"
)
NO_ARM = frozenset(("share", "denominator", "bare", "event", "staff"))
# Words by which one arm follows another.
AND = re.compile(r"\b(?:and|or|versus|vs|while|whereas|compared (?:with|to))\b[^.;]*$")
APART = re.compile(
    r"\b(?:(?:safety|efficacy|treat|protocol) (?:analysis )?(?:population|set)|of whom|"
    r"of which|of these|consent|including|exclu\w+|after|screened|eligible)\b"
)
ARMED = frozenset(f"{place}:{name}" for place in ("before", "after") for name in ("random", "treat"))
ANYBODY = re.compile(rf"(?:{'|'.join(MANY)})\b")
SIZE_FORMS = ("n=", "n =", "(n ", "n:")
SIZE_WORDS = (*SIZE_FORMS, "n :")
SIZE = re.compile(r"(?:n(?<!\wn) ?[=:] ?|\(n )(\d{1,3}(?:[, ]\d{3})+|\d{1,7})\b")
# The comparison group: "placebo (n = 39)", "39 were given placebo".
ARM_WORDS = ("placebo", "control", "untreated", "sham", "usual care", "standard care")
ARM_NAMED = re.compile(
    r"\b(?:placebo|sham|untreated|usual care|standard care|controls?)(?: (?:group|arm|treatment|therapy|"
    r"patients|"
    r"subjects|participants|condition))?(?: \([^()]{1,15}\))? ?[(\[;,]? ?(?:[a-z]{1,5}[;,] ?)?$"
)
ARM_GIVEN = re.compile(
    r"(?: (?:who|were|was|randomly|assigned|allocated|randomi[sz]ed|to|received?|given|receiving|in|on|the|a|"
    r"matching|matched))* (?:placebo|sham|untreated|usual care|standard care|controls?)\b(?!-controlled)"
)
# A case report that names no person: "a case of", "this case report".
ONE_CASE = re.compile(
    r"\b(?:(?:a|an|one|the|this|our|first|unusual|rare|unique) (?:[\w-]+ ){0,2}?case(?: report)?(?= "
    r"(?:of|in|with|is|"
    r"was|describes|illustrates|highlights|posits|demonstrates|study))|(?:report|present|describe)s? "
    r"(?:a|the|this|one|an) "
    r"(?:[\w-]+ ){0,3}?case|(?:a|this) case report|(?:^|[:.] ?)(?:an? )?"
    r"(?:[\w-]+ ){0,2}?case report(?=$|[:.\n]))\b"
)
AGED = rf"(?:\d{{1,3}}(?:\.\d)?|{NUMBER})(?: |-)(?:and-a-half-|1/2 )?{UNIT}(?: |-)old"
ONE_AGED = re.compile(rf"\b(?:an?|the|one|this|our) (?:[\w-]+,? ){{0,4}}?{AGED},? (?:[\w-]+,? ){{0,4}}$")
ONE_BEFORE = re.compile(r"\b(?:an?|one|single|this|our) (?:[\w-]+,? ){0,4}$")
# A patient whose cells are studied is no patient of the report.
TISSUE = re.compile(
    r"\b(?:cells?|ipscs?|fibroblasts|lymphoblasts?|leu[ck]ocytes|lines?|tissues?|biops(?:y|ies)|organoids|"
    r"brains?|myotubes) "
    r"(?:lines? )?(?:\w+ )?(?:from|of) (?:[\w-]+ ){1,3}$"
)
# Cells that are given back: their donors are the patients.
GIVEN_BACK = re.compile(r"\b(?:transduc(?:ed?|ing)|re-?infused|gene-corrected|given back)\b")
TISSUES = re.compile(TISSUE.pattern.replace("{1,3}", "{0,3}"))
ONE_AFTER = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:with|who|in whom|presenting|presented|diagnosed|affected|treated|harbou?ring|"
    r"was (?:first )?(?:referred|admitted|seen|examined|evaluated|born|brought|found|started|noted))\b"
)
DESCRIBED_WORDS = tuple(
    "patients participants subjects volunteers children boys girls infants newborns adults women men "
    "individuals people probands siblings brothers families caregivers respondents".split()
)
DESCRIBED = re.compile(
    rf"\b(?:{'|'.join(DESCRIBED_WORDS)}) (?:[\w-]+ ){{0,5}}?(?:were|underwent|"
    r"received|who|had|completed|showed|"
    r"will be|treated|enrolled|admitted|diagnosed|referred|undergoing|receiving|aged|from)\b"
)
TITLE = re.compile(
    r"\b(?:in|of|among|for|from|with) (?:[\w-]+ ){0,5}?(?:patients?|children|boys|girls|infants|newborns|"
    r"adults|women|men|individuals|"
    r"people|siblings|brothers|sisters|family|families|participants|volunteers|subjects)\b"
    r"(?!'?s?'? (?:[\w-]+ ){0,3}?(?:cells?|fibroblasts|neurons|organoids|tissues?|leu[ck]ocytes)\b)"
)
CASE_TITLE = re.compile(r"\bcase report|\ba case\b|: case")
