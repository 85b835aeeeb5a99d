"""Reads nbib (MEDLINE text, PubMed's "PubMed" format): one tagged record becomes one Abstract or Failure.

Owns how records are split, so that a bad one costs no other, and what the tags mean. Bio.Medline reads
the tags of each record.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from leukonlp.records import Abstract, Accession, Failure, Link, Term
from leukonlp.sources import wording
from leukonlp.sources.openers import Stream, lines
from leukonlp.sources.wording import Part, squeeze

_TAG = re.compile(r"[A-Z][A-Z0-9]{1,3} {0,2}- ?")
_SUBSTANCE = re.compile(r"[^(]*\((.+)\)$")
_LINK_PMID = re.compile(r"\s*\bPMID: ?(\d+)\.?$")
_LINKS = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "CRF": "CorrectedandRepublishedFrom",
    "CRI": "CorrectedandRepublishedIn",
    "DDIN": "AssociatedDataset",
    "DRIN": "AssociatedPublication",
    "ECF": "ExpressionOfConcernFor",
    "ECI": "ExpressionOfConcernIn",
    "EFR": "ErratumFor",
    "EIN": "ErratumIn",
    "ORI": "OriginalReportIn",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RPF": "RepublishedFrom",
    "RPI": "RepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "SPIN": "SummaryForPatientsIn",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
}
"""Tags of related records, with the names PubMed XML has for them."""


def read(stream: Stream) -> Iterator[Abstract | Failure]:
    """Yield every record of an nbib stream in order; books come as failures of kind ``book``."""
    position = 0
    for position, block in enumerate(_blocks(stream), start=1):
        if block is None:
            reason = f"a record over {stream.max_record_bytes} bytes; raise max_record_bytes to read it"
            yield Failure(stream.name, position, reason, kind="too_large")
        else:
            yield _record(block, source=stream.name, position=position)
    if stream.problem is not None:
        yield stream.failure(position + 1)


def _blocks(stream: Stream) -> Iterator[list[bytes] | None]:
    """Split at each ``PMID-`` line; None for a record over the limit. A cut off last record is left out."""
    block: list[bytes] = []
    size = 0
    for _, line in lines(stream):
        if line is not None and line.startswith(b"PMID-"):
            if block:
                yield block if size <= stream.max_record_bytes else None
            block, size = [], 0
        if line is None or size > stream.max_record_bytes:
            size = stream.max_record_bytes + 1
            block = block or [b""]
        elif line.strip():
            block.append(line)
            size += len(line)
    if block and stream.problem is None:
        yield block if size <= stream.max_record_bytes else None


def _record(block: Sequence[bytes], *, source: str, position: int) -> Abstract | Failure:
    pmid = (
        squeeze(block[0].partition(b"-")[2].decode("ascii", "replace"))
        if block[0].startswith(b"PMID")
        else ""
    )
    known = pmid if wording.is_pmid(pmid) else None
    try:
        tags = _tags(block)
        if known is None:
            raise ValueError(f"PMID is {pmid!r}, not a number; export the record again")
        if "BTI" in tags:
            return Failure(source, position, "a book, not an article", pmid=known, kind="book")
        return _abstract(known, tags)
    except UnicodeDecodeError as error:
        return Failure(source, position, f"is no valid UTF-8 ({error.reason}); export it again", pmid=known)
    except ValueError as error:
        return Failure(source, position, str(error), pmid=known)


def _tags(block: Sequence[bytes]) -> dict[str, list[str]]:
    """Return the values of each tag, continuation lines joined.

    Raises:
        ValueError: a line has neither a tag nor the blanks of a continuation.
    """
    from Bio import Medline

    values: list[list[str]] = []
    for line in (raw.decode("utf-8").rstrip() for raw in block):
        if values and line.startswith("      "):
            values[-1].append(line.strip())
        elif _TAG.match(line):
            values.append([line])
        else:
            raise ValueError(f"the line {line[:40]!r} has no tag such as 'AB  - '; export the record again")
    # Bio.Medline joins the lines of some tags only, and would make two keywords of a long one.
    joined = [" ".join(value) for value in values]
    record: dict[str, str | list[str]] = next(Medline.parse(joined), {})  # type: ignore[no-untyped-call]
    return {tag: [value] if isinstance(value, str) else value for tag, value in record.items()}


def _abstract(pmid: str, tags: dict[str, list[str]]) -> Abstract:
    def all_of(*names: str) -> tuple[str, ...]:
        return tuple(words for name in names for value in tags.get(name, ()) if (words := squeeze(value)))

    def first(*names: str) -> str | None:
        return next(iter(all_of(*names)), None)

    text = wording.compose(first("TI", "TT") or "", [Part(first("AB") or "")])
    return Abstract(
        pmid=pmid,
        title=text.title,
        abstract=text.abstract,
        year=wording.year(first("DP")) or wording.year((first("DEP") or "")[:4]),
        revised=_iso_date(first("LR")),
        status=first("STAT"),
        journal=first("JT", "TA"),
        doi=_doi(all_of("LID", "AID")),
        pmcid=wording.pmcid(first("PMC")),
        authors=(
            *map(wording.medline_person, all_of("FAU") or all_of("AU")),
            *map(wording.collective, all_of("CN")),
        ),
        languages=all_of("LA"),
        vernacular_title=first("TT"),
        publication_types=tuple(Term(name) for name in all_of("PT")),
        mesh=tuple(wording.mesh_heading(name) for name in all_of("MH", "NM")),
        keywords=tuple(word.lstrip("*") for word in all_of("OT")),
        chemicals=tuple(Term(found[1]) for rn in all_of("RN") if (found := _SUBSTANCE.match(rn))),
        accessions=tuple(
            Accession(bank, number)
            for bank, _, number in (si.partition("/") for si in all_of("SI"))
            if number
        ),
        links=tuple(_link(kind, source) for tag, kind in _LINKS.items() for source in all_of(tag)),
        sections=text.sections,
    )


def _doi(places: Sequence[str]) -> str | None:
    words = " ".join(places).split()
    pairs = itertools.pairwise(words)
    return next((doi for word, kind in pairs if kind == "[doi]" and (doi := wording.doi(word))), None)


def _iso_date(digits: str | None) -> str | None:
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", digits or "")
    return "-".join(found.groups()) if found else None


def _link(kind: str, source: str) -> Link:
    pmid = _LINK_PMID.search(source)
    return Link(kind, pmid[1] if pmid else None, _LINK_PMID.sub("", source) or None)
