"""No regular expression can be made to run long: each pattern alone, or what hands it its text.

A pattern whose time grows with the square of a text is no danger where it only ever reads a few dozen
characters. So each pattern is first tried alone; one that takes too long must be harmless in the function
that uses it, which then gets the same text as a whole record, file or query.

``LEUKONLP_TRUST=long`` (``make trust``) takes texts of 100 kB; ``make test`` shorter ones, on which what
grows with the square still takes ten times what is allowed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.errors import LeukonlpError
from leukonlp.records import Abstract, Failure, Section, Study
from leukonlp.structure import inline_sections, sentences

from ..conftest import Tally  # noqa: TID252
from .patterns import Found, attacks, collect, only_at_start, seconds

LONG = os.environ.get("LEUKONLP_TRUST") == "long"
ALONE = (100_000, 0.5) if LONG else (2_000, 0.005)
WHOLE = (100_000, 8.0) if LONG else (24_000, 1.2)
"""Characters, and CPU seconds allowed."""
RULES = Settings(ner=(), tagger=())

# Calls whose pattern is put together as they run, and why none is missed.
BUILT = {
    "evidence.words": "escaped words of a query",
    "pipeline.cues": "rows of cues.tsv: load_cues() is asked below",
    "studies.adverse_event_cues": "functions that make the constants, which are found",
    "studies.delivery_cues": "the same",
    "studies.design_cues": "the same",
    "studies.doses": "the same",
    "studies.durations": "the same",
    "studies.measure_cues": "the same",
    "studies.modality_cues": "the same",
    "studies.sex": "the same",
    "studies.decision": "a table of words, whose patterns are found",
    "studies.phase_parent": "the escaped name of a trial",
    "studies.reading": "escaped triggers",
}


collected = lru_cache(maxsize=1)(collect)


@lru_cache(maxsize=1)
def found() -> tuple[Found, ...]:
    from leukonlp.pipeline.cues import load_cues

    patterns, _ = collected()
    cues = load_cues()
    made = [*cues.by_kind.values(), *cues.screens.values()]
    return (*patterns, *(Found("leukonlp.pipeline.cues.load_cues", pattern) for pattern in made))


def test_every_pattern_is_collected(tally: Tally) -> None:
    patterns, open_calls = collected()
    tally(patterns=len(found()))
    assert len(patterns) > 600
    places = {call.split(":")[0].removeprefix("leukonlp.") for call in open_calls}
    assert places == set(BUILT)
    assert {f.where.split(".")[1] for f in patterns} >= {
        "studies",
        "pipeline",
        "sources",
        "report",
        "lexicon",
    }


def test_what_runs_long_is_noticed() -> None:
    import re

    bad = re.compile(r"\b(?:\w+ )*trial\b")
    assert any(seconds(_search(bad, text), ALONE[1]) > ALONE[1] for text in attacks(bad, ALONE[0]))
    worse = re.compile(r"(?:a+)+b")
    assert any(seconds(_search(worse, text), ALONE[1]) > ALONE[1] for text in attacks(worse, ALONE[0]))


def _search(pattern: object, text: object) -> Callable[[], object]:
    return lambda: [None for _ in pattern.finditer(text)]  # type: ignore[attr-defined]


def _annotate(text: str, folder: Path) -> object:
    from leukonlp.workflow.workers import annotate_records

    assert sentences(text) is not None
    inline_sections(text)
    body = Abstract("1", "Treatment of Krabbe disease in nine infants", text)
    sectioned = Abstract("2", "Krabbe", text, sections=(Section(7, 7 + len(text), "METHODS", "methods"),))
    done = list(annotate_records([body, sectioned, Abstract("3", text, "")], settings=RULES))
    assert all(isinstance(d, Study) or (isinstance(d, Failure) and d.kind == "no_text") for d in done)
    return done


def _tokens(text: str, folder: Path) -> object:
    from leukonlp.pipeline.recogniser.tokenizer import places_of, spaced_words

    return spaced_words(text), places_of(text)


def _read(text: str | bytes, folder: Path) -> object:
    from leukonlp.sources import read

    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    line = raw.replace(b"\n", b" ")
    files = {
        "a.xml": b"<PubmedArticleSet>"
        + raw
        + b"<PubmedArticle>"
        + raw
        + b"</PubmedArticle></PubmedArticleSet>",
        "b.xml": raw,
        "c.nbib": b"PMID- 1\nTI  - x\nAB  - "
        + line
        + b"\nRN  - "
        + line
        + b"\nCON - "
        + line
        + b"\nDP  - "
        + line,
        "d.txt": raw,
    }
    done = []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        try:
            done += list(read([folder / name]))
        except LeukonlpError as error:
            done.append(str(error))
    return done


def _ask(text: str | bytes, folder: Path) -> object:
    from leukonlp.sources import retry
    from leukonlp.sources.corpus import load_corpus
    from leukonlp.sources.query import build_term, check_pmids

    words = text if isinstance(text, str) else text.decode("utf-8", "replace")
    (folder / "x.toml").write_text(
        "name = 'x'\ndescription = 'x'\ndate = 2020-01-01\n[include.x]\nwords = ['"
        + words.replace("'", "").replace("\\", "").replace("\n", " ").replace("\0", "")
        + "']\n"
    )
    for work in (
        lambda: check_pmids([words]),
        lambda: build_term("x", mindate=words),
        lambda: load_corpus(folder / "x.toml"),
    ):
        try:
            work()
        except (LeukonlpError, ValueError):
            continue
    return retry.plain(words.encode())


USERS: dict[str, tuple[Callable[..., object], ...]] = {
    "pipeline.recogniser": (_tokens,),
    "sources": (_read, _ask),
    "studies": (_annotate,),
    "pipeline": (_annotate,),
    "lexicon": (_annotate,),
    "structure": (_annotate,),
}


def _users(where: str) -> tuple[Callable[..., object], ...]:
    name = where.removeprefix("leukonlp.")
    return next(users for start, users in USERS.items() if name.startswith(start))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_no_pattern_runs_long(part: int, tmp_path: Path, tally: Tally) -> None:
    at_start = only_at_start()
    _annotate("warm", tmp_path)
    for item in found()[part::8]:
        once = item.where.rsplit(".", 1)[-1] in at_start
        slow = []
        for text in attacks(item.pattern, ALONE[0], all_of_them=LONG):
            tally(strings=1)
            work = (lambda p=item.pattern, t=text: p.match(t)) if once else _search(item.pattern, text)
            if seconds(work, ALONE[1]) > ALONE[1] and seconds(work, ALONE[1]) > ALONE[1]:
                slow.append(text)
                break
        for text in slow:
            longer = text[:-1] * (WHOLE[0] // len(text)) + text[-1:]
            for user in _users(item.where):
                took = min(seconds(lambda u=user, t=longer: u(t, tmp_path), 3 * WHOLE[1]) for _ in range(2))
                assert took < WHOLE[1], f"{item.where} on {text[:80]!r}..."
