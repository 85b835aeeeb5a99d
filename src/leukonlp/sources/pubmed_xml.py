"""Reads a stream of PubMed XML: each record of a PubmedArticleSet becomes an Abstract, Deletion or Failure.

Owns how a file survives its broken records. ``borders`` cuts the records out, ``pubmed_article`` knows
what their elements mean. Each record is parsed alone, without DTD, entities or network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

from leukonlp.records import Abstract, Deletion, Failure, FailureKind
from leukonlp.sources.borders import Piece, pieces
from leukonlp.sources.openers import Stream
from leukonlp.sources.pubmed_article import article, identity

_PMID = re.compile(rb"<PMID[^>]*>\s*(\d{1,12})\s*</PMID>")
_CITED_LAST = re.compile(rb"(?P<list></ReferenceList>)\s*</PubmedData>\s*</PubmedArticle>\Z")
_REASONS = {
    "cut": "<{name}> begins and does not end; fetch the record again",
    "too_large": "a record over {limit} bytes; raise max_record_bytes to read it",
    "entities": "declares XML entities, which PubMed never does; the file is refused from here on",
    "unclosed": "ends without </PubmedArticleSet>: cut off between two records; fetch the file again",
    "stray": "no record but {data!r}; compare the file with its origin",
}


def read(stream: Stream) -> Iterator[Abstract | Deletion | Failure]:
    """Yield every record of a PubMed XML stream in order; memory is that of one record.

    Books come as failures of kind ``book``. A broken, oversized or stray piece is one failure and
    reading goes on at the next record; a stream that ends early is one last failure. A file that
    declares entities is refused.
    """
    parser = parser_of()
    position = 0
    for piece in pieces(stream, limit=stream.max_record_bytes):
        if piece.kind == "record":
            position += 1
            yield from _record(piece, parser=parser, source=stream.name, position=position)
        elif stream.problem is None:  # else the piece is only what the early end left behind
            position += 1
            yield failure_of(piece, source=stream.name, position=position, limit=stream.max_record_bytes)
    if stream.problem is not None:
        yield stream.failure(position + 1)


def parser_of() -> XMLParser:
    """Return a parser that reads one record without DTD, entities or network."""
    return XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # borders.py bounds the size; else an abstract of 10 MB is an error
        remove_comments=True,
        remove_pis=True,
    )


def failure_of(piece: Piece, *, source: str, position: int, limit: int) -> Failure:
    """Return the failure that stands for a piece that is no whole record."""
    name = piece.name.decode() or "!--"
    reason = _REASONS[piece.kind].format(
        name=name, limit=limit, data=piece.data[:60].decode("utf-8", "replace")
    )
    kind: FailureKind = "too_large" if piece.kind == "too_large" else "malformed"
    return Failure(source, position, reason, pmid=_printed_pmid(piece), kind=kind)


def _printed_pmid(piece: Piece) -> str | None:
    found = _PMID.search(piece.data[:4096]) if b"Article" in piece.name else None
    return found[1].decode() if found else None


def _record(
    piece: Piece, *, parser: XMLParser, source: str, position: int
) -> Iterator[Abstract | Deletion | Failure]:
    try:
        if piece.name == b"PubmedArticle":
            yield article(parse(piece.data, parser))
        elif piece.name == b"PubmedBookArticle":
            yield Failure(source, position, "a book, not an article", pmid=_printed_pmid(piece), kind="book")
        else:
            for element in fromstring(piece.data, parser).iterchildren("PMID"):
                yield Deletion(*identity(element))
    except XMLSyntaxError as error:
        reason = f"the XML is broken ({error.msg}); fetch the record again"
        yield Failure(source, position, reason, pmid=_printed_pmid(piece))
    except ValueError as error:
        yield Failure(source, position, str(error), pmid=_printed_pmid(piece))


def parse(record: bytes, parser: XMLParser) -> _Element:
    """Parse one ``PubmedArticle``, without what says nothing of an article.

    Raises:
        XMLSyntaxError: it is no well-formed XML.
    """
    lean = _lean(record)
    try:
        return fromstring(lean, parser)
    except XMLSyntaxError:
        if lean is record:
            raise
        return fromstring(record, parser)  # laid out as PubMed never does


def _lean(record: bytes) -> bytes:
    """Leave out what says nothing of an article, its history and the references it cites, before parsing.

    They are a third of a record, in recent years over half, and cost as much time.
    """
    start = record.find(b"<PubmedData>") + len(b"<PubmedData>")
    stop = record.find(b"</History>", start) + len(b"</History>")
    if not len(b"<PubmedData>") <= start < stop or (b"!" in record and b"<!" in record):
        return record
    end = _CITED_LAST.search(record, len(record) - 300)
    cited = record.find(b"<ReferenceList>", stop) if end else -1
    if end is None or cited < 0:
        return record[:start] + record[stop:]
    return record[:start] + record[stop:cited] + record[end.end("list") :]
