"""An index over the years: every past schema comes up, copies are whole, damage is named."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from leukonlp.errors import IndexFileError, LeukonlpError
from leukonlp.evidence import EvidenceIndex, schema
from leukonlp.records import Abstract, Study

from ..conftest import Tally  # noqa: TID252

PAST = sorted(Path(__file__).with_name("data").glob("schema_*.sql"))
FLIPS = 80


def restored(script: Path, path: Path) -> Path:
    """Make the database that an SQL text describes."""
    connection = sqlite3.connect(path)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    return path


def rows(path: Path, columns: dict[str, list[str]] | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Return the content of every ordinary table; only ``columns`` of each where given."""
    connection = sqlite3.connect(path)
    try:
        kept = columns or _columns(connection)
        return {
            table: connection.execute(
                "SELECT {} FROM {} ORDER BY 1, 2".format(", ".join(f'"{name}"' for name in names), table)
            ).fetchall()
            for table, names in kept.items()
        }
    finally:
        connection.close()


def _columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        for (name,) in named
        if not name.startswith("study_text")
    }


def columns(path: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(path)
    try:
        return _columns(connection)
    finally:
        connection.close()


def shape(connection: sqlite3.Connection) -> set[str]:
    said = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'study_text_%'"
    )
    return {re.sub(r"\s+", " ", sql) for (sql,) in said}


def test_a_small_database_of_every_schema_is_kept(tally: Tally) -> None:
    tally(schemas=len(PAST))
    assert [path.name for path in PAST] == [f"schema_{n}.sql" for n in range(1, len(schema.MIGRATIONS) + 1)]


