"""A real disk that is full: a small tmpfs, where mounting is allowed. test_faults.py limits files instead."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from leukonlp.evidence import EvidenceIndex

from ..conftest import Tally  # noqa: TID252
from ..sources.fake_eutils import FakeEutils  # noqa: TID252
from .test_faults import RULES, annotate, content, index, left, many, run
from .test_faults_of_downloads import FIRST, connected, elsewhere, stored

__all__ = ["many"]
SMALL = 200 * 1024


class Disk:
    """A folder on a tmpfs of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, room: int) -> None:
        """Leave about ``room`` bytes free."""
        block = b"x" * 4096
        with (self.folder / "filler").open("wb", buffering=0) as file:
            for _ in range((SMALL - room) // len(block)):
                file.write(block)

    def grow(self) -> None:
        """Make room, as a user would."""
        (self.folder / "filler").unlink()
        _mount("-o", "remount,size=64m", str(self.folder))


def _mount(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False)


@pytest.fixture
def disk(tmp_path: Path, tally: Tally) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        done = _mount("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder))
    except OSError as error:
        pytest.skip(f"no small disk can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    tally(disks=1)
    yield Disk(folder)
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("room", [0, 8_192, 100_000])
def test_annotating(room: int, many: Path, disk: Disk, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.jsonl", disk.folder / "out.jsonl"
    assert run(annotate(many, whole))[0] == 0
    assert whole.stat().st_size > room
    disk.fill(room)
    code, said = run(annotate(many, out))
    assert code == 2
    assert "No space left on device" in said
    assert not out.exists()
    disk.grow()
    assert run(annotate(many, out))[0] == 0
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("room", [0, 8_192, 120_000])
def test_indexing(room: int, many: Path, disk: Disk, tmp_path: Path) -> None:
    whole, db = tmp_path / "whole.db", disk.folder / "evidence.db"
    assert run(index(many, whole))[0] == 0
    disk.fill(room)
    code, said = run(index(many, db))
    assert code == 2
    assert said.count("leukonlp: ") == 1
    assert str(db) in said
    disk.grow()
    assert run(index(many, db))[0] == 0
    assert content(db) == content(whole)
    with EvidenceIndex(db, readonly=True) as held:
        assert held.validate() == []


@pytest.mark.parametrize("form", ["report", "csv", "xlsx", "bioc", "ris"])
def test_reports_and_exports(form: str, many: Path, disk: Disk, tmp_path: Path) -> None:
    db, out = tmp_path / "evidence.db", disk.folder / "out.file"
    assert run(index(many, db))[0] == 0
    command = ["report"] if form == "report" else ["export", "--format", form]
    disk.fill(4_096)
    code, said = run([*command, "--db", str(db), "--out", str(out)])
    assert (code, said.count("leukonlp: ")) == (2, 1)
    assert left(disk.folder) == {"filler"}
    disk.grow()
    assert run([*command, "--db", str(db), "--out", str(out)])[0] == 0
    assert out.stat().st_size > 4_096


def test_fetching(disk: Disk, tmp_path: Path) -> None:
    with elsewhere(FakeEutils.of(1_000)) as url:
        patch = connected(url, FIRST)
        command = ["fetch", "white matter", "--email", "a@example.org", "--out"]
        assert run([*command, str(tmp_path / "whole")], patch)[0] == 0
        out = disk.folder / "records"
        disk.fill(30_000)
        code, said = run([*command, str(out)], patch)
        assert code == 2
        assert "No space left on device" in said
        disk.grow()
        assert run([*command, str(out)], patch)[0] == 0
        assert stored(out) == stored(tmp_path / "whole")


def test_a_command_that_cannot_write_its_list_of_failures(many: Path, disk: Disk) -> None:
    """Nothing that failed goes unnamed, not even when its list finds no room."""
    bad = disk.folder.parent / "bad.jsonl"
    bad.write_text("{broken}\n" * 3_000 + many.read_text().splitlines()[0] + "\n")
    disk.fill(16_384)
    code, said = run(["annotate", str(bad), "--out", str(disk.folder / "out.jsonl"), *RULES])
    assert code == 2
    assert "No space left on device" in said
