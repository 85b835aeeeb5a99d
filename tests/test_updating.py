"""An index kept up to date against a stand-in for PubMed: what is asked, applied, told and kept."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.errors import FetchError, SettingsError
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract, Study
from leukonlp.sources.transport import Answer
from leukonlp.workflow import updating
from leukonlp.workflow.updating import UpdateSummary, update_index

from .sources.fake_eutils import FakeClock, FakeEutils, article

CORPUS = """
name = "krabbe"
description = "Krabbe disease"
date = 2026-01-01

[include.krabbe]
words = ["krabbe disease"]
"""
SETTINGS = Settings(email="a@example.org", ner=(), tagger=())
BODY = "We gave cord blood to {n} infants with Krabbe disease in a {phase} trial."


class Clock(FakeClock):
    """A day that the test sets."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day

    def now(self) -> datetime:
        start = datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=timezone.utc)
        return start + timedelta(seconds=self.time)


@dataclass
class PubMed(FakeEutils):
    """Records that come, change and go; dates are days of entry, ``revised`` days of revision."""

    revised: dict[str, date] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    """Records that the query no longer finds."""

    def put(self, pmid: str, day: date, body: str, *, publication_type: str = "") -> None:
        self.dates.setdefault(pmid, day)
        self.revised[pmid] = day
        self.texts[pmid] = body
        self.types[pmid] = publication_type

    def esearch(self, params: Mapping[str, str]) -> Answer:
        found = re.search(r'"([\d/]+)"\[Date - Entry\].* OR \("\1"\[Date - Modification\]', params["term"])
        everything = self.dates
        shown = {pmid: day for pmid, day in everything.items() if pmid not in self.unlisted}
        if found:
            first = datetime.strptime(found[1], "%Y/%m/%d").date()
            shown = {p: day for p, day in shown.items() if max(day, self.revised[p]) >= first}
        self.dates = shown
        try:
            return super().esearch(params)
        finally:
            self.dates = everything

    def efetch(self, params: Mapping[str, str]) -> Answer:
        answer = super().efetch(params)
        body = answer.body.decode()
        for pmid in self.dates:
            body = body.replace(article(pmid), self.article(pmid))
        return Answer(answer.status, body.encode())

    def article(self, pmid: str) -> str:
        day = self.revised[pmid]
        parts = (("Year", day.year), ("Month", day.month), ("Day", day.day))
        revised = f"<DateRevised>{''.join(f'<{n}>{value}</{n}>' for n, value in parts)}</DateRevised>"
        kind = self.types[pmid]
        types = (
            f"<PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList>"
            * bool(kind)
        )
        return (
            f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>{revised}'
            f"<Article><ArticleTitle>Krabbe disease, report {pmid}.</ArticleTitle>"
            f"<Abstract><AbstractText>{self.texts[pmid]}</AbstractText></Abstract>{types}</Article>"
            f'</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>'
            "</ArticleIdList></PubmedData></PubmedArticle>"
        )


