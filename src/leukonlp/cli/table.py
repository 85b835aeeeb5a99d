"""Hits as a table for a terminal; owns its columns and colours. What is piped stays plain text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from leukonlp.report.highlight import visible
from leukonlp.workflow.summary import counted

if TYPE_CHECKING:
    from rich.text import Text

    from leukonlp.evidence import Hits
    from leukonlp.evidence.hits import Hit

_MOST = 300
"""Characters of a quote that are shown; ``--json`` has all."""


def wanted(stream: TextIO) -> bool:
    """Tell whether a person looks at this stream."""
    return stream.isatty()


def show(hits: Hits, *, file: TextIO | None = None, width: int | None = None) -> None:
    """Print the hits as a table as wide as the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(file=file or sys.stdout, width=width, highlight=False, emoji=False)
    console.print(counted(hits.total, "study", "studies"))
    if not hits:
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 1, 1), pad_edge=False, expand=True)
    table.add_column("PMID", no_wrap=True)
    table.add_column("Year", no_wrap=True)
    table.add_column("Study, and the words that show why it was found", ratio=1)
    table.add_column("Tags", max_width=22)
    table.add_column("n", justify="right", no_wrap=True)
    for hit in hits:
        row = hit.to_dict()
        tags = [label for label in (row["phase"], row["design"], *row["modality"]) if label]
        number = "" if row["n_enrolled"] is None else f"{row['n_enrolled']:,}"
        table.add_row(_plain(hit.pmid), str(hit.year or ""), _study(hit), _plain("\n".join(tags)), number)
    console.print(table)


def _study(hit: Hit) -> Text:
    from rich.text import Text

    words = hit.quote.text if len(hit.quote.text) <= _MOST else hit.quote.text[: _MOST - 1] + "…"
    parts = [("RETRACTED ", "bold red")] if hit.retracted else []
    if words == hit.title:
        parts += [(f"“{visible(words)}”", "bold")]
    else:
        parts += [(visible(hit.title), "bold"), (f"\n“{visible(words)}”", "italic")]
    parts += [(f"\nfound by {visible('; '.join(hit.why))}", "dim")] if hit.why else []
    return Text.assemble(*parts)


def _plain(text: str) -> Text:
    # A bare string would be read for rich's own markup, in square brackets.
    from rich.text import Text

    return Text(visible(text))
