"""Names of treatments among words: plural, phrases, parts of words, settings; and the packaged table."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

import pytest

from leukonlp.studies import treatments
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.treatments import WORD, Treatment, Treatments, _single, load_treatments

TABLE = Treatments(
    [
        ("word", "statin", "small_molecule", ""),
        ("word", "physical therapy", "supportive_care", ""),
        ("word", "bone marrow", "hsct", "yes"),
        ("word", "bone marrow transplant", "hsct", ""),
        ("word", "bone marrow harvest kit", "device_or_procedure", ""),
        ("word", "surgery", "device_or_procedure", "yes"),
        ("ending", "mab", "biologic", ""),
        ("ending", "ximab", "cell_therapy", ""),
        ("ending", "ectomised", "device_or_procedure", "yes"),
        ("beginning", "neurosurg", "device_or_procedure", "yes"),
        ("beginning", "exosk", "device_or_procedure", ""),
    ]
)


def found(text: str) -> list[Treatment]:
    return TABLE.find(WORD.findall(text.lower()))


def test_singular_and_plural() -> None:
    assert found("a statin or two statins") == [
        Treatment(1, 2, "small_molecule", False),
        Treatment(4, 5, "small_molecule", False),
    ]
    assert found("physical therapies") == [Treatment(0, 2, "supportive_care", False)]


def test_a_word_that_ends_in_ss_us_or_is_is_no_plural() -> None:
    table = Treatments([("word", "massag", "biologic", ""), ("word", "viru", "biologic", "")])
    assert table.find(["virus", "massags"]) == [Treatment(1, 2, "biologic", False)]


def test_the_longest_phrase_wins_and_its_words_are_used_once() -> None:
    assert found("after bone marrow transplants by surgery") == [
        Treatment(1, 4, "hsct", False),
        Treatment(5, 6, "device_or_procedure", True),
    ]
    assert found("bone marrow harvest") == [Treatment(0, 2, "hsct", True)]
    assert found("bone marrow harvest kit")[0].last == 4


def test_a_word_that_is_nothing_but_an_ending_is_one() -> None:
    assert found("embolization") == []
    table = Treatments([("ending", "embolization", "device_or_procedure", "")])
    assert table.find(["embolization"]) == [Treatment(0, 1, "device_or_procedure", False)]
    assert load_treatments().find(["radiotherapy"])[0].modality == "device_or_procedure"


@pytest.mark.parametrize("text", ["bone", "bone and marrow", "marrow bone", "bone marr", "physical"])
def test_part_of_a_phrase_is_nothing(text: str) -> None:
    assert found(text) == []


def test_the_longest_ending_wins() -> None:
    assert [t.modality for t in found("examplimab examplximab")] == ["biologic", "cell_therapy"]


@pytest.mark.parametrize("text", ["mab", "cemab", "ximab", "exa9mab", "mabulous"])
def test_short_words_numbers_and_other_places_are_no_ending(text: str) -> None:
    assert found(text) == []


def test_beginnings() -> None:
    assert found("exoskeletons") == [Treatment(0, 1, "device_or_procedure", False)]
    assert found("an endoexosk") == []


def test_settings_of_words_and_of_their_parts() -> None:
    assert [t.setting for t in found("surgery statin neurosurgical lobectomised exoskeleton")] == [
        True,
        False,
        True,
        True,
        False,
    ]


def test_unknown_words_and_no_words() -> None:
    assert found("the quick brown fox") == []
    assert TABLE.find([]) == []


def test_what_was_read_before_reads_the_same() -> None:
    assert found("two statins") == found("two statins")


def test_the_memory_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(treatments, "_REMEMBERED", 3)
    table = Treatments([("word", "statin", "small_molecule", "")])
    words = ["one", "statins", "two", "statin", "three"]
    assert [t.first for t in table.find(words)] == [1, 3]
    assert len(table._begun) <= 3


def rows() -> list[dict[str, str]]:
    with files("leukonlp.studies").joinpath("data/treatments.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_table_is_well_formed() -> None:
    for row in rows():
        assert set(row) == {"kind", "text", "modality", "setting"}, row
        assert row["kind"] in ("word", "ending", "beginning"), row
        assert row["modality"] in MODALITIES, row
        assert row["setting"] in ("", "yes"), row
        assert row["text"] == row["text"].strip().lower(), row
        assert WORD.findall(row["text"]), row
        if row["kind"] != "word":
            assert len(row["text"]) >= 3, row
            assert row["text"].isalpha(), row


def test_no_name_stands_twice_however_it_is_written() -> None:
    def read(row: dict[str, str]) -> tuple[str, ...]:
        words = WORD.findall(row["text"])
        return row["kind"], *map(_single, words)

    counts = Counter(read(row) if row["kind"] == "word" else (row["kind"], row["text"]) for row in rows())
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_name_of_the_table_is_found_whole() -> None:
    table = load_treatments()
    for row in rows():
        if row["kind"] == "word":
            words = WORD.findall(row["text"])
            assert table.find(words) == [Treatment(0, len(words), row["modality"], row["setting"] == "yes")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("rituximab", "biologic"),
        ("atorvastatin", "small_molecule"),
        ("antisense oligonucleotides", "antisense"),
    ],
)
def test_the_table_knows_medicine(text: str, modality: str) -> None:
    assert [t.modality for t in load_treatments().find(text.split())] == [modality]


def test_common_words_name_no_treatment() -> None:
    text = "we asked whether the children of this family were seen in our clinic before winter"
    assert load_treatments().find(text.split()) == []
