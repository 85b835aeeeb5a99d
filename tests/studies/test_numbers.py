"""Numbers as papers print them, and which of them counts a noun."""

from __future__ import annotations

import re

import pytest

from leukonlp.studies.numbers import NUMBER, count_before, count_ending, decimal, months, unit, whole

BEFORE = [
    # the text up to the noun, the value, and the words from the number on
    ("12 boys", 12, "12 "),
    ("we saw 12 boys", 12, "12 "),
    ("12, boys", 12, "12, "),
    ("twelve, boys", 12, "twelve, "),
    ("twelve old and frail men", 12, "twelve old and frail "),
    ("12 mild or severe men", 12, "12 mild or severe "),
    ("12 low to severe men", 12, "12 low to severe "),
    ("12 x, y men", 12, "12 x, y "),
    ("12 u. s. veterans", 12, "12 u. s. "),
    ("450 overweight and obese (bmi above 27) adults", 450, "450 overweight and obese (bmi above 27) "),
    ("12 (old) boys", 12, "12 (old) "),
    ("12 [old] boys", 12, "12 [old] "),
    ("12 (of 14 boys", 14, "14 "),
    ("(12 boys", 12, "12 "),
    ("20 type 2 patients", 20, "20 type 2 "),
    ("20 type-2 patients", 20, "20 type-2 "),
    ("20 type 2 diabetic patients", 20, "20 type 2 diabetic "),
    ("12 stage ii and iii patients", 12, "12 stage ii and iii "),
    ("forty asa 1-2 women", 40, "forty asa 1-2 "),
    ("12 phase two men", 12, "12 phase two "),
    ("12 eight-week-old infants", 12, "12 eight-week-old "),
    ("12 4-year infants", 12, "12 4-year "),
    ("12 first-year students", 12, "12 first-year "),
    ("534 6- to 10-year-old children", 534, "534 6- to 10-year-old "),
    # where a full stop lost its space
    ("of cancer.twelve men", 12, "twelve "),
    ("in 1995.6540 men", 6540, "6540 "),
    ("in nct01234567.29 men", 29, "29 "),
    ("of cancer.1,204 men", 1204, "1,204 "),
    # in words
    ("one hundred and two men", 102, "one hundred and two "),
    ("two hundred twenty men", 220, "two hundred twenty "),
    ("a hundred men", 100, "a hundred "),
    ("seventy four men", 74, "seventy four "),
    ("seventy-four men", 74, "seventy-four "),
    ("forty-6 men", 46, "forty-6 "),
    ("two thousand, one hundred men", 2100, "two thousand, one hundred "),
    ("and two men", 2, "two "),
    # in groups of digits
    ("1 854 men", 1854, "1 854 "),
    ("12 345 678 men", 12345678, "12 345 678 "),
    ("1234567 men", 1234567, "1234567 "),
    ("7 x 123 men", 123, "123 "),
    ("7 123 men", 7123, "7 123 "),
    ("7 12 men", 12, "12 "),
    ("two 12 men", 12, "12 "),
    ("12 k l m n o p q r s men", 12, "12 k l m n o p q r s "),
]


@pytest.mark.parametrize(("text", "value", "words"), BEFORE)
def test_the_number_that_counts_a_noun(text: str, value: int, words: str) -> None:
    noun = text.rindex(" ") + 1
    for before in ("", "so we say: "):
        found = count_before(before + text, 0, len(before) + noun)
        assert found is not None
        assert (found.value, (before + text)[found.start : len(before) + noun]) == (value, words)
        assert words.endswith(found.words)


@pytest.mark.parametrize(
    "text",
    [
        *("boys", " boys", "12boys", "a12 boys", "old boys"),
        *("12 mice and boys", "12 of the boys", "12 boys and girls", "12 to boys", "12 percent men"),
        *("12 and men", "12 - boys", "12 mild cats or severe men", "12 old] boys", "12 old) boys"),
        *("type 2 patients", "stage 2 patients", "phase two patients", "grade-3 patients"),
        *("thirty- men", "forty-six-year men", "hundred men", "zero men", "grew 3.5 men", "12 3/4 men"),
        *("12345678 men", "x.12 men", "of an.12345678 men", "12 mg men", "12 k l m n o p q r s t men"),
        "1/2 men",
    ],
)
def test_no_number_counts_the_noun(text: str) -> None:
    assert count_before(text, 0, text.rfind(" ") + 1) is None


