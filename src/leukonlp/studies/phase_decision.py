"""The phase of a study: what the text states, else the publication types, else what the design says."""

from __future__ import annotations

from leukonlp.records import Tag
from leukonlp.studies import phase_cues as cues
from leukonlp.studies.design_papers import opines
from leukonlp.studies.people import People
from leukonlp.studies.reading import Reading

IMPLIED = dict.fromkeys(("animal_study", "in_vitro"), "preclinical") | dict.fromkeys(
    ("review", "systematic_review", "guideline"), "not_applicable"
)
"""The phase of a study that has no people of its own, by its design."""


def published(reading: Reading) -> Tag | None:
    """Return the phase that the publication types name, or None; never for types that a program assigned."""
    if reading.abstract.automated:
        return None
    types = reading.abstract.publication_types
    names = (key for term in types for key in (term.name.lower(), (term.ui or "").lower()))
    numbers = frozenset(cues.TYPES[name] for name in names if name in cues.TYPES)
    if not numbers:
        return None
    label = cues.PAIRS.get(numbers) or cues.PAIRS[frozenset({max(numbers)})]
    return Tag(label, basis="publication_type")


def decide(reading: Reading, stated: Tag | None, design: Tag | None, people: People) -> Tag | None:
    """Return the phase: the stated one, else what the design says, else None.

    A review, systematic review or guideline has none, even where it retells a trial in detail,
    unless its own title states one or it goes through the trials' people one by one; nor has a
    study of animals, whose drug may be in trials.
    """
    reviews = design is not None and design.label in (
        "review",
        "systematic_review",
        "guideline",
        "animal_study",
    )
    titled = stated is not None and stated.quote is not None and stated.quote.start < reading.title_end
    anew = (
        design is not None
        and design.label == "systematic_review"
        and cues.BY_PERSON.search(reading.plain, 0, reading.title_end) is not None
    )
    if stated is not None and (titled or anew or not reviews):
        return stated
    return _implied(reading, design, people)


def _typed(design: Tag) -> bool:
    return design.label == "other" and design.basis == "publication_type"


def _implied(reading: Reading, design: Tag | None, people: People) -> Tag | None:
    """Return what the design says where no phase is stated: preclinical, unphased, not applicable, None."""
    if design is None:
        return Tag("unphased", quote=people.shown, basis="text") if people.shown is not None else None
    implied = IMPLIED.get(str(design.label), "not_applicable" if design.label == "protocol" else None)
    if implied is not None:
        return Tag(implied, quote=design.quote, basis=design.basis)
    if opines(reading, design) or (people.shown is None and _typed(design)):
        return Tag("not_applicable", quote=design.quote, basis=design.basis)
    if people.shown is not None:
        return Tag("unphased", quote=people.shown, basis="text")
    return Tag("unphased", quote=design.quote, basis=design.basis)
