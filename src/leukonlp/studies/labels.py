"""The label scheme of the study tags, and its version; owns the labels and their order, not who gets them."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

LABEL_SCHEME: Final = "1"
"""Version of the scheme; rises when a label changes its meaning."""

Phase: TypeAlias = Literal[
    "preclinical",
    "early_phase_1",
    "phase_1",
    "phase_1_2",
    "phase_2",
    "phase_2_3",
    "phase_3",
    "phase_4",
    "unphased",
    "not_applicable",
]
"""Development phase of the study itself; exactly one."""

Design: TypeAlias = Literal[
    "randomized_trial",
    "single_arm_trial",
    "expanded_access",
    "cohort",
    "cross_sectional",
    "case_series",
    "case_report",
    "animal_study",
    "in_vitro",
    "review",
    "systematic_review",
    "guideline",
    "protocol",
    "other",
]
"""Kind of study; exactly one."""

Modality: TypeAlias = Literal[
    "gene_therapy",
    "gene_editing",
    "hsct",
    "enzyme_replacement",
    "antisense",
    "small_molecule",
    "biologic",
    "cell_therapy",
    "dietary",
    "device_or_procedure",
    "supportive_care",
]
"""Kind of therapy that the study tests or observes; none, one or several."""

Stage: TypeAlias = Literal["presymptomatic", "early_symptomatic", "advanced", "mixed"]
"""Disease stage of the people studied."""

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
DESIGNS: Final[tuple[Design, ...]] = get_args(Design)
MODALITIES: Final[tuple[Modality, ...]] = get_args(Modality)
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)

_RANKED: Final[tuple[Phase, ...]] = (
    "not_applicable",
    "unphased",
    "preclinical",
    "early_phase_1",
    "phase_1",
    "phase_1_2",
    "phase_2",
    "phase_2_3",
    "phase_3",
    "phase_4",
)
_RANK: Final = {label: max(0, place - 1) for place, label in enumerate(_RANKED)}


def phase_rank(label: str) -> int:
    """Return how far development has come: 0 for no phase, 1 preclinical, 2 early phase 1, ... 8 phase 4.

    Compare studies with it to find the highest phase that a therapy has reached.

    Raises:
        ValueError: the label is none of :data:`PHASES`.
    """
    if label not in _RANK:
        raise ValueError(f"{label!r} is no phase; allowed are {', '.join(PHASES)}")
    return _RANK[label]
