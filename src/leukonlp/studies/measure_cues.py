"""Outcome measures of the leukodystrophy field, ratios, and how their values are printed.

Owns patterns and their triggers only. All are matched on plain text.
"""

from __future__ import annotations

import re
from typing import Final

MEASURES: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = tuple(
    (name, tuple(triggers.split("|")), re.compile(rf"(?<![\w/-])(?:{form})(?![\w-])"))
    for name, triggers, form in (
        (
            "MFD-free survival",
            "mfd|functional disabilit",
            r"(?:mfd|major functional disabilit(?:y|ies))[- ]free survival|(?:major functional "
            r"disabilities|mfds)",
        ),
        ("Loes score", "loes", r"(?:mri )?loes(?: \w+)? scores?|loes"),
        (
            "GMFM-88",
            "gmfm-88|function measure",
            r"gmfm-88|gross motor function measure(?:[- ]88)(?: \(gmfm(?:-88)?\))?",
        ),
        (
            "GMFM",
            "gmfm|function measure",
            r"gmfm(?:-66)?(?!-88)|gross motor function measure(?!-88| 88)(?: \(gmfm\))?",
        ),
        (
            "GMFC-MLD level",
            "gmfc|motor function classification",
            r"gmfc(?:-mld)?|gross motor function classification(?: system)?(?: in mld| \(gmfc(?:s|"
            r"-mld)?\))?|gmfcs",
        ),
        ("EDSS", "edss|disability status", r"edss|expanded disability status scale(?: \(edss\))?"),
        (
            "6-minute walk distance",
            "walk distance|walking distance|minute walk|min walk|min. walk|6mw|minute-walk",
            r"(?:6|six)[- ]min(?:ute|\.)?[- ]walk(?:ing)?(?:[- ](?:test|distance))*(?: \((?:6mwt|"
            r"6mwd)\))?(?: distance)?|6mw[td](?: distance)?|walk(?:ing)? distance",
        ),
        (
            "timed 25-foot walk",
            "foot walk|25fw|25-foot",
            r"timed 25-?(?:foot|feet) walk(?: test)?(?: \(t25fw\))?|t25fw",
        ),
        (
            "NfL",
            "neurofilament|nfl",
            r"(?:(?:serum|plasma|csf) )?(?:neurofilament light(?:[- ]chain)?(?: \(s?nfl\))?|s?nfl)",
        ),
        ("C26:0/C22:0", "c26", r"c26(?::0)?(?:/| to )c22(?::0)?(?: ratios?)?"),
        ("C26:0-lysoPC", "c26", r"c26:0[- ](?:lyso-?pc|lysophosphatidylcholine|lpc)|lyso-?pc c?26:0"),
        ("C26:0", "c26|hexacosanoic", r"c26:0(?!/|[- ]lyso| to )|hexacosanoic acid"),
        (
            "VLCFA",
            "vlcfa|long-chain fatty|long chain fatty",
            r"vlcfas?|very[- ]long[- ]chain fatty acids?(?: \(vlcfas?\))?",
        ),
        (
            "arylsulfatase A activity",
            "arylsul|arsa",
            r"(?:arylsul(?:f|ph)atase[- ]a|arsa)(?: \(arsa\))?(?: enzym\w+)? activit(?:y|ies)",
        ),
        (
            "galactocerebrosidase activity",
            "galc|galactocerebrosid|galactosylceram",
            r"(?:galactocerebrosidase|galactosylceramidase|galc)(?: \(galc\))?(?: enzym\w+)? activit(?:y|"
            r"ies)",
        ),
        ("psychosine", "psychosine", r"psychosine"),
        ("sulfatides", "sulfatide|sulphatide|lyso", r"(?:lyso-?)?sul(?:f|ph)atides?"),
        (
            "nerve conduction velocity",
            "conduction",
            r"(?:motor |sensory |peripheral )?nerve conduction(?: velocit(?:y|ies)| studies)?(?: "
            r"\(ncvs?\))?",
        ),
        (
            "MRI severity score",
            "mri|resonance",
            r"(?:brain )?(?:mri|magnetic resonance imaging)(?: \(mri\))? (?:severity )?scores?",
        ),
        (
            "Neurologic Function Score",
            "function score|nfs",
            r"neurologic(?:al)? function scores?(?: \(nfs\))?",
        ),
        (
            "Bayley",
            "bayley|bsid",
            r"bayley(?: scales?(?: of infant(?: and toddler)? development)?)?|bsid(?:-i+)?",
        ),
        ("Vineland", "vineland", r"vineland(?:[- ](?:ii|3|adaptive behaviou?r scales?))*"),
        (
            "IQ",
            "intelligence quotient|iq",
            r"(?:full[- ]scale |verbal |performance |non-?verbal )?(?:iq|intelligence quotients?)(?: "
            r"scores?)?",
        ),
        (
            "cognitive function",
            "cogniti",
            r"cognitive (?:functions?|functioning|performance|abilit(?:y|ies)|scores?|development|"
            r"outcomes?|skills)|cognition",
        ),
        (
            "motor function",
            "motor",
            r"(?:gross )?motor (?:functions?|performance|skills|abilit(?:y|ies)|development|milestones)",
        ),
        (
            "ambulation",
            "ambulat|walk independent|independent walking",
            r"ambulation|independent walking|ability to walk|walking ability",
        ),
        ("vector copy number", "copy number", r"vector copy numbers?(?: \(vcns?\))?"),
        ("donor chimerism", "chimerism", r"(?:full |complete |mixed )?(?:donor )?chimerism"),
        ("annualized relapse rate", "relapse rate", r"annuali[sz]ed relapse rates?(?: \(arr\))?"),
        (
            "quality of life",
            "quality of life|quality-of-life",
            r"(?:health[- ]related )?quality[- ]of[- ]life(?: scores?)?",
        ),
    )
)
"""Measures: name, triggers and the words for them."""

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,5})(?:\.\d{1,3})?"
_UNITS = (
    r"%|percent(?:age points?)?|points?|levels?|m/s(?:ec)?|m|met(?:er|re)s?|feet|[pnµμ]g/m?l|[nµμ]mol/m?l|"
    r"[µμn]mol/l|"
    r"[nµμ]mol/[\w/]{1,14}|[nµμ]g/mg|months?|years?|copies(?: per (?:diploid )?genome| per cell)?|seconds?|"
    r"s\b"
)
_FILL = (
    r"(?: (?:at|after|by|in|of|for|among|with|on|during|over)(?: (?!and\b|was\b|were\b|"
    r"but\b)[\w'/.+-]+){1,7}?)?"
)
_ABOUT = (
    r"(?: (?:an? )?(?:mean|median|average|about|approximately|stable at|at|only|least-squares "
    r"mean)(?: (?:of|change of))?)?"
)
VALUE: Final = re.compile(
    r"(?: (?:scores?|levels?|values?|activity|distance|concentrations?|ratios?|test))*(?: \([^)]{1,24}\))?"
    rf"{_FILL}(?: (?:was|were|averaged|reached|remained|of)|[:=]| =|,)(?P<about>{_ABOUT}) ?"
    rf"(?P<value>{_NUMBER})(?![\d.]*\d|-(?:year|month|week|day)|:| (?:of|patients|children|boys|out)\b|"
    rf"/\d)(?: ?(?P<unit>{_UNITS})(?![\w]))?"
)
"""What follows a measure and states its number: "score was 12.5 points"."""
CHANGE: Final = re.compile(
    r"(?: (?:scores?|levels?|values?|activity|distance|concentrations?|ratios?|test))*(?: \([^)]{1,24}\))?"
    rf"{_FILL} (?:had |was |were |also |significantly |markedly |had been )*(?P<verb>increased|decreased|"
    rf"improved|declined|rose|fell|dropped|"
    r"changed|reduced|lower|higher|worsened|deteriorated)(?: significantly)?"
    rf"(?: by(?: an? (?:mean|median|average) of| about| approximately)? (?P<by>{_NUMBER})| "
    rf"(?P<times>{_NUMBER})(?=[- ]?(?:fold|times))| from(?: an? (?:mean|median) of)? (?P<from>{_NUMBER}) "
    rf"?(?:{_UNITS})?(?: at [\w ]{{1,20}})? to "
    rf"(?:an? (?:mean|median) of )?(?P<to>{_NUMBER}))(?![\d.]*\d|:)(?:[ -]?(?P<unit>fold|times|"
    rf"{_UNITS})(?![\w]))?"
)
"""What follows a measure and states how it changed: "increased by 12%", "fell from 5 to 3"."""
SPREAD: Final = re.compile(
    r",? ?[\[(,;] ?(?:(?P<kind>range[ds]?|iqr|interquartile range|95 ?% ?(?:ci|confidence intervals?))(?: "
    r"of| from)?[ :,=\[]{0,3})"
    rf"(?P<low>{_NUMBER}) ?(?:%|[a-z/µμ]{{1,8}})? ?(?:-|to|,|and) ?(?P<high>{_NUMBER})(?![\d.]*\d) ?(?:%|"
    rf"[a-z/µμ]{{1,8}}(?=[;)\]]))?"
)
"""A named interval after a number."""
REPORTED: Final = re.compile(
    r"\b(?:improv(?:ed|ements?)|chang(?:ed|es?)|increased?|decreased?|declin(?:ed?|ing)|stabili[sz](?:ed|"
    r"ation)|remain(?:ed|s)|normali[sz](?:ed|ation)|"
    r"deteriorat(?:ed|ion)|worsen(?:ed|ing)|rose|fell|differ(?:ed|ences?)|higher|lower|better|worse|"
    r"reduced|reductions?|slowed|delayed|"
    r"preserved|maintained|correlated|retained|stable|unchanged|restored|lost|gained|achieved|acquired|"
    r"impaired|affected|associated|normal)\b"
)
"""Words that report a result."""
PLAN: Final = re.compile(
    r"\b(?:we (?:also |then )?(?:measured|assess(?:ed)?|evaluated?|aimed|used|examined|investigated|"
    r"compared|studied)|(?:was|were|is|are) (?:then |also )?(?:measured|"
    r"assessed|evaluated|recorded|determined|analy[sz]ed|used|monitored|performed|obtained|calculated|"
    r"compared)|end ?-?points?|outcome (?:measures?|parameters?)|"
    r"(?:primary|secondary|main) outcomes?|outcomes? included|will be|to (?:assess|evaluate|determine|"
    r"investigate|test)|assessments? included|aim(?:s|ed)?|may|might|could|should)\b"
)
"""Words that plan or describe a measurement and report none."""
P_VALUE: Final = re.compile(r"\(?\bp ?(?:-? ?values?)? ?(?P<sign>[=<>≤≥]) ?(?P<p>0?\.\d{1,6}|1\.0+)")

