"""How rules and the tagger meet: one test or more for each sentence of decision.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import pytest

from leukonlp.records import Abstract, Quote, Study, Tag
from leukonlp.studies.classifier import StudyTagger
from leukonlp.studies.decision import STATED, tagged
from leukonlp.studies.labels import PHASES

POINTS = {
    "modality": {
        "hsct": {"balanced": {"threshold": 0.6}},
        "small_molecule": {"balanced": {"threshold": 0.6}},
        "biologic": {"balanced": {"threshold": 0.05}},
        "supportive_care": {"balanced": {"threshold": 0.6}},
    },
}
QUOTE = Quote(0, 5, "Phase")
BODY = Quote(23, 29, "Review")
"""Words behind the title."""
ABSTRACT = "Review"


class Fixed:
    """A tagger whose mind is made up."""

    def __init__(self, likely: Mapping[str, Mapping[str, float]]) -> None:
        self.classes_ = {field: np.array(list(row)) for field, row in likely.items()}
        self._likely = likely

    def predict_proba(self, studies: list[Study]) -> dict[str, Any]:
        return {field: np.array([list(row.values())] * len(studies)) for field, row in self._likely.items()}


def decided(
    likely: Mapping[str, Mapping[str, float]],
    title: str = "Phase words of a study",
    abstract: str = "",
    **rules: Any,
) -> Study:
    study = Study(Abstract("1", title, abstract), **rules)
    (result,) = tagged([study], cast(StudyTagger, Fixed(likely)), POINTS)
    result.check_offsets()
    return result


@pytest.mark.parametrize("label", sorted(STATED))
def test_a_stated_phase_stands(label: str) -> None:
    rule = Tag(label, 0.97, QUOTE, "text")
    assert decided({"phase": {"unphased": 0.99, label: 0.01}}, phase=rule).phase == rule


def test_a_phase_of_the_publication_types_stands() -> None:
    rule = Tag("not_applicable", 0.9, None, "publication_type")
    assert decided({"phase": {"unphased": 0.99, "not_applicable": 0.01}}, phase=rule).phase == rule


def test_stated_phases_are_those_with_a_number() -> None:
    assert {p for p in PHASES if "phase_" in p} == STATED


def test_an_implied_phase_falls_where_another_is_likeliest_and_no_guess() -> None:
    rule = Tag("unphased", 0.8, None, "text")
    assert decided({"phase": {"preclinical": 0.39, "unphased": 0.2}}, phase=rule).phase == rule
    told = decided({"phase": {"preclinical": 0.4, "unphased": 0.2}}, phase=rule).phase
    assert told == Tag("preclinical", 0.4, None, "model")


def test_where_nothing_implies_a_phase_the_likeliest_counts_unless_it_is_a_guess() -> None:
    assert decided({"phase": {"preclinical": 0.29, "unphased": 0.2}}).phase is None
    assert decided({"phase": {"preclinical": 0.3, "unphased": 0.2}}).phase == Tag(
        "preclinical", 0.3, basis="model"
    )


def test_the_tagger_gives_no_stated_phase() -> None:
    assert decided({"phase": {"phase_2": 0.99, "unphased": 0.01}}).phase is None
    assert decided({"phase": {"phase_2": 0.99}}).phase is None


def test_where_both_agree_on_a_phase_the_rule_stands() -> None:
    rule = Tag("unphased", 0.8, None, "text")
    assert decided({"phase": {"unphased": 0.99, "preclinical": 0.01}}, phase=rule).phase == rule


def test_a_design_of_the_rules_falls_where_another_is_likeliest_and_no_guess() -> None:
    rule = Tag("review", 0.7, BODY, "text")
    assert decided({"design": {"cohort": 0.39, "review": 0.2}}, abstract=ABSTRACT, design=rule).design == rule
    assert decided({"design": {"cohort": 0.4, "review": 0.2}}, abstract=ABSTRACT, design=rule).design == Tag(
        "cohort", 0.4, basis="model"
    )


def test_against_the_words_of_a_title_more_is_needed() -> None:
    rule = Tag("case_series", 0.9, None, "text")
    title = "A case series of leukodystrophy"
    assert decided({"design": {"cohort": 0.69}}, title, design=rule).design == rule
    assert decided({"design": {"cohort": 0.7}}, title, design=rule).design == Tag(
        "cohort", 0.7, basis="model"
    )
    assert decided({"design": {"cohort": 0.69}}, "Seven children", design=rule).design == Tag(
        "cohort", 0.69, basis="model"
    )


def test_a_design_of_a_publication_type_stands() -> None:
    rule = Tag("case_series", 0.9, None, "publication_type")
    assert decided({"design": {"cohort": 0.99}}, design=rule).design == rule


def test_a_correction_stays_one() -> None:
    title = "Correction: A cohort of children"
    rule = Tag("other", 0.9, Quote(0, 10, "Correction"), "text")
    assert decided({"design": {"cohort": 0.99}}, title, design=rule).design == rule


def test_in_a_study_that_states_its_phase_the_design_of_the_rules_stands() -> None:
    rule = Tag("single_arm_trial", 0.7, BODY, "text")
    likely = {"design": {"cohort": 0.9, "single_arm_trial": 0.1}}
    stated = Tag("phase_1_2", 0.98, QUOTE, "text")
    assert decided(likely, abstract=ABSTRACT, design=rule, phase=stated).design == rule
    assert decided(likely, abstract=ABSTRACT, design=rule, phase=Tag("unphased", 0.9)).design == Tag(
        "cohort", 0.9, basis="model"
    )
    assert decided(likely, abstract=ABSTRACT, phase=stated).design == Tag("cohort", 0.9, basis="model")


def test_where_the_rules_found_no_design_the_likeliest_counts_unless_it_is_a_guess() -> None:
    assert decided({"design": {"cohort": 0.3, "review": 0.2}}).design == Tag("cohort", 0.3, basis="model")
    assert decided({"design": {"cohort": 0.29, "review": 0.2}}).design is None


def test_an_agreed_design_keeps_quote_and_basis_and_takes_the_probability() -> None:
    rule = Tag("cohort", 0.7, QUOTE, "text")
    told = decided({"design": {"cohort": 0.936, "review": 0.064}}, design=rule).design
    assert told == Tag("cohort", 0.94, QUOTE, "text")


def test_a_modality_of_the_rules_falls_below_the_balanced_point_of_the_tagger() -> None:
    rule = Tag("hsct", 0.9, QUOTE, "text")
    assert decided({"modality": {"hsct": 0.59}}, modality=(rule,)).modality == ()
    assert decided({"modality": {"hsct": 0.6}}, modality=(rule,)).modality == (rule,)
    assert decided({"modality": {"biologic": 0.0}}, modality=(rule,)).modality == (rule,)


@pytest.mark.parametrize("found", [(), (Tag("gene_therapy", 0.9, QUOTE, "text"),)])
def test_the_modalities_of_a_leukodystrophy_study_are_the_rules(found: tuple[Tag, ...]) -> None:
    likely = {"modality": {"biologic": 0.99, "gene_therapy": 0.0, "small_molecule": 0.99}}
    yes, no = Tag(True, 0.99, basis="text"), Tag(False, 0.99, basis="text")
    assert decided(likely, modality=found, relevant=yes).modality == found
    assert len(decided(likely, modality=found, relevant=no).modality) > len(found)


@pytest.mark.parametrize("likely", [{"hsct": 0.2}, {"gene_editing": 0.2}])
def test_a_modality_that_the_tagger_never_learned_or_weighed_stands(likely: dict[str, float]) -> None:
    rule = Tag("gene_editing", 0.9, QUOTE, "text")
    assert decided({"modality": likely}, modality=(rule,)).modality == (rule,)


def test_a_modality_counts_from_its_balanced_point_in_the_order_of_the_scheme() -> None:
    rule = Tag("small_molecule", 0.9, QUOTE, "text")
    told = decided({"modality": {"small_molecule": 0.7, "hsct": 0.6}}, modality=(rule,)).modality
    assert told == (Tag("hsct", 0.6, basis="model"), rule)
    assert decided({"modality": {"small_molecule": 0.59, "hsct": 0.59}}).modality == ()


def test_a_modality_of_the_tagger_quotes_the_first_words_that_name_it() -> None:
    told = decided(
        {"modality": {"small_molecule": 0.9, "hsct": 0.9}},
        "Boys  after Bone-Marrow Transplantation",
        "They took Simvastatin, then atorvastatin.",
    ).modality
    assert [(tag.label, tag.quote and tag.quote.text) for tag in told] == [
        ("hsct", "Bone-Marrow Transplantation"),
        ("small_molecule", "Simvastatin"),
    ]


def test_offsets_hold_after_letters_whose_small_form_is_longer() -> None:
    told = decided({"modality": {"small_molecule": 0.9}}, "İİİ and İ", "Ten İ took Simvastatin.").modality
    assert told[0].quote is not None
    assert told[0].quote.text == "Simvastatin"


def test_relevance_is_the_rules() -> None:
    rule = Tag(False, 0.9, None, "text")
    assert decided({"relevant": {"True": 0.99, "False": 0.01}}, relevant=rule).relevant == rule
    assert decided({"relevant": {"True": 0.99, "False": 0.01}}).relevant is None


def test_what_neither_says_is_null() -> None:
    told = decided({"phase": {"unphased": 0.2}, "design": {"cohort": 0.2}, "modality": {"hsct": 0.2}})
    assert (told.phase, told.design, told.modality) == (None, None, ())


def test_a_tagger_that_learned_nothing_changes_nothing() -> None:
    rules = {"phase": Tag("unphased"), "design": Tag("cohort"), "modality": (Tag("hsct"),)}
    assert decided({}, **rules) == Study(Abstract("1", "Phase words of a study"), **rules)  # type: ignore[arg-type]


def test_no_studies() -> None:
    assert tagged([], cast(StudyTagger, None), POINTS) == []
