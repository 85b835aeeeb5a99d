"""What ``import leukonlp`` offers for streams: nothing wrong is dropped, and changed rules are noticed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import leukonlp
from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract, Deletion, Failure, Mention, Study, Tag
from leukonlp.workflow import workers
from leukonlp.workflow.indexing import build_index
from leukonlp.workflow.workers import rules_fingerprint

PACKAGE = Path(leukonlp.__file__).parent
GOOD = Abstract("1", "Krabbe disease")


class TestAnnotate:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (["text"], "item 1 of abstracts is a str, no Abstract; make one with leukonlp.Abstract"),
            ([GOOD, None], "item 2 of abstracts is a NoneType"),
            ([{"pmid": "1", "title": "Krabbe disease"}], "item 1 of abstracts is a dict"),
            ("text", "abstracts is of type str; give a list of abstracts"),
            (GOOD, "abstracts is of type Abstract; give a list of abstracts"),
            (None, "abstracts is of type NoneType; give a list of abstracts"),
        ],
    )
    def test_what_is_no_record_is_refused(self, given: Any, words: str) -> None:
        with pytest.raises(InputError, match=words):
            list(leukonlp.annotate(given))

    def test_what_read_yields_is_taken(self) -> None:
        failures: list[Failure] = []
        bad, known = Failure("a.xml", 2, "no title"), Study(GOOD)
        records: list[Any] = [bad, Deletion("9"), known]
        assert list(leukonlp.annotate(records, on_failure=failures.append)) == [known]
        assert failures == [bad]


class TestRules:
    @pytest.fixture
    def package(self, tmp_path: Path) -> Path:
        copy = tmp_path / "leukonlp"
        for part in ("lexicon", "pipeline", "studies", "report"):
            shutil.copytree(PACKAGE / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PACKAGE / "structure.py", copy)
        return copy

    def test_the_place_does_not_matter(self, package: Path) -> None:
        assert rules_fingerprint(package) == rules_fingerprint(PACKAGE)

    @pytest.mark.parametrize(
        "rule", ["structure.py", "lexicon/variants.py", "pipeline/assertion.py", "studies/phase.py"]
    )
    def test_every_rule_counts(self, package: Path, rule: str) -> None:
        before = rules_fingerprint(package)
        rules_fingerprint.cache_clear()
        (package / rule).write_text("# changed", encoding="utf-8")
        assert rules_fingerprint(package) != before

    def test_what_is_no_rule_does_not_count(self, package: Path) -> None:
        before = rules_fingerprint(package)
        rules_fingerprint.cache_clear()
        (package / "report" / "page.py").write_text("# changed", encoding="utf-8")
        assert rules_fingerprint(package) == before

    def test_changed_rules_are_applied_to_what_is_indexed(
        self, records_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Regression: a second run kept the tags of old rules as long as the version was the same."""
        db, settings = tmp_path / "evidence.db", Settings()
        monkeypatch.setattr("leukonlp.studies.assess", lambda abstract, mentions, lexicon: Study(abstract))
        workers._annotator.cache_clear()
        try:
            build_index([records_file], db, settings=settings)
            monkeypatch.setattr(workers, "rules_fingerprint", lambda package: "other")
            again = build_index([records_file], db, settings=settings)
        finally:
            workers._annotator.cache_clear()
        assert dict(again.counts) == {"indexed": 12}


class TestHints:
    """What ``leukonlp search`` adds on standard error when it finds little."""

    @pytest.fixture
    def db(self, tmp_path: Path) -> str:
        """One trial of a vector: it is about MLD, and names Krabbe disease."""
        title = "Vector AAVrh10-ARSA in MLD"
        krabbe = Mention(len(title) + 1, len(title) + 15, "Krabbe disease", "disease", "MONDO:0009499")
        trial = Study(
            Abstract("1", title, "Krabbe disease was excluded."),
            mentions=(krabbe,),
            modality=(Tag("gene_therapy"),),
            diseases=("MONDO:0018868",),
            therapies=("LEUKO:T0012",),
        )
        with EvidenceIndex(tmp_path / "evidence.db") as index:
            index.add_many([trial, Study(Abstract("2", "Diet in Refsum disease"))])
        return str(tmp_path / "evidence.db")

    def test_what_is_only_mentioned(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--disease", "Krabbe disease"]) == 0
        said = "leukonlp: 1 more only mentions what was asked for; --mentioned shows them, too\n"
        assert capsys.readouterr().err == said
        assert cli.main(["search", "--db", db, "--disease", "Krabbe disease", "--mentioned"]) == 0
        printed = capsys.readouterr()
        assert printed.out.startswith("1 study\n")
        assert printed.err == ""

    def test_a_kind_of_therapy(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--therapy", "gene therapy"]) == 0
        printed = capsys.readouterr()
        assert printed.out.startswith("0 studies")
        assert "1 study tests this kind of therapy, whatever its name; --modality gene_therapy" in printed.err
        assert cli.main(["search", "--db", db, "--modality", "gene_therapy"]) == 0
        assert capsys.readouterr().out.startswith("1 study\n")

    def test_a_single_drug_is_no_kind(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["search", "--db", db, "--therapy", "AAVrh10-ARSA"]) == 0
        assert "--modality" not in capsys.readouterr().err

    def test_bounds_that_leave_nothing(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        bounds = ["--min-participants", "50", "--max-participants", "10"]
        assert cli.main(["search", "--db", db, *bounds]) == 2
        assert "min_participants 50 is more than max_participants 10" in capsys.readouterr().err
