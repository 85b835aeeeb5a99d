from __future__ import annotations

from leukonlp.pipeline.recogniser.decoding import TokenSpan
from leukonlp.pipeline.recogniser.repetition import repeated


def test_a_name_is_carried_to_its_other_places() -> None:
    words = "ALD and GALC in ALD ; ald".split()
    assert repeated([TokenSpan(0, 0, 0, 0.9)], words, carried={0, 1}) == [
        TokenSpan(0, 0, 0, 0.9),
        TokenSpan(4, 4, 0, 0.9),
    ]


def test_the_longer_name_comes_first_and_what_is_tagged_stays() -> None:
    words = "Krabbe disease , Krabbe , Krabbe disease gene".split()
    found = [TokenSpan(0, 1, 0, 0.9), TokenSpan(3, 3, 0, 0.8), TokenSpan(5, 7, 1, 0.7)]
    assert repeated(found, words, carried={0, 1}) == found


def test_the_type_of_most_places_counts() -> None:
    words = "ARSA ARSA ARSA ARSA".split()
    found = [TokenSpan(0, 0, 0, 0.99), TokenSpan(1, 1, 1, 0.7), TokenSpan(2, 2, 1, 0.8)]
    assert repeated(found, words, carried={0, 1})[-1] == TokenSpan(3, 3, 1, 0.8)


def test_one_character_is_not_carried() -> None:
    assert len(repeated([TokenSpan(0, 0, 2, 0.9)], "K and K".split(), carried={2})) == 1


def test_types_that_are_not_carried_stay_where_they_are() -> None:
    assert len(repeated([TokenSpan(0, 0, 1, 0.9)], "CAT and CAT".split(), carried={0, 2})) == 1
