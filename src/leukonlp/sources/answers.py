"""Reads what E-utilities answer: ids and messages of ESearch, records of EFetch.

Owns the shape of the answers. Parses with entities and network off, and calls every answer that
cannot be used :class:`~leukonlp.sources.retry.Transient`. What a record says is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from leukonlp.sources.retry import Transient, passes, plain

_EMPTY = b"ID list is empty"
_EXPIRED = re.compile(r"unable to obtain query|webenv|query_key|history", re.IGNORECASE)
_MESSAGES = {
    "PhraseNotFound": "phrase not found: {}",
    "FieldNotFound": "search field not known: {}",
    "PhraseIgnored": "phrase ignored: {}",
    "QuotedPhraseNotFound": "quoted phrase not found: {}",
    "OutputMessage": "{}",
}


class HistoryExpired(Exception):
    """The history server no longer knows the WebEnv: search again."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One ESearch answer."""

    count: int
    """Records that match, whether or not all ids are listed."""
    ids: tuple[str, ...]
    web_env: str | None
    query_key: str | None
    translation: str
    """The query as PubMed understood it."""
    messages: tuple[str, ...]
    """PubMed's ErrorList and WarningList."""


def read_search(body: bytes) -> SearchAnswer:
    """Parse an ESearch answer.

    Raises:
        Transient: it is no whole ESearch answer, or holds an ``<ERROR>``.
    """
    root = _parse(body)
    _refuse_error(root)
    count = root.findtext("Count") or ""
    if root.tag != "eSearchResult" or not count.isdigit():
        raise Transient(f"no ESearch answer: {plain(body)}", bad_body=True)
    ids = tuple(dict.fromkeys(text.strip() for text in (e.text or "" for e in root.iterfind("IdList/Id"))))
    if not all(re.fullmatch(r"[0-9]+", pmid) for pmid in ids):
        raise Transient("the ESearch answer lists ids that are no numbers", bad_body=True)
    return SearchAnswer(
        count=int(count),
        ids=ids,
        web_env=root.findtext("WebEnv") or None,
        query_key=root.findtext("QueryKey") or None,
        translation=root.findtext("QueryTranslation") or "",
        messages=tuple(
            _MESSAGES.get(str(e.tag), f"{e.tag}: {{}}").format((e.text or "").strip())
            for name in ("ErrorList", "WarningList")
            for e in root.iterfind(f"{name}/*")
        ),
    )


class Records:
    """One EFetch answer: the records' PMIDs, and the bytes they came in."""

    def __init__(self, body: bytes, root: etree._Element | None) -> None:
        self.body = body
        self._root = root
        self.pmids: tuple[str, ...] = () if root is None else tuple(_pmid(e) for e in _articles(root))

    def only(self, wanted: Collection[str]) -> Records:
        """Return the wanted records, each once: the same object where that is all of them."""
        if self._root is None or (set(self.pmids) <= set(wanted) and len(set(self.pmids)) == len(self.pmids)):
            return self
        root = etree.Element("PubmedArticleSet")
        kept: set[str] = set()
        for element in _articles(self._root):
            if (pmid := _pmid(element)) in wanted and pmid not in kept:
                kept.add(pmid)
                root.append(deepcopy(element))
        return Records(etree.tostring(root, xml_declaration=True, encoding="UTF-8"), root)


def read_records(body: bytes) -> Records:
    """Parse an EFetch answer; "ID list is empty" is an empty one.

    Raises:
        Transient: it is no whole PubmedArticleSet, or holds an ``<ERROR>``.
        HistoryExpired: the WebEnv is gone.
    """
    try:
        root = _parse(body)
    except Transient:
        if _EMPTY in body[:2000] and b"<PubmedArticleSet" not in body[:2000]:
            return Records(body, None)  # sent as plain text
        raise
    if root.tag == "PubmedArticleSet" and root.find("ERROR") is None:
        if any(not _pmid(e) for e in _articles(root)):
            raise Transient("the EFetch answer holds a record without a PMID", bad_body=True)
        return Records(body, root)
    error = _error(root)
    if _EMPTY.decode() in error:
        return Records(body, None)
    if _EXPIRED.search(error):
        raise HistoryExpired(error)
    _refuse_error(root)
    raise Transient(f"no PubMed records: {plain(body)}", bad_body=True)


def _parse(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        told = f"{str(error).splitlines()[0] if str(error) else 'empty'}, {len(body):,} bytes"
        raise Transient(f"truncated or corrupt XML ({told})", bad_body=True) from error


def _refuse_error(root: etree._Element) -> None:
    if error := _error(root):
        raise Transient(f"PubMed says: {error[:300]}", said=not passes(error.encode()))


def _error(root: etree._Element) -> str:
    return " ".join(" ".join(e.text or "" for e in root.iter("ERROR")).split())


def _articles(root: etree._Element) -> list[etree._Element]:
    return [e for e in root if e.tag in ("PubmedArticle", "PubmedBookArticle")]


def _pmid(article: etree._Element) -> str:
    for path in ("MedlineCitation/PMID", "BookDocument/PMID"):
        if text := (article.findtext(path) or "").strip():
            return text
    return ""
