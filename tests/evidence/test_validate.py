"""Every check finds the damage it is there for, and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from leukonlp.errors import IndexFileError
from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import Lexicon
from leukonlp.records import Deletion

from .made import ARSA, CORD, KRABBE, make

STUDY = make(
    "5", (KRABBE, ARSA, CORD), phase="phase_2", modality="hsct", enrolled=17, months=24, nct=("NCT00000001",)
)


@pytest.fixture
def filled(path: Path, lexicon: Lexicon) -> Path:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add_many([STUDY, make("6", retracts=("4",)), make("7")])
        index.delete(Deletion("8"))
    return path


def _problems(path: Path, *, readonly: bool = True) -> list[str]:
    with EvidenceIndex(path, readonly=readonly) as index:
        return index.validate()


def _damage(path: Path, *statements: str) -> None:
    """Run statements as a careless hand would: without triggers of ours and without foreign keys."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("readonly", [True, False])
def test_a_whole_index_has_no_problems(filled: Path, readonly: bool) -> None:
    before = filled.read_bytes()
    assert _problems(filled, readonly=readonly) == []
    assert filled.read_bytes() == before


LINE = "UPDATE lines SET json = replace(json, {}) WHERE study = 5"


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (
            "UPDATE mentions SET text = 'Krabbe' WHERE study = 5 AND n = 0",
            "record 5: mentions.text is 'Krabbe', its line",
        ),
        (
            "UPDATE mentions SET start = 1 WHERE study = 5 AND n = 0",
            "record 5: mentions.start is 1, its line says",
        ),
        (
            "UPDATE mentions SET negated = 1 WHERE study = 7",
            "record 7: mentions.negated is 1, its line says 0",
        ),
        ("DELETE FROM mentions WHERE study = 5 AND n = 0", "record 5: 2 rows in mentions, 3 in its line"),
        (
            "UPDATE studies SET phase_quote = 'phase 3' WHERE id = 5",
            "record 5: studies.phase_quote is 'phase 3'",
        ),
        (
            "UPDATE studies SET n_enrolled = 18 WHERE id = 5",
            "record 5: studies.n_enrolled is 18, its line says 17",
        ),
        ("UPDATE studies SET abstract = abstract || 'x' WHERE id = 5", "record 5: studies.abstract is 'We"),
        (
            "UPDATE studies SET fingerprint = 'f' WHERE id = 5",
            "record 5: studies.fingerprint is 'f', its line says",
        ),
        (
            "UPDATE facts SET value = 3 WHERE study = 5 AND kind = 'n_enrolled'",
            "record 5: facts.value is 3, its line says 17",
        ),
        (
            "UPDATE facts SET quote = 'x' WHERE study = 7",
            "record 7: facts.quote is 'x', its line says 'No child died'",
        ),
        (
            "DELETE FROM facts WHERE study = 5 AND kind = 'outcomes'",
            "record 5: 2 rows in facts, 3 in its line",
        ),
        ("UPDATE modalities SET quote = 'x'", "record 5: modalities.quote is 'x', its line says ' hsct.'"),
        ("UPDATE registry_numbers SET number = 'NCT1'", "record 5: registry_numbers.number is 'NCT1'"),
        ("UPDATE links SET target = '7'", "record 6: links.target is '7', its line says '4'"),
        (
            "UPDATE study_concepts SET n = 1 WHERE study = 7",
            "record 7: study_concepts.n is 1, its line says 0",
        ),
        ("DELETE FROM study_concepts WHERE study = 7", "record 7: 0 rows in study_concepts, 1 in its line"),
        (LINE.format("'Krabbe disease', 'Krabbe'"), "record 5: "),
        (LINE.format("'24 months', '25 months'"), "record 5: "),
        (
            LINE.format("'\"year\":2015', '\"year\":2016'"),
            "record 5: studies.year is 2015, its line says 2016",
        ),
        ("UPDATE lines SET json = '{' WHERE study = 5", "record 5: "),
        (
            "UPDATE lines SET json = '{}' WHERE study = 5",
            "record 5: its line is not annotated JSONL ('title')",
        ),
        ("UPDATE lines SET json = '[]' WHERE study = 5", "record 5: its line is not annotated JSONL"),
        (
            "DELETE FROM lines WHERE study = 5",
            "record 5: its line is missing; build the index again in a new file",
        ),
        (
            "DELETE FROM studies WHERE id = 5",
            "table mentions: a row points to a row of studies that does not exist",
        ),
        ("DELETE FROM provenance", "table studies: a row points to a row of provenance that does not exist"),
        ("UPDATE provenance SET versions = '{}'", "have another id; build the index again in a new file"),
        (
            "UPDATE studies SET retracted = 1 WHERE id = 7",
            "record 7: is marked as retracted, as no record or notice says",
        ),
        (
            f"DELETE FROM concepts WHERE id = '{KRABBE}'",
            f"disease {KRABBE}: not in the lexicon, but in 1 studies",
        ),
        ("DELETE FROM concept_ancestors", "tables concepts and concept_ancestors: are not as the lexicon"),
        (
            "INSERT INTO concept_ancestors VALUES ('HGNC:713', 'MONDO:0009499')",
            "tables concepts and concept_ancestors: are not as the lexicon filled them",
        ),
        ("UPDATE concepts SET name = 'x'", "tables concepts and concept_ancestors: are not as the lexicon"),
        ("UPDATE meta SET value = 'x'", "tables concepts and concept_ancestors: are not as the lexicon"),
        (
            "UPDATE meta SET value = 'x' WHERE key = 'lexicon'",
            "tables concepts and concept_ancestors: are not as the lexicon filled them",
        ),
        ("DELETE FROM meta", "tables concepts and concept_ancestors: are not as the lexicon filled them"),
        ("DROP TABLE lines", "file: the table lines is missing; build the index again in a new file"),
        ("DROP TABLE meta", "file: the table meta is missing"),
        ("DROP INDEX links_target", "file: the index links_target is missing"),
        ("DROP TRIGGER studies_delete", "file: the trigger studies_delete is missing"),
        (
            "CREATE TRIGGER planted AFTER INSERT ON studies BEGIN DELETE FROM mentions; END",
            "file: the trigger planted is not as leukonlp made it; build the index again in a new file",
        ),
        ("INSERT INTO deleted VALUES ('7', 1)", "record 7: is here although version 1 was deleted"),
        ("DELETE FROM facets WHERE study = 5", "table facets: 1 rows do not agree with studies"),
        ("UPDATE facets SET year = 1900", "table facets: 6 rows do not agree with studies"),
        ("UPDATE facets SET modality = ' dietary ' WHERE study = 5", "table facets: 2 rows do not agree"),
        ("DELETE FROM terms WHERE study = 5", "table terms: 6 rows do not agree with studies"),
        ("UPDATE terms SET phase = 'phase_4' WHERE study = 5", "table terms: 12 rows do not agree"),
        (
            "INSERT INTO study_text (study_text, rowid, title, abstract, keywords, concepts, registry) "
            "SELECT 'delete', id, title, abstract, keywords, concepts, registry FROM studies WHERE id = 7",
            "full text: the index of words does not agree with the studies",
        ),
        (
            "INSERT INTO study_text (rowid, title) VALUES (99, 'ghost')",
            "full text: the index of words does not agree",
        ),
    ],
)
@pytest.mark.parametrize("readonly", [True, False])
def test_planted_damage_is_found(filled: Path, damage: str, problem: str, readonly: bool) -> None:
    _damage(filled, damage)
    problems = _problems(filled, readonly=readonly)
    assert any(problem in line for line in problems), problems


