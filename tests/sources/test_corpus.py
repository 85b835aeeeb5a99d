"""Corpus definitions: the format, and the two that are packaged."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from leukonlp.errors import InputError
from leukonlp.packaged import packaged
from leukonlp.sources.corpus import FIELDS, CorpusDefinition, load_corpus

PACKAGED = ("leukodystrophy", "leukodystrophy-trials")
SMALL = """
name = "small"
description = "Two  parts."
date = 2026-01-31
[context.c]
words = ["white matter"]
[include.d]
mesh = ["Canavan Disease"]
words = ["leukodystroph*", "hypomyelinating disorder*", "canavan's disease"]
[include.g]
with = "c"
words = ["ASPA"]
"""


def load(tmp_path: Path, text: str, name: str = "c.toml") -> CorpusDefinition:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return load_corpus(tmp_path / name)


def test_a_definition_becomes_a_query(tmp_path: Path) -> None:
    corpus = load(tmp_path, SMALL)
    assert (corpus.name, corpus.description, corpus.date) == ("small", "Two parts.", date(2026, 1, 31))
    assert corpus.query == (
        '("Canavan Disease"[mh] OR leukodystroph*[tiab] OR "hypomyelinating disorder*"[tiab]'
        ' OR "canavan\'s disease"[tiab]) OR (("ASPA"[tiab]) AND ("white matter"[tiab]))'
    )


def test_filters_and_dates_narrow_the_whole_query(tmp_path: Path) -> None:
    corpus = load(
        tmp_path,
        SMALL
        + '[filter.f]\npublication_types = ["Clinical Trial"]\n[dates]\nfrom = "1990"\nto = "2020/06"\n',
    )
    either = load(tmp_path, SMALL).query
    assert corpus.query == f'({either}) AND (("Clinical Trial"[pt])) AND ("1990"[dp] : "2020/06"[dp])'


def test_a_file_extends_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL)
    more = 'extends = "small"\nname = "more"\ndescription = "x"\n[include.h]\nwith = "c"\nwords = ["GALC"]\n'
    corpus = load(tmp_path, more)
    assert corpus.name == "more"
    assert [part.name for part in corpus.parts] == ["d", "g", "h"]
    (tmp_path / "twice.toml").write_text('extends = "small"\n')
    with pytest.raises(InputError, match="one step is all"):
        load(tmp_path, 'extends = "twice"\n')
    for wrong in ('"../small"', "3"):
        with pytest.raises(InputError, match="beside it"):
            load(tmp_path, f"extends = {wrong}\n")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "small"', 'nmae = "small"', r"unknown key 'nmae'; known are name, description"),
        ('name = "small"', "", "name is None"),
        ('name = "small"', "name = 3", "name is 3"),
        ("date = 2026-01-31", "", "date is None"),
        ("date = 2026-01-31", "date = 2026-01-31T00:00:00", "date is"),
        ('words = ["ASPA"]', 'word = ["ASPA"]', r"unknown key 'word' in \[include.g\]; known are mesh"),
        ('words = ["ASPA"]', "words = []", r"include.g.words is \[\]"),
        ('words = ["ASPA"]', 'words = "ASPA"', "give a list"),
        ('words = ["ASPA"]', "", "holds no terms"),
        ('words = ["ASPA"]', 'words = ["ASPA", "ASPA"]', "twice"),
        ('with = "c"', 'with = "x"', r"with is 'x', which is no \[context.NAME\] table; there are: c"),
        ("[include.d]", "[dates]\nfrom = 1990\n[include.d]", "dates.from is 1990"),
        ("[include.d]", '[dates]\nfrom = "May"\n[include.d]', "YYYY/MM"),
        ("[include.d]", '[dates]\nsince = "1990"\n[include.d]', r"unknown key 'since' in \[dates\]"),
        ("[include.d]", "[include]\nd = 3\n[include.e]", r"write it as tables \[include.NAME\]"),
        ("date = 2026-01-31", "date = 2026-01-31\ndates = 3", "dates is 3"),
        ("[context.c]", "[context.c", "no TOML file"),
    ],
)
def test_a_mistake_is_named_with_its_cure(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SMALL
    with pytest.raises(InputError, match=told) as caught:
        load(tmp_path, SMALL.replace(old, new))
    assert "c.toml" in str(caught.value)


def test_a_corpus_without_parts(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \[include.NAME\] table"):
        load(tmp_path, 'name = "a"\ndescription = "b"\ndate = 2026-01-31\n')


@pytest.mark.parametrize(
    "term",
    [
        'a "b"',
        "a[tiab]",
        "(a",
        "a)",
        "a:b",
        "",
        " a",
        "a ",
        "a  b",
        "a*b",
        "abc*",
        "type I*",
        "*",
        "a\nb",
        "-a",
        "a%",
    ],
)
def test_a_term_that_pubmed_would_read_otherwise(tmp_path: Path, term: str) -> None:
    escaped = term.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    with pytest.raises(InputError, match=r"include\.g\.words"):
        load(tmp_path, SMALL.replace('"ASPA"', f'"{escaped}"'))


def test_a_star_is_for_words_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"include\.d\.mesh"):
        load(tmp_path, SMALL.replace("Canavan Disease", "Canavan*"))


def test_no_such_corpus(tmp_path: Path) -> None:
    told = r"'leukodistrophy'; packaged are leukodystrophy, leukodystrophy-trials; or name a file"
    with pytest.raises(InputError, match=told):
        load_corpus("leukodistrophy")
    with pytest.raises(InputError, match="cannot read the corpus file"):
        load_corpus(tmp_path / "absent.toml")


def test_packaged_names_stay_inside() -> None:
    assert packaged("corpora/leukodystrophy.toml").is_file()
    assert packaged("corpora").is_dir()
    for name in ("", "src/leukonlp", "corpora/../pyproject.toml", "/etc/passwd"):
        with pytest.raises(InputError, match="corpora/ or models/"):
            packaged(name)


@pytest.mark.parametrize("name", PACKAGED)
def test_the_packaged_query_is_well_formed(name: str) -> None:
    query = load_corpus(name).query
    bare = re.sub(r'"[^"]*"', '""', query)
    assert query.count('"') % 2 == 0
    depth = 0
    for mark in bare:
        depth += (mark == "(") - (mark == ")")
        assert depth >= 0
    assert depth == 0
    # Everything is a tagged term, an operator or a bracket: nothing is left to automatic term mapping.
    left = re.sub(rf'(?:""|\w{{4,}}\*)\[(?:{"|".join(FIELDS.values())})\]', "", bare)
    assert re.sub(r"\b(?:AND|OR)\b|[() ]", "", left) == ""
    for phrase in re.findall(r'"([^"]*)"', query):
        assert re.fullmatch(r"\w[\w ,./'&+-]*[\w']\*?", phrase), phrase
        assert phrase == phrase.strip()
        assert not re.search(r"\b(AND|OR|NOT)\b", phrase), phrase
    assert len(query) < 15_000, "posted, and still of a length that PubMed reads"


def test_the_trials_corpus_is_the_whole_one_narrowed() -> None:
    whole, trials = map(load_corpus, PACKAGED)
    assert trials.parts == whole.parts
    assert (len(whole.filters), len(trials.filters)) == (0, 1)
    assert trials.query.startswith(f"({whole.query}) AND ")


def test_no_term_stands_in_two_parts() -> None:
    seen: dict[str, str] = {}
    for part in load_corpus("leukodystrophy").parts:
        for term in part.terms:
            assert seen.setdefault(term.lower(), part.name) == part.name, term


def matches(corpus: CorpusDefinition, text: str) -> bool:
    """Play PubMed on title and abstract: phrases over words, hyphens as spaces, stars as any ending."""
    plain = " ".join(re.findall(r"[\w']+", text.lower()))

    def found(term: str) -> bool:
        if not term.endswith("[tiab]"):
            return False
        words = re.findall(r"[\w']+", term.removesuffix("[tiab]").lower())
        ending = r"\w*" if "*" in term else ""
        return re.search(rf"(?<![\w'])(?:{' '.join(words)}){ending}(?![\w'])", plain) is not None

    either = (
        any(map(found, p.terms)) and (not p.context or any(map(found, p.context))) for p in corpus.parts
    )
    return any(either) and all(any(map(found, part.terms)) for part in corpus.filters)


@pytest.mark.parametrize(
    ("text", "whole", "trials"),
    [
        (
            "Early-onset metachromatic leukodystrophy: a phase 1/2 study of a gene-corrected graft.",
            True,
            True,
        ),
        ("Outcomes of X-linked adrenoleukodystrophy after cord blood transplantation", True, True),
        ("Krabbe's disease in two siblings: imaging findings", True, False),
        ("Vanishing white matter: EIF2B5 genotypes in a family", True, False),
        ("Aicardi-Goutières".replace("è", "e") + " syndrome and baricitinib", True, False),
        ("Natural history of Pelizaeus-Merzbacher disease", True, True),
        ("White matter lesions on MRI in adults with phenylketonuria", True, False),
        ("Sapropterin in phenylketonuria: a randomized trial of blood concentrations", False, False),
        ("NOTCH3 expression in lung cancer", False, False),
        ("Variants of POLR3A in a child with hypomyelination", True, False),
        ("Alcoholic liver disease and steroids: a placebo-controlled trial", False, False),
        ("Gene therapy for lysosomal storage disorders: safety and efficacy", True, True),
        ("Progressive multifocal leukoencephalopathy under natalizumab", False, False),
        ("A familial leukoencephalopathy of unknown cause", True, False),
        ("Treatment outcomes of reversible leukoencephalopathy in eclampsia", False, False),
    ],
)
def test_what_the_corpora_take_in(text: str, whole: bool, trials: bool) -> None:
    assert matches(load_corpus("leukodystrophy"), text) is whole
    assert matches(load_corpus("leukodystrophy-trials"), text) is trials


@pytest.mark.shared
def test_genes_are_those_of_the_vocabulary(shared: Path) -> None:
    rows = [line.split("\t") for line in (shared / "vocab/leuko_genes.tsv").read_text().splitlines()[1:]]
    known = {row[0] for row in rows} | {old for row in rows for old in row[4].split("|")}
    (genes,) = (part for part in load_corpus("leukodystrophy").parts if part.name == "genes")
    assert {term.split('"')[1] for term in genes.terms} <= known


@pytest.mark.shared
def test_core_diseases_of_the_vocabulary_are_found_by_name(shared: Path) -> None:
    corpus = load_corpus("leukodystrophy")
    lines = (shared / "vocab/leukodystrophies.tsv").read_text().splitlines()
    core = (
        "hypomyelinating leukodystrophy",
        "astrocytopathy",
        "white-matter vacuolization",
        "microgliopathy",
    )
    missed = []
    for row in (line.split("\t") for line in lines[1:]):
        if row[9] in core and not any(matches(corpus, name) for name in (row[0], *row[8].split("|"))):
            missed.append(row[0])
    assert len(missed) <= 12, missed


@pytest.mark.shared
def test_leukodystrophy_records_are_found(shared: Path) -> None:
    import gzip
    import json

    corpus = load_corpus("leukodystrophy")
    core = {"generic", "ALD", "MLD", "PMD", "Canavan", "Krabbe", "CTX", "Alexander"}
    with gzip.open(shared / "pubmed/records.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [record for record in map(json.loads, file) if core.intersection(record["leuko"])]
    assert len(records) >= 12
    missed = [r["pmid"] for r in records if not matches(corpus, f"{r['title']} {r['abstract']}")]
    assert len(missed) <= 2, missed  # two on the enzyme alone, which name no disease
