"""Cutting a text at its marks loses nothing and moves nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leukonlp.report.highlight import pieces, visible


def at(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, **more}


def shape(found: list[dict[str, Any]]) -> list[tuple[str, str | None, list[int]]]:
    return [(p["text"], p["mention"] and p["mention"]["n"], p["quotes"]) for p in found]


def test_mentions_and_quotes_cross() -> None:
    found = pieces("abcdefghij", [at(2, 5, n="m")], [at(4, 8)])
    assert shape(found) == [
        ("ab", None, []),
        ("cd", "m", []),
        ("e", "m", [0]),
        ("fgh", None, [0]),
        ("ij", None, []),
    ]


def test_of_overlapping_mentions_the_longest_shows() -> None:
    found = pieces(
        "abcdefghij", [at(0, 3, n="short"), at(1, 8, n="long"), at(7, 9, n="late"), at(9, 10, n="end")], []
    )
    assert [(p["text"], p["mention"]["n"]) for p in found if p["mention"]] == [
        ("bcdefgh", "long"),
        ("j", "end"),
    ]


def test_touching_mentions_stay_apart() -> None:
    found = pieces("abcd", [at(0, 2, n="a"), at(2, 4, n="b")], [])
    assert shape(found) == [("ab", "a", []), ("cd", "b", [])]


def test_quotes_that_touch_or_nest_stay_quoted() -> None:
    found = pieces("abcdef", [], [at(0, 2), at(2, 4), at(1, 3)])
    for number, words in enumerate(("ab", "cd", "bc")):
        assert "".join(p["text"] for p in found if number in p["quotes"]) == words


def test_empty_text() -> None:
    assert pieces("", [], []) == []


marks = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda t: at(t[0], t[0] + t[1], n="m")), max_size=8
)


@given(st.text(max_size=30), marks, marks)
def test_pieces_join_to_the_text(
    text: str, mentions: list[dict[str, Any]], quotes: list[dict[str, Any]]
) -> None:
    found = pieces(text, mentions, quotes)
    assert "".join(p["text"] for p in found) == text
    place = 0
    for piece in found:
        place += len(piece["text"])
        if piece["mention"]:
            assert piece["mention"]["start"] < place <= piece["mention"]["end"]
        inside = [n for n, q in enumerate(quotes) if q["start"] < place <= min(q["end"], len(text))]
        assert piece["quotes"] == inside


def test_what_cannot_be_seen_is_shown_one_for_one() -> None:
    raw = "a\u202eb\x00c\ud800d\u2066e\x9bf\x1b\ttab\nline é β 漢"
    assert visible(raw) == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffd\ttab\nline é β 漢"
    assert len(visible(raw)) == len(raw)
