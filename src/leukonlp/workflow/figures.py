"""From an evidence index to one figure, or to the numbers behind the funnel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import load_lexicon
from leukonlp.workflow.files import check_target, replacing


def write_figure(db: Path, name: str, out: Path) -> int:
    """Write a figure of an index and return how many studies the index holds.

    Args:
        db: the index.
        name: ``map``, ``timeline`` or ``funnel``.
        out: the file; its ending says the format: ``.svg``, ``.png``, ``.pdf``, or ``.csv`` for the funnel's
            numbers as the R package PRISMA2020 reads them.

    Raises:
        IndexFileError: the index is missing, corrupt, locked, foreign or newer than this leukonlp.
        InputError: the ending is none of these, vl-convert is not installed, or ``out`` cannot be written.
    """
    from leukonlp.report.summary import summarize

    format = _format(name, out)
    check_target(out, apart=(db,))
    with EvidenceIndex(db, readonly=True) as index:
        summary = summarize(index.studies(), lexicon=load_lexicon(), texts=0)
        number = len(index)
    content = _content(summary, name, format)
    with replacing(out, apart=(db,)) as file:
        file.write(content)
    return number


def _format(name: str, out: Path) -> str:
    format = out.suffix.lower().removeprefix(".")
    allowed = ("svg", "png", "pdf", "csv") if name == "funnel" else ("svg", "png", "pdf")
    if format not in allowed:
        raise InputError(
            f"{out}: the ending of the file says the format of the figure, one of "
            f"{', '.join(f'.{each}' for each in allowed)}; name it {out.with_suffix('.svg')}, for example"
        )
    return format


def _content(summary: dict[str, Any], name: str, format: str) -> bytes:
    if format == "csv":
        from leukonlp.report.prisma import table

        return table(summary["funnel"]).encode()
    from leukonlp.report.figures import FIGURES
    from leukonlp.report.vega import draw

    return draw(FIGURES[name](summary), format)
