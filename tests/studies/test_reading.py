"""The reading of a record keeps offsets, and knows which part of the paper a sentence stands in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.records import Abstract
from leukonlp.studies import assess
from leukonlp.studies import people_cues as cues
from leukonlp.studies.numbers import count_before, months, whole
from leukonlp.studies.reading import Concepts, Reading
from leukonlp.studies.triggers import Triggers

Read = Callable[..., Reading]


@given(st.text(max_size=300))
def test_plain_text_has_the_length_of_the_text(lexicon: Concepts, text: str) -> None:
    reading = Reading(Abstract("1", "T", text), (), lexicon=lexicon)
    assert len(reading.plain) == len(reading.text)


def test_letters_whose_small_form_is_longer_keep_offsets(read: Read) -> None:
    reading = read("İİ trial", "Seventeen boys")
    assert reading.plain.index("seventeen") == reading.text.index("Seventeen")


def test_parts_by_label(read: Read) -> None:
    reading = read("T", "BACKGROUND: Rare. METHODS: We treated boys. RESULTS: All well. CONCLUSIONS: Safe.")
    assert [s.part for s in reading.sentences] == ["title", "background", "methods", "results", "conclusions"]


def test_words_outside_of_labels_have_no_part(read: Read) -> None:
    reading = read("T", "Ten boys came. METHODS: We treated them. RESULTS: All well.")
    assert [s.part for s in reading.sentences] == ["title", None, "methods", "results"]


def test_parts_by_cue(read: Read) -> None:
    reading = read("T", "It is rare. We treated boys. All were well. In conclusion, it is safe.")
    assert [s.part for s in reading.sentences] == ["title", "background", None, None, "conclusions"]


def test_quotes_are_trimmed_and_close_their_bracket(read: Read) -> None:
    reading = read("T", "median 3 (range 1-5), ")
    start = reading.text.index("median")
    assert reading.quote(start, reading.text.index("5") + 1).text == "median 3 (range 1-5)"
    assert reading.quote(start, len(reading.text)).text == "median 3 (range 1-5)"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seventeen", 17),
        ("twenty-one", 21),
        ("ninety nine", 99),
        ("one hundred", 100),
        ("one hundred and two", 102),
        ("two hundred eighty-six", 286),
        ("1,854,631", 1854631),
        ("18 309", 18309),
        ("7", 7),
    ],
)
def test_numbers(words: str, value: int) -> None:
    assert whole(words) == value
    found = count_before(f"in {words} boys", 0, len(f"in {words} "))
    assert found is not None
    assert (found.value, found.start) == (value, 3)


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [(2, "years", 24), (6, "months", 6), (52, "weeks", 11.96), (365.25, "days", 12)],
)
def test_months(value: float, printed: str, expected: float) -> None:
    assert months(value, printed) == pytest.approx(expected, abs=0.01)


@given(st.text(alphabet="phase 123iv/-()trial,. we\nWE:aged0%median follow-up of 5 patients", max_size=400))
def test_any_text_gives_exact_quotes(lexicon: Concepts, text: str) -> None:
    assess(Abstract("1", "A phase", text), (), lexicon=lexicon).check_offsets()


@pytest.mark.parametrize(
    "unit",
    [
        "phase 1 ",
        "patients 12 ",
        "(n = 3) ",
        "aged 3-",
        "follow-up of 3 ",
        "a ",
        "the 1 patient with ",
        "no ",
        "randomi",
        "x" * 50,
        "median age ",
    ],
)
def test_time_grows_no_faster_than_length(lexicon: Concepts, unit: str) -> None:
    import time

    def seconds(chars: int) -> float:
        record = Abstract("1", "Title", unit * (chars // len(unit)))
        start = time.process_time()
        assess(record, (), lexicon=lexicon)
        return time.process_time() - start

    seconds(2_000)
    # Four times the text takes sixteen times as long where time grows with the square; the quicker of two
    # tries, as a neighbour on the same core may slow one.
    assert min(seconds(100_000), seconds(100_000)) < 10 * max(seconds(25_000), 0.05)


def test_words_around_stop_where_sections_were_run_together(read: Callable[..., Reading]) -> None:
    reading = read("Drug A", "It has never been tested.This study tested drug alpha.Men were well.")
    start = reading.text.index("tested drug")
    before, after = reading.around(start, start + len("tested"))
    assert (before, after) == ("this study ", " drug alpha")


PEOPLE = [
    "Patients who came and patients were seen",
    "Women and men from Kent; non-patients had (children) adults aged nine",
    "subjects of men who had",
]


@pytest.mark.parametrize("text", PEOPLE)
def test_matches_that_open_with_a_word_are_all_matches(text: str, lexicon: Concepts) -> None:
    for triggers in (None, Triggers([cues.DESCRIBED_WORDS])):
        reading = Reading(Abstract("1", text, text), (), lexicon=lexicon, triggers=triggers)
        found = [match.span() for match in reading.opening(cues.DESCRIBED, cues.DESCRIBED_WORDS)]
        assert found == [match.span() for match in cues.DESCRIBED.finditer(reading.plain)]
        assert found


def test_strings_are_found_by_the_group_itself_by_an_equal_one_and_by_another(lexicon: Concepts) -> None:
    group = ("boys", " girls")
    reading = Reading(Abstract("1", "Boys\ngirls", "boys"), (), lexicon=lexicon, triggers=Triggers([group]))
    for asked in (group, (*group,), ("boys", " girls", "cats")):
        assert sorted(reading.places(asked)) == [(0, 4), (4, 10), (11, 15)]
    assert not reading.places(("cats",))


@pytest.mark.parametrize(
    ("words", "values"),
    [("n = 29, (n=1,204), N: 3", ["29", "1,204", "3"]), ("in 29, in = 4, (n 5 of _n = 6; n.7", ["5"])],
)
def test_sizes_are_found_where_the_letter_stands_alone(words: str, values: list[str]) -> None:
    assert [match[1] for match in cues.SIZE.finditer(words.lower())] == values