@pytest.mark.parametrize("script", PAST, ids=lambda path: path.stem)
class TestPastSchemas:
    def test_its_migrations_were_not_edited_since(self, script: Path, tmp_path: Path) -> None:
        old = sqlite3.connect(restored(script, tmp_path / "old.db"))
        number = schema.version(old)
        fresh = sqlite3.connect(":memory:")
        for statements in schema.MIGRATIONS[:number]:
            for statement in statements:
                fresh.execute(statement)
        assert shape(fresh) == shape(old)
        old.close()
        fresh.close()

    def test_it_comes_up_with_all_it_held(self, script: Path, tmp_path: Path) -> None:
        path = restored(script, tmp_path / "old.db")
        kept, before = columns(path), rows(path)
        assert len(before["studies"]) == 3
        with EvidenceIndex(path) as index:
            assert index.status()["schema"] == len(schema.MIGRATIONS)
            assert index.validate() == []
            assert len(index) == 3
            assert index.search("infants OR families").total >= 0
            assert [hit.pmid for hit in index.search(phase="phase_2")] == ["5"]
            assert {study.pmid for study in index.studies()} == {"5", "6", "x-7"}
            for study in index.studies():
                study.check_offsets()
            assert index.add(
                Study(Abstract("99", "Krabbe disease", "One child."), versions=(("leukonlp", "1"),))
            )
            assert not index.add(Study(Abstract("8", "Krabbe disease"))), "a deleted record came back"
        after = rows(path, kept)
        for table, lines in before.items():
            # These follow the lexicon of the day.
            if table not in ("concepts", "concept_ancestors", "terms", "meta"):
                assert set(lines) <= set(after[table]), table

    def test_killed_in_the_midst_of_a_migration_it_is_as_it_was(
        self, script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = restored(script, tmp_path / "old.db")
        before = rows(path)
        with monkeypatch.context() as patch:
            patch.setattr(
                schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE new (x)", "no SQL at all"))
            )
            with pytest.raises(IndexFileError):
                EvidenceIndex(path)
        assert rows(path) == before
        with EvidenceIndex(path) as index:
            assert index.validate() == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = restored(PAST[-1], tmp_path_factory.mktemp("whole") / "evidence.db")
    EvidenceIndex(path).close()
    return path


def test_sqlites_own_backup_of_an_index_in_use_is_whole(whole: Path, tmp_path: Path) -> None:
    path, copy = tmp_path / "evidence.db", tmp_path / "copy.db"
    shutil.copy(whole, path)
    with EvidenceIndex(path) as index:
        for n in range(100, 160):
            index.add(Study(Abstract(str(n), "Krabbe disease", "One child.")))
        source, target = sqlite3.connect(path), sqlite3.connect(copy)
        steps = 0

        def write_meanwhile(*_: int) -> None:
            nonlocal steps
            steps += 1
            if steps == 2:
                index.add(Study(Abstract("200", "Krabbe disease", "Another child.")))

        source.backup(target, pages=8, progress=write_meanwhile)
        source.close()
        target.close()
        assert steps > 2
        with EvidenceIndex(copy, readonly=True) as copied:
            assert copied.validate() == []
            assert [study.pmid for study in copied.studies()] == [study.pmid for study in index.studies()]


def _use(path: Path) -> list[str]:
    """Do all that a reader does, and return what ``validate`` says."""
    with EvidenceIndex(path, readonly=True) as index:
        problems = index.validate()
        assert index.status()
        for hit in index.search("children", limit=None):
            assert hit.quote is None or hit.quote.text
        for study in index.studies():
            study.check_offsets()
        return problems


def test_flipped_bits_are_named_or_harmless(whole: Path, tmp_path: Path, tally: Tally) -> None:
    path, flips, named = tmp_path / "evidence.db", random.Random(11), 0
    uncured = 0
    sound = rows(whole)
    filled = [place for place, byte in enumerate(whole.read_bytes()) if byte]
    tally(index_flips=FLIPS)
    for _ in range(FLIPS):
        data = bytearray(whole.read_bytes())
        data[flips.choice(filled)] ^= 1 << flips.randrange(8)
        path.write_bytes(bytes(data))
        try:
            problems = _use(path)
        except IndexFileError as error:
            uncured += "; " not in str(error)
            named += 1
            continue
        if problems:
            named += 1
            continue
        content = rows(path)
        for table in ("studies", "mentions", "facts", "modalities", "study_concepts", "lines"):
            assert content[table] == sound[table], f"a change of {table} went unnoticed"
    assert uncured == 0, "a message names no cure"
    assert named > FLIPS / 4, "the flips hit nothing that matters, and show nothing"


@pytest.mark.parametrize("part", ["header", "pages"])
def test_cut_off_at_many_places(whole: Path, tmp_path: Path, part: str, tally: Tally) -> None:
    data, path = whole.read_bytes(), tmp_path / "evidence.db"
    for cut in range(1, 512, 7) if part == "header" else range(512, len(data) - 1, 4099):
        tally(index_cuts=1)
        path.write_bytes(data[:cut])
        try:
            problems = _use(path)
        except LeukonlpError:
            continue
        # Behind the last cut may stand nothing: an empty page of a table without rows.
        assert problems or rows(path) == rows(whole), f"cut at {cut}, and nothing was said"


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER evil AFTER INSERT ON studies BEGIN DELETE FROM mentions; END",
        "CREATE TRIGGER evil AFTER DELETE ON studies BEGIN DELETE FROM studies; END",
        "DROP TRIGGER studies_delete;"
        "CREATE TRIGGER studies_delete AFTER DELETE ON studies BEGIN SELECT 1; END",
        "DROP TRIGGER studies_delete_terms",
        "DROP INDEX mentions_concept",
    ],
)
def test_a_planted_trigger_or_a_lost_one_is_found(planted: str, whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "evidence.db"
    shutil.copy(whole, path)
    connection = sqlite3.connect(path)
    connection.executescript(planted)
    connection.commit()
    connection.close()
    with EvidenceIndex(path, readonly=True) as index:
        problems = index.validate()
    assert problems, f"{planted} went unnoticed"


def test_tables_and_views_of_ones_own_are_no_damage(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "evidence.db"
    shutil.copy(whole, path)
    connection = sqlite3.connect(path)
    connection.executescript("CREATE VIEW mine AS SELECT * FROM studies; CREATE TABLE notes (study, words)")
    connection.close()
    assert _use(path) == []
