"""Class metrics and intervals by hand-made cases and published examples."""

from __future__ import annotations

import json
import random

import pytest

from leukonlp.errors import InputError, SettingsError
from leukonlp.scoring import bootstrap, classes, wilson
from leukonlp.scoring.tags import Labels


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 3."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_edges() -> None:
    assert wilson(0, 0) is None
    assert wilson(7, 7)[1] == 1.0  # type: ignore[index]
    with pytest.raises(SettingsError, match="8 of 7"):
        wilson(8, 7)


def test_bootstrap_redraws_whole_documents() -> None:
    draws = bootstrap([(1, 10), (2, 20)], resamples=500, seed=3)
    assert draws.shape == (500, 2)
    assert (draws[:, 1] == 10 * draws[:, 0]).all()
    assert set(draws[:, 0]) == {2.0, 3.0, 4.0}
    assert bootstrap([], resamples=5, seed=0) is None
    with pytest.raises(SettingsError, match="-1"):
        bootstrap([(1,)], resamples=-1, seed=0)


GOLD: dict[str, Labels] = {"a": "phase_1", "b": "phase_2", "c": "phase_2", "d": "unphased", "e": None}
PREDICTED: dict[str, Labels] = {"a": "phase_1", "b": "phase_2", "c": "phase_3", "e": "phase_1"}


def test_single_labels_by_hand() -> None:
    score = classes(GOLD, PREDICTED)
    assert (score.n, score.n_unlabelled, score.n_without_prediction, score.n_correct) == (4, 1, 1, 2)
    assert score.accuracy == 0.5
    assert score.accuracy_interval == pytest.approx((0.1500, 0.8500), abs=5e-5)
    assert not score.multi_label
    phase_2 = score.per_class["phase_2"]
    assert (phase_2.precision, phase_2.recall, phase_2.n_gold) == (1.0, 0.5, 2)
    assert score.per_class["phase_3"].precision == 0
    assert score.per_class["unphased"].precision is None
    assert (score.micro.precision, score.micro.recall) == (pytest.approx(2 / 3), 0.5)
    assert score.macro_f1 == pytest.approx((1 + 2 / 3 + 0 + 0) / 4)
    assert score.confusion == {
        ("phase_1", "phase_1"): 1,
        ("phase_2", "phase_2"): 1,
        ("phase_2", "phase_3"): 1,
        ("unphased", "(no prediction)"): 1,
    }


def test_label_sets_by_hand() -> None:
    gold: dict[str, Labels] = {"a": ["hsct", "gene_therapy"], "b": [], "c": {"hsct"}}
    predicted: dict[str, Labels] = {"a": ("gene_therapy",), "b": [], "c": ["hsct", "dietary"]}
    score = classes(gold, predicted)
    assert score.multi_label
    assert (score.n, score.n_correct) == (3, 1)
    assert (score.micro.credit, score.micro.n_gold, score.micro.n_predicted) == (2, 3, 3)
    assert (score.per_class["hsct"].recall, score.per_class["dietary"].recall) == (0.5, None)
    assert score.confusion[("gene_therapy+hsct", "gene_therapy")] == 1
    assert score.confusion[("(none)", "(none)")] == 1


def test_a_document_without_prediction_is_wrong_even_where_no_label_is_right() -> None:
    """Regression: no prediction at all and the judgement "no label" were taken for the same."""
    gold: dict[str, Labels] = {"a": [], "b": []}
    score = classes(gold, {"a": []})
    assert (score.n_correct, score.accuracy, score.n_without_prediction) == (1, 0.5, 1)
    assert score.confusion == {("(none)", "(none)"): 1, ("(none)", "(no prediction)"): 1}
    assert "1 of them without any prediction, which counts as wrong" in score.table()


def test_a_label_given_twice_counts_once() -> None:
    score = classes({"a": ["hsct"]}, {"a": ["hsct", "hsct"]})
    assert score.micro.n_predicted == 1


def test_booleans_are_labels() -> None:
    score = classes({"a": True, "b": False}, {"a": True, "b": True})
    assert score.per_class["true"].precision == 0.5
    assert score.per_class["false"].recall == 0


def test_mixed_and_foreign_input_is_refused() -> None:
    with pytest.raises(InputError, match="mixed"):
        classes({"a": "hsct", "b": ["hsct"]}, {})
    with pytest.raises(InputError, match="mixed"):
        classes({"a": "hsct"}, {"a": ["hsct"]})
    with pytest.raises(InputError, match="not in the gold standard \\(x\\)"):
        classes({"a": "hsct"}, {"x": "hsct"})


def test_nothing_judged_is_undefined() -> None:
    score = classes({"a": None}, {})
    assert (score.n, score.accuracy, score.accuracy_interval, score.macro_f1) == (0, None, None, None)
    assert "n = 0" in score.table()


def test_table_and_dict_show_n() -> None:
    score = classes(GOLD, PREDICTED)
    assert "n = 4 documents, accuracy 50.0 (95% CI 15.0-85.0; 2/4)" in score.table()
    assert [line.split()[0] for line in score.table().splitlines()[3:]] == [
        *score.per_class,
        "micro",
        "macro",
    ]
    plain = json.loads(json.dumps(score.to_dict()))
    assert {"gold": "phase_2", "predicted": "phase_3", "n": 1} in plain["confusion"]
    assert plain["n"] == 4


def test_agrees_with_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    random.seed(11)
    gold: dict[str, Labels] = {str(i): random.choice("abcd") for i in range(200)}
    predicted: dict[str, Labels] = {name: random.choice([label, "a", "e"]) for name, label in gold.items()}
    score = classes(gold, predicted, resamples=200)
    truth, guess = list(gold.values()), list(predicted.values())
    for average, own in (
        ("macro", (score.macro_precision, score.macro_recall, score.macro_f1)),
        ("micro", (score.micro.precision, score.micro.recall, score.micro.f1)),
    ):
        expected = metrics.precision_recall_fscore_support(truth, guess, average=average, zero_division=0)[:3]
        assert own == pytest.approx(expected)
    assert score.accuracy == pytest.approx(metrics.accuracy_score(truth, guess))
    low, high = score.macro_f1_interval or (0, 0)
    assert low < high
