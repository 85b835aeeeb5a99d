"""From an index to a reviewer's table and back; owns which labels a person may give."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from leukonlp.evidence import EvidenceIndex
from leukonlp.studies.labels import DESIGNS, MODALITIES, PHASES
from leukonlp.workflow.files import check_target, replacing

ALLOWED: Mapping[str, Sequence[str]] = {
    "relevant": ("true", "false"),
    "phase": (*PHASES, "none"),
    "design": (*DESIGNS, "none"),
    "modality": (*MODALITIES, "none"),
}
"""Labels of each field; ``none`` takes the label away."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a reviewer's table did."""

    tags: int
    """Rows that were filled in."""
    studies: int
    """Studies that changed."""


def write_review(db: Path, out: Path, *, limit: int) -> int:
    """Write the least certain tags of an index as CSV and return how many.

    Raises:
        IndexFileError: the index is missing, corrupt, locked, foreign or newer than this leukonlp.
        InputError: ``out`` cannot be written.
    """
    check_target(out, apart=(db,))
    table, number = review_table(db, limit=limit)
    with replacing(out, apart=(db,)) as file:
        file.write(table)
    return number


def review_table(db: Path, *, limit: int) -> tuple[bytes, int]:
    """Return the least certain tags of an index as CSV, and how many they are.

    Raises:
        IndexFileError: as for :func:`write_review`.
    """
    from leukonlp.report.review import write_doubts

    with EvidenceIndex(db, readonly=True) as index:
        doubts = index.doubts(limit=limit)
    file = io.BytesIO()
    number = write_doubts(doubts, ALLOWED, file)
    return file.getvalue(), number


def apply_review(db: Path, path: Path, *, by: str, at: str | None = None) -> Applied:
    """Take a reviewer's corrections into an index: all of them, or none when one cannot be used.

    Args:
        db: the index, which must exist.
        path: the CSV.
        by: who corrected.
        at: ISO time; None for now.

    Raises:
        IndexFileError: as for :func:`write_review`.
        InputError: naming each row that cannot be used, the value found and the values allowed.
    """
    from leukonlp.report.review import read_corrections

    time = at or datetime.now(timezone.utc).isoformat(timespec="seconds")
    with EvidenceIndex(db, readonly=True) as index:
        known = index.pmids()
    given = read_corrections(path, ALLOWED, known=known, by=by, at=time)
    with EvidenceIndex(db) as index:
        return Applied(len(given), index.correct(given))
