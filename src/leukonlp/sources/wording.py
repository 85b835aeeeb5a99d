"""Fixes the text of a record once: white space, characters, title, abstract and where its sections lie.

All formats build their ``Abstract`` here, so that equal words give equal offsets. Owns no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from leukonlp.records import MeshHeading, Qualifier, Section, SectionCategory
from leukonlp.structure import category, inline_sections

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SUFFIX = r"(Jr|Sr|I{2,3}|IV|\d(?:st|nd|rd|th))"
_SHORT = re.compile(rf"(.*\S) ([A-Z][A-Z-]{{0,5}})(?: {_SUFFIX})?")
_LONG = re.compile(rf"(.*?), (.*?)(?: {_SUFFIX})?")
_UNLABELLED = frozenset({"", "UNLABELLED", "UNASSIGNED"})


class Part(NamedTuple):
    """One piece of an abstract as its source marks it up; the words may still hold any white space."""

    words: str
    label: str = ""
    category: SectionCategory | None = None


def squeeze(text: str) -> str:
    """Return the text with each run of white space as one blank, trimmed, and valid Unicode.

    Control characters go; a lone surrogate, which no file can hold, becomes U+FFFD.
    """
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # what most texts are like, in a third of the time
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return " ".join(_SURROGATES.sub("\ufffd", _CONTROLS.sub("", text)).split())


class Text(NamedTuple):
    """The fixed text of a record."""

    title: str
    abstract: str
    sections: tuple[Section, ...]


def compose(title: str, parts: Iterable[Part]) -> Text:
    """Fix the text of a record: parts joined by line feeds, each after its label; sections span the words.

    An abstract whose source names no labels is searched for printed ones (``METHODS: ...``).
    """
    title = squeeze(title)
    start = len(title) + 1
    abstract, sections = _joined(parts, start)
    if not any(s.label or s.category for s in sections):
        sections = inline_sections(f"{title}\n{abstract}", start)
    return Text(title, abstract, sections)


def _joined(parts: Iterable[Part], start: int) -> tuple[str, tuple[Section, ...]]:
    pieces: list[str] = []
    sections: list[Section] = []
    for part in parts:
        words = squeeze(part.words)
        if not words:
            continue
        label = squeeze(part.label).rstrip(": ")
        if label.upper() in _UNLABELLED:
            label = ""
        prefix = f"{label}: " if label else ""
        begin = start + len(prefix)
        start = begin + len(words) + 1
        pieces.append(prefix + words)
        meaning = part.category or (category(label) if label else None)
        sections.append(Section(begin, start - 1, label or None, meaning))
    return "\n".join(pieces), tuple(sections)


def year(text: str | None) -> int | None:
    """Return the first year in a date as printed: 1998 for ``1998 Dec-1999 Jan``; None without one."""
    found = _YEAR.search(text or "")
    return int(found.group()) if found else None


def doi(text: str | None) -> str | None:
    """Return the bare DOI of a text such as ``https://doi.org/10.1000/182``; None without one."""
    found = _DOI.search(text or "")
    return found.group() if found else None


def pmcid(text: str | None) -> str | None:
    """Return ``PMC`` and digits; None for anything else."""
    found = re.fullmatch(r"(?:PMC)?(\d+)(?:\.\d+)?", squeeze(text or ""), re.IGNORECASE)
    return f"PMC{found[1]}" if found else None


def is_pmid(text: str) -> bool:
    """Tell whether a text is a PubMed identifier: digits, not all of them 0."""
    return text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) <= 12


def person(family: str, given: str, suffix: str = "") -> str:
    """Return ``Family, Given, Suffix`` of what is there, as reference managers take names apart."""
    return ", ".join(filter(None, (squeeze(part).replace(", ", " ") for part in (family, given, suffix))))


def medline_person(name: str) -> str:
    """Return MEDLINE's full (``Berg, Ann B Jr``) or short form (``Berg AB Jr``) with its parts told apart."""
    found = _LONG.fullmatch(name) or _SHORT.fullmatch(name)
    return person(*found.groups(default="")) if found else name


def collective(name: str) -> str:
    """Return the name of a group, whose commas part nothing: a no-break space follows each."""
    return squeeze(name).replace(", ", ",\N{NO-BREAK SPACE}")


def mesh_heading(text: str) -> MeshHeading:
    """Read a heading as MEDLINE prints it, such as ``Sphingolipidoses/*drug therapy/genetics``."""
    name, *qualifiers = (squeeze(part) for part in text.split("/"))
    return MeshHeading(
        name=name.lstrip("*"),
        major=name.startswith("*"),
        qualifiers=tuple(
            Qualifier(q.lstrip("*"), major=q.startswith("*")) for q in qualifiers if q.strip("*")
        ),
    )
