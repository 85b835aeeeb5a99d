"""The wording tables hold every label of the scheme, and nothing else."""

from __future__ import annotations

from leukonlp.report import words
from leukonlp.studies import labels


def test_every_label_has_words_and_no_other() -> None:
    assert set(words.PHASES) == set(labels.PHASES)
    assert tuple(words.DESIGNS) == labels.DESIGNS
    assert tuple(words.MODALITIES) == labels.MODALITIES


def test_every_phase_has_one_colour_step() -> None:
    grouped = [label for _, members in words.PHASE_GROUPS.values() for label in members]
    assert sorted(grouped) == sorted(labels.PHASES)


def test_every_design_has_one_kind() -> None:
    grouped = [label for _, members in words.DESIGN_GROUPS.values() for label in members]
    assert sorted(grouped) == sorted(labels.DESIGNS)
    assert words.design_group("no_such_design") == "d6"


def test_clinical_phases_rank_as_in_the_scheme() -> None:
    clinical = [label for label in labels.PHASES if "phase_" in label]
    by_scheme = sorted(clinical, key=labels.phase_rank)
    assert sorted(clinical, key=words.phase_rank) == by_scheme
    assert words.phase_rank("unphased") > words.phase_rank("preclinical") > words.phase_rank("not_applicable")
    assert words.phase_rank("phase_9") == -1


def test_a_share_is_whole_only_where_nothing_is_left() -> None:
    assert [words.percent(share) for share in (0, 0.004, 0.753, 0.996, 1.0)] == [
        "0%",
        "0.4%",
        "75%",
        "99.6%",
        "100%",
    ]


def test_an_unknown_label_is_made_readable() -> None:
    assert words.wording(words.DESIGNS, "case_control") == "Case control"
    assert words.phase_group("phase_9") == "p0"
