"""How often tags and facts were right on records labelled by reading; owns the words, measures nothing.

The figures come from ``benchmarks/study_tags.py``; ``make docs`` puts them into ``data/scores.json``.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

_SAID = {
    "relevant_right": ("About a leukodystrophy", "right"),
    "phase_right": ("Phase", "right"),
    "design_right": ("Design", "right"),
    "modality_right": ("Treatment", "of those named, right"),
    "modality_found": ("Treatment", "of those studied, found"),
    "participants": ("Participants", "of numbers stated, found as stated"),
    "registry_recall": ("Registry number", "of those printed, found"),
}


def measured() -> dict[str, Any]:
    """Return the figures for the page.

    Returns:
        ``{"records": n, "rows": [...]}``; each row has ``field`` and ``measure`` in words, ``share`` with the
        bounds of its 95% interval (``low``, ``high``), from 0 to 1, and ``n``, out of how many.
    """
    file = resources.files("leukonlp.report") / "data" / "scores.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    return {
        "records": found["records"],
        "rows": [
            {"field": field, "measure": measure, **found["shares"][key]}
            for key, (field, measure) in _SAID.items()
        ],
    }
