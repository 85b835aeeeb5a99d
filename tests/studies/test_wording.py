"""The words that the trained machines see: kinds for names, treatments with their place and their words."""

from __future__ import annotations

import numpy as np
import pytest

from leukonlp.records import Abstract, Fact, Mention, MentionType, Quote, Study
from leukonlp.studies.context import Context, contexts
from leukonlp.studies.features import features
from leukonlp.studies.judge import TreatmentJudge, likeliest
from leukonlp.studies.machines import learned, matrix
from leukonlp.studies.wording import Named, Wording, wordings


def made(title: str, abstract: str = "", *names: tuple[str, MentionType], negated: bool = False) -> Study:
    """A study whose mentions are all places of ``names``."""
    record = Abstract("1", title, abstract)
    places = sorted(
        (at, name, kind)
        for name, kind in names
        for at in range(len(record.text))
        if record.text.startswith(name, at)
    )
    return Study(record, tuple(Mention(at, at + len(n), n, k, negated=negated) for at, n, k in places))


def test_title_and_abstract_are_worded_one_by_one() -> None:
    title, text = wordings(made("Two boys. Ten", "Girls ran; 3 fell."))
    assert (title.place, text.place) == ("t", "a")
    assert title.words == ["two", "boys", "ten"]
    assert title.kinds == ["two", "boys", ".", "ten"]
    assert text.words == ["girls", "ran", "3", "fell"]
    assert text.kinds == ["girls", "ran", ";", "<number>", "fell", "."]
    assert title.named == text.named == []


def test_treatments_have_their_place_among_the_kinds() -> None:
    title, text = wordings(
        made(
            "Simvastatin",
            "It rained. Boys got bone marrow transplantation, 5 mg simvastatin; surgery. Then rest.",
        )
    )
    assert title.named == [Named(0, "small_molecule", False, "simvastatin")]
    assert title.kinds == ["<small_molecule>"]
    assert " ".join(text.kinds) == (
        "it rained . boys got <hsct> <number> mg <small_molecule> ; <device_or_procedure_setting> . "
        "then rest ."
    )
    assert text.named == [
        Named(5, "hsct", False, "bone marrow transplantation"),
        Named(8, "small_molecule", False, "simvastatin"),
        Named(10, "device_or_procedure", True, "surgery"),
    ]


def test_each_kind_of_name_is_masked_where_it_stands() -> None:
    names: list[tuple[str, MentionType]] = [("MLD", "disease"), ("ARSA", "gene"), ("zorbitine", "chemical")]
    title, text = wordings(made("MLD and ARSA", "ARSA, zorbitine, MLD and MLD", *names))
    assert title.words == ["<disease>", "and", "<gene>"]
    assert text.words == ["<gene>", "zorbitine", "<disease>", "and", "<disease>"]
    assert text.kinds == ["<gene>", "<substance>", "<disease>", "and", "<disease>"]


@pytest.mark.parametrize(
    ("gene", "words", "kinds"),
    [
        ("ACE", "an ACE inhibitor in", "an <small_molecule> in"),
        ("ACE", "(ACE)-inhibitors in", "<small_molecule> in"),
        ("tumor necrosis factor", "anti-tumor necrosis factor pens", "<biologic> pens"),
        ("TNF", "an anti-TNF in", "an <biologic> in"),
        ("TNF", "TNF fell", "<gene> fell"),
        ("glucagon", "glucagon fell", "<biologic> fell"),
        ("ABC9", "an ABC9 inhibitor", "an <gene> inhibitor"),
        ("ACE", "ACE. Inhibitors", "<small_molecule>"),
        ("ACE", "ACE", "<gene>"),
    ],
)
def test_a_gene_that_is_part_of_a_treatments_name_is_not_masked(gene: str, words: str, kinds: str) -> None:
    (_, text) = wordings(made("T", words, (gene, "gene")))
    assert " ".join(text.kinds) == kinds


@pytest.mark.parametrize(("name", "kind"), [("ox", "ox"), ("oxa", "<substance>"), ("123", "<number>")])
def test_short_words_and_numbers_are_no_substances(name: str, kind: str) -> None:
    (_, text) = wordings(made("T", f"with {name} in", (name, "therapy")))
    assert text.kinds == ["with", kind, "in"]


def test_names_that_overlap_are_masked_once_and_those_that_touch_both() -> None:
    record = Abstract("1", "T", "abcdef x")
    mentions = (Mention(2, 5, "abc", "disease"), Mention(4, 8, "cdef", "gene"), Mention(5, 8, "def", "gene"))
    (_, text) = wordings(Study(record, mentions))
    assert text.words == ["<disease>", "<gene>", "x"]


