"""Folders of shards, here and behind a URL: the same lines as one file, gone on with, and read again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import leukonlp
from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.folders import folder
from leukonlp.workflow.indexing import build_index
from leukonlp.workflow.shards import JOURNAL, annotate_to_shards, is_folder
from leukonlp.workflow.summary import Summary

RULES = Settings(ner=(), tagger=(), batch_size=2)
SIZE = 4


class Stop(Exception):
    """Ends a run from outside."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    lines = [json.dumps({"pmid": str(n), "title": f"Krabbe disease, family {n}"}) for n in range(1, 10)]
    lines[5:5] = ["no JSON", '{"pmid": "98", "title": ""}']
    path = tmp_path / "in" / "records.jsonl"
    path.parent.mkdir()
    path.write_text("".join(line + "\n" for line in lines))
    return path


@pytest.fixture(params=["here", "memory"])
def out(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "here":
        yield f"{tmp_path}/deep/shards/"
        return
    fsspec = pytest.importorskip("fsspec")
    yield "memory://bucket/shards/"
    fsspec.filesystem("memory").store.clear()
    fsspec.filesystem("memory").pseudo_dirs[:] = [""]


def shards(source: Path, out: str, stop: int = 0, **options: bool) -> tuple[str, Summary]:
    told: list[str] = []

    def progress(done: int, expected: int | None = None, /) -> None:
        if done == stop:
            raise Stop

    summary = annotate_to_shards(
        [source], out, settings=RULES, size=SIZE, progress=progress, tell=told.append, **options
    )
    return "\n".join(told), summary


def held(out: str) -> dict[str, bytes]:
    return {name: folder(out).read(name) or b"" for name in folder(out).names()}


def test_joined_they_are_the_one_file(source: Path, out: str, tmp_path: Path) -> None:
    whole = annotate_files([source], tmp_path / "whole.jsonl", settings=RULES)
    _, summary = shards(source, out)
    files = held(out)
    assert list(files) == [
        "studies-00001.jsonl",
        "studies-00002.errors.jsonl",
        "studies-00002.jsonl",
        "studies-00003.jsonl",
    ]
    errors = files.pop("studies-00002.errors.jsonl")
    assert b"".join(files.values()) == (tmp_path / "whole.jsonl").read_bytes()
    assert errors == (tmp_path / "whole.errors.jsonl").read_bytes()
    assert (summary.counts, summary.failures) == (whole.counts, whole.failures)
    assert summary.errors == f"{out}studies-*.errors.jsonl"


@pytest.mark.parametrize("stop", range(1, 12))
def test_it_goes_on_behind_the_last_whole_shard(stop: int, source: Path, out: str, tmp_path: Path) -> None:
    other = f"{tmp_path}/undisturbed/"
    _, expected = shards(source, other)
    with pytest.raises(Stop):
        shards(source, out, stop)
    told, summary = shards(source, out)
    kept = (stop - 1) // SIZE * SIZE
    assert told == (
        f"an earlier run had done {kept} records; going on behind them (--fresh starts anew)" if kept else ""
    )
    assert held(out) == held(other)
    assert (summary.counts, summary.failures) == (expected.counts, expected.failures)


def test_changed_inputs_start_anew(source: Path, out: str, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        shards(source, out, 10)
    source.write_text('{"pmid": "1", "title": "Canavan disease"}\n')
    told, _ = shards(source, out)
    assert told == "an earlier run had done 8 records, but the inputs changed since; starting anew"
    assert list(held(out)) == ["studies-00001.jsonl"]
    assert b"Canavan" in held(out)["studies-00001.jsonl"]


def test_shards_of_a_run_that_ended_are_not_replaced_unasked(source: Path, out: str) -> None:
    shards(source, out)
    before = held(out)
    with pytest.raises(InputError, match="holds the shards of an earlier run; name an empty folder, or"):
        shards(source, out)
    source.write_text('{"pmid": "1", "title": "Canavan disease"}\n')
    assert held(out) == before
    shards(source, out, fresh=True)
    assert list(held(out)) == ["studies-00001.jsonl"]


def test_other_files_are_left_alone(source: Path, out: str) -> None:
    with folder(out).writing("mine.jsonl") as file:
        file.write(b"{}\n")
    with pytest.raises(InputError, match=r"holds 'mine\.jsonl', which is no shard"):
        shards(source, out, fresh=True)
    assert held(out) == {"mine.jsonl": b"{}\n"}


def test_what_a_killed_run_left_half_written_goes(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(Stop):
        shards(source, f"{out}/", 6)
    assert (out / JOURNAL).exists()
    (out / ".studies-00002.jsonl.a1b2c3d4").write_bytes(b"half a li")
    shards(source, f"{out}/")
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_a_folder_that_is_read_is_not_written_into(source: Path, tmp_path: Path) -> None:
    for name in (f"{source.parent}/", f"{source.parent}/out/"):
        with pytest.raises(InputError, match="which is read; name another folder"):
            annotate_to_shards([source.parent], name, settings=RULES)
    with pytest.raises(InputError, match="which is read; name another folder"):
        annotate_to_shards(["memory://bucket"], "memory://bucket/out/", settings=RULES)


def test_which_outputs_are_folders() -> None:
    assert is_folder("out/")
    assert is_folder("s3://bucket/out/")
    assert not is_folder("out.jsonl")
    with pytest.raises(InputError, match="end it with a slash: s3://bucket/out/"):
        is_folder("s3://bucket/out")


def dump(db: Path) -> list[str]:
    connection = sqlite3.connect(db)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_an_index_of_shards_is_that_of_the_one_file(source: Path, out: str, tmp_path: Path) -> None:
    annotate_files([source], tmp_path / "whole.jsonl", settings=RULES)
    shards(source, out)
    build_index([tmp_path / "whole.jsonl"], tmp_path / "whole.db", settings=RULES)
    for n, place in enumerate((out, f"{out}studies-0000?.jsonl")):
        summary = build_index([place], tmp_path / f"{n}.db", settings=RULES)
        assert dict(summary.counts) == {"indexed": 9}
        assert dump(tmp_path / f"{n}.db") == dump(tmp_path / "whole.db")


def test_records_behind_a_url_are_read_like_files(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://lake/a.jsonl", "wb") as file:
        file.write(b'{"pmid": "1", "title": "Krabbe disease"}\n')
    with fsspec.open("memory://lake/.hidden/b.jsonl", "wb") as file:
        file.write(b'{"pmid": "2", "title": "Krabbe disease"}\n')
    for name in ("memory://lake/a.jsonl", "memory://lake", "memory://lake/*.jsonl"):
        assert [record.pmid for record in leukonlp.read(name)] == ["1"], name
        assert all(isinstance(record, Abstract) for record in leukonlp.read(name))
    with pytest.raises(InputError, match=r"cannot read memory://lake/absent\.jsonl"):
        leukonlp.read("memory://lake/absent.jsonl")
    with pytest.raises(InputError, match="cannot reach nowhere://x"):
        leukonlp.read("nowhere://x")


def test_the_command(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = f"{tmp_path}/out/"
    code = cli.main(["annotate", str(source), "--out", out, "--no-ner", "--no-tagger"])
    said = capsys.readouterr()
    assert code == 1
    assert said.out == f"{out}: 11 records read: 9 annotated, 1 without text, 1 failed\n"
    assert f"all are listed in {out}studies-*.errors.jsonl" in said.err


@pytest.mark.parametrize("fresh", [False, True])
def test_a_second_run_on_one_folder_is_refused(fresh: bool, source: Path, tmp_path: Path) -> None:
    """Regression: two runs at once wrote shards of each other's names, and the journal of the last."""
    out, undisturbed = f"{tmp_path}/shards/", f"{tmp_path}/undisturbed/"
    refused: list[str] = []

    def second(done: int, expected: int | None = None, /) -> None:
        if done == SIZE + 1:
            with pytest.raises(InputError, match="another run is writing there; wait for its end") as caught:
                annotate_to_shards([source], out, settings=RULES, size=SIZE, fresh=fresh)
            refused.append(str(caught.value))

    annotate_to_shards([source], out, settings=RULES, size=SIZE, progress=second)
    assert len(refused) == 1
    assert out in refused[0]
    shards(source, undisturbed)
    assert held(out) == held(undisturbed)
    shards(source, out, fresh=True)  # the lock went with the run
    assert held(out) == held(undisturbed)
