"""Answers on disk: whole or not there, checked on reading, one writer."""

from __future__ import annotations

import contextlib
import errno
import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leukonlp.errors import FetchError, SettingsError
from leukonlp.sources import cache
from leukonlp.sources.cache import STATE, AnswerStore


def visible(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if not path.name.startswith("."))


def fill(out: Path, *batches: list[str]) -> None:
    with AnswerStore(out) as store:
        for pmids in batches:
            store.add(f"<set>{pmids}</set>".encode(), pmids)


def test_an_answer_comes_back_byte_by_byte(tmp_path: Path) -> None:
    with AnswerStore(tmp_path / "new" / "out") as store:
        path = store.add(b"<PubmedArticleSet/>", ["1", "2"])
        assert store.pmids == {"1", "2"}
    assert gzip.decompress(path.read_bytes()) == b"<PubmedArticleSet/>"
    with AnswerStore(tmp_path / "new" / "out") as again:
        assert again.pmids == {"1", "2"}
        assert again.files == (path,)
        assert again.damaged == ()


def test_only_record_files_are_to_be_seen(tmp_path: Path) -> None:
    fill(tmp_path, ["1"], ["2"])
    assert visible(tmp_path) == ["pubmed-000001.xml.gz", "pubmed-000002.xml.gz"]


def test_equal_answers_make_equal_files(tmp_path: Path) -> None:
    fill(tmp_path / "a", ["1"])
    fill(tmp_path / "b", ["1"])
    name = "pubmed-000001.xml.gz"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_is_found_and_the_file_set_aside(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    out = tmp_path_factory.mktemp("out")
    fill(out, ["1"], ["2"], ["3"])
    path = out / "pubmed-000002.xml.gz"
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= change
    path.write_bytes(content)
    with AnswerStore(out) as store:
        assert store.damaged == ("pubmed-000002.xml.gz",)
        assert store.pmids == {"1", "3"}
        assert visible(out) == ["pubmed-000001.xml.gz", "pubmed-000003.xml.gz"]
        assert store.add(b"again", ["2"]) == path, "the gap is filled"
    with AnswerStore(out) as store:
        assert (store.pmids, store.damaged) == ({"1", "2", "3"}, ())


def test_a_file_that_was_deleted_is_forgotten(tmp_path: Path) -> None:
    fill(tmp_path, ["1"], ["2"])
    (tmp_path / "pubmed-000001.xml.gz").unlink()
    with AnswerStore(tmp_path) as store:
        assert (store.pmids, store.damaged) == ({"2"}, ())


@pytest.mark.parametrize(
    "torn", [b'{"file":"pubmed-0000', b"\xff\xfe", b"[]", b"{}", b'{"file":3}', b"null\n"]
)
def test_a_torn_journal_line_costs_nothing_else(tmp_path: Path, torn: bytes) -> None:
    fill(tmp_path, ["1"])
    with (tmp_path / STATE / "journal.jsonl").open("ab") as journal:
        journal.write(torn)
    fill(tmp_path, ["2"])
    with AnswerStore(tmp_path) as store:
        assert store.pmids == {"1", "2"}


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", range(1, 8))
def test_killed_at_any_step_leaves_whole_known_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    fill(tmp_path, ["1"])
    done = 0

    def counted(function: object) -> object:
        def run(*args: object) -> object:
            nonlocal done
            done += 1
            if done == step:
                raise Killed
            return function(*args)  # type: ignore[operator]

        return run

    with AnswerStore(tmp_path) as store, monkeypatch.context() as patch:
        patch.setattr(cache.os, "fsync", counted(os.fsync))
        patch.setattr(cache.os, "replace", counted(os.replace))
        with contextlib.suppress(Killed):
            store.add(b"two", ["2"])
    with AnswerStore(tmp_path) as store:
        assert store.pmids == {"1"} | ({"2"} if len(store.files) == 2 else set())
        assert [path.name for path in store.files] == visible(tmp_path)
        assert not list(store.state.glob("*.tmp"))
        assert store.damaged == ()


def test_a_name_in_the_journal_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "precious.xml.gz"
    outside.write_bytes(b"precious")
    out = tmp_path / "out"
    fill(out, ["1"])
    line = json.dumps({"file": "../precious.xml.gz", "sha256": "0", "pmids": ["9"]})
    (out / STATE / "journal.jsonl").write_text(line + "\n")
    with AnswerStore(out) as store:
        assert store.pmids == frozenset()
    assert outside.read_bytes() == b"precious"


def test_a_foreign_file_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "pubmed-000001.xml.gz").write_bytes(b"someone else's")
    fill(tmp_path, ["1"])
    assert (tmp_path / "pubmed-000001.xml.gz").read_bytes() == b"someone else's"
    with AnswerStore(tmp_path) as store:
        assert [path.name for path in store.files] == ["pubmed-000002.xml.gz"]


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with (
        AnswerStore(tmp_path),
        pytest.raises(SettingsError, match="another leukonlp fetch"),
        AnswerStore(tmp_path),
    ):
        pass
    with AnswerStore(tmp_path) as store:
        assert store.pmids == frozenset()


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsError, match=r"cannot write to .*file.*--out"), AnswerStore(tmp_path / "file"):
        pass


def test_a_full_disk_is_a_fetch_error_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with AnswerStore(tmp_path) as store:
        store.add(b"one", ["1"])
        with monkeypatch.context() as patch:
            patch.setattr(cache.os, "fsync", full)
            with pytest.raises(FetchError, match="No space left"):
                store.add(b"two", ["2"])
            with pytest.raises(FetchError, match="No space left"):
                store.write_manifest({})
        assert store.pmids == {"1"}
    with AnswerStore(tmp_path) as store:
        assert store.pmids == {"1"}


def test_the_manifest_comes_back_and_a_broken_one_is_none(tmp_path: Path) -> None:
    with AnswerStore(tmp_path) as store:
        assert store.read_manifest() == {}
        store.write_manifest({"query": "Aicardi–Goutières"})
        assert store.read_manifest() == {"query": "Aicardi–Goutières"}
        for broken in (b"{", b"[]", b"\xff"):
            (store.state / "manifest.json").write_bytes(broken)
            assert store.read_manifest() == {}
