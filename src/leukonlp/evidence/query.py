"""A search with every name resolved: what the search, the choice of quotes and the hits speak in.

Owns also what a caller may ask for: the labels and bounds that are no names of concepts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from leukonlp.errors import InputError

Years: TypeAlias = tuple[int | None, int | None]
"""First and last year, where None is open."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "phase": (
        *("preclinical", "early_phase_1", "phase_1", "phase_1_2", "phase_2", "phase_2_3", "phase_3"),
        *("phase_4", "unphased", "not_applicable"),
    ),
    "modality": (
        *("gene_therapy", "gene_editing", "hsct", "enzyme_replacement", "antisense", "small_molecule"),
        *("biologic", "cell_therapy", "dietary", "device_or_procedure", "supportive_care"),
    ),
    "design": (
        *("randomized_trial", "single_arm_trial", "expanded_access", "cohort", "cross_sectional"),
        *("case_series", "case_report", "animal_study", "in_vitro", "review", "systematic_review"),
        *("guideline", "protocol", "other"),
    ),
}
"""Labels that can be searched for, as the label scheme has them: a test compares the two."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search with every name resolved; empty means no condition."""

    words: str | None = None
    disease: tuple[str, ...] = ()
    gene: tuple[str, ...] = ()
    therapy: tuple[str, ...] = ()
    asked: tuple[tuple[str, ...], ...] = ()
    """Ids of the diseases, of the genes and of the therapies asked for, without what descends from them."""
    phase: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    design: tuple[str, ...] = ()
    year: tuple[int | None, int | None] = (None, None)
    participants: tuple[int | None, int | None] = (None, None)
    relevant: bool | None = None
    retracted: bool | None = None
    mentioned: bool = False


def several(name: str, value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one value, several or none as a tuple.

    Raises:
        InputError: a value is no string.
    """
    values = () if value is None else (value,) if isinstance(value, str) else value
    if not isinstance(values, (list, tuple, set, frozenset)) or not all(isinstance(v, str) for v in values):
        raise InputError(f"{name} is {value!r}; give a string, or a list of strings")
    return tuple(values)


def words(value: str | None) -> str | None:
    """Return the words asked for, or None without any.

    Raises:
        InputError: they are no string.
    """
    if value is not None and not isinstance(value, str):
        raise InputError(f"words is {value!r}; give a string")
    return value if value and value.strip() else None


def labels(name: str, value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the labels asked for as a tuple.

    Raises:
        InputError: one is no label of the scheme.
    """
    asked = several(name, value)
    for label in asked:
        if label not in LABELS[name]:
            raise InputError(f"{label!r} is no {name}; allowed are {', '.join(LABELS[name])}")
    return asked


def years(value: int | Years | None) -> Years:
    """Return one year, or ``(first, last)``, as bounds.

    Raises:
        InputError: it is neither, or ends before it begins.
    """
    bounds = value if isinstance(value, (tuple, list)) else (value, value)
    if len(bounds) != 2 or not all(year is None or type(year) is int for year in bounds):
        raise InputError(f"year is {value!r}; give a year such as 2015, or (first, last), where None is open")
    first, last = bounds
    if first is not None and last is not None and first > last:
        raise InputError(f"year is {value!r}, which ends before it begins; give the earlier year first")
    return first, last


def participants(least: int | None, most: int | None) -> tuple[int | None, int | None]:
    """Return both bounds of the number enrolled.

    Raises:
        InputError: one is no whole number or negative, or they leave nothing between them.
    """
    for name, bound in (("min_participants", least), ("max_participants", most)):
        if bound is not None and (type(bound) is not int or bound < 0):
            raise InputError(f"{name} is {bound!r}; give a whole number, 0 or more")
    if least is not None and most is not None and least > most:
        raise InputError(
            f"min_participants {least} is more than max_participants {most}; give the smaller number first"
        )
    return least, most
