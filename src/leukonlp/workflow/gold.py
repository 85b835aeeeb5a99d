"""Gold standards of others in our words; owns which of their types and ids are which of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from leukonlp.errors import InputError
from leukonlp.scoring import read_gold

CORPUS_TYPES: Mapping[str, str] = {
    **{own: own for own in ("disease", "gene", "therapy", "chemical")},
    **dict.fromkeys(
        (
            "Disease",
            "DiseaseOrPhenotypicFeature",
            "SpecificDisease",
            "Modifier",
            "DiseaseClass",
            "CompositeMention",
            "CONDITION",
        ),
        "disease",
    ),
    **dict.fromkeys(("Gene", "GENE", "GeneOrGeneProduct", "FamilyName"), "gene"),
    **dict.fromkeys(("Chemical", "ChemicalEntity", "DRUG"), "chemical"),
}
"""Own entity types, and those of NCBI-disease, BC5CDR, BioRED, BC2GM, GNormPlus, NLM-Gene, DrugProt and
NeuroTrialNER.

``FamilyName`` is a gene: in the records that NLM-Gene and BioRED both annotated (test splits aside), BioRED's
annotators kept 300 of 354 family names as ``GeneOrGeneProduct``. They kept no ``DomainMotif``, so that is
none. NeuroTrialNER's other interventions (``OTHER``, ``PHYSICAL``, ``CONTROL``, ...) are no substances.
"""


def stem(path: Path) -> str:
    """Return the name of a corpus: that of its file up to the first dot."""
    return path.name.split(".")[0] or path.name


def named(golds: Iterable[Path]) -> dict[str, Path]:
    """Return each corpus once, by its name, or by its whole path where two have one name."""
    paths = list(dict.fromkeys(golds))
    stems = [stem(path) for path in paths]
    return {
        str(path) if stems.count(name) > 1 else name: path for name, path in zip(stems, paths, strict=True)
    }


def types_to_score(gold: Path, marked: set[str], types: Sequence[str]) -> set[str]:
    """Return the own types that a gold standard marks and that are asked for.

    Args:
        gold: the file, for the message.
        marked: own types of its mentions.
        types: own types asked for; empty asks for all.

    Raises:
        InputError: none is left: all predictions would be errors.
    """
    scored = marked & set(types) if types else marked
    if not scored:
        raw = {span.type for _, spans in read_gold(gold, slips=[]).values() for span in spans}
        holds = ", ".join(sorted(marked or raw)) or "nothing at all"
        wanted = " or ".join(types) or "disease, gene, therapy or chemical"
        known = "" if marked else f"; types that can be scored are {', '.join(CORPUS_TYPES)}"
        raise InputError(f"{gold} marks no {wanted}, but {holds}; leave it out{known}")
    return scored


def own_concept() -> Callable[[str], str | None]:
    """Return what turns an id of a corpus into one of the lexicon; an id it does not know stays."""
    from leukonlp.lexicon import load_lexicon

    lexicon = load_lexicon()
    own = {xref.upper(): id for id, concept in sorted(lexicon.concepts.items()) for xref in concept.xrefs}
    own |= {id.upper(): id for id in lexicon.concepts}

    def concept(norm: str) -> str | None:
        if norm in lexicon.concepts:
            return norm
        ways = (norm, f"MESH:{norm}", f"OMIM:{norm}", f"NCBIGENE:{norm}")
        return next((own[way.upper()] for way in ways if way.upper() in own), norm)

    return concept
