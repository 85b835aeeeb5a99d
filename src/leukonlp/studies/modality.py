"""The kinds of therapy that a study tests or observes, and the therapies themselves.

A therapy counts when the title names it, or when the study's own sentences say that it was given,
or name it again and again. One that stands for comparison, that is denied, awaited or background
does not. Ex vivo gene therapy is gene therapy alone, whatever it shares with a transplant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leukonlp.records import Tag
from leukonlp.studies.labels import MODALITIES, Modality
from leukonlp.studies.reading import Reading, Sentence

_WORDS: tuple[tuple[Modality, str, str], ...] = (
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
        "transplant|hsct|bmt|hct|marrow graft|cord blood",
        r"(?:(?:ha?ematopoietic|blood) (?:stem[- ]|progenitor )?cell|bone[- ]marrow|"
        r"cord[- ]blood) (?:\([a-z]+\) )?transplant(?:ation|s|ed)?|marrow (?:grafts?|transplant\w*)|"
        r"unrelated (?:donor )?(?:umbilical )?cord[- ]blood|"
        r"(?<!neural )(?<!mesenchymal )stem[- ]cell transplant(?:ation|s)?|(?:allo-?)?hsct|hct\b|ucbt|bmt",
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
        r"mesenchymal|glial|oligodendrocyte|human glial) (?:stem |stromal |progenitor |precursor )*cells?|"
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
        "pump|brain stim|apheresis|plasma exchange|pheresis",
        r"(?:baclofen|infusion) pumps?|deep brain stimulation|plasma exchange|plasmapheresis|(?:lipid|"
        r"ldl)[- ]apheresis",
    ),
    (
        "supportive_care",
        "rehabilit|palliat|physiotherap|physical therapy|baclofen|botulinum",
        r"rehabilitation|palliative care|physiotherapy|physical therapy|intrathecal baclofen|botulinum toxin",
    ),
    (
        "biologic",
        "immunoglobulin|mab|ivig|monoclonal",
        r"intravenous immunoglobulins?|ivig|monoclonal antibod(?:y|ies)|[a-z]{4,14}mab\b",
    ),
)
_PATTERNS = tuple((label, tuple(triggers.split("|")), re.compile(words)) for label, triggers, words in _WORDS)
# What stands before a therapy that is not the study's own.
_ELSE = re.compile(
    r"\b(?:versus|vs\.?|v|compar(?:ed|ison|ing|able)(?: (?:with|to))?|relative to|superior to|inferior to|"
    r"than|rather than|instead of|unlike|alternatives? to|contrast to|"
    r"controls?|without|absence of|lack of|no|not|never|prior to|before|pending|candidates? for|"
    r"eligib\w+ (?:for|to)|ineligible for|(?:un)?suitable (?:for|donor)|"
    r"await\w*|need for|implications? for|development of|developing|prospects? (?:of|for)|potential (?:of|"
    r"for)|future|emerging|upcoming|planned|failed|refractory to|available|"
    r"considered for|opportunit\w+ for|readiness for|possib\w+ (?:of|for)|era of|previous(?:ly)?|prior|"
    r"earlier|inform|guide|decisions? (?:on|about|for)|timing of|"
    r"evaluat\w+ for|assess\w+ for|design of|trials? of future|such as|including|e\.g\.,?|untreated|"
    r"in anticipation of|selection for|referr\w+ for|approved|only|standard)\b(?: [\w-]+,?){0,3} ?\(?$"
)
_ELSE_TITLE = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|than|without|candidates? for|eligib\w+ for|before|prior to|"
    r"implications? for|era of|need for|readiness for|toward|towards|no|"
    r"natural history\b.{0,80}\b(?:for|of)|end ?points? for|outcome measures for|opportunit\w+ for|"
    r"decisions? (?:on|about|for)|selection for|untreated)\b(?: [\w-]+,?){0,3} ?\(?$"
)
_GIVEN = re.compile(
    r"\b(?:receiv(?:ed|ing|e)|underw(?:ent)|undergo(?:ing|ne)?|treat(?:ed|ing|ment)(?: with| by)?|"
    r"administ(?:ered|ration|ering)|given|infus(?:ed|ion)|inject(?:ed|ion)s?|"
    r"transplanted|after|following|efficacy|safety|effects?|outcomes?|response|benefits?|tolerability|"
    r"trial|(?:we|was|were) (?:used|tested|evaluated|assessed|investigated)|"
    r"supplement(?:ed|ation)|therapy|delivery|dos(?:e|es|ing)|performed|encoding|transduced|offered|"
    r"started|initiated|experience)\b[^.;]{0,60}$"
)
_GIVEN_AFTER = re.compile(
    r"[^.;]{0,50}\b(?:was|were) (?:\w+ )?(?:given|administered|performed|infused|injected|used|"
    r"well tolerated|safe|effective|started|initiated|delivered|offered|associated|tested|"
    r"evaluated|assessed)\b|[^.;]{0,40}\b(?:treatment|therapy|treated|recipients|improved|reduced|"
    r"decreased|increased|restored|prevented|rescued|stabili[sz]ed|led to|resulted in|prolonged|corrected|"
    r"slowed|halted|lowered)\b"
)
# Tools of the laboratory, not treatments.
_TOOL = re.compile(
    r"[ -]?(?:/?cas9)?[ -]?(?:[\w-]+[ -]){0,2}(?:generated|knock-?(?:out|in|down)s?|screens?|"
    r"edited (?:cells|mice|lines?)|isogenic|reporters?|cre|shrna|tracing|clones?|constructs?|expression)\b"
)
_NO_EFFECT = re.compile(
    r"\bno (?:\w+ )?(?:effects?|benefits?|improvement|differences?|changes?|evidence|response|advantage|"
    r"efficacy) "
    r"(?:\w+ )?(?:of|from|with|between|in|on|to)\b[^.;]{0,40}$"
)
_TOOL_BEFORE = re.compile(
    r"\b(?:generated|created|produced|made|knocked (?:out|down)|engineered|introduced)\b[^.;]{0,40}$"
)
_OBSERVED_TITLE = re.compile(
    r"\b(?:natural history|biomarkers?|newborn screening|screening|prevalence|incidence|epidemiolog\w+|"
    r"diagnos\w+|genotype|phenotype|mutations?|variants?|spectrum|burden|"
    r"quality of life|survey|caregivers?|mri (?:score|scoring|pattern)|validation|scale|outcome measures?|"
    r"registry|clinical (?:features|presentation|characteristics))\b"
)
# "Transplantation in Krabbe disease": which kind the abstract says.
_TREATMENT_TITLE = re.compile(r"\b(?:treatments?|therap(?:y|ies|eutics?)|interventions?)\b")
_TRANSPLANT_TITLE = re.compile(r"\b(?:transplant(?:ation|ed|s)?|grafts?)\b")
_DONOR = re.compile(
    r"allo-?|allogen|donor|sibling|unrelated|matched|haplo|cord[- ]blood|bone[- ]marrow|ucbt|bmt|marrow"
)
_AUTOLOGOUS = re.compile(r"autologous|transduc|gene-corrected|ex vivo|lentiviral|gene[- ]therap")
_REVIEWS = ("review", "systematic_review", "guideline")


@dataclass(frozen=True, slots=True)
class Therapy:
    """A therapy named at ``start:end`` as the study's own; a higher ``score`` speaks more clearly."""

    labels: tuple[str, ...]
    start: int
    end: int
    score: int
    concept: str | None
    given: bool


