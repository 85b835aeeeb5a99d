"""Opens an input as a stream of bytes, unpacked within limits, and recognises what it holds by content.

Owns files, standard input, gzip (any number of members), text encodings and the limits that keep a
hostile file from eating memory or time. Knows the first bytes of each format; the format modules
know the rest.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import BinaryIO, Literal, TypeAlias

from isal import isal_zlib  # unpacks at twice the speed of zlib
from isal.igzip_lib import IsalError

from leukonlp.config import Settings
from leukonlp.records import Failure, FailureKind
from leukonlp.sources.places import open_file

Format: TypeAlias = Literal["pubmed_xml", "nbib", "jsonl", "text"]

STDIN = "-"
_GZIP = b"\x1f\x8b"
_BLOCK = 2**18
_UNPACKED = 2**21
"""Bytes unpacked at once: smaller blocks cost more for each record that lies across two."""
_HEAD = 2**16
_RATIO_FLOOR = 2**24
"""Unpacked bytes below which the ratio says nothing: a small file of blanks is no bomb."""
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ENCODINGS = frozenset({"utf-8", "ascii", "utf-16", "iso8859-1", "iso8859-15", "cp1252"})
"""What is transcoded. Others (UTF-7 among them) can hide markup from a reader of bytes."""
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_TAGGED_LINE = re.compile(rb"\s*[A-Z][A-Z0-9]{1,3} {0,2}- ")
_PMID_LINE = re.compile(rb"^PMID- ?\S", re.MULTILINE)
_PUBMED_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?(?:Pubmed(?:Book)?Article(?:Set)?|DeleteCitation)\b")
_OTHERS = {
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"BZh": "a bzip2 file; unpack it first",
    b"\xfd7zXZ": "an xz file; unpack it first",
    b"\x28\xb5\x2f\xfd": "a zstd file; unpack it first",
    b"\x1f\x8b": "packed with gzip twice; unpack it once",
    b"SQLite format 3": "a SQLite database; search it with --db",
    b"%PDF": "a PDF; give the PubMed record instead",
    b"[": "a JSON array; write one object a line, such as jq -c '.[]' does",
    b"{": "JSON over several lines; write one object a line, such as jq -c . does",
    b"<": "XML without PubmedArticleSet; fetch it from PubMed with retmode=xml",
}


FAILURES = "a list of records that failed, as leukonlp writes beside its output; give the records themselves"
_FAILURE = frozenset(field.name for field in fields(Failure))


class Stream:
    """The unpacked bytes of one input, block by block; iterating never raises.

    Damage and crossed limits end the iteration early and stand in :attr:`problem`: everything read
    up to there is still good. Use it as a context manager; it closes the file it was given.
    """

    def __init__(
        self,
        name: str,
        file: BinaryIO,
        *,
        settings: Settings,
        on_bytes: Callable[[int], None] | None = None,
    ) -> None:
        self.name = name
        """File name as given, or ``-``: the ``source`` of every failure."""
        self.problem: tuple[FailureKind, str] | None = None
        """Why the stream ended before its time, once it has."""
        self.max_record_bytes = settings.max_record_bytes
        self._file = file
        self._settings = settings
        self._on_bytes = on_bytes
        self._blocks = self._open()
        self.head = b""
        """The first bytes (up to 64 KiB), without byte order mark, in UTF-8."""
        for block in self._blocks:
            self.head += block
            if len(self.head) >= _HEAD:
                break

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._file is not getattr(sys.stdin, "buffer", None):
            self._file.close()

    def __iter__(self) -> Iterator[bytes]:
        head, self.head = self.head, b""
        if head:
            yield head
        yield from self._blocks

    def failure(self, position: int) -> Failure:
        """Return the failure that stands for everything after an early end."""
        kind, reason = self.problem or ("malformed", "ends too early")
        return Failure(self.name, position, f"{reason}; the records before it were read", kind=kind)

    def _read(self) -> bytes:
        try:
            read = getattr(self._file, "read1", self._file.read)
            block = bytes(read(_BLOCK))
        except OSError as error:
            self.problem = ("error", f"cannot be read further: {error.strerror or error}")
            return b""
        if self._on_bytes is not None:
            self._on_bytes(len(block))
        return block

    def _open(self) -> Iterator[bytes]:
        first = self._read()
        if len(first) < 4:  # a pipe may hand out single bytes
            first += self._read()
        blocks = self._unpacked(first) if first[:2] == _GZIP else self._plain(first)
        return self._transcoded(blocks)

    def _plain(self, block: bytes) -> Iterator[bytes]:
        while block:
            yield block
            block = self._read()

    def _unpacked(self, packed: bytes) -> Iterator[bytes]:
        member = isal_zlib.decompressobj(wbits=31)
        taken, given = len(packed), 0
        while packed or not member.eof:
            if not packed:
                packed = self._read()
                taken += len(packed)
                if not packed:
                    self.problem = self.problem or ("malformed", "the gzip data is cut off")
                    return
            try:
                block = member.decompress(packed, _UNPACKED)
            except IsalError as error:  # type: ignore[misc]  # its stub has no base
                self.problem = ("malformed", f"the gzip data is corrupt ({error})")
                return
            given += len(block)
            if self._bomb(taken, given):
                return
            if block:
                yield block
            packed = member.unconsumed_tail
            if member.eof:
                packed = member.unused_data.lstrip(b"\0")  # tape blocks pad with zeros
                while not packed and (more := self._read()):
                    taken += len(more)
                    packed = more.lstrip(b"\0")
                if packed and not _GZIP.startswith(packed[:2]):
                    self.problem = ("malformed", "the gzip data is corrupt (no gzip behind its end)")
                    return
                if packed:
                    member = isal_zlib.decompressobj(wbits=31)

    def _bomb(self, taken: int, given: int) -> bool:
        size, ratio = self._settings.max_input_bytes, self._settings.max_ratio
        if given > size:
            self.problem = (
                "too_large",
                f"unpacks to more than {size} bytes; raise max_input_bytes to read on",
            )
        elif given > _RATIO_FLOOR and given > ratio * taken:
            reason = f"unpacks to more than {ratio} times its size; raise max_ratio if it can be trusted"
            self.problem = ("too_large", reason)
        return self.problem is not None

    def _transcoded(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        first = next(blocks, b"")
        bom = next((mark for mark in _BOMS if first.startswith(mark)), b"")
        declared = _DECLARATION.match(first)
        name = _BOMS[bom] if bom else declared[1].decode("ascii", "replace") if declared else "utf-8"
        try:
            encoding = codecs.lookup(name).name
        except LookupError:
            encoding = name
        if encoding not in _ENCODINGS:
            self.problem = ("malformed", f"declares the encoding {name!r}; save it as UTF-8")
            return
        if encoding in ("utf-8", "ascii"):
            yield first[len(bom) :]
            yield from blocks
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            yield decoder.decode(first).encode()
            for block in blocks:
                yield decoder.decode(block).encode()
            yield decoder.decode(b"", True).encode()
        except UnicodeDecodeError as error:
            self.problem = ("malformed", f"is no valid {encoding}: {error.reason}")


def is_failure(line: bytes) -> bool:
    """Tell whether a line of JSONL is a :class:`Failure`, as ``*.errors.jsonl`` lists them, and no record."""
    try:
        data = json.loads(line) if b'"position"' in line else None
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.keys() == _FAILURE


def open_stream(name: str, *, settings: Settings, on_bytes: Callable[[int], None] | None = None) -> Stream:
    """Open a file, a URL or standard input (``-``); ``on_bytes`` is called with the size of each block read.

    Raises:
        OSError: the file is missing or may not be read.
    """
    if name == STDIN:
        return Stream(name, sys.stdin.buffer, settings=settings, on_bytes=on_bytes)
    return Stream(name, open_file(name), settings=settings, on_bytes=on_bytes)


def recognise(stream: Stream) -> Format | None:
    """Return what the first bytes of a stream hold, or None for nothing known.

    Plain text has no signature: it takes the name ``.txt`` (or ``.txt.gz``) and bytes that are text.
    """
    head = stream.head.lstrip()
    if head.startswith(b"<") and _PUBMED_ROOT.search(head):
        return "pubmed_xml"
    if head.startswith(b"{") and head[:2].rstrip(b"\r\n") != b"{":
        return None if is_failure(head.split(b"\n", 1)[0]) else "jsonl"
    if _TAGGED_LINE.match(head) and _PMID_LINE.search(head):
        return "nbib"
    named_text = stream.name.lower().removesuffix(".gz").endswith(".txt")
    return "text" if named_text and b"\0" not in head and not head.startswith(b"<") else None


def describe(stream: Stream) -> str:
    """Return what an unknown input seems to be and what would be known, for an error message."""
    head = stream.head.lstrip()
    if is_failure(head.split(b"\n", 1)[0]):
        return f"is {FAILURES}"
    guess = next((text for mark, text in _OTHERS.items() if head.startswith(mark)), None)
    known = (
        "PubMed XML, nbib (MEDLINE), JSONL with one object a line, or plain text named .txt (all also as .gz)"
    )
    return f"looks like {guess}" if guess else f"begins with {bytes(head[:24])!r}, which is none of: {known}"


def lines(stream: Stream) -> Iterator[tuple[int, bytes | None]]:
    """Yield ``(line number from 1, line without its end)``; None for a line over ``max_record_bytes``.

    The last line is left out where the stream ended early: it may be half a line.
    """
    number, rest, skipping = 0, b"", False
    for block in stream:
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            number += 1
            yield number, None if skipping or len(line) > stream.max_record_bytes else line
            skipping = False
        if len(rest) > stream.max_record_bytes:
            rest, skipping = b"", True
    if (rest or skipping) and stream.problem is None:
        yield number + 1, None if skipping else rest
