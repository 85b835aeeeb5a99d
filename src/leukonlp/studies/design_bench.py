"""Rows of the design table for studies without people: animals, cells, tissue."""

from __future__ import annotations

import re

from leukonlp.studies.design_cues import METHODS, OWN, TITLE, Evidence, Rule, cue, reviews

_HUMAN = re.compile(
    r"\b(?:patients?|humans?|children|boys?|girls?|infants?|newborns?|adults?|women|men|people|"
    r"participants|volunteers|"
    r"famil(?:y|ies)|individuals|siblings|cases?|clinical)\b"
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
_ANIMAL_TRIGGERS = (
    "mice|mouse|murine| rat |rats|rodent| dog|canin| cat |cats|felin|sheep|ovine| pig|porcin|rabbit|"
    "hamster|zebrafish|drosophil|macaque|"
    "monkey|primate|baboon|xenopus|quail|chick|twitcher|jimpy|shiverer|marmoset|ferret|gerbil"
)
_CELL_TRIGGERS = (
    "cell|fibroblast|ipsc|in vitro|in-vitro|organoid|cultur|lymphoblast|crystal|yeast|coli|mortem|autops|"
    "oligodendrocyte|"
    "astrocyte|microsom|assay|express"
)


def _no_people(evidence: Evidence) -> bool:
    """No count of people of the study, and no person described, outside a title about animals or cells."""
    return evidence.people.most == 0 and evidence.people.single is None and evidence.phase is None


def _animals(evidence: Evidence) -> bool:
    """Animals are named at least twice; once may be a remark ("in both humans and mice")."""
    return len(_ANIMAL_WORD.findall(evidence.reading.plain)) >= 2


def _animal_title(evidence: Evidence) -> bool:
    """A title about animals that names no people: a few human samples beside them change nothing."""
    return _ANIMAL_WORD.search(evidence.title) is not None and not _HUMAN.search(evidence.title)


def _no_review(evidence: Evidence) -> bool:
    """Not a review of animal or cell work."""
    return not reviews(evidence)


ANIMAL_TITLE = Rule(
    "animal_study",
    0.95,
    (cue(_ANIMAL_TRIGGERS, _ANIMAL, parts=TITLE),),
    when=lambda e: _animal_title(e) and _no_review(e),
)
ANIMAL_STUDY = Rule(
    "animal_study",
    0.92,
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
    0.88,
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
    when=lambda e: _no_people(e) and _no_review(e) and e.people.described is None,
)
