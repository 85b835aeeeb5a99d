"""How an index and its hits look in a notebook; owns that markup, which escapes every value.

A few lines of table without scripts or classes, so that no page they are pasted into changes them. The report
page is another matter (:mod:`leukonlp.report`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leukonlp.evidence.hits import Hit, Hits

_MOST = 8
"""Labels of one kind that are shown of an index."""
_LEFT = ' style="text-align:left;vertical-align:top"'


def hits(found: Hits) -> str:
    """Return a page of hits as a table, a row a study."""
    first, last = found.offset + 1, found.offset + len(found)
    shown = f", {first:,} to {last:,} shown" if len(found) else ""
    heads = ("PMID", "Year", "Study", "Phase", "Design", "Modality", "n")
    noun = "study" if found.total == 1 else "studies"
    return f"<p>{found.total:,} {noun}{shown}</p>{_table(heads, map(_row, found))}"


def hit(found: Hit) -> str:
    """Return one hit as a table of one row."""
    return _table(("PMID", "Year", "Study", "Phase", "Design", "Modality", "n"), [_row(found)])


def index(status: Mapping[str, Any]) -> str:
    """Return what an index holds: counts, and the most frequent labels of each kind."""
    years = " to ".join(str(year) for year in status["years"] if year is not None) or "none"
    rows = [("studies", f"{status['studies']:,}"), ("on leukodystrophies", f"{status['relevant']:,}")]
    rows += [("retracted", f"{status['retracted']:,}"), ("years", years)]
    rows += [
        (kind, _frequent(status[kind])) for kind in ("phase", "design", "modality", "disease", "therapy")
    ]
    cells = [[escape(value) for value in row] for row in rows]
    return f"<p>Evidence index <b>{escape(str(status['path']))}</b></p>{_table((), cells)}"


def _frequent(counts: Mapping[str, int]) -> str:
    some = [f"{name} ({number:,})" for name, number in list(counts.items())[:_MOST]]
    return ", ".join(some) + (f", {len(counts) - _MOST:,} more" if len(counts) > _MOST else "")


def _row(found: Hit) -> Sequence[str]:
    row = found.to_dict()
    flag = "<b>RETRACTED</b> " if found.retracted else ""
    number = "" if row["n_enrolled"] is None else f"{row['n_enrolled']:,}"
    words = found.quote.text
    quoted = "" if words == found.title else f"<br/><q>{escape(words)}</q>"
    study = f"{flag}{escape(found.title)}{quoted}"
    labels = (row["phase"] or "", row["design"] or "", ", ".join(row["modality"]), number)
    return [_link(found.pmid), str(found.year or ""), study, *map(escape, labels)]


def _link(pmid: str) -> str:
    if not (pmid.isascii() and pmid.isdigit() and len(pmid) <= 8):  # PubMed's numbers are no longer
        return escape(pmid)
    return f'<a href="https://pubmed.ncbi.nlm.nih.gov/{pmid}/">{pmid}</a>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are escaped already."""
    head = "".join(f"<th{_LEFT}>{name}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td{_LEFT}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"
