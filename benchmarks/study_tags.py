"""How good are the study tags and the facts on real records that were labelled by reading?

``corpora/labels/gold.jsonl`` holds 184 records labelled twice, ``phase.jsonl`` 200 whose text has "phase"
and a number; no rule was written and no model trained on either. The records are read from the shared data.
Figures come with 95% intervals: Wilson's for shares, the bootstrap for F1.

    python benchmarks/study_tags.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

import leukonlp
from leukonlp.config import Settings
from leukonlp.lexicon import load_lexicon
from leukonlp.pipeline.annotate import annotate
from leukonlp.pipeline.build import build
from leukonlp.records import Abstract, Failure, Study
from leukonlp.scoring import classes
from leukonlp.scoring.intervals import wilson
from leukonlp.studies import assess
from leukonlp.studies.artifact import load_named
from leukonlp.studies.decision import tagged
from leukonlp.workflow.garbage import no_collection
from recording import write

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "corpora" / "labels"
FIELDS = ("relevant", "phase", "design", "modality")
STATED = ("phase_1", "phase_1_2", "phase_2", "phase_2_3", "phase_3", "phase_4", "early_phase_1")
TIMED = 600
Labels = Mapping[str, Mapping[str, Any]]


def labels(name: str) -> dict[str, dict[str, Any]]:
    """Return the labels of a file by PMID."""
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    return {row["pmid"]: row for row in map(json.loads, lines)}


def label_of(study: Study, field: str) -> Any:
    """Return what the scores compare: a label, a list of labels, or None."""
    value = getattr(study, field)
    return [tag.label for tag in value] if isinstance(value, tuple) else value.label if value else None


def tags(studies: Mapping[str, Study], truth: Labels) -> dict[str, Any]:
    """Return class scores by field."""
    found: dict[str, Any] = {}
    for field in FIELDS:
        given = {pmid: row.get(field) for pmid, row in truth.items() if pmid in studies}
        if any(value is not None for value in given.values()):
            told = {pmid: label_of(study, field) for pmid, study in studies.items() if pmid in given}
            score = classes(given, told).to_dict()
            found[field] = {
                name: score[name] for name in ("n", "accuracy", "accuracy_interval", "micro", "macro")
            }
    return found


def share(right: int, n: int) -> dict[str, Any]:
    """Return a share with its interval."""
    low, high = wilson(right, n) or (0.0, 1.0)
    return {
        "right": right,
        "n": n,
        "share": round(right / max(n, 1), 4),
        "interval": [round(low, 4), round(high, 4)],
    }


def phases(studies: Mapping[str, Study], truth: Labels) -> dict[str, Any]:
    """Return how often a phase that the record states is found, and the PMIDs of all disagreements."""
    stated = {pmid: row["phase"] for pmid, row in truth.items() if row["phase_stated"] and pmid in studies}
    told = {pmid: label_of(study, "phase") for pmid, study in studies.items()}
    wrong = [
        f"{pmid}: {row['phase']} read, {told[pmid]} found"
        for pmid, row in truth.items()
        if told.get(pmid) != row["phase"]
    ]
    return {
        "stated": share(sum(told[pmid] == label for pmid, label in stated.items()), len(stated)),
        "all": share(len(truth) - len(wrong), len(truth)),
        "stated_by_us_alone": sum(
            told.get(pmid) in STATED for pmid, row in truth.items() if row["phase"] not in STATED
        ),
        "disagreements": wrong,
    }


def facts(studies: Mapping[str, Study], truth: Labels) -> dict[str, Any]:
    """Return how often the number of participants and the registry numbers are those that are stated."""
    counted = {pmid: row["n"] for pmid, row in truth.items() if row["n"] is not None}
    ours = {pmid: study.n_enrolled.value if study.n_enrolled else None for pmid, study in studies.items()}
    silent = [pmid for pmid in truth if pmid not in counted]
    listed = {pmid: {_bare(number) for number in row.get("registry", ())} for pmid, row in truth.items()}
    # Numbers that only PubMed's data bank list tells are right, too, but no label judges them.
    found = {
        pmid: {
            number
            for number in map(_bare, (a.number for a in studies[pmid].registry_numbers))
            if number[-6:] in _bare(studies[pmid].text)  # however it is spelt and spaced
        }
        for pmid in truth
    }
    both = sum(len(listed[pmid] & found[pmid]) for pmid in truth)
    return {
        "participants": share(sum(ours[pmid] == n for pmid, n in counted.items()), len(counted)),
        "participants_though_none_stated": share(sum(ours[pmid] is not None for pmid in silent), len(silent)),
        "registry_recall": share(both, sum(map(len, listed.values()))),
        "registry_precision": share(both, sum(map(len, found.values()))),
    }


def _bare(number: str) -> str:
    """Return a number as it is compared; C000000001 and UMIN000000001 are one entry of one register."""
    bare = "".join(c for c in number.upper() if c.isalnum()).removeprefix("EUDRACT").removeprefix("CTIS")
    return bare.replace("UMINC", "UMIN")


def speed(records: list[Abstract]) -> dict[str, Any]:
    """Return milliseconds of CPU a record for annotation, rules and tagger, each by itself."""
    nlp, lexicon = build(Settings()), load_lexicon()
    tagger, meta = load_named("study_tagger")
    warm, timed = records[: TIMED // 3], records[TIMED // 3 : TIMED // 3 + TIMED]
    for result in annotate(nlp, warm):
        if not isinstance(result, Failure):
            tagged([assess(*result, lexicon=lexicon)], tagger, meta["thresholds"])
    with no_collection():  # as the workers do
        start = time.process_time()
        pairs = [result for result in annotate(nlp, timed) if not isinstance(result, Failure)]
        read = time.process_time()
        studies = [assess(*pair, lexicon=lexicon) for pair in pairs]
        ruled = time.process_time()
        for i in range(0, len(studies), 64):
            tagged(studies[i : i + 64], tagger, meta["thresholds"])
        done = time.process_time()
    each = {
        "annotation": (read - start) / len(pairs) * 1000,
        "rules": (ruled - read) / len(pairs) * 1000,
        "tagger": (done - ruled) / len(pairs) * 1000,
    }
    return {
        "ms_an_abstract": {name: round(ms, 3) for name, ms in each.items()},
        "tags_and_facts_a_second": round(1000 / (each["rules"] + each["tagger"])),
        "tagging_adds": round(each["tagger"] / (each["annotation"] + each["rules"]), 4),
    }


def main() -> int:
    """Measure, write the result and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    path = parser.parse_args().shared / "data" / "pubmed" / "records.jsonl.gz"
    gold, phase = labels("gold.jsonl"), labels("phase.jsonl")
    known: dict[str, Abstract] = {}
    others: list[Abstract] = []
    for record in leukonlp.read(path):
        if isinstance(record, Abstract) and record.pmid in gold.keys() | phase.keys():
            known.setdefault(record.pmid, record)
        elif isinstance(record, Abstract) and record.abstract and len(others) < 20 * TIMED:
            others.append(record)
    settings = {"rules and tagger": Settings(), "rules alone": Settings(tagger=())}
    result: dict[str, Any] = {"speed": speed(others[::10])}
    for name, setting in settings.items():
        studies = {
            s.pmid: s for s in leukonlp.annotate(known.values(), settings=setting) if isinstance(s, Study)
        }
        result[name] = {"gold": tags(studies, gold), "phase": phases(studies, phase)}
        result["facts"] = facts(studies, gold)
    write("study_tags", result, corpus=[path, LABELS / "gold.jsonl", LABELS / "phase.jsonl"])
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
