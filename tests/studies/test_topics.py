"""What a study is about, most prominent first, and the therapies it tests: each bound in a short record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies.reading import Concepts

Row = tuple[str, str, dict[str, tuple[str, ...]], list[str], list[tuple[str, str]]]

STUDIES: list[Row] = [
    (
        "Metachromatic leukodystrophy in Poland",
        "We saw Krabbe disease once.",
        {},
        ["metachromatic leukodystrophy"],
        [],
    ),
    ("Lysosomes", "We saw Krabbe disease once.", {}, [], []),
    ("Lysosomes", "We saw Krabbe disease and Krabbe disease.", {}, ["Krabbe disease"], []),
    (
        "Lysosomes",
        (
            "Metachromatic leukodystrophy, metachromatic leukodystrophy and Krabbe disease, "
            "Krabbe disease, Krabbe disease were seen."
        ),
        {},
        ["Krabbe disease", "metachromatic leukodystrophy"],
        [],
    ),
    (
        "Metachromatic leukodystrophy",
        "Krabbe disease and Krabbe disease were seen.",
        {},
        ["metachromatic leukodystrophy", "Krabbe disease"],
        [],
    ),
    (
        "Metachromatic leukodystrophy",
        (
            "Krabbe disease was seen. So was Krabbe disease. Metachromatic leukodystrophy is "
            "one, metachromatic leukodystrophy too, and metachromatic leukodystrophy as well, "
            "and metachromatic leukodystrophy. Metachromatic leukodystrophy is five."
        ),
        {},
        ["metachromatic leukodystrophy"],
        [],
    ),
    (
        "Metachromatic leukodystrophy",
        (
            "Late-infantile metachromatic leukodystrophy was seen. Late-infantile metachromatic "
            "leukodystrophy it was."
        ),
        {},
        ["metachromatic leukodystrophy", "late-infantile metachromatic leukodystrophy"],
        [],
    ),
    (
        "Boys",
        (
            "Late-infantile metachromatic leukodystrophy was seen, late-infantile metachromatic "
            "leukodystrophy. It is a metachromatic leukodystrophy. Metachromatic leukodystrophy "
            "it is."
        ),
        {},
        ["late-infantile metachromatic leukodystrophy"],
        [],
    ),
    (
        "Boys",
        (
            "Late-infantile metachromatic leukodystrophy was seen, late-infantile metachromatic "
            "leukodystrophy. It is a metachromatic leukodystrophy, a metachromatic "
            "leukodystrophy, a metachromatic leukodystrophy. Metachromatic leukodystrophy it is."
        ),
        {},
        ["metachromatic leukodystrophy", "late-infantile metachromatic leukodystrophy"],
        [],
    ),
    (
        "Boys",
        (
            "Late-infantile metachromatic leukodystrophy was seen, late-infantile metachromatic "
            "leukodystrophy. It is a metachromatic leukodystrophy, a metachromatic "
            "leukodystrophy, a metachromatic leukodystrophy."
        ),
        {},
        ["late-infantile metachromatic leukodystrophy"],
        [],
    ),
    ("Boys", "ARSA was seen.", {}, [], []),
    ("Boys", "ARSA was seen. ARSA it was.", {}, ["ARSA"], []),
    (
        "Boys",
        "Boys with metachromatic leukodystrophy were seen. ARSA was seen, and GALC.",
        {},
        ["metachromatic leukodystrophy", "ARSA"],
        [],
    ),
    ("ARSA in boys", "GALC was seen.", {}, ["ARSA"], []),
    ("Boys", "GALC, ARSA, ARSA and GALC and GALC were seen.", {}, ["GALC", "ARSA"], []),
    ("Lysosomes", "Adrenoleukodystrophy (X-ALD) was seen.", {}, [], []),
    ("Lysosomes", "Adrenoleukodystrophy [X-ALD] was seen.", {}, [], []),
    ("Lysosomes", "Adrenoleukodystrophy, X-ALD, was seen.", {}, ["adrenoleukodystrophy"], []),
    ("Risk of adrenoleukodystrophy in men", "Men were seen.", {}, [], []),
    ("Boys", "BACKGROUND: Boys with Krabbe disease are ill. METHODS: We saw them.", {}, [], []),
    ("Boys", "CONCLUSIONS: Boys with Krabbe disease are ill.", {}, [], []),
    ("Boys", "METHODS: We saw boys with Krabbe disease.", {}, ["Krabbe disease"], []),
    ("Boys", "METHODS: We saw boys with symptoms like Krabbe disease.", {}, [], []),
    ("Boys", "METHODS: We saw Krabbe disease patients.", {}, ["Krabbe disease"], []),
    ("Boys", "METHODS: We saw Krabbe disease (n = 3).", {}, ["Krabbe disease"], []),
    ("Boys", "METHODS: We saw boys who have Krabbe disease.", {"speculative": ("have ",)}, [], []),
    (
        "Boys",
        "METHODS: We saw no Krabbe disease, boys with no Krabbe disease.",
        {"negated": ("no ",)},
        [],
        [],
    ),
    ("Boys", "METHODS: We saw boys with signs of Krabbe disease.", {"background": ("of ",)}, [], []),
    ("Boys of Krabbe disease", "METHODS: We saw them.", {"background": ("of ",)}, ["Krabbe disease"], []),
    ("Arsa-cel in boys", "We treated them.", {}, ["arsa-cel"], [("gene_therapy", "Arsa-cel in boys")]),
    ("Boys", "We treated boys with arsa-cel.", {}, [], []),
    (
        "Boys",
        "We treated boys with arsa-cel. Arsa-cel was safe.",
        {},
        ["arsa-cel"],
        [("gene_therapy", "We treated boys with arsa-cel.")],
    ),
    ("Boys", "Busulfan was given to boys. Boys received busulfan.", {}, ["busulfan"], []),
    ("Boys", "Busulfan was given to boys.", {}, [], []),
    (
        "Boys",
        (
            "Boys were given arsa-cel and tiratricol. Tiratricol and tiratricol were safe. Boys "
            "received tiratricol."
        ),
        {},
        ["tiratricol"],
        [("small_molecule", "Boys were given arsa-cel and tiratricol.")],
    ),
    ("Boys", "We saw arsa-cel. Arsa-cel it was. Arsa-cel is good.", {}, ["arsa-cel"], []),
    (
        "Boys",
        "Tiratricol was given to 30 boys.",
        {},
        [],
        [("small_molecule", "Tiratricol was given to 30 boys.")],
    ),
    (
        "Boys",
        "We saw 100 boys. Tiratricol was given to 50 boys.",
        {},
        [],
        [("small_molecule", "Tiratricol was given to 50 boys.")],
    ),
    ("Boys", "We saw 100 boys. Tiratricol was given to 49 boys.", {}, [], []),
    (
        "Boys",
        "We gave tiratricol to 30 boys.",
        {},
        [],
        [("small_molecule", "We gave tiratricol to 30 boys.")],
    ),
    (
        "Boys",
        "Thirty boys were given tiratricol.",
        {},
        [],
        [("small_molecule", "Thirty boys were given tiratricol.")],
    ),
    (
        "Tiratricol: a review",
        "We searched for tiratricol.",
        {},
        ["tiratricol"],
        [("small_molecule", "Tiratricol: a review")],
    ),
    (
        "Treatment of boys: a review",
        "We reviewed trials of tiratricol. Boys received tiratricol. Tiratricol is good.",
        {},
        ["tiratricol"],
        [("small_molecule", "Boys received tiratricol.")],
    ),
    (
        "Boys: a review",
        "We reviewed trials of tiratricol. Boys received tiratricol. Tiratricol is good.",
        {},
        ["tiratricol"],
        [],
    ),
    (
        "Transplantation in boys",
        "Boys received hematopoietic stem cell transplantation.",
        {},
        [],
        [("hsct", "Boys received hematopoietic stem cell transplantation.")],
    ),
    ("Transplantation in boys", "Boys saw hematopoietic stem cell transplantation.", {}, [], []),
    (
        "Natural history in boys",
        "Boys received hematopoietic stem cell transplantation. Nine were transplanted.",
        {},
        [],
        [("hsct", "Boys received hematopoietic stem cell transplantation.")],
    ),
    ("Natural history in boys", "Boys received hematopoietic stem cell transplantation.", {}, [], []),
    (
        "Natural history in boys",
        (
            "Boys received tiratricol. Nine took tiratricol. Girls received tiratricol. Men "
            "received tiratricol."
        ),
        {},
        ["tiratricol"],
        [("small_molecule", "Boys received tiratricol.")],
    ),
    ("Natural history in boys", "Boys received tiratricol. Men received tiratricol.", {}, ["tiratricol"], []),
    (
        "Gene therapy in boys",
        "Nine boys received allogeneic hematopoietic stem cell transplantation.",
        {},
        [],
        [
            ("gene_therapy", "Gene therapy in boys"),
            ("hsct", "Nine boys received allogeneic hematopoietic stem cell transplantation."),
        ],
    ),
    (
        "Gene therapy in boys",
        "Nine boys received autologous hematopoietic stem cell transplantation.",
        {},
        [],
        [("gene_therapy", "Gene therapy in boys")],
    ),
    ("Boys", "BMT was given to boys. BMT was good.", {}, [], []),
    (
        "Boys",
        "BMT was given to boys for transplantation. BMT was good.",
        {},
        [],
        [("hsct", "BMT was given to boys for transplantation.")],
    ),
    ("Boys", "Boys received no tiratricol. They grew with no tiratricol.", {"negated": ("no ",)}, [], []),
    (
        "Boys",
        "There was no effect of tiratricol on boys. Boys received tiratricol.",
        {"negated": ("of ",)},
        ["tiratricol"],
        [("small_molecule", "There was no effect of tiratricol on boys.")],
    ),
    (
        "Boys",
        "Boys were treated with tiratricol. They grew with tiratricol.",
        {"background": ("with ",)},
        [],
        [],
    ),
    (
        "Boys with tiratricol",
        "They grew.",
        {"background": ("with ",)},
        ["tiratricol"],
        [("small_molecule", "Boys with tiratricol")],
    ),
    ("Boys", "BACKGROUND: Boys received tiratricol. Tiratricol helps. METHODS: We saw boys.", {}, [], []),
    ("Boys", "CONCLUSIONS: Boys received tiratricol. Tiratricol helps.", {}, [], []),
]
"""Title, abstract, what makes a mention negated, background or speculative; names; modalities with quotes."""


@pytest.mark.parametrize(("title", "abstract", "options", "names", "modality"), STUDIES)
def test_topics_and_therapies(
    study: Callable[..., Study],
    lexicon: Concepts,
    title: str,
    abstract: str,
    options: dict[str, tuple[str, ...]],
    names: list[str],
    modality: list[tuple[str, str]],
) -> None:
    found = study(title, abstract, **options)
    about = (*found.diseases, *found.genes, *found.therapies)
    assert [lexicon.concepts[id].name for id in about] == names
    assert [(tag.label, tag.quote and tag.quote.text) for tag in found.modality] == modality
    assert found.relevant is not None
    assert found.relevant.label is bool(found.diseases)


def test_what_does_not_count_ends_no_search(study: Callable[..., Study]) -> None:
    """Of several the first may be none of the study's: those after it are looked at all the same."""
    found = study(
        "Boys",
        "They recall Krabbe disease. Metachromatic leukodystrophy was seen. "
        "Metachromatic leukodystrophy it was.",
        background=("recall ",),
    )
    assert found.diseases == ("MONDO:0018868",)
    found = study("Boys", "BMT was told of. Boys received marrow grafts. Marrow grafts helped the boys.")
    assert [tag.label for tag in found.modality] == ["hsct"]
    found = study("A case report", "Cells of a boy were grown. A girl with gout was treated.")
    assert found.n_enrolled is not None
    assert (found.n_enrolled.value, found.n_enrolled.quote.text) == (1, "A girl with")
    found = study(
        "Outcome", "METHODS: 90 men were screened. We enrolled ten men. Another 12 men were treated later."
    )
    assert found.n_enrolled is not None
    assert found.n_enrolled.value == 22


def test_another_ten_are_further_people(study: Callable[..., Study]) -> None:
    found = study("Outcome", "METHODS: We enrolled ten men. Another ten men were treated later.")
    assert found.n_enrolled is not None
    assert found.n_enrolled.value == 20