def test_a_name_that_reaches_over_the_title_is_masked_in_neither() -> None:
    (title, text) = wordings(Study(Abstract("1", "ab cd", "ef gh"), (Mention(3, 8, "cd\nef", "disease"),)))
    assert title.words == ["ab", "cd"]
    assert text.words == ["ef", "gh"]


def test_pairs_and_threes_of_a_wording() -> None:
    study = made("T")
    wording = Wording("a", ["b"], ["b", "<hsct>", ".", "c", "d", "e"])
    seen = {name for name in features(study, [wording]) if not name.startswith("rule:")}
    assert seen == {
        *("a:b", "a:<hsct>", "a:c", "a:d", "a:e"),
        *("a:b <hsct>", "a:<hsct> c", "a:c d", "a:d e"),
        *("a:b <hsct> c", "a:<hsct> c d"),
        "n:a:<hsct>>1",
    }
    seen = features(study, [Wording("t", ["b"], ["x", "y", "<gene>"])])
    assert {"w:b", "t:x y <gene>"} <= seen
    assert {"t:y <gene>", "t:<gene>"} <= seen


@pytest.mark.parametrize(
    ("times", "told"),
    [(1, {1}), (2, {1, 2}), (3, {1, 2, 3}), (4, {1, 2, 3}), (5, {1, 2, 3, 5}), (8, {1, 2, 3, 5, 8})],
)
def test_kinds_are_counted_in_steps(times: int, told: set[int]) -> None:
    seen = features(made("T"), [Wording("a", [], ["<hsct>", "x"] * times)])
    assert {name for name in seen if name.startswith("n:")} == {f"n:a:<hsct>>{n}" for n in told}


def test_the_standing_of_mentions() -> None:
    named = [Named(at, "hsct", False, "graft") for at in (0, 4, 9)]
    other = Named(5, "biologic", True, "serum")
    text = Wording("a", [], ["x"] * 10, [*named[:2], other, named[2]])
    found = contexts([text], None)
    assert [c.modality for c in found] == ["hsct", "hsct", "biologic", "hsct"]
    standing = [{f for f in c.features if not f.startswith(("l", "r"))} for c in found]
    assert standing[0] == {
        *("k:hsct", "n:graft", "s:False", "q:a0", "title:False", "title:False:False:False", "kinds:2"),
        *("share:3", "alike:3", "d:None", "d:None:hsct", "count>1", "count>2"),
    }
    assert standing[2] == {
        *("k:biologic", "n:serum", "s:True", "q:a2", "title:False", "title:False:False:False", "kinds:2"),
        *("share:1", "alike:1", "d:None", "d:None:biologic"),
    }
    assert [next(f for f in s if f.startswith("q:")) for s in standing] == ["q:a0", "q:a2", "q:a2", "q:a4"]


def test_a_mention_is_set_against_those_of_the_title() -> None:
    title = Wording("t", [], ["x"], [Named(0, "hsct", False, "graft")])
    text = Wording("a", [], ["x"] * 3, [Named(0, "hsct", False, "cells"), Named(1, "dietary", False, "oil")])
    told = [
        [f for f in c.features if f.startswith("title:") and f.count(":") == 3]
        for c in contexts([title, text], "cohort")
    ]
    assert told == [["title:True:True:True"], ["title:False:True:True"], ["title:False:False:True"]]


def test_three_words_on_each_side_are_told_by_modality() -> None:
    text = Wording("a", [], "a b c d e <hsct> f g h i j".split(), [Named(5, "hsct", False, "graft")])
    (found,) = contexts([text], None)
    near = {f for f in found.features if f.startswith(("l:hsct:", "r:hsct:"))}
    assert near == {"l:hsct:e", "l:hsct:d", "l:hsct:c", "r:hsct:f", "r:hsct:g", "r:hsct:h"}
    assert {"l1:e", "r1:f", "l2:e d", "r2:f g"} <= set(found.features)


@pytest.mark.parametrize("count", [1, 2, 5, 6, 7])
def test_no_more_than_five_kinds_of_treatment_are_told_apart(count: int) -> None:
    kinds = ["hsct", "dietary", "biologic", "antisense", "gene_therapy", "small_molecule", "cell_therapy"][
        :count
    ]
    text = Wording("a", [], ["x"] * 9, [Named(n, kind, False, kind) for n, kind in enumerate(kinds)])
    assert all(f"kinds:{min(count, 5)}" in c.features for c in contexts([text], None))


