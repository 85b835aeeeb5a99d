"""The command line: what it prints, its exit codes, and that no traceback reaches a user."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from leukonlp import __version__, cli
from leukonlp.errors import InputError
from leukonlp.records import Study

from .sources.fake_eutils import FakeEutils

MODULE = [sys.executable, "-m", "leukonlp"]


@pytest.fixture
def db(records_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = tmp_path / "evidence.db"
    assert cli.main(["index", str(records_file), "--db", str(path)]) == 0
    capsys.readouterr()
    return str(path)


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*MODULE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that argparse refuses and return what it says."""
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    return capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"leukonlp {__version__}\n"


def test_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the following arguments are required: COMMAND" in refused([], capsys)


def test_annotate(records_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert cli.main(["annotate", str(records_file), "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: 12 records read: 12 annotated\n"
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [Study.from_dict(json.loads(line)).pmid for line in lines][:2] == ["11", "12"]


def test_standard_input(records_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with records_file.open() as file:
        done = run("annotate", "-", "--out", str(out), stdin=file)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 12


def test_some_records_failed(records_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with records_file.open("a") as file:
        file.write("{\n")
    db = tmp_path / "evidence.db"
    assert cli.main(["index", str(records_file), "--db", str(db)]) == 1
    printed = capsys.readouterr()
    assert printed.out == f"{db}: 13 records read: 12 indexed, 1 failed\n"
    assert f"leukonlp: {records_file}, record 13" in printed.err
    assert f"1 record failed; all are listed in {tmp_path / 'evidence.errors.jsonl'}" in printed.err
    (failure,) = (tmp_path / "evidence.errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(failure)["position"] == 13


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["index", "absent.xml", "--db", "x.db"], "absent.xml"),
        (["annotate", "absent.xml", "--out", "nowhere/x.jsonl"], "nowhere"),
        (["search", "--db", "absent.db", "words"], "absent.db"),
        (["report", "--db", "absent.db", "--out", "r.html"], "absent.db"),
        (["export", "--db", "absent.db", "--format", "csv", "--out", "r.csv"], "absent.db"),
        (["status", "--db", "absent.db"], "absent.db"),
        (["validate", "--db", "absent.db"], "absent.db"),
        (["index", "absent.xml", "--db", "x.db", "--jobs", "0"], "jobs is 0"),
        (["index", "absent.xml", "--db", "x.db", "--config", "absent.toml"], "absent.toml"),
        (["fetch", "krabbe disease", "--out", "records"], "no e-mail address was given"),
        (["fetch", "krabbe disease", "--out", "-"], "standard output (-)"),
        (["annotate", "absent.xml", "--out", "-"], "standard output (-)"),
        (["index", "absent.xml", "--db", "-"], "standard output (-)"),
        (["demo", "--out", "-"], "standard output (-)"),
        (["fetch", "--pmids", "absent.txt", "--out", "records", "--email", "a@example.org"], "absent.txt"),
        (["fetch", "--corpus", "absent.toml", "--out", "records", "--email", "a@example.org"], "absent.toml"),
        (["score", "ner", "absent.jsonl"], "absent.jsonl"),
        (["score", "studies", "absent.jsonl", "--predicted", "absent.jsonl"], "absent.jsonl"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    offline: None,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("leukonlp: ")
    assert words in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "--db", "x.db", "--phase", "phase_9"], "'phase_2_3'"),
        (["search", "--db", "x.db", "--modality", "gene"], "'gene_therapy'"),
        (["search", "--db", "x.db", "--design", "trial"], "'randomized_trial'"),
        (["search", "--db", "x.db", "--year", "last"], "'last' is no year; give 2015, 2010-2020"),
        (["search", "--db", "x.db", "--year", "2020-2010"], "holds no year"),
        (["search", "--db", "x.db", "--year", "-"], "holds no year"),
        (["search", "words"], "--db"),
        (["export", "--db", "x.db", "--format", "xls", "--out", "x"], "'csv'"),
        (["fetch", "--out", "records"], "QUERY"),
        (["fetch", "query", "--corpus", "c.toml", "--out", "records"], "not allowed with"),
        (["index", "--db", "x.db"], "IN"),
        (["score"], "ner|linking|studies"),
        (["serach"], "invalid choice: 'serach'"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert words in refused(arguments, capsys)


class TestSearch:
    def test_text(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--disease", "Krabbe disease", "--year", "2012"]) == 0
        printed = capsys.readouterr()
        head, hit = printed.out.split("\n\n")
        assert head == "1 study"
        assert "PMID 22" in hit
        assert "Cord blood transplantation in Krabbe disease, series 2" in hit
        assert "“" in hit
        assert printed.err == ""

    def test_json(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--modality", "gene_therapy", "--json", "--sort", "year"]) == 0
        hits = json.loads(capsys.readouterr().out)
        assert [hit["pmid"] for hit in hits] == ["31", "21", "11"]
        assert all(hit["quote"] for hit in hits)
        assert {hit["phase"] for hit in hits} == {"phase_1_2"}

    def test_what_is_not_shown_is_said(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--limit", "2"]) == 0
        printed = capsys.readouterr()
        assert printed.out.startswith("12 studies\n")
        assert printed.err == "leukonlp: 2 of 12 studies shown; --limit 0 shows all\n"
        assert cli.main(["search", "--db", db, "--limit", "0", "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 12

    def test_several_values(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["search", "--db", db, "--disease", "MLD", "--disease", "CTX", "--json"]
        assert cli.main(arguments) == 0
        assert {hit["pmid"] for hit in json.loads(capsys.readouterr().out)} == {
            "11",
            "21",
            "31",
            "13",
            "23",
            "33",
        }

    def test_a_terminal_shows_a_table(
        self, db: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("leukonlp.cli.table.wanted", lambda stream: True)
        monkeypatch.setenv("COLUMNS", "120")
        assert cli.main(["search", "--db", db, "--disease", "Krabbe disease", "--sort", "year"]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith("3 studies\n")
        head = next(line for line in printed.splitlines() if "PMID" in line)
        assert head.split()[:2] == ["PMID", "Year"]
        assert [line.split()[:2] for line in printed.splitlines() if line[1:3].isdigit()] == [
            ["32", "2013"], ["22", "2012"], ["12", "2011"],
        ]  # fmt: skip
        assert "“Cord blood transplantation in Krabbe disease, series 3”" in printed
        assert cli.main(["search", "--db", db, "--disease", "Krabbe disease", "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 3

    def test_nothing_found(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "platypus"]) == 0
        assert capsys.readouterr().out == "0 studies\n"

    def test_an_unknown_disease_gets_suggestions(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--disease", "Krabe diseas"]) == 2
        assert "Krabbe disease" in capsys.readouterr().err


def test_status(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", "--db", db]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"{db}: 12 studies, 9 on leukodystrophies, 0 retracted, 0 deleted"
    told = {line[:12].strip(): line[12:] for line in lines}
    assert told["published"] == "2011 to 2013"
    assert told["updated"].startswith("never")
    assert told["made by"].startswith("labels 1, leukonlp 0.1.0, lexicon ")
    assert "phase_1_2 3" in told["phase"]
    assert cli.main(["status", "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["path"] == db


def test_validate(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", "--db", db]) == 0
    assert capsys.readouterr().out == f"{db}: 12 studies, no problems\n"
    connection = sqlite3.connect(db)
    with connection:
        connection.execute("UPDATE mentions SET start = start + 1 WHERE study = 11 AND n = 0")
    connection.close()
    assert cli.main(["validate", "--db", db]) == 1
    printed = capsys.readouterr()
    assert "11" in printed.out
    assert "problem" in printed.err
    assert "1 problems" not in printed.err


def test_report(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    assert cli.main(["report", "--db", db, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: 12 studies\n"
    assert "Krabbe disease" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("figure", ["map", "timeline", "funnel"])
def test_report_writes_a_figure(
    figure: str, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"{figure}.svg"
    assert cli.main(["report", "--db", db, "--figure", figure, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: 12 studies\n"
    words = "Records read" if figure == "funnel" else "Stem cell transplant"
    assert words in out.read_text(encoding="utf-8")


def test_report_writes_the_numbers_of_prisma(db: str, tmp_path: Path) -> None:
    out = tmp_path / "prisma.csv"
    assert cli.main(["report", "--db", db, "--figure", "funnel", "--out", str(out)]) == 0
    rows = {line.split(",")[0]: line.split(",")[-1] for line in out.read_text(encoding="utf-8").splitlines()}
    assert (rows["database_results"], rows["excluded_automatic"], rows["records_screened"]) == (
        "12",
        "3",
        "9",
    )


@pytest.mark.parametrize(("figure", "name"), [("map", "map.csv"), ("map", "map"), ("funnel", "funnel.jpeg")])
def test_a_figure_of_an_unknown_format_is_refused(
    figure: str, name: str, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert cli.main(["report", "--db", db, "--figure", figure, "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert name in said
    assert ".svg, .png, .pdf" in said
    assert not out.exists()


def test_the_figures_offered_are_those_there_are() -> None:
    from leukonlp.cli.report import FIGURES
    from leukonlp.report.figures import FIGURES as DRAWN

    assert tuple(DRAWN) == FIGURES


def test_no_drawing_package_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from leukonlp import cli; cli.build_parser(); "
        "import leukonlp.report.page, leukonlp.workflow.outputs; "
        "print(sorted({'vl_convert', 'itables', 'pandas', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("format", ["csv", "jsonl", "ris", "bibtex", "bioc", "bioc-json", "pubtator"])
def test_export(format: str, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert cli.main(["export", "--db", db, "--format", format, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: 12 studies\n"
    assert "Cord blood transplantation" in out.read_text(encoding="utf-8")


def test_the_formats_offered_are_those_there_are() -> None:
    from leukonlp.cli.export import FORMATS
    from leukonlp.report.export import FORMATS as WRITERS

    assert set(FORMATS) == {*WRITERS, "ro-crate", "datasette"}


def test_score(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Krabbe disease in twins.\nBoth were treated."
    entity = {"start": 0, "end": 14, "text": "Krabbe disease", "type": "Disease", "norm": "MONDO:0009499"}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"pmid": "1", "text": text, "entities": [entity]}) + "\n")
    assert cli.main(["score", "ner", str(gold), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["gold"]["strict"]["overall"]["f1"] == 1.0
    assert cli.main(["score", "linking", str(gold), "--type", "disease"]) == 0
    assert "linking: n = 1 documents" in capsys.readouterr().out


class TestOutputsDestroyNothing:
    """Regression: an output replaced the index or the input that the same command reads."""

    @pytest.mark.parametrize("command", [["report"], ["export", "--format", "csv"]])
    def test_the_index(self, command: list[str], db: str, capsys: pytest.CaptureFixture[str]) -> None:
        before = Path(db).read_bytes()
        assert cli.main([*command, "--db", db, "--out", db]) == 2
        assert f"cannot write {db}: this run reads it; name another file" in capsys.readouterr().err
        assert Path(db).read_bytes() == before

    def test_another_index(self, db: str, records_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["annotate", str(records_file), "--out", db]) == 2
        assert "it is a SQLite database, such as an evidence index" in capsys.readouterr().err
        assert cli.main(["status", "--db", db]) == 0

    def test_the_input(self, records_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = records_file.read_bytes()
        assert cli.main(["annotate", str(records_file), "--out", str(records_file)]) == 2
        assert "this run reads it; name another file" in capsys.readouterr().err
        assert records_file.read_bytes() == before


def test_counts_of_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Regression: "1 records read", "1 studies"."""
    source, db = tmp_path / "one.jsonl", tmp_path / "e.db"
    source.write_text('{"pmid": "1", "title": "Krabbe disease"}\n')
    assert cli.main(["index", str(source), "--db", str(db)]) == 0
    assert cli.main(["report", "--db", str(db), "--out", str(tmp_path / "r.html")]) == 0
    printed = capsys.readouterr().out
    assert "e.db: 1 record read: 1 indexed\n" in printed
    assert "r.html: 1 study\n" in printed


def test_a_text_too_long_is_listed_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Regression: the failure named no file."""
    source, config = tmp_path / "long.jsonl", tmp_path / "s.toml"
    source.write_text(json.dumps({"pmid": "7", "title": "Krabbe disease " * 100}) + "\n")
    config.write_text("max_text_chars = 1000\n")
    out = str(tmp_path / "o.jsonl")
    assert cli.main(["annotate", str(source), "--out", out, "--config", str(config)]) == 1
    assert f"leukonlp: {source}, PMID 7: the text has" in capsys.readouterr().err


def test_a_terminal_without_the_characters(db: str) -> None:
    """Regression: quotation marks that latin-1 lacks ended in "unexpected UnicodeEncodeError"."""
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = run("search", "--db", db, "--limit", "1", env=environment)
    assert done.returncode == 0
    assert "\\u201c" in done.stdout


@pytest.mark.parametrize(
    ("called", "on_path", "program"),
    [
        ("/opt/x/bin/leukonlp", None, "/opt/x/bin/leukonlp"),
        (".venv/bin/leukonlp", None, ".venv/bin/leukonlp"),
        ("/opt/my tools/leukonlp", None, "'/opt/my tools/leukonlp'"),
        ("somewhere/pytest", None, "leukonlp"),
        ("somewhere/leukonlp/__main__.py", None, f"{sys.executable} -m leukonlp"),
        ("bin/leukonlp", "bin/leukonlp", "leukonlp"),
    ],
)
def test_the_demo_names_the_program_as_it_can_be_called(
    called: str, on_path: str | None, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regression: run by make, outside any environment, it named a command that the shell did not find."""
    from leukonlp.cli.demo import _program

    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "leukonlp").touch()
    monkeypatch.setattr("shutil.which", lambda name: on_path)
    assert _program(called) == program


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("same", [True, False])
def test_make_heeds_a_python_other_than_that_of_the_environment(
    same: bool, root: Path, tmp_path: Path
) -> None:
    """Regression: ``make demo PYTHON=...`` did nothing new where .venv stood."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(root / name, tmp_path / name)
    made = tmp_path / ".venv"
    (made / "bin").mkdir(parents=True)
    python = made / "bin" / "python"
    python.write_text("#!/bin/sh\n" + (f'exec {sys.executable} "$@"\n' if same else "echo 3.9\n"))
    python.chmod(0o755)
    for mark in (".made", ".ready"):
        (made / mark).touch()
    done = subprocess.run(
        ["make", "-n", "demo", f"PYTHON={sys.executable}"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ("Setting up .venv" in done.stdout) is not same
    assert ("Installing leukonlp" in done.stdout) is not same


class TestFetch:
    """Against a stand-in for PubMed; nothing leaves the machine."""

    @pytest.fixture(autouse=True)
    def pubmed(self, monkeypatch: pytest.MonkeyPatch, offline: None) -> FakeEutils:
        fake = FakeEutils.of(5)
        monkeypatch.setattr("leukonlp.sources.entrez.BioEntrezTransport", lambda: fake)
        monkeypatch.setenv("LEUKONLP_EMAIL", "a@example.org")
        monkeypatch.setenv("LEUKONLP_API_KEY", "secret-key")
        return fake

    def test_a_query_then_the_index(
        self, pubmed: FakeEutils, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out, db = tmp_path / "records", tmp_path / "evidence.db"
        assert cli.main(["fetch", "krabbe disease", "--out", str(out)]) == 0
        printed = capsys.readouterr()
        assert printed.out == f"{out}: 5 of 5 records\n"
        assert "secret-key" not in printed.out + printed.err
        assert {params["email"] for _, params in pubmed.requests} == {"a@example.org"}
        assert cli.main(["index", str(out), "--db", str(db)]) == 0
        assert capsys.readouterr().out == f"{db}: 5 records read: 5 indexed\n"

    def test_a_packaged_corpus(self, pubmed: FakeEutils, tmp_path: Path) -> None:
        assert cli.main(["fetch", "--corpus", "leukodystrophy", "--out", str(tmp_path / "records")]) == 0
        searches = [params["term"] for name, params in pubmed.requests if name == "esearch"]
        assert "metachromatic" in searches[0].lower()

    def test_missing_records_are_named(
        self, pubmed: FakeEutils, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pubmed.gone.add("1003")
        pmids = tmp_path / "pmids.txt"
        pmids.write_text("1001\n1003\n")
        assert cli.main(["fetch", "--pmids", str(pmids), "--out", str(tmp_path / "records")]) == 1
        printed = capsys.readouterr()
        assert "1 of 2 records (1 missing: 1003)" in printed.out
        assert printed.err.startswith("leukonlp: ")


class TestEndings:
    """How a command ends when something outside it ends it."""

    @pytest.mark.parametrize(
        ("error", "code", "words"),
        [
            (KeyboardInterrupt(), 130, "stopped; run the same command again to start over"),
            (InputError("no such thing"), 2, "no such thing"),
            (PermissionError(13, "Permission denied", "x.db"), 2, "x.db: Permission denied"),
            (OSError(28, "No space left on device"), 2, "No space left on device"),
            (ZeroDivisionError("of nothing"), 2, "unexpected ZeroDivisionError: of nothing. This is a fault"),
        ],
    )
    def test_errors(
        self,
        error: BaseException,
        code: int,
        words: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def fail(*arguments: object, **options: object) -> None:
            raise error

        monkeypatch.setattr("leukonlp.evidence.EvidenceIndex", fail)
        assert cli.main(["status", "--db", "x.db"]) == code
        printed = capsys.readouterr().err
        assert words in printed
        assert "Traceback" not in printed
        assert printed.count("\n") == 1

    def test_a_closed_pipe(self, db: str) -> None:
        command = [*MODULE, "search", "--db", db, "--json"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        assert (process.wait(timeout=60), said) == (141, b"")

    @pytest.mark.slow
    def test_ctrl_c_in_the_middle(self, tmp_path: Path) -> None:
        db = tmp_path / "evidence.db"
        command = [*MODULE, "index", str(many_records(tmp_path)), "--db", str(db), "--jobs", "2"]
        with started(command) as process:
            wait_for(lambda: db.exists() and count(db) > 0, seconds=PATIENCE)
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
        assert said == "leukonlp: stopped; run the same command again to go on\n"
        assert 0 < count(db) < MANY

    @pytest.mark.slow
    @pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the workers through /proc")
    @pytest.mark.parametrize("victim", ["worker", "parent"])
    def test_a_killed_process_takes_the_others_along(self, victim: str, tmp_path: Path) -> None:
        db = tmp_path / "evidence.db"
        command = [*MODULE, "index", str(many_records(tmp_path)), "--db", str(db), "--jobs", "2"]
        with started(command) as process:
            wait_for(lambda: db.exists() and count(db) > 0, seconds=PATIENCE)
            workers = [pid for pid in children(process.pid) if "LokyProcess" in command_line(pid)]
            assert len(workers) == 2
            os.kill(workers[0] if victim == "worker" else process.pid, signal.SIGKILL)
            _, said = process.communicate(timeout=PATIENCE)
            wait_for(lambda: not any(command_line(pid) for pid in workers), seconds=PATIENCE)
        if victim == "worker":
            assert process.returncode == 2
            assert "leukonlp: a worker process died" in said
            assert "Traceback" not in said


MANY = 100_000
"""Records that no machine indexes before the test can stop it."""
PATIENCE = 240
"""Seconds until something that must happen counts as missing; a busy machine takes a minute to start."""


@contextmanager
def started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a session of its own, of which nothing is left running whatever the test finds."""
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A test run in the background of a shell ignores Ctrl-C, and its children would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def many_records(folder: Path) -> Path:
    path = folder / "many.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, MANY + 1):
            file.write(json.dumps({"pmid": str(number), "title": "Krabbe disease"}) + "\n")
    return path


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_line(pid: int) -> str:
    """The command line of a process; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def count(db: Path) -> int:
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM studies").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def wait_for(condition: Callable[[], bool], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.02)
