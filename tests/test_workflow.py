"""The whole way from files to answers: same output for any jobs, nothing lost, killed runs go on."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import leukonlp
from leukonlp.config import Settings
from leukonlp.errors import InputError, SettingsError
from leukonlp.evidence import EvidenceIndex
from leukonlp.packaged import packaged
from leukonlp.records import Abstract, Deletion, Failure, Study, Tag
from leukonlp.workflow import workers
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.demo import run_demo
from leukonlp.workflow.files import check_target, replacing, write_failures
from leukonlp.workflow.indexing import build_index
from leukonlp.workflow.scores import score_studies
from leukonlp.workflow.workers import annotate_records, run_versions

SETTINGS = Settings(batch_size=4)


def content(db: Path) -> list[str]:
    """Everything in an index, as SQL."""
    connection = sqlite3.connect(db)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def abstracts(count: int) -> list[Abstract]:
    return [
        Abstract(str(n), f"Krabbe disease in family {n}", "We saw one child.") for n in range(1, count + 1)
    ]


class TestAnnotation:
    def test_everything_comes_out_in_order(self) -> None:
        failure = Failure("a.xml", 2, "no title", kind="malformed")
        deletion = Deletion("9")
        one, two, three = abstracts(3)
        done = list(annotate_records([one, failure, two, deletion, three], settings=Settings(batch_size=2)))
        assert [type(item).__name__ for item in done] == ["Study", "Failure", "Study", "Deletion", "Study"]
        assert [item.pmid for item in done] == ["1", None, "2", "9", "3"]
        assert done[1] is failure

    def test_every_study_says_what_made_it(self) -> None:
        (study,) = annotate_records(abstracts(1), settings=SETTINGS)
        assert isinstance(study, Study)
        assert study.versions == run_versions(SETTINGS)
        models = {"models.leuko_ner", "models.study_tagger"}
        assert dict(study.versions).keys() == {"leukonlp", "lexicon", "labels", "rules"} | models
        assert dict(study.versions)["leukonlp"] == leukonlp.__version__

    def test_a_study_is_handed_on_as_it_is(self) -> None:
        study = Study(abstracts(1)[0], versions=(("leukonlp", "0.0.1"),))
        assert list(annotate_records([study], settings=SETTINGS)) == [study]

    def test_nothing_in_nothing_out(self) -> None:
        assert list(annotate_records([], settings=Settings(jobs=2))) == []

    def test_a_long_text_is_listed(self) -> None:
        settings = Settings(max_text_chars=40)
        short, long = Abstract("1", "Krabbe disease"), Abstract("2", "Krabbe disease", "word " * 20)
        done = list(annotate_records([short, long], settings=settings))
        assert isinstance(done[0], Study)
        assert done[1] == Failure(
            "",
            0,
            "the text has 115 characters, more than max_text_chars = 40; raise it to annotate the record",
            pmid="2",
            kind="too_large",
        )

    def test_one_record_that_trips_a_rule_stops_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import leukonlp.studies

        assess = leukonlp.studies.assess

        def trip(abstract: Abstract, *arguments: object, **options: object) -> Study:
            if abstract.pmid == "2":
                raise ZeroDivisionError("of zero participants")
            return assess(abstract, *arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(leukonlp.studies, "assess", trip)
        workers._annotator.cache_clear()
        try:
            done = list(annotate_records(abstracts(3), settings=SETTINGS))
        finally:
            workers._annotator.cache_clear()
        assert [type(item) for item in done] == [Study, Failure, Study]
        assert done[1] == Failure("", 0, "ZeroDivisionError: of zero participants", pmid="2", kind="error")

    def test_an_unknown_pipeline_is_named(self) -> None:
        with pytest.raises(SettingsError, match="'en_absent', which is not installed"):
            list(annotate_records(abstracts(1), settings=Settings(ner=("en_absent",))))

    def test_the_input_is_read_as_results_are_taken(self) -> None:
        read = 0

        def endless() -> Iterable[Abstract]:
            nonlocal read
            while True:
                read += 1
                yield Abstract(str(read), "Krabbe disease")

        stream = annotate_records(endless(), settings=Settings(batch_size=2))
        assert [next(stream).pmid for _ in range(6)] == ["1", "2", "3", "4", "5", "6"]
        assert read <= 10

    def test_the_library_warns_of_failures_or_hands_them_over(self) -> None:
        settings = Settings(max_text_chars=60)
        bad = Abstract("2", "Krabbe disease", "word " * 20)
        with pytest.warns(UserWarning, match="record 2 was not annotated: the text has 115 characters"):
            assert [s.pmid for s in leukonlp.annotate([*abstracts(1), bad], settings=settings)] == ["1"]
        failures: list[Failure] = []
        assert list(leukonlp.annotate([bad], settings=settings, on_failure=failures.append)) == []
        assert [failure.pmid for failure in failures] == ["2"]

    @pytest.mark.slow
    def test_the_output_is_the_same_for_any_number_of_jobs(self, tmp_path: Path) -> None:
        sample = sorted(packaged("corpora/sample").glob("*.xml*"))
        for jobs in (1, 2):
            settings = Settings(jobs=jobs, batch_size=7)
            annotate_files(sample, tmp_path / f"{jobs}.jsonl", settings=settings)
            build_index(sample, tmp_path / f"{jobs}.db", settings=settings)
        assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
        assert content(tmp_path / "1.db") == content(tmp_path / "2.db")

    @pytest.mark.slow
    def test_a_stream_that_is_not_taken_to_its_end_stops_its_workers(self) -> None:
        code = (
            "from leukonlp.config import Settings\n"
            "from leukonlp.records import Abstract\n"
            "from leukonlp.workflow.workers import annotate_records\n"
            "records = (Abstract(str(n), 'Krabbe disease') for n in range(10_000))\n"
            "stream = annotate_records(records, settings=Settings(jobs=2, batch_size=2))\n"
            "print(next(stream).pmid)\n"
        )
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


class TestAnnotateFiles:
    def test_one_line_a_record(self, records_file: Path, tmp_path: Path) -> None:
        summary = annotate_files([records_file], tmp_path / "out.jsonl", settings=SETTINGS)
        lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        studies = [Study.from_dict(json.loads(line)) for line in lines]
        assert [study.pmid for study in studies[:4]] == ["11", "12", "13", "14"]
        assert summary.text() == "12 records read: 12 annotated"
        assert summary.errors is None

    def test_annotated_lines_are_annotated_anew(self, records_file: Path, tmp_path: Path) -> None:
        first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
        annotate_files([records_file], first, settings=SETTINGS)
        annotate_files([first], again, settings=SETTINGS)
        assert first.read_bytes() == again.read_bytes()

    def test_what_failed_is_listed_beside_the_output(self, records_file: Path, tmp_path: Path) -> None:
        with records_file.open("a") as file:
            file.write('{"pmid": "99", "title": \n')
        out = tmp_path / "out.jsonl"
        summary = annotate_files([records_file], out, settings=SETTINGS)
        assert summary.text() == "13 records read: 12 annotated, 1 failed"
        assert summary.errors == tmp_path / "out.errors.jsonl"
        (line,) = summary.errors.read_text(encoding="utf-8").splitlines()
        failure = Failure.from_dict(json.loads(line))
        assert (failure.source, failure.position, failure.kind) == (str(records_file), 13, "malformed")
        annotate_files([out], out.with_name("next.jsonl"), settings=SETTINGS)
        assert write_failures([], out) is None
        assert not (tmp_path / "out.errors.jsonl").exists()

    def test_no_half_file_after_an_error(self, records_file: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        with pytest.raises(InputError, match="absent"):
            annotate_files([records_file, tmp_path / "absent.xml"], out, settings=SETTINGS)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["records.jsonl"]

    def test_an_output_that_cannot_be_is_refused_at_once(self, records_file: Path, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="the folder .*nowhere does not exist; make it first"):
            annotate_files([records_file], tmp_path / "nowhere" / "out.jsonl", settings=SETTINGS)
        with pytest.raises(InputError, match="it is a folder; name a file in it"):
            annotate_files([records_file], tmp_path, settings=SETTINGS)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("before")
    with contextlib.suppress(RuntimeError), replacing(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_text() == "before"
    with replacing(path) as file:
        file.write(b"after")
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]
    assert path.read_text() == "after"


class TestOutputFiles:
    """Regression: outputs destroyed what they must not touch, and two runs at once mixed their lines."""

    def test_two_runs_at_once_do_not_mix(self, tmp_path: Path) -> None:
        path = tmp_path / "out.txt"
        with replacing(path) as first:
            first.write(b"first ")
            with replacing(path) as second:
                second.write(b"second")
            first.write(b"whole")
        assert path.read_bytes() == b"first whole"
        assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]

    def test_a_link_stays_a_link_and_permissions_stay(self, tmp_path: Path) -> None:
        path, link = tmp_path / "out.txt", tmp_path / "link.txt"
        path.write_text("before")
        path.chmod(0o600)
        link.symlink_to(path)
        with replacing(link) as file:
            file.write(b"after")
        assert link.is_symlink()
        assert path.read_bytes() == b"after"
        assert path.stat().st_mode & 0o777 == 0o600

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_is_refused(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with pytest.raises(InputError, match="no regular file"):
            check_target(pipe)
        assert pipe.is_fifo()

    def test_a_full_disk_names_the_file(self, tmp_path: Path) -> None:
        with (
            pytest.raises(InputError, match=r"cannot write .*x\.csv: No space left on device; free space"),
            replacing(tmp_path / "x.csv"),
        ):
            raise OSError(28, "No space left on device")
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_may_not_be_written_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("os.access", lambda path, mode: False)
        with pytest.raises(InputError, match="no permission to write into .*; choose another folder"):
            check_target(tmp_path / "x.csv")

    def test_a_record_file_in_a_folder_of_inputs_is_kept(self, records_file: Path) -> None:
        with pytest.raises(InputError, match="was not written by leukonlp; name another file"):
            annotate_files([records_file.parent], records_file, settings=SETTINGS)

    @pytest.mark.parametrize("job", [annotate_files, build_index])
    def test_a_file_of_ones_own_is_no_list_of_failures(
        self, job: Callable[..., object], records_file: Path, tmp_path: Path
    ) -> None:
        mine = tmp_path / "my.errors.jsonl"
        mine.write_text('{"pmid": "1", "title": "Mine"}\n')
        with pytest.raises(InputError, match=r"my\.errors\.jsonl is needed .* holds something else; move it"):
            job([records_file], tmp_path / "my.db", settings=SETTINGS)
        assert mine.read_text() == '{"pmid": "1", "title": "Mine"}\n'

    def test_a_second_run_on_a_folder_reads_none_of_the_first_runs_files(
        self, records_file: Path, tmp_path: Path
    ) -> None:
        with records_file.open("a") as file:
            file.write("{\n")
        (tmp_path / "README.md").write_text("What these files are.")
        out, db = tmp_path / "out.jsonl", tmp_path / "evidence.db"
        first = annotate_files([tmp_path], out, settings=SETTINGS)
        second = annotate_files([tmp_path], out, settings=SETTINGS)
        assert first == second
        assert first.text() == (
            "13 records read: 12 annotated, 1 failed; "
            f"1 file of no known kind passed over ({tmp_path / 'README.md'})"
        )
        indexed = build_index([tmp_path], db, settings=SETTINGS)
        assert {Path(name).name for name in indexed.passed_over} == {"README.md", "out.errors.jsonl"}
        again = build_index([tmp_path], db, settings=SETTINGS)
        assert again.passed_over == indexed.passed_over
        assert dict(again.counts) == {"known already": 24, "failed": 1}

    def test_a_readme_beside_the_records_is_no_failure(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "README.md").write_text("About these records.")
        (tmp_path / "in" / "a.jsonl").write_text('{"pmid": "1", "title": "Krabbe disease"}\n')
        summary = annotate_files([tmp_path / "in"], tmp_path / "out.jsonl", settings=SETTINGS)
        assert summary.failures == ()
        assert summary.errors is None


class TestIndexing:
    def test_a_second_run_changes_nothing(self, records_file: Path, tmp_path: Path) -> None:
        db = tmp_path / "evidence.db"
        assert build_index([records_file], db, settings=SETTINGS).counts == (("indexed", 12),)
        before = content(db)
        assert build_index([records_file], db, settings=SETTINGS).counts == (("known already", 12),)
        assert content(db) == before

    def test_annotated_lines_are_kept_as_they_are(self, records_file: Path, tmp_path: Path) -> None:
        lines = tmp_path / "lines.jsonl"
        annotate_files([records_file], lines, settings=SETTINGS)
        build_index([lines], tmp_path / "a.db", settings=SETTINGS)
        build_index([records_file], tmp_path / "b.db", settings=SETTINGS)
        # What came annotated went in together: the full text of b.db is in more parts, and says the same.
        held = [
            [line for line in content(tmp_path / name) if '"study_text_' not in line]
            for name in ("a.db", "b.db")
        ]
        assert held[0] == held[1]
        with EvidenceIndex(tmp_path / "a.db", readonly=True) as index:
            assert index.validate() == []

    def test_lines_corrected_by_hand_are_taken(self, records_file: Path, tmp_path: Path) -> None:
        """Regression: a line with the versions of the stored one was taken for known, whatever it said."""
        lines, db = tmp_path / "lines.jsonl", tmp_path / "evidence.db"
        annotate_files([records_file], lines, settings=SETTINGS)
        build_index([lines], db, settings=SETTINGS)
        first, *others = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
        first["study"]["design"] = {"label": "protocol"}
        lines.write_text("".join(json.dumps(line) + "\n" for line in [first, *others]), "utf-8")
        assert build_index([lines], db, settings=SETTINGS).counts == (
            ("indexed", 1),
            ("known already", len(others)),
        )
        with EvidenceIndex(db, readonly=True) as index:
            assert {study.pmid: study for study in index.studies()}[first["pmid"]].design == Tag("protocol")

    def test_the_last_of_equal_versions_stays_however_the_run_is_cut(self, tmp_path: Path) -> None:
        def file(name: str, *titles: str) -> Path:
            path = tmp_path / name
            path.write_text("".join(json.dumps({"pmid": "1", "title": title}) + "\n" for title in titles))
            return path

        whole = file("whole.jsonl", "Krabbe disease", "Canavan disease", "Krabbe disease")
        for name, first in (("undisturbed", []), ("cut", [file("part.jsonl", "Krabbe disease")])):
            db = tmp_path / f"{name}.db"
            for inputs in (first, [whole]):
                if inputs:
                    build_index(inputs, db, settings=SETTINGS)
            with EvidenceIndex(db, readonly=True) as index:
                assert [study.title for study in index.studies()] == ["Krabbe disease"], name
        assert content(tmp_path / "undisturbed.db") == content(tmp_path / "cut.db")

    def test_deletions_are_honoured(self, records_file: Path, tmp_path: Path) -> None:
        deletions = tmp_path / "deletions.xml"
        deletions.write_text(
            '<?xml version="1.0"?><PubmedArticleSet><DeleteCitation><PMID Version="1">11</PMID>'
            "</DeleteCitation></PubmedArticleSet>"
        )
        db = tmp_path / "evidence.db"
        summary = build_index([records_file, deletions], db, settings=SETTINGS)
        assert dict(summary.counts) == {"indexed": 12, "deleted": 1}
        with EvidenceIndex(db, readonly=True) as index:
            assert len(index) == 11
        assert dict(build_index([records_file], db, settings=SETTINGS).counts) == {"known already": 12}

    @pytest.mark.slow
    def test_killed_at_any_moment_it_goes_on_and_ends_the_same(self, tmp_path: Path) -> None:
        script = Path(__file__).with_name("kill_index.py")
        inputs = [str(path) for path in sorted(packaged("corpora/sample").glob("*.xml*"))]
        done = subprocess.run(
            [sys.executable, str(script), str(tmp_path), *inputs], capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        assert report["kills"] == 20
        assert report["killed midway"] >= 5
        assert report["different"] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a demo has run."""
    out = tmp_path_factory.mktemp("demo") / "deep" / "out"
    run_demo(out, settings=Settings())
    return out


