"""Reading gold standards: what is taken, what is refused, and in which words."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from leukonlp.errors import InputError
from leukonlp.scoring import Span, linking, read_gold, spans

TEXT = "ARSA in Krabbe disease\nBoth were seen."


def entity(start: int, end: int, kind: str, norm: str = "", text: str | None = None) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "text": TEXT[start:end] if text is None else text,
        "type": kind,
        "norm": norm,
    }


def line(name: str = "1", **changes: Any) -> str:
    entities = [entity(0, 4, "Gene", "410"), entity(8, 22, "SpecificDisease", "D007965")]
    return json.dumps(
        {"id": name, "pmid": name, "text": TEXT, "split": "dev", "entities": entities, **changes}
    )


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_reads_text_and_spans(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "g.jsonl", line(), "", line("2", entities=[])))
    assert gold == {
        "1": (TEXT, (Span(0, 4, "Gene", "410"), Span(8, 22, "SpecificDisease", "D007965"))),
        "2": (TEXT, ()),
    }


def test_gzip_is_recognised_by_content(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(gzip.compress(line().encode()))
    assert list(read_gold(path)) == ["1"]


def test_types_are_mapped_and_others_left_out(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "g.jsonl", line()), types={"SpecificDisease": "disease"})
    assert gold["1"][1] == (Span(8, 22, "disease", "D007965"),)


def test_norms_are_split_translated_and_emptied(tmp_path: Path) -> None:
    entities = [
        entity(0, 4, "Gene", "410,2581"),
        entity(5, 7, "Gene", "-1"),
        entity(8, 14, "Gene", "D1 + D2"),
        entity(8, 22, "Gene", "D3|D3"),
    ]
    path = write(tmp_path / "g.jsonl", line(entities=entities))
    assert [span.concept for span in read_gold(path)["1"][1]] == ["410|2581", None, "D1|D2", "D3"]
    table = {"410": "HGNC:713", "D1": "MONDO:1"}
    assert [span.concept for span in read_gold(path, concept=table.get)["1"][1]] == [
        "HGNC:713",
        None,
        "MONDO:1",
        None,
    ]


def test_splits_are_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", line("1"), line("2", split="test"))
    assert list(read_gold(path, splits=("test",))) == ["2"]
    with pytest.raises(InputError, match="no gold document of split train; its splits are dev, test"):
        read_gold(path, splits=("train",))
    with pytest.raises(InputError, match="split train; its documents name no split"):
        read_gold(write(path, line(split=None)), splits=("train",))


def test_a_split_is_named_even_where_other_lines_slip(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", "{", line(split="test"))
    with pytest.raises(InputError, match="no gold document of split tst; its splits are test"):
        read_gold(path, splits=("tst",), slips=[])


def test_a_file_of_slips_says_the_first(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", "{", line(text=None))
    with pytest.raises(InputError, match="the first of 2 slips: .*line 1: not JSON"):
        read_gold(path, slips=[])


def test_a_word_for_word_repeat_is_taken_once(tmp_path: Path) -> None:
    slips: list[str] = []
    assert list(read_gold(write(tmp_path / "g.jsonl", line(), line()), slips=slips)) == ["1"]
    assert slips == []


def test_letter_case_and_outer_space_may_slip(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", line(entities=[entity(8, 22, "D", text="krabbe Disease  ")]))
    assert read_gold(path)["1"][1] == (Span(8, 22, "D"),)


def test_space_that_is_printed_may_be_held(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", line(entities=[entity(0, 5, "D")]))
    assert read_gold(path)["1"][1] == (Span(0, 5, "D"),)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (
            line(entities=[entity(8, 22, "D", text="Canavan disease")]),
            "8:22 holds 'Krabbe disease', not 'Canavan disease'",
        ),
        (line(entities=[entity(0, 5, "D", text="ARSA")]), "0:5 holds 'ARSA ', not 'ARSA'"),
        (line(entities=[entity(7, 22, "D", text="Krabbe disease")]), "7:22 holds ' Krabbe disease', not"),
        (line(entities=[entity(8, 99, "D")]), "8:99 lies outside the text of 38 characters"),
        (line(entities=[entity(4, 4, "D")]), "4:4 lies outside"),
        (line(entities=[{"start": 0, "end": 4, "type": "D"}]), "lacks start, end, type or text"),
        (line(entities=["ARSA"]), "lacks start, end, type or text"),
        (line(entities=[{**entity(0, 4, "D"), "start": "0"}]), "'0':4 lies outside"),
        (line(text=None), "needs 'text'"),
        (line(entities={}), "needs 'text'"),
        (json.dumps({"text": TEXT, "entities": []}), "no 'id' and no 'pmid'"),
        ("[1]", "a list; give one JSON object a line"),
        ("{", "not JSON"),
        (line("0", entities=[]), "document 0 comes twice, and differs"),
    ],
)
def test_slips_end_the_reading_or_are_listed(tmp_path: Path, bad: str, words: str) -> None:
    path = write(tmp_path / "g.jsonl", line("0"), bad, line("2"))
    with pytest.raises(InputError, match="line 2") as caught:
        read_gold(path)
    assert words in str(caught.value)
    slips: list[str] = []
    assert list(read_gold(path, slips=slips)) == ["0", "2"]
    assert len(slips) == 1
    assert words in slips[0]


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.jsonl cannot be read"):
        read_gold(tmp_path / "absent.jsonl")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(line().encode() * 50)[:-20])
    with pytest.raises(InputError, match=r"cut\.gz cannot be read"):
        read_gold(tmp_path / "cut.gz")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "caf\xe9"}')
    with pytest.raises(InputError, match=r"latin\.jsonl is not UTF-8"):
        read_gold(tmp_path / "latin.jsonl")
    with pytest.raises(InputError, match="holds no gold document"):
        read_gold(write(tmp_path / "empty.jsonl", ""))


@pytest.mark.shared
def test_a_real_corpus_scores_perfectly_against_itself(shared: Path) -> None:
    slips: list[str] = []
    types = dict.fromkeys(("SpecificDisease", "Modifier", "DiseaseClass", "CompositeMention"), "disease")
    gold = read_gold(shared / "ner" / "ncbi-disease.jsonl.gz", types=types, slips=slips)
    assert len(gold) > 700
    assert slips == []
    mentions = {name: items for name, (_, items) in gold.items()}
    assert spans(mentions, mentions, resamples=50).f1 == 1
    assert linking(mentions, mentions, resamples=50).documents.f1 == 1