@pytest.mark.parametrize(("least", "names"), [(1, "a\nb\nc"), (2, "a\nb"), (3, "a"), (4, "")])
def test_features_that_are_seen_often_enough_are_learned(least: int, names: str) -> None:
    assert learned([["b", "a"], {"a", "c"}, ["a", "b"]], least) == names


def test_rows_of_a_matrix_have_the_length_one() -> None:
    seen = matrix(
        [["b", "a", "new"], [], ["new"], ["c"], ["a", "b", "c", "d"]], {"a": 0, "b": 1, "c": 2, "d": 3}
    ).toarray()
    half = 1 / np.sqrt(2)
    assert np.allclose(
        seen, [[half, half, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0.5, 0.5, 0.5, 0.5]]
    )


def context(modality: str, standing: list[str]) -> Context:
    """A mention with no words around it."""
    return Context(modality, standing, ["x"], 0)


def judge(weights: dict[str, float], intercept: float) -> TreatmentJudge:
    """A judge that has learned these weights."""
    made = TreatmentJudge()
    made.names_, made.weights_ = "\n".join(weights), np.array([*weights.values()])
    made.intercept_ = intercept
    return made


def test_the_weights_of_a_mention_are_added_up() -> None:
    likely = judge({"a": 2.0, "b": -1.0, "c": 4.0}, 0.5).predict_proba(
        [[context("hsct", ["a", "new"]), context("hsct", ["new"])], [context("hsct", ["a", "b", "c", "d"])]]
    )
    odds = [0.5 + 2.0, 0.5, 0.5 + 5.0 / np.sqrt(3)]
    assert np.allclose([*likely[0], *likely[1]], [1 / (1 + np.exp(-x)) for x in odds])


def test_the_likeliest_of_several_studies_stand_in_their_rows() -> None:
    one = [context("hsct", []), context("gene_therapy", []), context("hsct", [])]
    rows = likeliest([one, [], one[1:2]], [[0.1, 0.2, 0.3], [], [0.7]])
    assert rows.shape == (3, 11)
    assert [sorted(row[row > 0].tolist()) for row in rows] == [[0.2, 0.3], [], [0.7]]


def test_a_judge_learns_again_from_nothing_it_knew() -> None:
    given = [[context("hsct", ["warm"])]] * 8
    spared = [[context("hsct", ["cold"])]] * 8
    told = TreatmentJudge(least=8).fit([*given, *spared], [["hsct"]] * 8 + [[]] * 8)
    warm, cold = told.predict_proba([given[0], spared[0]])
    assert warm[0] > 0.5 > cold[0]
    told.fit([*given, *spared], [[]] * 8 + [["hsct"]] * 8)
    warm, cold = told.predict_proba([given[0], spared[0]])
    assert cold[0] > 0.5 > warm[0]
    assert TreatmentJudge(least=17).fit([*given, *spared], [["hsct"]] * 8 + [[]] * 8).names_ == ""


def test_what_is_kept_of_a_judge_is_what_it_learned() -> None:
    told = judge({"a": 1.0}, 0.0)
    told.predict_proba([[context("hsct", ["a"])]])
    assert set(told.__getstate__()) >= {"names_", "weights_", "intercept_", "C", "least"}
    assert "_table" not in told.__getstate__()


def test_lists_that_do_not_fit_together_are_a_fault() -> None:
    one = context("hsct", ["a"])
    for study, likely in (([[one]], []), ([[one]], [[]]), ([[one]], [[0.1, 0.2]]), ([], [[0.1]])):
        with pytest.raises(ValueError, match="zip"):
            likeliest(study, likely)
    for studies, own in (([[one]], []), ([], [["hsct"]])):
        with pytest.raises(ValueError, match="zip"):
            TreatmentJudge().fit(studies, own)


@pytest.mark.parametrize("times", range(1, 10))
def test_mentions_of_a_name_are_counted_in_steps(times: int) -> None:
    text = Wording("a", [], ["x"] * 9, [Named(n, "hsct", False, "graft") for n in range(times)])
    told = {f for c in contexts([text], None) for f in c.features if f.startswith("count>")}
    assert told == {f"count>{n}" for n in (1, 2, 3, 5, 8) if times > n}


@pytest.mark.parametrize(
    ("people", "told"),
    [(0, 0), (1, 1), (2, 2), (9, 2), (10, 10), (49, 10), (50, 50), (499, 50), (500, 500), (9999, 500)],
)
def test_people_are_told_in_steps(people: int, told: int) -> None:
    study = Study(Abstract("1", "T"), n_enrolled=Fact(people, Quote(0, 1, "T")))
    assert f"rule:people>{told}" in features(study, [])
    assert sum(name.startswith("rule:people") for name in features(study, [])) == 1
