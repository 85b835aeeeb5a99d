"""Screens a stream of PubMed XML: yields what is kept as the bytes it came in.

Owns the third sieve, which parses what is kept, and what is carried along: deletions, and later versions of
records that were kept.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple, TypeAlias

from lxml.etree import XMLSyntaxError

from leukonlp.records import Failure
from leukonlp.sources.borders import Piece, pieces
from leukonlp.sources.openers import Stream
from leukonlp.sources.pubmed_article import article
from leukonlp.sources.pubmed_xml import failure_of, parse, parser_of
from leukonlp.sources.screening.judge import load_judge
from leukonlp.sources.screening.scan import load_scanner

_BATCH = 2**19
"""Bytes that are scanned at once."""
_PMID = re.compile(rb"<PubmedArticle>\s*<MedlineCitation[^>]*>\s*<PMID[^>]*>\s*0*(\d{1,12})\s*</PMID>")


class Kept(NamedTuple):
    """A record, or a list of deletions, that passes."""

    data: bytes
    pmid: int
    """0 for deletions."""


class Left(NamedTuple):
    """Records in between that are left out, counted."""

    number: int


Screened: TypeAlias = Kept | Left | Failure
"""What comes out of a screen."""


def screened(stream: Stream, *, known: Container[int] = ()) -> Iterator[Screened]:
    """Yield what of a stream is kept, in order, and between it how many records are not.

    A broken piece is a failure, as for ``pubmed_xml.read``; a record that no name is found in is not parsed,
    so that its faults do not show.

    Args:
        stream: PubMed XML.
        known: identifiers of records whose every version is kept; it may grow meanwhile.
    """
    batch: list[tuple[int, Piece]] = []
    size = position = 0
    for piece in pieces(stream, limit=stream.max_record_bytes):
        if piece.kind != "record" and stream.problem is not None:
            continue  # only what the early end left behind
        position += 1
        batch.append((position, piece))
        size += len(piece.data)
        if size > _BATCH:
            yield from _batch(batch, stream, known)
            batch, size = [], 0
    yield from _batch(batch, stream, known)
    if stream.problem is not None:
        yield stream.failure(position + 1)


def _batch(batch: list[tuple[int, Piece]], stream: Stream, known: Container[int]) -> Iterator[Screened]:
    articles = [
        n for n, (_, piece) in enumerate(batch) if piece.kind == "record" and piece.name == b"PubmedArticle"
    ]
    hits = load_scanner().candidates([looked_at(batch[n][1].data) for n in articles])
    candidates = {articles[hit] for hit in hits}
    left = 0
    for number, (position, piece) in enumerate(batch):
        if piece.kind != "record":
            yield failure_of(piece, source=stream.name, position=position, limit=stream.max_record_bytes)
        elif piece.name == b"PubmedBookArticle":
            left += 1
        elif piece.name != b"PubmedArticle":
            yield Kept(piece.data, 0)
        else:
            pmid = _pmid(piece.data)
            result = (
                _judged(piece, pmid, stream.name, position)
                if number in candidates or b"<!" in piece.data
                else None
            )
            if result is None and pmid in known:
                result = Kept(piece.data, pmid)
            if result is None:
                left += 1
            else:
                yield result
    if left:
        yield Left(left)


def looked_at(record: bytes) -> bytes:
    """Return a record without its authors and what follows its citation: no name is looked for there."""
    authors = record.find(b"<AuthorList")
    end = record.find(b"</AuthorList>", authors) if authors >= 0 else -1
    data = record.find(b"<PubmedData>", max(end, 0))
    stop = data if data >= 0 else len(record)
    return record[:stop] if end < 0 else record[:authors] + record[end:stop]


def _pmid(record: bytes) -> int:
    found = _PMID.match(record)
    return int(found[1]) if found else 0


def _judged(piece: Piece, pmid: int, source: str, position: int) -> Kept | Failure | None:
    try:
        abstract = article(parse(piece.data, parser_of()))
    except XMLSyntaxError as error:
        reason = f"the XML is broken ({error.msg}); fetch the record again"
        return Failure(source, position, reason, pmid=str(pmid) if pmid else None)
    except ValueError as error:
        return Failure(source, position, str(error), pmid=str(pmid) if pmid else None)
    return Kept(piece.data, int(abstract.pmid)) if load_judge().keeps(abstract) else None
