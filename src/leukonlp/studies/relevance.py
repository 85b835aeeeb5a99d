"""Whether a record is a leukodystrophy study: a core disease is what it is about, or MeSH says so."""

from __future__ import annotations

from functools import lru_cache

from leukonlp.records import Concept, Quote, Tag
from leukonlp.studies.reading import Concepts, Reading

_MARKER = "MESH:"


def relevant(reading: Reading, diseases: tuple[str, ...]) -> Tag:
    """Return the relevance with its quote: the best mention of a core disease among those the study is about.

    A passing mention, a denied one or none at all gives False; only MeSH assigned by a person
    (never ``Automated``) can make a record relevant without its words.
    """
    core = {id for id in diseases if reading.lexicon.is_core(id)}
    if core:
        quote = _best(reading, core)
        return Tag(True, quote=quote, basis="text")
    heading = None if reading.abstract.automated else _heading(reading)
    if heading is not None:
        return Tag(True, basis="publication_type")
    return Tag(False, basis="text")


def _best(reading: Reading, core: set[str]) -> Quote:
    mentions = [m for m in reading.mentions if m.concept in core and not m.negated]
    titled = [m for m in mentions if m.start < reading.title_end]
    own = [m for m in mentions if m.about == "study"]
    chosen = (titled or own or mentions)[0]
    return reading.quote(chosen.start, chosen.end)


def _heading(reading: Reading) -> Concept | None:
    """The core disease of a MeSH heading, by its identifier in the cross references or its name."""
    known = core_headings(reading.lexicon)
    headings = {h.ui for h in reading.abstract.mesh if h.ui} | {h.name.lower() for h in reading.abstract.mesh}
    first = min(headings & known.keys(), default=None)
    return known[first] if first is not None else None


@lru_cache(maxsize=2)
def core_headings(lexicon: Concepts) -> dict[str, Concept]:
    """Return the core diseases by MeSH identifier and lower-case name."""
    found: dict[str, Concept] = {}
    for id, concept in lexicon.concepts.items():
        if concept.type == "disease" and lexicon.is_core(id):
            found[concept.name.lower()] = concept
            found.update(
                {xref.removeprefix(_MARKER): concept for xref in concept.xrefs if xref.startswith(_MARKER)}
            )
    return found