class TestDemo:
    def test_it_needs_no_network(self, offline: None, tmp_path: Path) -> None:
        result = run_demo(tmp_path / "out", settings=Settings())
        assert result.summary.failures == ()
        written = {path.name for path in (tmp_path / "out").iterdir() if "db-" not in path.name}
        assert written == {"studies.jsonl", "evidence.db", "report.html"}
        assert 0 < result.relevant < result.indexed
        assert str(tmp_path / "out" / "report.html") in result.text()

    def test_every_quote_stands_in_its_record(self, folder: Path) -> None:
        with EvidenceIndex(folder / "evidence.db", readonly=True) as index:
            assert index.validate() == []
            for study in index.studies():
                study.check_offsets()

    def test_the_index_holds_what_the_lines_say(self, folder: Path) -> None:
        lines = (folder / "studies.jsonl").read_text(encoding="utf-8").splitlines()
        wanted = {study.pmid: study for study in (Study.from_dict(json.loads(line)) for line in lines)}
        with EvidenceIndex(folder / "evidence.db", readonly=True) as index:
            assert {study.pmid: study for study in index.studies()} == wanted

    def test_a_second_demo_in_the_same_folder_changes_nothing(self, folder: Path) -> None:
        before = (folder / "studies.jsonl").read_bytes(), content(folder / "evidence.db")
        run_demo(folder, settings=Settings())
        assert ((folder / "studies.jsonl").read_bytes(), content(folder / "evidence.db")) == before

    def test_a_file_in_the_way_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("")
        with pytest.raises(InputError, match="it is a file; name a folder"):
            run_demo(tmp_path / "out", settings=Settings())


class TestScores:
    def test_tags(self, records_file: Path, tmp_path: Path) -> None:
        predicted, gold = tmp_path / "predicted.jsonl", tmp_path / "gold.jsonl"
        annotate_files([records_file], predicted, settings=SETTINGS)
        gold.write_text('{"pmid": "11", "phase": "phase_1_2"}\n{"pmid": "21", "phase": "phase_3"}\n')
        scores = score_studies(gold, predicted=predicted)
        assert set(scores) == {"phase"}
        assert scores["phase"].to_dict()["accuracy"] == 0.5

    def test_a_gold_standard_that_judges_nothing_is_refused(self, records_file: Path, tmp_path: Path) -> None:
        predicted, gold = tmp_path / "predicted.jsonl", tmp_path / "gold.jsonl"
        annotate_files([records_file], predicted, settings=SETTINGS)
        gold.write_text('{"pmid": "11"}\n')
        with pytest.raises(InputError, match="judges none of relevant, phase, design, modality"):
            score_studies(gold, predicted=predicted)
