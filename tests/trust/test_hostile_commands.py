"""Commands on hostile files: every fault is told, nothing beside it is lost, no name steers a terminal."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract, Mention, Study, Tag
from leukonlp.workflow.workers import annotate_records

from ..conftest import Tally  # noqa: TID252
from .samples import JSONL, NBIB, XML
from .test_faults import RULES, run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
TITLE = "Krabbe disease \x1b[2J\x9b31m\x07 \u202eesaesid"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")

# By name: its bytes, and how many records it costs; None where no reader takes the file at all.
FILES: dict[str, tuple[bytes, int | None]] = {
    "laughs.xml": (
        XML.replace(b"<PubmedArticleSet>", b'<!DOCTYPE x [<!ENTITY a "ha">]><PubmedArticleSet>'),
        1,
    ),
    "bomb.jsonl.gz": (gzip.compress(JSONL + b" " * 50_000_000), 1),
    "cut.xml.gz": (gzip.compress(XML)[:-60], 1),
    "nul.nbib": (NBIB.replace(b"TI  - Krabbe", b"TI  - Kra\xffbbe", 1), 1),
    "latin.jsonl": (JSONL.replace(b"Krabbe", b"Kr\xffbbe", 1), 1),
    "deep.xml": (XML.replace(b"nine", b"<i>" * 100_000, 1), 1),
    "long.jsonl": (JSONL.replace(b"Nine", b"Nine" + b" very" * 2_000_000, 1), 1),
    "letters.xml": (XML.replace(b">11<", b">../../x<"), 1),
    "surrogate.jsonl": (b'{"pmid": "5", "title": "\\ud800 Krabbe"}\n', 0),
    "deep.jsonl": (JSONL.replace(b'"Krabbe disease"', b"[" * 100_000, 1), 1),
    "empty.xml": (b"", 1),
    "esc\x1b[2J.jsonl": (b'{"broken\n', 1),
    "program.jsonl": (b"\x7fELF" + bytes(range(256)), None),
    "list.jsonl": (b"[1, 2]\n", None),
    "database.xml": (b"SQLite format 3\0" + bytes(4_000), None),
    "esc\x1b]0;x\x07.txt": (b"\0\1\2", None),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, sound records before and behind them, a link to itself, and a folder named as a file."""
    list(annotate_records([Abstract("1", "Krabbe disease")], settings=Settings(ner=(), tagger=())))
    folder = tmp_path_factory.mktemp("hostile")
    for name, (data, _) in FILES.items():
        (folder / name).write_bytes(data)
    for name, pmid in (("a.jsonl", "901"), ("zz.jsonl", "902")):
        (folder / name).write_text(json.dumps({"pmid": pmid, "title": "Krabbe disease"}) + "\n")
    (folder / "loop.xml").symlink_to(folder / "loop.xml")
    (folder / "folder.xml").mkdir()
    return folder


def failed(path: Path) -> dict[str, int]:
    """How many failures the list has of each file."""
    names = [Path(json.loads(line)["source"]).name for line in path.read_text(encoding="utf-8").splitlines()]
    return {name: names.count(name) for name in names}


Command = Callable[[Path, Path], list[str]]


@pytest.mark.parametrize(
    ("command", "errors"),
    [
        (
            lambda folder, out: ["annotate", str(folder), "--out", str(out / "x.jsonl"), *RULES],
            "x.errors.jsonl",
        ),
        (lambda folder, out: ["index", str(folder), "--db", str(out / "x.db"), *RULES], "x.errors.jsonl"),
    ],
    ids=["annotate", "index"],
)
def test_a_folder_of_hostile_files(
    command: Command, errors: str, hostile: Path, tmp_path: Path, tally: Tally
) -> None:
    code, said = run(command(hostile, tmp_path))
    assert code == 1, said
    assert not STEERING.search(said)
    assert said.count("\n") == 5, "a line of counts, three failures, and where the others stand"
    found = failed(tmp_path / errors)
    wanted = {name: number for name, (_, number) in FILES.items() if number}
    assert found == {**wanted, "loop.xml": 1}
    assert f"{sum(number is None for _, number in FILES.values())} files of no known kind" in said
    tally(hostile_files=len(FILES) + 2)
    if "annotate" in command(hostile, tmp_path):
        lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
        pmids = {json.loads(line)["pmid"] for line in lines}
    else:
        with EvidenceIndex(tmp_path / "x.db", readonly=True) as index:
            assert index.validate() == []
            pmids = {study.pmid for study in index.studies()}
    assert {"901", "902"} <= pmids


def test_nothing_already_written_is_harmed(hostile: Path, tmp_path: Path) -> None:
    out, db = tmp_path / "x.jsonl", tmp_path / "x.db"
    assert run(["annotate", str(hostile / "a.jsonl"), "--out", str(out), *RULES])[0] == 0
    assert run(["index", str(hostile / "a.jsonl"), "--db", str(db), *RULES])[0] == 0
    before = out.read_bytes()
    for name, (_, number) in FILES.items():
        if number is None:
            path = str(hostile / name)
            assert run(["annotate", path, "--out", str(out), *RULES])[0] == 2, name
            assert run(["index", path, "--db", str(db), *RULES])[0] == 2, name
    assert out.read_bytes() == before
    with EvidenceIndex(db, readonly=True) as index:
        assert index.validate() == []
        assert [study.pmid for study in index.studies()] == ["901"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["annotate", "no\x1b[2J.xml", "--out", "x.jsonl"],
        ["index", "no\x1b[2J.xml", "--db", "x.db"],
        ["search", "--db", "no\x1b[2J.db", "Krabbe"],
        ["report", "--db", "no\x1b[2J.db", "--out", "x.html"],
        ["score", "--gold", "no\x1b[2J.jsonl"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_names_of_files_do_not_steer_the_terminal(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = run(arguments)
    assert code == 2
    assert "\\x1b" in said
    assert not STEERING.search(said)


def test_words_of_an_index_do_not_steer_the_terminal(tmp_path: Path) -> None:
    """Annotated lines keep their text as it is, since offsets hold to it."""
    lines, db = tmp_path / "x.jsonl", tmp_path / "x.db"
    mention = Mention(0, 14, "Krabbe disease", "disease", "MONDO:0009499", "Krabbe disease")
    lines.write_text(json.dumps(Study(Abstract("7", TITLE), (mention,), relevant=Tag(True)).to_dict()) + "\n")
    assert run(["index", str(lines), "--db", str(db), *RULES])[0] == 0
    for command in (
        ["search", "--db", str(db), "Krabbe"],
        ["status", "--db", str(db)],
        ["validate", "--db", str(db)],
    ):
        code, said = run(command)
        assert code == 0
        assert not STEERING.search(said), said
    assert "\\x1b[2J" in run(["search", "--db", str(db), "Krabbe"])[1]
