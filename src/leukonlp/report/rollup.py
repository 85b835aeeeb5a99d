"""Which main disease a subtype belongs to; owns the rows of the evidence map, no counting.

The main disease is the most general form that still has a cause: the topmost among a disease and its
ancestors that the lexicon gives causal genes. So late infantile metachromatic leukodystrophy falls under
metachromatic leukodystrophy, but not that under "leukodystrophy", which has no gene of its own. A
disease without such a form is its own row.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leukonlp.lexicon import Lexicon


class Rollup:
    """Maps concept ids to main diseases, and knows their names."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon; nothing is computed before it is asked for."""
        self._lexicon = lexicon
        self.main = lru_cache(maxsize=None)(self._main)

    def name(self, concept: str) -> str:
        """Return the preferred name, or the id itself for a concept the lexicon does not hold."""
        known = self._lexicon.concepts.get(concept)
        return known.name if known else concept

    def group(self, concept: str) -> str | None:
        """Return the disease group."""
        known = self._lexicon.concepts.get(concept)
        return known.group if known else None

    def rows(self, concepts: Iterable[str]) -> tuple[str, ...]:
        """Return the main diseases of a study, in its order, without those that another one specifies."""
        rows = tuple(dict.fromkeys(self.main(concept) for concept in concepts))
        general = {above for row in rows for above in self._lexicon.ancestors(row) if above != row}
        return tuple(row for row in rows if row not in general)

    def all_rows(self) -> tuple[str, ...]:
        """Return every main disease of the lexicon that has a causal gene, by name."""
        diseases = (concept for concept in self._lexicon.concepts.values() if concept.type == "disease")
        mains = {self.main(disease.id) for disease in diseases if disease.genes}
        return tuple(sorted(mains, key=lambda row: (self.name(row).casefold(), row)))

    def _main(self, concept: str) -> str:
        line = {concept, *self._lexicon.ancestors(concept)}
        caused = {id for id in line if self._has_cause(id)}
        tops = [id for id in caused if not (self._lexicon.ancestors(id) - {id}) & caused]
        return min(tops, default=concept)

    def _has_cause(self, concept: str) -> bool:
        known = self._lexicon.concepts.get(concept)
        return known is not None and known.type == "disease" and bool(known.genes)
