"""Studies into files for other programs; owns the list of formats and whole-or-nothing writing.

Each format is a function from studies to an open file; the formats themselves live in ``tables``
(CSV, Parquet), ``citations`` (RIS, BibTeX) and ``corpora`` (BioC, PubTator).
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from leukonlp.errors import InputError
from leukonlp.records import Study
from leukonlp.report import citations, corpora, tables

Writer: TypeAlias = Callable[[Iterable[Study], BinaryIO], None]


def write(studies: Iterable[Study], format: str, path: str | Path) -> int:
    """Write studies to ``path`` in one of :data:`FORMATS`, in the order given.

    The file appears under its name when it is complete, and not at all when something fails.

    Returns:
        How many studies were written.

    Raises:
        InputError: an unknown format, a path that cannot be written, or ``parquet`` without pyarrow.
    """
    writer, path = writer_of(format), Path(path)
    count = 0

    def counted() -> Iterator[Study]:
        nonlocal count
        for study in studies:
            count += 1
            yield study

    with _replacing(path) as file:
        writer(counted(), file)
    return count


def writer_of(format: str) -> Writer:
    """Return the writer of a format, ready to run.

    Raises:
        InputError: an unknown format, or ``parquet`` without pyarrow.
    """
    if format not in FORMATS:
        raise InputError(f"format {format!r} is unknown; choose one of {', '.join(FORMATS)}")
    if format == "parquet":
        tables.need_pyarrow()
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
    "jsonl": write_jsonl,
    "ris": citations.write_ris,
    "bibtex": citations.write_bibtex,
    "bioc": corpora.write_bioc,
    "pubtator": corpora.write_pubtator,
}


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Open ``<path>.part`` and rename it to ``path`` at the end."""
    if not path.parent.is_dir():
        raise InputError(f"cannot write {path}: the folder {path.parent} does not exist; make it first")
    if path.is_dir():
        raise InputError(f"cannot write {path}: it is a folder; name a file in it")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error}; free space or choose another folder") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