def test_numbers_before_the_left_end_do_not_count() -> None:
    text = "12 old boys"
    assert count_before(text, 0, 7) is not None
    assert count_before(text, 3, 7) is None
    assert count_before(text, 6, 7) is None
    found = count_before("see 12 boys", 4, 7)
    assert found is not None
    assert (found.value, found.start) == (12, 4)
    found = count_before("12 (so) old boys", 0, 12)
    assert found is not None
    assert count_before("12 (so) old boys", 3, 12) is None


@pytest.mark.parametrize(
    ("text", "value", "start"),
    [
        ("32", 32, 0),
        ("of 32", 32, 3),
        ("of thirty-two", 32, 3),
        ("of (32", 32, 4),
        ("of [32", 32, 4),
        ("of one hundred and two", 102, 3),
        ("a total 1 854", 1854, 8),
    ],
)
def test_the_number_at_the_end(text: str, value: int, start: int) -> None:
    found = count_ending(text, 0, len(text))
    assert found is not None
    assert (found.value, found.start, found.words) == (value, start, "")


@pytest.mark.parametrize("text", ["", "of old", "x32", "thirty-x", "hundred", "zero", "of zero", "old 32 "])
def test_no_number_at_the_end(text: str) -> None:
    assert count_ending(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,854,631", 1854631),
        ("1 854", 1854),
        ("zero", 0),
        ("nineteen", 19),
        ("twenty one", 21),
        ("twenty-one", 21),
        ("forty-6", 46),
        ("ninety", 90),
        ("one hundred and two", 102),
        ("a hundred", 100),
        ("an hundred", 100),
        ("nine hundred ninety-nine", 999),
        ("a thousand", 1000),
        ("twelve thousand", 12000),
        ("two thousand and five", 2005),
        ("two thousand five hundred", 2500),
        ("one thousand two hundred and three", 1203),
        ("hundred", 100),
        ("thousand", 1000),
    ],
)
def test_the_value_of_a_number(text: str, value: int) -> None:
    assert whole(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("3.2", 3.2), ("5", 5.0), ("9½", 9.5), ("five", 5.0), ("a hundred", 100.0)]
)
def test_the_value_of_a_decimal(text: str, value: float) -> None:
    found = decimal(text)
    assert (found, type(found)) == (value, float)


@pytest.mark.parametrize(
    ("printed", "name", "span"),
    [
        ("years", "years", 12.0),
        ("yr", "years", 12.0),
        ("months", "months", 1.0),
        ("mos", "months", 1.0),
        ("wks", "weeks", 0.23),
        ("weeks", "weeks", 0.23),
        ("day", "days", 0.03),
    ],
)
def test_units_of_time(printed: str, name: str, span: float) -> None:
    assert unit(printed) == name
    assert months(1, printed) == span
    assert months(100, printed) == round(
        100 * {"y": 12, "m": 1, "w": 12 / 52.1775, "d": 12 / 365.25}[name[0]], 2
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("29 of 1,854,631 and seventeen", ["29", "1,854,631", "seventeen"]),
        ("twenty-one, ninety nine", ["twenty-one", "ninety nine"]),
        ("1.5 or x7", []),
        ("12345678", []),
        ("one hundred and two thousand", ["one hundred and two"]),
        ("fourteen sixteen", ["fourteen", "sixteen"]),
        ("999 999 999 999 people", ["999 999 999 999"]),
        ("1 111 111 111 111 111", ["1 111 111 111", "111 111"]),  # no number goes on without end
    ],
)
def test_what_is_printed_as_a_number(text: str, found: list[str]) -> None:
    assert re.findall(NUMBER, text) == found
