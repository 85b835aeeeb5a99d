"""What the page tells of one study, as plain values: its row, and why each tag and fact is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leukonlp.records import Fact, Study
from leukonlp.report.rollup import Rollup
from leukonlp.report.tally import label_of
from leukonlp.report.words import (
    DESIGNS,
    FACTS,
    LABELLED,
    MODALITIES,
    NO_DISEASE,
    NO_MODALITY,
    PHASES,
    wording,
)


def row(study: Study, rollup: Rollup, *, trials: Sequence[str] = (), text: bool = True) -> dict[str, Any]:
    """Return a study as plain values.

    Args:
        study: what the row tells of.
        rollup: names concepts, and says under which main disease a subtype stands.
        trials: the numbers that name the trials it reports; its own numbers may be others.
        text: whether ``reading`` (text, mentions, tags, facts) is brought; it is None otherwise.
    """
    record = study.abstract
    return {
        "pmid": study.pmid,
        "title": study.title,
        "year": study.year,
        "journal": record.journal,
        "doi": record.doi,
        "retracted": study.retracted,
        "diseases": [{"id": id, "name": rollup.name(id)} for id in study.diseases],
        "rows": list(rollup.rows(study.diseases)) or [NO_DISEASE],
        "genes": _named(study.genes, rollup),
        "therapies": _named(study.therapies, rollup),
        "phase": label_of(study.phase),
        "design": label_of(study.design),
        "modalities": list(dict.fromkeys(label_of(tag) for tag in study.modality)) or [NO_MODALITY],
        "participants": study.n_enrolled.value if study.n_enrolled else None,
        "registry": [
            {"bank": a.bank, "number": a.number} for a in sorted(set(study.registry_numbers), key=str)
        ],
        "trials": list(trials),
        "reading": _reading(study) if text else None,
    }


def _named(concepts: tuple[str, ...], rollup: Rollup) -> list[dict[str, str]]:
    return [{"id": id, "name": rollup.name(id)} for id in concepts]


def _reading(study: Study) -> dict[str, Any]:
    return {
        "text": study.text,
        "mentions": [mention.to_dict() for mention in study.mentions],
        "why": [*_tags(study), *_facts(study)],
    }


def _tags(study: Study) -> list[dict[str, Any]]:
    fields = (
        ("Phase", PHASES, (study.phase,)),
        ("Design", DESIGNS, (study.design,)),
        ("Treatment", MODALITIES, study.modality),
        ("About a leukodystrophy", {"True": "Yes", "False": "No"}, (study.relevant,)),
    )
    return [
        {
            "field": field,
            "name": wording(names, str(tag.label)),
            "quote": tag.quote.to_dict() if tag.quote else None,
            "basis": tag.basis,
            "probability": tag.probability,
        }
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
                said = _stated(fact)
                said = said.replace("_", " ") if field in LABELLED else said
                why = {"quote": fact.quote.to_dict(), "basis": "text", "probability": None}
                found.append({"field": name, "name": said, **why})
    return found


def _stated(fact: Fact) -> str:
    """Return a fact in words: ``median 24 months (12 to 48)``."""
    if isinstance(fact.value, bool):
        return "Yes" if fact.value else "No"
    limits = _limits(fact.low, fact.high)
    value = limits if fact.value is None else _number(fact.value)
    words = [fact.statistic or "", value, fact.unit or ""]
    if limits and fact.value is not None:
        words.append(f"({limits})")
    if fact.count is not None:
        words.append(f"in {fact.count}" + (f" of {fact.total}" if fact.total is not None else ""))
    return " ".join(word for word in words if word)


def _limits(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return (
            f"from {_number(low)}"
            if low is not None
            else f"up to {_number(high)}"
            if high is not None
            else ""
        )
    return f"{_number(low)} to {_number(high)}"


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
