"""How often do the tags that the rules give agree with labels that people assigned to real records?

Publication types, MeSH headings and trial registrations are taken out of the shared PubMed records; the
rules then tag title and abstract alone, and each tag is compared with what was taken out:

- a stated phase with the phase of the trial register or of the publication types (either agreeing counts),
  and the phase of the publication types with that of the register;
- an unphased study of people with MeSH ``Humans``; ``preclinical`` with ``Animals`` without ``Humans``, or
  cells. A trial called unphased is not judged: every register entry here that has an abstract has a phase;
- a design with publication types and the MeSH headings for designs; a modality with MeSH headings;
- relevance with the ``leuko`` mark of the collection (weak: it was made by names, too).

A tag that nothing taken out can judge is not counted: a design needs a type or heading that tells designs
apart, a modality needs MeSH at all, and small molecules have no heading. The labels are weak. Indexers leave
types out, registers merge phases (1/2 becomes 1), the collection is rich in trials, and a part of the records
was read while the rules were written. So the figures say how far to trust a tag, not how good the rules are.

``leukonlp.studies.sureness`` keeps the result; ``--table`` prints its table anew.

    python benchmarks/study_rules.py [--shared ../shared] [--every 1] [--table]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

import leukonlp
from leukonlp.config import Settings
from leukonlp.lexicon import load_lexicon
from leukonlp.pipeline.annotate import annotate
from leukonlp.pipeline.build import build
from leukonlp.records import Abstract, Failure, Study, Tag
from leukonlp.scoring.intervals import wilson
from leukonlp.studies import assess, sureness
from recording import write

ROOT = Path(__file__).resolve().parents[1]
Row = Mapping[str, Any]
Counts = dict[str, list[int]]

COMBINED = {(0,): "early_phase_1", (1, 2): "phase_1_2", (2, 3): "phase_2_3"}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
TRIAL_TYPES = {"Clinical Trial", "Clinical Study"} | {f"Clinical Trial, Phase {roman}" for roman in ROMAN}
DESIGN_TYPES: dict[str, set[str]] = {
    "Randomized Controlled Trial": {"randomized_trial"},
    "Pragmatic Clinical Trial": {"randomized_trial"},
    "Equivalence Trial": {"randomized_trial"},
    "Controlled Clinical Trial": {"randomized_trial", "single_arm_trial"},
    "Clinical Trial Protocol": {"protocol"},
    "Observational Study": {"cohort", "cross_sectional", "case_series"},
    "Case Reports": {"case_report", "case_series"},
    "Review": {"review"},
    "Systematic Review": {"systematic_review"},
    "Meta-Analysis": {"systematic_review"},
    "Network Meta-Analysis": {"systematic_review"},
    "Practice Guideline": {"guideline"},
    "Guideline": {"guideline"},
    "Consensus Development Conference": {"guideline"},
    "Consensus Development Conference, NIH": {"guideline"},
    "Editorial": {"other", "review"},
    "Comment": {"other"},
    "News": {"other"},
    "Biography": {"other"},
    "Historical Article": {"other", "review"},
    "Published Erratum": {"other"},
    "Retraction of Publication": {"other"},
}
DESIGN_HEADINGS: dict[str, set[str]] = {
    "Cohort Studies": {"cohort"},
    "Retrospective Studies": {"cohort", "case_series"},
    "Prospective Studies": {"cohort"},
    "Longitudinal Studies": {"cohort"},
    "Follow-Up Studies": {"cohort", "case_series"},
    "Case-Control Studies": {"cohort"},
    "Cross-Sectional Studies": {"cross_sectional"},
}
"""Believed only of records whose publication types are known and name no trial and no review."""
NO_STUDY = {"review", "systematic_review", "guideline", "protocol", "other"}
CELLS = ("Cells, Cultured", "Cell Line", "In Vitro Techniques")
MODALITY_HEADINGS: dict[str, tuple[str, ...]] = {
    label: tuple(names.split("|"))
    for label, names in {
        "gene_therapy": "Genetic Therapy|Genetic Vectors",
        "gene_editing": "Gene Editing|CRISPR-Cas Systems",
        "hsct": "Hematopoietic Stem Cell Transplantation|Bone Marrow Transplantation|"
        "Cord Blood Stem Cell Transplantation|Peripheral Blood Stem Cell Transplantation|Stem Cell "
        "Transplantation",
        "enzyme_replacement": "Enzyme Replacement Therapy|Enzyme Therapy",
        "antisense": "Oligonucleotides, Antisense|RNA, Small Interfering",
        "cell_therapy": "Mesenchymal Stem Cell Transplantation|Cell Transplantation|Stem Cell "
        "Transplantation",
        "biologic": "Antibodies, Monoclonal|Immunoglobulins, Intravenous|Immunization, Passive|Infliximab|"
        "Rituximab|"
        "Interferon|Trastuzumab|Growth Hormone|Immunoconjugates|Interleukin",
        "dietary": "Diet|Arginine|Biotin|Docosahexaenoic Acids|Fatty Acids, Omega-3|Enteral Nutrition|Fish "
        "Oils",
        "device_or_procedure": "Deep Brain Stimulation|Plasma Exchange|Plasmapheresis|Infusion Pumps|"
        "Blood Component Removal|Respiration, Artificial|Positive-Pressure Respiration|Ventilat|Enteral "
        "Nutrition|"
        "Cholecystectomy|Liver Transplantation|Transcranial|Electric Stimulation Therapy|Surgical Procedures|"
        "Noninvasive Ventilation|Extracorporeal",
        "supportive_care": "Palliative Care|Terminal Care|Hospice|Rehabilitation|Stroke Rehabilitation|"
        "Physical Therapy|Exercise Therapy|Botulinum Toxins|Baclofen|Respiration, Artificial|Enteral "
        "Nutrition|"
        "Positive-Pressure Respiration|Noninvasive Ventilation|Anticonvulsants|Carbamazepine|Levodopa|"
        "Antiparkinson Agents|Diazepam|Muscle Relaxants|Melatonin|Valproic Acid|Analgesics",
    }.items()
}
"""The beginnings of the headings that tell a modality."""


def rows(path: Path, *, every: int) -> dict[str, Row]:
    """Return the records that carry any label to compare with, by PMID; every n-th of them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [row for row in map(json.loads, lines) if _labelled(row)]
    return {str(row["pmid"]): row for row in found[::every]}


