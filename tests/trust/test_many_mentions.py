"""Records so full of names that no real one comes near: either done, or listed with the limit they cross."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract, Failure, Mention, Study
from leukonlp.sources import read
from leukonlp.workflow.workers import annotate_records

from ..conftest import Tally  # noqa: TID252
from .test_faults import RULES, Child

pytestmark = pytest.mark.slow

LONG = os.environ.get("LEUKONLP_TRUST") == "long"
RECORDS, NAMES = (21, 48_000) if LONG else (3, 2_000)
"""In the long form more than a million mentions in all."""
NAME = "MLD "
MEMORY = 6 * 2**30
"""Bytes of address space; the models and libraries alone take a third."""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(*arguments: str) -> tuple[int, str]:
    return Child(list(arguments), _limited).finish()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of nothing but names; the pipeline is loaded by the time they are there."""
    list(annotate_records([Abstract("1", "Krabbe disease")], settings=Settings(ner=(), tagger=())))
    path = tmp_path_factory.mktemp("full") / "records.jsonl"
    title = "Metachromatic leukodystrophy (MLD)"
    lines = [{"pmid": str(n), "title": title, "abstract": NAME * NAMES} for n in range(1, RECORDS + 1)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_every_mention_of_a_million_is_kept(full: Path, tmp_path: Path, tally: Tally) -> None:
    out, db = tmp_path / "out.jsonl", tmp_path / "evidence.db"
    code, said = run("annotate", str(full), "--out", str(out), *RULES)
    assert code == 0, said
    total = 0
    with out.open(encoding="utf-8") as lines:
        for line in lines:
            study = Study.from_dict(json.loads(line))
            study.check_offsets()
            total += len(study.mentions)
    assert total == RECORDS * (NAMES + 2)
    code, said = run("index", str(out), "--db", str(db))
    assert code == 0, said
    with EvidenceIndex(db, readonly=True) as index:
        assert index.validate() == []
        assert index.search(disease="MLD").total == RECORDS
        (kept,) = index._connection.execute("SELECT count(*) FROM mentions").fetchone()
    assert kept == total
    tally(mentions=kept)
    code, said = run("report", "--db", str(db), "--out", str(tmp_path / "report.html"))
    assert code == 0, said


def _line(pmid: str, mentions: int) -> str:
    title = "Krabbe disease"
    study = Study(Abstract(pmid, title), (Mention(0, 14, title, "disease", "MONDO:0009499", title),))
    line = study.to_dict()
    line["mentions"] *= mentions
    return json.dumps(line) + "\n"


def test_a_line_over_the_limit_is_listed_and_costs_no_other(full: Path, tmp_path: Path) -> None:
    path, db = tmp_path / "annotated.jsonl", tmp_path / "evidence.db"
    path.write_text(_line("1", 1) + _line("2", 300_000) + _line("3", 1))
    assert path.stat().st_size > Settings().max_record_bytes
    first, failure, last = read([path])
    assert (first.pmid, last.pmid) == ("1", "3")
    assert isinstance(failure, Failure)
    assert failure.kind == "too_large"
    assert "max_record_bytes" in failure.reason
    code, said = run("index", str(path), "--db", str(db))
    assert code == 1, said
    assert "max_record_bytes" in (tmp_path / "evidence.errors.jsonl").read_text()
    with EvidenceIndex(db, readonly=True) as index:
        assert {study.pmid for study in index.studies()} == {"1", "3"}
