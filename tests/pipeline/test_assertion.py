"""Negation, speculation, and what a mention is about."""

from __future__ import annotations

import re
import time

import pytest

from leukonlp.config import Settings
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
        "Not only diet was tried; no patient had received HSCT.",
        "İİİİİİİİ saw that no patient had received HSCT.",
        "İİİİİİİİ SAW THAT NO PATIENT HAD RECEIVED HSCT.",
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


TITLE = "Krabbe disease and HSCT"


@pytest.mark.parametrize(
    ("text", "name", "type", "about"),
    [
        ("BACKGROUND: It is. Krabbe disease is rare.", "Krabbe disease", "disease", "study"),
        ("BACKGROUND: It is. Canavan disease is rare.", "Canavan disease", "disease", "background"),
        ("BACKGROUND: It is. HSCT is old.", "HSCT", "therapy", "background"),
        ("METHODS: It is. Canavan disease is rare.", "Canavan disease", "disease", "study"),
        ("BACKGROUND: Canavan disease is rare.", "Canavan disease", "disease", "study"),
    ],
)
def test_what_the_title_names_is_the_study_s_unless_it_is_a_therapy(
    text: str, name: str, type: str, about: str
) -> None:
    """The first sentence of a background names what the study is about, as its title may not."""
    body = f"{TITLE}\n{text}"
    mentions = [
        Mention(m.start(), m.end(), name, type, f"X:{name}")  # type: ignore[arg-type]
        for m in re.finditer(name, body)
    ]
    sections = [s.to_dict() for s in inline_sections(body, len(TITLE) + 1)]
    found = Assertion().judge(body, mentions, sentences(body), sections)
    assert found[-1].about == about
    assert all(mention.about == "study" for mention in found[:-1])


OWN, OTHER = "We gave it in our study", "Previous studies gave it"


@pytest.mark.parametrize(
    ("category", "words", "about"),
    [
        ("background", OWN, "study"),
        ("background", OTHER, "background"),
        ("background", f"{OWN}; {OTHER}", "background"),
        ("background", "There is also", "background"),
        *(
            (category, words, about)
            for category in ("methods", "results", "objective", "conclusions", None)
            for words, about in (
                (OWN, "study"),
                (OTHER, "background"),
                (f"{OWN}; {OTHER}", "study"),
                ("There is also", "study"),
            )
        ),
    ],
)
def test_a_section_of_background_has_to_say_that_it_means_the_study(
    category: str | None, words: str, about: str
) -> None:
    body = f"A title\nFirst.\n{words}, HSCT.\nLast."
    start = body.index("HSCT")
    place = body.index(words)
    end = place + len(words) + len(", HSCT.")
    sections = [
        {
            "start": 8,
            "end": place,
            "label": "",
            "category": "methods" if category != "methods" else "results",
        },
        {"start": place, "end": end, "label": "", "category": category},
        {"start": end, "end": len(body), "label": "", "category": "background"},
    ]
    mention = Mention(start, start + 4, "HSCT", "therapy", "X:1")
    assert Assertion().judge(body, [mention], sentences(body), sections)[0].about == about


def test_without_sentences_the_whole_text_is_one() -> None:
    (found,) = Assertion().judge("No HSCT.", [Mention(3, 7, "HSCT", "therapy", "X:1")], [], [])
    assert found.negated


def test_each_mention_belongs_to_the_sentence_that_it_stands_in() -> None:
    body = "Krabbe disease.\nNo HSCT was done. HSCT was given."
    places = [(0, 14, "Krabbe disease"), (19, 23, "HSCT"), (34, 38, "HSCT")]
    mentions = [Mention(a, b, words, "therapy", words) for a, b, words in places]
    assert all(body[m.start : m.end] == m.text for m in mentions)
    found = Assertion().judge(body, mentions, sentences(body), [])
    assert [mention.negated for mention in found] == [False, True, False]


