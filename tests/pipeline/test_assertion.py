"""Negation, speculation, and what a mention is about."""

from __future__ import annotations

import re

import pytest

from leukonlp.pipeline.assertion import Assertion
from leukonlp.pipeline.cues import load_cues
from leukonlp.records import Mention
from leukonlp.structure import inline_sections, sentences


def judged(text: str, name: str = "HSCT", type: str = "therapy") -> Mention:
    body = f"A title\n{text}"
    start = body.rindex(name)
    mention = Mention(start, start + len(name), name, type, "X:1")  # type: ignore[arg-type]
    sections = [s.to_dict() for s in inline_sections(body, 8)]
    (result,) = Assertion().judge(body, [mention], sentences(body), sections)
    return result


@pytest.mark.parametrize(
    "text",
    [
        "No patient had received HSCT.",
        "None underwent HSCT.",
        "None of the four boys had previously undergone HSCT.",
        "They did not undergo HSCT.",
        "She had not received HSCT.",
        "All were treated without HSCT.",
        "He was followed without gene therapy, enzyme replacement or HSCT.",
        "HSCT was not performed.",
        "HSCT was declined by the parents.",
        "The family refused HSCT.",
        "There was no evidence of HSCT.",
        "Three were ineligible for HSCT.",
        "They were given drugs rather than HSCT.",
        "The diagnosis of HSCT was ruled out.",
        "HSCT could be excluded.",
        "It was not HSCT.",
        "These are HSCT-naive children.",
        "None had been in an HSCT trial.",
        "The absence of HSCT was noted.",
        "There was no evidence of relapse or of HSCT.",
        "Ten boys, none of whom had received enzyme replacement therapy or HSCT, were seen.",
    ],
)
def test_negated(text: str) -> None:
    assert judged(text).negated


@pytest.mark.parametrize(
    "text",
    [
        "No deaths occurred after HSCT.",
        "No adverse events were related to HSCT.",
        "Not only HSCT but also diet was tried.",
        "Not all patients received HSCT.",
        "There was no significant difference between diet and HSCT.",
        "Without treatment they die; HSCT helps.",
        "The variant was not found, but HSCT was done.",
        "No patients with HSCT died.",
        "Survival was not associated with HSCT.",
        "HSCT was performed without complications.",
        "There is no cure, and HSCT is used.",
        "Ten boys underwent HSCT.",
        "Mice lacking Mlc1 received HSCT.",
    ],
)
def test_not_negated(text: str) -> None:
    assert not judged(text).negated


@pytest.mark.parametrize(
    ("text", "speculative"),
    [
        ("Suspected HSCT was seen.", True),
        ("Patients may benefit from HSCT.", True),
        ("HSCT may be an option.", True),
        ("He was a candidate for HSCT.", True),
        ("She is awaiting HSCT.", True),
        ("Ten boys underwent HSCT.", False),
        ("After HSCT, fatigue may occur.", False),
    ],
)
def test_speculative(text: str, speculative: bool) -> None:
    assert judged(text).speculative is speculative


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("BACKGROUND: HSCT is the only established treatment. METHODS: We saw ten.", "background"),
        ("BACKGROUND: Little is known. METHODS: We gave ten boys HSCT. RESULTS: Good.", "study"),
        ("Previous studies tried HSCT. We gave diet. It helped. It was safe.", "background"),
        ("We treated ten boys with HSCT.", "study"),
        ("Future trials of HSCT are warranted.", "background"),
    ],
)
def test_about(text: str, about: str) -> None:
    assert judged(text).about == about


def test_every_cue_pattern_is_bounded() -> None:
    """No pattern holds an unbounded repeat of a group, which could make it run long."""
    for cue in load_cues().rows.values():
        assert not re.search(r"\)[*+]", cue.pattern), cue.pattern