@pytest.fixture
def pubmed(monkeypatch: pytest.MonkeyPatch, offline: None) -> PubMed:
    fake = PubMed({})
    monkeypatch.setattr("leukonlp.sources.entrez.BioEntrezTransport", lambda: fake)
    fake.put("11", date(2026, 8, 1), BODY.format(n=12, phase="phase 1"))
    fake.put("12", date(2026, 8, 2), BODY.format(n=20, phase="phase 2"))
    fake.put("13", date(2026, 8, 3), BODY.format(n=9, phase="phase 3"))
    return fake


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "krabbe.toml"
    path.write_text(CORPUS, encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "evidence.db"


def update(db: Path, corpus: Path, day: date, **more: object) -> UpdateSummary:
    return update_index(db, corpus, settings=SETTINGS, clock=Clock(day), **more)  # type: ignore[arg-type]


def told(done: UpdateSummary) -> list[tuple[str, str, str | None, str | None, str | None]]:
    return [(c.kind, c.pmid, c.field, c.before, c.after) for c in done.update.changes if c.kind == "changed"]


def pmids(done: UpdateSummary, kind: str) -> list[str]:
    return [change.pmid for change in done.update.changes if change.kind == kind]


def studies(db: Path) -> dict[str, Study]:
    with EvidenceIndex(db, readonly=True) as index:
        return {study.pmid: study for study in index.studies()}


FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def test_the_first_update_brings_everything(pubmed: PubMed, db: Path, corpus: Path) -> None:
    done = update(db, corpus, FIRST)
    assert pmids(done, "new") == ["11", "12", "13"]
    assert (done.update.since, done.update.until, done.update.complete) == (None, "2026-09-01", True)
    assert json.loads(done.update.changes[0].after or "")["phase"] == "phase_1"
    assert set(studies(db)) == {"11", "12", "13"}
    assert (db.parent / "evidence.records" / "2026-09-01" / "pubmed-000001.xml.gz").is_file()


def test_later_ones_ask_for_what_is_new_or_revised(pubmed: PubMed, db: Path, corpus: Path) -> None:
    update(db, corpus, FIRST)
    pubmed.served.clear()
    pubmed.put("14", date(2026, 9, 20), BODY.format(n=5, phase="phase 1"))
    pubmed.put("12", date(2026, 9, 25), BODY.format(n=24, phase="phase 2/3"))
    done = update(db, corpus, SECOND)
    assert dict(pubmed.served) == {"12": 1, "14": 1}
    assert done.update.since == "2026-08-25", "a week before the last one, for what PubMed lists late"
    assert pmids(done, "new") == ["14"]
    assert told(done) == [
        ("changed", "12", "phase", "phase_2", "phase_2_3"),
        ("changed", "12", "n_enrolled", "20", "24"),
    ]
    assert pmids(done, "deleted") == []
    again = update(db, corpus, THIRD)
    assert again.update.changes == ()


def test_what_changed_is_kept(pubmed: PubMed, db: Path, corpus: Path) -> None:
    first = update(db, corpus, FIRST)
    pubmed.put("12", date(2026, 9, 25), BODY.format(n=24, phase="phase 2"))
    second = update(db, corpus, SECOND)
    with EvidenceIndex(db, readonly=True) as index:
        assert index.updates() == (first.update, second.update)
        assert index.status()["updated"] == second.update.finished == "2026-10-01T09:00:00+00:00"
        assert index.validate() == []


def test_deleted_records_go_and_stay_away(pubmed: PubMed, db: Path, corpus: Path) -> None:
    update(db, corpus, FIRST)
    del pubmed.dates["13"]
    done = update(db, corpus, SECOND)
    assert pmids(done, "deleted") == ["13"]
    assert json.loads(done.update.changes[-1].before or "")["phase"] == "phase_3"
    assert set(studies(db)) == {"11", "12"}
    assert done.update.complete


def test_a_record_that_the_query_no_longer_finds_is_kept(pubmed: PubMed, db: Path, corpus: Path) -> None:
    update(db, corpus, FIRST)
    pubmed.unlisted.add("13")
    done = update(db, corpus, SECOND)
    assert done.update.changes == ()
    assert "13" in studies(db)


def test_records_from_elsewhere_are_none_of_pubmed_s_business(pubmed: PubMed, db: Path, corpus: Path) -> None:
    with EvidenceIndex(db) as index:
        index.add(Study(Abstract("99", "Made up", "A record of our own.")))
    done = update(db, corpus, FIRST)
    assert pmids(done, "deleted") == []
    assert "99" in studies(db)


def test_many_deletions_at_once_are_not_believed(
    pubmed: PubMed, db: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "_FEW", 1)
    update(db, corpus, FIRST)
    del pubmed.dates["12"], pubmed.dates["13"]
    done = update(db, corpus, SECOND)
    assert set(studies(db)) == {"11", "12", "13"}
    assert any("so many at once are no deletions, and they were kept" in message for message in done.messages)


def test_a_retraction_is_applied_and_told(pubmed: PubMed, db: Path, corpus: Path) -> None:
    update(db, corpus, FIRST)
    pubmed.put("11", date(2026, 9, 9), pubmed.texts["11"], publication_type="Retracted Publication")
    done = update(db, corpus, SECOND)
    assert ("changed", "11", "retracted", "false", "true") in told(done)
    assert studies(db)["11"].retracted


def test_a_gap_is_asked_for_again(pubmed: PubMed, db: Path, corpus: Path) -> None:
    """When records did not come, the next update begins where this one began."""
    update(db, corpus, FIRST)
    pubmed.put("14", date(2026, 9, 20), BODY.format(n=5, phase="phase 1"))
    pubmed.poisoned.add("14")
    done = update(db, corpus, SECOND)
    assert not done.update.complete
    assert any("14" in message for message in done.messages)
    pubmed.poisoned.clear()
    done = update(db, corpus, THIRD)
    assert done.update.since == "2026-08-25"
    assert pmids(done, "new") == ["14"]


def test_since_leaves_no_gap(pubmed: PubMed, db: Path, corpus: Path) -> None:
    done = update(db, corpus, FIRST, since=date(2026, 8, 3))
    assert pmids(done, "new") == ["13"], "for an index that holds what came before"
    done = update(db, corpus, SECOND, since=date(2026, 9, 30))
    assert done.update.since == "2026-08-25"


def test_a_clock_set_ahead_and_back_leaves_no_gap(pubmed: PubMed, db: Path, corpus: Path) -> None:
    """Regression: an update that took today for a day to come made the next one ask from that day on."""
    update(db, corpus, FIRST)
    update(db, corpus, date(2027, 6, 1))
    pubmed.put("14", date(2026, 9, 20), BODY.format(n=5, phase="phase 1"))
    done = update(db, corpus, SECOND)
    assert done.update.since == "2026-08-25"
    assert pmids(done, "new") == ["14"]
    pubmed.put("15", date(2026, 10, 20), BODY.format(n=6, phase="phase 1"))
    done = update(db, corpus, date(2027, 6, 20))
    assert done.update.since == "2026-09-24"
    assert pmids(done, "new") == ["15"]


def test_another_query_begins_anew(pubmed: PubMed, db: Path, corpus: Path) -> None:
    update(db, corpus, FIRST)
    corpus.write_text(CORPUS.replace('"krabbe disease"', '"krabbe disease", "GALC"'), encoding="utf-8")
    assert update(db, corpus, SECOND).update.since is None


@pytest.mark.parametrize("moment", ["before indexing", "after indexing"])
def test_a_run_cut_short_loses_no_change(
    moment: str, pubmed: PubMed, db: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(db, corpus, FIRST)
    pubmed.put("12", date(2026, 9, 25), BODY.format(n=24, phase="phase 2"))
    real = updating.build_index

    def cut(*given: object, **more: object) -> object:
        if moment == "before indexing":
            raise KeyboardInterrupt
        real(*given, **more)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(updating, "build_index", cut)
        with pytest.raises(KeyboardInterrupt):
            update(db, corpus, SECOND)
    done = update(db, corpus, SECOND)
    assert told(done) == [("changed", "12", "n_enrolled", "20", "24")]
    with EvidenceIndex(db, readonly=True) as index:
        assert [u.until for u in index.updates()] == ["2026-09-01", "2026-10-01"]
    connection = sqlite3.connect(db)
    assert connection.execute("SELECT count(*) FROM baseline").fetchone() == (0,)
    connection.close()


def test_without_an_address_nothing_is_made(pubmed: PubMed, db: Path, corpus: Path) -> None:
    with pytest.raises(SettingsError, match="NCBI asks for yours"):
        update_index(db, corpus, settings=Settings(), clock=Clock(FIRST))
    assert not db.exists()


def test_pubmed_out_of_reach_leaves_everything_as_it_was(pubmed: PubMed, db: Path, corpus: Path) -> None:
    update(db, corpus, FIRST)
    before = studies(db)
    pubmed.fail("esearch", *[ConnectionResetError()] * 1000)
    with pytest.raises(FetchError):
        update(db, corpus, SECOND)
    assert studies(db) == before
    pubmed.faults["esearch"].clear()
    pubmed.put("14", date(2026, 9, 20), BODY.format(n=5, phase="phase 1"))
    assert pmids(update(db, corpus, SECOND), "new") == ["14"]


class TestCommand:
    @pytest.fixture(autouse=True)
    def _today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = Clock(FIRST)
        monkeypatch.setattr("leukonlp.sources.retry.SystemClock", lambda: self.clock)
        monkeypatch.setattr("leukonlp.sources.entrez.SystemClock", lambda: self.clock)

    def arguments(self, db: Path, corpus: Path, *more: str) -> list[str]:
        fixed = ["--email", "a@example.org", "--no-ner", "--no-tagger"]
        return ["update", "--db", str(db), "--corpus", str(corpus), *fixed, *more]

    def test_it_prints_the_difference(
        self, pubmed: PubMed, db: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(self.arguments(db, corpus)) == 0
        head, *lines = capsys.readouterr().out.splitlines()
        assert head == f"{db}: 3 new (fetched 3 of 3 records)"
        assert lines[:2] == [
            "new      PMID 11 | Krabbe disease, report 11.",
            "         phase_1 | single_arm_trial | Krabbe disease | n=12",
        ]
        self.clock.day = SECOND
        pubmed.put("12", date(2026, 9, 25), BODY.format(n=24, phase="phase 2"))
        pubmed.put("13", date(2026, 9, 26), pubmed.texts["13"], publication_type="Retracted Publication")
        del pubmed.dates["11"]
        assert cli.main(self.arguments(db, corpus)) == 0
        assert capsys.readouterr().out.splitlines() == [
            f"{db}: 1 changed, 1 retracted, 1 deleted since 2026-08-25 (fetched 2 of 2 records)",
            "changed  PMID 12 | Krabbe disease, report 12.",
            "         n_enrolled: 20 -> 24",
            "changed  PMID 13 | Krabbe disease, report 13.",
            "         retracted: false -> true",
            "deleted  PMID 11 | Krabbe disease, report 11.",
        ]
        self.clock.day = THIRD
        assert cli.main(self.arguments(db, corpus)) == 0
        assert "nothing changed since" in capsys.readouterr().out

    def test_json(self, pubmed: PubMed, db: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(self.arguments(db, corpus, "--json")) == 0
        done = json.loads(capsys.readouterr().out)
        assert [study["pmid"] for study in done["new"]] == ["11", "12", "13"]
        assert done["new"][2]["tags"]["phase"] == "phase_3"
        assert (done["changed"], done["deleted"], done["complete"]) == ([], [], True)

    def test_missing_records_give_one(
        self, pubmed: PubMed, db: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pubmed.poisoned.add("13")
        assert cli.main(self.arguments(db, corpus)) == 1
        assert "13" in capsys.readouterr().err

    def test_no_day(self, db: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            cli.main(self.arguments(db, corpus, "--since", "last month"))
        assert ended.value.code == 2
        assert "'last month' is no day; give it as 2026-01-31" in capsys.readouterr().err
