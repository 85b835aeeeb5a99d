"""Opening files that are new, old, newer, foreign, damaged, locked or not to be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leukonlp.errors import IndexFileError
from leukonlp.evidence import EvidenceIndex, schema, store
from leukonlp.lexicon import Lexicon

from .made import dump, make, some

LISTED = ("genotype", "countries", "vectors", "routes")


def _full(path: Path, lexicon: Lexicon, count: int = 40) -> None:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add_many(some(count))


def test_a_new_file_is_stamped_and_versioned(path: Path) -> None:
    EvidenceIndex(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"LEUK", "big")
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS) == 5
    connection.close()


def test_an_empty_file_becomes_an_index(path: Path, lexicon: Lexicon) -> None:
    path.touch()
    _full(path, lexicon)
    with EvidenceIndex(path, readonly=True) as index:
        assert len(index) == 40


def test_an_empty_file_has_nothing_to_migrate(path: Path) -> None:
    path.touch()
    with pytest.raises(IndexFileError, match=r"is empty; build it with `leukonlp index"):
        EvidenceIndex(path, readonly=True)


def test_a_protected_file_gives_no_advice_in_python(path: Path) -> None:
    with (
        pytest.raises(IndexFileError, match="change its permissions, or copy it") as caught,
        store.guarded(path),
    ):
        raise sqlite3.OperationalError("attempt to write a readonly database")
    assert "readonly=True" not in str(caught.value)


def test_closing_leaves_one_file(path: Path, lexicon: Lexicon) -> None:
    _full(path, lexicon)
    assert [file.name for file in path.parent.iterdir()] == ["evidence.db"]


def test_closing_beside_a_reader_leaves_the_whole_index_in_the_one_file(
    path: Path, lexicon: Lexicon, tmp_path: Path
) -> None:
    EvidenceIndex(path, lexicon=lexicon).close()
    with EvidenceIndex(path, lexicon=lexicon, readonly=True):
        with EvidenceIndex(path, lexicon=lexicon) as index:
            index.add(make("5"))
        copy = shutil.copy(path, tmp_path / "copy.db")
    with EvidenceIndex(copy, lexicon=lexicon, readonly=True) as copied:
        assert [study.pmid for study in copied.studies()] == ["5"]


def test_a_reader_opens_no_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"does not exist; build it with `leukonlp index"):
        EvidenceIndex(path, readonly=True)
    assert not path.exists()


def test_a_folder_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="is a folder; name a file"):
        EvidenceIndex(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"the folder .*nowhere does not exist"):
        EvidenceIndex(tmp_path / "nowhere" / "evidence.db")


@pytest.mark.parametrize("readonly", [True, False])
def test_another_kind_of_file_is_left_alone(path: Path, readonly: bool) -> None:
    path.write_text("pmid,title\n" * 400)
    before = path.read_bytes()
    with pytest.raises(
        IndexFileError, match=r"is not an evidence index, nor any SQLite file \(file is not a database\)"
    ):
        EvidenceIndex(path, readonly=readonly)
    assert path.read_bytes() == before


@pytest.mark.parametrize("readonly", [True, False])
def test_the_database_of_another_program_is_left_alone(path: Path, readonly: bool) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (name)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(
        IndexFileError, match=r"SQLite file of another program \(application id 0, 1 tables\)"
    ):
        EvidenceIndex(path, readonly=readonly)
    assert path.read_bytes() == before


@pytest.mark.parametrize("readonly", [True, False])
def test_a_newer_file_is_refused(path: Path, lexicon: Lexicon, readonly: bool) -> None:
    _full(path, lexicon)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(
        IndexFileError, match=r"schema version 7, .* knows versions up to 5; upgrade leukonlp"
    ):
        EvidenceIndex(path, readonly=readonly)
    assert path.read_bytes() == before


def _back_to_the_third(path: Path) -> None:
    """Make an index what it was before the fourth migration."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP TRIGGER studies_update_facets; DROP TRIGGER studies_delete_terms; DROP TABLE terms;"
        "DROP INDEX facets_phase; DROP INDEX facets_design; DROP INDEX concept_ancestors_id;"
        "ALTER TABLE facets DROP COLUMN modality; PRAGMA user_version = 3"
    )
    gone = ("facets_phase", "facets_design", "studies_insert", "studies_update_facets")
    for statement in schema.MIGRATIONS[0]:
        if statement.split()[2] in gone:
            connection.execute(statement)
    connection.close()


def _back_to_the_second(path: Path) -> None:
    """Make an index what it was before the third migration."""
    _back_to_the_third(path)
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP VIEW trials; DROP VIEW trial_numbers; DROP VIEW evidence; DROP TABLE changes;"
        "DROP TABLE updates; DROP TABLE baseline; DROP TABLE corrections; PRAGMA user_version = 2"
    )
    connection.close()


