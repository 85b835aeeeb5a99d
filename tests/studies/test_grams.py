"""N-grams found by numbers are those that their names tell, whatever was learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from leukonlp.records import Abstract, Study
from leukonlp.studies.features import Columns, features
from leukonlp.studies.grams import Grams, names
from leukonlp.studies.wording import Wording, wordings

WORDS = ("boys", "of", "<disease>", "<biologic>", "<number>", "new", "ß", ".", ";")
TEXTS = st.lists(
    st.tuples(st.sampled_from(["t", "a"]), st.lists(st.sampled_from(WORDS), max_size=12)), max_size=5
)


def texts(given: Sequence[tuple[str, list[str]]]) -> list[Wording]:
    return [Wording(place, kinds=kinds) for place, kinds in given]


def found(grams: Grams, learned: Sequence[str], some: Sequence[Wording]) -> list[Counter[str]]:
    """The names of what is found in each text."""
    counts: list[Counter[str]] = [Counter() for _ in some]
    for text, column in zip(*(numbers.tolist() for numbers in grams.columns(some)), strict=True):
        counts[text][learned[column]] += 1
    return counts


@given(TEXTS, TEXTS)
def test_numbers_find_what_names_tell(
    seen: list[tuple[str, list[str]]], new: list[tuple[str, list[str]]]
) -> None:
    learned = sorted({"mesh:a:boys of", "w:boys", "n:a:<number>>2"}.union(*map(names, texts(seen))))
    grams = Grams({name: column for column, name in enumerate(learned)})
    told = [Counter(name for name in names(text) if name in learned) for text in texts(new)]
    assert found(grams, learned, texts(new)) == told


def test_an_unknown_word_is_no_end_of_a_shorter_gram() -> None:
    learned = ["a:boys", "a:boys ran"]
    grams = Grams({name: column for column, name in enumerate(learned)})
    assert found(grams, learned, texts([("a", ["boys", "swam"])])) == [Counter({"a:boys": 1})]
    assert found(grams, learned, texts([("a", ["boys"]), ("a", ["ran"])])) == [
        Counter({"a:boys": 1}),
        Counter(),
    ]


def test_a_row_holds_each_known_feature_once() -> None:
    study = Study(Abstract("1", "Boys and boys", "Twelve boys, 12 girls and 12 boys."))
    other = Study(Abstract("2", "Girls", "No boys."))
    known = sorted(features(study, wordings(study)) - {"a:12"})[::2]
    rows = Columns({name: column for column, name in enumerate(known)}).matrix(
        [study, other], [wordings(study), wordings(other)]
    )
    for row, each in zip(rows.toarray(), (study, other), strict=True):
        expected = features(each, wordings(each)) & set(known)
        assert {known[column] for column in row.nonzero()[0]} == expected
        assert round(float((row**2).sum()), 9) == 1
