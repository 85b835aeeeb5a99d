"""Studies in, one plain dict out: everything the page and the figures show; no markup.

Counts are made in :mod:`leukonlp.report.tally`; what one study says, in :mod:`leukonlp.report.listing`.
Retracted studies are listed and marked, and stand in no count but their own.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leukonlp.records import Study
from leukonlp.report import scores
from leukonlp.report.listing import row
from leukonlp.report.rollup import Rollup
from leukonlp.report.tally import Tally

if TYPE_CHECKING:
    from leukonlp.lexicon import Lexicon

LIMIT = 20_000
"""Studies that a page lists and filters. Up to here a filter answers in a fraction of a second."""
TEXTS = 5_000
"""Of these, how many bring their text and quotes: with more the file would outgrow what a mail carries."""


def summarize(
    studies: Iterable[Study],
    *,
    lexicon: Lexicon,
    trials: Iterable[tuple[Sequence[str], str, Sequence[str]]] = (),
    versions: Mapping[str, str] | None = None,
    limit: int = LIMIT,
    texts: int = TEXTS,
) -> dict[str, Any]:
    """Return what the page shows, as plain JSON values.

    Args:
        studies: every study of the index, relevant or not, in any order; read once.
        lexicon: names diseases, genes and therapies, and says which disease is a kind of which.
        trials: of each trial its registry numbers, the one it is named by first, the register of that one,
            and the PMIDs of its reports.
        versions: what made the studies; by default what the studies say of themselves.
        limit: how many studies, newest first, are listed. Those beyond stand in the funnel alone.
        texts: how many of the listed ones bring their text, mentions, tags and facts.
    """
    rollup = Rollup(lexicon)
    every, shown = Tally(rollup), Tally(rollup)
    found: dict[str, set[str]] = defaultdict(set)

    def relevant() -> Iterable[Study]:
        for study in studies:
            for name, version in study.versions:
                found[name].add(version)
            if every.take(study):
                yield study

    newest = heapq.nsmallest(limit, relevant(), key=_newest_first)
    for study in newest:
        shown.take(study)
    made_by = {name: [version] for name, version in (versions or {}).items()} or found
    grouped = _trials(trials, newest)
    reported: dict[str, list[str]] = defaultdict(list)
    for trial in grouped:
        for report in trial["reports"]:
            reported[report["pmid"]].append(trial["number"])
    return {
        "funnel": dict(every.funnel),
        "map": shown.map(),
        "timeline": shown.timeline(),
        "revised": every.revised or None,
        "undated": shown.undated,
        "trials": grouped,
        "studies": [
            row(study, rollup, trials=reported.get(study.pmid, ()), text=place < texts)
            for place, study in enumerate(newest)
        ],
        "left_out": every.funnel["relevant"] - len(newest),
        "without_text": max(0, len(newest) - texts),
        "scores": scores.measured(),
        "versions": {name: sorted(found) for name, found in sorted(made_by.items())},
    }


def _trials(
    trials: Iterable[tuple[Sequence[str], str, Sequence[str]]], newest: Iterable[Study]
) -> list[dict[str, Any]]:
    """Return the trials with who of the listed studies reports them; most reports first, the oldest first."""
    by_pmid = {study.pmid: study for study in newest}
    found = []
    for (number, *others), bank, pmids in trials:
        reports = sorted((by_pmid[p] for p in pmids if p in by_pmid), key=_newest_first, reverse=True)
        told = [{"pmid": r.pmid, "year": r.year, "title": r.title, "retracted": r.retracted} for r in reports]
        if told:
            found.append({"number": number, "others": others, "bank": bank, "reports": told})
    return sorted(found, key=lambda trial: (-len(trial["reports"]), trial["number"], trial["bank"]))


def _newest_first(study: Study) -> tuple[int, int, str]:
    number = int(study.pmid) if study.pmid.isascii() and study.pmid.isdigit() and len(study.pmid) < 12 else 0
    return -(study.year or 0), -number, study.pmid
