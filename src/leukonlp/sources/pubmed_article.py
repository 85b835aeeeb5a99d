"""Knows what the elements of a PubmedArticle mean: one parsed element becomes one Abstract.

Owns PubMed's DTD, nothing of files or streams. The words are fixed in ``wording``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.etree import _Element

from leukonlp.records import Abstract, Accession, Link, MeshHeading, Qualifier, SectionCategory, Term
from leukonlp.sources import wording
from leukonlp.sources.wording import Part, squeeze

_NLM_CATEGORIES: dict[str, SectionCategory] = {
    "BACKGROUND": "background",
    "OBJECTIVE": "objective",
    "METHODS": "methods",
    "RESULTS": "results",
    "CONCLUSIONS": "conclusions",
}
_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def article(element: _Element) -> Abstract:
    """Return the record of a parsed ``PubmedArticle``. Its formulas are flattened in place.

    Raises:
        ValueError: it has no MedlineCitation, Article or usable PMID.
    """
    citation = next(element.iterchildren("MedlineCitation"), None)
    body = None if citation is None else next(citation.iterchildren("Article"), None)
    if citation is None or body is None:
        raise ValueError("PubmedArticle without MedlineCitation and Article; fetch the record again")
    outer = {child.tag: child for child in citation}
    inner = {child.tag: child for child in body}
    pmid, version = identity(outer.get("PMID"))
    vernacular = _words(inner.get("VernacularTitle")) or None
    title = _words(inner.get("ArticleTitle")) or vernacular or ""
    text = wording.compose(title, _parts(inner.get("Abstract")))
    journal, year = _issue(inner.get("Journal"))
    if year is None and "ArticleDate" in inner:
        year = wording.year(inner["ArticleDate"].findtext("Year"))
    doi, pmcid = _identifiers(element, body)
    return Abstract(
        pmid=pmid,
        title=text.title,
        abstract=text.abstract,
        year=year,
        version=version,
        revised=_iso_date(outer.get("DateRevised")),
        status=citation.get("Status"),
        journal=journal,
        doi=doi,
        pmcid=pmcid,
        authors=tuple(_authors(inner.get("AuthorList", ()))),
        languages=tuple([words for e in body.iterchildren("Language") if (words := _words(e))]),
        vernacular_title=vernacular,
        publication_types=tuple(map(_term, inner.get("PublicationTypeList", ()))),
        mesh=tuple(_mesh(outer.get("MeshHeadingList", ()), outer.get("SupplMeshList", ()))),
        keywords=tuple(
            [words for k in citation.iterchildren("KeywordList") for e in k if (words := _words(e))]
        ),
        chemicals=tuple(
            [_term(e) for c in outer.get("ChemicalList", ()) for e in c if e.tag == "NameOfSubstance"]
        ),
        accessions=tuple(_accessions(inner.get("DataBankList", ()))),
        links=tuple(_links(outer.get("CommentsCorrectionsList", ()))),
        indexing_method=citation.get("IndexingMethod"),
        sections=text.sections,
    )


def identity(element: _Element | None) -> tuple[str, int]:
    """Return the identifier and version of a ``PMID`` element.

    Raises:
        ValueError: the element is missing, or holds no PubMed identifier.
    """
    pmid = _words(element)
    if element is None or not wording.is_pmid(pmid):
        raise ValueError(f"PMID is {pmid!r}, not a number; fetch the record again")
    version = element.get("Version", "1")
    if not wording.is_pmid(version):
        raise ValueError(f"PMID {pmid} has the version {version!r}, not a number; fetch the record again")
    return pmid, int(version)


def _words(element: _Element | None) -> str:
    return "" if element is None else squeeze(_raw(element))


def _raw(element: _Element) -> str:
    """Return the text of an element with its inline markup taken off, white space as it stands."""
    if len(element) == 0:
        return element.text or ""
    for formula in element.iter(f"{_MATHML}math", "DispFormula"):
        _flatten(formula)
    return "".join(map(str, element.itertext()))


def _flatten(formula: _Element) -> None:
    """Replace a formula by its symbols in printed order, without the white space between elements."""
    symbols = []
    for node in formula.iter():
        name = node.tag.rpartition("}")[2]
        text = node.text or ""
        if name.startswith("annotation"):
            node.clear()  # the same formula once more, in another notation
        elif name == "mspace" or (name == "mtext" and not text.strip()):
            symbols.append(" ")
        else:
            symbols.append(text if name == "mtext" else text.strip())
        symbols.append((node.tail or "").strip() if node is not formula else "")
    formula[:] = []
    display = formula.tag == "DispFormula"  # set on a line of its own
    formula.text = f" {''.join(symbols)} " if display else "".join(symbols)


def _parts(element: _Element | None) -> Iterator[Part]:
    for text in () if element is None else element.iterchildren("AbstractText"):
        category = _NLM_CATEGORIES.get(text.get("NlmCategory", ""))
        yield Part(_raw(text), text.get("Label", ""), category)


def _issue(journal: _Element | None) -> tuple[str | None, int | None]:
    """Return the journal's title, and the year of the issue as printed."""
    if journal is None:
        return None, None
    parts = {child.tag: child for child in journal}
    title = _words(parts.get("Title")) or _words(parts.get("ISOAbbreviation")) or None
    for date in parts["JournalIssue"].iterchildren("PubDate") if "JournalIssue" in parts else ():
        printed = {child.tag: child.text for child in date}
        return title, wording.year(printed.get("Year")) or wording.year(printed.get("MedlineDate"))
    return title, None


