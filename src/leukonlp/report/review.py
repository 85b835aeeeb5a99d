"""The CSV that reviewers fill in; owns its columns, and the reading of what comes back.

A row is one field of one study. The column ``correct`` is empty when it goes out; a row where it stays empty
says nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from leukonlp.errors import InputError
from leukonlp.records import Correction, Doubt
from leukonlp.report.links import pubmed
from leukonlp.report.tables import safe

COLUMNS = (
    *("pmid", "field", "label", "correct", "probability", "basis", "quote"),
    *("title", "year", "link", "labels_allowed"),
)
NEEDED = ("pmid", "field", "correct")
NONE = "none"
"""What a reviewer writes where no label is right."""
_SHOWN = 10
"""Faults told at once."""


def write_doubts(doubts: Iterable[Doubt], allowed: Mapping[str, Sequence[str]], file: BinaryIO) -> int:
    """Write one row for each doubtful tag and return how many; cells are safe for spreadsheets."""
    # The mark tells Excel that this is UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    rows = [[safe(cell) for cell in _row(doubt, allowed[doubt.field])] for doubt in doubts]
    try:
        csv.writer(text).writerows([COLUMNS, *rows])
    finally:
        text.detach()
    return len(rows)


def _row(doubt: Doubt, allowed: Sequence[str]) -> tuple[str, ...]:
    several = " (several: joined with ;)" if doubt.field == "modality" else ""
    return (
        *(doubt.pmid, doubt.field, doubt.label, "", f"{doubt.probability:.2f}"),
        *(doubt.basis or "", doubt.quote or "", doubt.title, str(doubt.year or "")),
        *(pubmed(doubt.pmid) or "", f"{', '.join(allowed)}{several}"),
    )


def read_corrections(
    path: Path, allowed: Mapping[str, Sequence[str]], *, known: Iterable[str], by: str, at: str
) -> tuple[Correction, ...]:
    """Read the rows that a reviewer filled in, all of them or none.

    Args:
        path: the file, parted by commas, semicolons or tabs, as spreadsheets write it.
        allowed: the labels of each field.
        known: PMIDs and local ids that the index holds.
        by: who corrected.
        at: ISO time of the correction.

    Raises:
        InputError: naming each row that cannot be used, the value found and the values allowed.
    """
    there, faults = frozenset(known), list[str]()
    found: dict[tuple[str, str], Correction] = {}
    for number, row in _rows(path):
        if not row["correct"].strip():
            continue
        try:
            correction = _correction(row, allowed, there, by, at)
            key = correction.pmid, correction.field
            if found.setdefault(key, correction) != correction:
                raise ValueError(f"{key[1]} of {key[0]} is corrected twice, differently; keep one row")
        except ValueError as error:
            faults.append(f"row {number}: {error}")
    if faults:
        more = f"\n  and {len(faults) - _SHOWN:,} more" if len(faults) > _SHOWN else ""
        told = "".join(f"\n  {fault}" for fault in faults[:_SHOWN])
        raise InputError(f"{path} was not applied, no row of it:{told}{more}")
    return tuple(found.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield number (as a spreadsheet counts, the header being row 1) and cells of each row."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 ({error}); save it as CSV UTF-8") from error
    head = text.split("\n", 1)[0]
    between = max(",;\t", key=head.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between, restval="", strict=True)
        names = reader.fieldnames or ()
        if missing := [name for name in NEEDED if name not in names]:
            raise InputError(
                f"{path} lacks the column {missing[0]!r}; it needs {', '.join(NEEDED)}, as "
                "`leukonlp review --out` writes them"
            )
        yield from ((number, row) for number, row in enumerate(reader, start=2))
    except csv.Error as error:
        raise InputError(f"{path} is no CSV: {error}; save it from the spreadsheet as CSV") from error


def _correction(
    row: Mapping[str, str], allowed: Mapping[str, Sequence[str]], known: frozenset[str], by: str, at: str
) -> Correction:
    """Read one row.

    Raises:
        ValueError: saying what is wrong with it.
    """
    pmid, field = row["pmid"].strip(), row["field"].strip()
    pmid = pmid if pmid in known else pmid.removeprefix("'")
    if field not in allowed:
        raise ValueError(f"field is {field!r}; allowed are {', '.join(allowed)}")
    if pmid not in known:
        raise ValueError(f"pmid is {pmid!r}, which the index does not hold")
    return Correction(pmid, field, _label(row["correct"], field, allowed[field]), by, at)


def _label(given: str, field: str, allowed: Sequence[str]) -> str | None:
    names = [name.strip().lower() for name in given.removeprefix("'").split(";") if name.strip()]
    if names == [NONE] and NONE in allowed:
        return None
    if len(names) != 1 and field != "modality":
        raise ValueError(f"correct is {given!r}; {field} has one label")
    for name in names:
        if name not in allowed or name == NONE:
            raise ValueError(f"correct is {name!r}, which is no {field}; allowed are {', '.join(allowed)}")
    return "; ".join(dict.fromkeys(names))
