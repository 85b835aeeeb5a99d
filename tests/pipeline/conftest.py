"""A lexicon of a dozen concepts, so that no pipeline test needs the packaged tables."""

from __future__ import annotations

import pytest

from leukonlp.lexicon import ROOT, Lexicon
from leukonlp.records import Concept, MentionType

MLD, KRABBE, XALD, AMN, PMD, LBSL = (
    "MONDO:0018868", "MONDO:0009499", "MONDO:0018544", "MONDO:0015339", "MONDO:0010714", "MONDO:0012622",
)  # fmt: skip
ARSA, GALC, ABCD1 = "HGNC:713", "HGNC:4115", "HGNC:61"
HSCT, GT, OTL = "MESH:D018380", "MESH:D015316", "UNII:EPP8G99QG4"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Six diseases, three genes, three therapies."""
    under = (ROOT,)
    lbsl = "leukoencephalopathy with brainstem and spinal cord involvement and lactate elevation"
    rows: tuple[tuple[str, MentionType, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
        (MLD, "disease", "metachromatic leukodystrophy", ("arylsulfatase A deficiency",), ("MLD",), (ARSA,)),
        (KRABBE, "disease", "Krabbe disease", ("globoid cell leukodystrophy",), ("GLD", "KD"), (GALC,)),
        (
            XALD,
            "disease",
            "X-linked adrenoleukodystrophy",
            ("adrenoleukodystrophy",),
            ("X-ALD", "ALD"),
            (ABCD1,),
        ),
        (PMD, "disease", "Pelizaeus-Merzbacher disease", (), ("PMD",), ()),
        (LBSL, "disease", lbsl, (), ("LBSL",), ()),
        (ARSA, "gene", "ARSA", ("arylsulfatase A",), (), ()),
        (GALC, "gene", "GALC", ("galactocerebrosidase",), (), ()),
        (ABCD1, "gene", "ABCD1", ("adrenoleukodystrophy protein",), ("ALDP",), ()),
    )
    return Lexicon(
        [
            Concept(ROOT, "disease", "leukodystrophy"),
            Concept(AMN, "disease", "adrenomyeloneuropathy", (), ("AMN",), (XALD,), (), (ABCD1,)),
            *(
                Concept(id, type, name, more, short, under if type == "disease" else (), genes=genes)
                for id, type, name, more, short, genes in rows
            ),
            Concept(HSCT, "therapy", "hematopoietic stem cell transplantation", (), ("HSCT",)),
            Concept(GT, "therapy", "gene therapy"),
            Concept(OTL, "therapy", "atidarsagene autotemcel", ("arsa-cel",), ("OTL-200",)),
        ],
        core=[ROOT, MLD, KRABBE, XALD, AMN, PMD, LBSL],
        ambiguous=[
            ("MLD", "disease", MLD, "cue"),
            ("GLD", "disease", KRABBE, "cue"),
            ("KD", "disease", KRABBE, "definition"),
            ("ALD", "disease", XALD, "cue"),
            ("AMN", "disease", AMN, "cue"),
            ("PMD", "disease", PMD, "cue"),
            ("SCT", "therapy", HSCT, "field"),
            ("Krabbe", "disease", KRABBE, "cue"),
            ("Pelizaeus-Merzbacher", "disease", PMD, "list"),
            ("globoid cell", "disease", KRABBE, "list"),
            ("psychosine", "disease", KRABBE, "hint"),
            ("arylsulfatase A pseudodeficiency", "disease", "", "blocker"),
            ("progressive multifocal leukoencephalopathy", "disease", "", "blocker"),
        ],
    )
