"""Where a reading puts the parts of a paper, and what it gives around a place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Abstract, Section
from leukonlp.studies.reading import Concepts, Reading
from leukonlp.studies.triggers import Triggers

Read = Callable[..., Reading]

PARTS = {
    "": [],
    "We treated boys.": [None],
    "It is rare. It is bad.": [None, None],
    "It is rare. It is bad. We treated boys. They did well.": ["background", "background", None, None],
    "We treated boys. In conclusion it is safe.": [None, None],
    "We treated boys. They ran. In conclusion it is safe.": [None, None, "conclusions"],
    "We saw. Two ran. Three ran. In conclusion, four ran. It merits more.": [None] * 3 + ["conclusions"] * 2,
    "In conclusion, it ran. One ran. Two ran. Three ran. Four ran.": [None] * 5,
    "We ran. In summary, it ran. One ran. Two ran. Three ran.": [None] * 5,
    "We ran. One ran. In summary, it ran. Two ran. Three ran.": [None, None, "conclusions", None, None],
    "It is rare. It is bad. These data suggest more. Here it ran.": ["background"] * 3 + [None],
}


@pytest.mark.parametrize(("abstract", "parts"), PARTS.items())
def test_parts_without_labels(read: Read, abstract: str, parts: list[str | None]) -> None:
    assert [s.part for s in read("Boys", abstract).sentences] == ["title", *parts]


def test_a_record_without_a_title_has_no_sentence_for_it(read: Read) -> None:
    reading = read("", "We ran. They ran.")
    assert [(s.start, s.part) for s in reading.sentences] == [(1, None), (9, None)]
    assert reading.sentence_at(0) == reading.sentence_at(3) == reading.sentences[0]


def test_a_sentence_is_in_the_section_that_begins_in_it(lexicon: Concepts) -> None:
    text = "One. Two. Three. Four."
    sections = (
        Section(2, 7, "AIMS", "objective"),
        Section(8, 11, "METHODS", "methods"),
        Section(21, 24, "RESULTS", "results"),
    )
    reading = Reading(Abstract("1", "T", text, sections=sections), (), lexicon=lexicon)
    assert [reading.words(s) for s in reading.sentences] == ["t", "one.", "two.", "three.", "four."]
    assert [s.part for s in reading.sentences] == ["title", "objective", "methods", None, "results"]


@pytest.mark.parametrize(
    ("abstract", "turns"),
    [
        ("We ran.", True),
        ("METHODS: Boys ran.", True),
        ("Boys ran.", False),
        ("", False),
        ("12 boys ran.", True),
    ],
)
def test_work_of_its_own(read: Read, abstract: str, turns: bool) -> None:
    assert read("We saw this", abstract).turns is turns


def test_the_sentence_at_a_place(read: Read) -> None:
    reading = read("Boys", "One ran. Two ran.")
    first, second, third = reading.sentences
    places = {0: first, 3: first, 4: first, 5: second, 12: second, 13: second, 14: third, 99: third}
    assert {at: reading.sentence_at(at) for at in places} == places


def test_words_before_and_after_stay_in_their_sentence(read: Read) -> None:
    reading = read("Boys", "One Ran. Two Girls Ran Far. Three.")
    at = reading.text.index("Girls")
    assert [reading.before(at, n) for n in (0, 1, 4, 99)] == ["", " ", "two ", "two "]
    assert [reading.after(at, n) for n in (0, 5, 9, 99)] == ["", "girls", "girls ran", "girls ran far."]
    assert reading.after(at, 99, of=0) == ""
    assert reading.after(0, 99, of=at) == reading.plain[: reading.text.index(" Three")]
    assert reading.around(at, at + 5) == ("two ", " ran far.")
    assert reading.around(at, at + 5, limit=3) == ("wo ", " ra")


def test_words_around_stop_at_each_lost_blank(read: Read) -> None:
    reading = read("Boys", "One ran.It was so.Then boys ran.They sat.We ran, and 3.5 x.y.")
    at = reading.text.index("boys ran")
    assert reading.around(at, at + 4) == ("then ", " ran")
    at = reading.text.index("3.5")
    assert reading.around(at, at + 3) == ("we ran, and ", " x.y.")


def test_whole_nouns_are_found_in_order(read: Read) -> None:
    reading = read("Boys", "Boys, boys-only boys_x boysen girls boys\nboys")
    found = reading.nouns((" girls", " boys"))
    assert [reading.text[a:b] for a, b in found] == ["Boys", "girls", "boys", "boys"]
    assert found == sorted(found)
    assert [reading.plain[a:b] for a, b in sorted(reading.places((" girls",)))] == [" girls"]


def test_triggers_find_what_a_search_finds(lexicon: Concepts) -> None:
    groups = (("boys", "girls"), (" ran",))
    record = Abstract("1", "Boys", "Two girls ran. It rained. Boys ran.")
    slow, fast = (
        Reading(record, (), lexicon=lexicon, triggers=triggers) for triggers in (None, Triggers(groups))
    )
    for group in (*groups, ("rained",)):
        assert sorted(fast.places(group)) == sorted(slow.places(group)) != []
        assert fast.holding(group) == slow.holding(group)
    assert [slow.words(s) for s in slow.holding(("boys",))] == ["boys", "boys ran."]
    assert slow.holding(("boys",), end=3) == []
    assert slow.holding(("boys",), end=4) == [slow.sentences[0]]
    assert slow.holding(("zebra",)) == fast.holding(("zebra",)) == []


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("median 3 (range 1-5", "median 3 (range 1-5)"),
        ("range 1-5", "range 1-5"),
        ("[a (b", "[a (b)"),
        ("c [d", "c [d]"),
        (" so, ", "so"),
        ("so,;: ", "so"),
        (" ", ""),
        ("x) and (y", "x) and (y"),
    ],
)
def test_a_quote_is_trimmed_and_closed(read: Read, words: str, quoted: str) -> None:
    abstract = "A median 3 (range 1-5) so, was [a (b), c [d] and so,;: (x) and (y z."
    reading = read("T", abstract)
    start = reading.text.index(words)
    quote = reading.quote(start, start + len(words))
    assert quote.text == quoted == reading.text[quote.start : quote.end]


def test_a_record_made_by_hand_has_its_printed_labels_read(lexicon: Concepts) -> None:
    made = Abstract("1", "T", "AIMS: It is rare. METHODS: We ran. RESULTS: All ran.")
    reading = Reading(made, (), lexicon=lexicon)
    assert [s.part for s in reading.sentences] == ["title", "objective", "methods", "results"]
    assert reading.turns
