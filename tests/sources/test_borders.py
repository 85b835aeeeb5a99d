"""Records are cut out of a stream whole, whatever surrounds them and wherever the blocks end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.sources.borders import Piece, pieces

HEAD = b'<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "https://example.org/p.dtd">\n<PubmedArticleSet>\n'
TAIL = b"</PubmedArticleSet>\n"


def rec(body: bytes) -> bytes:
    return b"<PubmedArticle>" + body + b"</PubmedArticle>"


def cut(data: bytes, *, limit: int = 10_000, size: int = 0) -> list[Piece]:
    blocks = [data] if not size else [data[i : i + size] for i in range(0, len(data), size)]
    return list(pieces(blocks, limit=limit))


def kinds(found: list[Piece]) -> list[str]:
    return [piece.kind for piece in found]


def told(found: list[Piece]) -> list[tuple[str, bytes, bytes]]:
    """What must not depend on the blocks; how much is kept of what is no record may."""
    return [(p.kind, p.name, p.data if p.kind == "record" else b"") for p in found]


def test_records_come_whole_and_in_order() -> None:
    book = b"<PubmedBookArticle>c</PubmedBookArticle>"
    gone = b"<DeleteCitation><PMID>1</PMID></DeleteCitation>"
    found = cut(HEAD + rec(b"a") + b"\n" + rec(b"b") + book + gone + TAIL)
    assert [piece.data for piece in found] == [rec(b"a"), rec(b"b"), book, gone]
    assert [piece.name for piece in found] == [
        b"PubmedArticle",
        b"PubmedArticle",
        b"PubmedBookArticle",
        b"DeleteCitation",
    ]


SAMPLE = (
    HEAD
    + rec(b"a")
    + b"\n  "
    + rec(b"<!-- </PubmedArticle> --> b <![CDATA[<PubmedArticle>]]>")
    + b"<!-- <PubmedArticle>no</PubmedArticle> -->"
    + b"<PubmedArticle ><x/></PubmedArticle >"
    + b"stray <b>words</b>"
    + b"<PubmedArticle>never ends "
    + rec(b"! c")
    + rec(b"x" * 500)
    + rec(b"d")
    + b"<DeleteCitation><PMID>1</PMID></DeleteCitation>"
    + TAIL
)


def test_each_oddity_costs_only_itself() -> None:
    found = cut(SAMPLE, limit=400)
    assert kinds(found) == ["record"] * 3 + ["stray", "cut", "record", "too_large", "record", "record"]
    assert found[1].data == rec(b"<!-- </PubmedArticle> --> b <![CDATA[<PubmedArticle>]]>")
    assert found[3].data == b"stray <b>words</b>"
    assert found[4].data == b"<PubmedArticle>never ends "
    assert found[7].data == rec(b"d")


@pytest.mark.parametrize("size", [1, 2, 7, 16, 100, 333])
def test_the_size_of_the_blocks_does_not_matter(size: int) -> None:
    assert told(cut(SAMPLE, limit=400, size=size)) == told(cut(SAMPLE, limit=400))


@given(st.lists(st.sampled_from([
    b"<PubmedArticle>", b"</PubmedArticle>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"a", b" ", b"<", b"!",
    b"<PubmedArticleSet>", b"</PubmedArticleSet>", b"<DeleteCitation>", b"</DeleteCitation>", b"<!ENTITY",
]), max_size=30), st.integers(1, 20), st.integers(30, 200))  # fmt: skip
def test_any_order_of_tags_ends_and_agrees_over_all_blocks(parts: list[bytes], size: int, limit: int) -> None:
    data = b"".join(parts)
    whole = cut(data, limit=10_000)
    assert told(cut(data, limit=10_000, size=size)) == told(whole)
    for piece in cut(data, limit=limit, size=size):
        if piece.kind == "record":
            assert len(piece.data) <= limit
            assert piece.data.startswith(b"<" + piece.name)
            assert piece.data.endswith(b"</" + piece.name + b">")


def test_concatenated_files_are_one_stream() -> None:
    assert kinds(cut(HEAD + rec(b"a") + TAIL + HEAD + rec(b"b") + TAIL)) == ["record", "record"]


def test_a_set_without_end_is_told() -> None:
    assert kinds(cut(HEAD + rec(b"a"))) == ["record", "unclosed"]
    assert kinds(cut(HEAD + rec(b"a") + b"<PubmedArticle>half")) == ["record", "cut"]
    assert kinds(cut(rec(b"a"))) == ["record"]
    assert kinds(cut(b"<PubmedArticleSet/>")) == []


def test_declared_entities_end_the_reading() -> None:
    lol = b'<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]><PubmedArticleSet>' + rec(b"&a;") + TAIL
    assert kinds(cut(lol)) == ["entities"]
    assert kinds(cut(b"<!-- <!ENTITY in words --><PubmedArticleSet>" + rec(b"a") + TAIL)) == ["record"]


@pytest.mark.parametrize("opening", [b"<!--", b"<![CDATA["])
def test_a_comment_that_never_closes_costs_only_its_record(opening: bytes) -> None:
    data = HEAD + rec(b"a") + rec(b"b " + opening) + rec(b"c") + rec(b"d") + TAIL
    assert kinds(cut(data)) == ["record", "cut", "record", "record"]
    assert kinds(cut(data, limit=60)) == ["record", "too_large", "record", "record"]


@pytest.mark.parametrize("opening", [b"<!--", b"<![CDATA[", b""])
def test_many_broken_records_take_no_longer_than_many_records(opening: bytes) -> None:
    assert kinds(cut(HEAD + (b"<PubmedArticle>" + opening) * 20_000, limit=10**6)) == ["cut"] * 20_000


def test_a_giant_record_is_skipped_with_little_memory() -> None:
    giant = (b"x" * 1000 for _ in range(2000))

    def blocks():  # type: ignore[no-untyped-def]
        yield HEAD + b"<PubmedArticle><PMID>7</PMID>"
        yield from giant
        yield b"</PubmedArticle>" + rec(b"next") + TAIL

    found = list(pieces(blocks(), limit=50_000))
    assert kinds(found) == ["too_large", "record"]
    assert found[0].data.startswith(b"<PubmedArticle><PMID>7</PMID>")
    assert len(found[0].data) <= 4096
    assert found[0].name == b"PubmedArticle"
