"""Inputs are recognised by content, unpacked within limits, and never raise in the middle."""

from __future__ import annotations

import bz2
import gzip
import io
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.sources.openers import Stream, describe, lines, open_stream, recognise

SETTINGS = Settings()


def stream(data: bytes, *, name: str = "input", settings: Settings = SETTINGS) -> Stream:
    return Stream(name, io.BytesIO(data), settings=settings)


def content(data: bytes, *, settings: Settings = SETTINGS) -> tuple[bytes, Stream]:
    opened = stream(data, settings=settings)
    return b"".join(opened), opened


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet/>", "pubmed_xml"),
        (b"\xef\xbb\xbf<PubmedArticleSet><PubmedArticle/>", "pubmed_xml"),
        (b"<PubmedArticle>", "pubmed_xml"),
        (b'\n{"pmid": "1"}\n', "jsonl"),
        (b'{\t"pmid": "1"}', "jsonl"),
        (b"\nPMID- 12\nOWN - NLM\n", "nbib"),
        (b"OWN - NLM\nPMID- 12\n", "nbib"),
        (b"TY  - JOUR\nTI  - A RIS record\n", None),
        (b"<html><body>PubmedArticleSet</body></html>", None),
        (b'{\n  "pmid": 1\n}', None),
        (b'[{"pmid": 1}]', None),
        (b"A title\nand words", None),
        (b"", None),
    ],
)
def test_recognised_by_content(data: bytes, form: str | None) -> None:
    assert recognise(stream(data)) == form
    assert recognise(stream(gzip.compress(data))) == form


def test_the_extension_decides_only_about_plain_text() -> None:
    assert recognise(stream(b"A title\nand words", name="a.TXT")) == "text"
    assert recognise(stream(gzip.compress(b"A title"), name="a.txt.gz")) == "text"
    assert recognise(stream(b"PMID- 1\nTI  - X\n", name="pubmed.txt")) == "nbib"
    assert recognise(stream(b"\x00\x01\x02", name="a.txt")) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "zip archive"),
        (bz2.compress(b"x" * 50), "bzip2"),
        (gzip.compress(gzip.compress(b"{}")), "gzip twice"),
        (b"[1]", "jq -c '.[]'"),
        (b"<html/>", "XML without PubmedArticleSet"),
        (b"\x07\x08", "none of: PubMed XML, nbib"),
    ],
)
def test_an_unknown_input_is_described_with_the_cure(data: bytes, words: str) -> None:
    assert words in describe(stream(data))


def test_gzip_of_many_members_and_padding_is_one_stream() -> None:
    packed = b"".join(gzip.compress(bytes([65 + n]) * 300_000) for n in range(4)) + b"\0" * 512
    read, opened = content(packed)
    assert read == b"".join(bytes([65 + n]) * 300_000 for n in range(4))
    assert opened.problem is None


@pytest.mark.parametrize("cut", [1, 5, 9, 40])
def test_cut_off_gzip_gives_what_was_whole_and_then_the_cause(cut: int) -> None:
    data = bytes(range(256)) * 4000
    read, opened = content(gzip.compress(data)[:-cut])
    assert data.startswith(read)
    assert cut > 8 or read == data
    assert opened.problem == ("malformed", "the gzip data is cut off")


def test_corrupt_gzip_names_the_cause() -> None:
    packed = bytearray(gzip.compress(b"words " * 1000))
    packed[-6] ^= 0xFF  # the checksum
    _, opened = content(bytes(packed))
    assert opened.problem is not None
    assert "corrupt" in opened.problem[1]
    _, opened = content(gzip.compress(b"words") + b"no gzip")
    assert opened.problem is not None
    assert "corrupt" in opened.problem[1]


def test_a_gzip_bomb_is_stopped_by_its_ratio() -> None:
    bomb = gzip.compress(b"\0" * (64 * 2**20))
    read, opened = content(bomb)
    assert opened.problem is not None
    assert opened.problem[0] == "too_large"
    assert "max_ratio" in opened.problem[1]
    assert len(read) < 20 * 2**20


def test_a_gzip_bomb_is_stopped_by_its_size() -> None:
    read, opened = content(gzip.compress(b"ab" * 2**20), settings=Settings(max_input_bytes=2**20))
    assert len(read) <= 2**20
    assert opened.problem is not None
    assert opened.problem[0] == "too_large"
    assert "max_input_bytes" in opened.problem[1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_other_encodings_become_utf8(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><PubmedArticleSet>Krabbé'
    read, opened = content(xml.encode(encoding))
    assert read.decode("utf-8").endswith("Krabbé")
    assert opened.problem is None


def test_an_encoding_that_can_hide_markup_is_refused() -> None:
    read, opened = content(b'<?xml version="1.0" encoding="UTF-7"?><PubmedArticleSet/>')
    assert read == b""
    assert opened.problem == ("malformed", "declares the encoding 'UTF-7'; save it as UTF-8")


def test_broken_utf16_is_a_problem_not_a_traceback() -> None:
    _, opened = content(b"\xff\xfe<\x00" + b"\x00\xdc")
    assert opened.problem is not None
    assert "utf-16" in opened.problem[1]


def test_a_read_error_in_the_middle_is_a_problem() -> None:
    class Failing(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read1(size)

    opened = Stream("disk", Failing(b"{} some words"), settings=SETTINGS)
    assert b"".join(opened) == b"{} some words"
    assert opened.problem == ("error", "cannot be read further: Input/output error")


def test_lines_are_numbered_and_bounded() -> None:
    opened = stream(b"one\n" + b"x" * 50 + b"\n\nlast", settings=Settings(max_record_bytes=20))
    assert list(lines(opened)) == [(1, b"one"), (2, None), (3, b""), (4, b"last")]


def test_a_line_over_many_blocks_is_skipped_as_one() -> None:
    opened = stream(b"x" * 2_000_000 + b"\nlast\n", settings=Settings(max_record_bytes=1000))
    assert list(lines(opened)) == [(1, None), (2, b"last")]


def test_half_a_line_before_an_early_end_is_left_out() -> None:
    opened = stream(gzip.compress(b"one\ntwo\nthree")[:-8])
    assert list(lines(opened)) == [(1, b"one"), (2, b"two")]
    assert opened.failure(3).reason.startswith("the gzip data is cut off")


def test_the_stream_closes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}")
    with open_stream(str(path), settings=SETTINGS) as opened:
        file = opened._file
    assert file.closed