def _labelled(row: Row) -> bool:
    return bool(row["pubtypes"] or row["mesh"] or row["leuko"] or row.get("registry_phase") is not None)


def studies(path: Path, wanted: Mapping[str, Row]) -> Iterator[tuple[Row, Study, Abstract]]:
    """Yield each record with the study that the rules make of its title and abstract alone."""
    lexicon = load_lexicon()
    known = {r.pmid: r for r in leukonlp.read(path) if isinstance(r, Abstract) and r.pmid in wanted}
    hidden = (
        replace(r, publication_types=(), mesh=(), accessions=(), chemicals=(), keywords=())
        for r in known.values()
    )
    for result in annotate(build(Settings()), hidden):
        if isinstance(result, Failure):  # a figure must not rest on what happened to work
            raise SystemExit(f"record {result.pmid} failed: {result.reason}")
        study = assess(*result, lexicon=lexicon)
        yield wanted[study.pmid], study, known[study.pmid]


def combined(numbers: list[int]) -> str | None:
    """Return the label of one phase or of a usual pair, None for none and for odd pairs."""
    key = tuple(sorted(set(numbers)))
    return COMBINED.get(key) or (f"phase_{key[0]}" if len(key) == 1 else None)


def registered(row: Row) -> str | None:
    """Return the phase of the trial register; ``none`` for an entry without one, None without an entry."""
    if row.get("registry_phase") is None:
        return None
    return combined([int(n) for n in row["registry_phase"] if n in "01234"]) or "none"


def published(row: Row) -> str | None:
    """Return the phase of the publication types."""
    return combined([ROMAN[roman] for roman in row["phase_pt"] or ()])


def judge_phase(row: Row, tag: Tag, family: str) -> bool | None:
    """Return whether the phase agrees with what was hidden, None where that cannot tell."""
    register, types, mesh = registered(row), published(row), set(row["mesh"] or ())
    known = {label for label in (register, types) if label}
    if family.startswith(("phase.stated", "phase.first")):
        return tag.label in known if known else None
    if family == "phase.unphased.trial" or not row["abstract"]:
        return None  # every register entry that comes with an abstract has a phase
    if known - {"none"}:
        return False
    if family == "phase.not_applicable":
        allowed = design_labels(row)
        return bool(allowed & NO_STUDY) if allowed else None
    humans, animals = "Humans" in mesh, "Animals" in mesh
    if family == "phase.unphased.observed":
        return humans if humans != animals else None
    return animals or cells(mesh) if humans != animals else None


def cells(mesh: set[str]) -> bool:
    """Return whether the headings name cells, cultures or tissue in a dish."""
    return any(heading.startswith(CELLS) or "Cells" in heading for heading in mesh)


def design_labels(row: Row) -> set[str]:
    """Return the designs that publication types and MeSH allow, empty where they tell none."""
    types, mesh = set(row["pubtypes"] or ()), set(row["mesh"] or ())
    allowed = set().union(*(DESIGN_TYPES.get(name, set()) for name in types))
    if types & TRIAL_TYPES and not allowed & {"randomized_trial", "protocol"}:
        allowed.add("single_arm_trial")
    if "Animals" in mesh and "Humans" not in mesh:
        return allowed & NO_STUDY or {"animal_study", "in_vitro"}
    if types and not allowed:
        allowed = set().union(*(DESIGN_HEADINGS.get(name, set()) for name in mesh))
    return allowed


