"""Mentions shown by displaCy: every one marked, nothing of the text run as markup."""

from __future__ import annotations

import dataclasses
import importlib
import re
import sys
from html import unescape

import pytest

import leukonlp
from leukonlp.pipeline.display import COLOURS, show
from leukonlp.records import Abstract, Mention, Study, Tag

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib
from pathlib import Path

TEXT = "MLD <script>alert(1)</script> & ARSA in late infantile MLD.\nNo sign of Krabbe disease."


def study(*mentions: Mention, text: str = TEXT) -> Study:
    title, abstract = text.split("\n", 1)
    return Study(Abstract("1", title, abstract), mentions, relevant=Tag(True))


def mention(words: str, type: str, concept: str | None, *, at: int = 0, **more: object) -> Mention:
    start = TEXT.index(words, at)
    return Mention(start, start + len(words), words, type, concept, words, **more)  # type: ignore[arg-type]


def marked(html: str) -> list[tuple[str, str]]:
    """What is highlighted, and with which words beside it."""
    found = re.findall(r"<mark[^>]*>\s*(.*?)\s*<span[^>]*>(.*?)</span>", html, re.DOTALL)
    return [(unescape(text), " ".join(re.sub(r"<[^>]*>", " ", said).split())) for text, said in found]


def test_mentions_are_marked_with_type_and_concept() -> None:
    given = study(
        mention("MLD", "disease", "MONDO:0018868"),
        mention("ARSA", "gene", "HGNC:713"),
        mention("Krabbe disease", "disease", "MONDO:0009499", negated=True, about="background"),
    )
    html = given.show()
    assert marked(html) == [
        ("MLD", "DISEASE MONDO:0018868"),
        ("ARSA", "GENE HGNC:713"),
        ("Krabbe disease", "DISEASE negated background MONDO:0009499"),
    ]
    assert re.findall(r"background: (#\w+)", html) == [
        COLOURS["DISEASE"],
        COLOURS["GENE"],
        COLOURS["DISEASE"],
    ]


def test_a_notebook_shows_it() -> None:
    given = study(mention("MLD", "disease", "MONDO:0018868"))
    assert given.show()._repr_html_() == given._repr_html_() == str(leukonlp.show(given))  # type: ignore[attr-defined]


def test_nothing_of_a_record_is_markup() -> None:
    evil = '"><img src=x onerror=alert(1)>'
    given = study(
        Mention(0, 3, "MLD", evil, evil),  # type: ignore[arg-type]
        dataclasses.replace(mention("ARSA", "gene", "LEUKO:1"), name=evil),
    )
    html = show(given)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<a ") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in html


def test_of_mentions_that_overlap_the_longest_is_shown() -> None:
    given = study(
        mention("late infantile MLD", "disease", "MONDO:0017729"),
        mention("MLD", "disease", "MONDO:0018868", at=10),
    )
    assert marked(show(given)) == [("late infantile MLD", "DISEASE MONDO:0017729")]


@pytest.mark.parametrize("text", ["\n", "T\n"])
def test_a_text_without_mentions(text: str) -> None:
    assert marked(show(study(text=text))) == []


def test_every_type_of_mention_has_a_colour_that_black_text_reads_on() -> None:
    assert set(COLOURS) == {"DISEASE", "GENE", "THERAPY", "CHEMICAL"}
    for colour in COLOURS.values():
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert (light + 0.05) / 0.05 >= 7, colour


def test_spacy_finds_the_colours(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"]["spacy_displacy_colors"]["leukonlp"].partition(":")
    assert getattr(importlib.import_module(module), name) is COLOURS
