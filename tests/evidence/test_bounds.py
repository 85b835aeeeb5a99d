"""Both sides of the bounds that a user of the index meets, and the shapes of what it gives."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from leukonlp import evidence
from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex, Hits
from leukonlp.evidence import notebook as shown
from leukonlp.evidence.concepts import seal
from leukonlp.evidence.hits import Hit
from leukonlp.evidence.query import Query, labels, participants, several, words, years
from leukonlp.evidence.quotes import reasons, telling
from leukonlp.evidence.schema import study_id
from leukonlp.evidence.words import parse
from leukonlp.lexicon import Lexicon
from leukonlp.records import Accession, Study

from .made import ARSA, CORD, HSCT, KRABBE, LATE, MLD, make


def _classes() -> list[Any]:
    modules = [
        importlib.import_module(f"leukonlp.evidence.{m.name}")
        for m in pkgutil.iter_modules(evidence.__path__)
    ]
    found = [
        v for m in modules for v in vars(m).values() if isinstance(v, type) and v.__module__ == m.__name__
    ]
    return [cls for cls in found if dataclasses.is_dataclass(cls)]


CACHING = {"Hit", "Hits", "Names"}
"""They remember what they were asked, and so have no slots."""


@pytest.mark.parametrize("cls", _classes(), ids=lambda cls: cls.__qualname__)
def test_what_the_index_gives_cannot_be_changed(cls: Any) -> None:
    assert cls.__dataclass_params__.frozen
    assert ("__slots__" in vars(cls)) is (cls.__name__ not in CACHING)


def test_the_dataclasses_of_the_index_are_these() -> None:
    assert {cls.__name__ for cls in _classes()} == {
        *("Names", "Hit", "Hits", "Query", "Trial", "Change", "Update", "Term", "Words")
    }


def test_a_search_gives_fifty_from_the_first_where_nothing_is_said(index: EvidenceIndex) -> None:
    index.add_many([make(str(n), year=2000 + n % 20) for n in range(1, 52)])
    found = index.search()
    assert (len(found), found.total, found.offset) == (50, 51, 0)
    assert len(index.search(limit=51)) == 51
    assert (len(index.search(limit=0)), index.search(limit=0).total) == (0, 51)
    assert [hit.pmid for hit in index.search(offset=50)] == [index.search(limit=None)[50].pmid]
    assert (Hits().offset, Hits().total, Hits().hits) == (0, 0, ())


@pytest.mark.parametrize(
    "given", [{"limit": -1}, {"offset": -1}, {"limit": True}, {"offset": 1.0}, {"limit": "1"}]
)
def test_a_page_is_given_in_whole_numbers(index: EvidenceIndex, given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="must be whole numbers, 0 or more"):
        index.search(**given)


@pytest.mark.parametrize(
    ("pmid", "key"),
    [
        ("0", 0),
        ("1", 1),
        ("12345678", 12345678),
        ("9" * 17, 99999999999999999),
        ("9" * 18, -691828785532574009),
        ("01", -2658089368220803886),
        ("x1", -4254874755403187782),
        ("", -4101707308206065414),
    ],
)
def test_the_key_of_a_study_never_changes(pmid: str, key: int) -> None:
    """Index files hold it."""
    assert study_id(pmid) == key


@pytest.mark.parametrize(("count", "kept"), [(199, 199), (200, 200), (201, 200)])
def test_two_hundred_terms_are_looked_for(count: int, kept: int) -> None:
    typed = [f"w{n}" for n in range(count)]
    (terms,) = parse(" ".join(typed)).alternatives
    assert [term.tokens[0] for term in terms] == typed[:kept]
    assert sum(len(t) for t in parse(" OR ".join(typed)).alternatives) == kept
    first = parse(" ".join(typed[:150]) + " OR " + " ".join(typed[:100]) + " OR z").alternatives
    assert [len(terms) for terms in first] == [150, 50]


def test_the_abstract_comes_before_the_title_and_the_first_sentence_before_the_next() -> None:
    quote = parse("oil").quote("Oil for boys\nThey took oil. More oil came.")
    assert quote is not None
    assert (quote.start, quote.text) == (13, "They took oil.")
    quote = parse("oil boys").quote("Oil for boys\nThey took oil.")
    assert quote is not None
    assert (quote.start, quote.text) == (0, "Oil for boys")
    quote = parse("oil").quote("They took oil. Oil it was.")
    assert quote is not None
    assert quote.text == "They took oil."


@pytest.mark.parametrize("value", [(2001, 2000), (1,), (1, 2, 3), "2001", 2001.0, True, (2001, True)])
def test_years_that_are_none(value: Any) -> None:
    with pytest.raises(InputError, match="year is"):
        years(value)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        (2001, (2001, 2001)),
        (None, (None, None)),
        ((2001, 2001), (2001, 2001)),
        ([2001, 2002], (2001, 2002)),
        ((None, 2001), (None, 2001)),
        ((2001, None), (2001, None)),
    ],
)
def test_years(value: Any, bounds: tuple[int | None, int | None]) -> None:
    assert years(value) == bounds


@pytest.mark.parametrize("given", [(-1, None), (None, -1), (True, None), (2, 1), (1.0, None)])
def test_numbers_of_people_that_are_none(given: Any) -> None:
    with pytest.raises(InputError, match="_participants"):
        participants(*given)


@pytest.mark.parametrize("given", [(0, None), (None, 0), (1, 1), (1, 2), (None, None)])
def test_numbers_of_people(given: Any) -> None:
    assert participants(*given) == given


def test_one_or_several_strings() -> None:
    assert several("disease", None) == several("disease", ()) == ()
    assert several("disease", "MLD") == ("MLD",)
    assert several("disease", ["MLD", "ALD"]) == several("disease", ("MLD", "ALD")) == ("MLD", "ALD")
    for wrong in (1, {"a": 1}, ["MLD", 1], b"MLD"):
        with pytest.raises(InputError, match="disease is"):
            several("disease", wrong)  # type: ignore[arg-type]
    assert labels("phase", ["phase_1", "unphased"]) == ("phase_1", "unphased")
    with pytest.raises(InputError, match="'phase_1' is no design; allowed are randomized_trial"):
        labels("design", ["cohort", "phase_1"])
    assert (words(None), words(""), words(" \t"), words(" a ")) == (None, None, None, " a ")
    with pytest.raises(InputError, match="words is 1"):
        words(1)  # type: ignore[arg-type]


def found(study: Study, **asked: Any) -> tuple[str, tuple[str, ...]]:
    record = json.loads(json.dumps(study.to_dict()))
    query = Query(**asked)
    return telling(record, query).text, reasons(record, query)


TOLD = make(
    "1", (MLD, ARSA, HSCT), phase="phase_2", design="cohort", modality="hsct", enrolled=12, months=3.0
)


@pytest.mark.parametrize(
    ("asked", "quote", "why"),
    [
        ({}, " phase_2.", ()),
        ({"phase": ("phase_2",)}, " phase_2.", ("phase: phase_2",)),
        ({"design": ("cohort",)}, " cohort.", ("design: cohort",)),
        ({"modality": ("hsct", "dietary")}, " hsct.", ("modality: hsct",)),
        ({"participants": (1, None)}, "12 people", ("participants: 12",)),
        (
            {"participants": (None, 20), "design": ("cohort",)},
            " cohort.",
            ("design: cohort", "participants: 12"),
        ),
        ({"year": (2015, None)}, " phase_2.", ("year: 2015",)),
        ({"year": (None, 2015)}, " phase_2.", ("year: 2015",)),
        (
            {"disease": (MLD,)},
            "We followed families with metachromatic leukodystrophy.",
            ("disease: metachromatic leukodystrophy (MONDO:0018868)",),
        ),
        (
            {"disease": (MLD,), "gene": (ARSA,)},
            "We followed families with ARSA.",
            ("disease: metachromatic leukodystrophy (MONDO:0018868)", "gene: ARSA (HGNC:713)"),
        ),
        (
            {"gene": (ARSA,), "therapy": (HSCT,)},
            "We followed families with haematopoietic stem cell transplantation.",
            ("gene: ARSA (HGNC:713)", "therapy: haematopoietic stem cell transplantation (LEUKO:T0001)"),
        ),
        ({"words": "procedure"}, "No child died of the procedure.", ("words: procedure",)),
        ({"words": "zebra", "design": ("cohort",)}, " cohort.", ("words: zebra", "design: cohort")),
        ({"disease": (KRABBE,)}, " phase_2.", ()),
    ],
)
def test_the_words_that_answer_and_why(asked: dict[str, Any], quote: str, why: tuple[str, ...]) -> None:
    assert found(TOLD, **asked) == (quote, why)


def test_what_is_only_mentioned_is_a_reason_where_that_was_asked_for() -> None:
    study = make("1", (MLD,), also=(KRABBE,))
    assert found(study, disease=(KRABBE,))[1] == ()
    assert found(study, disease=(KRABBE,), mentioned=True)[1] == ("disease: Krabbe disease (MONDO:0009499)",)


def test_a_mention_that_affirms_comes_first() -> None:
    study = make(
        "1", (MLD,), title="On metachromatic leukodystrophy", body="And metachromatic leukodystrophy again."
    )
    title, first, second = study.mentions
    sentences = (
        "We followed families with metachromatic leukodystrophy.",
        "And metachromatic leukodystrophy again.",
    )
    for changed, expected in (
        ({}, sentences[0]),
        ({"negated": True}, sentences[1]),
        ({"speculative": True}, sentences[1]),
        ({"about": "background"}, sentences[1]),
    ):
        mentions = (title, dataclasses.replace(first, **changed), second)  # type: ignore[arg-type]
        assert found(dataclasses.replace(study, mentions=mentions), disease=(MLD,))[0] == expected
    mentions = (title, *(dataclasses.replace(m, about="background") for m in (first, second)))
    assert (
        found(dataclasses.replace(study, mentions=mentions), disease=(MLD,))[0]
        == "On metachromatic leukodystrophy"
    )


def test_without_words_the_title_is_quoted() -> None:
    assert found(make("1", (MLD,), title="On it."))[0] == "On it."
    assert found(Study(make("1").abstract))[0] == "Report 1"


@pytest.mark.parametrize(("count", "more"), [(7, ""), (8, ""), (9, ", 1 more"), (1010, ", 1,002 more")])
def test_eight_labels_of_a_kind_are_shown(count: int, more: str) -> None:
    status: dict[str, Any] = {"studies": 1, "relevant": 1, "retracted": 0, "years": [None, None], "path": "x"}
    counts = {f"l{n}": 2000 - n for n in range(count)}
    told = shown.index(
        {**status, **{key: {} for key in ("phase", "design", "modality", "disease")}, "therapy": counts}
    )
    named = ", ".join(f"l{n} ({2000 - n:,})" for n in range(min(count, 8)))
    assert f">{named}{more}</td>" in told
    assert ">none</td>" in told


@pytest.mark.parametrize(
    ("pmid", "leads"), [("12345678", True), ("123456789", False), ("12a", False), ("１", False)]
)
def test_numbers_of_pubmed_lead_there(pmid: str, leads: bool) -> None:
    assert ("<a href" in shown.hit(Hit(json.dumps(make(pmid).to_dict())))) is leads


@pytest.mark.parametrize(("length", "shown_as"), [(109, 109), (110, 110), (111, 110)])
def test_long_titles_are_cut_where_hits_are_printed(length: int, shown_as: int) -> None:
    hit = Hit(json.dumps(make("1", title="x" * length).to_dict()))
    line = repr(Hits((hit,), 1)).splitlines()[1]
    assert line == "  1 (2015) " + ("x" * length if length == shown_as else "x" * 109 + "…")


def test_the_register_of_a_trial_is_that_of_its_number(index: EvidenceIndex) -> None:
    numbers = (
        Accession("EudraCT", "2012-000001-11"),
        Accession("ClinicalTrials.gov", "NCT00000001"),
        Accession("UMIN-CTR", "UMIN000000001"),
        Accession("ISRCTN", "ISRCTN00000001"),
    )
    index.add_many([dataclasses.replace(make("1"), registry_numbers=numbers[:3])])
    (trial,) = index.trials()
    assert (trial.number, trial.register) == ("NCT00000001", "ClinicalTrials.gov")
    assert trial.numbers == ("2012-000001-11", "NCT00000001", "UMIN000000001")
    assert index.trials(at_least=2) == ()


def test_years_of_a_trial_may_be_unknown(index: EvidenceIndex) -> None:
    number = (Accession("ClinicalTrials.gov", "NCT00000001"),)
    index.add_many([dataclasses.replace(make("1", year=None), registry_numbers=number)])
    assert index.trials()[0].years == (None, None)
    index.add_many([dataclasses.replace(make("2", year=2001), registry_numbers=number)])
    assert (index.trials()[0].years, index.trials()[0].pmids) == ((2001, 2001), ("2", "1"))


@pytest.mark.parametrize(
    ("key", "value"), [("record", []), ("versions", []), ("mentions", {}), ("record", {"journal": "planted"})]
)
def test_a_line_that_says_something_else_is_found(
    index: EvidenceIndex, path: Path, key: str, value: Any
) -> None:
    index.add(make("1"))
    assert index.validate() == []
    index.close()
    connection = sqlite3.connect(path)
    (line,) = connection.execute("SELECT json FROM lines").fetchone()
    connection.execute("UPDATE lines SET json = ?", (json.dumps({**json.loads(line), key: value}),))
    connection.commit()
    connection.close()
    with EvidenceIndex(path, readonly=True) as again:
        assert any(said.startswith("record 1: ") for said in again.validate())


def test_the_seal_of_the_lexicon_has_sixteen_digits(index: EvidenceIndex, path: Path) -> None:
    index.add(make("1"))
    index.close()
    connection = sqlite3.connect(path)
    (held,) = connection.execute("SELECT value FROM meta WHERE key = 'concepts'").fetchone()
    assert (len(held), held) == (16, seal(connection, "ten"))
    assert seal(connection, "eleven") != held
    connection.execute("DELETE FROM concept_ancestors WHERE id = ? AND ancestor <> id", (MLD,))
    assert seal(connection, "ten") != held
    connection.close()


def test_names_of_concepts_and_what_descends_from_them(index: EvidenceIndex) -> None:
    index.add_many([make("1", (LATE,)), make("2", (CORD,)), make("3", (KRABBE,))])
    for name in (MLD, MLD.lower(), f" {MLD} ", "MLD", "Metachromatic Leukodystrophy"):
        assert [hit.pmid for hit in index.search(disease=name)] == ["1"], name
    assert [hit.pmid for hit in index.search(disease=[KRABBE, "MLD"])] == ["1", "3"]
    assert [hit.pmid for hit in index.search(therapy="HSCT")] == ["2"]
    with pytest.raises(InputError, match=r"no disease is called 'ARSA'; did you mean the gene ARSA\?"):
        index.search(disease="ARSA")
    with pytest.raises(InputError, match=r"'Krabe disease'; did you mean Krabbe disease\?"):
        index.search(disease="Krabe disease")
    with pytest.raises(InputError, match="'zzz'; try another name, or the concept's id"):
        index.search(gene="zzz")


def test_the_lexicon_is_written_once_for_each_opening(
    path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = []
    monkeypatch.setattr("leukonlp.evidence.file.refill", lambda connection, lexicon: times.append(lexicon))
    for opened in (1, 2):
        with EvidenceIndex(path, lexicon=lexicon) as index:
            for pmid in "12":
                index.add(make(pmid))
        assert times == [lexicon] * opened
