"""Trap sentences for the lexicon: what must be found, with its exact words, and what must be left alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TRAPS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "traps.jsonl").read_text("utf-8").splitlines()
]
CONCEPT = {
    "disease": re.compile(r"MONDO:\d{7}"),
    "gene": re.compile(r"HGNC:\d+"),
    "therapy": re.compile(r"UNII:[0-9A-Z]{10}|MESH:[CD]\d+|CHEBI:\d+|LEUKO:T\d{4}"),
}
FLAGS = ("negated", "speculative", "about", "species")


def _problems(trap: dict[str, Any], mentions: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with ``mentions`` of ``trap``."""
    text = trap["text"]
    for want in trap["mentions"]:
        start = want.get("start", text.index(want["text"]))
        span = (start, start + len(want["text"]))
        found = [m for m in mentions if (m["start"], m["end"]) == span and m["type"] == want["type"]]
        if not found:
            near = [m["text"] for m in mentions if m["start"] < span[1] and span[0] < m["end"]]
            yield f"misses {want['text']!r} at {start} (there: {near})"
        for mention in found:
            wrong = {k: mention[k] for k in ("concept", *FLAGS) if k in want and mention[k] != want[k]}
            if wrong:
                yield f"{want['text']!r} at {start} has {wrong}"
    for surface in trap["absent"]:
        yield from (
            f"should leave {surface!r} alone: {m['text']!r}"
            for m in _touching(text, surface, mentions)
            if not _unlinked(m)
        )
    for ban in trap.get("never", []):
        for mention in _touching(text, ban["text"], mentions):
            if not _unlinked(mention) and {mention["type"], mention["concept"]} & set(ban["is_not"]):
                yield f"{ban['text']!r} is no {mention['name']} ({mention['type']})"


def _unlinked(mention: dict[str, Any]) -> bool:
    """Say whether a model found it and no concept was put to it: a disease it may be, but none of ours."""
    return mention.get("source") == "model" and mention["concept"] is None


def _touching(text: str, surface: str, mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    spans = [m.span() for m in re.finditer(re.escape(surface), text)]
    return [m for m in mentions if any(m["start"] < end and start < m["end"] for start, end in spans)]


def test_traps() -> None:
    import leukonlp

    nlp = leukonlp.load()
    failing = []
    for trap in TRAPS:
        mentions = nlp(trap["text"])._.mentions
        failing += [f"{trap['id']}: {problem}" for problem in _problems(trap, mentions)]
        crooked = [m for m in mentions if trap["text"][m["start"] : m["end"]] != m["text"]]
        failing += [f"{trap['id']}: offsets of {m['text']!r} are wrong" for m in crooked]
    ids = sorted({line.split(":")[0] for line in failing})
    report = "\n".join(failing)
    assert not failing, f"{len(ids)} of {len(TRAPS)} traps: {', '.join(ids)}\n{report}"


def test_there_are_enough_traps_of_every_kind() -> None:
    assert len(TRAPS) >= 80
    assert len({trap["id"] for trap in TRAPS}) == len(TRAPS)
    assert sum(bool(trap["absent"] or trap.get("never")) for trap in TRAPS) >= 40
    wants = [want for trap in TRAPS for want in trap["mentions"]]
    for flag, value, least in (("negated", True, 14), ("negated", False, 10), ("speculative", True, 3)):
        assert sum(want.get(flag) is value for want in wants) >= least, (flag, value)
    assert {want["type"] for want in wants} == set(CONCEPT)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: str(trap["id"]))
def test_trap_is_well_made(trap: dict[str, Any]) -> None:
    text = trap["text"]
    assert set(trap) <= {"id", "text", "mentions", "absent", "never"}
    assert text.count("\n") == 1
    assert trap["mentions"] or trap["absent"] or trap.get("never")
    for want in trap["mentions"]:
        assert set(want) <= {"text", "type", "concept", "start", *FLAGS}
        assert CONCEPT[want["type"]].fullmatch(want["concept"]), want
        assert (text.count(want["text"]) == 1) != ("start" in want), want
        assert text.startswith(want["text"], want.get("start", text.index(want["text"]))), want
    for surface in (*trap["absent"], *(ban["text"] for ban in trap.get("never", []))):
        assert surface in text, surface


def test_a_wrong_answer_is_noticed() -> None:
    trap: dict[str, Any] = {
        "text": "t\nMLD and CTX",
        "mentions": [{"text": "MLD", "type": "disease", "concept": "MONDO:0018868", "negated": False}],
        "absent": ["CTX"],
    }
    right = {
        "start": 2,
        "end": 5,
        "text": "MLD",
        "type": "disease",
        "concept": "MONDO:0018868",
        "negated": False,
    }
    wrong = {**right, "start": 10, "end": 13, "text": "CTX"}
    assert not list(_problems(trap, [right]))
    assert len(list(_problems(trap, []))) == 1
    assert len(list(_problems(trap, [right, wrong]))) == 1
    assert len(list(_problems(trap, [{**right, "negated": True}]))) == 1
    assert len(list(_problems(trap, [{**right, "concept": "MONDO:0009591"}]))) == 1


def test_a_banned_reading_is_noticed() -> None:
    never = [{"text": "ERT", "is_not": ["gene", "MESH:D1"]}]
    trap: dict[str, Any] = {"text": "t\nERT", "mentions": [], "absent": [], "never": never}
    found: dict[str, Any] = {"start": 2, "end": 5, "text": "ERT", "name": "ERT"}
    assert not list(_problems(trap, [{**found, "type": "therapy", "concept": "MESH:D2"}]))
    assert len(list(_problems(trap, [{**found, "type": "therapy", "concept": "MESH:D1"}]))) == 1
    assert len(list(_problems(trap, [{**found, "type": "gene", "concept": "HGNC:1"}]))) == 1
