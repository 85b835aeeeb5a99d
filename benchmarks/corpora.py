"""Corpora of a given size, made of the shared PubMed records; measures nothing."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path


def numbered(source: Path, target: Path, count: int) -> Path:
    """Write the first ``count`` records that have an abstract, over again where they are too few, as JSONL.

    Each gets a number of its own for its PMID, and stands in the text with it: no text comes twice.
    """
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        found = [row for row in map(json.loads, lines) if row["abstract"]]
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=1) as file:
        for number, row in zip(range(1, count + 1), itertools.cycle(found), strict=False):
            row = {**row, "pmid": str(number), "title": f"{row['title']} (report {number})"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return target