class TestMigration:
    NEXT = (
        "CREATE TABLE notes (study INTEGER, words TEXT)",
        "INSERT INTO notes SELECT id, title FROM studies",
    )

    def test_brings_an_older_file_up(
        self, path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _full(path, lexicon)
        before = dump(path)
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, self.NEXT))
        with EvidenceIndex(path) as index:
            assert index.status()["schema"] == 6
        after = dump(path)
        assert len(after.pop("notes")) == 40
        assert after == before

    def test_the_second_gives_older_studies_the_new_columns_empty(
        self, path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _full(path, lexicon)
        _back_to_the_second(path)
        connection = sqlite3.connect(path)
        added = ("n_comparison", "sex", "genotype", "countries", "n_sites", "vectors", "routes", "doses")
        connection.executescript(
            "UPDATE lines SET json = json_remove(json, "
            + ", ".join(f"'$.study.{name}'" for name in (*added, "comparator", "blinding"))
            + ");"
            + "".join(
                f"ALTER TABLE studies DROP COLUMN {name}; ALTER TABLE studies DROP COLUMN {name}_quote;"
                for name in ("n_comparison", "sex", "n_sites", "comparator", "blinding")
            )
            + "".join(f"ALTER TABLE studies DROP COLUMN {n};" for n in added if n in LISTED)
            + "ALTER TABLE facts DROP COLUMN count; ALTER TABLE facts DROP COLUMN total;"
            "PRAGMA user_version = 1"
        )
        connection.close()
        with EvidenceIndex(path) as index:
            assert index.status()["schema"] == 5
            assert index.validate() == []
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT count(*) FROM studies WHERE sex IS NULL").fetchone()[0] == 40
        connection.close()

    def test_the_third_brings_views_and_room_for_updates_and_corrections(
        self, path: Path, lexicon: Lexicon
    ) -> None:
        with EvidenceIndex(path, lexicon=lexicon) as index:
            index.add_many([make("1", nct=("NCT00000001",)), make("2", nct=("NCT00000001",)), *some(20)])
        before = dump(path)
        _back_to_the_second(path)
        with pytest.raises(IndexFileError, match="has schema version 2, and this leukonlp reads 5"):
            EvidenceIndex(path, readonly=True)
        with EvidenceIndex(path, lexicon=lexicon) as index:
            assert index.status()["schema"] == 5
            assert [trial.pmids for trial in index.trials()] == [("1", "2")]
            assert index.updates() == ()
            assert index.validate() == []
        assert dump(path) == before

    def test_the_fourth_gives_what_a_search_goes_through(self, path: Path, lexicon: Lexicon) -> None:
        _full(path, lexicon)
        before = dump(path)
        assert before["terms"]
        _back_to_the_third(path)
        assert "terms" not in dump(path)
        with EvidenceIndex(path) as index:
            assert index.validate() == []
        assert dump(path) == before

    def test_is_all_or_nothing(self, path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
        _full(path, lexicon)
        before = dump(path)
        broken = (*self.NEXT, "CREATE TABLE studies (again)")
        with monkeypatch.context() as patch:
            patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
            with pytest.raises(IndexFileError, match="table studies already exists"):
                EvidenceIndex(path)
        assert dump(path) == before
        with EvidenceIndex(path) as index:
            assert index.status()["schema"] == 5

    def test_is_not_a_reader_s_business(
        self, path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _full(path, lexicon)
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, self.NEXT))
        with pytest.raises(
            IndexFileError, match="has schema version 5, and this leukonlp reads 6; open it once"
        ):
            EvidenceIndex(path, readonly=True)


class TestDamage:
    def test_a_truncated_file(self, path: Path, lexicon: Lexicon) -> None:
        _full(path, lexicon, 200)
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(
            IndexFileError, match=r"is damaged \(database disk image is malformed\); delete it and build"
        ):
            _use(path)

    def test_a_few_bytes(self, path: Path) -> None:
        path.write_bytes(b"SQLite format 3\0")
        with pytest.raises(IndexFileError, match="file is not a database"):
            EvidenceIndex(path)

    def test_overwritten_pages(self, path: Path, lexicon: Lexicon) -> None:
        _full(path, lexicon, 200)
        whole = bytearray(path.read_bytes())
        whole[4096:] = b"\xa5" * (len(whole) - 4096)
        path.write_bytes(whole)
        with pytest.raises(IndexFileError, match="is damaged"):
            _use(path)

    def test_a_table_that_is_gone(self, path: Path, lexicon: Lexicon) -> None:
        _full(path, lexicon)
        connection = sqlite3.connect(path)
        connection.execute("DROP TABLE lines")
        connection.commit()
        connection.close()
        with pytest.raises(IndexFileError, match=r"no such table: .*lines.*build it again"):
            _use(path)

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            ("UPDATE lines SET json = '{'", "keeps a damaged line: '{'"),
            ("UPDATE lines SET json = '[]'", "keeps a damaged line"),
            (
                "UPDATE lines SET json = replace(json, 'families', 'orphans')",
                "keeps a damaged study: record 1000",
            ),
            ("DELETE FROM lines", "40 studies have no line, the first is 1000"),
        ],
    )
    def test_lines_that_say_nothing(self, path: Path, lexicon: Lexicon, damage: str, said: str) -> None:
        _full(path, lexicon)
        connection = sqlite3.connect(path)
        connection.execute(damage)
        connection.commit()
        connection.close()
        with pytest.raises(IndexFileError, match=said):
            _use(path)
        with (
            EvidenceIndex(path, readonly=True) as index,
            pytest.raises(IndexFileError, match="leukonlp validate"),
        ):
            [hit.study for hit in index.search(limit=None)]


