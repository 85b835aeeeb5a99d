"""From a query, a corpus definition or a list of PMIDs to records on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.workflow.files import refuse_dash

if TYPE_CHECKING:
    from leukonlp.sources.entrez import FetchSummary


def fetch_records(
    *,
    query: str | None = None,
    corpus: str | Path | None = None,
    pmids: Path | None = None,
    out: Path,
    settings: Settings,
    progress: Callable[[int, int], None] | None = None,
) -> FetchSummary:
    """Fetch records from PubMed into the folder ``out``; the same call again fetches what is missing.

    Args:
        query: a PubMed query; give one of the three.
        corpus: a corpus definition, as a file or the name of a packaged one.
        pmids: a file of PMIDs, one a line.
        out: folder for the records, made when absent.
        settings: address, key and deadline.
        progress: called with records on disk and records asked for.

    Raises:
        InputError: the corpus or the list of PMIDs cannot be read, or ``out`` is ``-``.
        SettingsError: no address, or not one of the three.
        QueryError: PubMed rejects the query.
        FetchError: PubMed cannot be reached, or the disk refuses an answer.
    """
    refuse_dash(out)
    from leukonlp.sources.corpus import load_corpus
    from leukonlp.sources.entrez import fetch

    return fetch(
        load_corpus(corpus).query if corpus is not None else query,
        pmids=_pmids(pmids) if pmids is not None else None,
        out=out,
        email=settings.email,
        api_key=settings.api_key,
        deadline=settings.deadline,
        progress=progress,
    )


def _pmids(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the PMIDs in {path}: {error}") from error
    if not lines:
        raise InputError(f"{path} holds no PMID; write one a line")
    return lines
