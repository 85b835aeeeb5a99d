"""Tags that a person gave; owns that they win over rules and models, and which tags are worth a look.

A correction is of a record's PMID and a field. It is laid over the study each time the study comes in, so it
outlives a new annotation; a later correction of the same field takes its place, and all are kept.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from leukonlp.errors import InputError
from leukonlp.evidence.query import LABELS
from leukonlp.records import Correction, Doubt, Study, Tag

_ALLOWED = {"relevant": ("true", "false"), **LABELS}
_LATEST = """
    SELECT field, label FROM corrections AS c WHERE pmid = ?
    AND n = (SELECT max(n) FROM corrections WHERE pmid = c.pmid AND field = c.field)
"""
_DOUBTS = """
    SELECT pmid, year, title, field, label, probability, basis, quote FROM (
        SELECT id, 'relevant' AS field, CASE relevant WHEN 1 THEN 'true' ELSE 'false' END AS label,
            relevant_probability AS probability, json_extract(json, '$.study.relevant.basis') AS basis,
            json_extract(json, '$.study.relevant.quote.text') AS quote
            FROM studies JOIN lines ON study = id WHERE relevant IS NOT NULL
        UNION ALL
        SELECT id, 'phase', phase, phase_probability, phase_basis, phase_quote FROM studies WHERE relevant = 1
        UNION ALL
        SELECT id, 'design', design, design_probability, design_basis, design_quote FROM studies
            WHERE relevant = 1
        UNION ALL
        SELECT id, 'modality', group_concat(label, '; '), min(modalities.probability),
            group_concat(DISTINCT basis), (SELECT group_concat(quote, ' … ')
                FROM (SELECT DISTINCT quote FROM modalities AS other WHERE other.study = id ORDER BY n))
            FROM modalities JOIN studies ON id = study WHERE relevant = 1 GROUP BY study
    ) JOIN studies USING (id) WHERE probability IS NOT NULL AND instr(coalesce(basis, ''), 'review') = 0
    ORDER BY probability, field, id LIMIT ?
"""


def overlay(study: Study, labels: Mapping[str, str | None]) -> Study:
    """Return the study with these fields as a person judged them; a confirmed tag keeps its quote."""
    given: dict[str, Any] = {}
    for field, label in labels.items():
        held = getattr(study, field)
        if field == "modality":
            quotes = {tag.label: tag.quote for tag in held}
            names = label.split("; ") if label else []
            given[field] = tuple(Tag(name, quote=quotes.get(name), basis="review") for name in names)
        elif label is None:
            given[field] = None
        else:
            value = label == "true" if field == "relevant" else label
            same = held is not None and held.label == value
            given[field] = Tag(value, quote=held.quote if same else None, basis="review")
    return dataclasses.replace(study, **given) if given else study


def check(correction: Correction) -> None:
    """Refuse a correction that no study could bear.

    Raises:
        InputError: a field or label that is not in the scheme.
    """
    field, label = correction.field, correction.label
    if field not in _ALLOWED:
        raise InputError(f"record {correction.pmid}: field {field!r}; allowed are {', '.join(_ALLOWED)}")
    names = label.split("; ") if label and field == "modality" else [label]
    for name in names:
        if name not in _ALLOWED[field] and (name is not None or field == "relevant"):
            raise InputError(
                f"record {correction.pmid}: {name!r} is no {field}; allowed are {', '.join(_ALLOWED[field])}"
            )


def latest(connection: sqlite3.Connection, pmid: str) -> dict[str, str | None]:
    """Return the corrections in force for a record: field to label, None for "no label"."""
    return dict(connection.execute(_LATEST, (pmid,)).fetchall())


def keep(connection: sqlite3.Connection, corrections: Iterable[Correction], study: Study) -> None:
    """Add corrections of one study to those that are kept, with what the field said until now."""
    for c in corrections:
        held = getattr(study, c.field)
        was = [t.to_dict() for t in held] if isinstance(held, tuple) else held and held.to_dict()
        connection.execute(
            "INSERT INTO corrections SELECT ?1, ?2, 1 + coalesce(max(n), 0), ?3, ?4, ?5, ?6 "
            "FROM corrections WHERE pmid = ?1 AND field = ?2",
            (c.pmid, c.field, c.label, c.by, c.at, json.dumps(was, ensure_ascii=False)),
        )


def doubts(connection: sqlite3.Connection, *, limit: int) -> tuple[Doubt, ...]:
    """Return the tags of least probability, the least sure first; without those that a person has judged.

    Phase, design and modality are asked of relevant studies only. A tag whose probability is not known
    cannot be ranked and is left out.
    """
    return tuple(Doubt(*row) for row in connection.execute(_DOUBTS, (limit,)))
