"""Every condition alone and together, against a plain loop over the same studies; and the quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex, Hits, search
from leukonlp.evidence.query import LABELS, Query
from leukonlp.lexicon import Lexicon
from leukonlp.records import Mention, Quote, Study
from leukonlp.studies.labels import DESIGNS, MODALITIES, PHASES

from .made import ALD, ARSA, CONCEPTS, CORD, GALC, HSCT, KRABBE, LATE, MLD, ROOT, make, some

STUDIES = [
    *some(120),
    make("5000", (ARSA,), also=(KRABBE,)),
    make("local", (), body="Nothing but words here."),
]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("search") / "evidence.db"
    lexicon = Lexicon(CONCEPTS, version="ten")
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add_many(STUDIES)
        yield index


def _pmids(hits: Hits) -> set[str]:
    return {hit.pmid for hit in hits}


def _family(id: str) -> set[str]:
    return {ROOT: {ROOT, MLD, LATE, KRABBE, ALD}, MLD: {MLD, LATE}, HSCT: {HSCT, CORD}}.get(id, {id})


CHECKS: dict[str, Callable[[Study, Any], bool]] = {
    "disease": lambda s, v: bool(_family(v) & set(s.diseases)),
    "gene": lambda s, v: bool(_family(v) & set(s.genes)),
    "therapy": lambda s, v: bool(_family(v) & set(s.therapies)),
    "phase": lambda s, v: s.phase is not None and s.phase.label == v,
    "modality": lambda s, v: any(t.label == v for t in s.modality),
    "year": lambda s, v: s.year == v,
    "min_participants": lambda s, v: s.n_enrolled is not None and s.n_enrolled.value >= v,  # type: ignore[operator]
    "max_participants": lambda s, v: s.n_enrolled is not None and s.n_enrolled.value <= v,  # type: ignore[operator]
    "relevant": lambda s, v: s.relevant is not None and s.relevant.label == v,
    "words": lambda s, v: v in s.text,
}


@settings(max_examples=120, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "words": st.sampled_from(["families", "phase_1", "Report", "gene_therapy", "unheard"]),
            "disease": st.sampled_from([ROOT, MLD, LATE, KRABBE, ALD]),
            "gene": st.sampled_from([ARSA, GALC]),
            "therapy": st.sampled_from([HSCT, CORD]),
            "phase": st.sampled_from(["phase_1", "phase_2", "unphased", "phase_4"]),
            "modality": st.sampled_from(["hsct", "gene_therapy"]),
            "year": st.integers(1989, 2020),
            "min_participants": st.integers(0, 130),
            "max_participants": st.integers(0, 130),
            "relevant": st.booleans(),
        },
    ),
    st.sampled_from(["relevance", "year"]),
)
def test_any_mix_of_conditions_finds_what_a_loop_finds(
    full: EvidenceIndex, asked: dict[str, Any], sort: str
) -> None:
    assume(asked.get("min_participants", 0) <= asked.get("max_participants", 130))
    hits = full.search(**asked, limit=None, sort=sort)
    expected = {s.pmid for s in STUDIES if all(CHECKS[name](s, value) for name, value in asked.items())}
    assert _pmids(hits) == expected
    assert hits.total == len(hits) == len(expected)
    for hit in hits:
        assert hit.study.text[hit.quote.start : hit.quote.end] == hit.quote.text != ""
    page = full.search(**asked, limit=7, offset=5, sort=sort)
    assert list(page) == list(hits)[5:12]
    assert page.total == hits.total


def test_several_values_mean_any_of_them(full: EvidenceIndex) -> None:
    one, other = (
        _pmids(full.search(phase="phase_1", limit=None)),
        _pmids(full.search(phase="phase_2", limit=None)),
    )
    assert _pmids(full.search(phase=["phase_1", "phase_2"], limit=None)) == one | other
    both = full.search(disease=["Krabbe disease", "X-ALD"], limit=None)
    assert {hit.study.diseases[0] for hit in both} == {KRABBE, ALD}


@pytest.mark.parametrize(
    "name",
    [
        KRABBE,
        KRABBE.lower(),
        "Mondo:0009499",
        "Krabbe disease",
        "krabbe  disease",
        "globoid cell leukodystrophy",
        "globoid-cell leukodystrophies",
    ],
)
def test_a_disease_by_any_of_its_names(full: EvidenceIndex, name: str) -> None:
    assert full.search(disease=name).total == 30


def test_a_gene_by_symbol_or_protein(full: EvidenceIndex) -> None:
    assert _pmids(full.search(gene="ARSA")) == _pmids(full.search(gene="arylsulphatase A")) == {"5000"}


def test_year_ranges(full: EvidenceIndex) -> None:
    assert {h.year for h in full.search(year=(2000, 2003), limit=None)} == {2000, 2001, 2002, 2003}
    assert min(h.year or 0 for h in full.search(year=(2016, None), limit=None)) == 2016
    assert max(h.year or 0 for h in full.search(year=(None, 1994), limit=None)) == 1994


def test_mentioned_reaches_beyond_what_a_study_is_about(full: EvidenceIndex) -> None:
    assert "5000" not in _pmids(full.search(disease=KRABBE, limit=None))
    found = {h.pmid: h for h in full.search(disease=KRABBE, mentioned=True, limit=None)}
    assert found["5000"].why == (f"disease: Krabbe disease ({KRABBE})",)


def test_words_reach_registry_numbers_keywords_and_names(index: EvidenceIndex) -> None:
    index.add(make("5", nct=("NCT01234567",), keywords=("myelin", "enzyme assay")))
    for words in ("NCT01234567", "myelin", '"enzyme assay"', "metachromatic", "families"):
        hits = index.search(words)
        assert [h.pmid for h in hits] == ["5"]
        assert hits[0].quote.text


def test_words_are_not_stemmed_but_may_be_cut(full: EvidenceIndex) -> None:
    assert full.search("famil").total == 0
    assert full.search("famil*").total == full.search("families").total > 0


@pytest.mark.parametrize("words", ["!!!", "*", '"', "()", "OR"])
def test_words_without_a_letter_match_nothing(full: EvidenceIndex, words: str) -> None:
    assert full.search(words).total == 0


@pytest.mark.parametrize("words", [None, "", "  "])
def test_no_words_are_no_condition(full: EvidenceIndex, words: str | None) -> None:
    assert full.search(words, limit=3).total == len(STUDIES)


@given(st.text())
def test_no_words_are_an_error(full: EvidenceIndex, words: str) -> None:
    assert 0 <= full.search(words, limit=1).total <= len(STUDIES)


class TestOrder:
    def test_by_relevance_titles_first(self, index: EvidenceIndex) -> None:
        index.add_many(
            [make("1"), make("2", title="Walking in families"), make("3", body="Walking. Walking again.")]
        )
        hits = index.search("walking")
        assert [h.pmid for h in hits] == ["2", "3", "1"]
        scores = [h.score or 0 for h in hits]
        assert scores == sorted(scores, reverse=True)
        assert min(scores) > 0

    def test_by_year_newest_first_and_undated_last(self, index: EvidenceIndex) -> None:
        index.add_many(
            [make("1", year=2001), make("2", year=None), make("3", year=2020), make("4", year=2001)]
        )
        assert [h.pmid for h in index.search()] == ["3", "1", "4", "2"]
        assert [h.pmid for h in index.search("families", sort="year")] == ["3", "1", "4", "2"]
        assert index.search()[0].score is None


class TestQuote:
    def test_words_give_their_sentence(self, full: EvidenceIndex) -> None:
        hit = full.search("nerves slow", limit=1)[0]
        assert hit.quote.text == "Conduction in the nerves stayed slow."
        assert hit.why == ("words: nerves slow",)

    @pytest.mark.parametrize(
        ("asked", "quote", "why"),
        [
            ({"phase": "phase_2"}, " phase_2.", "phase: phase_2"),
            ({"modality": "hsct"}, " hsct.", "modality: hsct"),
            ({"phase": "phase_2", "modality": "hsct"}, " phase_2.", "modality: hsct"),
            ({"min_participants": 100}, "people", "participants: 1"),
            ({"disease": MLD}, "We followed families with", "metachromatic leukodystrophy (MONDO:00"),
            (
                {"therapy": HSCT},
                "cord blood transplantation",
                f"therapy: cord blood transplantation ({CORD})",
            ),
            ({"gene": ARSA}, "We followed families with ARSA.", f"gene: ARSA ({ARSA})"),
        ],
    )
    def test_each_condition_gives_its_own(
        self, full: EvidenceIndex, asked: dict[str, Any], quote: str, why: str
    ) -> None:
        hits = full.search(**asked, limit=None)
        assert hits.total > 0
        for hit in hits:
            assert quote in hit.quote.text
            assert any(why in reason for reason in hit.why)

    def test_a_subtype_is_named_as_the_reason(self, full: EvidenceIndex) -> None:
        reasons = {hit.why for hit in full.search(disease=MLD, limit=None)}
        assert reasons == {
            (f"disease: metachromatic leukodystrophy ({MLD})",),
            (f"disease: late-infantile metachromatic leukodystrophy ({LATE})",),
        }

    def test_an_affirmed_mention_of_the_study_comes_first(self, index: EvidenceIndex) -> None:
        body = "No Krabbe disease was seen. Krabbe disease is rare. Krabbe disease was treated."
        study = make("5", (KRABBE,), title="Krabbe disease", body=body)
        doubt: list[dict[str, Any]] = [{}, {}, {"negated": True}, {"about": "background"}, {}]
        study = replace(
            study, mentions=tuple(replace(m, **d) for m, d in zip(study.mentions, doubt, strict=True))
        )
        study = replace(study, mentions=tuple(m for n, m in enumerate(study.mentions) if n != 1))
        index.add(study)
        assert index.search(disease=KRABBE)[0].quote.text == "Krabbe disease was treated."

    def test_a_tag_without_words_falls_back(self, index: EvidenceIndex) -> None:
        study = make("5", phase="phase_2")
        assert study.phase is not None
        index.add(replace(study, phase=replace(study.phase, quote=None, basis="publication_type")))
        assert index.search(phase="phase_2")[0].quote.text == "Report 5"
        assert index.search(phase="phase_2", disease=MLD)[0].quote.text.startswith("We followed families")

    def test_a_concept_without_a_mention_falls_back(self, index: EvidenceIndex) -> None:
        index.add(replace(make("5", phase="phase_2"), mentions=()))
        hit = index.search(disease=MLD)[0]
        assert hit.quote.text == " phase_2."
        assert hit.why == (f"disease: {MLD}",)
        assert hit.to_dict()["concepts"] == [MLD]

    def test_an_empty_record_has_an_empty_quote(self, index: EvidenceIndex) -> None:
        index.add(make("5", (), title="T", body="", year=None))
        index.add(
            replace(
                make("6", ()), abstract=replace(make("6", ()).abstract, title="", abstract=""), outcomes=()
            )
        )
        assert [h.quote for h in index.search()] == [Quote(0, 0, ""), Quote(0, 1, "T")]

    def test_a_mention_across_sentences_is_quoted_itself(self, index: EvidenceIndex) -> None:
        study = make("5", (KRABBE,), body="Seen in Krabbe. Disease is rare.")
        start = study.text.index("Krabbe. Disease")
        across = Mention(start, start + 15, "Krabbe. Disease", "disease", KRABBE, "Krabbe disease")
        index.add(replace(study, mentions=(across,), outcomes=()))
        assert index.search(disease=KRABBE)[0].quote.text == "Krabbe. Disease"


class TestRefused:
    def test_an_unknown_name_with_what_resembles_it(self, full: EvidenceIndex) -> None:
        with pytest.raises(
            InputError, match=r"no disease is called 'Krabe disese'; did you mean Krabbe disease"
        ):
            full.search(disease="Krabe disese")

    def test_a_name_of_another_kind(self, full: EvidenceIndex) -> None:
        with pytest.raises(InputError, match=r"no disease is called 'GALC'; did you mean .*the gene GALC\?"):
            full.search(disease="GALC")

    @pytest.mark.parametrize("name", ["", "zzzzzzzz", "MONDO:9999999", "\x00", "\ud800:"])
    def test_a_name_that_resembles_nothing(self, full: EvidenceIndex, name: str) -> None:
        with pytest.raises(InputError, match="no disease is called"):
            full.search(disease=name)

    def test_bad_bounds(self, full: EvidenceIndex) -> None:
        with pytest.raises(InputError, match=r"limit -1 and offset 0 must be whole numbers, 0 or more"):
            full.search(limit=-1)
        with pytest.raises(InputError, match=r"sort 'length' is unknown; use 'relevance' or 'year'"):
            full.search(sort="length")

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"phase": "phase3"}, r"'phase3' is no phase; allowed are preclinical, .*phase_3"),
            ({"phase": ["phase_1", "III"]}, "'III' is no phase"),
            ({"modality": "gene therapy"}, "'gene therapy' is no modality; allowed are gene_therapy"),
            ({"design": "trial"}, "'trial' is no design; allowed are randomized_trial"),
            ({"phase": 3}, "phase is 3; give a string, or a list of strings"),
            ({"disease": 5}, "disease is 5; give a string, or a list of strings"),
            ({"words": 5}, "words is 5; give a string"),
            ({"year": "2020"}, r"year is '2020'; give a year such as 2015, or \(first, last\)"),
            ({"year": (2010,)}, r"year is \(2010,\); give a year"),
            ({"year": (2020, 2010)}, "ends before it begins"),
            ({"year": True}, "year is True; give a year"),
            ({"min_participants": "x"}, "min_participants is 'x'; give a whole number, 0 or more"),
            ({"max_participants": -5}, "max_participants is -5; give a whole number, 0 or more"),
            (
                {"min_participants": 50, "max_participants": 10},
                "min_participants 50 is more than max_participants 10",
            ),
            ({"limit": "x"}, "limit 'x' and offset 0 must be whole numbers"),
        ],
    )
    def test_what_cannot_match_anything(self, full: EvidenceIndex, asked: dict[str, Any], words: str) -> None:
        with pytest.raises(InputError, match=words):
            full.search(**asked)


def test_the_labels_are_those_of_the_scheme() -> None:
    assert {"phase": PHASES, "modality": MODALITIES, "design": DESIGNS} == LABELS


def test_an_id_needs_no_lexicon(path: Path, lexicon: Lexicon) -> None:
    with EvidenceIndex(path, lexicon=lexicon) as index:
        index.add(make("5", (LATE,)))

    class Unread:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(f"the lexicon was asked for {name}")

    with EvidenceIndex(path, readonly=True, lexicon=Unread()) as index:  # type: ignore[arg-type]
        assert index.search(disease=MLD).total == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"disease": ROOT},
        {"disease": [MLD, KRABBE], "gene": ARSA, "phase": "phase_2", "year": (2000, None)},
        {"therapy": HSCT, "modality": "hsct", "retracted": False},
        {"modality": ["hsct", "gene_therapy"], "min_participants": 5},
        {"phase": ["phase_1", "phase_2"], "design": "cohort"},
        {"year": (2000, 2010)},
        {"words": "families", "disease": MLD, "phase": "phase_2"},
    ],
)
@pytest.mark.parametrize("sort", ["relevance", "year"])
def test_no_search_goes_through_all_studies(full: EvidenceIndex, asked: dict[str, Any], sort: str) -> None:
    said: list[str] = []
    connection = full._connection
    connection.set_trace_callback(said.append)
    try:
        full.search(**asked, sort=sort)
    finally:
        connection.set_trace_callback(None)
    found = [sql for sql in said if sql.startswith("WITH found")]
    assert len(found) == 1
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {found[0]}")]
    tables = ("f", "facets", "terms", "studies", "lines", "mentions", "study_concepts", "modalities")
    assert plan
    assert not [step for step in plan if step.startswith("SCAN") and step.split()[1] in tables], plan


@pytest.mark.parametrize(
    "lead",
    [
        search._Lead("terms", "term", (ROOT,)),
        search._Lead("terms", "term", (HSCT,)),
        search._Lead("terms", "term", ("hsct", "gene_therapy")),
        search._Lead("facets", "phase", ("phase_1", "phase_2")),
        search._Lead("terms", "term", (ROOT,), "phase", ("phase_1", "phase_2")),
        search._Lead(
            "terms", "term", (HSCT,), "modality", (" hsct ", " gene_therapy ", " hsct gene_therapy ")
        ),
    ],
)
def test_whatever_leads_the_hits_are_the_same(
    full: EvidenceIndex, monkeypatch: pytest.MonkeyPatch, lead: search._Lead
) -> None:
    asked: dict[str, Any] = {"disease": ROOT, "therapy": HSCT, "modality": ["hsct", "gene_therapy"]}
    asked |= {"phase": ["phase_1", "phase_2"], "year": (1980, None)}
    usual = full.search(**asked)
    assert usual.total > 10
    monkeypatch.setattr(search, "_lead", lambda connection, query: lead)
    led = full.search(**asked)
    assert ([hit.pmid for hit in led], led.total) == ([hit.pmid for hit in usual], usual.total)


@pytest.mark.parametrize(
    ("of_design", "leads"), [(10, "design"), (9_000, "design"), (9_100, "phase"), (500_000, "phase")]
)
def test_what_takes_least_leads(
    full: EvidenceIndex, monkeypatch: pytest.MonkeyPatch, of_design: int, leads: str
) -> None:
    """Of a term's studies those of one phase are looked at, or those of one design, whichever are fewer."""
    held = {"phase": 9_050, "design": of_design}
    monkeypatch.setattr(search, "_count", lambda connection, lead, most: min(held[lead.by], most))
    query = Query(disease=(MLD, LATE), asked=((MLD,),), phase=("phase_1",), design=("cohort",))
    assert search._lead(full._connection, query).by == leads


