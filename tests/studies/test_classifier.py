"""The tagger keeps to scikit-learn's ways, gives scikit-learn's own probabilities, and learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import NotFittedError
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from leukonlp.records import Abstract, Study
from leukonlp.studies.classifier import JUDGED, SINGLE, StudyTagger
from leukonlp.studies.context import contexts
from leukonlp.studies.features import features
from leukonlp.studies.judge import likeliest
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.wording import wordings

COMMON = ("small_molecule", "biologic")
"""What the examples have enough of."""
Examples: TypeAlias = Callable[..., tuple[list[Study], list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def tagger(examples: Examples) -> StudyTagger:
    return StudyTagger(few=3).fit(*examples())


def unlike() -> list[Study]:
    """Studies that no tagger here was trained on."""
    titles = ("Mice and rituximab", "Families drew lots", "An overview of mice", "Words of no use", "")
    return [Study(Abstract(str(i), title, "In winter.")) for i, title in enumerate(titles)]


def test_parameters_and_clones(examples: Examples) -> None:
    tagger = StudyTagger(C=0.7, least=2, folds=3, few=9)
    assert tagger.get_params() == {"C": 0.7, "least": 2, "folds": 3, "few": 9}
    assert clone(tagger.fit(*examples(4))).get_params() == tagger.get_params()
    assert not hasattr(clone(tagger), "classes_")


def test_an_unfitted_tagger_says_so() -> None:
    with pytest.raises(NotFittedError, match="not fitted yet"):
        StudyTagger().predict(unlike())


def test_classes_shapes_and_sums(tagger: StudyTagger) -> None:
    assert {field: classes.tolist() for field, classes in tagger.classes_.items()} == {
        "relevant": ["False", "True"],
        "phase": ["not_applicable", "preclinical", "unphased"],
        "design": ["animal_study", "cohort", "in_vitro", "randomized_trial", "review"],
        "modality": ["small_molecule", "biologic", *(m for m in MODALITIES if m not in COMMON)],
    }
    assert tagger.alone_ == [label for label in MODALITIES if label not in COMMON]
    likely = tagger.predict_proba(unlike())
    for field, classes in tagger.classes_.items():
        assert likely[field].shape == (5, len(classes))
        assert ((likely[field] >= 0) & (likely[field] <= 1)).all()
    for field in SINGLE:
        assert likely[field].sum(axis=1) == pytest.approx(1)


def test_no_studies(tagger: StudyTagger) -> None:
    assert tagger.predict([]) == []
    assert tagger.predict_proba([])["design"].shape == (0, 5)


def test_it_learns(tagger: StudyTagger, examples: Examples) -> None:
    studies, labels = examples()
    assert tagger.predict(studies) == [row | {"relevant": str(row["relevant"])} for row in labels]
    new = [
        Study(Abstract("1", "Families were followed everywhere")),
        Study(Abstract("2", "Mice met rituximab")),
    ]
    told = tagger.predict(new)
    assert (told[0]["design"], told[0]["relevant"], told[0]["modality"]) == ("cohort", "True", [])
    assert (told[1]["phase"], told[1]["modality"]) == ("preclinical", ["biologic"])


def named(studies: list[Study]) -> list[Any]:
    return [contexts(wordings(study), None) for study in studies]


def matrix(tagger: StudyTagger, studies: list[Study]) -> Any:
    """The features of ``studies`` as an array, written out the long way."""
    rows = np.zeros((len(studies), len(tagger.vocabulary_)))
    for row, study in zip(rows, studies, strict=True):
        for name in features(study, wordings(study)) & tagger.vocabulary_.keys():
            row[tagger.vocabulary_[name]] = 1.0
    return normalize(rows)


@pytest.mark.parametrize("field", SINGLE)
def test_probabilities_are_those_of_scikit_learn(tagger: StudyTagger, field: str, examples: Examples) -> None:
    studies, labels = examples()
    answers = np.array([str(row[field]) for row in labels])
    theirs = CalibratedClassifierCV(LinearSVC(C=tagger.C, random_state=0), ensemble=False, cv=tagger.folds)
    theirs.fit(matrix(tagger, studies), answers)
    new = [*unlike(), *studies]
    assert tagger.classes_[field].tolist() == theirs.classes_.tolist()
    np.testing.assert_allclose(
        tagger.predict_proba(new)[field],
        theirs.predict_proba(matrix(tagger, new)),
        atol=1e-3,
    )


def test_modalities_are_those_of_scikit_learn_and_of_the_judge(
    tagger: StudyTagger, examples: Examples
) -> None:
    studies, labels = examples()
    new = [*unlike(), *studies]
    for column, label in enumerate(COMMON):
        theirs = CalibratedClassifierCV(
            LinearSVC(C=tagger.C, random_state=0), ensemble=False, cv=tagger.folds
        )
        seen = matrix(tagger, studies)
        theirs.fit(seen, np.array([label in row["modality"] for row in labels]))
        judged = likeliest(named(new), tagger.judge_.predict_proba(named(new)))[:, MODALITIES.index(label)]
        expected = (1 - JUDGED) * theirs.predict_proba(matrix(tagger, new))[:, 1] + JUDGED * judged
        np.testing.assert_allclose(tagger.predict_proba(new)["modality"][:, column], expected, atol=1e-3)


def test_a_rare_modality_is_as_likely_as_its_likeliest_mention(tagger: StudyTagger) -> None:
    study = Study(Abstract("1", "Mice met gene therapy", "A cord blood transplantation was not done."))
    (mentions,) = named([study])
    likely = dict(zip(tagger.classes_["modality"], tagger.predict_proba([study])["modality"][0], strict=True))
    (judged,) = tagger.judge_.predict_proba([mentions])
    assert {context.modality for context in mentions} == {"gene_therapy", "hsct"}
    for label in ("gene_therapy", "hsct"):
        own = [p for p, context in zip(judged, mentions, strict=True) if context.modality == label]
        assert likely[label] == pytest.approx(max(own))
    assert likely["antisense"] == 0


def test_the_probability_of_a_study_hangs_on_no_other(tagger: StudyTagger) -> None:
    together = tagger.predict_proba(unlike())
    for i, study in enumerate(unlike()):
        for field, rows in tagger.predict_proba([study]).items():
            assert rows[0].tolist() == together[field][i].tolist()


def test_the_same_studies_make_the_same_tagger(tagger: StudyTagger, examples: Examples) -> None:
    again = StudyTagger(few=3).fit(*examples())
    assert again.judge_.weights_.tolist() == tagger.judge_.weights_.tolist()
    assert again.vocabulary_ == tagger.vocabulary_
    assert list(again.vocabulary_) == sorted(again.vocabulary_)
    for name, row in tagger.machines_.items():
        assert again.machines_[name].tolist() == row.tolist()


def test_rare_features_are_not_learned(examples: Examples) -> None:
    studies, labels = examples()
    studies[:2] = [Study(Abstract("x", s.title, s.abstract.abstract + " Oddly.")) for s in studies[:2]]
    assert "a:oddly" not in StudyTagger().fit(studies, labels).vocabulary_
    assert "a:oddly" in StudyTagger(least=2).fit(studies, labels).vocabulary_


def test_a_label_seen_once_is_left_out_and_its_study_serves_the_other_fields(examples: Examples) -> None:
    studies, labels = examples()
    labels[0] = labels[0] | {"design": "protocol"}
    tagger = StudyTagger().fit(studies, labels)
    assert "protocol" not in tagger.classes_["design"]
    assert tagger.predict([studies[0]])[0]["phase"] == labels[0]["phase"]


def test_a_label_seen_twice_is_learned(examples: Examples) -> None:
    studies, labels = examples()
    for i in (0, 1):
        labels[i] = labels[i] | {"design": "protocol"}
    assert "protocol" in StudyTagger().fit(studies, labels).classes_["design"]


def test_fields_that_were_not_judged_are_not_learned(examples: Examples) -> None:
    studies, labels = examples()
    phases = [{"phase": row["phase"], "design": None} for row in labels]
    tagger = StudyTagger().fit(studies, phases)
    assert list(tagger.classes_) == ["phase"]
    assert tagger.predict(studies) == [{"phase": row["phase"]} for row in labels]


def test_a_field_in_which_all_are_alike_is_not_learned(examples: Examples) -> None:
    studies, labels = examples()
    alike = [row | {"relevant": False, "modality": ["hsct"]} for row in labels]
    assert set(StudyTagger().fit(studies, alike).classes_) == {"phase", "design", "modality"}
    assert StudyTagger().fit(studies, alike).alone_ == list(MODALITIES)


def test_studies_judged_for_some_fields_only(examples: Examples) -> None:
    studies, labels = examples()
    for row in labels[::2]:
        del row["relevant"]
    labels[1] = labels[1] | {"modality": None}
    assert set(StudyTagger().fit(studies, labels).classes_) == {*SINGLE, "modality"}


def test_modalities_stand_in_the_order_of_the_scheme(tagger: StudyTagger) -> None:
    for kept in (tagger.classes_["modality"].tolist()[: len(COMMON)], tagger.alone_):
        assert kept == [label for label in MODALITIES if label in kept]
