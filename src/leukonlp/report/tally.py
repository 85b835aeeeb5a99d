"""Counting studies for the map, the timeline and the funnel; owns the counts, no words and no markup.

A study counts when it is relevant and not retracted. One of two diseases or two modalities counts in each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from leukonlp.records import Study, Tag
from leukonlp.report.rollup import Rollup
from leukonlp.report.words import (
    DESIGN_GROUPS,
    MODALITIES,
    NO_DISEASE,
    NO_MODALITY,
    UNTAGGED,
    design_group,
    phase_rank,
    wording,
)

ALL = "all"
"""Key of the timeline's first panel."""
_NAMES = {**MODALITIES, NO_MODALITY: "No treatment studied", ALL: "All studies"}
_LONGEST = 200
"""Years that a timeline spans at most; beyond it only those with a study are drawn (a mistyped year)."""


def label_of(tag: Tag | None) -> str:
    """Return the label of a tag, or the word for a missing one."""
    return UNTAGGED if tag is None else str(tag.label)


def modality_name(label: str) -> str:
    """Return the words for a modality, or for a study without one."""
    return wording(_NAMES, label)


class Tally:
    """The counts, filled study by study."""

    def __init__(self, rollup: Rollup) -> None:
        """Start from nothing; ``rollup`` says under which main disease a study counts."""
        self.rollup = rollup
        self.funnel = Counter({"records": 0, "relevant": 0, "retracted": 0, "counted": 0, "with_modality": 0})
        self.undated = 0
        self.revised = ""
        self.modalities: Counter[str] = Counter()
        self._years: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._cells: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        self._rows: Counter[str] = Counter()

    def take(self, study: Study) -> bool:
        """Count one study; True when it is relevant and belongs into the list."""
        self.funnel["records"] += 1
        self.revised = max(self.revised, study.abstract.revised or "")
        if study.relevant is None or study.relevant.label is not True:
            return False
        self.funnel["relevant"] += 1
        if study.retracted:
            self.funnel["retracted"] += 1
        else:
            self._count(study)
        return True

    def _count(self, study: Study) -> None:
        phase, design = label_of(study.phase), label_of(study.design)
        modalities = tuple(dict.fromkeys(label_of(tag) for tag in study.modality))
        self.funnel["counted"] += 1
        self.funnel["with_modality"] += bool(modalities)
        self.modalities.update(modalities or (NO_MODALITY,))
        if study.year is None:
            self.undated += 1
        else:
            for panel in (ALL, *(modalities or (NO_MODALITY,))):
                self._years[panel][study.year][phase] += 1
        for row in self.rollup.rows(study.diseases) or (NO_DISEASE,):
            self._rows[row] += 1
            for modality in modalities or (NO_MODALITY,):
                self._cells[row, modality][phase, design] += 1

    def columns(self) -> list[str]:
        """Return the modalities in their order, those outside the scheme after them, none of them last."""
        extra = sorted(set(self.modalities) - {*MODALITIES, NO_MODALITY})
        return [*MODALITIES, *extra, NO_MODALITY]

    def map(self) -> dict[str, Any]:
        """Return the evidence map: main diseases by modalities, most studied disease first."""
        columns, name = self.columns(), self.rollup.name
        order = sorted(self._rows, key=lambda row: (row == NO_DISEASE, -self._rows[row], name(row), row))
        absent = [row for row in self.rollup.all_rows() if row not in self._rows]
        return {
            "columns": [
                {"modality": column, "name": modality_name(column), "n": self.modalities[column]}
                for column in columns
            ],
            "rows": [self._map_row(row, columns) for row in order],
            "without_study": [{"id": row, "name": name(row)} for row in absent],
        }

    def _map_row(self, row: str, columns: Iterable[str]) -> dict[str, Any]:
        name = "Disease not linked" if row == NO_DISEASE else self.rollup.name(row)
        cells = [_cell(column, self._cells.get((row, column), Counter())) for column in columns]
        return {
            "id": row,
            "name": name,
            "group": self.rollup.group(row),
            "n": self._rows[row],
            "cells": cells,
        }

    def timeline(self) -> dict[str, Any]:
        """Return studies by year and phase: all of them first, then those of each modality that has any."""
        years = sorted(self._years[ALL])
        if years and years[-1] - years[0] <= _LONGEST:
            years = list(range(years[0], years[-1] + 1))
        panels = [panel for panel in (ALL, *self.columns()) if self._years.get(panel)]
        return {"years": years, "panels": [self._panel(panel) for panel in panels]}

    def _panel(self, panel: str) -> dict[str, Any]:
        found = self._years[panel]
        return {
            "modality": panel,
            "name": modality_name(panel),
            "n": sum(phases.total() for phases in found.values()),
            "years": [
                {"year": year, "n": found[year].total(), "phases": dict(sorted(found[year].items()))}
                for year in sorted(found)
            ],
        }


def _cell(modality: str, found: Counter[tuple[str, str]]) -> dict[str, Any]:
    kinds = dict.fromkeys(DESIGN_GROUPS, 0)
    for (_, design), n in found.items():
        kinds[design_group(design)] += n
    highest = max((phase for phase, _ in found), key=lambda phase: (phase_rank(phase), phase), default=None)
    return {"modality": modality, "n": found.total(), "phase": highest, "designs": kinds}
