"""Study tags against a gold standard on disk; owns how the two are brought together, no score."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from leukonlp.config import Settings
from leukonlp.errors import InputError, SettingsError
from leukonlp.records import Study
from leukonlp.workflow.predictions import check_shared, read_studies

FIELDS = ("relevant", "phase", "design", "modality")
"""Study tags that can be scored."""


class Score(Protocol):
    """What every score of :mod:`leukonlp.scoring` can do."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""

    def table(self) -> str:
        """Return a printable table."""


def score_studies(gold: Path, *, predicted: Path, fields: Sequence[str] = FIELDS) -> dict[str, Score]:
    """Score study tags, one class score for each field that the gold standard names.

    Args:
        gold: JSONL, one ``{"pmid": ..., "phase": ..., "design": ..., "modality": [...]}`` a line; a field
            that is missing or null was not judged.
        predicted: annotated JSONL.
        fields: tags to score.

    Raises:
        InputError: a file cannot be read, a label is not in the scheme, or the two share no record.
        SettingsError: a field that is no tag.
    """
    from leukonlp.scoring import classes

    strange = [field for field in fields if field not in FIELDS]
    if strange:
        raise SettingsError(f"{strange[0]!r} is no study tag; allowed are {', '.join(FIELDS)}")
    truth = {row["pmid"]: row for row in read_labels(gold)}
    studies = {study.pmid: study for study in read_studies(predicted, Settings()) if study.pmid in truth}
    check_shared(studies, gold, predicted)
    scores: dict[str, Score] = {}
    for field in fields:
        if any(row.get(field) is not None for row in truth.values()):
            labels = {pmid: row.get(field) for pmid, row in truth.items()}
            scores[field] = classes(labels, {pmid: _label(study, field) for pmid, study in studies.items()})
    if not scores:
        raise InputError(
            f"{gold} judges none of {', '.join(fields)}; give lines such as "
            '{"pmid": "1", "phase": "phase_3"}'
        )
    return scores


def read_labels(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled records of a JSONL file.

    Raises:
        InputError: the file cannot be read, or a label is not in the scheme.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict) or "pmid" not in row:
                    raise InputError(f"{path}, line {number}: give one JSON object with a pmid a line")
                _check_labels(row, f"{path}, line {number}")
                yield row | {"pmid": str(row["pmid"])}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is no JSONL: {error}") from error


def _check_labels(row: Mapping[str, Any], where: str) -> None:
    """Refuse a judgement outside the label scheme: it would count as the annotation's error."""
    for field, allowed in _allowed().items():
        value = row.get(field)
        values = value if field == "modality" and isinstance(value, list) else [value]
        if value is None or (
            isinstance(value, list) == (field == "modality")
            and all(type(v) is type(allowed[0]) and v in allowed for v in values)
        ):
            continue
        kind = "a list of labels" if field == "modality" else "one label"
        names = ", ".join(json.dumps(label) for label in allowed)
        raise InputError(f"{where}: {field} is {json.dumps(value)}; give {kind}, out of {names}")


def _allowed() -> dict[str, tuple[str | bool, ...]]:
    from leukonlp.studies.labels import DESIGNS, MODALITIES, PHASES

    return {"relevant": (True, False), "phase": PHASES, "design": DESIGNS, "modality": MODALITIES}


def _label(study: Study, field: str) -> Any:
    value = getattr(study, field)
    if isinstance(value, tuple):
        return [tag.label for tag in value]
    return None if value is None else value.label