def own_therapies(reading: Reading) -> tuple[Therapy, ...]:
    """Return every place that names a therapy as the study's own, in order."""
    places: list[tuple[int, int]] = []
    found = [*_mentioned(reading, places), *_worded(reading, places)]
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def _mentioned(reading: Reading, places: list[tuple[int, int]]) -> Iterator[Therapy]:
    """Therapies that the lexicon knows; notes in ``places`` where they stand."""
    for mention in reading.mentions:
        concept = reading.lexicon.concepts.get(mention.concept or "")
        if concept is None or concept.type not in ("therapy", "chemical"):
            continue
        places.append((mention.start, mention.end))
        # "No effect of drug A" denies the effect; the drug was given.
        denied = mention.negated and not _NO_EFFECT.search(reading.before(mention.start, 100))
        if denied or (mention.about == "background" and mention.start >= reading.title_end):
            continue
        therapy = _judge(reading, concept.modality, mention.start, mention.end, concept.id)
        if therapy is not None:
            yield therapy


def _worded(reading: Reading, places: list[tuple[int, int]]) -> Iterator[Therapy]:
    """Kinds of therapy in other words than the lexicon's."""
    for label, triggers, pattern in _PATTERNS:
        for match, _ in reading.matches(pattern, *triggers):
            start, end = match.span()
            if reading.plain[max(0, start - 1) : start].isalnum() or any(
                a < end and start < b for a, b in places
            ):
                continue
            therapy = _judge(reading, (label,), start, end, None)
            if therapy is not None:
                yield therapy