def _use(path: Path) -> None:
    with EvidenceIndex(path, readonly=True) as index:
        list(index.studies())


class TestLocked:
    def test_by_another_writer(self, path: Path, lexicon: Lexicon) -> None:
        _full(path, lexicon)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with EvidenceIndex(path, lexicon=lexicon, timeout=0.05) as index:
            with pytest.raises(
                IndexFileError, match=r"is in use by another process \(database is locked\); wait"
            ):
                index.add(make("5"))
            assert len(index) == 40, "readers need not wait"
            other.execute("ROLLBACK")
            other.close()
            assert index.add(make("5"))

    def test_two_writers_take_turns(self, path: Path, lexicon: Lexicon) -> None:
        with EvidenceIndex(path, lexicon=lexicon) as one, EvidenceIndex(path, lexicon=lexicon) as two:
            for n in range(20):
                assert (one, two)[n % 2].add(make(str(n + 1)))
            assert [len(one), len(two)] == [20, 20]
            assert not one.add(make("20"))
        assert [file.name for file in path.parent.iterdir()] == ["evidence.db"]


class TestFullDisk:
    def test_says_so_and_loses_nothing(self, path: Path, lexicon: Lexicon) -> None:
        _full(path, lexicon)
        with EvidenceIndex(path, lexicon=lexicon) as index:
            index._connection.execute("PRAGMA max_page_count = 1")
            with pytest.raises(IndexFileError, match=r"the disk is full \(database or disk is full\)"):
                index.add_many(some(400)[40:])
        with EvidenceIndex(path, readonly=True, lexicon=lexicon) as index:
            assert len(index) == 40
            assert index.validate() == []


def _as_nobody(work: Callable[[], str]) -> str:
    """Run ``work`` in a child process that may not write where root may; return what it says."""
    receive, send = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of forking beside threads; this child opens one file, writes to a pipe and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            os.write(send, work().encode())
        except BaseException as error:
            os.write(send, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(send)
    os.waitpid(child, 0)
    with os.fdopen(receive) as pipe:
        return pipe.read()


@pytest.fixture
def protected(lexicon: Lexicon) -> Path:
    """An index that everybody may read and nobody but root may write, in such a folder."""
    folder = Path(tempfile.mkdtemp())
    _full(folder / "evidence.db", lexicon)
    (folder / "evidence.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "evidence.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
class TestNoPermission:
    def test_reading_works(self, protected: Path, lexicon: Lexicon) -> None:
        def read() -> str:
            with EvidenceIndex(protected, readonly=True, lexicon=lexicon) as index:
                return f"{len(index)} {index.search('families').total} {index.validate()}"

        assert _as_nobody(read) == "40 40 []"

    def test_writing_says_why_not(self, protected: Path, lexicon: Lexicon) -> None:
        def write() -> str:
            with EvidenceIndex(protected, lexicon=lexicon) as index:
                return str(index.add(make("5")))

        said = _as_nobody(write)
        assert said.startswith(f"IndexFileError: {protected} ")
        assert "may not be written to" in said or "cannot be opened" in said
        assert "permission" in said or "you may read and write there" in said


def test_an_unforeseen_error_is_still_ours(path: Path) -> None:
    expected = pytest.raises(
        IndexFileError, match=r"does not behave like an evidence index \(something new\)"
    )
    with expected, store.guarded(path):
        raise sqlite3.OperationalError("something new")


class _Locked:
    """A connection that another process locks out the first ``times`` it asks for WAL mode."""

    def __init__(self, times: int, says: str) -> None:
        self.times, self.says, self.asked = times, says, 0

    def execute(self, statement: str) -> None:
        self.asked += 1
        if self.asked <= self.times:
            raise sqlite3.OperationalError(self.says)


@pytest.mark.parametrize(
    ("times", "says", "seconds", "asked"),
    [
        (0, "", 0, 1),
        (3, "database is locked", 60, 4),
        (1, "disk I/O error", 60, None),
        (9, "is locked", -1, None),
    ],
)
def test_wal_mode_waits_for_another_process_and_for_nothing_else(
    times: int, says: str, seconds: float, asked: int | None
) -> None:
    connection: Any = _Locked(times, says)
    if asked is None:
        with pytest.raises(sqlite3.OperationalError, match=says):
            store._write_ahead(connection, seconds)
        assert connection.asked == 1
    else:
        store._write_ahead(connection, seconds)
        assert connection.asked == asked
