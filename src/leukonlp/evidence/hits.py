"""What a search returns: studies, each with the words that show why it was found.

Owns the shape for Python users; how hits are found is in :mod:`leukonlp.evidence.search`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from leukonlp.evidence import frames, notebook, quotes, rows
from leukonlp.evidence.query import Query
from leukonlp.records import Quote, Study

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_ALL = Query()
_WIDTH = 110


@dataclass(frozen=True)
class Hit:
    """One study found. What it says is read when first asked for, from the line that the index keeps."""

    line: str
    """The study as one line of annotated JSONL, as it was added."""
    notices: tuple[str, ...] = ()
    """PMIDs of indexed notices that retract it."""
    query: Query = _ALL
    """What was asked for."""
    score: float | None = None
    """Relevance to the words (bm25, higher is better); None when no words were asked for."""

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """The study as plain values; knows of the notices, too."""
        return rows.read(self.line, self.notices)

    @cached_property
    def quote(self) -> Quote:
        """The most telling words: ``quote.text == study.text[quote.start:quote.end]``."""
        return quotes.telling(self.record, self.query)

    @cached_property
    def why(self) -> tuple[str, ...]:
        """What matched, such as ``"phase: phase_3"`` or ``"disease: Krabbe disease (MONDO:0009499)"``."""
        return quotes.reasons(self.record, self.query)

    @cached_property
    def study(self) -> Study:
        """The study, with everything known about it."""
        return rows.revive(self.record)

    @property
    def pmid(self) -> str:
        """PubMed identifier, or the local id of a record from elsewhere."""
        return str(self.record["pmid"])

    @property
    def title(self) -> str:
        """Title of the record."""
        return str(self.record["title"])

    @property
    def year(self) -> int | None:
        """Year of publication."""
        year: int | None = self.record["year"]
        return year

    @property
    def retracted(self) -> bool:
        """True when its own record or an indexed retraction notice says so."""
        return bool(self.record["study"]["retracted"])

    def __repr__(self) -> str:
        return f"Hit(pmid={self.pmid!r}, year={self.year}, title={self.title!r}, quote={self.quote.text!r})"

    def _repr_html_(self) -> str:
        return notebook.hit(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as one flat row of plain values; what is not stated is None."""
        record, study = self.record["record"], self.record["study"]
        about = [*study["diseases"], *study["genes"], *study["therapies"]]
        names = {m["concept"]: m["name"] for m in reversed(self.record["mentions"])}
        return {
            "pmid": self.pmid,
            "title": self.title,
            "year": self.year,
            "journal": record["journal"],
            "doi": record["doi"],
            "pmcid": record["pmcid"],
            "phase": _label(study["phase"]),
            "design": _label(study["design"]),
            "modality": [tag["label"] for tag in study["modality"]],
            "diseases": study["diseases"],
            "genes": study["genes"],
            "therapies": study["therapies"],
            "concepts": [names.get(concept) or concept for concept in about],
            "nct": study["nct"],
            "n_enrolled": _value(study["n_enrolled"]),
            "follow_up_months": _value(study["follow_up"]),
            "retracted": self.retracted,
            "score": self.score,
            "quote": self.quote.text,
            "quote_start": self.quote.start,
            "quote_end": self.quote.end,
            "why": list(self.why),
        }


def _label(tag: Mapping[str, Any] | None) -> Any:
    return None if tag is None else tag["label"]


def _value(fact: Mapping[str, Any] | None) -> Any:
    return None if fact is None else fact["value"]


@dataclass(frozen=True)
class Hits(Sequence[Hit]):
    """The hits of one page, in order; ``total`` counts all that match."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    """Number of studies that match, on this page or not."""
    offset: int = 0
    """Number of hits passed over before this page."""

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __repr__(self) -> str:
        first, last = self.offset + 1, self.offset + len(self.hits)
        lines = [f"{self.total} studies" + (f", {first} to {last}:" if self.hits else "")]
        for hit in self.hits:
            flag = "RETRACTED " if hit.retracted else ""
            lines.append(f"  {hit.pmid} ({hit.year or 'no year'}) {flag}{_short(hit.title)}")
            lines.append(f"      {_short(hit.quote.text)!r}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook.hits(self)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return one flat dict of plain values per hit."""
        return [hit.to_dict() for hit in self.hits]

    def to_pandas(self) -> pd.DataFrame:
        """Return the hits as a table, one row per hit, with the columns of :meth:`Hit.to_dict`.

        Raises:
            SettingsError: pandas is not installed.
        """
        return frames.pandas(self.to_dicts())

    def to_arrow(self) -> pa.Table:
        """Return the hits as an Arrow table with the same columns, each of one type.

        Raises:
            SettingsError: pyarrow is not installed.
        """
        return frames.arrow(self.to_dicts())


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
