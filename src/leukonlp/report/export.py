"""Studies into files for other programs; owns the list of formats. Who calls opens and names the file.

Each format is a function from studies to an open file; the formats themselves live in ``tables``
(CSV, Parquet), ``spreadsheet`` (XLSX), ``citations`` (RIS, BibTeX), ``bioc`` and ``pubtator``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO, TypeAlias

from leukonlp.errors import InputError
from leukonlp.records import Study
from leukonlp.report import bioc, citations, pubtator, spreadsheet, tables

Writer: TypeAlias = Callable[[Iterable[Study], BinaryIO], None]


def write(studies: Iterable[Study], format: str, file: BinaryIO) -> int:
    """Write studies to an open file in one of :data:`FORMATS`, in the order given.

    Returns:
        How many studies were written.

    Raises:
        InputError: an unknown format, or one whose package is not installed (pyarrow, XlsxWriter).
    """
    writer = writer_of(format)
    count = 0

    def counted() -> Iterator[Study]:
        nonlocal count
        for study in studies:
            count += 1
            yield study

    writer(counted(), file)
    return count


def writer_of(format: str) -> Writer:
    """Return the writer of a format, ready to run.

    Raises:
        InputError: an unknown format, or one whose package is not installed (pyarrow, XlsxWriter).
    """
    if format not in FORMATS:
        raise InputError(f"format {format!r} is unknown; choose one of {', '.join(FORMATS)}")
    if format == "parquet":
        tables.need_pyarrow()
    if format == "xlsx":
        spreadsheet.need_xlsxwriter()
    return FORMATS[format]


def write_jsonl(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write annotated JSONL, one study a line; lone surrogates are escaped, all else stays readable."""
    for study in studies:
        try:
            line = json.dumps(study.to_dict(), ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            line = json.dumps(study.to_dict(), ensure_ascii=True).encode("ascii")
        file.write(line + b"\n")


FORMATS: Mapping[str, Writer] = {
    "csv": tables.write_csv,
    "parquet": tables.write_parquet,
    "xlsx": spreadsheet.write_xlsx,
    "jsonl": write_jsonl,
    "ris": citations.write_ris,
    "bibtex": citations.write_bibtex,
    "bioc": bioc.write_bioc,
    "bioc-json": bioc.write_bioc_json,
    "pubtator": pubtator.write_pubtator,
}
