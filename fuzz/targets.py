"""What the fuzzer tries, and what must hold whatever the bytes: one function a target.

``tests/trust/test_fuzz_corpus.py`` runs the kept cases through the same functions.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.lexicon import load_lexicon
from leukonlp.pipeline.matcher import LexiconMatcher
from leukonlp.records import Abstract, Deletion, Failure, Record, Study
from leukonlp.sources import read
from leukonlp.structure import inline_sections, sentences

LIMITS = Settings(max_record_bytes=2**16, max_input_bytes=2**20, max_text_chars=2**15)


def _read(data: bytes, start: bytes) -> list[Record]:
    """Read ``data`` behind the first bytes of a format, so that its reader gets it."""
    place = Path(_folder()) / f"input{os.getpid()}"
    place.write_bytes(start + data)
    try:
        found = list(read([place], settings=LIMITS))
    except InputError:
        return []
    for record in found:
        assert isinstance(record, (Abstract, Deletion, Failure, Study))
        written = json.dumps(record.to_dict(), ensure_ascii=False).encode("utf-8")
        if isinstance(record, Abstract):
            assert Abstract.from_dict(json.loads(written)) == record
            _check_text(record)
    return found


@lru_cache(maxsize=1)
def _folder() -> str:
    return tempfile.mkdtemp()


def _check_text(record: Abstract) -> None:
    text = record.text
    assert text.isprintable() or not set(text) & {"\0", "\r", "\x1b"}
    for section in record.sections:
        assert 0 <= section.start < section.end <= len(text)
    places = sentences(text)
    assert all(a < b <= c for (a, b), (c, _) in pairwise(places))
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in places)


def xml(data: bytes) -> None:
    """PubMed XML: any bytes behind the opening tag of a set."""
    _read(data, b"<PubmedArticleSet>")


def nbib(data: bytes) -> None:
    """MEDLINE text: any bytes behind the number of a record."""
    _read(data, b"PMID- 1\nTI  - ")


def jsonl(data: bytes) -> None:
    """JSONL: any bytes behind a sound line."""
    found = _read(data, b'{"pmid": "1", "title": "Krabbe disease"}\n')
    assert found
    assert found[0].pmid == "1"


def matcher(data: bytes) -> None:
    """Names of the lexicon: each lies where it is said to lie."""
    text = data.decode("utf-8", "replace")
    inline_sections(text)
    for match in _matcher().find(text):
        assert 0 <= match.start < match.end <= len(text)
        around = text[match.start - 1 : match.start] + text[match.end : match.end + 1]
        assert not any(c.isalnum() for c in around)


@lru_cache(maxsize=1)
def _matcher() -> LexiconMatcher:
    return LexiconMatcher(load_lexicon())


TARGETS: dict[str, Callable[[bytes], None]] = {"xml": xml, "nbib": nbib, "jsonl": jsonl, "matcher": matcher}