def _judge(
    reading: Reading, labels: tuple[str, ...], start: int, end: int, concept: str | None
) -> Therapy | None:
    sentence = reading.sentence_at(start)
    before = reading.plain[max(sentence.start, start - 100) : start]
    after = reading.plain[end : min(sentence.end, end + 70)]
    effect = _NO_EFFECT.search(before) is not None
    if sentence.part == "title":
        other = (_ELSE_TITLE.search(before) and not effect) or _tool(before, after)
        return None if other else Therapy(labels, start, end, 4, concept, True)
    if sentence.part in ("background", "conclusions") or _tool(before, after):
        return None
    if _ELSE.search(before[-70:]) and not effect:
        return None
    given = _GIVEN.search(before) is not None or _GIVEN_AFTER.match(after) is not None
    return Therapy(labels, start, end, 2 if given else 1, concept, given)


def _tool(before: str, after: str) -> bool:
    return _TOOL.match(after) is not None or _TOOL_BEFORE.search(before) is not None


def tags(reading: Reading, therapies: tuple[Therapy, ...], *, design: str | None) -> tuple[Tag, ...]:
    """Return the modalities in the order of the scheme, each with the sentence that shows it best."""
    kept = []
    for label in MODALITIES:
        named = [t for t in therapies if label in t.labels]
        if named and _enough(reading, named, design):
            kept.append((label, named))
    labels = {label for label, _ in kept}
    if "gene_therapy" in labels and "hsct" in labels and not _donor_arm(reading, dict(kept)["hsct"]):
        kept = [(label, named) for label, named in kept if label != "hsct"]
    return tuple(_tag(reading, label, named) for label, named in kept)


def _enough(reading: Reading, named: list[Therapy], design: str | None) -> bool:
    if any(t.score == 4 for t in named):
        return True
    if design in _REVIEWS:
        therapeutic = _TREATMENT_TITLE.search(reading.plain, 0, reading.title_end) is not None
        return therapeutic and sum(t.score for t in named) >= 3
    if design == "in_vitro" and not any(t.concept for t in named):
        return False
    titled = _TRANSPLANT_TITLE.search(reading.plain, 0, reading.title_end)
    if titled and any("hsct" in t.labels and t.given for t in named):
        return not _ELSE_TITLE.search(reading.plain, 0, titled.start())
    if _OBSERVED_TITLE.search(reading.plain, 0, reading.title_end):
        return sum(t.given for t in named) >= 3
    # One sentence that says it was given, and a second mention; or many mentions.
    return any(t.given for t in named) and sum(t.score for t in named) >= 3


def _donor_arm(reading: Reading, named: list[Therapy]) -> bool:
    """True when an allogeneic transplant, and not the return of corrected own cells, is the study's too."""
    for therapy in named:
        before = re.split(r"\band\b|\bor\b|[,;(]", reading.before(therapy.start, 40))[-1]
        words = before + reading.plain[therapy.start : therapy.end]
        if therapy.given and _DONOR.search(words) and not _AUTOLOGOUS.search(words):
            return True
    return False


def _tag(reading: Reading, label: str, named: list[Therapy]) -> Tag:
    best = max(named, key=lambda t: (t.score, -t.start))
    sentence: Sentence = reading.sentence_at(best.start)
    sure = 0.95 if best.score == 4 else 0.85
    return Tag(label, sure, reading.quote(sentence.start, sentence.end), "text")
