"""A real scheduler of dask and its workers, each a process of its own: the same lines, whoever dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import leukonlp
from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.errors import LeukonlpError, SettingsError
from leukonlp.records import Abstract
from leukonlp.workflow import workers
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.workers import annotate_lines

pytest.importorskip("distributed")

RULES = Settings(ner=(), tagger=(), batch_size=8)
MANY = 1200
DASK = [sys.executable, "-W", "ignore", "-m", "dask"]


class Cluster:
    """A scheduler and workers on loopback, of one thread each and without anybody who starts them again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)
        )
        self.address = str(json.loads(_wait_for_text(file))["address"])
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> None:
        self.workers.append(
            self._start(
                "worker",
                self.address,
                "--nthreads",
                "1",
                "--no-nanny",
                "--local-directory",
                str(self._folder),
            )
        )

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen([*DASK, *arguments, "--no-dashboard"], stderr=log, stdout=log)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _wait_for_text(file: Path) -> str:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if file.exists() and (text := file.read_text()).rstrip().endswith("}"):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{file.name} did not appear")


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    body = "In this phase 1/2 trial {} infants with Krabbe disease had cord blood; nine lived for two years."
    lines = [
        json.dumps({"pmid": str(n), "title": f"Krabbe disease, report {n}", "abstract": body.format(n)})
        for n in range(1, MANY + 1)
    ]
    lines.insert(500, "no JSON")
    path.write_text("".join(line + "\n" for line in lines))
    return path


@pytest.mark.slow
def test_a_worker_is_killed_and_nothing_is_lost_or_there_twice(
    cluster: Cluster, many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    local, out = tmp_path / "local.jsonl", tmp_path / "out.jsonl"
    expected = annotate_files([many], local, settings=RULES)
    for _ in range(3):
        cluster.add_worker()
    killed = []

    def progress(done: int, expected: int | None = None, /) -> None:
        if done >= 200 and not killed:
            cluster.workers[0].kill()
            killed.append(done)

    settings = Settings(ner=(), tagger=(), batch_size=8, backend="dask", scheduler=cluster.address)
    summary = annotate_files([many], out, settings=settings, progress=progress)
    assert killed == [200]
    assert cluster.workers[0].wait(timeout=60) == -9
    assert out.read_bytes() == local.read_bytes()
    assert (
        out.with_name("out.errors.jsonl").read_bytes() == local.with_name("local.errors.jsonl").read_bytes()
    )
    assert (summary.counts, summary.failures) == (expected.counts, expected.failures)

    # The same by the command, into shards, on the two that are left; and by the library.
    capsys.readouterr()
    shards = f"{tmp_path}/shards/"
    engine = ["--backend", "dask", "--scheduler", cluster.address]
    assert cli.main(["annotate", str(many), "--out", shards, *engine, "--no-ner", "--no-tagger"]) == 1
    assert Path(shards, "studies-00001.jsonl").read_bytes() == local.read_bytes()
    few = [Abstract(str(n), f"Krabbe disease in family {n}") for n in range(20)]
    done = leukonlp.annotate(few, backend="dask", scheduler=cluster.address, settings=RULES)
    assert list(done) == list(leukonlp.annotate(few, settings=RULES))

    # A scheduler that goes is told in a line, and what was done is kept.
    out.unlink()

    def stop(done: int, expected: int | None = None, /) -> None:
        if done == 100:
            time.sleep(1.5)  # a line of the journal is due
        if done == 300:
            cluster.scheduler.kill()

    with pytest.raises(LeukonlpError, match="connection to the scheduler of dask was lost"):
        annotate_files([many], out, settings=settings, progress=stop)
    told: list[str] = []
    annotate_files([many], out, settings=RULES, tell=told.append)
    assert "going on behind them" in told[0]
    assert out.read_bytes() == local.read_bytes()


def test_no_scheduler_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    records = [Abstract("1", "Krabbe disease")]
    with pytest.raises(
        SettingsError, match="there is no scheduler; give its address, such as tcp://host:8786"
    ):
        list(leukonlp.annotate(records, backend="dask", settings=RULES))
    with pytest.raises(SettingsError, match="backend is 'cloud'; give one of dask, loky, "):
        list(leukonlp.annotate(records, backend="cloud", settings=RULES))


@pytest.mark.parametrize("backend", ["threading", "multiprocessing", "sequential"])
def test_any_backend_of_joblib_gives_the_same(backend: str) -> None:
    if backend == "multiprocessing" and not hasattr(os, "fork"):
        pytest.skip("needs fork")
    records = [Abstract(str(n), f"Krabbe disease in family {n}") for n in range(30)]
    here = list(annotate_lines(records, settings=RULES))
    there = Settings(ner=(), tagger=(), batch_size=4, jobs=2, backend=backend)
    assert list(annotate_lines(records, settings=there)) == here


def test_the_input_is_read_as_results_are_taken() -> None:
    """Two windows of four chunks for each of two workers, and no more, whoever is slow."""
    read = 0

    def endless() -> Iterator[Abstract]:
        nonlocal read
        while True:
            read += 1
            yield Abstract(str(read), "Krabbe disease")

    there = Settings(ner=(), tagger=(), batch_size=2, jobs=2, backend="threading")
    stream = annotate_lines(endless(), settings=there)
    for _ in range(40):
        next(stream)
    assert read <= 40 + 3 * 2 * 4 * 2
    stream.close()  # type: ignore[attr-defined]


def test_a_worker_of_other_versions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = workers.run_versions(RULES)
    other = tuple((name, "other" if name == "rules" else version) for name, version in versions)
    monkeypatch.setattr(workers, "run_versions", lambda settings: other)
    with pytest.raises(LeukonlpError, match=r"has other versions \(rules is other, not .*install the same"):
        workers._of_same_versions(RULES, versions, list, [])
