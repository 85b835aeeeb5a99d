"""An index with a small lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import Lexicon

from .made import CONCEPTS


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(CONCEPTS, version="ten")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence.db"


@pytest.fixture
def index(path: Path, lexicon: Lexicon) -> Iterator[EvidenceIndex]:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        yield index
