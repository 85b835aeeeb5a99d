"""What a row of the design table is made of: cues, rules, and the evidence a rule may ask about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from leukonlp.records import Quote, Tag
from leukonlp.studies.labels import Design
from leukonlp.studies.people import People
from leukonlp.studies.reading import Part, Reading
from leukonlp.studies.triggers import Group

Parts: TypeAlias = frozenset[Part | None]

TITLE: Parts = frozenset({"title"})
METHODS: Parts = frozenset({"title", "methods", None})
OWN: Parts = frozenset({"title", "objective", "methods", "results", None})
ALL: Parts = frozenset({"title", "background", "objective", "methods", "results", "conclusions", None})

_REVIEW_WORD = re.compile(
    r"(?<!chart )(?<!record )(?<!records )(?<!file )(?<!retrospective )"
    r"\b(?:review|overview|summary of (?:the )?evidence)\b"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a row may ask about before it counts."""

    reading: Reading
    people: People
    phase: Tag | None

    @property
    def title(self) -> str:
        """The title in plain lower case."""
        return self.reading.plain[: self.reading.title_end]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a design: looked for only where ``triggers`` occur, believed only in ``parts``."""

    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    parts: Parts
    attributed: bool
    """True when the words may name another study too, so that ``attribution`` must agree."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    label: Design
    cues: tuple[Cue, ...] = ()
    types: frozenset[str] = frozenset()
    """Publication types in lower case."""
    when: Callable[[Evidence], bool] | None = None
    """The row counts only when this holds."""
    otherwise: Callable[[Evidence], Quote | None] | None = None
    """The quote that speaks for the row when neither a cue nor a type does."""
    groups: tuple[Group, ...] = field(init=False)
    """The triggers of its cues."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(cue.triggers for cue in self.cues))


def cue(triggers: str, *phrases: str, parts: Parts = OWN, attributed: bool = False) -> Cue:
    """Build a cue from triggers parted by ``|`` and the patterns of its phrases, which begin at a word."""
    return Cue(tuple(triggers.split("|")), re.compile(rf"\b(?:{'|'.join(phrases)})"), parts, attributed)


def reviews(evidence: Evidence) -> bool:
    """True when the title calls the paper a review or an overview."""
    title = evidence.title
    return ("view" in title or "summary of" in title) and _REVIEW_WORD.search(title) is not None
