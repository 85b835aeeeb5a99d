"""Rows of the design table for studies without people: animals, cells, tissue."""

from __future__ import annotations

import re

from leukonlp.studies.design_cues import METHODS, OWN, TITLE, Evidence, Rule, cue, reviews

_HUMAN = re.compile(
    r"\b(?:patients?|humans?|children|boys?|girls?|infants?|newborns?|adults?|women|men|people|"
    r"participants|volunteers|"
    r"famil(?:y|ies)|individuals|siblings|clinical)\b"
)
_PEOPLE_WORD = re.compile(
    r"\b(?:patients|children|boys|girls|infants|newborns|women|men|people|participants|volunteers|"
    r"individuals|"
    r"pregnan\w+|clinical)\b"
)
_CELL_WORD = re.compile(
    r"\b(?:cells?|cultures?|cultured|fibroblasts?|ipscs?|in vitro|organoids?|lymphoblast\w*|crystal\w*|"
    r"yeast|coli|"
    r"post-?mortem|oligodendrocytes?|astrocytes?|microsomes?|proteins?|express\w+|assays?|mrna|binding|"
    r"domains?|"
    r"receptors?|kinases?|mutants?|transfect\w*)\b"
)
_ANIMAL = (
    r"(?:mice|mouse|murine|rats?|rodents?|dogs?|canines?|cats?|felines?|sheep|ovine|pigs?|piglets?|"
    r"porcine|rabbits?|hamsters?|"
    r"zebrafish|drosophila|macaques?|monkeys?|(?:non-?human )primates?|baboons?|xenopus|quails?|chickens?|"
    r"bovine|twitcher|"
    r"jimpy|shiverer|marmosets?|ferrets?|gerbils?|horses?|equine|calves|cattle|goats?|broilers?|hens?|"
    r"(?:mouse|murine) (?:model|mutant))\b"
    r"(?!(?:[ -](?:chestnut|radish|milk|antibod|monoclonal|anti-|serum|scan|double minute|hepatocyte|"
    r"liver microsom|embryonic fibroblast|bites?|scratch|fever|owner|allerg|lymphoma)))"
)
_ANIMAL_WORD = re.compile(rf"\b{_ANIMAL}")
_DOSED = re.compile(
    rf"\b(?:gave|given|administered|injected|infused|treated|fed|implanted|inoculated|grafted|"
    rf"transplanted) (?:[\w-]+ ){{0,5}}?(?:to|in|into) "
    rf"(?:[\w-]+ ){{0,3}}?{_ANIMAL}"
)
# Beside cells these were worked with, however seldom they are named.
_KEPT = re.compile(
    r"\b(?:(?:nude|athymic|scid|knock-?out|null|transgenic|wild-type|humani[sz]ed|immunodeficient|mutant|"
    r"heterozygous|homozygous|deficient|adult|pregnant|neonatal) (?:mice|rats)|xenografts?(?! cells?\b)|"
    r"xenografted|xenotransplant\w*|tumou?r (?:growth|formation) in (?:vivo|mice))\b"
)
_ANIMAL_TRIGGERS = (
    "mice|mouse|murine| rat | rat.| rat,| rat:| rat-| rat\n|rats|rodent| dog|canin| cat |cats|felin|"
    "sheep|ovine| pig|porcin|rabbit|"
    "hamster|zebrafish|drosophil|macaque|"
    "monkey|primate|baboon|xenopus|quail|chick|twitcher|jimpy|shiverer|marmoset|ferret|gerbil|horse|equin|"
    "calves|cattle| goat|broiler| hens|xenograft|xenotransplant|tumor growth|tumour growth"
)
ANIMALS = tuple(_ANIMAL_TRIGGERS.split("|"))
"""Words one of which a text on animals holds."""
_CELL_TRIGGERS = (
    "cell|fibroblast|ipsc|in vitro|in-vitro|organoid|cultur|lymphoblast|crystal|yeast|coli|mortem|autops|"
    "oligodendrocyte|"
    "astrocyte|microsom|assay|express"
)


def _no_people(evidence: Evidence) -> bool:
    """No count of people of the study, and no person described, outside a title about animals or cells."""
    return evidence.people.most == 0 and evidence.people.single is None and evidence.phase is None


def _named(evidence: Evidence, end: int | None = None) -> int:
    """Return how often animals are named before ``end``; "CATS" in small print is an acronym of a trial."""
    reading = evidence.reading
    stop = len(reading.plain) if end is None else end
    shouted = reading.text[: reading.title_end].isupper()
    return sum(
        shouted or not reading.text[match.start() : match.end()].isupper()
        for match in _ANIMAL_WORD.finditer(reading.plain, 0, stop)
    )


