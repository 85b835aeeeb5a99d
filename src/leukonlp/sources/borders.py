"""Cuts a stream of PubMed XML into records at their tags, before any XML is parsed.

Each record is then parsed alone: a broken one costs no other, memory is that of one record, and no
record can see a DOCTYPE, so entities cannot expand. Owns where records begin and end; knows that
tags inside comments and CDATA are words, and nothing else about XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["record", "stray", "cut", "too_large", "entities", "unclosed"]

_ARTICLE = b"PubmedArticle"
_PLAIN_START = re.compile(rb"\s*(<PubmedArticle>)")
_TOKEN = re.compile(
    rb"<(?P<end>/?)(?P<name>PubmedArticle|PubmedBookArticle|DeleteCitation|DeleteDocument)(?:\s[^<>/]{0,100})?>"
    rb"|(?P<open><!--|<!\[CDATA\[)|(?P<entity><!ENTITY)"
)
_LONGEST_TOKEN = 160
_CLOSERS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_ROOT = re.compile(rb"<(/?)PubmedArticleSet\b[^<>]*?(/?)>")
_FRAME = re.compile(
    rb"<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>"
    rb"|</?Pubmed(?:Book)?ArticleSet\b[^<>]*>|<Delete(?:Citation|Document)\s*/>|\xef\xbb\xbf",
    re.DOTALL,
)
_FRAME_LIMIT = 2**14
_HEAD = 4096


class Piece(NamedTuple):
    """A stretch of the stream: a whole record, or what stands where a record should be."""

    kind: Kind
    """``stray``: between records, and no record; ``cut``: begins and does not end; ``too_large``;
    ``entities``: the file declares some, nothing follows; ``unclosed``: the set has no end tag."""
    data: bytes
    """All bytes of a record, or the first of anything else."""
    name: bytes = b""
    """Tag of the record; empty between records."""


def pieces(blocks: Iterable[bytes], *, limit: int) -> Iterator[Piece]:
    """Yield the records of a stream, and whatever is no record, in order.

    After a piece over ``limit`` bytes, or a broken one, it goes on at the next tag of a record.
    """
    cutter = Cutter(limit)
    for block in blocks:
        yield from cutter.feed(block)
    yield from cutter.close()


class Cutter:
    """Cuts blocks that are fed to it one after the other."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.buffer = b""
        self.start = 0
        """Where the stretch at hand begins."""
        self.scan = 0
        """Up to where it was looked through."""
        self.inside = b""
        """Tag of the record at hand; empty between records."""
        self.skipping = False
        self.stalled = False
        """A comment or CDATA section is open at ``scan``."""
        self.clear: dict[bytes, tuple[int, int]] = {}
        """Where the buffer was searched for what closes a comment or CDATA section, and holds none."""
        self.depth = 0
        self.refused = False
        self.final = False

    def feed(self, block: bytes) -> Iterator[Piece]:
        """Yield the pieces that a block completes."""
        self.buffer = self.buffer[self.start :] + block
        self.clear = {closer: (a - self.start, b - self.start) for closer, (a, b) in self.clear.items()}
        self.scan, self.start = self.scan - self.start, 0
        yield from self._drain()

    def rest(self) -> bytes | None:
        """Give back what is behind the last record, so that it can be fed later; None where one is begun."""
        if self.inside or self.skipping or self.stalled or self.refused:
            return None
        rest, self.buffer, self.start, self.scan, self.clear = self.buffer[self.start :], b"", 0, 0, {}
        return rest

    def close(self) -> Iterator[Piece]:
        """Yield what the end of the stream leaves behind."""
        self.final = True
        yield from self._drain()
        while self.stalled:
            yield self._give_up("cut")
            yield from self._drain()
        if self.refused or self.skipping:
            return
        if self.inside:
            yield self._give_up("cut")
            return
        stray = self._frame(self.buffer[self.start :])
        if stray is not None:
            yield stray
        if self.depth > 0:
            yield Piece("unclosed", b"")

    def _drain(self) -> Iterator[Piece]:
        while not self.refused:
            piece = self._next()
            if piece is not None:
                self.refused = piece.kind == "entities"
                yield piece
            elif len(self.buffer) - self.start > self.limit:
                yield self._give_up("too_large")
            else:
                return

    def _give_up(self, kind: Kind) -> Piece:
        data = self.buffer[self.start : self.start + _HEAD]
        piece = Piece(
            kind, data, self.inside or (_ARTICLE if data.startswith(b"<" + _ARTICLE + b">") else b"")
        )
        self.inside, self.skipping, self.stalled, self.scan = b"", True, False, self.start + 1
        return piece

    def _next(self) -> Piece | None:
        """Cut the next piece off; None when it takes more bytes to tell."""
        if self.scan == self.start and not self.inside and not self.skipping:
            size = self._plain_article()
            if size > 0:
                self.start = self.scan = self.start + size
                return Piece("record", self.buffer[self.start - size : self.start], _ARTICLE)
            if size < 0 and not self.final:
                return None
        while token := _TOKEN.search(self.buffer, self.scan):
            if token["name"]:
                piece = self._tag(token)
                if piece is not None:
                    return piece
            elif token["open"] and not self.skipping:
                end = self._closer(_CLOSERS[token["open"]], token.end())
                self.stalled = end < 0
                if self.stalled:
                    self.scan = token.start()
                    return None
                self.scan = end + 3
            else:
                self.scan = token.end()
                if not self.inside and not self.skipping:
                    return Piece("entities", self.buffer[token.start() : token.start() + _HEAD])
        self.scan = max(self.scan, len(self.buffer) - _LONGEST_TOKEN)
        if self.skipping:
            self.start = self.scan
        return None

    def _closer(self, closer: bytes, start: int) -> int:
        """Find a closer without looking twice where there is none: a million openers must not take hours."""
        begin, end = self.clear.get(closer, (start, start))
        if start > end:
            begin = end = start
        found = self.buffer.find(closer, start, begin + len(closer) - 1) if start < begin else -1
        if found < 0:
            found = self.buffer.find(closer, max(start, end))
        if found < 0:
            self.clear[closer] = (min(start, begin), max(0, len(self.buffer) - len(closer) + 1))
        return found

    def _plain_article(self) -> int:
        """Return the size of an article that lies next with nothing odd about it: the fast way.

        It is -1 for one that seems to go on in the next block, and 0 for anything else.
        """
        token = _PLAIN_START.match(self.buffer, self.start)
        if token is None:
            return 0
        self.start = self.scan = start = token.start(1)
        find = self.buffer.find
        end = find(_ARTICLE + b">", token.end())
        if end < 0:
            return -1
        size = end + len(_ARTICLE) + 1 - start
        if self.buffer[end - 2 : end] != b"</" or size > self.limit:
            return 0
        # Looking for one byte first is fifty times faster than for two, and most records hold none.
        odd = find(b"!", start, end) >= 0 and find(b"<!", start, end) >= 0
        return 0 if odd else size

    def _tag(self, token: re.Match[bytes]) -> Piece | None:
        name, here = token["name"], slice(self.start, token.start())
        self.scan = token.end()
        if token["end"]:
            if self.inside == name and self.scan - self.start > self.limit:
                return self._give_up("too_large")
            if self.inside == name or self.skipping:
                whole = slice(self.start, self.scan)
                piece = Piece("record", self.buffer[whole], name) if self.inside else None
                self.start, self.inside, self.skipping = self.scan, b"", False
                return piece
            return None  # an end without its start: the stretch around it will tell
        broken, skipped = self.inside, self.skipping
        self.start, self.inside, self.skipping = token.start(), name, False
        if skipped:
            return None
        return Piece("cut", self.buffer[here][:_HEAD], broken) if broken else self._frame(self.buffer[here])

    def _frame(self, between: bytes) -> Piece | None:
        """Look at what lies between two records: nothing, the frame of the set, or something astray."""
        if not between.strip():
            return None
        self.depth += sum(0 if empty else -1 if end else 1 for end, empty in _ROOT.findall(between))
        first, *rest = between.split(b"<!--")
        frame = (first + b"".join(part.partition(b"-->")[2] for part in rest)).strip()
        astray = frame if len(frame) > _FRAME_LIMIT else _FRAME.sub(b"", frame).strip()
        return Piece("stray", astray[:_HEAD]) if astray else None
