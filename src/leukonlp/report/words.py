"""How labels are worded and ordered for people; owns no label (``studies.labels`` does, a test compares)."""

from __future__ import annotations

from collections.abc import Mapping

PHASES: Mapping[str, str] = {
    "not_applicable": "Not applicable",
    "preclinical": "Preclinical",
    "unphased": "No phase",
    "early_phase_1": "Early phase 1",
    "phase_1": "Phase 1",
    "phase_1_2": "Phase 1/2",
    "phase_2": "Phase 2",
    "phase_2_3": "Phase 2/3",
    "phase_3": "Phase 3",
    "phase_4": "Phase 4",
}
"""Lowest first. People studied without a phase rank above animals and cells: a transplant series is
more than a mouse, whatever development calls it."""

DESIGNS: Mapping[str, str] = {
    "randomized_trial": "Randomised trial",
    "single_arm_trial": "Single-arm trial",
    "expanded_access": "Expanded access",
    "cohort": "Cohort",
    "cross_sectional": "Cross-sectional",
    "case_series": "Case series",
    "case_report": "Case report",
    "animal_study": "Animal study",
    "in_vitro": "In vitro",
    "review": "Review",
    "systematic_review": "Systematic review",
    "guideline": "Guideline",
    "protocol": "Protocol",
    "other": "Other",
}

MODALITIES: Mapping[str, str] = {
    "gene_therapy": "Gene therapy",
    "gene_editing": "Gene editing",
    "hsct": "Stem cell transplant",
    "enzyme_replacement": "Enzyme replacement",
    "antisense": "Antisense, siRNA",
    "small_molecule": "Small molecule",
    "biologic": "Biologic",
    "cell_therapy": "Cell therapy",
    "dietary": "Dietary",
    "device_or_procedure": "Device or procedure",
    "supportive_care": "Supportive care",
}

PHASE_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "p5": ("Phase 3 or 4", ("phase_3", "phase_4")),
    "p4": ("Phase 2 or 2/3", ("phase_2", "phase_2_3")),
    "p3": ("Phase 1 or 1/2", ("early_phase_1", "phase_1", "phase_1_2")),
    "p2": ("People, no phase", ("unphased",)),
    "p1": ("Animals or cells", ("preclinical",)),
    "p0": ("Review or untagged", ("not_applicable",)),
}
"""Six steps that the eye can tell apart, highest first: key, wording, phases."""

DESIGN_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "d1": ("Randomised trial", ("randomized_trial",)),
    "d2": ("Other trial", ("single_arm_trial", "expanded_access")),
    "d3": ("Observational", ("cohort", "cross_sectional")),
    "d4": ("Case series or report", ("case_series", "case_report")),
    "d5": ("Animals or cells", ("animal_study", "in_vitro")),
    "d6": ("Review or other", ("review", "systematic_review", "guideline", "protocol", "other")),
}
"""Six kinds of design for a bubble that is split: key, wording, designs."""

BASES: Mapping[str, str] = {
    "text": "stated in the text",
    "publication_type": "publication type in PubMed",
    "registry": "trial register",
    "model": "trained model",
    "review": "corrected by a person",
}

FACTS: Mapping[str, str] = {
    "n_enrolled": "Participants",
    "n_screened": "Screened",
    "n_comparison": "Comparison group",
    "ages": "Ages",
    "sex": "Sex",
    "stage": "Disease stage",
    "genotype": "Genotype",
    "countries": "Country",
    "multicentre": "Multicentre",
    "n_sites": "Centres",
    "vectors": "Vector",
    "routes": "Route",
    "doses": "Dose",
    "comparator": "Compared with",
    "blinding": "Blinding",
    "follow_up": "Follow-up",
    "outcomes": "Outcome",
    "adverse_events": "Adverse event",
}
"""Every fact of a study, in the order in which the page and the exports give them."""

LABELLED = frozenset({"sex", "stage", "vectors", "routes", "comparator", "blinding"})
"""Facts whose values are labels, which read better without underscores."""

UNTAGGED = "untagged"
NO_MODALITY = "none"
NO_DISEASE = "unlinked"


PHASE_NAMES: Mapping[str, str] = {**PHASES, UNTAGGED: "Not tagged"}
DESIGN_NAMES: Mapping[str, str] = {**DESIGNS, UNTAGGED: "Not tagged"}
"""Wording with that of a missing tag."""


def phase_rank(label: str) -> int:
    """Return the place of a phase among all, higher being further; -1 for an unknown or missing one."""
    return _RANK.get(label, -1)


def phase_group(label: str) -> str:
    """Return the key of the colour step that a phase belongs to."""
    return _GROUP.get(label, "p0")


def design_group(label: str) -> str:
    """Return the key of the kind of design that a design belongs to."""
    return _KIND.get(label, "d6")


def wording(names: Mapping[str, str], label: str) -> str:
    """Return the words for a label, or the label itself made readable when the table does not know it."""
    return names.get(label) or label.replace("_", " ").capitalize()


def percent(share: float) -> str:
    """Return a share from 0 to 1 in percent: ``85%``; 100% and 0% are said of whole shares only."""
    shown = round(100 * share)
    return f"{100 * share:.1f}%" if shown in (0, 100) and share not in (0, 1) else f"{shown}%"


_RANK = {label: rank for rank, label in enumerate(PHASES)}
_GROUP = {label: key for key, (_, labels) in PHASE_GROUPS.items() for label in labels}
_KIND = {label: key for key, (_, labels) in DESIGN_GROUPS.items() for label in labels}
