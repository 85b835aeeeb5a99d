"""The main job on the packaged sample corpus: annotate, index, report. Needs no network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.packaged import packaged
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.files import refuse_dash
from leukonlp.workflow.indexing import build_index
from leukonlp.workflow.outputs import write_report
from leukonlp.workflow.progress import Progress
from leukonlp.workflow.summary import Summary


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where the demo wrote, and what it counted."""

    summary: Summary
    studies: Path
    db: Path
    report: Path
    relevant: int
    indexed: int

    def text(self, *, program: str = "leukonlp") -> str:
        """Return a short summary for people; ``program`` is how this one is called."""
        return "\n".join(
            [
                f"{self.summary.text()}; {self.relevant:,} of {self.indexed:,} concern a leukodystrophy",
                f"annotated records  {self.studies}",
                f"evidence index     {self.db}",
                f"report             {self.report}",
                f"Next: {program} search --db {self.db} --disease MLD --modality gene_therapy",
            ]
        )


def run_demo(out: Path, *, settings: Settings, progress: Progress | None = None) -> DemoResult:
    """Annotate and index the sample corpus and write the report, all into the folder ``out``.

    Args:
        out: folder for ``studies.jsonl``, ``evidence.db`` and ``report.html``; made when absent.
        settings: the settings of the run.
        progress: called with the number of records annotated so far.

    Raises:
        InputError: ``out`` is a file, or cannot be written to.
        SettingsError: a pipeline named in ``settings.ner`` is not installed.
    """
    refuse_dash(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError(f"cannot write into {out}: it is a file; name a folder") from None
    except OSError as error:
        raise InputError(f"cannot make {out}: {error.strerror or error}; choose another folder") from error
    studies, db, report = out / "studies.jsonl", out / "evidence.db", out / "report.html"
    sample = sorted(packaged("corpora/sample").glob("*.xml*"))
    summary = annotate_files(sample, studies, settings=settings, progress=progress)
    build_index([studies], db, settings=settings)
    indexed = write_report(db, report)
    with EvidenceIndex(db, readonly=True) as index:
        relevant = index.search(relevant=True, limit=1).total
    return DemoResult(summary, studies, db, report, relevant, indexed)
