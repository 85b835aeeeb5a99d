"""Studies as flat rows: CSV for spreadsheets, Parquet for programs; owns the columns of both.

CSV cells are made safe for spreadsheets: one that begins like a formula gets a leading apostrophe.
Parquet keeps the raw text and real lists.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from leukonlp.errors import InputError
from leukonlp.records import Fact, Study, Tag

COLUMNS: Mapping[str, str] = {
    "pmid": "text",
    "title": "text",
    "abstract": "text",
    "year": "integer",
    "journal": "text",
    "doi": "text",
    "pmcid": "text",
    "authors": "list",
    "relevant": "boolean",
    "retracted": "boolean",
    "phase": "text",
    "phase_quote": "text",
    "phase_basis": "text",
    "design": "text",
    "design_quote": "text",
    "design_basis": "text",
    "modality": "list",
    "modality_quotes": "list",
    "diseases": "list",
    "genes": "list",
    "therapies": "list",
    "disease_names": "list",
    "gene_names": "list",
    "therapy_names": "list",
    "registry_numbers": "list",
    "n_enrolled": "number",
    "n_screened": "number",
    "multicentre": "boolean",
    "follow_up_months": "number",
    "follow_up_statistic": "text",
    "ages": "text",
    "stage": "text",
    "n_comparison": "number",
    "sex": "text",
    "genotype": "list",
    "countries": "list",
    "n_sites": "number",
    "vectors": "list",
    "routes": "list",
    "doses": "list",
    "comparator": "text",
    "blinding": "text",
    "outcomes": "list",
    "adverse_events": "list",
    "versions": "list",
}
"""Column to kind, in the order of the file."""

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHUNK = 1000


def row(study: Study) -> dict[str, Any]:
    """Return a study as one flat row of :data:`COLUMNS`: text, numbers, booleans, lists of text, or None."""
    record = study.abstract
    names = {m.concept: m.name for m in study.mentions if m.concept and m.name}

    def named(concepts: tuple[str, ...]) -> list[str]:
        return [names.get(concept) or concept for concept in concepts]

    return {
        "pmid": study.pmid,
        "title": study.title,
        "abstract": record.abstract,
        "year": study.year,
        "journal": record.journal,
        "doi": record.doi,
        "pmcid": record.pmcid,
        "authors": list(record.authors),
        "relevant": None if study.relevant is None else study.relevant.label is True,
        "retracted": study.retracted,
        **_tag("phase", study.phase),
        **_tag("design", study.design),
        "modality": [str(tag.label) for tag in study.modality],
        "modality_quotes": [tag.quote.text for tag in study.modality if tag.quote],
        "diseases": list(study.diseases),
        "genes": list(study.genes),
        "therapies": list(study.therapies),
        "disease_names": named(study.diseases),
        "gene_names": named(study.genes),
        "therapy_names": named(study.therapies),
        "registry_numbers": [accession.number for accession in study.registry_numbers],
        "n_enrolled": _number(study.n_enrolled),
        "n_screened": _number(study.n_screened),
        "multicentre": bool(study.multicentre.value) if study.multicentre else None,
        "follow_up_months": _number(study.follow_up),
        "follow_up_statistic": study.follow_up.statistic if study.follow_up else None,
        "ages": _quoted(study.ages),
        "stage": _quoted(study.stage),
        "n_comparison": _number(study.n_comparison),
        "sex": _label(study.sex),
        "genotype": _values(study.genotype),
        "countries": _values(study.countries),
        "n_sites": _number(study.n_sites),
        "vectors": _values(study.vectors),
        "routes": _values(study.routes),
        "doses": list(dict.fromkeys(fact.quote.text for fact in study.doses)),
        "comparator": _label(study.comparator),
        "blinding": _label(study.blinding),
        "outcomes": [fact.quote.text for fact in study.outcomes],
        "adverse_events": [fact.quote.text for fact in study.adverse_events],
        "versions": [f"{name} {version}" for name, version in study.versions],
    }


def safe(text: str) -> str:
    """Return text that no spreadsheet runs as a formula; NUL and lone surrogates are shown as U+FFFD."""
    text = _UNWRITABLE.sub("\ufffd", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write UTF-8 CSV with a header; lists joined with ``; ``, True as ``true``, None as an empty cell."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for study in studies:
            writer.writerow([_cell(value) for value in row(study).values()])
    finally:
        text.detach()  # flushes, and leaves the file to its owner


def need_pyarrow() -> Any:
    """Return pyarrow.

    Raises:
        InputError: it is not installed; names the extra that brings it.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise InputError(
            "format 'parquet' needs pyarrow, which is not installed; pip install 'leukonlp[parquet]'"
        ) from error
    return pa


def write_parquet(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write Parquet with typed columns; lone surrogates, which Parquet cannot hold, become U+FFFD.

    Raises:
        InputError: pyarrow is not installed.
    """
    pa = need_pyarrow()
    from pyarrow import parquet

    kinds = {
        "text": pa.string(),
        "list": pa.list_(pa.string()),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    with parquet.ParquetWriter(file, schema) as writer:
        for rows in _chunks(studies):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _chunks(studies: Iterable[Study]) -> Iterator[list[dict[str, Any]]]:
    rows = ({name: _encodable(value) for name, value in row(study).items()} for study in studies)
    while chunk := list(itertools.islice(rows, _CHUNK)):
        yield chunk


def _encodable(value: Any) -> Any:
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return _LONE.sub("\ufffd", value) if isinstance(value, str) else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return safe("; ".join(value))
    return safe(value) if isinstance(value, str) else str(value)


def _tag(name: str, tag: Tag | None) -> dict[str, str | None]:
    if tag is None:
        return {name: None, f"{name}_quote": None, f"{name}_basis": None}
    quote = tag.quote.text if tag.quote else None
    return {name: str(tag.label), f"{name}_quote": quote, f"{name}_basis": tag.basis}


def _number(fact: Fact | None) -> float | None:
    if fact is None or isinstance(fact.value, (bool, str)) or fact.value is None:
        return None
    return int(fact.value) if float(fact.value).is_integer() else fact.value


def _label(fact: Fact | None) -> str | None:
    return None if fact is None else str(fact.value)


def _values(facts: Iterable[Fact]) -> list[str]:
    return [str(fact.value) for fact in facts]


def _quoted(fact: Fact | None) -> str | None:
    return fact.quote.text if fact else None
