"""Which therapies of the lexicon are substances; owns the rule by which they count as chemicals.

The lexicon calls busulfan a therapy, a gold standard calls it a chemical. Neither is wrong.
"""

from __future__ import annotations

import re

from leukonlp.records import Concept

_NOT = frozenset({"gene_therapy", "gene_editing", "cell_therapy", "hsct", "device_or_procedure"})
"""Modalities that are no substance, even where a product of theirs has a UNII."""
_SUBSTANCE_IDS = re.compile(r"(?:UNII:|CHEBI:|MESH:C)")
"""UNII and ChEBI name substances only; MeSH supplementary records (C) of the lexicon are all substances."""
_DRUGS = frozenset({"small_molecule", "biologic"})
_DRUG_CLASSES = frozenset({"antiseizure medicine", "conditioning or immunosuppression", "symptomatic drug"})
_ACTION = re.compile(
    r"\b(?:therapy|replacement|supplementation|regimen|irradiation|medication)$", re.IGNORECASE
)
"""Ends of names that say what is done, not what is given: ``antioxidant therapy``."""


def is_substance(concept: Concept) -> bool:
    """Return True for a therapy that is a drug or another substance, so that it counts as a chemical.

    In this order: gene therapies and editing, cells, transplantation, devices and procedures are none;
    what has a UNII, a ChEBI id or a MeSH supplementary record is one; of the rest, small molecules,
    biologics and the medicines of drug classes are, unless the name says what is done
    (``iron chelation therapy``, ``conditioning regimen``). So are classes of drugs (``statins``), which
    chemical corpora mark too; diets, rehabilitation and care are not.

    Args:
        concept: a concept of the lexicon.
    """
    if concept.type != "therapy" or not _NOT.isdisjoint(concept.modality):
        return False
    if any(_SUBSTANCE_IDS.match(id) for id in (concept.id, *concept.xrefs)):
        return True
    drug = not _DRUGS.isdisjoint(concept.modality) or concept.group in _DRUG_CLASSES
    return drug and _ACTION.search(concept.name) is None
