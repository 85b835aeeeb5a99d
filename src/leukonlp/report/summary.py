"""Studies in, one plain dict out: everything the page shows, counted here and nowhere else; no markup.

A study counts when it is relevant and not retracted; retracted ones are listed and marked, and stand
in no count but their own. A study of two diseases or two modalities counts in each of them.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from leukonlp.records import Fact, Study, Tag
from leukonlp.report.rollup import Rollup
from leukonlp.report.words import (
    DESIGNS,
    FACTS,
    LABELLED,
    MODALITIES,
    NO_DISEASE,
    NO_MODALITY,
    PHASES,
    UNTAGGED,
    phase_rank,
    wording,
)

if TYPE_CHECKING:
    from leukonlp.lexicon import Lexicon

LIMIT = 2000
"""Studies that a page lists with their text; a browser stays quick with as many."""


def summarize(
    studies: Iterable[Study],
    *,
    lexicon: Lexicon,
    versions: Mapping[str, str] | None = None,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """Return what the page shows, as plain JSON values.

    Args:
        studies: every study of the index, relevant or not, in any order; read once.
        lexicon: names diseases, genes and therapies, and says which disease is a kind of which.
        versions: what made the studies; by default what the studies say of themselves.
        limit: how many studies, newest first, are listed with their text. All are counted.
    """
    rollup = Rollup(lexicon)
    tally = _Tally(rollup)
    found: dict[str, set[str]] = defaultdict(set)

    def counted() -> Iterable[Study]:
        for study in studies:
            for name, version in study.versions:
                found[name].add(version)
            if tally.take(study):
                yield study

    newest = heapq.nsmallest(limit, counted(), key=_newest_first)
    made_by = {name: [version] for name, version in (versions or {}).items()} or found
    return {
        "funnel": dict(tally.funnel),
        "map": tally.map(),
        "timeline": tally.timeline(),
        "undated": tally.undated,
        "counts": {
            "phase": _counted(tally.phases, PHASES),
            "design": _counted(tally.designs, DESIGNS),
            "modality": _counted(tally.modalities, {**MODALITIES, NO_MODALITY: "No treatment studied"}),
        },
        "trials": [{"number": n, "bank": b, "pmids": p} for (n, b), p in sorted(tally.trials.items())],
        "studies": [_row(study, rollup) for study in newest],
        "left_out": tally.funnel["relevant"] - len(newest),
        "versions": {name: sorted(found) for name, found in sorted(made_by.items())},
    }


class _Tally:
    """The counts, filled study by study."""

    def __init__(self, rollup: Rollup) -> None:
        self.rollup = rollup
        self.funnel = Counter({"records": 0, "relevant": 0, "retracted": 0, "counted": 0, "with_modality": 0})
        self.phases: Counter[str] = Counter()
        self.designs: Counter[str] = Counter()
        self.modalities: Counter[str] = Counter()
        self.years: dict[int, Counter[str]] = defaultdict(Counter)
        self.undated = 0
        self.cells: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        self.rows: Counter[str] = Counter()
        self.trials: dict[tuple[str, str], list[str]] = defaultdict(list)

    def take(self, study: Study) -> bool:
        """Count one study; True when it is relevant and belongs into the list."""
        self.funnel["records"] += 1
        if study.relevant is None or study.relevant.label is not True:
            return False
        self.funnel["relevant"] += 1
        if study.retracted:
            self.funnel["retracted"] += 1
        else:
            self._count(study)
        for accession in set(study.registry_numbers):
            self.trials[accession.number, accession.bank].append(study.pmid)
        return True

    def _count(self, study: Study) -> None:
        phase, design = _label(study.phase), _label(study.design)
        modalities = tuple(dict.fromkeys(_label(tag) for tag in study.modality))
        self.funnel["counted"] += 1
        self.funnel["with_modality"] += bool(modalities)
        self.phases[phase] += 1
        self.designs[design] += 1
        self.modalities.update(modalities or (NO_MODALITY,))
        if study.year is None:
            self.undated += 1
        else:
            self.years[study.year][phase] += 1
        for row in self.rollup.rows(study.diseases) or (NO_DISEASE,):
            self.rows[row] += 1
            for modality in modalities or (NO_MODALITY,):
                self.cells[row, modality][phase, design] += 1

    def map(self) -> dict[str, Any]:
        """Return the evidence map: main diseases by modalities, most studied disease first."""
        extra = sorted({modality for _, modality in self.cells} - {*MODALITIES, NO_MODALITY})
        columns = [*MODALITIES, *extra, NO_MODALITY]
        order = sorted(
            self.rows, key=lambda row: (row == NO_DISEASE, -self.rows[row], self.rollup.name(row), row)
        )
        names = {**MODALITIES, NO_MODALITY: "No treatment studied"}
        return {
            "columns": [{"modality": column, "name": wording(names, column)} for column in columns],
            "rows": [self._map_row(row, columns) for row in order],
            "without_study": [
                {"id": row, "name": self.rollup.name(row)}
                for row in self.rollup.all_rows()
                if row not in self.rows
            ],
        }

    def _map_row(self, row: str, columns: Iterable[str]) -> dict[str, Any]:
        name = "Disease not linked" if row == NO_DISEASE else self.rollup.name(row)
        cells = [_cell(column, self.cells.get((row, column), Counter())) for column in columns]
        return {"id": row, "name": name, "group": self.rollup.group(row), "n": self.rows[row], "cells": cells}

    def timeline(self) -> list[dict[str, Any]]:
        """Return studies by year and phase; years without a study are there too, within reason."""
        years = sorted(self.years)
        if years and years[-1] - years[0] <= 200:
            years = list(range(years[0], years[-1] + 1))
        return [
            {"year": year, "n": self.years[year].total(), "phases": dict(sorted(self.years[year].items()))}
            for year in years
        ]


def _cell(modality: str, found: Counter[tuple[str, str]]) -> dict[str, Any]:
    designs: Counter[str] = Counter()
    for (_, design), n in found.items():
        designs[design] += n
    highest = max((phase for phase, _ in found), key=lambda phase: (phase_rank(phase), phase), default=None)
    return {"modality": modality, "n": found.total(), "phase": highest, "designs": _counted(designs, DESIGNS)}


def _counted(found: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    order = [*names, *sorted(set(found) - set(names))]
    named = {**names, UNTAGGED: "Not tagged"}
    return [
        {"label": label, "name": wording(named, label), "n": found[label]}
        for label in order
        if label in found
    ]


def _label(tag: Tag | None) -> str:
    return UNTAGGED if tag is None else str(tag.label)


def _newest_first(study: Study) -> tuple[int, int, str]:
    number = int(study.pmid) if study.pmid.isascii() and study.pmid.isdigit() and len(study.pmid) < 12 else 0
    return -(study.year or 0), -number, study.pmid


def _row(study: Study, rollup: Rollup) -> dict[str, Any]:
    record = study.abstract
    return {
        "pmid": study.pmid,
        "title": study.title,
        "year": study.year,
        "journal": record.journal,
        "doi": record.doi,
        "text": study.text,
        "retracted": study.retracted,
        "diseases": [{"id": id, "name": rollup.name(id)} for id in study.diseases],
        "rows": list(rollup.rows(study.diseases)) or [NO_DISEASE],
        "genes": [rollup.name(id) for id in study.genes],
        "therapies": [rollup.name(id) for id in study.therapies],
        "phase": _label(study.phase),
        "design": _label(study.design),
        "modalities": [_label(tag) for tag in study.modality] or [NO_MODALITY],
        "participants": study.n_enrolled.value if study.n_enrolled else None,
        "registry": [
            {"bank": a.bank, "number": a.number} for a in sorted(set(study.registry_numbers), key=str)
        ],
        "mentions": [mention.to_dict() for mention in study.mentions],
        "tags": _tags(study),
        "facts": _facts(study),
    }


def _tags(study: Study) -> list[dict[str, Any]]:
    fields = (
        ("Phase", PHASES, (study.phase,)),
        ("Design", DESIGNS, (study.design,)),
        ("Treatment", MODALITIES, study.modality),
        ("Relevant", {"True": "Yes", "False": "No"}, (study.relevant,)),
    )
    return [
        {**tag.to_dict(), "field": field, "name": wording(names, str(tag.label))}
        for field, names, tags in fields
        for tag in tags
        if tag is not None
    ]


def _facts(study: Study) -> list[dict[str, Any]]:
    found = []
    for field, name in FACTS.items():
        value = getattr(study, field)
        for fact in value if isinstance(value, tuple) else (value,):
            if fact is not None:
                why = {"quote": fact.quote.to_dict(), "basis": "text", "probability": None}
                said = _stated(fact)
                said = said.replace("_", " ") if field in LABELLED else said
                found.append({"field": name, "name": said, **why})
    return found


def _stated(fact: Fact) -> str:
    """Return a fact in words: ``median 24 months (12 to 48)``."""
    if isinstance(fact.value, bool):
        return "Yes" if fact.value else "No"
    limits = f"{_number(fact.low)} to {_number(fact.high)}" if None not in (fact.low, fact.high) else ""
    value = limits if fact.value is None else _number(fact.value)
    words = [fact.statistic or "", value, fact.unit or ""]
    if limits and fact.value is not None:
        words.append(f"({limits})")
    if fact.count is not None:
        words.append(f"in {fact.count}" + (f" of {fact.total}" if fact.total is not None else ""))
    return " ".join(word for word in words if word)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
