"""Kills at random moments of ``fetch`` and ``update``, against E-utilities in a process of their own."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract
from leukonlp.sources import entrez, read, retry
from leukonlp.sources.transport import BioEntrezTransport
from leukonlp.workflow.workers import annotate_records

from ..conftest import Tally  # noqa: TID252
from ..sources.fake_eutils import FakeEutils, serving  # noqa: TID252
from ..test_updating import BODY, CORPUS, PubMed  # noqa: TID252
from .test_faults import KILLS, RULES, _killed, _timed, content, run

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.slow,
]
FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)
Patch = Callable[[], None]


@contextmanager
def elsewhere(fake: FakeEutils) -> Iterator[str]:
    """Serve ``fake`` from another process, so that none of its threads is here when a command is forked."""
    (told, telling), (held, holding) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(holding)
            with serving(fake) as url:
                os.write(telling, url.encode())
                os.read(held, 1)  # until the parent closes its end
        finally:
            os._exit(0)
    os.close(held)
    try:
        yield os.read(told, 200).decode()
    finally:
        for end in (told, telling, holding):
            os.close(end)
        os.waitpid(child, 0)


def connected(url: str, day: date) -> Patch:
    """Return what a command must do first: speak to ``url``, never wait, and take ``day`` for today."""

    def patch() -> None:
        entrez.BioEntrezTransport = lambda: BioEntrezTransport(base_url=url)  # type: ignore[misc,assignment]
        retry.SystemClock.sleep = lambda self, seconds, /: None  # type: ignore[method-assign]
        now = datetime(day.year, day.month, day.day, 9, tzinfo=timezone.utc)
        retry.SystemClock.now = lambda self: now  # type: ignore[method-assign]

    return patch


def moments(seconds: float) -> Iterator[float]:
    """Early ones among them: the run that was timed may have been the slowest, on a busy machine."""
    chance = random.Random(11)
    return (chance.uniform(0, 0.9 * seconds / 2 ** (n % 4)) for n in range(KILLS))


def stored(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.xml.gz"))}


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_fetching(kind: signal.Signals, tmp_path: Path, tally: Tally) -> None:
    with elsewhere(FakeEutils.of(2_500)) as url:
        patch = connected(url, FIRST)

        def command(out: Path) -> list[str]:
            return ["fetch", "white matter", "--email", "a@example.org", "--out", str(out)]

        whole, landed = tmp_path / "whole", 0
        seconds = _timed(command(whole), patch)
        wanted = stored(whole)
        assert len(wanted) > 5
        for n, moment in enumerate(moments(seconds)):
            out = tmp_path / str(n)
            landed += _killed(command(out), kind, moment, patch) != 0
            held = stored(out)
            assert held == {name: wanted[name] for name in held}, "a file is there that is not whole"
            assert run(command(out), patch)[0] == 0
            assert stored(out) == wanted
            shutil.rmtree(out)
        tally(kills=KILLS, landed=landed)
        assert landed >= KILLS / 5
        pmids = [record.pmid for record in read([whole]) if isinstance(record, Abstract)]
        assert len(pmids) == len(set(pmids)) == 2_500


def pubmed() -> PubMed:
    fake = PubMed({})
    for n in range(1, 41):
        fake.put(str(n), date(2026, 8, 1), BODY.format(n=n + 3, phase="phase 1"))
    return fake


def later() -> PubMed:
    """A month on: ten records are new, ten say another phase, two are gone."""
    fake = pubmed()
    for n in range(31, 51):
        fake.put(str(n), date(2026, 9, 20), BODY.format(n=n + 3, phase="phase 3"))
    del fake.dates["3"], fake.dates["7"]
    return fake


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_updating(kind: signal.Signals, tmp_path: Path, tally: Tally) -> None:
    list(annotate_records([Abstract("1", "Krabbe disease")], settings=Settings(ner=(), tagger=())))
    corpus = tmp_path / "krabbe.toml"
    corpus.write_text(CORPUS, encoding="utf-8")

    def command(folder: Path) -> list[str]:
        fixed = ["--corpus", str(corpus), "--email", "a@example.org", *RULES]
        return ["update", "--db", str(folder / "evidence.db"), *fixed]

    start = tmp_path / "start"
    start.mkdir()
    with elsewhere(pubmed()) as url:
        assert run(command(start), connected(url, FIRST))[0] == 0
    with elsewhere(later()) as url:
        patch, landed = connected(url, SECOND), 0
        whole = shutil.copytree(start, tmp_path / "whole")
        seconds = _timed(command(whole), patch)
        wanted = content(whole / "evidence.db")
        assert changes(whole) == {"new": 10, "changed": 10, "deleted": 2}
        for n, moment in enumerate(moments(seconds)):
            folder = shutil.copytree(start, tmp_path / str(n))
            landed += _killed(command(folder), kind, moment, patch) != 0
            with EvidenceIndex(folder / "evidence.db") as held:
                assert held.validate() == []
                finished = len(held.updates()) == 2  # killed while it printed what it had done
            if not finished:
                assert run(command(folder), patch)[0] == 0
            assert content(folder / "evidence.db") == wanted
            shutil.rmtree(folder)
        tally(kills=KILLS, landed=landed)
        assert landed >= KILLS / 5


def changes(folder: Path) -> dict[str, int]:
    with EvidenceIndex(folder / "evidence.db", readonly=True) as index:
        found = {(change.kind, change.pmid) for change in index.updates()[-1].changes}
    return {kind: sum(k == kind for k, _ in found) for kind in ("new", "changed", "deleted")}
