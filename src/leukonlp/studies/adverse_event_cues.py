"""Words of harms, of their denial, and of how many people had them. Patterns on plain text only."""

from __future__ import annotations

import re
from typing import Final

_GRADE = r"(?:grades? (?:[i1-5v]+(?: ?(?:-|to|/|or|and) ?[i1-5v]+)?) )?"
_SURE = (
    (
        "graft-versus-host disease",
        "host|gvhd",
        rf"(?:{_GRADE}(?:acute|chronic|extensive|severe)? ?(?:acute |chronic )?(?:graft[- ](?:versus|vs\.?|"
        rf"v)[- ]host "
        r"disease|[ac]?gvhd))",
    ),
    (
        "graft failure",
        "graft|engraft",
        r"(?:(?:primary |secondary )?graft (?:failure|rejection|loss)|(?:failed|failure) (?:to engraft|of "
        r"engraftment)|"
        r"lost (?:their |the )?(?:first )?graft)",
    ),
    (
        "death",
        "died|death|mortality|fatal",
        r"(?:(?:transplant|treatment|therapy|drug|procedure|transplantation|regimen)[- ]related (?:deaths?|"
        r"mortality)|"
        r"(?:\w+ )?(?:patients?|children|boys?|girls?|infants?|participants?|men|women|subjects?|"
        r"recipients?) "
        r"(?:\(\d[^)]{0,20}\) |with (?:[\w-]+ ){1,3}?)?(?:had |have )?died|(?:one|two|three|four|five|"
        r"six|seven|eight|nine|ten|"
        r"\d+) "
        r"(?:\(\d[^)]{0,12}\) )?(?:of (?:them|whom) )?(?:had |have )?died|deaths? (?:occurred|were "
        r"(?:reported|related|due)|from|due to)|"
        r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+[ -]){0,3}deaths?)",
    ),
    (
        "serious adverse event",
        "serious",
        r"serious (?:(?:treatment|vector|drug)-(?:related|emergent) )?(?:adverse |treatment-related |"
        r"vector-related |drug-related )(?:\w+ )?(?:events?|reactions?)",
    ),
    ("infusion reaction", "infusion", r"infusion[- ](?:related |associated |site )?reactions?"),
    (
        "insertional oncogenesis",
        "insertional|oncogenesis|clonal",
        r"insertional (?:oncogenesis|mutagenesis)|(?:clonal expansion|vector-(?:related|mediated) "
        r"oncogenesis)",
    ),
    ("myelodysplastic syndrome", "myelodysplas", r"myelodysplas(?:tic syndromes?|ia)"),
    (
        "veno-occlusive disease",
        "occlusive|sinusoidal|vod",
        r"veno-?occlusive disease|sinusoidal obstruction syndrome|vod",
    ),
    ("mucositis", "mucositis|stomatitis", r"(?:oral )?mucositis|stomatitis"),
    ("neutropenia", "neutropeni", r"(?:febrile )?neutropenia"),
    (
        "thrombocytopenia",
        "thrombocytopeni|platelet",
        r"thrombocytopenia|platelets? (?:counts? )?(?:fell|dropped) (?:below|under|to) "
        r"[\d,. x/^]*\d",
    ),
    ("thrombocytosis", "thrombocytosis", r"thrombocytosis"),
    (
        "device failure",
        "device|pump|catheter|reservoir",
        r"(?:intrathecal |drug delivery |delivery )*(?:device|pump|catheter|reservoir)[- ](?:failures?|"
        r"malfunctions?|dislodge\w+|fracture|migration|related complications?)",
    ),
    ("CSF leak", "leak", r"(?:cerebrospinal fluid|csf|spinal fluid) leak(?:s|age)?"),
    (
        "post-lumbar puncture syndrome",
        "puncture",
        r"post[- ](?:lumbar|dural)[- ]puncture (?:syndrome|headaches?)",
    ),
    (
        "secondary cancer",
        "second",
        r"(?:second|secondary) (?:primary )?(?:malignan(?:cy|cies)|cancers?|neoplasms?)",
    ),
    ("haemorrhagic cystitis", "cystitis", r"ha?emorrhagic cystitis"),
    ("CSF pleocytosis", "pleocytosis", r"(?:csf )?pleocytosis"),
    ("anaphylaxis", "anaphyla", r"anaphyla(?:xis|ctic reactions?)"),
    ("thrombotic microangiopathy", "microangiopath", r"thrombotic microangiopathy"),
    (
        "hand-foot syndrome",
        "hand-foot|erythrodys",
        r"hand[- ]foot (?:syndrome|skin reactions?)|palmar-plantar erythrodysa?esthesia",
    ),
    ("injection-site reaction", "site reaction", r"injection[- ]site (?:reactions?|pain|erythema)"),
    ("QT prolongation", "qt", r"qtc? prolongation|prolong(?:ed|ation of(?: the)?) qtc?(?: interval)?"),
)
# A condition under treatment as often as a harm: the sentence must speak of harm, the title not of it.
_VAGUE = (
    (
        "leukaemia",
        "leuk",
        r"(?:acute myeloid |acute lymphoblastic |secondary )?leuka?emias?",
    ),
    (
        "haematologic cancer",
        "ematologic",
        r"ha?ematologic(?:al)? (?:cancers?|malignanc(?:y|ies))",
    ),
    (
        "infection",
        "infect|sepsis|pneumonia",
        r"(?:(?:severe|serious|bacterial|viral|fungal|opportunistic|upper respiratory(?: tract)?|"
        r"respiratory(?: tract)?|urinary(?: tract)?|wound|"
        r"major|cmv|line|catheter|pump|device|reservoir|shunt|lead|electrode) )infections?|infections|"
        r"infectious complications?|sepsis|pneumonia",
    ),
    (
        "viral reactivation",
        "reactivation|viremia|viraemia|zoster",
        r"(?:[\w-]+ )?vira?emia|(?:cmv|cytomegalovirus|ebv|hbv|hepatitis b|herpes\w*|viral|virus) "
        r"reactivations?|herpes zoster",
    ),
    (
        "raised liver enzymes",
        "transaminas|aminotransferase|liver enzyme|hepatic enzyme| alt |liver function",
        r"(?:elevated|raised|increased?|elevations? (?:of|in)|increases? in) (?:\w+ "
        r"){0,2}(?:transaminases?|aminotransferases?|"
        r"liver enzymes?|alt|liver function tests?)|(?:transaminase|aminotransferase|liver enzyme|alt) "
        r"(?:elevations?|increases?)|transaminitis|(?:elevated|raised|increased) hepatic enzymes|"
        r"(?:liver enzymes|hepatic enzymes|transaminases|aminotransferases) (?:rose|increased|were "
        r"(?:raised|elevated))",
    ),
    (
        "hepatotoxicity",
        "hepatotox|liver tox|hepatic tox",
        r"hepatotoxicity|(?:liver|hepatic) toxicity|liver injury",
    ),
    (
        "nephrotoxicity",
        "nephrotox|renal",
        r"nephrotoxicity|renal (?:toxicity|impairment|insufficiency|failure)|acute kidney injury",
    ),
    ("neurotoxicity", "neurotox", r"neurotoxicity"),
    (
        "cardiotoxicity",
        "cardiotox|heart failure|cardiac tox",
        r"cardiotoxicity|cardiac toxicity|(?:congestive )?heart failure",
    ),
    (
        "arrhythmia",
        "arrhythm|bradycard|tachycard|atrial fib",
        r"arrhythmias?|bradycardia|tachycardia|atrial fibrillation",
    ),
    ("seizures", "seizure|convuls", r"(?:new(?:-onset)? )?(?:seizures?|convulsions?)"),
    ("weight gain", "weight", r"weight (?:gain|increase)"),
    ("weight loss", "weight", r"weight loss"),
    ("oedema", "edema", r"(?:peripheral |macular )?o?edema"),
    (
        "haemorrhage",
        "hemorrhag|haemorrhag|bleed",
        r"(?:(?:intracranial|intracerebral|subdural|cerebral|gastrointestinal|major|minor|vaginal) "
        r")?(?:ha?emorrhages?|bleeding)",
    ),
    (
        "thrombosis",
        "thrombos|embol",
        r"(?:(?:deep )?(?:venous|vein|arterial|catheter|graft|stent) )?thrombos[ie]s|(?:pulmonary|"
        r"thrombo)[- ]?embol(?:ism|i|ic events?)|thromboembolic (?:events?|complications?)",
    ),
    ("nausea", "nausea", r"nausea"),
    ("vomiting", "vomit|emesis", r"vomiting|emesis"),
    ("diarrhoea", "diarrh", r"diarrho?ea"),
    ("constipation", "constipat", r"constipation"),
    ("abdominal pain", "abdominal pain", r"abdominal pain"),
    (
        "gastrointestinal complaints",
        "gastrointestinal|gastric|stomach",
        r"gastro-?intestinal (?:(?:adverse|side) (?:events?|effects?)|disorders?|symptoms?|complaints?|"
        r"disturbances?|discomfort|upset|distress|intolerance|toxicity)|gastrointestinal(?= in \d)|"
        r"(?:gastric|stomach) (?:discomfort|upset|pain|aches?|intolerance)",
    ),
    ("headache", "headache", r"headaches?"),
    ("dizziness", "dizz|vertigo", r"dizziness|vertigo"),
    ("somnolence", "somnol|sedation|drows", r"somnolence|drowsiness|(?:over-?|excessive )?sedation"),
    ("insomnia", "insomnia", r"insomnia"),
    ("fatigue", "fatigue|asthenia", r"fatigue|asthenia"),
    ("fever", "fever|pyrexia", r"fevers?|pyrexia"),
    ("rash", "rash|exanthem", r"(?:skin )?rash(?:es)?|exanthema?"),
    ("pruritus", "prurit|itch", r"pruritus|itching"),
    ("alopecia", "alopecia", r"alopecia"),
    ("anaemia", "anemia|anaemia", r"ana?emia"),
    ("leukopenia", "leukopenia|leucopenia|lymphopenia", r"leu[kc]openia|lymphopenia"),
    ("neuropathy", "neuropath", r"(?:peripheral |sensory )*neuropathy"),
    ("hypertension", "hypertension", r"hypertension"),
    ("hypotension", "hypotension", r"(?:orthostatic |postural )?hypotension"),
    ("hypoglycaemia", "hypoglyc", r"(?:severe )?hypoglyca?emia"),
    ("hyperglycaemia", "hyperglyc", r"hyperglyca?emia"),
    ("cough", "cough", r"cough(?:ing)?"),
    ("myalgia", "myalgia|arthralgia|muscle", r"myalgias?|arthralgias?|muscle (?:pains?|aches?|cramps?)"),
    ("dry mouth", "dry mouth|xerostomia", r"dry mouth|xerostomia"),
    ("stroke", "stroke|cerebral infarct", r"(?:isch[ae]+mic )?strokes?"),
    ("adrenal insufficiency", "adrenal insuff|adrenal crisis", r"adrenal (?:insufficiency|crisis)"),
)