_RATIO_NAMES = (
    r"hazards? ratio|odds ratio|relative risk|risk ratio|(?:incidence )?rate ratio|relative "
    r"hazard"
)
RATIO: Final = re.compile(
    rf"\b(?P<adjusted>(?:(?:un)?adjusted|pooled|multivaria\w+) )?(?P<name>{_RATIO_NAMES}|a?hr|a?or|a?rr|"
    rf"s?hr)s?\b"
    rf"(?: \((?!95)[a-z]{{2,4}}\)| \[[a-z]{{2,4}}\])?(?:(?: for| of)(?! \d) (?P<for>[\w-]+(?: "
    rf"[\w-]+){{0,5}}?)(?=,| was| were|:| =| \())?"
    rf"[ ,:=\[(]{{0,4}}(?:was |were |of |is )?(?P<value>\d{{1,2}}(?:\.\d{{1,3}})?)(?![\d%])"
)
"""A ratio of two groups and its value."""
RATIO_SPREAD: Final = re.compile(
    r"(?: per [\w -]{1,40}?)?[ ,;:\[(]{0,4}(?:\(?9\d(?:\.\d)? ?(?:%|per ?cent) ?)?"
    r"(?:(?:ci|c\.i\.|confidence intervals?|confidence limits?|range)(?: \[?ci\]?)?|(?<=[\[(])|(?<=, )|"
    r"(?<=cent ))[ ,:;=\[(]{0,4}"
    r"(?:was |of |from )?(?P<low>\d{1,2}(?:\.\d{1,3})?) ?(?:-|to|,|and|;) ?(?P<high>\d{1,3}(?:\.\d{1,3})?)"
)
RATIO_NAMES: Final = {
    "hr": "hazard ratio",
    "ahr": "adjusted hazard ratio",
    "shr": "hazard ratio",
    "or": "odds ratio",
    "aor": "adjusted odds ratio",
    "rr": "relative risk",
    "arr": "adjusted relative risk",
    "hazards ratio": "hazard ratio",
}
PRIMARY: Final = re.compile(
    r"\b(?:co-?)?primary (?:efficacy |clinical |study |safety |composite )*(?P<point>end ?-?points?|"
    r"outcomes?)(?: (?:measures?|variables?|parameters?))?"
    r"(?: (?:of (?:this|the) (?:study|trial))?)?(?: (?:was|were|is|are|included|includes)| (?:will be)|:) "
    r"(?:the |an? )?"
    r"(?P<what>[a-z][^.;:]{3,110}?)(?=[.;:]| \(|, (?:and (?:the )?(?:key )?secondary|as|with|which|while|"
    r"secondary|measured|defined|assessed)|\Z| at (?:\w+ )?(?:\d|week|month|one|two|six|twelve|baseline)|$)"
)
NOT_PRIMARY: Final = re.compile(
    r"(?:not|met|achieved|reached|similar|significantl\w+|also|reported|assessed|evaluated|analy[sz]ed|"
    r"observed|available|seen|improved|higher|lower|"
    r"noted|compared|comparable|determined|measured|longer|shorter|greater|reduced|completed|set|missed|"
    r"neither|both|either|confirmed|attained|different|defined|based|in favou?r|as follows|to (?:compare|"
    r"assess|evaluate|determine|show|demonstrate|test))\b"
)
