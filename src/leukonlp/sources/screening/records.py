"""Screens a stream of PubMed XML: yields what is kept as the bytes it came in.

Owns the way of a stream through the sieves, and what is carried along: deletions, and later versions of
records that were kept.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from lxml.etree import XMLSyntaxError

from leukonlp.records import Failure
from leukonlp.sources.borders import Cutter, Piece
from leukonlp.sources.openers import Stream
from leukonlp.sources.pubmed_article import article
from leukonlp.sources.pubmed_xml import failure_of, parse, parser_of
from leukonlp.sources.screening.judge import load_judge
from leukonlp.sources.screening.scan import Run, load_scanner

_END = b"</PubmedArticle>"
_PMID = re.compile(rb"<PubmedArticle>\s*<MedlineCitation[^>]*>\s*<PMID[^>]*>\s*0*(\d{1,12})\s*</PMID>")


class Kept(NamedTuple):
    """A record, or a list of deletions, that passes."""

    data: bytes
    pmid: int
    """0 for deletions."""


class Left(NamedTuple):
    """Records of a stretch that are left out."""

    pmids: tuple[int, ...]
    """Their identifiers in order; 0 for one without."""


Screened: TypeAlias = Kept | Left | Failure
"""What comes out of a screen."""


def screened(stream: Stream, *, known: Container[int] = ()) -> Iterator[Screened]:
    """Yield what of a stream is kept, in order, and what is not, stretch by stretch.

    A broken piece is a failure, as for ``pubmed_xml.read``; a record that no name is found in is not parsed,
    so that its faults do not show.

    Args:
        stream: PubMed XML.
        known: identifiers of records whose every version is kept; it may grow meanwhile.
    """
    screen = _Screen(stream, known)
    for block in stream:
        yield from screen.block(block)
    yield from screen.close()
    if stream.problem is not None:
        yield stream.failure(screen.position + 1)


class _Screen:
    """One stream on its way: stretches in PubMed's own layout whole, anything else piece by piece."""

    def __init__(self, stream: Stream, known: Container[int]) -> None:
        self.position = 0
        """Records so far."""
        self._stream = stream
        self._parser = parser_of()
        self._limit = stream.max_record_bytes
        self._known = known
        self._cutter = Cutter(self._limit)
        self._idle = True
        """The cutter holds nothing."""
        self._rest = b""
        """What stands behind the last record, while it does not."""

    def block(self, block: bytes) -> Iterator[Screened]:
        """Screen the records that end in a block."""
        begin = 0
        if self._rest:  # one record lies across the border of two blocks
            end = block.find(_END)
            begin = len(block) if end < 0 else end + len(_END)
            yield from self._stretch(self._rest + block[:begin])
        if begin < len(block):
            yield from self._stretch(block, begin)

    def close(self) -> Iterator[Screened]:
        """Screen what is left at the end of the stream."""
        yield from self._pieces(self._cutter.feed(self._rest))
        yield from self._pieces(self._cutter.close())

    def _stretch(self, data: bytes, begin: int = 0) -> Iterator[Screened]:
        end = data.rfind(_END, begin) + len(_END)
        run = load_scanner().run(data, begin, end) if self._idle and end >= begin + len(_END) else None
        if run is not None and run.longest <= self._limit:
            self._rest = data[end:]
            yield from self._run(data, run)
        else:
            yield from self._pieces(self._cutter.feed(data[begin:]))
            rest = self._cutter.rest()
            self._idle, self._rest = rest is not None, rest or b""

    def _run(self, data: bytes, run: Run) -> Iterator[Screened]:
        pmids = [int(found[1]) if (found := _PMID.match(data, at)) else 0 for at in run.starts]
        suspects = frozenset(run.suspects)
        left: list[int] = []
        for number, pmid in enumerate(pmids):
            if number in suspects or pmid in self._known:
                record = data[run.starts[number] : run.ends[number]]
                result = self._judged(record, pmid, self.position + number + 1, number in suspects)
                if result is not None:
                    yield result
                    continue
            left.append(pmid)
        self.position += len(pmids)
        if left:
            yield Left(tuple(left))

    def _pieces(self, pieces: Iterable[Piece]) -> Iterator[Screened]:
        for piece in pieces:
            if piece.kind != "record" and self._stream.problem is not None:
                continue  # only what the early end left behind
            self.position += 1
            if piece.kind != "record":
                yield failure_of(piece, source=self._stream.name, position=self.position, limit=self._limit)
            elif piece.name == b"PubmedBookArticle":
                yield Left((0,))
            elif piece.name != b"PubmedArticle":
                yield Kept(piece.data, 0)
            else:
                found = _PMID.match(piece.data)
                pmid = int(found[1]) if found else 0
                suspect = b"<!" in piece.data or load_scanner().is_suspect(piece.data)
                yield self._judged(piece.data, pmid, self.position, suspect) or Left((pmid,))

    def _judged(self, record: bytes, pmid: int, position: int, suspect: bool) -> Kept | Failure | None:
        """Return a record that is kept: for its words, where it is a suspect, or an earlier version's."""
        result = self._read(record, pmid, position) if suspect else None
        return Kept(record, pmid) if result is None and pmid in self._known else result

    def _read(self, record: bytes, pmid: int, position: int) -> Kept | Failure | None:
        try:
            abstract = article(parse(record, self._parser))
        except XMLSyntaxError as error:
            reason = f"the XML is broken ({error.msg}); fetch the record again"
        except ValueError as error:
            reason = str(error)
        else:
            return Kept(record, int(abstract.pmid)) if load_judge().keeps(abstract) else None
        return Failure(self._stream.name, position, reason, pmid=str(pmid) if pmid else None)
