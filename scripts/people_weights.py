"""Learn how much each sign says that a count of people is the number of participants; print the table.

    python scripts/people_weights.py RECORDS LABELS... > src/leukonlp/studies/people_weights.py

RECORDS is anything ``leukonlp.read`` reads; each line of LABELS is a JSON object with ``pmid``, ``design``
and ``n``, the number of participants or null. The model is a choice among the counts of a record and
"not stated" (conditional logit: McFadden 1974, "Conditional logit analysis of qualitative choice
behavior"), with a quadratic penalty; records whose number no count gives teach nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import leukonlp
from leukonlp.lexicon import load_lexicon
from leukonlp.records import Abstract
from leukonlp.studies import people
from leukonlp.studies.reading import Reading

PENALTY = 5.0
LEAST = 4
"""A sign of fewer counts than this gets no weight."""
NO_SUBJECTS = {"animal_study", "in_vitro", "review", "systematic_review", "guideline", "other"}

Choice = tuple[list[frozenset[str]], list[bool]]
"""The signs of each count of a record, and whether it gives the number of participants."""


def choices(records: Path, labels: dict[str, dict[str, object]]) -> list[Choice]:
    """Return what there is to choose from in each labelled record."""
    lexicon, found = load_lexicon(), []
    for record in leukonlp.read(records):
        if not isinstance(record, Abstract) or record.pmid not in labels:
            continue
        label = labels[record.pmid]
        counts = people.find(Reading(record, (), lexicon=lexicon)).counts
        studied = [count for count in counts if count.role == "studied"]
        right = [count.value == label["n"] for count in studied]
        if studied and (label["n"] in (None, 1) or any(right)):
            found.append(([count.signs | {"count"} for count in studied], right))
    return found


def learn(data: list[Choice]) -> dict[str, int]:
    """Return ten times the logarithm of the odds that each sign adds."""
    seen = Counter(sign for counts, _ in data for signs in counts for sign in signs)
    names = sorted(sign for sign, times in seen.items() if times >= LEAST)
    signs = np.array([[name in s for name in names] for counts, _ in data for s in counts], float)
    owner = np.repeat(np.arange(len(data)), [len(counts) for counts, _ in data])
    right = np.array([good for _, goods in data for good in goods])
    unstated = np.array([not any(goods) for _, goods in data])
    penalty = np.where(np.array(names) == "count", 0.01, PENALTY)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = signs @ weights
        top = np.zeros(len(data))
        np.maximum.at(top, owner, scores)
        odds = np.exp(scores - top[owner])
        every = np.exp(-top) + np.bincount(owner, odds)
        good = np.where(unstated, np.exp(-top), 0.0) + np.bincount(owner, odds * right)
        slope = signs.T @ (odds * right / good[owner] - odds / every[owner])
        return (
            float((np.log(every) - np.log(good)).sum() + (penalty * weights**2).sum() / 2),
            penalty * weights - slope,
        )

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(10 * weight) for name, weight in zip(names, fitted, strict=True)}


def main() -> None:
    """Learn and print the module."""
    parser = argparse.ArgumentParser(description="Learn the weights of studies/people_weights.py.")
    parser.add_argument("records", type=Path)
    parser.add_argument("labels", type=Path, nargs="+")
    args = parser.parse_args()
    lines = [line for path in args.labels for line in path.read_text(encoding="utf-8").splitlines() if line]
    labels = {str(label["pmid"]): label for label in map(json.loads, lines)}
    own = {
        pmid: label for pmid, label in labels.items() if "n" in label and label["design"] not in NO_SUBJECTS
    }
    data = choices(args.records, own)
    weights = {sign: weight for sign, weight in learn(data).items() if weight}
    print(
        '"""What each sign of a count of people weighs: ten times the logarithm of the odds that it adds.\n'
    )
    print(
        f"Learned from {len(data)} labelled records by ``scripts/people_weights.py``; edit nothing by hand."
    )
    print('"""\n\nfrom __future__ import annotations\n\nfrom typing import Final\n\nWEIGHTS: Final = {')
    for sign, weight in weights.items():
        print(f'    "{sign}": {weight},')
    print("}")


if __name__ == "__main__":
    main()
