"""The choice among the counts of a record, one person and none, and the learning of its weights."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from leukonlp.records import Quote
from leukonlp.studies import people, people_choice
from leukonlp.studies.people_counts import Count
from leukonlp.studies.people_signs import relations
from leukonlp.studies.people_weights import load_weights, weigh
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]


def chosen(reading: Reading, design: str | None) -> people_choice.Option:
    return people_choice.choose(reading, people.find(reading), design)


def test_every_sign_has_a_whole_weight_that_is_not_nothing() -> None:
    weights = load_weights()
    assert 100 < len(weights) < 300
    assert all(isinstance(weight, int) and weight for weight in weights.values())
    assert list(weights) == sorted(weights)
    assert weights["rank:0"] > 0


def test_signs_add_up_and_an_unknown_one_weighs_nothing() -> None:
    weights = load_weights()
    assert weigh(("rank:0", "noun", "no such sign")) == weights["rank:0"] + weights["noun"]
    assert weigh(()) == 0


def test_without_counts_there_is_nothing_to_choose(read: Read) -> None:
    reading = read("Outcome of treatment", "METHODS: Cells were grown. They were stained.")
    assert chosen(reading, "cohort") is None
    offered = [
        (value, signs) for _, value, signs in people_choice.options(reading, people.find(reading), None)
    ]
    assert offered == [(None, frozenset(("none", "none:None")))]


def test_one_person_is_offered_only_with_words_to_quote(read: Read) -> None:
    reading = read("Gout: a case report", "A 12-year-old boy with gout was treated.")
    option = chosen(reading, "case_report")
    assert isinstance(option, Quote)
    assert option.text == "A 12-year-old boy"
    offered = {value for _, value, _ in people_choice.options(reading, people.find(reading), "case_report")}
    assert offered == {1, None}


@pytest.mark.parametrize(
    ("abstract", "value"),
    [
        ("METHODS: We enrolled 40 boys. RESULTS: Ten boys improved and 12 boys did not.", 40),
        ("METHODS: Of 300 men screened, 80 men were enrolled. RESULTS: 20 men died.", 80),
        ("METHODS: Sixty women were randomised. RESULTS: Of the 60 women, 50 women completed the trial.", 60),
    ],
)
def test_the_number_of_all_is_chosen(read: Read, abstract: str, value: int) -> None:
    option = chosen(read("Outcome of treatment", abstract), "randomized_trial")
    assert isinstance(option, Count)
    assert option.value == value


def test_people_of_others_controls_and_screened_are_no_options(read: Read) -> None:
    reading = read(
        "Outcome",
        "METHODS: We screened 90 men. We enrolled 20 men. They were compared with 30 healthy controls.",
    )
    values = [
        option.value
        for option, _, _ in people_choice.options(reading, people.find(reading), None)
        if isinstance(option, Count) and "sum" not in option.signs
    ]
    assert 20 in values
    assert 30 not in values


def test_a_number_told_twice_has_the_odds_of_both(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def count(value: int, score: int, start: int) -> Count:
        return Count(value, start, start + 2, score)

    found = people.People((count(40, 30, 0), count(30, 27, 10), count(30, 27, 20)), None, None)
    option = people_choice.choose(read("Outcome", "METHODS: It was done here, as told."), found, None)
    assert isinstance(option, Count)
    assert (option.value, option.start) == (30, 10)


def test_caution_leaves_a_doubtful_number_out(read: Read) -> None:
    reading = read("Outcome", "METHODS: It was done here, as told.")
    none = weigh(("none", "none:None")) + people_choice.CAUTION
    for score, told in ((none - 1, False), (none + 1, True)):
        found = people.People((Count(40, 0, 2, score),), None, None)
        assert (people_choice.choose(reading, found, None) is not None) == told


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("people_weights", root / "scripts" / "people_weights.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_weights_are_learned_from_choices(script: ModuleType) -> None:
    none = (None, frozenset(("none",)))
    right, wrong = (40, frozenset(("noun", "enrol"))), (12, frozenset(("noun", "part")))
    data = [[right, wrong, none]] * 30 + [[wrong, none]] * 10
    weights = script.learn(data, [40] * 30 + [None] * 10)
    assert weights["enrol"] > 0 > weights["part"]
    assert script.chosen([right, wrong, none], weights) == 40
    assert script.chosen([wrong, none], weights) is None
    assert script.learn(data, [40] * 30 + [None] * 10) == weights
    assert script.left_out(data, [40] * 30 + [None] * 10, 5) == [40] * 30 + [None] * 10


@pytest.mark.parametrize(
    ("values", "kind", "again"),
    [
        ((10, 10, 20), "sum:twice", []),  # ten, and another ten
        ((10, 10, 10, 20), "sum:twice", [10, 10, 10]),  # and told once more
        ((11, 11, 22), "sum:more", [11, 11]),  # 22 are ten and another twelve
    ],
)
def test_only_equal_groups_are_no_number_told_twice(
    values: tuple[int, ...], kind: str, again: list[int]
) -> None:
    counts = [
        Count(value, at, at + 1, 0, "studied", frozenset(("sum", kind) if value == max(values) else ()))
        for at, value in enumerate(values)
    ]
    found = zip(values, relations(counts), strict=True)
    assert [value for value, signs in found if "again" in signs] == again
