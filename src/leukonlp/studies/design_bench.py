"""Rows of the design table for studies without people: animals, cells, tissue."""

from __future__ import annotations

import re

from leukonlp.studies.design_cues import METHODS, OWN, TITLE, Evidence, Rule, cue, reviews

_HUMAN = re.compile(
    r"\b(?:patients?|humans?|children|boys?|girls?|infants?|newborns?|adults?|women|men|people|"
    r"participants|volunteers|"
    r"famil(?:y|ies)|individuals|siblings|cases?|clinical)\b"
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
    r"jimpy|shiverer|marmosets?|ferrets?|gerbils?)\b"
    r"(?! (?:antibod|monoclonal|anti-|serum|scan|double minute|hepatocyte|liver microsom|"
    r"embryonic fibroblast|bites?|owner|allerg|lymphoma))"
)
_ANIMAL_WORD = re.compile(rf"\b{_ANIMAL}")
_DOSED = re.compile(
    rf"\b(?:gave|given|administered|injected|infused|treated|fed) (?:[\w-]+ ){{0,5}}?(?:to|in|into) "
    rf"(?:[\w-]+ ){{0,3}}?{_ANIMAL}"
)
_ANIMAL_TRIGGERS = (
    "mice|mouse|murine| rat |rats|rodent| dog|canin| cat |cats|felin|sheep|ovine| pig|porcin|rabbit|"
    "hamster|zebrafish|drosophil|macaque|"
    "monkey|primate|baboon|xenopus|quail|chick|twitcher|jimpy|shiverer|marmoset|ferret|gerbil"
)
_ANIMALS = tuple(_ANIMAL_TRIGGERS.split("|"))
_CELL_TRIGGERS = (
    "cell|fibroblast|ipsc|in vitro|in-vitro|organoid|cultur|lymphoblast|crystal|yeast|coli|mortem|autops|"
    "oligodendrocyte|"
    "astrocyte|microsom|assay|express"
)


def _no_people(evidence: Evidence) -> bool:
    """No count of people of the study, and no person described, outside a title about animals or cells."""
    return evidence.people.most == 0 and evidence.people.single is None and evidence.phase is None


def _animals(evidence: Evidence) -> bool:
    """Animals are named at least twice or said to be treated; once may be a remark ("in humans and mice")."""
    if not evidence.reading.places(_ANIMALS):
        return False
    plain = evidence.reading.plain
    return _DOSED.search(plain) is not None or len(_ANIMAL_WORD.findall(plain)) >= 2


def _animal_title(evidence: Evidence) -> bool:
    """A title about animals that names no people: a few human samples beside them change nothing."""
    if not evidence.reading.places(_ANIMALS):
        return False
    return _ANIMAL_WORD.search(evidence.title) is not None and not _HUMAN.search(evidence.title)


def _no_review(evidence: Evidence) -> bool:
    """Not a review of animal or cell work."""
    return not reviews(evidence)


def _more_cells(evidence: Evidence) -> bool:
    """Cells and cultures are named more often than people: not blood cells counted in patients."""
    plain = evidence.reading.plain
    return len(_CELL_WORD.findall(plain)) > 2 * len(_PEOPLE_WORD.findall(plain))


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
        cue(_ANIMAL_TRIGGERS, _ANIMAL, parts=frozenset({"results", "objective"})),
    ),
    frozenset({"animals only"}),
    when=lambda e: _no_people(e) and _no_review(e) and _animals(e),
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
    when=lambda e: _no_people(e) and _no_review(e) and e.people.described is None and _more_cells(e),
)