def _iso_date(element: _Element | None) -> str | None:
    digits = {} if element is None else {child.tag: (child.text or "").strip() for child in element}
    year, month, day = digits.get("Year", ""), digits.get("Month", ""), digits.get("Day", "")
    if len(year) == 4 and month and day and (year + month + day).isdigit():
        return f"{year}-{month:0>2}-{day:0>2}"
    return None


def _identifiers(element: _Element, body: _Element) -> tuple[str | None, str | None]:
    """Return DOI and PMCID of the article itself: those of cited references lie deeper."""
    doi = pmcid = None
    for place in body.iterchildren("ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN") != "N":
            doi = doi or wording.doi(place.text)
    for data in element.iterchildren("PubmedData"):
        for identifier in (i for ids in data.iterchildren("ArticleIdList") for i in ids):
            kind = identifier.get("IdType")
            if kind == "doi":
                doi = doi or wording.doi(identifier.text)
            elif kind == "pmc":
                pmcid = pmcid or wording.pmcid(identifier.text)
    return doi, pmcid


def _authors(elements: Iterable[_Element]) -> Iterator[str]:
    for author in elements:
        if author.get("ValidYN") == "N":
            continue  # a misspelling that another entry corrects
        family = given = suffix = initials = group = ""
        for child in author:
            match child.tag:
                case "LastName":
                    family = child.text or ""
                case "ForeName":
                    given = child.text or ""
                case "Initials":
                    initials = child.text or ""
                case "Suffix":
                    suffix = _words(child)
                case "CollectiveName":
                    group = wording.collective(_words(child))
                case _:
                    break  # affiliations and identifiers follow
        if name := group or wording.person(family, given or initials, suffix):
            yield name


# MeSH repeats itself: most of its terms were met before, and frozen records can be shared.
@lru_cache(maxsize=2**14)
def _named(name: str | None, ui: str | None) -> Term:
    return Term(squeeze(name or ""), ui)


@lru_cache(maxsize=2**10)
def _qualifier(name: str | None, ui: str | None, major: str | None) -> Qualifier:
    return Qualifier(squeeze(name or ""), ui, major == "Y")


@lru_cache(maxsize=2**14)
def _heading(
    name: str | None, ui: str | None, major: str | None = None, *qualifiers: Qualifier
) -> MeshHeading:
    return MeshHeading(squeeze(name or ""), ui, major == "Y", qualifiers)


def _term(element: _Element) -> Term:
    return _named(element.text, element.get("UI"))


def _mesh(headings: Iterable[_Element], supplements: Iterable[_Element]) -> Iterator[MeshHeading]:
    for heading in headings:
        terms = [(term.text, term.get("UI"), term.get("MajorTopicYN")) for term in heading]
        if terms:  # the descriptor stands first
            yield _heading(*terms[0], *[_qualifier(*term) for term in terms[1:]])
    for supplement in supplements:  # supplementary concepts: rare diseases without a heading of their own
        yield _heading(supplement.text, supplement.get("UI"))


def _accessions(banks: Iterable[_Element]) -> Iterator[Accession]:
    for bank in banks:
        name = _words(next(bank.iterchildren("DataBankName"), None))
        for number in bank.iterfind("AccessionNumberList/AccessionNumber"):
            if words := _words(number):
                yield Accession(name, words)


def _links(elements: Iterable[_Element]) -> Iterator[Link]:
    for element in elements:
        kind = element.get("RefType", "")
        if kind and kind != "Cites":
            parts = {child.tag: child for child in element}
            yield Link(kind, _words(parts.get("PMID")) or None, _words(parts.get("RefSource")) or None)
