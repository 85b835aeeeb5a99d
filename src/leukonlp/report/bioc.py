"""Studies as BioC, in XML and in JSON; owns its layout, keeps every offset.

Both come from one description of a study, in the shape of BioC JSON. Offsets and lengths count characters;
in XML a character that it cannot hold is replaced by one other, so that offsets stay valid.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TypeAlias
from xml.etree.ElementTree import Element, indent, tostring

from leukonlp.records import Fact, Mention, Study, Tag
from leukonlp.report.words import FACTS

Plain: TypeAlias = dict[str, Any]

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONE = re.compile("[\ud800-\udfff]")
_DOCTYPE = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n'
_HEAD = {"source": "leukonlp", "date": "", "key": "leukonlp.key"}


def write_bioc(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write one BioC XML collection: a document a study, passages for title and abstract.

    Mentions (``M1`` ...) and the quotes behind tags and facts (``Q1`` ...) are annotations of the
    passage they begin in.
    """
    head = "".join(_xml(_leaf(name, text)) for name, text in _HEAD.items())
    file.write(f"{_DOCTYPE}<collection>\n{head}".encode())
    for study in studies:
        file.write(_xml(_element(document(study))).encode())
    file.write(b"</collection>\n")


def write_bioc_json(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write the same collection as BioC JSON, one document a line; lone surrogates become U+FFFD."""
    head = json.dumps({**_HEAD, "infons": {}})[:-1]
    file.write(f'{head}, "documents": ['.encode())
    between = b"\n"
    for study in studies:
        line = _LONE.sub("\ufffd", json.dumps(document(study), ensure_ascii=False))
        file.write(between + line.encode())
        between = b",\n"
    file.write(b"\n]}\n")


def document(study: Study) -> Plain:
    """Return a study as a document of BioC JSON: infons, passages, annotations with their places."""
    size = len(study.title)
    title = _passage("title", 0, study.title)
    abstract = _passage("abstract", size + 1, study.abstract.abstract)
    for start, annotation in _annotations(study):
        (title if start <= size else abstract)["annotations"].append(annotation)
    return {
        "id": study.pmid,
        "infons": dict(_about(study)),
        "passages": [title, abstract],
        "annotations": [],
        "relations": [],
    }


def _passage(kind: str, offset: int, text: str) -> Plain:
    empty: Plain = {"sentences": [], "annotations": [], "relations": []}
    return {"offset": offset, "infons": {"type": kind}, "text": text, **empty}


def _about(study: Study) -> Iterator[tuple[str, str]]:
    """Yield the document's infons: what the study is, without what is None."""
    single = (("relevant", study.relevant), ("phase", study.phase), ("design", study.design))
    yield from ((name, str(tag.label)) for name, tag in single if tag is not None)
    if study.year is not None:
        yield "year", str(study.year)
    lists = (
        ("modality", [str(tag.label) for tag in study.modality]),
        ("diseases", study.diseases),
        ("genes", study.genes),
        ("therapies", study.therapies),
        ("registry_numbers", [accession.number for accession in study.registry_numbers]),
    )
    yield from ((name, "; ".join(values)) for name, values in lists if values)
    if study.retracted:
        yield "retracted", "true"


def _annotations(study: Study) -> Iterator[tuple[int, Plain]]:
    for number, mention in enumerate(study.mentions, start=1):
        yield mention.start, _annotation(f"M{number}", mention.start, mention.text, _infons(mention))
    for number, (name, item) in enumerate(_quoted(study), start=1):
        quote = item.quote
        if quote is not None:
            said = str(item.label if isinstance(item, Tag) else item.value)
            infons = (("type", "quote"), ("field", name), ("value", said))
            yield quote.start, _annotation(f"Q{number}", quote.start, quote.text, infons)


def _annotation(id: str, start: int, text: str, infons: Iterable[tuple[str, str]]) -> Plain:
    place = {"offset": start, "length": len(text)}
    return {"id": id, "infons": dict(infons), "text": text, "locations": [place]}


def _infons(mention: Mention) -> Iterator[tuple[str, str]]:
    yield "type", mention.type
    given = (("identifier", mention.concept), ("name", mention.name), ("species", mention.species))
    yield from ((key, value) for key, value in given if value)
    yield "score", f"{mention.score:g}"
    yield "source", mention.source
    yield "about", mention.about
    flags = (("negated", mention.negated), ("speculative", mention.speculative))
    yield from ((key, "true") for key, flag in flags if flag)


def _quoted(study: Study) -> Iterator[tuple[str, Tag | Fact]]:
    """Yield what has a quote, with its field name."""
    for name in ("relevant", "phase", "design", "modality", *FACTS):
        value = getattr(study, name)
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None and item.quote is not None:
                yield name, item


def _element(made: Plain) -> Element:
    """Return a document of BioC JSON as an element of BioC XML."""
    element = Element("document")
    element.append(_leaf("id", made["id"]))
    element.extend(_infon_leaves(made))
    for passage in made["passages"]:
        inner = Element("passage")
        inner.extend(_infon_leaves(passage))
        inner.extend((_leaf("offset", str(passage["offset"])), _leaf("text", passage["text"])))
        inner.extend(_mark(annotation) for annotation in passage["annotations"])
        element.append(inner)
    return element


def _mark(annotation: Plain) -> Element:
    element = Element("annotation", id=annotation["id"])
    element.extend(_infon_leaves(annotation))
    places = ({key: str(value) for key, value in place.items()} for place in annotation["locations"])
    element.extend(_leaf("location", "", **place) for place in places)
    element.append(_leaf("text", annotation["text"]))
    return element


def _infon_leaves(made: Plain) -> Iterator[Element]:
    return (_leaf("infon", value, key=key) for key, value in made["infons"].items())


def _leaf(name: str, text: str, **attributes: str) -> Element:
    element = Element(name, {key: _NO_XML.sub("\ufffd", value) for key, value in attributes.items()})
    element.text = _NO_XML.sub("\ufffd", text)
    return element


def _xml(element: Element) -> str:
    indent(element)
    # A parser turns a bare carriage return into a line feed, and two characters into one.
    return tostring(element, encoding="unicode").replace("\r", "&#13;") + "\n"
