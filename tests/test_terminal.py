"""The table of a terminal: as wide as asked, and nothing of a record is read as markup or control."""

from __future__ import annotations

import io

from leukonlp.cli import table
from leukonlp.evidence.hits import Hit, Hits
from leukonlp.evidence.rows import line

from .evidence.made import MLD, make

TITLE = "[bold]Not bold[/bold] \x1b[31mnot red\x1b[0m \u202eleft :smile:"


def printed(*hits: Hit, width: int = 100) -> str:
    file = io.StringIO()
    table.show(Hits(hits, len(hits)), file=file, width=width)
    return file.getvalue()


def hit(**more: object) -> Hit:
    return Hit(line(make("900000105", (MLD,), phase="phase_1_2", **more)))  # type: ignore[arg-type]


def test_markup_and_controls_are_text() -> None:
    text = printed(hit(title=TITLE))
    assert "[bold]Not bold[/bold]" in text
    assert ":smile:" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_it_keeps_to_the_width() -> None:
    for width in (60, 100, 160):
        text = printed(hit(title="A long title " * 12, enrolled=12345), width=width)
        assert max(len(row) for row in text.splitlines()) <= width
        assert "900000105" in text
        assert "12,345" in text


def test_a_retracted_paper_says_so() -> None:
    assert "RETRACTED" in printed(Hit(hit().line, notices=("5",)))
    assert "RETRACTED" not in printed(hit())


def test_a_quote_that_is_the_title_stands_once() -> None:
    title = "Walking in metachromatic leukodystrophy"
    assert printed(hit(title=title, body="")).count("Walking in metachromatic") == 1


def test_nothing_found_is_one_line() -> None:
    assert printed() == "0 studies\n"


def test_a_file_is_no_person() -> None:
    assert not table.wanted(io.StringIO())
