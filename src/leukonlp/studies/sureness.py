"""How sure a tag is: the measured agreement of the rules of its family with labels that people assigned.

A family is a tag's label and the place that gave it: title, text, publication type. Its figure is the
share of real records on which such a tag agrees with weak labels (publication types, MeSH headings,
trial registers) that were hidden from the rules, as ``benchmarks/study_rules.py`` measures it; the
table below is its result, and a test compares the two. It is agreement with weak labels, not accuracy:
indexers err, registers merge phases, and a part of the records was read while the rules were written.
A family with fewer than 30 measured tags has no probability.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from leukonlp.records import Tag
from leukonlp.studies.labels import PHASES

LEAST: Final = 30
"""Fewest measured tags that make a figure."""
MEASURED: Final[dict[str, tuple[int, int]]] = {
    "design.animal_study.text": (57, 59),
    "design.animal_study.title": (91, 94),
    "design.case_report.text": (15, 15),
    "design.case_report.title": (7, 7),
    "design.case_series.text": (6, 10),
    "design.case_series.title": (2, 2),
    "design.cohort.text": (200, 235),
    "design.cohort.title": (90, 98),
    "design.cross_sectional.text": (10, 16),
    "design.cross_sectional.title": (1, 2),
    "design.expanded_access.text": (0, 1),
    "design.guideline.title": (2, 5),
    "design.in_vitro.text": (46, 85),
    "design.in_vitro.title": (44, 58),
    "design.other.title": (0, 1),
    "design.protocol.text": (0, 3),
    "design.protocol.title": (27, 38),
    "design.randomized_trial.text": (234, 252),
    "design.randomized_trial.title": (221, 228),
    "design.review.text": (69, 74),
    "design.review.title": (17, 20),
    "design.single_arm_trial.text": (10, 18),
    "design.single_arm_trial.title": (8, 10),
    "design.systematic_review.text": (10, 12),
    "design.systematic_review.title": (58, 58),
    "modality.biologic.text": (3, 3),
    "modality.biologic.title": (15, 18),
    "modality.device_or_procedure.text": (22, 32),
    "modality.device_or_procedure.title": (100, 172),
    "modality.dietary.text": (6, 12),
    "modality.dietary.title": (16, 28),
    "modality.enzyme_replacement.title": (0, 1),
    "modality.gene_editing.title": (1, 1),
    "modality.gene_therapy.text": (0, 1),
    "modality.hsct.text": (1, 2),
    "modality.hsct.title": (12, 12),
    "modality.supportive_care.text": (54, 80),
    "modality.supportive_care.title": (372, 424),
    "phase.first_in_human": (5, 6),
    "phase.not_applicable": (205, 241),
    "phase.preclinical": (162, 201),
    "phase.stated.publication_type": (404, 477),
    "phase.stated.text": (52, 52),
    "phase.stated.title": (382, 392),
    "phase.unphased.observed": (4189, 4205),
    "relevant.no": (15224, 15233),
    "relevant.yes": (33, 33),
}
"""Tags that agree and tags measured, by family; printed by ``benchmarks/study_rules.py --table``."""
_TRIALS: Final = ("randomized_trial", "single_arm_trial", "expanded_access")
_STATED: Final = frozenset(PHASES) - {"preclinical", "unphased", "not_applicable"}


def family(field: str, tag: Tag, *, title_end: int, design: str | None = None) -> str:
    """Return the family of a tag.

    Args:
        field: ``relevant``, ``phase``, ``design`` or ``modality``.
        tag: the tag.
        title_end: where the title ends in the record's text.
        design: the design of the study; a trial without a phase and a cohort without one differ.
    """
    place = str(tag.basis)
    if tag.quote is not None and tag.quote.start < title_end:
        place = "title"
    if field == "relevant":
        if not tag.label:
            return "relevant.no"
        return "relevant.yes.publication_type" if tag.basis == "publication_type" else "relevant.yes"
    if field != "phase":
        return f"{field}.{tag.label}.{place}"
    if tag.label == "unphased":
        return "phase.unphased.trial" if design in _TRIALS else "phase.unphased.observed"
    if tag.label not in _STATED:
        return f"phase.{tag.label}"
    if tag.quote is not None and "phase" not in tag.quote.text.lower():
        return "phase.first_in_human"
    return f"phase.stated.{place}"


@lru_cache(maxsize=1_000)
def probability(family: str) -> float | None:
    """Return the measured agreement of a family, to two digits, or None where too little was measured."""
    agreeing, measured = MEASURED.get(family, (0, 0))
    return round(agreeing / measured, 2) if measured >= LEAST else None


def sure(field: str, tag: Tag, *, title_end: int, design: str | None = None) -> Tag:
    """Return the tag with the probability of its family."""
    known = probability(family(field, tag, title_end=title_end, design=design))
    return Tag(tag.label, known, tag.quote, tag.basis)
