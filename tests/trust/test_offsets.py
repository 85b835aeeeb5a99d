"""Round trips and offsets, whatever the Unicode: ``text[start:end]`` always equals the words claimed."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leukonlp.config import Settings
from leukonlp.lexicon import load_lexicon
from leukonlp.records import Abstract, Failure, Study
from leukonlp.workflow.workers import annotate_records

from ..conftest import Tally  # noqa: TID252
from .samples import records

RULES = Settings(ner=(), tagger=())
TRICKY = (
    *(
        "\u0301",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u00ad",
        "İ",
        "ß",
        "ẞ",
        "ŉ",
        "ǅ",
        "ﬁ",
        "Å",
        "Ω",
        "ſ",
        "\U0001f9ec",
        "𝐀",
        "٣",
    ),
    *("½", "²", "α", "’", "–", "\u00a0", "\u2028", "\x85", "\t", "\n", " ", "(", ")", ".", ",", "-", "/"),
)
PHRASES = (
    "Krabbe disease",
    "MLD",
    "metachromatic leukodystrophy (MLD)",
    "ARSA",
    "X-ALD",
    "adrenoleukodystrophy",
    "phase 1/2 trial",
    "nine infants",
    "12 patients (aged 3–9 years)",
    "follow-up of 24 months",
    "gene therapy",
    "METHODS: ",
    "RESULTS: ",
    "randomised",
    "cord blood transplantation",
    "NCT01234567",
    "no ",
    "was 1.5 mg/kg",
)
texts = st.lists(
    st.one_of(
        st.sampled_from(PHRASES),
        st.sampled_from(TRICKY),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    ),
    max_size=14,
).map(" ".join)
LONG = os.environ.get("LEUKONLP_TRUST") == "long"
slow = settings(max_examples=2_000 if LONG else 25, deadline=None, suppress_health_check=list(HealthCheck))


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(concept.name for concept in load_lexicon().concepts.values())


@slow
@given(title=texts, body=texts, name=st.integers(0, 10_000), at=st.sampled_from(TRICKY))
def test_every_claim_stands_where_it_is_said_to_stand(
    tally: Tally, title: str, body: str, name: int, at: str
) -> None:
    named = _names()[name % len(_names())]
    record = Abstract("1", f"{title}{at}{named}", f"{body} {named}{at} {title}")
    (done,) = annotate_records([record], settings=RULES)
    assert isinstance(done, (Study, Failure))
    if isinstance(done, Failure):
        assert done.kind == "no_text"
        return
    done.check_offsets()
    claims = _claims(done.to_dict())
    tally(texts=1, claims=len(claims))
    for claim in claims:
        assert done.text[claim["start"] : claim["end"]] == claim["text"]
    assert Study.from_dict(json.loads(json.dumps(done.to_dict()))) == done


def _claims(value: Any) -> list[dict[str, Any]]:
    """Every object anywhere in a line that claims words at a place."""
    if isinstance(value, list):
        return [claim for item in value for claim in _claims(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() else []
    return own + [claim for item in value.values() for claim in _claims(item)]


def test_a_false_claim_would_be_seen() -> None:
    (study,) = annotate_records([Abstract("1", "Gene therapy of Krabbe disease")], settings=RULES)
    assert isinstance(study, Study)
    claims = _claims(study.to_dict())
    assert any(claim["text"] == "Krabbe disease" for claim in claims)
    assert any(study.text[c["start"] + 1 : c["end"] + 1] != c["text"] for c in claims)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


def _allowed(character: str) -> bool:
    """XML cannot hold the others at all."""
    return character in "\t\n" or (character >= " " and character not in "\ufffe\uffff")


@slow
@given(title=texts, body=texts)
def test_the_same_words_come_out_of_every_format(place: Path, title: str, body: str) -> None:
    title, body = ("".join(filter(_allowed, words)) for words in (f"x{title}", f"y{body}"))
    xml = (
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>{escape(title)}"
        f"</ArticleTitle><Abstract><AbstractText>{escape(body)}</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    line = json.dumps({"pmid": "1", "title": title, "abstract": " ".join(body.split())})
    (from_xml,) = records(place / "a.xml", xml.encode())
    (from_jsonl,) = records(place / "a.jsonl", f"{line}\n".encode())
    assert isinstance(from_xml, Abstract)
    assert isinstance(from_jsonl, Abstract)
    assert from_xml.text == from_jsonl.text
    assert [(s.start, s.end) for s in from_xml.sections] == [(s.start, s.end) for s in from_jsonl.sections]
