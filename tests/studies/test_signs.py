"""Signs in the words around a count of people, and how counts stand to each other."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from leukonlp.studies.people_counts import Count
from leukonlp.studies.people_signs import around, relations


def signs(
    before: str = "we x ", within: str = "", noun: str = "patients", after: str = "", value: int = 10
) -> set[str]:
    return around(before, within, noun, after, "methods", value) - {"part:methods"}


@pytest.mark.parametrize(
    ("value", "sign"),
    [
        (0, "value:1"),
        (1, "value:1"),
        (2, "value:2-4"),
        (4, "value:2-4"),
        (5, "value:5-9"),
        (9, "value:5-9"),
        (10, None),
        (999, None),
        (1000, "value:1000+"),
        (1001, "value:1000+"),
    ],
)
def test_the_size_of_a_count(value: int, sign: str | None) -> None:
    assert {s for s in signs(value=value) if s.startswith("value")} == ({sign} if sign else set())


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("", {"opens"}),
        (" ", {"opens"}),
        ("we enrolled ", {"before:enrol"}),
        ("enrolled a b c d e f ", {"before:enrol"}),
        ("enrolled a b c d e f g ", set()),
        ("enrolled, treated; placebo (", {"before:enrol", "before:treat", "before:arm", "listed"}),
        ("results: ", {"opens"}),
        ("it was done; ", {"opens"}),
        ("in families [", {"listed"}),
        ("the data of ", {"before:data", "next:of"}),
        ("we went with ", {"before:who", "next:with"}),
        ("12 of ", {"next:of", "denominator"}),
        ("12 out of the ", {"next:the", "denominator"}),
        ("12 from ", {"next:from", "denominator"}),
        ("every 12 of ", {"next:of"}),
        ("28/", {"denominator"}),
        ("we saw ", set()),
    ],
)
def test_signs_before_a_count(before: str, found: set[str]) -> None:
    assert signs(before) == found


@pytest.mark.parametrize(
    ("noun", "found"),
    [
        ("boys", {"sex"}),
        ("females", {"sex"}),
        ("transplants", {"event", "nobody"}),
        ("pairs", {"event", "nobody"}),
        ("nurses", {"staff"}),
        ("children", set()),
    ],
)
def test_signs_of_the_noun(noun: str, found: set[str]) -> None:
    assert signs(noun=noun) == found


def test_signs_within_a_count() -> None:
    assert signs(within=" enrolled, consecutive ") == {"within:enrol", "within:who"}
    assert signs(within=" old ") == set()


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("", set()),
        (" walked", {"after:None"}),
        (" were treated", {"after:treat"}),
        (" a b c d e f g h i j k l m treated", {"after:treat"}),
        (" a b c d e f g h i j k l m n treated", {"after:None"}),
        (" were enrolled and treated", {"after:enrol"}),
        (" the data were treated", {"after:treat"}),
        (" with mld", {"after:None", "then:who"}),
        (" aged, with", {"after:None", "then:who"}),
        (" seen with", {"after:None"}),
        (" each", {"after:None", "then:each"}),
        (" in the each", {"after:None", "then:each"}),
        (" in the one each", {"after:None"}),
        (" per arm", {"after:arm", "then:each"}),
        (" so per arm", {"after:arm", "then:each"}),
        (" so it per arm", {"after:arm"}),
        (" (with placebo) died", {"after:event"}),
        (" [with placebo] died", {"after:event"}),
        (" (with placebo died", {"after:arm", "then:who"}),
        (" (with placebo] died", {"after:arm", "then:who"}),
        ("()", {"after:None"}),
        (" (12%) died", {"after:event", "share"}),
        (" (12% female) died", {"after:event"}),
        (" who (12%) died", {"after:event", "then:who", "share"}),
    ],
)
def test_signs_after_a_count(after: str, found: set[str]) -> None:
    assert signs(after=after) == found


def test_the_part_of_the_paper_is_a_sign() -> None:
    assert around("we x ", "", "boys", "", "title", 10) == {"part:title", "sex"}
    assert around("we x ", "", "boys", "", None, 10) == {"part:None", "sex"}


def count(value: int, start: int = 0, *marks: str, end: int | None = None) -> Count:
    return Count(value, start, start + 2 if end is None else end, 0, "studied", frozenset(marks))


@dataclass(frozen=True)
class Case:
    counts: list[Count]
    expected: list[set[str]]


CASES = {
    "none": Case([], []),
    "one": Case([count(9)], [{"most", "first", "alone"}]),
    "two": Case([count(9), count(8, 5)], [{"most", "first"}, set()]),
    "far below": Case([count(2), count(9, 5), count(3, 9)], [{"first", "far below most"}, {"most"}, set()]),
    "a quarter": Case([count(8), count(2, 5), count(1, 9)], [{"most", "first"}, set(), {"far below most"}]),
    "again": Case(
        [count(9), count(3, 5), count(9, 9)], [{"most", "first", "again"}, set(), {"most", "again"}]
    ),
    "randomised": Case(
        [count(9, 0, "before:random"), count(7, 5), count(9, 8), count(6, 9, "after:random")],
        [{"most", "first", "again"}, {"others randomised"}, {"most", "again"}, set()],
    ),
    "a sum": Case(
        [count(4, 0), count(9, 0, "sum", end=9), count(5, 5)],
        [{"first"}, set(), {"most"}],
    ),
    "a sum that is confirmed": Case(
        [count(4, 10), count(9, 10, "sum", end=19), count(5, 15), count(9, 30)],
        [{"first"}, {"again", "sum:confirmed"}, set(), {"most", "again", "sum of others"}],
    ),
    "a sum with a rival behind it": Case(
        [count(4, 10), count(9, 10, "sum", end=19), count(5, 15), count(12, 30)],
        [{"first"}, {"sum:rival"}, set(), {"most"}],
    ),
    "a sum with a rival before it": Case(
        [count(12, 0), count(4, 10), count(9, 10, "sum", end=19), count(5, 15), count(3, 30)],
        [{"first", "most"}, set(), {"sum:rival", "sum:rival before"}, set(), set()],
    ),
    "a sum beside a smaller count": Case(
        [count(5, 0), count(4, 10), count(9, 10, "sum", end=19), count(5, 15), count(5, 19)],
        [{"first", "most", "again"}, set(), set(), {"most", "again"}, {"most", "again"}],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_how_counts_stand_to_each_other(case: Case) -> None:
    assert list(relations(case.counts)) == case.expected
