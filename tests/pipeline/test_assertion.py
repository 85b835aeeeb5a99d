"""Negation, speculation, and what a mention is about."""

from __future__ import annotations

import re
import time

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
        "None of the adult carriers had HSCT.",
        "It isn't HSCT.",
        "It does not have HSCT, and nothing to suggest HSCT.",
        "Tests for HSCT were negative.",
        "The idea of HSCT was rejected.",
        "HSCT was considered but excluded.",
        "The findings argue against HSCT.",
        "The findings are inconsistent with HSCT.",
        "He is not known to have HSCT.",
        "He was not affected with HSCT.",
        "Diet, not HSCT, was chosen.",
        "These are non-HSCT controls.",
        "Without diet or HSCT, they die.",
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
        "HSCT could not be excluded.",
        "One cannot rule out HSCT.",
        "Without treatment, HSCT fails.",
        "Boys without seizures had HSCT.",
        "Boys with and without HSCT were compared.",
        "Whether or not HSCT is given, it grows.",
        "Lack of the enzyme causes HSCT.",
        "No drug slowed HSCT.",
        "No defect other than HSCT was seen.",
        "It is not clear whether HSCT helps.",
        "Growth fell after diet but not HSCT.",
        "Although no tumour was found, HSCT was done.",
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
        ("HSCT could not be excluded.", True),
        ("Sequencing was done to rule out HSCT.", True),
        ("HSCT remains a possibility.", True),
        ("HSCT is the working diagnosis.", True),
        ("The possibility of HSCT was raised.", True),
        ("Perhaps it was HSCT.", True),
        ("Many cases of HSCT could not be classified.", False),
        ("Newborn screening for HSCT began.", False),
        ("Boys with likely pathogenic variants had HSCT.", False),
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
        ("Previously, HSCT was tested in mice. Now we treat boys. They grew. All was well.", "background"),
    ],
)
def test_about(text: str, about: str) -> None:
    assert judged(text).about == about


def test_every_cue_pattern_is_bounded() -> None:
    """No pattern holds an unbounded repeat of a group, which could make it run long."""
    for cue in load_cues().rows.values():
        assert not re.search(r"\)[*+]", cue.pattern), cue.pattern


@pytest.mark.parametrize("words", ["no HSCT ", "no without not ", "not only HSCT ", ",,,,,,,,,,,,,,. "])
def test_long_sentences_take_time_in_proportion(words: str) -> None:
    """Regression: every cue was tried on every mention, over all the text between them."""
    body = f"{words * 2_000}HSCT"
    starts = [m.start() for m in re.finditer("HSCT", body)]
    mentions = [Mention(s, s + 4, "HSCT", "therapy", "X:1") for s in starts]
    began = time.process_time()
    assert len(Assertion().judge(body, mentions, [(0, len(body))], [])) == len(starts)
    assert time.process_time() - began < 15
