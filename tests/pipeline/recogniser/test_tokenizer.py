from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.pipeline.recogniser.tokenizer import FineTokenizer, places_of, spaced_words

TOKENIZER = FineTokenizer(spacy.blank("en").vocab)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ABCD1-related X-ALD", ["ABCD", "1", "-", "related", "X", "-", "ALD"]),
        ("proMMP-2 (hGR)", ["pro", "MMP", "-", "2", "(", "h", "GR", ")"]),
        ("β-galactosidase, 5'UTR", ["β", "-", "galactosidase", ",", "5", "'", "UTR"]),
        ("a_b", ["a", "_", "b"]),
        ("", []),
    ],
)
def test_letters_digits_and_other_characters_part(text: str, words: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)] == words


@pytest.mark.parametrize("text", [" lead", "two  spaces", "line\nfeed ", "\t", " \n ", "end   "])
def test_white_space_is_kept(text: str) -> None:
    assert TOKENIZER(text).text == text


@given(st.text(max_size=200))
def test_any_text_comes_back(text: str) -> None:
    assert TOKENIZER(text).text == text


@given(st.text(alphabet="aAß1 -\n\t\u00a0β.é\u0301", max_size=80))
def test_tokens_and_places_are_the_same_words(text: str) -> None:
    words = [token for token in TOKENIZER(text) if not token.is_space]
    assert [(token.idx, token.idx + len(token)) for token in words] == places_of(text)


@given(st.text(alphabet="aAß1 -\n\t\u00a0β.é\u0301\x1c", max_size=80))
def test_words_keep_the_white_space_before_them(text: str) -> None:
    spaced = spaced_words(text)
    assert "".join(spaced) == text.rstrip()
    assert [word.lstrip() for word in spaced] == [text[a:b] for a, b in places_of(text)]


@given(st.text(alphabet="abzAZéÉßβı٣ª1_- ", max_size=40))
def test_ascii_words_are_cut_as_those_of_any_letters(text: str) -> None:
    letter = r"[^\W\d_]"
    one_by_one = rf"{letter}+?(?:(?<=[a-z])(?=[A-Z])|(?!{letter}))|\d+|\S"
    assert [text[a:b] for a, b in places_of(text)] == re.findall(one_by_one, text)
