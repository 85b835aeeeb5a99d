"""Studies as annotated corpora: BioC XML and PubTator; owns their layout, keeps every offset.

Both write the text character by character: one that the format cannot hold is replaced by one other
(U+FFFD in XML, a space for line breaks and tabs in PubTator), so that offsets stay valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, indent, tostring

from leukonlp.records import Fact, Mention, Study, Tag
from leukonlp.report.words import FACTS

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BIOC = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n'
_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def write_bioc(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write one BioC collection: a document a study, passages for title and abstract.

    Mentions (``M1`` ...) and the quotes behind tags and facts (``Q1`` ...) are annotations of the
    passage they begin in. Offsets and lengths count characters.
    """
    head = "".join(
        _xml(_leaf(*leaf)) for leaf in (("source", "leukonlp"), ("date", ""), ("key", "leukonlp.key"))
    )
    file.write(f"{_BIOC}<collection>\n{head}".encode())
    for study in studies:
        file.write(_xml(_document(study)).encode())
    file.write(b"</collection>\n")


def write_pubtator(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write PubTator: ``id|t|title``, ``id|a|abstract``, then one tab-separated line a mention."""
    for study in studies:
        text, size = _flat(study.text), len(study.title)
        name = re.sub(r"[|\s]+", "_", _flat(study.pmid))
        lines = [f"{name}|t|{text[:size]}", f"{name}|a|{text[size + 1 :]}"]
        for m in study.mentions:
            fields = (name, str(m.start), str(m.end), text[m.start : m.end], m.type.capitalize())
            lines.append("\t".join((*fields, _flat(m.concept or "-"))))
        file.write(("\n".join(lines) + "\n\n").encode())


def _flat(text: str) -> str:
    return _UNSAFE.sub("\ufffd", _BREAK.sub(" ", text))


def _xml(element: Element) -> str:
    indent(element)
    # A parser turns a bare carriage return into a line feed, and two characters into one.
    return tostring(element, encoding="unicode").replace("\r", "&#13;") + "\n"


def _leaf(name: str, text: str, **attributes: str) -> Element:
    element = Element(name, {key: _NO_XML.sub("\ufffd", value) for key, value in attributes.items()})
    element.text = _NO_XML.sub("\ufffd", text)
    return element


def _document(study: Study) -> Element:
    document = Element("document")
    document.append(_leaf("id", study.pmid))
    document.extend(_leaf("infon", value, key=key) for key, value in _about(study))
    size = len(study.title)
    title = _passage("title", 0, study.title)
    abstract = _passage("abstract", size + 1, study.abstract.abstract)
    document.extend((title, abstract))
    for start, annotation in _annotations(study):
        (title if start <= size else abstract).append(annotation)
    return document


def _passage(kind: str, offset: int, text: str) -> Element:
    passage = Element("passage")
    passage.extend((_leaf("infon", kind, key="type"), _leaf("offset", str(offset)), _leaf("text", text)))
    return passage


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


def _annotations(study: Study) -> Iterator[tuple[int, Element]]:
    for number, mention in enumerate(study.mentions, start=1):
        yield mention.start, _annotation(f"M{number}", mention.start, mention.text, _infons(mention))
    for number, (name, item) in enumerate(_quoted(study), start=1):
        quote = item.quote
        if quote is not None:
            said = str(item.label if isinstance(item, Tag) else item.value)
            infons = (("type", "quote"), ("field", name), ("value", said))
            yield quote.start, _annotation(f"Q{number}", quote.start, quote.text, infons)


def _annotation(id: str, start: int, text: str, infons: Iterable[tuple[str, str]]) -> Element:
    annotation = Element("annotation", id=id)
    annotation.extend(_leaf("infon", value, key=key) for key, value in infons)
    annotation.append(_leaf("location", "", offset=str(start), length=str(len(text))))
    annotation.append(_leaf("text", text))
    return annotation


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
