"""A search with every name resolved: what the search, the choice of quotes and the hits speak in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """A search with every name resolved; empty means no condition."""

    words: str | None = None
    disease: tuple[str, ...] = ()
    gene: tuple[str, ...] = ()
    therapy: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    design: tuple[str, ...] = ()
    year: tuple[int | None, int | None] = (None, None)
    participants: tuple[int | None, int | None] = (None, None)
    relevant: bool | None = None
    retracted: bool | None = None
    mentioned: bool = False
