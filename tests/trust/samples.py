"""Small files of every kind that leukonlp reads, in our own words, and how damage must be taken."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract, Deletion, Failure, Record, Study
from leukonlp.sources import read

_ARTICLE = (
    '<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID><Article>'
    "<Journal><Title>J</Title><JournalIssue><PubDate><Year>2015</Year></PubDate></JournalIssue></Journal>"
    "<ArticleTitle>Krabbe disease &amp; <i>GALC</i></ArticleTitle>"
    '<Abstract><AbstractText Label="METHODS">We saw nine β-infants.</AbstractText></Abstract>'
    "</Article></MedlineCitation><PubmedData><History/></PubmedData></PubmedArticle>\n"
)
XML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
    + "".join(_ARTICLE.format(pmid=pmid) for pmid in (11, 12))
    + '<DeleteCitation><PMID Version="1">13</PMID></DeleteCitation>\n</PubmedArticleSet>\n'
).encode()
NBIB = "".join(
    f"PMID- {pmid}\nDP  - 2015 Mar\nTI  - Krabbe disease in family {pmid}\n"
    "AB  - We saw nine\n      β-infants.\n"
    "FAU - Berg, Anna\nLID - 10.1000/x [doi]\nRN  - EC 3.2.1.46 (Galactosylceramidase)\n\n"
    for pmid in (11, 12, 13)
).encode()
JSONL = "".join(
    json.dumps({"pmid": str(pmid), "title": "Krabbe disease", "abstract": "Nine β-infants.", "year": 2015})
    + "\n"
    for pmid in (11, 12, 13)
).encode()
FILES = {
    "xml": XML,
    "nbib": NBIB,
    "jsonl": JSONL,
    "xml.gz": gzip.compress(XML, mtime=0),
    "nbib.gz": gzip.compress(NBIB, mtime=0),
    "jsonl.gz": gzip.compress(JSONL, mtime=0),
}


def records(path: Path, data: bytes, *, settings: Settings | None = None) -> list[Record]:
    """Read a file of these bytes; a refusal counts as one failure.

    Whatever else is raised is a fault, and so is a record that cannot be written or does not come back.
    """
    path.write_bytes(data)
    try:
        found = list(read([path], settings=settings))
    except InputError as error:
        if str(path) not in str(error):
            raise
        return [Failure(str(path), 1, str(error))]
    for record in found:
        json.dumps(record.to_dict(), ensure_ascii=False).encode("utf-8")
        if isinstance(record, Failure):
            assert record.reason
            assert record.source == str(path)
        elif isinstance(record, Abstract):
            assert Abstract.from_dict(json.loads(json.dumps(record.to_dict()))) == record
    return found


def whole(found: list[Record]) -> list[Abstract | Deletion | Study]:
    """Leave the failures out."""
    return [record for record in found if not isinstance(record, Failure)]