@pytest.mark.parametrize(("far", "negated"), [(500, True), (501, False)])
def test_a_cue_reaches_five_hundred_characters_and_no_more(far: int, negated: bool) -> None:
    before = "No " + "x" * (far - 4) + " "
    assert len(before) == far
    assert judged(f"Here. {before}HSCT").negated is negated


def test_a_list_carries_a_cue_over_four_times_its_reach() -> None:
    cue = next(
        c
        for c in load_cues().rows.values()
        if c.kind == "negates_after" and re.fullmatch(c.pattern, "without")
    )
    for words, negated in ((4 * cue.reach, True), (4 * cue.reach + 1, False)):
        listed = ", ".join(["diet"] * (words - 1)) + " or HSCT"
        assert judged(f"They lived without {listed}.").negated is negated, words


def test_spans_of_a_doc_are_the_mentions() -> None:
    import spacy
    from spacy.tokens import Doc

    from leukonlp.pipeline.assertion import _set_spans
    from leukonlp.pipeline.build import build

    build(Settings(ner=(), tagger=()))  # registers the attributes
    doc = spacy.blank("en")("HSCT in Krabbe disease")
    doc._.mentions = [Mention(8, 22, "Krabbe disease", "disease", "MONDO:1").to_dict()]
    _set_spans(doc)
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["leukonlp"]] == [
        ("Krabbe disease", "DISEASE", "MONDO:1")
    ]
    doc._.mentions = None
    _set_spans(doc)
    assert list(doc.spans["leukonlp"]) == []
    empty = Doc(doc.vocab)
    _set_spans(empty)
    assert "leukonlp" not in empty.spans


def test_the_mentions_of_a_doc_are_judged_in_their_sections() -> None:
    import spacy

    from leukonlp.pipeline.build import build

    build(Settings(ner=(), tagger=()))  # registers the attributes
    text = "Boys\nIt is rare. Boys got no HSCT. They grew after HSCT."
    places = [(29, 33), (51, 55)]
    assert [text[a:b] for a, b in places] == ["HSCT", "HSCT"]
    told = [Mention(a, b, "HSCT", "therapy", "X:1").to_dict() for a, b in places]
    background = {"start": 5, "end": len(text), "label": "", "category": "background"}
    for sections, about in (([background], "background"), ([], "study"), (None, "study")):
        doc = spacy.blank("en")(text)
        doc._.mentions, doc._.sections, doc._.sentence_spans = told, sections, sentences(text)
        assert Assertion()(doc) is doc
        assert [(m["negated"], m["about"]) for m in doc._.mentions] == [(True, about), (False, about)]
        assert [s.text for s in doc.spans["leukonlp"]] == ["HSCT", "HSCT"]
    bare = spacy.blank("en")(text)
    for nothing in ([], None):
        bare._.mentions = nothing
        assert Assertion()(bare)._.mentions == nothing
        assert list(bare.spans["leukonlp"]) == []


def test_cues_of_another_clause_or_beside_look_alikes_do_not_reach() -> None:
    """Each cue is judged by itself: one that does not reach hides none that does."""
    assert judged("Not only boys but no girls got HSCT.").negated
    assert not judged("Not only HSCT was tried.").negated
    assert not judged("Without treatment, HSCT is needed.").negated
    assert judged("Without treatment, nobody got HSCT.").negated
    assert judged("HSCT was not performed, and no diet.").negated


def test_cues_far_into_a_sentence_and_beside_a_mention() -> None:
    assert judged(f"Boys {'x' * 490} and HSCT was not performed.").negated
    assert not judged("There is no evidence of it.", "evidence of").negated
    assert judged(f"{'İ' * 30}. Boys got no HSCT.").negated
    assert judged(f"Boys of {'İ' * 9} got no HSCT.").negated


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("BACKGROUND: It is rare. METHODS: Boys got HSCT.", "study"),
        ("METHODS: They ran. BACKGROUND: It is rare. Boys got HSCT.", "background"),
        ("BACKGROUND: It is rare. Boys got HSCT.", "background"),
    ],
)
def test_a_sentence_is_judged_by_its_own_section(text: str, about: str) -> None:
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
