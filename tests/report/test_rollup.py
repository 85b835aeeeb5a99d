"""Main diseases: the topmost form with a cause."""

from __future__ import annotations

from leukonlp.lexicon import Lexicon
from leukonlp.report.rollup import Rollup

ROOT, MLD, LATE, ALD, CEREBRAL, HYPO, PMD = (
    "MONDO:0019046",
    "MONDO:0018868",
    "MONDO:0017729",
    "MONDO:0018544",
    "MONDO:0010247",
    "LEUKO:D0001",
    "MONDO:0010714",
)


def test_subtypes_fall_under_the_topmost_disease_with_a_cause(lexicon: Lexicon) -> None:
    main = Rollup(lexicon).main
    assert [main(id) for id in (LATE, MLD, CEREBRAL)] == [MLD, MLD, ALD]
    assert main(PMD) == PMD, "its parent is a class of diseases without a gene of its own"
    assert [main(id) for id in (ROOT, HYPO)] == [ROOT, HYPO]


def test_an_unknown_concept_is_its_own_row(lexicon: Lexicon) -> None:
    rollup = Rollup(lexicon)
    assert rollup.rows(("MONDO:9999999",)) == ("MONDO:9999999",)
    assert rollup.name("MONDO:9999999") == "MONDO:9999999"
    assert rollup.group("MONDO:9999999") is None


def test_a_general_disease_gives_way_to_one_that_specifies_it(lexicon: Lexicon) -> None:
    rollup = Rollup(lexicon)
    assert rollup.rows((ROOT, LATE, MLD, CEREBRAL)) == (MLD, ALD)
    assert rollup.rows((HYPO, PMD)) == (PMD,)
    assert rollup.rows((ROOT,)) == (ROOT,)
    assert rollup.rows(()) == ()


def test_all_rows_are_the_main_diseases_by_name(lexicon: Lexicon) -> None:
    assert Rollup(lexicon).all_rows() == (MLD, PMD, ALD)


def test_the_packaged_lexicon_has_main_diseases() -> None:
    from leukonlp.lexicon import load_lexicon

    rollup = Rollup(load_lexicon())
    assert {rollup.main(id) for id in (LATE, MLD)} == {MLD}
    assert rollup.main(CEREBRAL) == ALD
    assert ROOT not in rollup.all_rows()
