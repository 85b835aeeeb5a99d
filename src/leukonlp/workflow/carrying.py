"""From an evidence index to files for other programs: one file, or a folder that describes itself."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.workflow.files import check_target, replacing
from leukonlp.workflow.outputs import export_index

CRATE_FILES: Mapping[str, tuple[str, str, str]] = {
    "studies.jsonl": (
        "jsonl",
        "application/jsonl",
        "Every study with mentions, tags, facts and quotes, one line each; `leukonlp index` reads it.",
    ),
    "studies.csv": ("csv", "text/csv", "One row a study, for spreadsheets."),
    "studies.parquet": ("parquet", "application/vnd.apache.parquet", "One row a study, for programs."),
    "studies.ris": ("ris", "application/x-research-info-systems", "For reference managers."),
}
"""Files of a crate: format, media type, description. Parquet only where pyarrow is installed."""


def export(db: Path, format: str, out: Path) -> int:
    """Write an index in any of the formats of ``leukonlp export`` and return how many studies it holds.

    Raises:
        IndexFileError: the index is missing, corrupt, locked, foreign or newer than this leukonlp.
        InputError: the format is unknown, its package is not installed, or ``out`` cannot be written.
    """
    special: dict[str, Callable[[Path, Path], int]] = {
        "ro-crate": write_crate,
        "datasette": write_description,
    }
    return special[format](db, out) if format in special else export_index(db, format, out)


def write_description(db: Path, out: Path) -> int:
    """Write the metadata file with which Datasette shows this index; return the number of studies."""
    from leukonlp.evidence.browsing import datasette_metadata

    with EvidenceIndex(db, readonly=True) as index:
        number = len(index)
    with replacing(out, apart=(db,)) as file:
        file.write((json.dumps(datasette_metadata(db), indent=2) + "\n").encode())
    return number


def write_crate(db: Path, out: Path, *, today: date | None = None) -> int:
    """Write the studies and what made them into the folder ``out`` as an RO-Crate; return their number.

    The metadata come last, so that they never speak of files that are not there.

    Raises:
        IndexFileError: as for :func:`export`.
        InputError: ``out`` is a file, or holds something else than an earlier crate.
    """
    from leukonlp.report.crate import METADATA, CrateFile, metadata

    _check_folder(out, METADATA)
    with EvidenceIndex(db, readonly=True) as index:
        status, updates, number = index.status(), [asdict(update) for update in index.updates()], len(index)
    out.mkdir(exist_ok=True)
    files = []
    for name, (format, media, description) in CRATE_FILES.items():
        if format == "parquet" and importlib.util.find_spec("pyarrow") is None:
            continue
        export_index(db, format, out / name)
        content = (out / name).read_bytes()
        files.append(CrateFile(name, len(content), hashlib.sha256(content).hexdigest(), media, description))
    made = metadata(files, status=status, updates=updates, made=(today or date.today()).isoformat())
    with replacing(out / METADATA) as file:
        file.write((json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode())
    return number


def _check_folder(out: Path, mark: str) -> None:
    check_target(out / mark) if out.is_dir() else check_target(out)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file, and an RO-Crate is a folder; name another folder with --out")
    others = {path.name for path in out.iterdir()} - {mark, *CRATE_FILES} if out.is_dir() else set()
    if others:
        raise InputError(
            f"the folder {out} holds {sorted(others)[0]!r}, which is no part of a crate; "
            "name an empty folder, or one of an earlier crate"
        )
