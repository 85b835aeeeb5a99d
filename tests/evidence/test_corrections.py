"""What a person says of a study, laid over what was found."""

from __future__ import annotations

import pytest

from leukonlp.errors import InputError
from leukonlp.evidence.corrections import check, overlay
from leukonlp.records import Abstract, Correction, Quote, Study, Tag

QUOTE = Quote(0, 7, "phase 1")
BARE = Study(Abstract("1", "phase 1 of HSCT"))
TAGGED = Study(
    Abstract("1", "phase 1 of HSCT"),
    relevant=Tag(True, quote=QUOTE),
    phase=Tag("phase_1", 0.7, QUOTE),
    modality=(Tag("hsct", 0.6, Quote(11, 15, "HSCT")),),
)


@pytest.mark.parametrize(
    ("study", "label", "tag"),
    [
        (TAGGED, "phase_1", Tag("phase_1", quote=QUOTE, basis="review")),
        (TAGGED, "phase_2", Tag("phase_2", basis="review")),
        (TAGGED, None, None),
        (BARE, "phase_2", Tag("phase_2", basis="review")),
        (BARE, None, None),
    ],
)
def test_a_confirmed_label_keeps_its_quote_and_another_has_none(
    study: Study, label: str | None, tag: Tag | None
) -> None:
    assert overlay(study, {"phase": label}).phase == tag


@pytest.mark.parametrize(("label", "value"), [("true", True), ("false", False)])
def test_relevance_is_true_or_false(label: str, value: bool) -> None:
    found = overlay(TAGGED, {"relevant": label}).relevant
    assert found == Tag(value, quote=QUOTE if value else None, basis="review")


def test_modalities_are_those_named() -> None:
    found = overlay(TAGGED, {"modality": "gene_therapy; hsct"}).modality
    assert [(tag.label, tag.quote and tag.quote.text, tag.basis) for tag in found] == [
        ("gene_therapy", None, "review"),
        ("hsct", "HSCT", "review"),
    ]
    assert overlay(TAGGED, {"modality": None}).modality == ()


def test_nothing_said_changes_nothing() -> None:
    assert overlay(TAGGED, {}) is TAGGED
    assert overlay(TAGGED, {"phase": "phase_2"}).modality == TAGGED.modality


@pytest.mark.parametrize(
    ("field", "label", "message"),
    [
        ("colour", "red", "record 1: field 'colour'; allowed are relevant, phase, modality, design"),
        ("phase", "phase_7", "'phase_7' is no phase"),
        ("relevant", None, "None is no relevant; allowed are"),
        ("modality", "hsct; magic", "'magic' is no modality"),
        ("design", "hsct", "'hsct' is no design"),
    ],
)
def test_what_no_study_could_bear_is_refused(field: str, label: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check(Correction("1", field, label, "Ada", "2026-10-01T08:00:00+00:00"))


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("phase", None),
        ("phase", "phase_2_3"),
        ("modality", None),
        ("modality", "hsct; gene_therapy"),
        ("relevant", "true"),
    ],
)
def test_what_a_study_can_bear_is_taken(field: str, label: str | None) -> None:
    check(Correction("1", field, label, "Ada", "2026-10-01T08:00:00+00:00"))
