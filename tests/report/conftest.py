"""A ten-concept lexicon, studies in our own words, and a browser to look at their page with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import Lexicon
from leukonlp.records import Concept, Study
from leukonlp.workflow.outputs import write_report

from . import browsing
from .browsing import Visit, Written
from .made import ALD, ARSA, CEREBRAL, HYPO, LATE, MLD, PMD, ROOT, build


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    def disease(id: str, name: str, group: str, *parents: str, genes: tuple[str, ...] = ()) -> Concept:
        return Concept(id, "disease", name, parents=parents, genes=genes, group=group)

    return Lexicon(
        [
            disease(ROOT, "leukodystrophy", "root"),
            disease(HYPO, "hypomyelinating leukodystrophy", "hypomyelinating", ROOT),
            disease(MLD, "metachromatic leukodystrophy", "lysosomal", ROOT, genes=(ARSA,)),
            disease(
                LATE, "metachromatic leukodystrophy, late infantile form", "lysosomal", MLD, genes=(ARSA,)
            ),
            disease(ALD, "X-linked adrenoleukodystrophy", "peroxisomal", ROOT, genes=("HGNC:61",)),
            disease(CEREBRAL, "cerebral adrenoleukodystrophy", "peroxisomal", ALD, genes=("HGNC:61",)),
            disease(PMD, "Pelizaeus-Merzbacher disease", "hypomyelinating", HYPO, genes=("HGNC:9086",)),
            Concept(ARSA, "gene", "ARSA"),
            Concept("HGNC:61", "gene", "ABCD1"),
            Concept("HGNC:9086", "gene", "PLP1"),
            Concept("LEUKO:T0001", "therapy", "arsa-cel", modality=("gene_therapy",)),
        ],
        version="tiny",
    )


@pytest.fixture
def make_study() -> Callable[..., Study]:
    return build


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    found = next((path for name in browsing.NAMES if (path := shutil.which(name))), None)
    if found is None:
        browsing.missing(
            f"none of {', '.join(browsing.NAMES)} is installed (Debian: apt-get install chromium)"
        )
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browsing.missing("the package playwright is not installed (pip install 'leukonlp[dev]')")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Open a page; at the end nothing may have complained, asked for anything or opened a dialog."""
    opened: list[tuple[Visit, Any]] = []

    def go(path: Path, *, width: int = 1280, **options: Any) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        made = Visit(page)
        page.on("console", lambda m: made.faults.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: made.faults.append(f"error: {e}"))
        page.on("dialog", lambda d: (made.faults.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: made.faults.append(f"request: {r.url}"))
        page.goto(path.as_uri())
        made.faults.remove(f"request: {path.as_uri()}")
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]", state="attached")
        opened.append((made, context))
        return made

    yield go
    for made, context in opened:
        context.close()
        assert [fault for fault in made.faults if not fault.startswith("request: blob:")] == []


@pytest.fixture(scope="session")
def studies() -> list[Study]:
    """Sixty studies of every kind."""
    return browsing.series()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, studies: list[Study]) -> Written:
    """The page and the index of :func:`studies`."""
    folder = tmp_path_factory.mktemp("page")
    db, path = folder / "evidence.db", folder / "report.html"
    with EvidenceIndex(db) as index:
        assert index.add_many(studies) == len(studies)
    write_report(db, path)
    return Written(path, db)
