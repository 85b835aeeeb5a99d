"""Numbers of people that a record leaves to be added or multiplied, and those that it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies import people
from leukonlp.studies.people_counts import Count
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
SUMS: list[tuple[str, list[tuple[int, str, str]]]] = [
    (
        "METHODS: We enrolled 30 boys. There were 12 normal girls and 15 normal men.",
        [(27, "12 normal girls and 15 normal men", "2 noun sex")],
    ),
    (
        "METHODS: We enrolled 12 boys and 15 girls. Later 20 healthy controls (ten men) were seen.",
        [
            (27, "12 boys and 15 girls", "2 all-enrol enrol noun sex"),
            (35, "15 girls. Later 20 healthy controls", "2 apart controls enrol noun"),
        ],
    ),
    ("METHODS: Of 49 men with gout 20 were ill. We saw 51 controls.", []),
    ("METHODS: 30 men with gout entered. Controls (n = 20) were healthy.", []),
    (
        "METHODS: Ten men with gout were enrolled. An additional 12 men were enrolled later.",
        [
            (
                22,
                "Ten men with gout were enrolled. An additional 12 men",
                "2 all-enrol apart enrol more noun sex",
            )
        ],
    ),
    (
        "METHODS: We enrolled 12 men. Two other boys were later enrolled.",
        [(14, "12 men. Two other boys", "2 all-enrol apart enrol more noun sex uneven")],
    ),
    ("METHODS: We screened 90 men. Another 12 men were treated.", []),
    (
        "METHODS: Drug A (n = 60) helped. Drug B (n = 58) did not.",
        [(118, "n = 60) helped. Drug B (n = 58", "2 apart size")],
    ),
    ("METHODS: 24 persons, 14 men and 10 women, were enrolled.", []),
    ("METHODS: 24 persons (14 men and 10 women) were enrolled.", []),
    ("METHODS: Two groups, each of 20 men, were treated.", []),
    (
        "METHODS: Patients received drug A or drug B, with 20 patients per group.",
        [(40, "20 patients", "two")],
    ),
    ("METHODS: Patients (n = 20/group) received drug A or drug B.", [(40, "n = 20", "two")]),
    ("METHODS: We treated 12 patients per arm.", [(24, "12 patients", "two")]),
    ("METHODS: In three panels of 8, men took drug A.", [(24, "three panels of 8", "")]),
    ("RESULTS: It helped 13 of 28 patients in the drug group.", []),
    (
        "RESULTS: It helped 13 of 28 patients in the drug group, 5 of 27 patients in the placebo group "
        "and 3 of 20 patients in the control group.",
        [
            (
                75,
                "28 patients in the drug group, 5 of 27 patients in the placebo group and 3 of 20 patients",
                "3 all-arm arm denominators noun",
            )
        ],
    ),
    ("RESULTS: Drug A was given to 12 men and drug B to 30 women, of whom 3 women died.", []),
    (
        "METHODS: 12 patients were randomised to drug A, 13 to drug B and 14 to drug C.",
        [(39, "12 patients were randomised to drug A, 13 to drug B and 14", "3 random")],
    ),
    (
        "METHODS: 12 patients were treated with drug A while 13 patients were treated with drug B.",
        [(25, "12 patients were treated with drug A while 13 patients", "2 all-treat noun treat")],
    ),
    (
        "METHODS: 12 patients received drug A versus 40 patients who received placebo.",
        [(52, "12 patients received drug A versus 40 patients", "2 all-treat arm noun treat uneven")],
    ),
    ("METHODS: 12 patients were screened and 13 patients were treated.", []),
    ("METHODS: 40 patients were enrolled, 38 patients completed.", []),
    ("METHODS: 40 patients, including 12 women, and 20 children were enrolled.", []),
    ("METHODS: 12 patients developed gout and 13 patients died.", []),
    (
        "METHODS: We enrolled 40 men with gout. The score was tested in 200 more patients.",
        [
            (
                240,
                "40 men with gout. The score was tested in 200 more patients",
                "2 apart enrol more noun uneven",
            )
        ],
    ),
    (
        "Ten men and 20 healthy controls were seen.",
        [(30, "Ten men and 20 healthy controls", "2 arm controls noun")],
    ),
    (
        "Ten men with gout were seen. Later 20 healthy controls were seen.",
        [
            (
                30,
                "Ten men with gout were seen. Later 20 healthy controls",
                "2 apart controls noun",
            )
        ],
    ),
    (
        "Ten men with gout and 5 boys (3 of them ill) were compared with 20 healthy controls.",
        [
            (
                35,
                "Ten men with gout and 5 boys (3 of them ill) were compared with 20 healthy controls",
                "3 controls noun uneven",
            )
        ],
    ),
    (
        "METHODS: Drug A (n = 60) helped. Drug B (n = 58) did not. Drug C (n = 50) did.",
        [
            (168, "n = 60) helped. Drug B (n = 58) did not. Drug C (n = 50", "3 apart size"),
        ],
    ),
    (
        "Men were given drug A (n = 10), drug B (n = 20), drug C (n = 12) or drug D (n = 18).",
        [(30, "n = 10), drug B (n = 20", "2 size treat")],
    ),
    (
        "Men were given drug A (n = 10), drug B (n = 20), drug C (n = 11) or drug D (n = 18).",
        [(59, "n = 10), drug B (n = 20), drug C (n = 11) or drug D (n = 18", "4 size treat")],
    ),
    ("METHODS: Patients were divided into three groups of 20.", [(60, "three groups of 20", "")]),
    (
        "METHODS: Patients in four arms, 15 children in each arm, were treated.",
        [(60, "four arms, 15 children", "")],
    ),
    ("Of 30 men, 12 were ill and 18 were well.", []),
    (
        "METHODS: 39 patients (29 women) and 20 children were randomised.",
        [(59, "39 patients (29 women) and 20 children", "2 all-random noun random")],
    ),
    ("METHODS: 40 patients were enrolled and 38 patients were randomised.", []),
    (
        "METHODS: Twenty-three and 22 patients received drug A and drug B.",
        [(45, "Twenty-three and 22 patients", "2 all-treat treat")],
    ),
    (
        "METHODS: 20, 21 and 22 patients received drug A, drug B and drug C.",
        [(63, "20, 21 and 22 patients", "3 all-treat treat")],
    ),
    (
        "METHODS: 10 patients received drug A, 11 patients received drug B, 12 patients received drug C, "
        "13 patients received drug D and 14 patients received drug E.",
        [
            (
                60,
                "10 patients received drug A, 11 patients received drug B, 12 patients received drug C, "
                "13 patients received drug D and 14 patients",
                "4 all-treat noun treat",
            )
        ],
    ),
    (
        "METHODS: Eighty renal, seventeen heart, and 24 liver transplant patients were followed.",
        [(121, "Eighty renal, seventeen heart, and 24 liver transplant patients", "3 uneven")],
    ),
    (
        "METHODS: 12 men received drug A; 13 to drug B.",
        [(25, "12 men received drug A; 13", "2 all-treat treat")],
    ),
    (
        "METHODS: 12 men received drug A, the other 13 received drug B.",
        [(25, "12 men received drug A, the other 13", "2 all-treat treat")],
    ),
    ("METHODS: 12 men walked, the other 13 received drug B.", []),
    ("METHODS: type 2, 12 and 13 patients were treated.", [(25, "12 and 13 patients", "2 all-treat treat")]),
    ("METHODS: 24 persons: 14 men, 5 women and 5 boys.", []),
    (
        "METHODS: 25 persons: 14 men, 5 women and 5 boys.",
        [(49, "25 persons: 14 men, 5 women and 5 boys", "4 noun uneven")],
    ),
    (
        "METHODS: 12 men or 13 women; 14 boys after that were treated.",
        [(39, "12 men or 13 women; 14 boys", "3 all-treat noun sex treat")],
    ),
]
"""A text, and each number that adding or multiplying gives: its quote, and the signs of its own."""


@pytest.mark.parametrize(("abstract", "sums"), SUMS)
def test_what_is_added_up(read: Read, abstract: str, sums: list[tuple[int, str, str]]) -> None:
    reading = read("Outcome of treatment", abstract)
    found = [c for c in people.find(reading).counts if {"sum", "times"} & c.signs]
    assert [(c.value, reading.text[c.start : c.end], _own(c)) for c in found] == sums
    assert {c.role for c in found} <= {"studied"}


def _own(count: Count) -> str:
    names = (sign.partition(":") for sign in count.signs)
    said = [name for kind, _, name in names if kind in ("sum", "times") and name]
    return " ".join(sorted(name.replace(" ", "-") for name in said if not name.startswith(("riv", "conf"))))


ENROLLED = [
    ("Of 30 men, 12 were ill and 18 were well.", 30, "30 men"),
    ("METHODS: 24 persons (14 men and 10 women) were enrolled.", 24, "24 persons"),
    (
        "METHODS: We enrolled 12 boys and 15 girls. Later 20 healthy controls (ten men) were seen.",
        27,
        "12 boys and 15 girls",
    ),
    ("METHODS: We screened 90 men. Another 12 men were treated.", 12, "12 men"),
    ("METHODS: 40 patients were enrolled, 38 patients completed.", 40, "40 patients"),
    ("METHODS: 40 patients were enrolled and 38 patients were randomised.", 38, "38 patients"),
    ("METHODS: 40 patients were enrolled and 20 patients were randomised.", 40, "40 patients"),
    ("METHODS: 40 patients were enrolled and 21 patients were randomised.", 21, "21 patients"),
    (
        "METHODS: Two hundred received drug A, 198 received drug B.",
        398,
        "Two hundred received drug A, 198 received",
    ),
    ("METHODS: Patients were divided into three groups of 20.", 60, "three groups of 20"),
    ("METHODS: In three panels of 8, men took drug A.", 24, "three panels of 8"),
]


@pytest.mark.parametrize(("abstract", "value", "quote"), ENROLLED)
def test_which_number_is_that_of_all(
    study: Callable[..., Study], abstract: str, value: int, quote: str
) -> None:
    fact = study("Outcome of treatment", abstract).n_enrolled
    assert fact is not None
    assert (fact.value, fact.quote.text) == (value, quote)


COUNTS: list[tuple[str, list[tuple[int, str, str]]]] = [
    (
        "The number of patients randomised: 397; the number of samples was 12.",
        [(397, "studied", "397")],
    ),
    ("A total of 29 were seen, and 12 mg was given.", [(29, "studied", "29")]),
    (
        "Of 44 screened, 12 were enrolled; 44 were screened.",
        [(12, "studied", "12 were enrolled"), (44, "screened", "44 were screened")],
    ),
    (
        "Patients (n = 1,204) and mice (n=3).",
        [(1204, "studied", "n = 1,204"), (3, "studied", "n=3")],
    ),
    ("Controls (n = 12).", [(12, "control", "n = 12")]),
    ("Twelve mother-child pairs and 3 pairs of shoes.", [(12, "studied", "Twelve mother-child pairs")]),
    ("Group 7 patients and type 2 patients.", []),
    (
        "Blood spots of newborns: 27,335 blood spots of newborns.",
        [(27335, "screened", "27,335 blood spots of newborns")],
    ),
    ("In all, 84 town nurses and 84 mice were randomly divided.", [(84, "studied", "84 town nurses")]),
]


@pytest.mark.parametrize(("abstract", "counts"), COUNTS)
def test_what_is_counted_as_people(read: Read, abstract: str, counts: list[tuple[int, str, str]]) -> None:
    reading = read("Outcome of treatment", abstract)
    found = [c for c in people.find(reading).counts if not {"sum", "times"} & c.signs]
    assert [(c.value, c.role, reading.text[c.start : c.end]) for c in found] == counts


WHOLES = [
    ("METHODS: We studied 96 patients (85 men and 11 women) in two groups: 49 on oil and 47 on salt.", 96),
    ("METHODS: A series of 951 patients was split into a training set of 651 and another 300 patients.", 951),
    ("METHODS: Sixty patients entered two groups. Thirty patients in each group were given oil.", 60),
    ("METHODS: We enrolled 24 patients (12 men and 12 women) and 20 healthy controls.", 44),
    ("METHODS: Patients were randomised to oil (n = 9) or salt (n = 9), of 3 or 6 g a day.", 18),
    ("METHODS: We compared 5 boys (3 of them ill and 2 well) with 2 girls.", 7),
]


@pytest.mark.parametrize(("abstract", "value"), WHOLES)
def test_a_part_is_not_added_to_its_whole(study: Callable[..., Study], abstract: str, value: int) -> None:
    fact = study("Outcome of treatment", abstract).n_enrolled
    assert fact is not None
    assert fact.value == value


def test_a_sum_of_a_whole_and_its_part_is_no_candidate(read: Read) -> None:
    text = "METHODS: We studied 96 patients (85 men and 11 women) and 11 women were seen twice."
    values = {count.value for count in people.find(read("Outcome of treatment", text)).counts}
    assert 96 in values
    assert 107 not in values


NOUNS = [
    ("RESULTS: 548 mutation carriers and 523 BRCA2 carriers were identified.", (548, 523)),
    ("METHODS: Two groups were formed (< 8 mmHg).Sixty patients were included.", (60,)),
    ("METHODS: They named 12 herbs used when counselling patients; 366 nurses answered.", (366,)),
    ("METHODS: In this trial 360 women were randomised to either an oil group or a salt group.", (360,)),
]


@pytest.mark.parametrize(("abstract", "values"), NOUNS)
def test_what_stands_between_a_number_and_its_people(
    read: Read, abstract: str, values: tuple[int, ...]
) -> None:
    counts = people.find(read("Outcome of treatment", abstract)).counts
    assert tuple(c.value for c in counts if "sum" not in c.signs) == values


def test_healthy_people_of_a_size_are_the_study_s_own(study: Callable[..., Study]) -> None:
    fact = study(
        "Safety of drug A",
        "METHODS: In a randomised trial healthy subjects (n = 18) took 30 mg (n = 6), 90 mg (n = 6) or "
        "placebo (n = 6).",
    ).n_enrolled
    assert fact is not None
    assert fact.value == 18