def test_a_notice_that_lost_its_mark_is_found(path: Path, lexicon: Lexicon) -> None:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add_many([make("5"), make("6", retracts=("5",))])
    _damage(path, "UPDATE studies SET retracted = 0")
    assert _problems(path) == [
        "record 5: is marked as not retracted, as no record or notice says; "
        "build the index again in a new file"
    ]


def test_a_quote_that_both_line_and_table_have_wrong_is_found(filled: Path) -> None:
    _damage(
        filled,
        LINE.format('\'"text":"17 people"\', \'"text":"71 people"\''),
        "UPDATE facts SET quote = '71 people' WHERE study = 5 AND kind = 'n_enrolled'",
        "UPDATE studies SET n_enrolled_quote = '71 people' WHERE id = 5",
    )
    assert any("holds '17 people', not '71 people'" in line for line in _problems(filled))


def test_one_problem_hides_no_other(filled: Path) -> None:
    _damage(
        filled,
        "UPDATE lines SET json = '{' WHERE study = 5",
        "UPDATE mentions SET name = 'x' WHERE study = 7 AND n = 0",
    )
    assert [line[:9] for line in _problems(filled)] == ["record 5:", "record 7:"]


def test_a_damaged_page_is_named(path: Path, lexicon: Lexicon) -> None:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add_many([make(str(n), phase="phase_1") for n in range(1, 400)])
    connection = sqlite3.connect(path)
    root, size = connection.execute(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size()) FROM sqlite_master "
        "WHERE name = 'facets_phase'"
    ).fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size + 20 : root * size] = b"\xff" * (size - 20)
    path.write_bytes(content)
    problems = _problems(path)
    assert problems
    assert all(line.startswith("file: ") for line in problems)
    assert problems[0].endswith("build the index again in a new file")


def test_chemicals_may_come_from_other_vocabularies(path: Path, lexicon: Lexicon) -> None:
    from dataclasses import replace

    study = make("5")
    chemical = replace(study.mentions[0], type="chemical", concept="MESH:D000001", name="x")
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add(replace(study, mentions=(*study.mentions, chemical)))
        assert index.validate() == []


def test_an_index_never_written_to_has_no_problems(path: Path) -> None:
    with EvidenceIndex(path) as index:
        assert index.validate() == []


def test_the_cure_that_every_problem_names_works(filled: Path, lexicon: Lexicon) -> None:
    """Regression: ``add it again`` was the cure, and the index took the damaged record for known."""
    _damage(filled, "UPDATE mentions SET text = 'x'", "DELETE FROM concept_ancestors")
    problems = _problems(filled)
    assert len(problems) > 3
    assert all(line.endswith("build the index again in a new file") for line in problems)
    new = filled.with_name("new.db")
    with EvidenceIndex(new, lexicon=lexicon) as index:
        index.add_many([STUDY, make("6", retracts=("4",)), make("7")])
    assert _problems(new) == []


def test_a_lost_table_sends_nobody_back_to_validate(filled: Path) -> None:
    _damage(filled, "DROP TABLE lines")
    with EvidenceIndex(filled, readonly=True) as index, pytest.raises(IndexFileError) as caught:
        index.search()
    assert "validate" not in str(caught.value)
    assert "build it again in a new file" in str(caught.value)