@pytest.mark.parametrize(("hsct", "leads"), [(1_100, HSCT), (1_200, MLD), (500_000, MLD)])
def test_what_a_study_is_looked_up_under_takes_longer(
    full: EvidenceIndex, monkeypatch: pytest.MonkeyPatch, hsct: int, leads: str
) -> None:
    """Modalities take no look-up: with them leading, both concepts would be looked up."""
    held = {MLD: 1_150, HSCT: hsct, "gene_therapy": 900}
    monkeypatch.setattr(search, "_count", lambda connection, lead, most: min(held[lead.values[0]], most))
    query = Query(asked=((MLD,), (HSCT,)), modality=("gene_therapy",))
    assert search._lead(full._connection, query).values == (leads,)


@pytest.mark.parametrize("limit", [1, 3, None])
@pytest.mark.parametrize("offset", [0, 2])
@pytest.mark.parametrize(
    "asked",
    [
        {"disease": ROOT, "phase": ["phase_1", "phase_2", "phase_1"]},
        {"disease": ROOT, "modality": ["hsct", "gene_therapy"], "year": (1990, None)},
        {"therapy": HSCT, "phase": "phase_2", "retracted": False},
        {"modality": "gene_therapy", "phase": "phase_1"},
    ],
)
def test_pages_in_the_order_of_an_index_are_those_that_are_sorted(
    full: EvidenceIndex,
    monkeypatch: pytest.MonkeyPatch,
    asked: dict[str, Any],
    limit: int | None,
    offset: int,
) -> None:
    quick = full.search(**asked, limit=limit, offset=offset)
    assert quick.total > 1
    monkeypatch.setattr(search, "_MERGED", 0)
    whole = full.search(**asked, limit=limit, offset=offset)
    assert ([hit.pmid for hit in quick], quick.total) == ([hit.pmid for hit in whole], whole.total)
    monkeypatch.setattr(search, "_lead", lambda connection, query: search._Lead(column="year"))
    slow = full.search(**asked, limit=limit, offset=offset)
    assert ([hit.pmid for hit in quick], quick.total) == ([hit.pmid for hit in slow], slow.total)
