"""Errors of mentions by kind: every span lands in one kind, and the words are counted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.errors import InputError, SettingsError
from leukonlp.scoring import Errors, ErrorString, Span, errors, mentions, spans

TEXT = "Ataxia and mild ataxia with GALC loss and ibuprofen"


def at(words: str, type: str = "disease", text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), type)


def of(gold: list[Span], found: list[Span], commonest: int = 5) -> Errors:
    return errors({"a": TEXT}, {"a": gold}, {"a": found}, commonest=commonest)


def numbers(found: Errors) -> dict[str, int]:
    return {kind: n for kind in found.counts if (n := found.n(kind))}


def test_each_kind() -> None:
    gold = [at("Ataxia"), at("mild ataxia"), at("GALC", "gene")]
    found = [at("Ataxia"), at("ataxia with"), at("GALC", "chemical"), at("ibuprofen", "chemical")]
    score = of([*gold, at("loss")], found)
    assert score.counts == {
        "missed": {"disease": 1},
        "spurious": {"chemical": 1},
        "wrong borders": {"disease": 1},
        "wrong type": {"gene": 1},
    }
    assert score.commonest == {
        "missed": (ErrorString(1, "loss", "disease", None, None),),
        "spurious": (ErrorString(1, None, None, "ibuprofen", "chemical"),),
        "wrong borders": (ErrorString(1, "mild ataxia", "disease", "ataxia with", "disease"),),
        "wrong type": (ErrorString(1, "GALC", "gene", "GALC", "chemical"),),
    }


def test_nothing_wrong() -> None:
    score = of([at("Ataxia")], [at("Ataxia")])
    assert numbers(score) == {}
    assert score.table().splitlines()[1:] == [f"{kind:13}    0" for kind in score.counts]


def test_an_overlap_with_another_type_is_missed_and_spurious() -> None:
    assert numbers(of([at("mild ataxia")], [at("ataxia with", "gene")])) == {"missed": 1, "spurious": 1}


def test_right_type_with_wrong_borders_comes_before_wrong_type() -> None:
    found = [at("mild ataxia", "gene"), at("mild")]
    assert numbers(of([at("mild ataxia")], found)) == {"wrong borders": 1, "spurious": 1}


def test_a_gold_document_without_predictions_is_missed() -> None:
    assert numbers(errors({"a": TEXT}, {"a": [at("GALC")]}, {})) == {"missed": 1}


def test_words_are_counted_whatever_their_case_and_written_as_most_often() -> None:
    texts = {"1": "MLD", "2": "mld", "3": "MLD", "4": "Mld\nx"}
    whole = {name: [Span(0, 3, "disease")] for name in texts}
    whole["4"] = [Span(0, 5, "disease")]
    (first, second) = errors(texts, whole, {}).commonest["missed"]
    assert first == ErrorString(3, "MLD", "disease", None, None)
    assert second.gold == "Mld x"


def test_the_commonest_come_first_and_no_more_than_asked_for() -> None:
    texts = {str(n): words for n, words in enumerate(("b", "c", "a", "c"))}
    gold = {name: [Span(0, 1, "gene")] for name in texts}
    assert [item.gold for item in errors(texts, gold, {}, commonest=2).commonest["missed"]] == ["c", "a"]
    none = errors(texts, gold, {}, commonest=0)
    assert none.commonest["missed"] == ()
    assert none.n("missed") == 4
    assert "commonly" not in none.table()


def test_what_cannot_be_done_is_refused() -> None:
    with pytest.raises(SettingsError, match="-1 errors a kind cannot be listed"):
        of([], [], commonest=-1)
    with pytest.raises(InputError, match="not in the gold standard"):
        errors({}, {}, {"b": []})


def test_table_and_json() -> None:
    score = of([at("mild ataxia"), at("GALC", "gene")], [at("ataxia with"), at("GALC", "disease")])
    assert score.table().splitlines() == [
        "errors         disease  gene  all",
        "missed               0     0    0",
        "spurious             0     0    0",
        "wrong borders        1     0    1",
        "wrong type           0     1    1",
        "common wrong borders, gold -> found",
        "  1  disease  mild ataxia -> ataxia with",
        "common wrong types, gold -> found",
        "  1  gene -> disease  GALC",
    ]
    plain = json.loads(json.dumps(score.to_dict()))
    assert plain["wrong type"] == {
        "n": 1,
        "by_type": {"gene": 1},
        "commonest": [
            {"n": 1, "gold": "GALC", "gold_type": "gene", "found": "GALC", "found_type": "disease"}
        ],
    }


def test_a_long_mention_is_cut_in_print_alone() -> None:
    text = "x" * 100
    score = errors({"a": text}, {"a": [Span(0, 100, "gene")]}, {})
    assert "x" * 57 + "..." in score.table()
    assert score.commonest["missed"][0].gold == text


SPANS = st.lists(
    st.builds(
        lambda start, length, type: Span(start, start + length, type),
        st.integers(0, 20),
        st.integers(1, 6),
        st.sampled_from(["disease", "gene"]),
    ),
    max_size=8,
)


@given(SPANS, SPANS)
def test_kinds_add_up_to_what_the_scores_leave(gold: list[Span], found: list[Span]) -> None:
    score = of(gold, found)
    strict = spans({"a": gold}, {"a": found}, resamples=0)
    partial = spans({"a": gold}, {"a": found}, mode="partial", resamples=0)
    shared = score.n("wrong borders") + score.n("wrong type")
    assert score.n("wrong borders") == partial.n_partial
    assert score.n("missed") + shared == strict.overall.n_gold - strict.n_exact
    assert score.n("spurious") + shared == strict.overall.n_predicted - strict.n_exact


def test_the_whole_score_of_a_corpus() -> None:
    gold, found = [at("Ataxia"), at("GALC", "gene")], [at("Ataxia"), at("GALC loss", "gene")]
    score = mentions({"a": TEXT}, {"a": gold}, {"a": found}, n_left_out=2, resamples=10)
    lines = score.table().splitlines()
    assert lines[0] == "spans, strict and partial: n = 1 documents; 2 left out"
    assert lines[1].split()[:4] == ["type", "gold", "predicted", "P"]
    assert lines[2].split()[:3] == ["disease", "1", "1"]
    assert lines[3].split() == "gene 1 1 0.0 0.0-0.0 0.0 0.0-0.0 0.0 0.0-0.0 50.0 50.0-50.0".split()
    assert lines[4].split()[:4] == ["all", "2", "2", "50.0"]
    plain = json.loads(json.dumps(score.to_dict()))
    assert plain["strict"]["by_type"]["gene"]["f1"] == 0
    assert plain["partial"]["by_type"]["gene"]["f1_interval"] == [0.5, 0.5]
    assert plain["errors"]["wrong borders"]["n"] == 1
    assert plain["n_left_out"] == 2


def test_one_type_has_no_second_line_for_all() -> None:
    score = mentions({"a": TEXT}, {"a": [at("Ataxia")]}, {}, resamples=10)
    assert [row.split()[0] for row in score.table().splitlines()[2:4] if row] == ["disease"]
