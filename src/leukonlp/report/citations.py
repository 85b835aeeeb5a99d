"""Studies for reference managers: RIS and BibTeX; owns escaping, and how tags become keywords and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from leukonlp.records import Study, Tag
from leukonlp.report.links import doi, pubmed

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\\s]+")
_LONE = re.compile("[\ud800-\udfff]")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
"""Braces by name: BibTeX counts a brace even behind a backslash."""
_VERBATIM = re.compile(r"[A-Za-z0-9./:;()<>_+-]+\Z")


def write_ris(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write RIS: tags and concepts as keywords (KW), quotes as notes (N1)."""
    for study in studies:
        lines = [f"{tag}  - {line(value)}" for tag, value in _ris(study)]
        file.write("".join(f"{text}\r\n" for text in (*lines, "ER  - ", "")).encode("utf-8"))


def write_bibtex(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write BibTeX: tags and concepts in ``keywords``, quotes in ``note``; no key comes twice."""
    used: set[str] = set()
    for study in studies:
        fields = [f"  {name} = {{{value}}}" for name, value in _bibtex(study)]
        entry = ",\n".join([f"@article{{{_key(study.pmid, used)}", *fields])
        file.write(f"{entry}\n}}\n\n".encode())


def line(text: str) -> str:
    """Return text on one line: white space and controls are one space, lone surrogates U+FFFD."""
    return _LONE.sub("\ufffd", _UNPRINTED.sub(" ", text)).strip()


def tex(text: str) -> str:
    """Return text on one line that TeX prints as it is."""
    return "".join(_TEX.get(sign, sign) for sign in line(text))


def keywords(study: Study) -> Iterator[str]:
    """Yield the tags (``phase: phase_1_2``), the study's concepts by name, and the record's own keywords."""
    for name, tag in (("phase", study.phase), ("design", study.design)):
        if tag is not None:
            yield f"{name}: {tag.label}"
    yield from (f"modality: {tag.label}" for tag in study.modality)
    names = {m.concept: m.name for m in study.mentions if m.concept and m.name}
    for kind, concepts in (("disease", study.diseases), ("gene", study.genes), ("therapy", study.therapies)):
        yield from (f"{kind}: {names.get(concept) or concept}" for concept in concepts)
    if study.retracted:
        yield "retracted"
    yield from study.abstract.keywords


def notes(study: Study) -> Iterator[str]:
    """Yield one note for each tag that has a quote, the participants, and the registry numbers."""
    tags: list[tuple[str, Tag | None]] = [("phase", study.phase), ("design", study.design)]
    tags.extend(("modality", tag) for tag in study.modality)
    for name, tag in tags:
        if tag is not None and tag.quote is not None:
            yield f'{name} {tag.label}: "{tag.quote.text}" ({tag.basis or "basis not recorded"})'
    if study.n_enrolled is not None:
        yield f'participants {study.n_enrolled.value}: "{study.n_enrolled.quote.text}"'
    if study.registry_numbers:
        yield f"registered as {', '.join(accession.number for accession in study.registry_numbers)}"
    if study.retracted:
        yield "Retracted publication"


def _ris(study: Study) -> Iterator[tuple[str, str]]:
    record = study.abstract
    yield "TY", "JOUR"
    yield "ID", study.pmid
    yield "TI", study.title
    yield from (("AU", author) for author in record.authors)
    single = (
        ("PY", str(study.year or "")),
        ("JO", record.journal),
        ("DO", record.doi),
        ("AB", record.abstract),
        ("C2", record.pmcid),
        ("AN", study.pmid),
        ("UR", pubmed(study.pmid) or doi(record.doi)),
    )
    yield from ((tag, value) for tag, value in single if value)
    yield from (("KW", keyword) for keyword in keywords(study))
    yield from (("N1", note) for note in notes(study))


def _bibtex(study: Study) -> Iterator[tuple[str, str]]:
    record = study.abstract
    yield "title", f"{{{tex(study.title)}}}"
    single = (
        ("author", " and ".join(_author(author) for author in record.authors)),
        ("year", str(study.year or "")),
        ("journal", tex(record.journal or "")),
        ("doi", record.doi if record.doi and _VERBATIM.match(record.doi) else ""),
        ("pmid", tex(study.pmid)),
        ("url", pubmed(study.pmid) or doi(record.doi) or ""),
        ("abstract", tex(record.abstract)),
        ("keywords", ", ".join(tex(keyword.replace(",", ";")) for keyword in keywords(study))),
        ("note", tex("; ".join(notes(study)))),
    )
    yield from ((name, value) for name, value in single if value)


def _author(name: str) -> str:
    """Return ``Family, Given`` or ``Family, Suffix, Given``; a name without such parts whole in braces."""
    match [f"{{{tex(part)}}}" for part in name.split(", ")]:
        case [family, given]:
            return f"{family}, {given}"
        case [family, given, suffix]:
            return f"{family}, {suffix}, {given}"
    return f"{{{tex(name)}}}"


def _key(pmid: str, used: set[str]) -> str:
    base = (
        "pmid" + pmid
        if pmid.isascii() and pmid.isdigit()
        else re.sub(r"[^A-Za-z0-9-]+", "-", pmid) or "study"
    )
    key, again = base, 1
    while key in used:
        again += 1
        key = f"{base}-{again}"
    used.add(key)
    return key
