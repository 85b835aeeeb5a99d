"""``sources.read``: any mix of inputs, in the order given; nothing unreadable passes in silence."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract, Failure
from leukonlp.sources import read

XML = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>X</ArticleTitle>"
    "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
NBIB = "PMID- 2\nTI  - N\n"
JSONL = '{"pmid": "3", "title": "J"}\n'


def pmids(*inputs: Path | str) -> list[str | None]:
    return [record.pmid for record in read(inputs)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file of every kind under misleading names, two of no kind, one empty, and hidden ones."""
    top = tmp_path / "records"
    (top / "b" / ".hidden").mkdir(parents=True)
    (top / "a.json").write_text(XML)
    (top / "b" / "c.xml").write_bytes(gzip.compress(NBIB.encode()))
    (top / "b" / ".hidden" / "x.jsonl").write_text(JSONL)
    (top / "z.bin").write_text(JSONL)
    (top / "note.txt").write_text("A title\nWords.")
    (top / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (top / "empty.xml").write_bytes(b"")
    (top / ".DS_Store").write_bytes(b"\0\1")
    return top


def test_a_folder_is_read_in_sorted_order_and_nothing_passes_in_silence(folder: Path) -> None:
    records = list(read([folder]))
    assert [r.pmid for r in records if isinstance(r, Abstract)] == ["1", "note", "3", "2"]
    failures = {Path(r.source).name: r.reason for r in records if isinstance(r, Failure)}
    assert failures["empty.xml"] == "is empty; fetch or write it again"
    assert "none of: PubMed XML" in failures["photo.jpg"]
    assert len(failures) == 2


def test_what_is_no_record_file_is_passed_over_and_told(folder: Path) -> None:
    told: list[str] = []
    records = list(read([folder], on_unknown=told.append))
    assert told == [str(folder / "photo.jpg")]
    assert [Path(r.source).name for r in records if isinstance(r, Failure)] == ["empty.xml"]


def test_what_the_run_writes_is_left_out_of_folders_only(folder: Path) -> None:
    """Regression: an output inside the folder of inputs grew with each run."""
    own = folder / "z.bin"
    left = read([folder], leave_out=[own])
    assert [r.pmid for r in left if isinstance(r, Abstract)] == ["1", "note", "2"]
    assert [r.pmid for r in read([own], leave_out=[own])] == ["3"]


def test_failures_are_no_records(folder: Path) -> None:
    """Regression: the list of failed records came back as empty studies."""
    line = json.dumps(Failure("a.xml", 3, "no title", pmid="8").to_dict()) + "\n"
    listed = folder / "b" / "out.errors.jsonl"
    listed.write_text(line)
    told: list[str] = []
    assert [r.pmid for r in read([folder / "b"], on_unknown=told.append)] == ["2"]
    assert told == [str(listed)]
    with pytest.raises(InputError, match="is a list of records that failed"):
        read([listed])
    mixed = folder / "mixed.jsonl"
    mixed.write_text(JSONL + line)
    record, failure = read([mixed])
    assert record.pmid == "3"  # type: ignore[union-attr]
    assert isinstance(failure, Failure)
    assert (failure.position, failure.pmid) == (2, None)
    assert "is a line of a list of records that failed" in failure.reason


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jsonl", '{"pmid": "8", "title": " ", "abstract": ""}\n', "no_text"),
        ("a.jsonl", '{"pmid": "8", "TI": "Krabbe disease"}\n', "malformed"),
        ("a.nbib", "PMID- 8\nDP  - 2020\n", "no_text"),
        ("a.xml", XML.replace("<PMID>1", "<PMID>8").replace(">X<", "><"), "no_text"),
    ],
)
def test_a_record_without_any_words_is_listed(name: str, data: str, kind: str, tmp_path: Path) -> None:
    """PubMed has such records, and they sink no run; a line whose words have another key is a mistake."""
    path = tmp_path / name
    path.write_text(data)
    (failure,) = read([path])
    assert isinstance(failure, Failure)
    assert (failure.source, failure.pmid) == (str(path), "8")
    assert 'no "title", "abstract"' in failure.reason or "neither a title nor an" in failure.reason
    assert failure.kind == kind


def test_inputs_are_read_in_the_order_given(folder: Path) -> None:
    files = [folder / "z.bin", folder / "a.json", folder / "b" / "c.xml"]
    assert pmids(*files) == ["3", "1", "2"]
    assert pmids(*map(str, reversed(files))) == ["2", "1", "3"]
    assert pmids() == []


def test_one_path_alone_is_an_input(folder: Path) -> None:
    assert [r.pmid for r in read(str(folder / "z.bin"))] == ["3"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.xml", "cannot read .*absent.xml: No such file or directory; check the path"),
        ("photo.jpg", "photo.jpg begins with .* none of: PubMed XML, nbib"),
        ("b/.hidden/none", "holds no files; name one with"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(folder: Path, name: str, message: str) -> None:
    (folder / "b" / ".hidden" / "none").mkdir()
    with pytest.raises(InputError, match=message):
        read([folder / "z.bin", folder / name])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(folder: Path) -> None:
    (folder / "a.json").chmod(0)
    with pytest.raises(InputError, match="Permission denied"):
        read([folder / "a.json"])
    assert any(isinstance(r, Failure) and r.kind == "error" for r in read([folder]))


def test_a_file_that_vanishes_while_reading_is_a_failure(folder: Path) -> None:
    records = read([folder / "z.bin", folder / "a.json"])
    assert next(records).pmid == "3"  # type: ignore[union-attr]
    (folder / "a.json").unlink()
    (failure,) = records
    assert isinstance(failure, Failure)
    assert failure.kind == "error"


def test_damaged_gzip_is_a_failure_even_at_its_start(tmp_path: Path) -> None:
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress(XML.encode())[:12])
    (failure,) = read([path])
    assert isinstance(failure, Failure)
    assert "gzip data is cut off" in failure.reason


@pytest.mark.parametrize(("data", "pmid"), [(JSONL, "3"), (XML, "1"), (NBIB, "2")])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, pmid: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert pmids("-") == [pmid]
    assert not sys.stdin.buffer.closed


def test_standard_input_that_is_empty_or_of_no_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (failure,) = read("-")
    assert isinstance(failure, Failure)
    assert (failure.source, failure.reason) == ("-", "is empty; fetch or write it again")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    with pytest.raises(InputError, match="- begins with b'words'"):
        pmids("-")
    with pytest.raises(InputError, match="named twice"):
        read(["-", "-"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(JSONL,))
    writer.start()
    assert pmids(pipe) == ["3"]
    writer.join()


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "title": "x" * 300}))
    (failure,) = read([path], settings=Settings(max_record_bytes=100))
    assert isinstance(failure, Failure)
    assert failure.kind == "too_large"


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(JSONL * 3)
    records = read([path])
    assert next(records).pmid == "3"  # type: ignore[union-attr]
    assert len(list(records)) == 2


def test_importing_sources_loads_no_parser() -> None:
    import subprocess

    code = "import sys, leukonlp.sources; print([m for m in ('lxml', 'Bio', 'spacy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
