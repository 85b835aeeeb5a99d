"""Tags that a person corrects: what goes out, what comes back, and that it stays."""

from __future__ import annotations

import csv
import dataclasses
import json
import sqlite3
from pathlib import Path

import pytest

import leukonlp
from leukonlp import cli
from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.evidence.query import LABELS
from leukonlp.records import Quote, Study, Tag
from leukonlp.workflow.reviewing import ALLOWED, Applied, apply_review, write_review

from .evidence.made import MLD, make

AT = "2026-11-22T10:00:00+00:00"


def tagged(pmid: str, **probabilities: float) -> Study:
    study = make(pmid, (MLD,), phase="phase_1", design="cohort", modality="hsct", title=f"=Report {pmid}")
    changed: dict[str, object] = {}
    for name, probability in probabilities.items():
        held = getattr(study, name)
        changed[name] = (
            tuple(dataclasses.replace(tag, probability=probability, basis="model") for tag in held)
            if isinstance(held, tuple)
            else dataclasses.replace(held, probability=probability, basis="model")
        )
    return dataclasses.replace(study, **changed)  # type: ignore[arg-type]


STUDIES = (
    tagged("1", phase=0.41, design=0.97),
    tagged("2", phase=0.93, modality=0.52),
    tagged("3", design=0.61, relevant=0.55),
    make("4", (), body="Nothing of ours."),
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.db"
    with EvidenceIndex(path) as index:
        index.add_many(STUDIES)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def filled(path: Path, corrections: dict[tuple[str, str], str], *, delimiter: str = ",") -> Path:
    """The file as a reviewer gives it back."""
    content = rows(path)
    for row in content:
        row["correct"] = corrections.get((row["pmid"], row["field"]), "")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(content[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(content)
    return path


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["pmid,field,correct", *lines]) + "\n", encoding="utf-8")
    return path


def study(db: Path, pmid: str) -> Study:
    with EvidenceIndex(db, readonly=True) as index:
        return next(study for study in index.studies() if study.pmid == pmid)


def content(db: Path) -> list[str]:
    connection = sqlite3.connect(db)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


class TestOut:
    def test_the_least_certain_come_first(self, db: Path, tmp_path: Path) -> None:
        out = tmp_path / "review.csv"
        assert write_review(db, out, limit=4) == 4
        found = rows(out)
        assert [(row["pmid"], row["field"], row["probability"]) for row in found] == [
            ("1", "phase", "0.41"),
            ("2", "modality", "0.52"),
            ("3", "relevant", "0.55"),
            ("3", "design", "0.61"),
        ]
        first = found[0]
        assert (first["label"], first["basis"], first["correct"]) == ("phase_1", "model", "")
        assert first["quote"] == " phase_1."
        assert first["title"] == "'=Report 1", "no spreadsheet runs it"
        assert first["link"] == "https://pubmed.ncbi.nlm.nih.gov/1/"
        assert first["labels_allowed"].split(", ")[:2] == ["preclinical", "early_phase_1"]
        assert "joined with ;" in found[1]["labels_allowed"]

    def test_one_quote_of_two_modalities_stands_once(self, tmp_path: Path) -> None:
        """Regression: words that named a device and care were printed twice in one cell."""
        study = tagged("1", modality=0.5)
        (tag,) = study.modality
        both = (tag, dataclasses.replace(tag, label="cell_therapy"))
        path = tmp_path / "two.db"
        with EvidenceIndex(path) as index:
            index.add(dataclasses.replace(study, modality=both))
            (doubt,) = (d for d in index.doubts() if d.field == "modality")
        assert tag.quote is not None
        assert (doubt.label, doubt.quote) == ("hsct; cell_therapy", tag.quote.text)

    def test_phases_of_what_is_not_relevant_are_nobody_s_work(self, db: Path) -> None:
        with EvidenceIndex(db, readonly=True) as index:
            asked = {(doubt.pmid, doubt.field) for doubt in index.doubts(limit=1000)}
        assert ("4", "relevant") in asked
        assert not {(pmid, name) for pmid, name in asked if pmid == "4"} - {("4", "relevant")}

    def test_what_a_person_judged_is_not_asked_again(self, db: Path, tmp_path: Path) -> None:
        out = tmp_path / "review.csv"
        write_review(db, out, limit=100)
        before = {(row["pmid"], row["field"]) for row in rows(out)}
        apply_review(db, filled(out, {("1", "phase"): "phase_1", ("2", "modality"): "none"}), by="Ada", at=AT)
        write_review(db, out, limit=100)
        after = {(row["pmid"], row["field"]) for row in rows(out)}
        assert before - after == {("1", "phase"), ("2", "modality")}

    def test_the_labels_allowed_are_those_of_the_scheme(self) -> None:
        assert {name: set(ALLOWED[name]) - {"none"} for name in LABELS} == {
            name: set(labels) for name, labels in LABELS.items()
        }


class TestBack:
    def test_corrections_win_and_say_so(self, db: Path, tmp_path: Path) -> None:
        out = tmp_path / "review.csv"
        write_review(db, out, limit=100)
        corrections = {
            ("1", "phase"): "phase_1_2",
            ("2", "modality"): "hsct; gene_therapy",
            ("3", "relevant"): "false",
            ("1", "design"): "cohort",
        }
        assert apply_review(db, filled(out, corrections), by="Ada", at=AT) == Applied(4, 3)
        first, second, third = (study(db, pmid) for pmid in "123")
        assert first.phase == Tag("phase_1_2", None, None, "review")
        confirmed = first.design
        assert confirmed is not None
        assert (confirmed.label, confirmed.basis) == ("cohort", "review")
        assert isinstance(confirmed.quote, Quote), "what is confirmed keeps its words"
        assert [(tag.label, tag.basis) for tag in second.modality] == [
            ("hsct", "review"),
            ("gene_therapy", "review"),
        ]
        assert third.relevant == Tag(False, None, None, "review")
        with EvidenceIndex(db, readonly=True) as index:
            assert [hit.pmid for hit in index.search(phase="phase_1_2")] == ["1"]
            assert [hit.pmid for hit in index.search(modality="gene_therapy")] == ["2"]
            assert index.status()["corrected"] == 4
            assert index.validate() == []

    def test_they_outlive_a_new_annotation(self, db: Path, tmp_path: Path) -> None:
        apply_review(db, written(tmp_path / "r.csv", "1,phase,phase_3", "2,design,none"), by="Ada", at=AT)
        newer = [
            dataclasses.replace(
                study, versions=(("leukonlp", "9"),), abstract=dataclasses.replace(study.abstract, version=2)
            )
            for study in STUDIES[:2]
        ]
        with EvidenceIndex(db) as index:
            assert index.add_many(newer) == 2
            assert index.add_many(newer) == 0, "the same once more changes nothing"
        first, second = study(db, "1"), study(db, "2")
        assert (first.phase, first.abstract.version) == (Tag("phase_3", None, None, "review"), 2)
        assert second.design is None
        assert second.phase is not None
        assert second.phase.label == "phase_1", "what was not corrected is as annotated"

    def test_who_and_when_and_what_it_was_are_kept(self, db: Path, tmp_path: Path) -> None:
        apply_review(db, written(tmp_path / "r.csv", "1,phase,phase_3"), by="Ada", at=AT)
        apply_review(
            db, written(tmp_path / "r.csv", "1,phase,phase_2"), by="Grace", at="2026-12-01T00:00:00+00:00"
        )
        connection = sqlite3.connect(db)
        kept = connection.execute("SELECT label, reviewer, at, was FROM corrections ORDER BY n").fetchall()
        connection.close()
        assert [row[:3] for row in kept] == [
            ("phase_3", "Ada", AT),
            ("phase_2", "Grace", "2026-12-01T00:00:00+00:00"),
        ]
        was = [json.loads(row[3]) for row in kept]
        assert (was[0]["label"], was[0]["probability"], was[0]["basis"]) == ("phase_1", 0.41, "model")
        assert was[1]["label"] == "phase_3"
        tag = study(db, "1").phase
        assert tag is not None
        assert tag.label == "phase_2", "the last word counts"

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_any_spreadsheet_s_csv_is_read(self, db: Path, tmp_path: Path, delimiter: str) -> None:
        out = tmp_path / "review.csv"
        write_review(db, out, limit=100)
        given = filled(out, {("1", "phase"): " Phase_3 "}, delimiter=delimiter)
        assert apply_review(db, given, by="Ada", at=AT).tags == 1
        assert study(db, "1").phase == Tag("phase_3", None, None, "review")

    def test_an_empty_column_changes_nothing(self, db: Path, tmp_path: Path) -> None:
        out = tmp_path / "review.csv"
        write_review(db, out, limit=100)
        before = content(db)
        assert apply_review(db, out, by="Ada", at=AT) == Applied(0, 0)
        assert content(db) == before

    def test_an_index_that_lost_a_correction_is_found_out(self, db: Path, tmp_path: Path) -> None:
        apply_review(db, written(tmp_path / "r.csv", "1,phase,phase_3"), by="Ada", at=AT)
        connection = sqlite3.connect(db)
        connection.execute("UPDATE corrections SET label = 'phase_4'")
        connection.commit()
        connection.close()
        with EvidenceIndex(db, readonly=True) as index:
            (problem,) = index.validate()
        assert problem.startswith("record 1: its tags are not as they were corrected")


class TestRefused:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (
                "1,phase,phase_7",
                "row 3: correct is 'phase_7', which is no phase; allowed are preclinical, early",
            ),
            ("1,phase,phase_1; phase_2", "row 3: correct is 'phase_1; phase_2'; phase has one label"),
            (
                "1,modality,hsct;magic",
                "row 3: correct is 'magic', which is no modality; allowed are gene_therapy",
            ),
            ("1,modality,none; hsct", "row 3: correct is 'none', which is no modality"),
            ("1,relevant,maybe", "row 3: correct is 'maybe', which is no relevant; allowed are true, false"),
            ("1,relevant,none", "row 3: correct is 'none', which is no relevant; allowed are true, false"),
            ("1,sex,male", "row 3: field is 'sex'; allowed are relevant, phase, design, modality"),
            ("999,phase,phase_1", "row 3: pmid is '999', which the index does not hold"),
            ("2,phase,phase_4", "row 3: phase of 2 is corrected twice, differently; keep one row"),
        ],
    )
    def test_nothing_is_applied_by_half(self, line: str, words: str, db: Path, tmp_path: Path) -> None:
        before = content(db)
        with pytest.raises(InputError, match="was not applied, no row of it") as refused:
            apply_review(db, written(tmp_path / "r.csv", "2,phase,phase_3", line), by="Ada", at=AT)
        assert words in str(refused.value)
        assert content(db) == before

    def test_every_fault_is_named_up_to_ten(self, db: Path, tmp_path: Path) -> None:
        lines = [f"{n},phase,phase_9" for n in (1, 2, 3)] + ["77,phase,phase_1"] * 9
        with pytest.raises(InputError) as refused:
            apply_review(db, written(tmp_path / "r.csv", *lines), by="Ada", at=AT)
        assert str(refused.value).count("row ") == 11
        assert "and 2 more" in str(refused.value)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (
                b"pmid,field,label\n1,phase,phase_3\n",
                "lacks the column 'correct'; it needs pmid, field, correct",
            ),
            (b"", "lacks the column 'pmid'"),
            ("pmid,field,correct\n1,phase,é\n".encode("latin-1"), "is not UTF-8"),
            (b'pmid,field,correct\n1,phase,"phase_3\n', "is no CSV"),
        ],
    )
    def test_another_file(self, data: bytes, words: str, db: Path, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_bytes(data)
        with pytest.raises(InputError, match=words):
            apply_review(db, path, by="Ada", at=AT)


class TestLibrary:
    """The same from Python, where no table has been checked before."""

    @pytest.mark.parametrize(
        ("pmid", "name", "label", "words"),
        [
            ("1", "phase", "phase_9", "record 1: 'phase_9' is no phase; allowed are preclinical"),
            ("1", "modality", "hsct; magic", "record 1: 'magic' is no modality"),
            ("1", "sex", "male", "record 1: field 'sex'; allowed are relevant, phase, modality, design"),
            ("1", "relevant", None, "record 1: None is no relevant; allowed are true, false"),
            ("77", "phase", "phase_1", "the index holds no record 77"),
        ],
    )
    def test_what_no_study_could_bear_is_refused(
        self, pmid: str, name: str, label: str | None, words: str, db: Path
    ) -> None:
        before = content(db)
        good = leukonlp.Correction("2", "phase", "phase_3", "Ada", AT)
        with (
            EvidenceIndex(db) as index,
            pytest.raises(InputError, match=words),
        ):
            index.correct([good, leukonlp.Correction(pmid, name, label, "Ada", AT)])
        assert content(db) == before

    def test_a_label_is_taken_away(self, db: Path) -> None:
        with EvidenceIndex(db) as index:
            assert index.correct([leukonlp.Correction("1", "modality", None, "Ada", AT)]) == 1
            assert sorted(hit.pmid for hit in index.search(modality="hsct")) == ["2", "3"]
        assert study(db, "1").modality == ()


class TestCommand:
    def test_out_and_back(self, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = tmp_path / "review.csv"
        assert cli.main(["review", "--db", str(db), "--out", str(out), "--limit", "2"]) == 0
        assert capsys.readouterr().out == f"{out}: 2 tags to check; fill in the column correct\n"
        filled(out, {("1", "phase"): "phase_3"})
        assert cli.main(["review", "--db", str(db), "--apply", str(out), "--by", "Ada Lovelace"]) == 0
        assert capsys.readouterr().out == f"{db}: 1 tag given by Ada Lovelace, 1 study changed\n"
        filled(out, {})
        assert cli.main(["review", "--db", str(db), "--apply", str(out), "--by", "Ada"]) == 0
        assert capsys.readouterr().out.endswith(
            "0 studies changed; no row has a label in the column correct\n"
        )

    def test_without_a_file_it_prints(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["review", "--db", str(db), "--limit", "1"]) == 0
        (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
        assert (row["pmid"], row["field"], row["label"]) == ("1", "phase", "phase_1")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--apply", "r.csv"], "--apply needs --by NAME"),
            (["--apply", "r.csv", "--by", " "], "--apply needs --by NAME"),
            (["--apply", "r.csv", "--by", "Ada", "--limit", "3"], "--limit is for writing"),
            (["--out", "r.csv", "--by", "Ada"], "--by goes with --apply"),
            (["--by", "Ada"], "--by goes with --apply"),
            (["--out", "r.csv", "--limit", "0"], "--limit is 0; give 1 or more"),
            (["--apply", "nowhere.csv", "--by", "Ada"], "cannot read nowhere.csv"),
        ],
    )
    def test_wrong_usage(
        self, arguments: list[str], words: str, db: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["review", "--db", str(db), *arguments]) == 2
        assert words in capsys.readouterr().err
