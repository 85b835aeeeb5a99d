"""The nouns survive the way to plain JSON and back, and offsets are held to the text."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leukonlp.plain import Plain, compact_json, fingerprint
from leukonlp.records import (
    Abstract,
    Accession,
    Concept,
    Correction,
    Deletion,
    Doubt,
    Fact,
    Failure,
    Link,
    Mention,
    MeshHeading,
    Qualifier,
    Quote,
    Section,
    Study,
    Tag,
    Term,
)

TEXT = st.text(max_size=30)
FLOAT = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(float, FLOAT)
st.register_type_strategy(str, TEXT)
SIMPLE: tuple[type[Plain], ...] = (
    Section,
    Term,
    Qualifier,
    MeshHeading,
    Accession,
    Link,
    Deletion,
    Failure,
    Mention,
    Concept,
    Quote,
    Tag,
    Fact,
    Doubt,
    Correction,
    Abstract,
)


def there_and_back(record: Any) -> Any:
    return type(record).from_dict(json.loads(json.dumps(record.to_dict())))


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """A study whose mentions and quotes stand in its text."""
    abstract = draw(st.builds(Abstract, sections=st.just(()), title=st.text(min_size=1, max_size=40)))
    text = abstract.text

    @st.composite
    def place(draw: st.DrawFn) -> dict[str, Any]:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return {"start": start, "end": end, "text": text[start:end]}

    quotes = place().map(lambda found: Quote(**found))
    tags = st.builds(Tag, quote=st.none() | quotes)
    facts = st.builds(Fact, quote=quotes)
    mentions = st.builds(
        lambda base, found: dataclasses.replace(base, **found), st.from_type(Mention), place()
    )

    def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(strategy, max_size=3).map(tuple)

    versions = st.dictionaries(TEXT, TEXT, max_size=3).map(lambda found: tuple(sorted(found.items())))
    maybe_tag, maybe_fact = st.none() | tags, st.none() | facts
    return draw(
        st.builds(
            Study,
            abstract=st.just(abstract),
            mentions=several(mentions),
            modality=several(tags),
            versions=versions,
            **dict.fromkeys(("relevant", "phase", "design"), maybe_tag),
            **{
                field.name: several(facts) if "tuple" in str(field.type) else maybe_fact
                for field in dataclasses.fields(Study)
                if "Fact" in str(field.type)
            },
        )
    )


DEFAULTS: dict[type[Plain], dict[str, Any]] = {
    Abstract: {"version": 1},
    Deletion: {"version": 1},
    Failure: {"kind": "malformed"},
    Mention: {"about": "study", "source": "lexicon", "score": 1.0},
}


@pytest.mark.parametrize("kind", [*SIMPLE, Study], ids=lambda kind: kind.__name__)
def test_what_is_not_said_is_not_claimed(kind: Any) -> None:
    fields = dataclasses.fields(kind)
    missing = dataclasses.MISSING
    said = {f.name for f in fields if f.default is missing and f.default_factory is missing}
    least = kind(**dict.fromkeys(said, ""))
    held = {f.name: getattr(least, f.name) for f in fields}
    assert {name: value for name, value in held.items() if value} == DEFAULTS.get(kind, {})


@pytest.mark.parametrize("kind", SIMPLE, ids=lambda kind: kind.__name__)
def test_there_and_back(kind: type[Plain]) -> None:
    @settings(max_examples=50, deadline=None)
    @given(st.from_type(kind))
    def check(record: Plain) -> None:
        assert there_and_back(record) == record
        assert list(record.to_dict()) == [field.name for field in dataclasses.fields(record)]  # type: ignore[arg-type]

    check()


@settings(max_examples=100, deadline=None)
@given(studies())
def test_a_study_there_and_back(study: Study) -> None:
    line = study.to_dict()
    assert there_and_back(study) == study
    assert line["text"] == f"{study.title}\n{study.abstract.abstract}"
    for mention in line["mentions"]:
        assert line["text"][mention["start"] : mention["end"]] == mention["text"]


@settings(max_examples=50, deadline=None)
@given(studies())
def test_fingerprints_follow_content(study: Study) -> None:
    again = there_and_back(study)
    assert fingerprint(again.abstract) == fingerprint(study.abstract)
    longer = dataclasses.replace(study.abstract, abstract=study.abstract.abstract + ".")
    assert fingerprint(longer) != fingerprint(study.abstract)


def test_unknown_keys_are_ignored_and_missing_ones_are_not() -> None:
    assert Term.from_dict({"name": "Review", "ui": "D016454", "colour": "red"}) == Term("Review", "D016454")
    with pytest.raises(TypeError, match="name"):
        Term.from_dict({"ui": "D016454"})


def line(**changes: Any) -> dict[str, Any]:
    study = Study(
        Abstract("1", "Gene therapy in MLD", "We treated four children.", year=2020),
        mentions=(Mention(16, 19, "MLD", "disease", "MONDO:0018868"),),
        n_enrolled=Fact(4, Quote(31, 44, "four children"), statistic=None),
    )
    return {**study.to_dict(), **changes}


def test_offsets_outside_the_text_are_refused() -> None:
    wrong = line()
    wrong["mentions"][0]["start"] = 15
    with pytest.raises(ValueError, match="record 1: 15:19 holds ' MLD', not 'MLD'; annotate it again"):
        Study.from_dict(wrong)


def test_a_quote_that_is_not_in_the_text_is_refused() -> None:
    wrong = line()
    wrong["study"]["n_enrolled"]["quote"]["text"] = "five children"
    with pytest.raises(ValueError, match="holds 'four children', not 'five children'"):
        Study.from_dict(wrong)


def test_an_empty_span_is_refused() -> None:
    wrong = line()
    wrong["mentions"][0].update(start=3, end=3, text="")
    with pytest.raises(ValueError, match="3:3"):
        Study.from_dict(wrong)


def test_a_text_without_its_title_is_refused() -> None:
    with pytest.raises(ValueError, match="record 1: text does not begin with its title"):
        Study.from_dict(line(title="Another title"))


@pytest.mark.parametrize(
    ("abstract", "retracted"),
    [
        (Abstract("1", "T", publication_types=(Term("Retracted Publication", "D016441"),)), True),
        (Abstract("1", "T", links=(Link("RetractionIn", "2"),)), True),
        (Abstract("2", "T", publication_types=(Term("Retraction of Publication", "D016440"),)), False),
        (Abstract("2", "T", links=(Link("RetractionOf", "1"),)), False),
        (Abstract("2", "T", links=(Link("ErratumIn", "1"), Link("UpdateIn", "3"))), False),
        (Abstract("2", "T", publication_types=(Term("Case Reports"), Term("Review", "D016454"))), False),
        (Abstract("2", "T", publication_types=(Term("Retracted Publication"),)), True),
    ],
)
def test_the_paper_is_retracted_and_not_the_notice(abstract: Abstract, retracted: bool) -> None:
    assert Study(abstract).retracted is retracted
    assert Study(abstract).to_dict()["study"]["retracted"] is retracted


@pytest.mark.parametrize("kind", [*SIMPLE, Study], ids=lambda kind: kind.__name__)
def test_no_record_can_be_changed(kind: type[Plain]) -> None:
    @settings(max_examples=1, deadline=None)
    @given(studies() if kind is Study else st.from_type(kind))
    def check(record: Any) -> None:
        for field in dataclasses.fields(record):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(record, field.name, None)

    check()


@pytest.mark.parametrize("kind", [k for k in SIMPLE if k is not Abstract], ids=lambda kind: kind.__name__)
def test_what_a_study_has_many_of_takes_little_room(kind: type[Plain]) -> None:
    @settings(max_examples=1, deadline=None)
    @given(st.from_type(kind))
    def check(record: Any) -> None:
        assert not hasattr(record, "__dict__")

    check()


def test_what_is_not_said_has_its_default() -> None:
    assert Deletion("1").version == 1
    mention = Mention(0, 3, "MLD", "disease")
    assert (mention.concept, mention.name, mention.score, mention.source) == (None, None, 1.0, "lexicon")
    assert (mention.negated, mention.speculative, mention.about) == (False, False, "study")
    study = Study(Abstract("1", "T"))
    assert (study.mentions, study.relevant, study.phase, study.modality) == ((), None, None, ())
    assert (study.pmid, study.title, study.text, study.year) == ("1", "T", "T\n", None)
    assert Study(Abstract("1", "T", "A.", year=2020)).year == 2020


@pytest.mark.parametrize(("method", "automated"), [("Automated", True), ("Curated", False), (None, False)])
def test_what_no_person_indexed(method: str | None, automated: bool) -> None:
    assert Abstract("1", "T", indexing_method=method).automated is automated


def test_the_text_stands_once_in_a_line() -> None:
    written = line()
    assert "abstract" not in written["record"]
    assert {"journal", "mesh", "status", "version"} <= written["record"].keys()


def test_a_fingerprint_is_that_of_sorted_json() -> None:
    """Indexes keep it: one that comes out otherwise has every record annotated again."""
    canonical = b'{"pmid":"7","source":"caf\\u00e9","type":"ErratumIn"}'
    assert fingerprint(Link("ErratumIn", "7", "café")) == hashlib.sha256(canonical).hexdigest()


def test_registry_numbers_of_clinicaltrials_gov() -> None:
    numbers = (
        Accession("ISRCTN", "ISRCTN1"),
        Accession("ClinicalTrials.gov", "NCT2"),
        Accession("x", "NCT1"),
    )
    assert Study(Abstract("1", "T"), registry_numbers=numbers).nct == ("NCT1", "NCT2")


def test_a_flat_record_is_read_with_unknown_keys_and_without_missing_ones() -> None:
    known = {"start": 0, "end": 3, "text": "MLD", "type": "disease"}
    mention = Mention.from_dict(known)
    assert Mention.from_dict({**known, "colour": "red"}) == mention
    assert list(mention.to_dict()) == [f.name for f in dataclasses.fields(Mention)]
    with pytest.raises(TypeError):
        Mention.from_dict({"start": 0, "end": 3})


def test_compact_json_is_that_of_the_standard_library() -> None:
    value = {"b": [1, 2.5, None, True, "β\u2028"], "a": {"c": []}}
    assert compact_json(value) == '{"b":[1,2.5,null,true,"β\u2028"],"a":{"c":[]}}'
    assert compact_json(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
