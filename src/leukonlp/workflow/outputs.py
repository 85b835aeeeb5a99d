"""From an evidence index to files for people and other programs."""

from __future__ import annotations

from pathlib import Path

from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import load_lexicon
from leukonlp.workflow.files import check_target, replacing


def write_report(db: Path, out: Path) -> int:
    """Write the report page of an index and return how many studies the index holds.

    Raises:
        IndexFileError: the index is missing, corrupt, locked, foreign or newer than this leukonlp.
        InputError: ``out`` cannot be written.
    """
    from leukonlp.report.page import render
    from leukonlp.report.summary import summarize

    check_target(out, apart=(db,))
    with EvidenceIndex(db, readonly=True) as index:
        trials = [
            ((t.number, *(n for n in t.numbers if n != t.number)), t.register, t.pmids)
            for t in index.trials()
        ]
        page = render(summarize(index.studies(), lexicon=load_lexicon(), trials=trials))
        number = len(index)
    with replacing(out, apart=(db,)) as file:
        file.write(page.encode())
    return number


def export_index(db: Path, format: str, out: Path) -> int:
    """Write every study of an index in ``format`` and return how many there are.

    Raises:
        IndexFileError: the index is missing, corrupt, locked, foreign or newer than this leukonlp.
        InputError: the format is unknown, its package is not installed, or ``out`` cannot be written.
    """
    from leukonlp.report.export import write, writer_of

    writer_of(format)  # a format that cannot be written is refused before the file is opened
    check_target(out, apart=(db,))
    with EvidenceIndex(db, readonly=True) as index, replacing(out, apart=(db,)) as file:
        return write(index.studies(), format, file)
