"""Same input, same bytes: whatever the hash seed, the order of the files and the batch."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.packaged import packaged
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.indexing import build_index

RULES = Settings(ner=(), tagger=())
SCRIPT = """
import sys
from pathlib import Path
from leukonlp.cli import main

out, *inputs = sys.argv[1:]
folder = Path(out)
rules = ["--no-ner", "--no-tagger"]
assert main(["annotate", *inputs, "--out", str(folder / "a.jsonl"), *rules]) == 0
assert main(["index", *inputs, "--db", str(folder / "e.db"), *rules]) == 0
for format in ("csv", "ris", "bibtex", "bioc"):
    target = ["--format", format, "--out", str(folder / format)]
    assert main(["export", "--db", str(folder / "e.db"), *target]) == 0
assert main(["report", "--db", str(folder / "e.db"), "--out", str(folder / "r.html")]) == 0
"""


def content(db: Path) -> list[str]:
    """Everything but the pages of the full-text index, which keep the order of writing."""
    connection = sqlite3.connect(db)
    try:
        return [line for line in connection.iterdump() if "study_text_" not in line and "PRAGMA" not in line]
    finally:
        connection.close()


@pytest.mark.slow
def test_any_hash_seed(tmp_path: Path) -> None:
    (source,) = list(packaged("corpora/sample").glob("*-1.xml"))
    found = []
    for seed in ("0", "4242"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder), str(source)],
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        digests = {
            p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.suffix != ".db"
        }
        found.append((digests, content(folder / "e.db")))
    assert len(found[0][0]) == 6
    assert found[0] == found[1]


def test_any_batch(tmp_path: Path) -> None:
    (source,) = list(packaged("corpora/sample").glob("*-2.xml"))
    outputs = set()
    for size in (1, 5, 64):
        out = tmp_path / f"{size}.jsonl"
        annotate_files([source], out, settings=Settings(ner=(), tagger=(), batch_size=size))
        outputs.add(out.read_bytes())
    assert len(outputs) == 1


def test_any_order_of_the_files(tmp_path: Path) -> None:
    """JSONL follows the order given, a folder the order of its names; an index knows no order."""
    sources = sorted(packaged("corpora/sample").glob("*.xml"))
    build_index(sources, tmp_path / "a.db", settings=RULES)
    build_index(sources[::-1], tmp_path / "b.db", settings=RULES)
    assert content(tmp_path / "a.db") == content(tmp_path / "b.db")
    folder = tmp_path / "folder"
    folder.mkdir()
    for source in sources[::-1]:  # made in another order than that of their names
        (folder / source.name).write_bytes(source.read_bytes())
    annotate_files([folder], tmp_path / "folder.jsonl", settings=RULES)
    annotate_files(sources, tmp_path / "files.jsonl", settings=RULES)
    assert (tmp_path / "folder.jsonl").read_bytes() == (tmp_path / "files.jsonl").read_bytes()
