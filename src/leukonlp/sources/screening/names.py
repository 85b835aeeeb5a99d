"""Which names of the lexicon a record is kept for.

Names of core diseases, and what marks a treatment of one, are enough alone. Genes of core diseases and hints
are not: with them a short form (``ALD``) counts that does not alone, or words of the field make the context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leukonlp.lexicon import Lexicon, Name, load_lexicon
from leukonlp.lexicon.misprints import repairable
from leukonlp.sources.screening.costs import rarity

RUN = re.compile(r"[^\W\d_]+")
_MESH = "MESH:"
_COMMON_SHORT = frozenset({"CD", "KD", "ZS", "gLE"})
"""Short forms that are common, or too short to look for: what makes them count is looked for instead."""
_RARE = 4
"""Records in 10,000 up to which a symbol of four letters or more tells a gene."""
CONTEXT = (
    *"leukod leucod leukoe leucoe leuko-d leuko-e myelin lysosom peroxisom sphingolipid spastic".split(),
    "interferonopath",
    "white matter",
)
"""Words beside which a gene of a core disease is of interest, in small letters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for."""

    strong: tuple[tuple[str, Name], ...]
    """Spelling keys and names of which one is enough."""
    weak: tuple[tuple[str, Name], ...]
    """Genes and hints, which need a context."""
    clues: tuple[tuple[str, Name], ...]
    """What the bytes hold where a weak name and its context are: one of the two, whichever is rarer."""
    short: frozenset[str]
    """The letters of short forms of core diseases that count beside a weak name."""
    headings: frozenset[str]
    """MeSH identifiers of core diseases."""
    words: frozenset[str]
    """Words of core diseases' names that are recognised with one letter wrong."""


@lru_cache(maxsize=1)
def load_wanted() -> Wanted:
    """Return what the packaged lexicon wants, made once for each process."""
    return wanted(load_lexicon())


def wanted(lexicon: Lexicon) -> Wanted:
    """Return what to look for, of any lexicon."""
    core = [c for c in lexicon.concepts.values() if c.type == "disease" and lexicon.is_core(c.id)]
    genes = {gene for concept in core for gene in concept.genes}
    entries = [(key, name) for key, names in lexicon.names.items() for name in names]
    weak = [(k, n) for k, n in entries if _is_weak(n, genes)]
    cued = [(k, n) for k, n in entries if n.symbol and n.needs == "cue" and lexicon.is_core(n.concept)]
    strong = [(k, n) for k, n in entries if _is_strong(n, lexicon)]
    strong += [(k, n) for k, n in weak if n.needs == "hint" and _names_therapy(k, lexicon)]
    clues = [(k, n) for k, n in cued if n.surface not in _COMMON_SHORT]
    cuing = {c for _, n in cued if n.surface in _COMMON_SHORT for c in _cues(n.concept, lexicon)}
    clues += [(k, n) for k, n in weak if _means(n, lexicon) in cuing or _tells(k, n)]
    short = {
        n.surface
        for _, n in entries
        if lexicon.is_core(n.concept) and n.needs in ("cue", "definition") and n.symbol
    }
    xrefs = (x.removeprefix(_MESH) for c in core for x in c.xrefs if x.startswith(_MESH))
    return Wanted(
        strong=tuple(strong),
        weak=tuple(weak),
        clues=tuple(clues),
        short=frozenset(map(letters, short)),
        headings=frozenset(xrefs),
        words=repairable(lexicon),
    )


def _is_strong(name: Name, lexicon: Lexicon) -> bool:
    alone = name.needs == "nothing" or (name.needs in ("cue", "list") and not name.symbol)
    return alone and lexicon.is_core(name.concept)


def _is_weak(name: Name, genes: set[str]) -> bool:
    return name.needs == "hint" or (name.needs == "nothing" and name.concept in genes)


def _cues(disease: str, lexicon: Lexicon) -> set[str]:
    """Return the ids that make a short form of a disease count, as ``pipeline.entities`` has it."""
    genes = lexicon.concepts[disease].genes
    return {disease, *lexicon.ancestors(disease), *lexicon.descendants(disease), *genes}


def _means(name: Name, lexicon: Lexicon) -> str:
    return lexicon.hints[name.surface] if name.needs == "hint" else name.concept


def _tells(key: str, name: Name) -> bool:
    """Tell whether a gene is to be found by this name, where words of the field make a context."""
    return name.symbol and name.type == "gene" and len(letters(name.surface)) >= 4 and rarity(key) <= _RARE


def _names_therapy(key: str, lexicon: Lexicon) -> bool:
    return any(name.type == "therapy" and name.needs == "nothing" for name in lexicon.names[key])


def letters(surface: str) -> str:
    """Return the longest run of letters of a short form."""
    return max(RUN.findall(surface), key=len, default="")