def _compiled(
    rows: tuple[tuple[str, str, str], ...],
) -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((name, tuple(t.split("|")), re.compile(rf"\b(?:{form})\b(?!-)")) for name, t, form in rows)


SURE: Final = _compiled(_SURE)
"""Harms that are nothing else: name, triggers, pattern."""
VAGUE: Final = _compiled(_VAGUE)
"""Names that are a harm only where the sentence speaks of harm."""

HARM: Final = re.compile(
    r"\b(?:adverse|side[- ]?effects?|toxicit\w+|toxic|tolera\w+|safety|grades? [1-5i]|complicat\w+|"
    r"develop\w*|occurr\w+|experienc\w+|appeared in|happened|explant\w*|complain\w*|(?:seen|noted) in|"
    r"treatment-(?:emergent|related)|(?:drug|transplant|transplantation|procedure|vector)-related|"
    r"discontinu\w+|withdr\w+|stopped|reactivations?|led to an? (?:lower|reduced) dose|"
    r"(?:made|led|forced|caused) [\w ]{1,25}(?:stop|discontinue|withdraw)|"
    r"(?:needed|required) (?:\w+ )?(?:antibiotics?|transfusions?|surgery|removal|revision|admission)|"
    r"suffered|caused|induced|unwanted|"
    r"reported|untoward|"
    r"after (?:the )?(?:infusion|injection|transplant\w*|treatment)|"
    r"had (?:an? )?(?:[\w-]+ ){1,3}after (?:surgery|operation|implantation))\b"
)
"""Words of a sentence that tells of harms."""
TITLE_OF_HARM: Final = re.compile(
    r"\b(?:adverse|toxicit\w*|induced|safety|complicat\w+|side[- ]?effects?|after|following|associated|"
    r"caused|during|\w+-related|due to|\w*toxic\w*|and ha?ematologic(?:al)? (?:cancer|malignanc)\w*)\b"
)
"""Words of a title that names a condition as a harm and not as what is treated."""

