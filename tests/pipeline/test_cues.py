"""The words that let a cue be tried: no cue goes untried for want of one."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leukonlp.errors import LexiconError
from leukonlp.lexicon.concepts import DATA
from leukonlp.pipeline import cues as module
from leukonlp.pipeline.cues import Cue, Cues, Kind, Marks, load_cues, within

JUDGING = [kind for kind in get_args(Kind) if kind.startswith(("negates", "doubts"))]


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.mark.parametrize("kind", JUDGING)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=200,
)
@given(data=st.data())
def test_whatever_a_cue_matches_holds_one_of_its_words(kind: Kind, data: st.DataObject) -> None:
    rows = [cue for cue in load_cues().rows.values() if cue.kind == kind]
    cue: Cue = data.draw(st.sampled_from(rows))
    words = data.draw(st.from_regex(cue.pattern, fullmatch=True))
    text = f"a boy, {words.lower()}, tay-sachs"
    for match in load_cues().by_kind[kind].finditer(text):
        assert within(load_cues().marks.places(text).get(kind, ()), match.start(), match.end())


def test_every_row_is_tried(cues: Cues) -> None:
    with (DATA / "cues.tsv").open(encoding="utf-8", newline="") as lines:
        kinds = {row["kind"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert set(JUDGING) < kinds


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("no change", [0]),
        ("diagnosis, novel and normal", []),
        ("(no)", [1]),
        ("x-no", [2]),
        ("he did no", [7]),
        ("undenied", []),
        ("denial, denied", [8]),
    ],
)
def test_a_blank_is_the_border_of_a_word(text: str, places: list[int]) -> None:
    assert Marks({"negates_after": " no | denied"}).places(text).get("negates_after", []) == places


def test_places_come_in_order_by_kind() -> None:
    marks = Marks({"negates_after": "abc|b| no ", "no_cue": "c"})
    assert marks.places("abc no b") == {"negates_after": [0, 1, 4, 7], "no_cue": [2]}


def test_within_is_half_open() -> None:
    assert within([3, 8], 3, 4)
    assert within([3, 8], 4, 9)
    assert not within([3, 8], 4, 8)
    assert not within([], 0, 9)


def _loaded(rows: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Cues:
    (folder / "cues.tsv").write_text(
        "\n".join(["pattern\tkind\treach\tcrosses", *rows]) + "\n", encoding="utf-8"
    )
    monkeypatch.setattr(module, "DATA", folder)
    return load_cues.__wrapped__()


@pytest.mark.parametrize(
    "row",
    [
        "no\tnegates\t4\tno",
        "no\tnegates_after\tfour\tno",
        "no\tnegates_after\t-1\tno",
        "no\tnegates_after\t4\tmaybe",
        "(no\tnegates_after\t4\tno",
    ],
)
def test_a_bad_row_is_named(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LexiconError, match=r"cues\.tsv, '\(?no'"):
        _loaded([row], tmp_path, monkeypatch)


def test_the_longer_of_two_cues_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["no\tnegates_after\t4\tno", "no evidence of\tnegates_after\t9\tyes", "nor\tnegates_after\t4\tno"]
    made = _loaded(rows, tmp_path, monkeypatch)
    found = made.by_kind["negates_after"].search("there was no evidence of disease")
    assert found is not None
    assert found.group() == "no evidence of"
    assert made.rows[found.lastgroup or ""] == Cue("no evidence of", "negates_after", 9, True)


def test_rows_of_a_kind_are_tried_from_the_longest_whatever_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{words}\tnegates_after\t4\tno" for words in ("ab cd", "ab", "ab cd ef", "ab c")]
    made = _loaded(rows, tmp_path, monkeypatch)
    found = made.by_kind["negates_after"].search("ab cd ef")
    assert found is not None
    assert found.group() == "ab cd ef"
    assert made.screens["negates_after"].search("xab cdy") is None
    assert made.screens["no_cue"].pattern.count("ab") == 0