def judge_design(row: Row, tag: Tag) -> bool | None:
    """Return whether the design agrees with what was hidden, None where that cannot tell."""
    mesh = set(row["mesh"] or ())
    if tag.label == "animal_study" and mesh:
        return "Animals" in mesh
    if tag.label == "in_vitro" and mesh:
        return "Humans" not in mesh or cells(mesh)
    allowed = design_labels(row)
    if tag.label == "systematic_review" and allowed == {"review"}:
        return None  # before 2019 PubMed had no type for them
    return tag.label in allowed if allowed else None


def judge_modality(row: Row, tag: Tag) -> bool | None:
    """Return whether a heading names the modality, None without MeSH or for one that has no heading."""
    headings = MODALITY_HEADINGS.get(str(tag.label))
    if headings is None or not row["mesh"]:
        return None
    return any(heading.startswith(headings) for heading in row["mesh"])


def judged(row: Row, study: Study) -> Iterator[tuple[str, bool | None]]:
    """Yield the family of each tag and whether it agrees; of a title alone only the phase that it states."""
    end, design = len(study.title), str(study.design.label) if study.design else None
    if study.relevant is not None and row["abstract"]:
        family = sureness.family("relevant", study.relevant, title_end=end)
        yield family, study.relevant.label == bool(row["leuko"])
    if study.phase is not None:
        family = sureness.family("phase", study.phase, title_end=end, design=design)
        yield family, judge_phase(row, study.phase, family)
        if family.startswith("phase.stated"):
            yield from _separately(row, study.phase)
    if not row["abstract"]:
        return
    if study.design is not None:
        yield sureness.family("design", study.design, title_end=end), judge_design(row, study.design)
    for tag in study.modality:
        yield sureness.family("modality", tag, title_end=end), judge_modality(row, tag)


def _separately(row: Row, tag: Tag) -> Iterator[tuple[str, bool | None]]:
    """The stated phase against each source of labels by itself; for the reader, not for the table."""
    register, types = registered(row), published(row)
    yield "check: stated phase, register alone", tag.label == register if register else None
    yield "check: stated phase, publication type alone", tag.label == types if types else None


def missed(row: Row, study: Study) -> Iterator[tuple[str, bool | None]]:
    """The other way round: of the records with a label, how many got it from the rules."""
    label = study.design.label if study.design else None
    for name in set(row["pubtypes"] or ()) & DESIGN_TYPES.keys() if row["abstract"] else ():
        yield f"found: {name}", label in DESIGN_TYPES[name]
    phase = registered(row) or published(row)
    if phase not in (None, "none") and row["abstract"]:
        yield (
            "found: a phase of register or publication type",
            study.phase is not None and study.phase.label == phase,
        )


def measure(path: Path, *, every: int) -> tuple[Counts, int]:
    """Return, by family, how many tags agree and how many were measured; and how many records were read."""
    counts: Counts = defaultdict(lambda: [0, 0])
    number = 0
    for row, study, known in studies(path, rows(path, every=every)):
        number += 1
        outcomes = [*judged(row, study), *missed(row, study)]
        register, types = registered(row), published(row)
        if register not in (None, "none") and types is not None:
            outcomes.append(("phase.stated.publication_type", types == register))
        outcomes += _given(row, known)
        for family, agrees in outcomes:
            if agrees is not None:
                counts[family][0] += agrees
                counts[family][1] += 1
    return dict(sorted(counts.items())), number


def _given(row: Row, known: Abstract) -> list[tuple[str, bool | None]]:
    """A core disease among the MeSH headings, against the mark of the collection."""
    from leukonlp.studies.reading import Reading
    from leukonlp.studies.relevance import relevant

    tag = relevant(Reading(known, (), lexicon=load_lexicon()), ())
    return [("relevant.yes.publication_type", bool(row["leuko"]))] if tag.label else []


def figures(counts: Counts) -> dict[str, dict[str, Any]]:
    """Return agreement, counts and Wilson's 95% interval of each family."""
    found = {}
    for family, (agree, n) in counts.items():
        low, high = wilson(agree, n) or (0.0, 1.0)
        found[family] = {
            "agree": agree,
            "n": n,
            "agreement": round(agree / n, 4),
            "interval": [round(low, 4), round(high, 4)],
        }
    return found


def main() -> int:
    """Measure, write the result and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument(
        "--every", type=int, default=1, help="only every n-th record, for a quick look; writes nothing"
    )
    parser.add_argument("--table", action="store_true", help="print the table of leukonlp.studies.sureness")
    args = parser.parse_args()
    path = args.shared / "data" / "pubmed" / "records.jsonl.gz"
    begin = time.process_time()
    counts, number = measure(path, every=args.every)
    found = figures(counts)
    if args.every == 1:
        values = {"records": number, "seconds": round(time.process_time() - begin), "families": found}
        write("study_rules", values, corpus=[path])
    for family, figure in found.items():
        if args.table and ":" in family:
            continue
        low, high = figure["interval"]
        line = f"{family:46} {figure['agreement']:6.3f} ({low:.3f}-{high:.3f}) of {figure['n']:,}"
        print(line if not args.table else f'    "{family}": ({figure["agree"]}, {figure["n"]}),')
    return 0


if __name__ == "__main__":
    sys.exit(main())
