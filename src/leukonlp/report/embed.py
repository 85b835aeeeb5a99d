"""Studies as JSON that stands in the page: one block that every filter reads, and blocks of text to open.

Owns the shape that ``templates/script/data.js`` reads. Labels and names stand once and are numbered; each
study is a list in the order of :data:`FIELDS`. Every string is made visible here, and nothing in a block
can end the element that it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leukonlp.report import charts, links
from leukonlp.report.highlight import pieces, visible
from leukonlp.report.tally import modality_name
from leukonlp.report.words import (
    BASES,
    DESIGN_GROUPS,
    DESIGN_NAMES,
    PHASE_GROUPS,
    PHASE_NAMES,
    design_group,
    phase_group,
    phase_rank,
    wording,
)

FIELDS = (
    *("pmid", "title", "year", "journal", "retracted", "participants", "links", "registry", "trials"),
    *("disease", "gene", "therapy", "modality", "phase", "design", "subtypes"),
)
CHUNK = 100
"""Studies whose text stands in one block: a block is read when the first of them is opened or searched."""
_DOUBTS = {"negated": "negated", "speculative": "uncertain"}


def listed(summary: Mapping[str, Any]) -> str:
    """Return the block that filters, map, timeline and table read."""
    names = {row["id"]: row["name"] for row in summary["map"]["rows"]}
    kinds: dict[str, _Numbered] = {
        kind: _Numbered()
        for kind in ("disease", "gene", "therapy", "modality", "phase", "design", "subtypes", "trials")
    }
    rows = [_row(study, names, kinds) for study in summary["studies"]]
    labels = {kind: numbered.values for kind, numbered in kinds.items()}
    drawing = {
        "radii": (charts.BUBBLE, charts.SMALLEST),
        "groups": [(key, name) for key, (name, _) in reversed(list(PHASE_GROUPS.items()))],
        "designs": {key: name for key, (name, _) in DESIGN_GROUPS.items()},
    }
    return _json({"fields": FIELDS, "labels": labels, "rows": rows, "chunk": CHUNK, **drawing})


def texts(summary: Mapping[str, Any]) -> Iterator[str]:
    """Yield what opens: cut text, mentions and reasons, of :data:`CHUNK` studies a block."""
    readings = [study["reading"] for study in summary["studies"] if study["reading"] is not None]
    for start in range(0, len(readings), CHUNK):
        yield _json([_opened(reading) for reading in readings[start : start + CHUNK]])


class _Numbered:
    """Values in the order in which they were first met, each with its number."""

    def __init__(self) -> None:
        self.values: list[list[Any]] = []
        self._numbers: dict[str, int] = {}

    def number(self, id: str, *told: Any) -> int:
        if id not in self._numbers:
            self._numbers[id] = len(self.values)
            self.values.append([id, *told])
        return self._numbers[id]


def _row(study: Mapping[str, Any], names: Mapping[str, str], kinds: Mapping[str, _Numbered]) -> list[Any]:
    def named(kind: str, concepts: Iterable[Mapping[str, str]]) -> list[int]:
        return [kinds[kind].number(concept["id"], concept["name"]) for concept in concepts]

    phase, design = study["phase"], study["design"]
    row = {
        **{name: study[name] for name in ("pmid", "title", "year", "journal", "participants")},
        "retracted": int(study["retracted"]),
        "links": _links(study),
        "registry": [a["number"] for a in study["registry"]],
        "trials": [kinds["trials"].number(number) for number in study["trials"]],
        # A retracted study may be the only one of its disease; the map does not name that row then.
        "disease": [
            kinds["disease"].number(id, names.get(id) or _own_name(study, id)) for id in study["rows"]
        ],
        "gene": named("gene", study["genes"]),
        "therapy": named("therapy", study["therapies"]),
        "modality": [kinds["modality"].number(label, modality_name(label)) for label in study["modalities"]],
        "phase": kinds["phase"].number(
            phase, wording(PHASE_NAMES, phase), phase_group(phase), phase_rank(phase)
        ),
        "design": kinds["design"].number(design, wording(DESIGN_NAMES, design), design_group(design)),
        "subtypes": named("subtypes", study["diseases"]),
    }
    return [row[field] for field in FIELDS]


def _own_name(study: Mapping[str, Any], id: str) -> str:
    return next((disease["name"] for disease in study["diseases"] if disease["id"] == id), id)


def _links(study: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    pmid = study["pmid"]
    address = links.pubmed(pmid)
    found = [(f"PubMed {pmid}" if address else pmid, address)]
    if address := links.doi(study["doi"]):
        found.append(("DOI", address))
    return [*found, *((a["number"], links.trial(a["number"])) for a in study["registry"])]


def _opened(reading: Mapping[str, Any]) -> dict[str, Any]:
    """Pieces of the text, each with the numbers of its mention and of the reasons that quote it."""
    quoted = [why for why in reading["why"] if why["quote"]]
    cut = pieces(reading["text"], reading["mentions"], [why["quote"] for why in quoted])
    numbered = _Numbered()
    told = []
    for piece in cut:
        mention = piece["mention"]
        number = None if mention is None else numbered.number(*_mention(mention))
        told.append([piece["text"], number, piece["quotes"]])
    order = {id(why): number for number, why in enumerate(quoted)}
    return {
        "pieces": told,
        "mentions": [values[1:] for values in numbered.values],
        "why": [_why(why, order.get(id(why))) for why in reading["why"]],
    }


def _mention(mention: Mapping[str, Any]) -> tuple[str, str, int, str]:
    kind = mention["type"] if mention["type"] in ("disease", "gene", "therapy") else "chemical"
    doubts = [word for key, word in _DOUBTS.items() if mention[key]]
    doubts += ["background"] if mention["about"] == "background" else []
    concept = f" ({mention['concept']})" if mention["concept"] else ""
    told = f"{', '.join([mention['type'], *doubts])}: {mention['name'] or 'not linked'}{concept}"
    return f"{kind}|{told}", kind, int(bool(doubts)), told


def _why(why: Mapping[str, Any], quote: int | None) -> list[Any]:
    basis = wording(BASES, why["basis"]) if why["basis"] else None
    return [why["field"], why["name"], basis, why["probability"], quote]


def _json(value: object) -> str:
    text = json.dumps(_seen(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _seen(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: _seen(item) for key, item in value.items()}
    return [_seen(item) for item in value] if isinstance(value, (list, tuple)) else value