def _animals(evidence: Evidence) -> bool:
    """Animals are named at least twice or said to be treated; once may be a remark ("in humans and mice")."""
    plain = evidence.reading.plain
    if not evidence.reading.places(ANIMALS):
        return False
    return _named(evidence) >= 2 or _DOSED.search(plain) is not None or _KEPT.search(plain) is not None


def _animal_title(evidence: Evidence) -> bool:
    """A title about animals that names no people: a few human samples beside them change nothing."""
    if not evidence.reading.places(ANIMALS) or _HUMAN.search(evidence.title):
        return False
    return _named(evidence, evidence.reading.title_end) > 0 and not _cells_only(evidence)


# "Purified rat mast cells", "the mouse Mbp gene": what an animal gave, not an animal treated.
_GIVEN = re.compile(
    rf"\b{_ANIMAL.split('(?!')[0]} (?:[\w/+-]+ ){{0,4}}?(?:cells?|hepatocytes?|neurons?|fibroblasts?|"
    r"myocytes?|astrocytes?|oligodendrocytes?|cultures?|microsomes?|genes?|cdnas?|homolog\w*|orthologs?|"
    r"proteins?|"
    r"enzymes?|promoters?|receptors?)\b"
)
_ALIVE = re.compile(
    r"\b(?:in vivo|mice|animals|(?:rats|dogs|cats|pigs|rabbits|monkeys|sheep|horses) (?:were|was|received|"
    r"treated|had|showed|with|given|fed))\b"
)


def _cells_only(evidence: Evidence) -> bool:
    """The title names what animals gave, and the text tells of no living one."""
    plain = evidence.reading.plain
    return (
        _GIVEN.search(evidence.title) is not None
        and _ALIVE.search(plain) is None
        and _DOSED.search(plain) is None
        and more_cells(evidence)
    )


def _mostly_cells(evidence: Evidence) -> bool:
    """Cells and cultures fill the text; so much the more where it speaks of patients too, as their donors."""
    donors = evidence.people.described is not None
    return more_cells(evidence, 6 if donors else 2, 8 if donors else 0)


def _no_review(evidence: Evidence) -> bool:
    """Not a review of animal or cell work."""
    return not reviews(evidence)


def more_cells(evidence: Evidence, times: int = 2, least: int = 0) -> bool:
    """Return True when cells are named over ``times`` as often as people, and over ``least`` times.

    So blood cells counted in patients do not count.
    """
    plain = evidence.reading.plain
    return len(_CELL_WORD.findall(plain)) > max(times * len(_PEOPLE_WORD.findall(plain)), least)


ANIMAL_TITLE = Rule(
    "animal_study",
    (cue(_ANIMAL_TRIGGERS, _ANIMAL, parts=TITLE),),
    when=lambda e: _animal_title(e) and _no_review(e),
)
ANIMAL_STUDY = Rule(
    "animal_study",
    (
        cue(_ANIMAL_TRIGGERS, _ANIMAL, parts=METHODS),
        cue(
            "knock|transgenic|animal",
            r"(?:knock-?(?:out|in)|transgenic|null) (?:animals|line|model)",
            r"animal models?\b",
            parts=METHODS,
        ),
        cue(
            _ANIMAL_TRIGGERS,
            _ANIMAL,
            _KEPT.pattern.removeprefix(r"\b"),
            parts=frozenset({"results", "objective", None}),
        ),
    ),
    frozenset({"animals only"}),
    when=lambda e: _no_people(e) and _no_review(e) and _animals(e) and not _cells_only(e),
)
IN_VITRO = Rule(
    "in_vitro",
    (
        cue(
            _CELL_TRIGGERS,
            r"(?:(?:cultured|primary|patient|skin|human|transfected|cho|cos-?\d|hek ?-?293t?|hela|hepg2|"
            r"u2os|neural|glial|cancer|tumou?r) "
            r"(?:[\w-]+ )?cells?|cell (?:lines?|cultures?)|fibroblasts?|ipscs?|pluripotent|in[- ]vitro|"
            r"organoids?|lymphoblast\w*|"
            r"crystal structures?|yeast|escherichia coli|e\. coli|post-?mortem (?:human )?(?:brain|"
            r"tissue)|oligodendrocytes?|"
            r"astrocytes?|microsomes?|cells)\b",
            parts=OWN,
        ),
    ),
    when=lambda e: _no_people(e) and _no_review(e) and _mostly_cells(e),
)
