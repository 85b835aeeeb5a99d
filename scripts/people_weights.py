"""Learn how much each sign says that a count of people is the number of participants; print the table.

    python scripts/people_weights.py RECORDS LABELS... > weights.tsv
    mv weights.tsv src/leukonlp/studies/data/people_weights.tsv

RECORDS is anything ``leukonlp.read`` reads; each line of LABELS is a JSON object with ``pmid`` and ``n``, the
number of participants or null. The model is a choice among the counts of a record, one person and "not
stated" (conditional logit: McFadden 1974, "Conditional logit analysis of qualitative choice behavior"), with
a quadratic penalty; records whose number no count gives teach nothing. ``--folds 5`` prints instead how often
the choice is right in records that were left out of the learning (docs/decisions/0024).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import leukonlp
from leukonlp.lexicon import load_lexicon
from leukonlp.records import Abstract
from leukonlp.studies import assessment, design, people, people_choice, phase, phase_decision
from leukonlp.studies.reading import Reading

PENALTY = 5.0
LEAST = 3
"""A sign of fewer options than this gets no weight."""

Options = list[tuple[int | None, frozenset[str]]]
"""The number that each option of a record gives, and its signs."""


def options(records: Path, labels: dict[str, int | None]) -> dict[str, Options]:
    """Return what there is to choose from in each labelled record that may have people of its own."""
    lexicon = load_lexicon()
    found: dict[str, Options] = {}
    for record in leukonlp.read(records):
        if not isinstance(record, Abstract) or record.pmid not in labels or record.pmid in found:
            continue
        reading = Reading(record, (), lexicon=lexicon)
        if design.notice(reading) is not None:
            continue
        counts = people.find(reading)
        kind = design.decide(reading, counts, phase.stated(reading) or phase_decision.published(reading))
        label = str(kind.label) if kind is not None else None
        if label in assessment.NO_SUBJECTS:
            found[record.pmid] = [(None, frozenset(("none",)))]
            continue
        found[record.pmid] = [
            (value, signs | {"count"} if isinstance(option, people.Count) else signs)
            for option, value, signs in people_choice.options(reading, counts, label)
        ]
    return found


def learn(data: Sequence[Options], numbers: Sequence[int | None]) -> dict[str, int]:
    """Return ten times the logarithm of the odds that each sign adds."""
    pairs = [(o, n) for o, n in zip(data, numbers, strict=True) if any(value == n for value, _ in o)]
    seen = Counter(sign for options, _ in pairs for _, signs in options for sign in signs)
    names = sorted(sign for sign, times in seen.items() if times >= LEAST)
    column = {name: place for place, name in enumerate(names)}
    rows = [[column[s] for s in signs if s in column] for options, _ in pairs for _, signs in options]
    ends = np.cumsum([0, *map(len, rows)])
    signs = csr_matrix((np.ones(ends[-1]), np.concatenate(rows), ends), shape=(len(rows), len(names)))
    turned = signs.T.tocsr()
    owner = np.repeat(np.arange(len(pairs)), [len(options) for options, _ in pairs])
    right = np.array([float(value == n) for options, n in pairs for value, _ in options])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = signs @ weights
        top = np.full(len(pairs), -np.inf)
        np.maximum.at(top, owner, scores)
        odds = np.exp(scores - top[owner])
        every, good = np.bincount(owner, odds), np.bincount(owner, odds * right)
        slope = turned @ (odds / every[owner] - odds * right / good[owner])
        return (
            float((np.log(every) - np.log(good)).sum() + PENALTY * (weights**2).sum() / 2),
            slope + PENALTY * weights,
        )

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    learned = {name: round(10 * weight) for name, weight in zip(names, fitted, strict=True)}
    return {name: weight for name, weight in learned.items() if weight}


def chosen(options: Options, weights: dict[str, int]) -> int | None:
    """Return the number with the highest odds."""
    odds: dict[int | None, float] = {}
    for value, signs in options:
        score = sum(weights.get(sign, 0) for sign in signs) + (people_choice.CAUTION if value is None else 0)
        odds[value] = odds.get(value, 0.0) + float(np.exp(score / 10))
    return max(odds, key=lambda value: odds[value])


def left_out(data: Sequence[Options], numbers: Sequence[int | None], folds: int) -> list[int | None]:
    """Return what is chosen in each record by weights that were learned without it."""
    order = np.random.default_rng(0).permutation(len(data))
    told: list[int | None] = [None] * len(data)
    for fold in range(folds):
        tested = {int(i) for i in order[fold::folds]}
        rest = [i for i in range(len(data)) if i not in tested]
        weights = learn([data[i] for i in rest], [numbers[i] for i in rest])
        for i in tested:
            told[i] = chosen(data[i], weights)
    return told


def main() -> None:
    """Learn and print the table, or measure."""
    parser = argparse.ArgumentParser(description="Learn the weights of studies/people_weights.py.")
    parser.add_argument("records", type=Path)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, help="measure with so many parts instead of printing")
    args = parser.parse_args()
    lines = [line for path in args.labels for line in path.read_text(encoding="utf-8").splitlines() if line]
    labels = {str(row["pmid"]): row["n"] for row in map(json.loads, lines) if "n" in row}
    found = options(args.records, labels)
    data, numbers = [found[pmid] for pmid in sorted(found)], [labels[pmid] for pmid in sorted(found)]
    if args.folds:
        pairs = list(zip(left_out(data, numbers, args.folds), numbers, strict=True))
        stated = [told == n for told, n in pairs if n is not None]
        silent = [told is not None for told, n in pairs if n is None]
        print(
            f"stated: {sum(stated)} of {len(stated)} right; none stated: {sum(silent)} of {len(silent)} told"
        )
        return
    print("sign\tweight")
    for sign, weight in learn(data, numbers).items():
        print(f"{sign}\t{weight}")


if __name__ == "__main__":
    main()
