"""What users type, as a query and as a place in the text."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.evidence.words import fold, parse

TEXT = (
    "Gene therapy for a rare disease\n"
    "Gene therapy was given to four infants. Café workers and naïve cells were not studied. "
    "The X-linked form responded to therapy late. Infants walked after gene transfer."
)


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("gene", '("gene")'),
        ("gene therapy", '("gene" AND "therapy")'),
        ("gene AND therapy", '("gene" AND "therapy")'),
        ('"gene therapy"', '("gene therapy")'),
        ('"gene therapy', '("gene therapy")'),
        ("gene OR cell", '("gene") OR ("cell")'),
        ("a b OR c", '("a" AND "b") OR ("c")'),
        ("OR OR gene OR", '("gene")'),
        ("leuko*", '("leuko"*)'),
        ('"gene ther"*', '("gene ther"*)'),
        ("X-ALD", '("X ALD")'),
        ("Krabbé", '("Krabbé")'),
        ("nai\u0308ve", '("naïve")'),
        ("NEAR(a b)", '("NEAR a" AND "b")'),
        ("title:gene", '("title gene")'),
        ("it's -not^ (this)", '("it s" AND "not" AND "this")'),
        ("or and", '("or" AND "and")'),
        ('"OR"', '("OR")'),
        ("\x00gene\x00", '("gene")'),
        ("\ud800gene", '("gene")'),
    ],
)
def test_reading(typed: str, match: str) -> None:
    assert parse(typed).match == match


@pytest.mark.parametrize("typed", ["", " ", "*", '"', '""', "- / ()", "OR", "AND", "___"])
def test_nothing_to_look_for(typed: str) -> None:
    assert parse(typed).match is None


@given(st.text())
def test_no_input_is_an_error_to_sqlite(typed: str) -> None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
        match = parse(typed).match
        if match is not None:
            assert connection.execute("SELECT * FROM t WHERE t MATCH ?", (match,)).fetchall() == []
    finally:
        connection.close()


@pytest.mark.parametrize(
    "typed", ["gene " * 5000, "gene OR " * 5000, '"' + "gene " * 5000 + '"', "(" * 5000 + "gene"]
)
def test_very_long_input_is_no_error(typed: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (x)")
    connection.execute("INSERT INTO t VALUES ('gene')")
    assert len(connection.execute("SELECT * FROM t WHERE t MATCH ?", (parse(typed).match,)).fetchall()) in (
        0,
        1,
    )
    connection.close()


@given(st.text(), st.text(min_size=1, max_size=6))
def test_what_the_tokenizer_finds_is_found_in_the_text(text: str, typed: str) -> None:
    """Wherever SQLite says a plain word is in an ASCII text, a quote shows it."""
    text, typed = text.encode("ascii", "ignore").decode(), typed.encode("ascii", "ignore").decode()
    words = parse(typed)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO t VALUES (?)", (text,))
    found = words.match and connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (words.match,)).fetchone()
    connection.close()
    quote = words.quote(text)
    if found:
        assert quote is not None
    if quote is not None:
        assert text[quote.start : quote.end] == quote.text


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding() -> None:
    assert fold("ÉCOLE naïve Ångström İI ﬁne ß µ²") == "ecole naive angstrom ii ﬁne ß µ²"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("infants", "Gene therapy was given to four infants."),
        ("gene therapy", "Gene therapy was given to four infants."),
        ("gene infants transfer", "Infants walked after gene transfer."),
        ('"gene transfer" OR cafe', "Café workers and naïve cells were not studied."),
        ("NAIVE", "Café workers and naïve cells were not studied."),
        ("respond*", "The X-linked form responded to therapy late."),
        ("x-linked", "The X-linked form responded to therapy late."),
        ("rare", "Gene therapy for a rare disease"),
    ],
)
def test_best_sentence(typed: str, sentence: str) -> None:
    quote = parse(typed).quote(TEXT)
    assert quote is not None
    assert quote.text == sentence
    assert TEXT[quote.start : quote.end] == sentence


@pytest.mark.parametrize("typed", ["respond", "linke", '"therapy gene"', "unheard"])
def test_no_sentence(typed: str) -> None:
    assert parse(typed).quote(TEXT) is None


@pytest.mark.parametrize("typed", ["ÉCOLE", "ecole", "naïve", "µm", "ﬁne", "10²", "eIF2Bε", "Å", "脳"])
def test_words_find_themselves_in_index_and_text(typed: str) -> None:
    text = f"Title\nBefore. Here {typed} stands. After."
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO t VALUES (?)", (text,))
    assert connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (parse(typed).match,)).fetchone()
    connection.close()
    quote = parse(typed).quote(text)
    assert quote is not None
    assert quote.text == f"Here {typed} stands."
