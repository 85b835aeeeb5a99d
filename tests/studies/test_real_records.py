"""The rules against real records: what the text states, compared with publication types and registers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leukonlp.records import Abstract
from leukonlp.structure import inline_sections
from leukonlp.studies import design, people, phase
from leukonlp.studies.reading import Concepts, Reading

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_COMBINED = {(1, 2): "phase_1_2", (2, 3): "phase_2_3"}


def _records(shared: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(shared / "pubmed" / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _reading(record: dict[str, Any], lexicon: Concepts) -> Reading:
    title, abstract = record["title"], record["abstract"]
    sections = inline_sections(f"{title}\n{abstract}", len(title) + 1)
    return Reading(Abstract(record["pmid"], title, abstract, sections=sections), (), lexicon=lexicon)


def _label(numbers: list[int]) -> str | None:
    key = tuple(sorted(set(numbers)))
    return _COMBINED.get(key) or (f"phase_{key[0]}" if len(key) == 1 else None)


@pytest.mark.shared
def test_stated_phase_agrees_with_publication_type_or_register(shared: Path, lexicon: Concepts) -> None:
    right = wrong = silent = 0
    for record in _records(shared):
        typed = [_ROMAN[numeral] for numeral in record["phase_pt"] or ()]
        registered = [int(number) for number in record.get("registry_phase") or () if number in "01234"]
        known = {_label(numbers) for numbers in (typed, registered) if numbers}
        if not known or "phase" not in f"{record['title']} {record['abstract']}".lower():
            continue
        tag = phase.stated(_reading(record, lexicon))
        right += tag is not None and tag.label in known
        wrong += tag is not None and tag.label not in known
        silent += tag is None
    # Measured 432 right, 11 other (in each the text does state the label given), 25 silent.
    assert right + wrong > 400
    assert right / (right + wrong) >= 0.96
    assert silent / (right + wrong + silent) <= 0.08


@pytest.mark.shared
@pytest.mark.parametrize(
    ("type", "labels", "least"),
    [
        ("Randomized Controlled Trial", {"randomized_trial", "protocol"}, 0.90),
        ("Meta-Analysis", {"systematic_review"}, 0.90),
        ("Clinical Trial Protocol", {"protocol"}, 0.95),
        ("Observational Study", {"cohort", "cross_sectional"}, 0.80),
    ],
)
def test_design_by_text_agrees_with_publication_types(
    shared: Path, lexicon: Concepts, type: str, labels: set[str], least: float
) -> None:
    found = []
    for record in _records(shared):
        if type in record["pubtypes"] and record["abstract"]:
            reading = _reading(record, lexicon)
            tag = design.decide(reading, people.find(reading), phase.stated(reading))
            found.append(tag is not None and tag.label in labels)
    assert len(found) > 20
    assert sum(found) / len(found) >= least
