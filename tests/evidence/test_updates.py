"""What an index tells of two moments: every difference, whatever caused it, and nothing else."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

from leukonlp.evidence import EvidenceIndex
from leukonlp.evidence.updates import Change, Update
from leukonlp.records import Correction, Deletion

from .made import CORD, KRABBE, MLD, make

NOW = "2026-10-01T08:00:00+00:00"
TODAY = date(2026, 12, 1)


def begin(index: EvidenceIndex, *, query: str = "krabbe", until: str = "2026-10-01") -> None:
    index.begin_update(Update("c", query, None, until))


def finish(index: EvidenceIndex, *, complete: bool = True) -> tuple[Change, ...]:
    return index.finish_update(complete=complete, now=NOW).changes


def test_each_field_that_changed_is_told(index: EvidenceIndex) -> None:
    index.add(make("1", (MLD,), phase="phase_1", modality="hsct", enrolled=5))
    begin(index)
    index.add(make("1", (KRABBE, CORD), phase="phase_2", enrolled=7, nct=("NCT00000001",), version=2))
    assert [(c.field, c.before, c.after) for c in finish(index)] == [
        ("phase", "phase_1", "phase_2"),
        ("modality", "hsct", None),
        ("diseases", "metachromatic leukodystrophy", "Krabbe disease"),
        ("therapies", None, "cord blood transplantation"),
        ("n_enrolled", "5", "7"),
        ("registry", None, "NCT00000001"),
    ]


def test_another_text_with_the_same_tags_is_no_change(index: EvidenceIndex) -> None:
    index.add(make("1", phase="phase_1"))
    begin(index)
    index.add(make("1", phase="phase_1", version=2, title="A new title"))
    assert finish(index) == ()


def test_a_notice_retracts_a_study_that_was_not_touched(index: EvidenceIndex) -> None:
    index.add(make("1"))
    begin(index)
    index.add(make("2", retracts=("1",)))
    retracted, new = finish(index)
    assert retracted == Change("1", "Report 1", "changed", "retracted", "false", "true")
    assert (new.pmid, new.kind) == ("2", "new")
    assert json.loads(new.after or "")["diseases"] == "metachromatic leukodystrophy"


def test_a_deletion_and_a_correction_are_told(index: EvidenceIndex) -> None:
    index.add_many([make("1", phase="phase_1"), make("2", title="Gone")])
    begin(index)
    index.delete(Deletion("2"))
    index.correct([Correction("1", "phase", "phase_3", "Ada", NOW)])
    corrected, deleted = finish(index)
    assert (corrected.field, corrected.after) == ("phase", "phase_3")
    assert (deleted.kind, deleted.title) == ("deleted", "Gone")


def test_begun_twice_it_tells_from_the_first(index: EvidenceIndex) -> None:
    index.add(make("1", phase="phase_1"))
    begin(index, until="2026-09-30")
    index.add(make("1", phase="phase_2", version=2))
    begin(index)
    assert [(c.before, c.after) for c in finish(index)] == [("phase_1", "phase_2")]
    (update,) = index.updates()
    assert (update.until, update.finished) == ("2026-10-01", NOW)


def test_only_a_complete_update_of_the_same_query_counts(index: EvidenceIndex) -> None:
    begin(index, until="2026-09-01")
    finish(index)
    begin(index, until="2026-10-01")
    finish(index, complete=False)
    begin(index, query="mld", until="2026-11-01")
    finish(index)
    assert index.updated_until("krabbe", today=TODAY) == "2026-09-01"
    assert index.updated_until("mld", today=TODAY) == "2026-11-01"
    assert index.updated_until("ald", today=TODAY) is None


def test_the_day_of_an_update_after_today_is_not_believed(index: EvidenceIndex) -> None:
    """Regression: after one run with a clock set ahead, no later one asked for what came in between."""
    for until in ("2026-09-01", "2027-06-01", "2026-11-01"):
        begin(index, until=until)
        finish(index)
    told = {
        day: index.updated_until("krabbe", today=date.fromisoformat(day))
        for day in ("2026-08-31", "2026-10-01", "2026-11-01", "2027-12-01")
    }
    assert told == {
        "2026-08-31": None,
        "2026-10-01": "2026-09-01",
        "2026-11-01": "2026-11-01",
        "2027-12-01": "2026-11-01",
    }


def test_studies_come_by_number(index: EvidenceIndex) -> None:
    begin(index)
    index.add_many([make("10"), make("9"), make("100"), dataclasses.replace(make("8"))])
    assert [change.pmid for change in finish(index)] == ["8", "9", "10", "100"]
