"""The data in the page: whole, numbered, and unable to end the element that it stands in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from leukonlp.lexicon import Lexicon
from leukonlp.records import Abstract, Mention, Quote, Study, Tag
from leukonlp.report import embed
from leukonlp.report.summary import summarize

Make = Callable[..., Study]


def unpacked(
    studies: list[Study], lexicon: Lexicon, **options: Any
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    packed = json.loads(embed.listed(summarize(studies, lexicon=lexicon, **options)))
    return [dict(zip(packed["fields"], row, strict=True)) for row in packed["rows"]], packed["labels"]


def test_a_row_holds_what_filters_and_table_need(lexicon: Lexicon, make_study: Make) -> None:
    rows, labels = unpacked([make_study("28976817", doi="10.1056/x1", journal="J")], lexicon)
    (row,) = rows
    assert (row["pmid"], row["year"], row["participants"], row["retracted"]) == ("28976817", 2020, 17, 0)
    assert row["links"] == [
        ["PubMed 28976817", "https://pubmed.ncbi.nlm.nih.gov/28976817/"],
        ["DOI", "https://doi.org/10.1056/x1"],
        ["NCT01560182", "https://clinicaltrials.gov/study/NCT01560182"],
    ]
    assert labels["phase"][row["phase"]] == ["phase_1_2", "Phase 1/2", "p3", 5]
    assert labels["design"][row["design"]] == ["single_arm_trial", "Single-arm trial", "d2"]
    assert [labels["disease"][n][1] for n in row["disease"]] == ["metachromatic leukodystrophy"]
    assert [labels["subtypes"][n][1] for n in row["subtypes"]] == [
        "metachromatic leukodystrophy, late infantile form"
    ]
    assert [labels["therapy"][n][1] for n in row["therapy"]] == ["arsa-cel"]


def test_labels_stand_once(lexicon: Lexicon, make_study: Make) -> None:
    told = [(("NCT01560182",), "ClinicalTrials.gov", tuple("01234"))]
    rows, labels = unpacked([make_study(str(n)) for n in range(5)], lexicon, trials=told)
    assert [len(labels[kind]) for kind in ("disease", "gene", "modality", "phase", "trials")] == [1] * 5
    assert {tuple(row["modality"]) for row in rows} == {(0,)}


def test_the_disease_of_a_retracted_study_alone_keeps_its_name(lexicon: Lexicon, make_study: Make) -> None:
    """Regression: no row of the map names it, and its id stood in the list of filters."""
    _, labels = unpacked([make_study("1", retracted=True, diseases=("MONDO:0018868",))], lexicon)
    assert labels["disease"] == [["MONDO:0018868", "metachromatic leukodystrophy"]]


def test_the_text_is_cut_and_every_reason_points_at_its_words(lexicon: Lexicon, make_study: Make) -> None:
    study = make_study(title="Gene therapy <in> MLD & more")
    (block,) = embed.texts(summarize([study], lexicon=lexicon))
    (opened,) = json.loads(block)
    assert "".join(words for words, _, _ in opened["pieces"]) == study.text
    said = {why[0]: why for why in opened["why"]}
    quoted = "".join(words for words, _, quotes in opened["pieces"] if said["Phase"][4] in quotes)
    assert quoted == "phase 1/2"
    assert said["Phase"][:4] == ["Phase", "Phase 1/2", "stated in the text", 0.97]
    assert said["Design"] == ["Design", "Single-arm trial", "publication type in PubMed", None, None]
    marked = [(words, opened["mentions"][n]) for words, n, _ in opened["pieces"] if n is not None]
    assert [(words, kind, faint) for words, (kind, faint, _) in marked] == [
        ("late infantile MLD", "disease", 0),
        ("ARSA", "gene", 0),
        ("Krabbe disease", "disease", 1),
    ]
    assert marked[-1][1][2] == "disease, negated: Krabbe disease (MONDO:0009499)"


def test_overlapping_quotes_and_mentions_change_no_character(lexicon: Lexicon) -> None:
    text = "A & B <leukodystrophy> of the third kind"
    study = Study(
        Abstract("1", text),
        (Mention(7, 21, text[7:21], "disease"), Mention(2, 5, text[2:5], "gene")),
        relevant=Tag(True, None, Quote(0, 10, text[:10])),
        phase=Tag("phase_1", None, Quote(4, 30, text[4:30])),
    )
    (opened,) = json.loads(next(embed.texts(summarize([study], lexicon=lexicon))))
    assert "".join(words for words, _, _ in opened["pieces"]) == f"{text}\n"
    for number, words in ((0, text[4:30]), (1, text[:10])):
        assert "".join(piece for piece, _, quotes in opened["pieces"] if number in quotes) == words


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)//", "<!--", "]]>", "\u2028\u2029", "&lt;", '"\\']
)
def test_nothing_in_a_block_is_markup(words: str, lexicon: Lexicon, make_study: Make) -> None:
    study = make_study(words, title=words, journal=words, doi=words, abstract=words, registry=(words,))
    summary = summarize([study], lexicon=lexicon)
    for block in (embed.listed(summary), *embed.texts(summary)):
        assert not set(block) & set("<>&\u2028\u2029")
    rows, _ = unpacked([study], lexicon)
    assert (rows[0]["title"], rows[0]["links"][0]) == (words, [words, None])


def test_what_cannot_be_seen_is_shown(lexicon: Lexicon, make_study: Make) -> None:
    rows, _ = unpacked([make_study(title="a\u202eb\x00c\ud800d\u2066e")], lexicon)
    assert rows[0]["title"] == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_texts_come_in_blocks_in_the_order_of_the_list(
    lexicon: Lexicon, make_study: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed, "CHUNK", 2)
    studies = [make_study(str(n), title=f"Study {n}", abstract="x", year=2000 + n) for n in range(5)]
    summary = summarize(studies, lexicon=lexicon, texts=5)
    blocks = [json.loads(block) for block in embed.texts(summary)]
    assert [len(block) for block in blocks] == [2, 2, 1]
    first = [opened["pieces"][0][0].split("\n")[0] for block in blocks for opened in block]
    assert first == [study["title"] for study in summary["studies"]]
