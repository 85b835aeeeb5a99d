"""Span and linking scores by hand-made cases whose figures are worked out on paper."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.errors import InputError, SettingsError
from leukonlp.scoring import Span, linking, spans

DISEASE = Span(0, 10, "disease", "MONDO:1")
OTHER = Span(20, 30, "disease", "MONDO:2")
GENE = Span(40, 44, "gene", "HGNC:61")


def test_perfect_prediction_scores_one_everywhere() -> None:
    score = spans({"a": [DISEASE, GENE]}, {"a": [GENE, DISEASE]})
    assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)
    assert score.overall.f1_interval == (1.0, 1.0)
    assert score.by_type["gene"].n_gold == 1
    assert score.n_exact == 2
    assert score.n_documents == 1


def test_strict_wants_offsets_and_type() -> None:
    gold = {"a": [DISEASE, OTHER, GENE]}
    predicted = {"a": [DISEASE, Span(20, 31, "disease"), Span(40, 44, "disease"), Span(50, 55, "gene")]}
    score = spans(gold, predicted)
    assert score.overall.credit == 1
    assert score.precision == pytest.approx(1 / 4)
    assert score.recall == pytest.approx(1 / 3)
    assert score.f1 == pytest.approx(2 / 7)
    assert score.by_type["gene"].f1 == 0
    assert score.n_partial == 0


def test_partial_gives_half_a_point_for_an_overlap_of_the_right_type() -> None:
    gold = {"a": [DISEASE, OTHER, GENE]}
    predicted = {"a": [DISEASE, Span(20, 31, "disease"), Span(40, 44, "disease")]}
    score = spans(gold, predicted, mode="partial")
    assert score.overall.credit == 1.5
    assert score.precision == score.recall == 0.5
    assert (score.n_exact, score.n_partial) == (1, 1)


def test_touching_spans_do_not_overlap() -> None:
    score = spans({"a": [Span(0, 5, "gene")]}, {"a": [Span(5, 9, "gene")]}, mode="partial")
    assert score.overall.credit == 0


def test_two_predictions_on_the_same_offsets_count_once() -> None:
    twice = [DISEASE, Span(0, 10, "disease", "MONDO:9")]
    score = spans({"a": [DISEASE, OTHER]}, {"a": twice})
    assert score.overall.credit == 1
    assert score.overall.n_predicted == 1
    assert score.recall == 0.5


def test_two_predictions_on_the_same_offsets_with_two_types_are_one_right_one_wrong() -> None:
    score = spans({"a": [DISEASE]}, {"a": [DISEASE, Span(0, 10, "gene")]}, mode="partial")
    assert score.precision == 0.5
    assert score.recall == 1.0


def test_partial_pairs_one_to_one() -> None:
    wide = spans({"a": [Span(0, 4, "gene"), Span(6, 9, "gene")]}, {"a": [Span(0, 9, "gene")]}, mode="partial")
    assert wide.overall.credit == 0.5
    pieces = spans(
        {"a": [Span(0, 9, "gene")]}, {"a": [Span(0, 4, "gene"), Span(6, 9, "gene")]}, mode="partial"
    )
    assert pieces.overall.credit == 0.5
    assert pieces.precision == 0.25


def test_partial_pairs_as_many_as_possible() -> None:
    gold = [Span(0, 10, "gene"), Span(8, 20, "gene")]
    predicted = [Span(1, 9, "gene"), Span(0, 3, "gene")]
    assert spans({"a": gold}, {"a": predicted}, mode="partial").n_partial == 2


def test_an_exact_partner_is_not_spent_on_an_overlap() -> None:
    gold = [Span(0, 10, "gene"), Span(5, 10, "gene")]
    score = spans({"a": gold}, {"a": [Span(5, 10, "gene")]}, mode="partial")
    assert (score.n_exact, score.n_partial) == (1, 0)


def test_same_offsets_in_two_documents_are_two_mentions() -> None:
    score = spans({"a": [DISEASE], "b": [DISEASE]}, {"a": [DISEASE]})
    assert score.recall == 0.5
    assert score.n_without_prediction == 1
    assert "1 of them without any prediction" in score.table()


def test_nothing_to_find_and_nothing_found_is_undefined_not_perfect() -> None:
    score = spans({"a": []}, {"a": []})
    assert (score.precision, score.recall, score.f1) == (None, None, None)
    assert score.overall.f1_interval is None
    assert "-" in score.table().splitlines()[-1]


def test_no_prediction_at_all_is_zero_recall_and_undefined_precision() -> None:
    score = spans({"a": [DISEASE]}, {"a": []})
    assert (score.precision, score.recall, score.f1) == (None, 0.0, 0.0)


def test_predictions_for_unknown_documents_are_refused() -> None:
    with pytest.raises(InputError, match="1 predicted documents are not in the gold standard \\(zz\\)"):
        spans({"a": []}, {"zz": []})
    with pytest.raises(InputError, match="zz"):
        linking({"a": []}, {"zz": []})


def test_unknown_mode_is_refused() -> None:
    with pytest.raises(SettingsError, match="'loose' is unknown; choose one of strict, partial"):
        spans({}, {}, mode="loose")  # type: ignore[arg-type]


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4)])
def test_a_span_of_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(InputError, match=f"from {start} to {end}"):
        Span(start, end, "gene")


def test_intervals_are_seeded_and_hold_the_estimate() -> None:
    gold = {str(i): [DISEASE, GENE] for i in range(50)}
    predicted = {str(i): [DISEASE] if i % 3 else [DISEASE, GENE, OTHER] for i in range(50)}
    first, again = spans(gold, predicted), spans(gold, predicted)
    assert first == again
    interval = first.overall.f1_interval
    assert interval is not None
    assert interval[0] < (first.f1 or 0) < interval[1]
    assert spans(gold, predicted, seed=1).overall.f1_interval != interval
    assert spans(gold, predicted, resamples=0).overall.f1_interval is None


def test_a_thousand_documents_take_seconds_at_most() -> None:
    gold = {str(i): [Span(j, j + 5, "disease") for j in range(0, 200, 10)] for i in range(1000)}
    predicted = {
        name: [Span(s.start + (s.start % 3 == 0), s.end, s.type) for s in items]
        for name, items in gold.items()
    }
    begin = time.process_time()
    assert spans(gold, predicted, mode="partial").n_documents == 1000
    assert time.process_time() - begin < 5


def test_to_dict_is_plain_json() -> None:
    score = spans({"a": [DISEASE, GENE]}, {"a": [DISEASE]})
    plain = json.loads(json.dumps(score.to_dict()))
    assert plain["overall"]["n_gold"] == 2
    assert plain["by_type"]["gene"]["precision"] is None
    assert plain["overall"]["recall_interval"] == [0.5, 0.5]


some_spans = st.lists(
    st.builds(
        lambda start, size, kind: Span(start, start + size, kind),
        st.integers(0, 30),
        st.integers(1, 8),
        st.sampled_from(["disease", "gene"]),
    ),
    max_size=12,
)


@given(some_spans, some_spans)
def test_bounds_and_symmetry(gold: list[Span], predicted: list[Span]) -> None:
    for mode in ("strict", "partial"):
        score = spans({"a": gold}, {"a": predicted}, mode=mode, resamples=0)  # type: ignore[arg-type]
        back = spans({"a": predicted}, {"a": gold}, mode=mode, resamples=0)  # type: ignore[arg-type]
        assert (score.precision, score.recall, score.f1) == (back.recall, back.precision, back.f1)
        assert score.overall.credit <= min(score.overall.n_gold, score.overall.n_predicted)
    strict = spans({"a": gold}, {"a": predicted}, resamples=0)
    partial = spans({"a": gold}, {"a": predicted}, mode="partial", resamples=0)
    assert strict.overall.credit <= partial.overall.credit


def test_linking_at_three_levels() -> None:
    gold = {"a": [DISEASE, OTHER, GENE, Span(50, 55, "gene")], "b": [Span(3, 9, "disease", "MONDO:1")]}
    predicted = {
        "a": [DISEASE, Span(20, 30, "disease", "MONDO:9"), Span(41, 44, "gene", "HGNC:61")],
        "b": [Span(3, 9, "disease")],
    }
    score = linking(gold, predicted)
    assert (score.n_gold, score.n_found, score.n_correct) == (4, 3, 1)
    assert score.accuracy == pytest.approx(1 / 3)
    assert (score.end_to_end.credit, score.end_to_end.n_predicted, score.end_to_end.n_gold) == (1, 3, 4)
    assert (score.documents.credit, score.documents.n_predicted, score.documents.n_gold) == (2, 3, 4)
    assert "1/3" in score.table()
    assert json.loads(json.dumps(score.to_dict()))["n_found"] == 3


def test_a_concept_where_gold_has_none_is_an_end_to_end_error() -> None:
    score = linking({"a": [Span(0, 4, "gene")]}, {"a": [Span(0, 4, "gene", "HGNC:61")]})
    assert score.accuracy is None
    assert score.end_to_end.precision == 0


def test_guessing_two_concepts_on_the_same_offsets_is_not_right() -> None:
    both = [DISEASE, Span(0, 10, "disease", "MONDO:2")]
    score = linking({"a": [DISEASE]}, {"a": both})
    assert score.n_correct == 0
    assert score.end_to_end.n_predicted == 1
    assert score.documents.precision == 0.5


def test_composite_gold_is_a_set_in_any_order() -> None:
    gold = {"a": [Span(0, 10, "disease", "MONDO:1|MONDO:2")]}
    assert linking(gold, {"a": [Span(0, 10, "disease", "MONDO:2|MONDO:1")]}).accuracy == 1
    assert linking(gold, {"a": [DISEASE, Span(0, 10, "disease", "MONDO:2")]}).accuracy == 1
    assert linking(gold, {"a": [DISEASE]}).accuracy == 0
