"""What is stored, what takes precedence, and that order does not matter."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leukonlp.errors import IndexFileError, InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import Lexicon
from leukonlp.records import Correction, Deletion, Mention, Quote, Study, Tag, Term

from .made import KRABBE, MLD, VERSIONS, dump, events, make, some


def test_what_goes_in_comes_out(index: EvidenceIndex) -> None:
    studies = some(60)
    assert index.add_many(studies) == 60
    # Records retracted by a notice are looked at further down.
    expected = {s.pmid: s for s in studies}
    read = {s.pmid: s for s in index.studies()}
    assert read.keys() == expected.keys()
    assert [pmid for pmid, study in read.items() if study != expected[pmid]] == ["1042"]
    assert len(index) == 60


def test_studies_come_by_number_then_local_ids_by_name(index: EvidenceIndex) -> None:
    index.add_many([make(pmid) for pmid in ("beta", "1000", "alpha", "99", "007", "7")])
    assert [s.pmid for s in index.studies()] == ["7", "99", "1000", "007", "alpha", "beta"]


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_many_at_once_are_what_one_by_one_are(tmp_path: Path, lexicon: Lexicon, batch: int) -> None:
    studies = [event for event in events() if isinstance(event, Study)]
    said = Correction("1003", "phase", "phase_4", "reader", "2026-01-01T00:00:00Z")
    made = []
    for name, size in (("one.db", 0), ("many.db", batch)):
        with EvidenceIndex(tmp_path / name, lexicon=lexicon) as index:
            for deletion in (Deletion("1011", 2), Deletion("2007")):
                index.delete(deletion)
            index.add(studies[3])
            index.correct([said])
            changed = index.add_many(studies, batch=size) if size else sum(map(index.add, studies))
            assert index.validate() == []
        made.append((changed, dump(tmp_path / name)))
    assert made[0] == made[1]
    assert any(row[5] for row in made[0][1]["facets"]), "nothing was retracted"


def test_what_is_refused_is_told_and_nothing_else_is_lost(index: EvidenceIndex) -> None:
    bad = replace(make("6"), mentions=(Mention(0, 3, "xyz", "gene"),))
    told: list[tuple[str, str]] = []
    studies = [make("5"), bad, make("7")]
    assert index.add_many(studies, refused=lambda study, why: told.append((study.pmid, str(why)))) == 2
    assert [pmid for pmid, _ in told] == ["6"]
    assert "holds 'Rep', not 'xyz'" in told[0][1]
    assert [study.pmid for study in index.studies()] == ["5", "7"]


def test_adding_twice_changes_nothing(index: EvidenceIndex, path: Path) -> None:
    assert index.add(make())
    before = dump(path)
    assert not index.add(make())
    assert dump(path) == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"version": 1}, {"version": 2}),
        ({"revised": None}, {"revised": "2019-05-01"}),
        ({"revised": "2019-05-01"}, {"revised": "2020-01-01"}),
        ({"version": 1, "revised": "2020-01-01"}, {"version": 2, "revised": "2019-05-01"}),
    ],
)
def test_higher_version_then_revision_stays_whichever_came_first(
    index: EvidenceIndex, first: dict[str, object], second: dict[str, object]
) -> None:
    low, high = make("5", (MLD,), **first), make("5", (KRABBE,), **second)
    assert index.add(low)
    assert index.add(high)
    assert not index.add(low)
    assert list(index.studies()) == [high]
    assert index.search(disease=MLD).total == 0


def test_of_equals_the_later_stays(index: EvidenceIndex) -> None:
    first, later = make("5", (MLD,)), make("5", (KRABBE,))
    assert index.add(first)
    assert index.add(later)
    assert list(index.studies()) == [later]
    assert index.search("metachromatic").total == 0


def test_deleted_record_goes_and_stays_away(index: EvidenceIndex) -> None:
    index.add(make("5"))
    assert index.delete(Deletion("5"))
    assert len(index) == 0
    assert index.search("families").total == 0
    assert not index.add(make("5"))
    assert not index.delete(Deletion("5"))
    assert len(index) == 0


def test_deletion_before_its_record_keeps_it_out(index: EvidenceIndex) -> None:
    assert index.delete(Deletion("5"))
    assert not index.add(make("5"))
    assert index.has(make("5").abstract, VERSIONS)


def test_deleting_a_version_spares_higher_ones(index: EvidenceIndex) -> None:
    index.add(make("5", version=2))
    assert index.delete(Deletion("5", 1))
    assert len(index) == 1
    assert index.delete(Deletion("5", 2))
    assert len(index) == 0
    assert not index.delete(Deletion("5", 1)), "a lower tombstone must not replace a higher one"
    assert not index.add(make("5", version=2))
    assert index.add(make("5", version=3))


def _apply(
    path: Path, lexicon: Lexicon, events: list[Study | Deletion]
) -> dict[str, list[tuple[object, ...]]]:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        for event in events:
            if isinstance(event, Deletion):
                index.delete(event)
            else:
                index.add(event)
        assert index.validate() == []
    return dump(path)


def test_any_order_gives_the_same_content(tmp_path: Path, lexicon: Lexicon) -> None:
    events: list[Study | Deletion] = [
        make("1"),
        make("1", (KRABBE,), version=2, versions=(*VERSIONS, ("run", "2"))),
        make("2", retracts=("1", "3")),
        make("3"),
        Deletion("3", 1),
    ]
    orders = list(itertools.permutations(events))[::3]
    contents = [_apply(tmp_path / f"{n}.db", lexicon, list(order)) for n, order in enumerate(orders)]
    assert len(contents) == 40
    assert all(content == contents[0] for content in contents)
    assert [row[1] for row in contents[0]["studies"]] == ["1", "2"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_repeats_and_order_never_matter(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon
) -> None:
    pool: list[Study | Deletion] = [
        make(
            pmid, version=version, versions=((("run"), str(version)),), retracts=("1",) if pmid == "2" else ()
        )
        for pmid in ("1", "2", "x")
        for version in (1, 2, 3)
    ]
    pool += [Deletion(pmid, version) for pmid in ("1", "2", "x") for version in (1, 2)]
    events = data.draw(st.lists(st.sampled_from(pool), max_size=8, unique=True))
    again = data.draw(
        st.permutations(events + data.draw(st.lists(st.sampled_from(events or pool), max_size=3)))
    )
    if not events:
        return
    folder = tmp_path_factory.mktemp("order")
    assert _apply(folder / "a.db", lexicon, events) == _apply(folder / "b.db", lexicon, list(again))


def test_nothing_of_a_replaced_record_is_left(index: EvidenceIndex, path: Path, lexicon: Lexicon) -> None:
    index.add(
        make("5", (KRABBE,), phase="phase_1", modality="hsct", nct=("NCT00000001",), versions=(("run", "1"),))
    )
    index.add(make("5", (MLD,), version=2))
    with EvidenceIndex(path.with_name("fresh.db"), lexicon=lexicon) as fresh:
        fresh.add(make("5", (MLD,), version=2))
    assert dump(path) == dump(path.with_name("fresh.db"))


class TestHas:
    def test_only_the_same_record_by_the_same_versions(self, index: EvidenceIndex) -> None:
        study = make("5", revised="2020-01-01")
        assert not index.has(study.abstract, VERSIONS)
        index.add(study)
        assert index.has(study.abstract, VERSIONS)
        assert index.has(study.abstract, dict(reversed(VERSIONS)))
        assert not index.has(study.abstract, (("leukonlp", "0.2"), ("lexicon", "ten")))
        assert not index.has(replace(study.abstract, journal="Another"), VERSIONS)

    def test_lower_precedence_needs_no_annotation_and_higher_does(self, index: EvidenceIndex) -> None:
        index.add(make("5", version=2, revised="2020-01-01"))
        assert index.has(make("5", version=1, revised="2021-01-01").abstract, VERSIONS)
        assert index.has(make("5", version=2, revised="2019-01-01").abstract, VERSIONS)
        assert not index.has(make("5", version=2, revised="2021-01-01").abstract, VERSIONS)
        assert not index.has(make("5", version=3).abstract, VERSIONS)

    def test_says_what_add_does(self, index: EvidenceIndex) -> None:
        for study in (
            make("5"),
            make("5", version=2),
            make("5"),
            make("5", revised="2020-01-01"),
            make("5", version=2),
        ):
            assert index.has(study.abstract, study.versions) is not index.add(study)


class TestRetraction:
    RETRACTED = Term("Retracted Publication", "D016441")

    @pytest.mark.parametrize("notice_first", [True, False])
    def test_by_a_notice(self, index: EvidenceIndex, notice_first: bool) -> None:
        paper, notice = make("5"), make("6", retracts=("5",))
        index.add_many([notice, paper] if notice_first else [paper, notice])
        assert {h.pmid: h.retracted for h in index.search()} == {"5": True, "6": False}
        assert {s.pmid: s.retracted for s in index.studies()} == {"5": True, "6": False}
        assert [h.pmid for h in index.search(retracted=True)] == ["5"]
        assert [h.pmid for h in index.search(retracted=False)] == ["6"]
        retracted = next(h for h in index.search() if h.pmid == "5")
        assert retracted.to_dict()["retracted"] is True
        assert [(x.type, x.pmid) for x in retracted.study.abstract.links] == [("RetractionIn", "6")]

    def test_ends_with_its_notice(self, index: EvidenceIndex) -> None:
        index.add_many([make("5"), make("6", retracts=("5",)), make("7", retracts=("5",))])
        index.delete(Deletion("6"))
        assert index.search(retracted=True).total == 1, "the other notice still stands"
        index.add(make("7", version=2))
        assert index.search(retracted=True).total == 0
        assert index.validate() == []

    def test_own_word_outlives_the_notice(self, index: EvidenceIndex) -> None:
        index.add_many([make("5", publication_types=(self.RETRACTED,)), make("6", retracts=("5",))])
        index.delete(Deletion("6"))
        assert [h.pmid for h in index.search(retracted=True)] == ["5"]

    def test_reaches_the_next_version_of_the_paper(self, index: EvidenceIndex) -> None:
        index.add_many([make("5"), make("6", retracts=("5",)), make("5", version=2)])
        assert [h.pmid for h in index.search(retracted=True)] == ["5"]

    def test_a_study_read_back_and_added_elsewhere_stays_retracted(
        self, index: EvidenceIndex, path: Path, lexicon: Lexicon
    ) -> None:
        index.add_many([make("5"), make("6", retracts=("5",))])
        with EvidenceIndex(path.with_name("copy.db"), lexicon=lexicon) as copy:
            copy.add_many(index.studies())
            copy.delete(Deletion("6"))
            assert copy.search(retracted=True).total == 1


class TestRefused:
    def test_a_mention_that_is_not_there(self, index: EvidenceIndex) -> None:
        wrong = replace(make("5"), mentions=(Mention(0, 3, "Xyz", "disease"),))
        with pytest.raises(InputError, match=r"record 5: 0:3 holds 'Rep', not 'Xyz'"):
            index.add(wrong)
        assert len(index) == 0

    def test_a_quote_that_is_not_there(self, index: EvidenceIndex) -> None:
        with pytest.raises(InputError, match="record 5"):
            index.add(replace(make("5"), phase=Tag("phase_1", quote=Quote(0, 2, "no"))))

    def test_half_a_character(self, index: EvidenceIndex) -> None:
        with pytest.raises(InputError, match=r"record 5: its text holds '\\ud800', half of a character"):
            index.add(make("5", body="Half \ud800 a pair. No child died."))

    def test_keeps_what_came_before(self, index: EvidenceIndex) -> None:
        good, bad = some(7), replace(make("9999"), mentions=(Mention(0, 3, "Xyz", "disease"),))
        with pytest.raises(InputError):
            index.add_many([*good[:5], bad, *good[5:]], batch=3)
        assert [s.pmid for s in index.studies()] == ["1000", "1001", "1002", "1003", "1004"]

    def test_writing_to_a_read_only_index(self, index: EvidenceIndex, path: Path, lexicon: Lexicon) -> None:
        index.add(make())
        with EvidenceIndex(path, readonly=True, lexicon=lexicon) as reader:
            with pytest.raises(IndexFileError, match="open for reading only"):
                reader.add(make("6"))
            with pytest.raises(IndexFileError, match="open for reading only"):
                reader.delete(Deletion("101"))

    def test_using_a_closed_index(self, index: EvidenceIndex) -> None:
        index.close()
        index.close()
        with pytest.raises(IndexFileError, match="is closed"):
            index.search()


@pytest.mark.parametrize(
    "body",
    [
        "A \x00 NUL byte. No child died.",
        "Right \u202eto left\u202c marks. No child died.",
        "Bell \x07 and escape \x1b[31m. No child died.",
        "'; DROP TABLE studies; -- \" No child died.",
        "x" * 1_000_000 + " No child died.",
        "Café, naïve, Ωmega, 𝒜 and 脳. No child died.",
    ],
    ids=["nul", "bidi", "control", "sql", "long", "unicode"],
)
def test_hostile_text_is_kept_as_it_is(index: EvidenceIndex, body: str) -> None:
    study = make("5", body=body)
    index.add(study)
    assert list(index.studies()) == [study]
    assert index.validate() == []
    assert index.search("families")[0].quote.text in study.text


def test_facts_and_tags_are_columns_that_people_can_read(index: EvidenceIndex, path: Path) -> None:
    index.add(
        make(
            "5",
            phase="phase_2",
            modality="hsct",
            enrolled=17,
            months=24.5,
            nct=("NCT00000001",),
            doi="10.1/x",
        )
    )
    content = dump(path)
    columns = (
        "id, pmid, title, year, doi, phase, phase_quote, n_enrolled, n_enrolled_quote, "
        "follow_up_months, retracted, registry"
    )
    connection = sqlite3.connect(path)
    row = connection.execute(f"SELECT {columns} FROM studies").fetchone()
    connection.close()
    assert row == (
        5,
        "5",
        "Report 5",
        2015,
        "10.1/x",
        "phase_2",
        " phase_2.",
        17,
        "17 people",
        24.5,
        0,
        "NCT00000001",
    )
    assert content["study_concepts"] == [(5, "disease", 0, MLD, "metachromatic leukodystrophy")]
    assert [row[1:4] for row in content["facts"]] == [
        ("follow_up", 0, 24.5),
        ("n_enrolled", 0, 17),
        ("outcomes", 0, "died"),
    ]
    assert content["registry_numbers"] == [(5, 0, "ClinicalTrials.gov", "NCT00000001")]


def test_parents_hold_their_children_after_the_lexicon_changed(path: Path, lexicon: Lexicon) -> None:
    flat = Lexicon([replace(c, parents=()) for c in lexicon.concepts.values()], version="flat")
    with EvidenceIndex(path, lexicon=flat) as index:
        index.add(make("5", (KRABBE,)))
        assert index.search(disease="leukodystrophy").total == 0
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add(make("6", (KRABBE,)))
        assert index.search(disease="leukodystrophy").total == 2