NOBODY: Final = re.compile(r"(?:no|neither|nobody|none|0|zero)\b(?! (?:less|fewer) than)")
"""How a match begins that tells of nobody: "no boy died"."""
DENIED: Final = re.compile(
    r"\b(?:no|not|none|never|without|nor|neither|absence of|free (?:of|from)|lack of|zero|0|avoid\w*|"
    r"prevent\w*|prophyla\w+|reduc\w+ (?:the )?(?:risk|incidence|rate|frequency)|(?:low(?:er|ered)|"
    r"decreas\w+|less|fewer) (?:\w+ ){0,3}|"
    r"risk of|risks of|free survival|resolved|due to previous|history of|fear of|instead of|exclud\w+|"
    r"monitor\w*|screen\w* for|signs? of|evidence of|"
    r"primary (?:end ?points?|outcomes?)|end ?points?|outcomes? (?:were|was|included)|assessed|defined as|"
    r"survival without|potential|may|might|could|can|protect\w* (?:against|from)|treat(?:ed|ment|ing) "
    r"(?:of|for)|therapy (?:of|for)|"
    r"suffering from|present(?:ed|ing) with|suspect\w*(?: of)?|other than|frequency of|threshold|"
    r"(?:patients|children|adults|subjects|people) (?:\([^)]{1,20}\) )?with(?![^.;:]{0,50}\b(?:showed|"
    r"had|developed|"
    r"experienced)\b)|risk factors? for|predict\w*|"
    r"previous|prior|pre-?existing|"
    r"improve[sd]?|improvement in|reliev\w+|relief of|score for|scores for|control of|secondary to|because "
    r"of|caused by|if|threats? of|estimat\w+|models? (?:of|for)|hazards?|correlat\w+|associated with (?:\w+ "
    r")?(?:lower|reduced)|those with|reductions? (?:for|in|of))\b(?:[^.;:]|\.\d){0,60}$"
)
"""Words before that deny, fear or measure a harm."""
DENIED_AFTER: Final = re.compile(
    r"[ -](?:free\b|prophylaxis|(?:was|were|did|has|have) not\b|not (?:seen|observed)|"
    r"prevention|absent|risk|none\b|rates? were similar|scores?\b|relief|response|severity|intensity|"
    r"levels?\b|model|patients\b|trials?\b|control\b|drugs?\b|treatment\b|management\b|therapy\b|"
    r"medications?\b|frequenc\w+|burden\b|freedom\b|counts?\b|duration\b|onset\b)"
    r"|[^.;,]{0,40}?\b(?:in|by|among) (?:none|neither|nobody|no (?:patient|child|boy|girl|infant|participant|"
    r"subject|man|woman|one|case)\b)"
    r"|[^.;]{0,40}\b(?:must|should|may|might|can|could|would|will)\b|[^.;,]{0,40}\b(?:were|was) (?:not|"
    r"neither) (?:seen|observed|reported|detected|different)|"
    r"(?: \w+){0,2} did not (?:occur|develop|differ)|[^.;,]{0,30} (?:was|were) (?:(?:significantly|"
    r"markedly) )?(?:reduced|lower|less|decreased|improved|resolved|relieved)"
)
CONTROL_AFTER: Final = re.compile(
    r"(?: (?!and\b)[\w%()-]+){0,7} (?:in|with|on|of|under) (?:the )?(?:(?:[\w-]+ )?(?:controls?|control "
    r"group)|"
    r"placebo|untreated|sham)\b"
)
"""A harm told of controls: "headache in two placebo patients"."""
BACKDROP: Final = re.compile(
    r"\b(?:untreated|untransplanted|natural history|without (?:transplant|treatment)|"
    r"(?<!and )placebo(?: group| "
    r"arm)?|control group|controls)\b[^.;]{0,60}$"
)
TURNED: Final = re.compile(
    r".*(?:,? (?:but|whereas|while|although) |\b(?:was|were|did|has|have|had) not [^.;,]{2,40}, and )"
)
"""What comes before the clause of a harm: "no boy died, but", "a rash was not seen, and"."""
STOPPED: Final = re.compile(
    r"\b(?:stopped|discontinued|withdrew|withdrawn|dropped out|taken off)\b[^.;]{0,40} (?:because of|due "
    r"to|owing "
    r"to|after)(?: (?!no\b|not\b|lack\b|previous\b|without\b)[\w-]+){0,3} $"
)
"""Words before a harm for which people left off the treatment: nothing in them denies it."""
PLAIN: Final = (
    "leukaemia",
    "haematologic cancer",
    "raised liver enzymes",
    "weight gain",
    "oedema",
)
"""Vague harms that need no word of harm beside them; blood cancers need one of :data:`NEW` or a number."""
BLOOD_CANCERS: Final = ("leukaemia", "haematologic cancer")
"""Harms that people also come with."""
NEW: Final = re.compile(
    r"\b(?:myelodysplas\w+|develop\w*|occurr\w+|secondary|therapy-related|"
    r"treatment-related|insertional|new|later|died "
    r"(?:of|from))\b"
)
"""Words beside a blood cancer that came after treatment."""
WATCHED: Final = re.compile(
    r"\b(?:monitored|evaluated|assessed|examined|observed|screened|followed|checked|questioned) for\b"
)
"""Words that open a list of harms that were looked for."""
SAME: Final = {"seizures": re.compile(r"\b(?:epilep|anti-?seizure|anti-?convuls)")}
"""Other names in a title for a harm's condition, which then is what people are treated for."""
TITLED: Final = ("graft-versus-host disease", "graft failure", "death", "serious adverse event")
"""Harms that a title may name without being what is treated."""
