"""Words for kinds of therapy, and patterns that tell whether one is the study's own; owns no rule."""

from __future__ import annotations

import re

from leukonlp.studies.labels import Modality
from leukonlp.studies.numbers import NUMBER

WORDS: tuple[tuple[Modality, str, str], ...] = (
    (
        "gene_therapy",
        "gene therap|gene-therap|gene transf|gene repl|gene deliv|gene add|gene aug|gene-corr|gene-transf|"
        "viral|transduced|aav|adeno-ass",
        r"gene[- ](?:replacement |addition |augmentation )?(?:therap(?:y|ies)|transfer|replacement|"
        r"delivery|addition)|"
        r"(?:lenti|retro)viral(?:ly)?[- ](?:vectors?|transduced|mediated|corrected|correction|"
        r"transduction)|viral vectors?|"
        r"transduced (?:autologous |with )|"
        r"adeno-associated vir(?:us|al)|(?:aav|raav|scaav)(?:rh)?\.?-?\d{1,2}\b|gene-corrected",
    ),
    ("gene_editing", "editing|crispr", r"(?:gene|genome|base|prime) editing|crispr\b"),
    (
        "hsct",
        "transplant|hsct|bmt|hct|marrow|cord blood|conditioning",
        r"(?:(?:ha?ematopoietic|blood) (?:stem[- ]|progenitor )?cell|bone[- ]marrow|"
        r"cord[- ]blood) (?:\([a-z]+\) )?transplant(?:ation|s|ed)?|marrow (?:grafts?|transplant\w*)|"
        r"unrelated (?:donor )?(?:umbilical )?cord[- ]blood|(?:(?<=given )|(?<=received ))(?:bone[- "
        r"])?marrow|"
        r"(?<!neural )(?<!mesenchymal )stem[- ]cell transplant(?:ation|s)?|(?:allo-?)?hsct|hct\b|ucbt|bmt|"
        r"(?:(?<=sulfan )|(?<=ablative )|(?<=sulfan-based )|(?<=-containing )|(?<=intensity )|"
        r"(?<=toxicity )|(?<=tbi ))conditioning",
    ),
    (
        "enzyme_replacement",
        "enzyme|recombinant human",
        r"enzyme[- ]replacement(?: therapy)?|recombinant human (?:arylsulfatase|galactocerebrosidase)(?: a)?",
    ),
    ("antisense", "antisense| aso|sirna", r"antisense(?: oligonucleotides?)?|asos?\b|sirna"),
    (
        "cell_therapy",
        "neural|mesenchym|glial|oligodendrocyte",
        r"(?:transplant\w*|engraft\w*|infus\w*|graft\w*) (?:of |with )?(?:[\w-]+ ){0,4}(?:neural|"
        r"mesenchymal|glial|oligodendrocyte|human glial)(?:-like|-lineage)? (?:stem |stromal |progenitor |"
        r"precursor )*(?:cells?|progenitors)|"
        r"(?:oligodendrocyte|macrophage|microglia)-like (?:donor )?cells?|"
        r"(?:neural|mesenchymal|glial|oligodendrocyte)[- ](?:stem|stromal|progenitor|"
        r"precursor)[- ]cells? (?:transplant\w*|infusions?|grafts?|therapy)",
    ),
    (
        "dietary",
        "diet|lorenzo|trioleate|fat restriction|docosahexaenoic",
        r"lorenzo'?s oil|(?:ketogenic|low-fat|fat-restricted|restricted|elimination) diets?|"
        r"dietary (?:therapy|treatment|restriction|supplementation|intervention)|"
        r"diet(?:ary)? therapy|diets? (?:that is )?low in|trioleate|glycerol trioleate",
    ),
    (
        "device_or_procedure",
        "pump|brain stim|pallidal stim|apheresis|plasma exchange|pheresis",
        r"(?:baclofen|infusion) pumps?|(?:deep brain|pallidal) stimulation|plasma exchange|plasmapheresis|"
        r"(?:lipid|ldl)[- ]apheresis",
    ),
    (
        "supportive_care",
        "rehabilit|palliat|physiotherap|physical therapy|baclofen|botulinum",
        r"rehabilitation|palliative care|physiotherapy|physical therapy|intrathecal baclofen|botulinum toxin",
    ),
    (
        "biologic",
        "immunoglobulin|mab|ivig|monoclonal|antibod",
        r"intravenous immunoglobulins?|ivig|monoclonal antibod(?:y|ies)|"
        r"(?:activating|agonist|agonistic|blocking|neutrali[sz]ing|depleting) antibod(?:y|ies)|"
        r"[a-z]{4,14}mab\b",
    ),
)
PATTERNS = tuple((label, tuple(triggers.split("|")), re.compile(words)) for label, triggers, words in WORDS)
# In a leukodystrophy, people "transplanted" had marrow or blood, unless the record grafts other cells.
TRANSPLANT = re.compile(r"(?:transplanted|transplantation)\b")
WERE_TRANSPLANTED = re.compile(
    r"\b(?:(?<!not )(?<!never )(?:were|was|been)|(?<!of )patients|boys|girls|children|infants|siblings|those|"
    r"two|three|four|five|six|seven|eight|nine|ten|the) transplanted$"
)
OTHER_GRAFTS = re.compile(
    r"\b(?:neural|mesenchym\w+|glial|oligodendrocyte|progenitor cells?|precursor cells?|liver|kidney|"
    r"renal|hepat\w+|"
    r"faecal|fecal) (?:[\w-]+ ){0,3}(?:transplant|graft|infus)|transplant\w* (?:of|"
    r"with) (?:[\w-]+ ){0,3}(?:neural|mesenchym|"
    r"glial|oligodendrocyte)|neural stem"
)
MARKERS = frozenset(("ganglioside", "sulfatide", "psychosine"))
"""What these diseases store, measured far more often than given."""
OTHER_CELLS = frozenset(("gene_therapy", "cell_therapy"))
CELLS = OTHER_CELLS | {"hsct"}
GRAFTS = ("transplant", "graft")
# What stands before a therapy that is not the study's own.
ELSE = re.compile(
    r"\b(?:versus|vs\.?|v|compar(?:ed|ison|ing|able)(?: (?:with|to))?|relative to|superior to|inferior to|"
    r"than|rather than|instead of|unlike|alternatives? to|contrast to|"
    r"controls?|(?<!with or )without|absence of|lack of|no|not|never|prior to|before|pending|candidates? for|"
    r"eligib\w+ (?:for|to)|ineligible for|(?:un)?suitable (?:for|donor)|"
    r"await\w*|need for|implications? for|development of|developing|prospects? (?:of|for)|potential (?:of|"
    r"for)|future|emerging|upcoming|planned|failed|refractory to|available|"
    r"considered for|opportunit\w+ for|readiness for|possib\w+ (?:of|for)|era of|previous(?:ly)?|prior|"
    r"earlier|inform|guide|decisions? (?:on|about|for)|timing of|"
    r"evaluat\w+ for|assess\w+ for|design of|trials? of future|such as|including|e\.g\.,?|untreated|"
    r"in anticipation of|selection for|referr\w+ for|approved|only|standard)\b(?: [\w-]+,?){0,3} ?\(?$"
)
# "A versus B" in a title names two arms, and both are tested.
ELSE_TITLE = re.compile(
    r"\b(?:(?<!with and )(?<!with or )without|candidates? for|eligib\w+ for|(?<!conditioning )"
    r"before(?! and after)|prior to|implications? for|era of|"
    r"need for|"
    r"readiness for|towards?|no|natural history\b.{0,80}\b(?:for|of)|end ?points? for|outcome measures for|"
    r"opportunit\w+ for|(?<!of )decisions? (?:on|about|for)|(?<!dose )selection for|untreated|qualif\w+ "
    r"for|(?:controls?|comparators?) for|"
    r"(?:versus|vs\.?|compared (?:with|to)|than) (?:untreated|no|placebo|historical))"
    r"\b(?: [\w/-]+,?){0,3} ?\(?$"
)
# Papers about what relatives think or decide; the therapy is the patient's.
FAMILY_TITLE = re.compile(
    r"\b(?:quality of life of (?:parents|mothers|fathers|families|caregivers)|(?:parents?|parental|"
    r"famil(?:y|ies)|"
    r"caregivers?|mothers|fathers)\b.{0,60}\b(?:decid\w+|decisions?|views?|attitudes?|experiences?|"
    r"perspectives?|opinions?|willingness|burden|coping)|(?:decisions?|decision[- ]making|views?|attitudes?|"
    r"experiences?|perspectives?|opinions?|willingness|burden) of (?:[\w-]+ ){0,3}(?:parents|families|"
    r"caregivers|"
    r"mothers))\b"
)
GIVEN = re.compile(
    r"\b(?:receiv(?:ed|ing|e)|underw(?:ent)|undergo(?:ing|ne)?|treat(?:ed|ing|ment)(?: with| by)?|"
    r"administ(?:ered|ration|ering)|given|infus(?:ed|ion)|inject(?:ed|ion)s?|"
    r"transplanted|after|following|efficacy|safety|effects?|outcomes?|response|benefits?|tolerability|"
    r"trial|(?:we|was|were) (?:used|tested|evaluated|assessed|investigated)|"
    r"supplement(?:ed|ation)|therapy|delivery|dos(?:e|es|ing)|performed|encoding|transduced|offered|"
    r"started|initiated|experience)\b[^.;]{0,60}$"
)
# "Nine had an HSCT": said so of what is done to people, and no drug.
HAD = re.compile(
    r"(?<!\bhad )\b(?:had|have had) (?:(?!had\b|no\b|not\b|never\b|failed\b|declined\b)[\w-]+ ){0,3}$"
)
DONE = frozenset(("hsct", "gene_therapy", "cell_therapy", "enzyme_replacement", "device_or_procedure"))
GIVEN_AFTER = re.compile(
    r"[^.;]{0,50}\b(?:was|were) (?:\w+ )?(?:given|administered|performed|infused|injected|used|"
    r"well tolerated|safe|effective|started|initiated|begun|commenced|introduced|added|delivered|offered|"
    r"associated|tested|"
    r"evaluated|assessed)\b|[^.;]{0,40}\b(?:treatment|therapy|treated|recipients|improved|reduced|"
    r"decreased|increased|restored|prevented|rescued|gave|stabili[sz]ed|led to|resulted in|prolonged|"
    r"corrected|"
    r"relieved|alleviated|controlled|slowed|halted|lowered)\b"
)
# "X was approved in 2020": what is on the market, not what was done.
APPROVED_AFTER = re.compile(
    r"[^.;,]{0,40}\b(?:is|was|are|were|has been|have been) (?:recently |now |not |still )*(?:approved|"
    r"licensed|"
    r"authori[sz]ed|marketed|available)\b"
)
# "X has previously been tested in four boys": by others.
BY_OTHERS_AFTER = re.compile(
    r"[^.;,]{0,60}\b(?:has|have) (?:previously|already|earlier|formerly) been \w+(?:ed|n)\b"
)
# "Immune modulation consisted of A, B and C": given so that the therapy is borne.
BESIDE = re.compile(
    r"\b(?:immun(?:e|o)[- ]?(?:modulation|modulatory \w+|suppression|suppressive \w+|prophylaxis)|"
    r"premedication)\b[^.;]{0,25}\b(?:of|with|by|comprised|included|was|were)\b[^.;]{0,50}$|"
    r"\bunder (?:cover of )?(?:[a-z-]+, ){0,3}(?:and )?$"
)
# "X was not given to any of them", "a transplant was considered but declined"; "not effective" was given.
NOT_GIVEN_AFTER = re.compile(
    r"(?:(?! (?:was|were|had|have|has|received|underwent|took) )[^.;]){0,70} (?:(?:was|were|is|are|has "
    r"been|have been|had been) (?:(?:\w+ly|also|then|therefore|"
    r"considered|discussed|offered|planned|proposed|suggested|but|and|was|were) ){0,4}?(?:(?:not|never) "
    r"(?:yet |then |been |therefore )*"
    r"(?:given|used|offered|performed|started|begun|administered|attempted|undertaken|done|pursued|feasible|"
    r"indicated|possible|carried out|part of)|withheld|declined|refused|deferred|rejected|postponed)\b"
    r"(?! (?:to|in|by|for) (?:one|two|three|four|five|\d|some|most|those|half|the (?:remaining|other))))"
)
_NO_MORE = r"(?:(?! (?:received|given|treated|took|underwent|but|and) )[^.;,]){0,40}$"
NOT_GIVEN = re.compile(
    r"\b(?:none|nobody|neither|no (?:[\w-]+ ){0,2}?(?:patients?|child|children|boys?|girls?|infants?|men|man|"
    r"women|woman|participants?|subjects?|one|adults?|siblings?))(?: of (?:the|these|them|our|those)"
    r"(?: [\w-]+){0,3}?)? (?:(?:had |has |have |ever |yet )*(?:received?|underwent|undergone|took|taken|"
    r"begun)|"
    rf"(?:had |has |have )?(?:was |were |been )(?:ever |yet )?(?:given|treated|transplanted|on))\b{_NO_MORE}"
)
# Some did not have it; others may have. "Speed declined less with drug A" refuses nothing.
DECLINED = re.compile(
    r"\b(?:(?:declin(?:ed|ing)|refus(?:ed|ing)|opted against|decided against) (?:(?!(?:less|more|with|in|"
    r"by|over|"
    r"on|after|from|during|under|slower|faster|at|and|but)\b)[\w-]+ ){0,4}|"
    r"(?:did not (?:want|receive|undergo)|not (?:been )?(?:treated|transplanted|given))\b"
    rf"{_NO_MORE.removesuffix('$')})$"
)
# "Received A, and B was not given": what is withheld is another.
JUST_GIVEN = re.compile(r"\b(?:received|given|treated with|treated by|took|underwent)\b[^.;,]{0,40}$")
PATIENTS = re.compile(r"\b(?:patients|infants|children|boys|humans|first-in-human)\b")
# What became of a person who was given it: enough for a case.
EFFECT = re.compile(
    r"\b(?:improv\w+|reliev\w+|relief|alleviat\w+|benefit\w*|respon(?:se|ded|ds|sive)|resol(?:ved|ution)|recover\w+|remission|"
    r"stabili[sz]\w+|effective\w*|ineffective|no (?:\w+ )?effect|better|ameliorat\w+|normali[sz]\w+|"
    r"prolong\w+|rescued?|restor\w+|extended)\b"
)
# "A phase 2/3 study of drug A in boys"
TRIAL_OF = re.compile(
    r"\b(?:trial|study) (?:\([^()]{1,40}\) )?(?:of|with|testing|evaluating) (?:[\w/-]+,? ){0,4}$"
)
# Tools of the laboratory, not treatments.
TOOL = re.compile(
    r"[ -]?(?:/?cas9)?[ -]?(?:[\w-]+[ -]){0,2}(?:generated|knock-?(?:out|in|down)s?|screens?|"
    r"edited (?:cells|mice|lines?)|isogenic|reporters?|cre|shrna|tracing|clones?|constructs?|expression)\b"
)
NO_EFFECT = re.compile(
    r"\bno (?:\w+ )?(?:effects?|benefits?|improvement|differences?|changes?|evidence|response|advantage|"
    r"efficacy) "
    r"(?:\w+ )?(?:of|from|with|between|in|on|to)\b[^.;]{0,40}$"
)
TOOL_BEFORE = re.compile(
    r"\b(?:generated|created|produced|made|knocked (?:out|down)|engineered|introduced)\b[^.;]{0,40}$"
)
GRAFTED = re.compile(r"(?:transplant|engraft|infus|graft)")
GRAFT_OF = re.compile(r"\b(?:transplant|engraft|infus|graft|inject)\w* (?:of |with )?(?:[\w-]+ ){0,2}$")
# "Two who were transplanted survive": some of those observed had it.
TRANSPLANTED = re.compile(
    r"\b(?:(?:were|was|been) (?:\w+ )?transplanted|underwent (?:[\w-]+ ){0,3}(?:transplant\w*|grafting)|"
    r"received (?:[\w-]+ ){0,3}(?:transplants?|grafts?)|complications of (?:[\w-]+ ){0,2}transplant\w*)\b"
)
# A donor is named where a transplant was done; a panel that recommends a therapy is about it.
DONATED = re.compile(
    r" ?(?:\([^)]{1,12}\) )?(?:from|with|using) (?:[\w/-]+ ){0,4}(?:donors?|siblings?|cord blood|marrow)\b"
)
RECOMMENDED = re.compile(r"\b(?:recommend(?:s|ed)?|advise[sd]?|endorse[sd]?)\b[^.;]{0,40}$")
OBSERVED_TITLE = re.compile(
    r"\b(?:natural history|biomarkers?|newborn screening|screening|prevalence|incidence|epidemiolog\w+|"
    r"trajector(?:y|ies)|natural course|diagnos\w+|genotype|phenotype|mutations?|variants?|spectrum|burden|"
    r"quality of life|survey|caregivers?|mri (?:score|scoring|pattern)|validation|scale|outcome measures?|"
    r"registry|clinical (?:features|presentation|characteristics))\b"
)
# "Transplantation in Krabbe disease": which kind the abstract says.
TREATMENT_TITLE = re.compile(r"\b(?:treatments?|therap(?:y|ies|eutics?)|interventions?)\b")
TRANSPLANT_TITLE = re.compile(r"\b(?:transplant(?:ation|ed|s)?|grafts?)\b")
DONOR = re.compile(
    r"allo-?|allogen|donor|sibling|unrelated|matched|haplo|cord[- ]blood|bone[- ]marrow|ucbt|bmt|marrow"
)
AUTOLOGOUS = re.compile(r"autologous|transduc|gene-corrected|ex vivo|lentiviral|gene[- ]therap")
_COUNTED = (
    rf"(?<!of )(?P<number>{NUMBER}) (?:(?!of |and |or )[\w'-]+,? ){{0,4}}?(?:patients|"
    rf"participants|subjects|volunteers|"
    r"children|boys|girls|infants|newborns|babies|adults|women|men|males|females|individuals|people|siblings|"
    r"recipients)\b"
)
_GIVE = r"(?:given|administered|infused|injected|offered|delivered)"
# "Drug A was given to 30 children": how many people had the therapy.
TO = re.compile(rf"(?: [\w()-]+){{0,5}}? (?:to|into|in) (?:all |the |a total of )*{_COUNTED}")
GIVEN_TO = re.compile(rf"(?: \([^)]{{1,30}}\))? (?:was|were|has been) (?:\w+ )?{_GIVE}{TO.pattern}")
GIVING = (
    *("received", "took", "underwent", "undergone", "treated", "given", "infused", "injected"),
    *("gave", "administered", "delivered"),
)
"""Words of which each form for a treatment that comes last holds one."""
GAVE = re.compile(
    r"\b(?:we|and) (?:\w+ )?(?:gave|administered|infused|injected|delivered)(?: [\w.%/-]+){0,5} $"
)
_BY = r"(?: (?!and |or |but |placebo|versus|than |before |after |no |not )[\w/.-]+){0,4}"
_OTHER_WORDS = (
    r"(?: (?!and |or |but |of whom|who |before|after|without|not )[\w().,/=-]+|"
    r" (?:and|or) (?:[\w'-]+ ){1,4}\(n ?= ?\d+\)){0,14}?"
)
WERE_GIVEN = re.compile(
    rf"{_COUNTED}{_OTHER_WORDS} (?:who |that )?(?:had |have )?(?:(?:were|was|been) (?:\w+ly )?(?:treated|"
    rf"given|"
    rf"infused|injected)|received|took|underwent|undergone){_BY} $"
)
WE_GAVE = re.compile(
    rf"\b(?:we|and) (?:\w+ )?(?:treated|infused|injected) {_COUNTED}(?: (?!and "
    rf")[\w().-]+){{0,8}}? (?:with|by){_BY} $"
)
CASES = ("case_report", "case_series", "animal_study")
REVIEWS = ("review", "systematic_review", "guideline")
