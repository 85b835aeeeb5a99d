"""Studies of genes and families: what was asked tells the design where none is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies.design_cues import Evidence
from leukonlp.studies.design_genetics import _families
from leukonlp.studies.people import NOBODY
from leukonlp.studies.reading import Reading

Assess = Callable[..., Study]

MANY = [
    (
        "ARSA mutations in 40 patients",
        "Exons were sequenced in 40 unrelated patients. Mutation analysis found 12 mutations.",
    ),
    (
        "The common deletion of GALC",
        "DNA of 55 patients with Krabbe disease was screened for the 30-kb deletion. Its allele "
        "frequency was 0.4.",
    ),
    (
        "Founder mutations",
        "Haplotype analysis was performed in 14 families with X-linked disease; linkage was shown in all.",
    ),
    (
        "Genotype and phenotype",
        "We studied the genotype-phenotype correlation in 31 patients with ABCD1 mutations.",
    ),
]
FEW = [
    ("A novel mutation of PLP1", "A missense mutation was found in a large family with spastic paraplegia."),
    (
        "A leukodystrophy of adults",
        "Linkage to chromosome 5 was shown in two families with an autosomal dominant disease.",
    ),
]
NONE = [
    (
        "Cloning of the human gene",
        "The cDNA was cloned and its nucleotide sequence determined. The protein has 507 amino "
        "acids; four domains "
        "are homologous to other enzymes. The transcript is expressed in brain.",
    ),
    (
        "Promoter of the GALC gene",
        "Exon and intron borders were determined. The promoter lacks a TATA box. Transfected COS "
        "cells expressed the "
        "recombinant enzyme, and the mutant protein bound no substrate.",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), MANY)
def test_a_search_among_many_is_a_survey(study: Assess, title: str, abstract: str) -> None:
    found = study(title, abstract).design
    assert found is not None
    assert found.label == "cross_sectional"
    assert found.quote is not None
    assert found.quote.text in f"{title}\n{abstract}"


@pytest.mark.parametrize(("title", "abstract"), FEW)
def test_one_family_is_a_series_of_cases(study: Assess, title: str, abstract: str) -> None:
    found = study(title, abstract).design
    assert found is not None
    assert found.label == "case_series"


@pytest.mark.parametrize(("title", "abstract"), NONE)
def test_genes_without_people_are_laboratory_work(study: Assess, title: str, abstract: str) -> None:
    found = study(title, abstract)
    assert found.design is not None
    assert found.design.label == "in_vitro"
    assert found.phase is not None
    assert found.phase.label == "preclinical"


@pytest.mark.parametrize(
    ("title", "abstract", "never"),
    [
        (
            "Survival by genotype",
            "Mutation analysis was done in 40 patients, who were followed for 10 years; the hazard "
            "ratio was 2.",
            "cross_sectional",
        ),
        (
            "Phase 2 trial",
            "In this phase 2 trial 40 patients with ARSA mutations were treated; mutation analysis was "
            "done in all.",
            "cross_sectional",
        ),
        (
            "Genes of leukodystrophies: a review",
            "Mutations in 60 families were reported in this review.",
            "cross_sectional",
        ),
        (
            "Cloning of a gene",
            "Its cDNA was cloned from patients and families; patients, children and carriers had no "
            "mutant protein.",
            "in_vitro",
        ),
        ("A gene of myelin", "Its cDNA was cloned.", "in_vitro"),
        (
            "Knock-out mice",
            "The gene was cloned and its protein expressed in null mice with exon deletions.",
            "in_vitro",
        ),
    ],
)
def test_other_questions_are_told_apart(study: Assess, title: str, abstract: str, never: str) -> None:
    found = study(title, abstract).design
    assert found is None or found.label != never


@pytest.mark.parametrize(
    "abstract",
    [
        "Cells of the line were silenced and grew less. Growth of the tumour cells in nude mice was slower.",
        "Human cells were grafted. The cytokine was potent when implanted in the rat cornea, and "
        "so were cells.",
        "Knock-down slowed proliferation of cells; xenografts grew less than those of control cells.",
    ],
)
def test_cells_put_into_animals_are_an_animal_study(study: Assess, abstract: str) -> None:
    found = study("Silencing a gene of tumour cells", abstract).design
    assert found is not None
    assert found.label == "animal_study"


@pytest.mark.parametrize(
    "noun",
    "family families kindred pedigrees proband probands index_cases chromosomes alleles".split(),
)
def test_every_word_for_a_family_is_counted(noun: str, read: Callable[..., Reading]) -> None:
    reading = read("T", f"We saw 7 unrelated {noun.replace('_', ' ')} in winter.")
    assert _families(Evidence(reading, NOBODY, None)) == 7
