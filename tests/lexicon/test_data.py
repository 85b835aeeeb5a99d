"""The lexicon's tables, read as plain files: ids, references, hierarchy, names and their sources."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from leukonlp.lexicon.concepts import Needs

Row = dict[str, str]

DATA = Path(__file__).resolve().parents[2] / "src" / "leukonlp" / "lexicon" / "data"
ROOT = "MONDO:0019046"
COLUMNS = {
    "diseases.tsv": "id name parents xrefs genes group abbreviations synonyms core",
    "genes.tsv": "id symbol name aliases previous proteins ncbi uniprot diseases",
    "therapies.tsv": "id name class modality xrefs synonyms codes abbreviations",
    "ambiguous.tsv": "surface type id other_meanings needs",
}
LISTS = {
    "diseases.tsv": "parents xrefs genes abbreviations synonyms",
    "genes.tsv": "aliases previous proteins uniprot diseases",
    "therapies.tsv": "modality xrefs synonyms codes abbreviations",
    "ambiguous.tsv": "",
}
FORMS = {
    "MONDO": r"MONDO:\d{7}",
    "LEUKO": r"LEUKO:[DT]\d{4}",
    "ORPHA": r"ORPHA:\d+",
    "OMIM": r"OMIM:\d{6}",
    "OMIMPS": r"OMIMPS:\d{6}",
    "MESH": r"MESH:[CD]\d{6,9}",
    "HGNC": r"HGNC:\d+",
    "UNII": r"UNII:[A-Z0-9]{10}",
    "CHEBI": r"CHEBI:\d+",
}
UNIPROT = r"[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2}"
MODALITIES = frozenset(
    "gene_therapy gene_editing hsct enzyme_replacement antisense small_molecule biologic cell_therapy"
    " dietary device_or_procedure supportive_care".split()
)
PREFIXES = {
    ("diseases.tsv", "id"): "MONDO LEUKO",
    ("diseases.tsv", "parents"): "MONDO LEUKO",
    ("diseases.tsv", "xrefs"): "ORPHA OMIM OMIMPS MESH",
    ("diseases.tsv", "genes"): "HGNC",
    ("genes.tsv", "id"): "HGNC",
    ("genes.tsv", "diseases"): "MONDO LEUKO",
    ("therapies.tsv", "id"): "UNII MESH CHEBI LEUKO",
    ("therapies.tsv", "xrefs"): "MESH CHEBI",
}
NAME_COLUMNS = {
    "diseases.tsv": "name abbreviations synonyms",
    "genes.tsv": "symbol name aliases previous proteins",
    "therapies.tsv": "name synonyms codes abbreviations",
}
SHORT_COLUMNS = {
    "diseases.tsv": "abbreviations",
    "genes.tsv": "symbol aliases previous",
    "therapies.tsv": "codes abbreviations",
}
CONCEPT_TABLES = tuple(NAME_COLUMNS)
TYPES = {"disease": "diseases.tsv", "gene": "genes.tsv", "therapy": "therapies.tsv"}


def read(table: str) -> list[Row]:
    with (DATA / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_id(table: str) -> dict[str, Row]:
    return {row["id"]: row for row in read(table)}


def cells(row: Row, column: str) -> list[str]:
    return row[column].split("|") if row[column] else []


def names(table: str, row: Row) -> list[str]:
    return [name for column in NAME_COLUMNS[table].split() for name in cells(row, column)]


def ancestors(id: str, rows: dict[str, Row]) -> Iterator[str]:
    for parent in cells(rows[id], "parents"):
        yield parent
        yield from ancestors(parent, rows)


@pytest.mark.parametrize("table", COLUMNS)
def test_columns(table: str) -> None:
    header = (DATA / table).read_text(encoding="utf-8").split("\n", 1)[0]
    assert header.split("\t") == COLUMNS[table].split()


@pytest.mark.parametrize("table", COLUMNS)
def test_lines_hold_every_cell_and_no_stray_white_space(table: str) -> None:
    text = (DATA / table).read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert not set(text) & {"\r", "\ufeff", "\u00a0", "\u200b"}
    width = len(COLUMNS[table].split())
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split("\t")
        assert len(parts) == width, f"{table}:{number} has {len(parts)} cells, not {width}"
        for part in (item for cell in parts for item in cell.split("|")):
            assert part == " ".join(part.split()), f"{table}:{number} {part!r}"


@pytest.mark.parametrize("table", COLUMNS)
def test_lists_have_no_empty_and_no_repeated_items(table: str) -> None:
    for row in read(table):
        for column in LISTS[table].split():
            items = cells(row, column)
            assert len(items) == len(set(items) - {""}), f"{table} {row['id']} {column}"


@pytest.mark.parametrize("table", CONCEPT_TABLES)
def test_rows_are_sorted_by_id_without_repeats(table: str) -> None:
    ids = [row["id"] for row in read(table)]
    assert ids == sorted(set(ids))


def test_ambiguous_rows_are_sorted_by_surface_without_repeats() -> None:
    keys = [(r["surface"].casefold(), r["surface"], r["type"], r["id"]) for r in read("ambiguous.tsv")]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(("table", "column"), PREFIXES)
def test_ids_have_the_form_of_their_prefix(table: str, column: str) -> None:
    allowed = PREFIXES[table, column].split()
    found = [id for row in read(table) for id in cells(row, column)]
    assert found
    for id in found:
        prefix = id.split(":")[0]
        assert prefix in allowed, f"{table} {column} {id!r}"
        assert re.fullmatch(FORMS[prefix], id), f"{table} {column} {id!r}"


def test_gene_database_numbers() -> None:
    for row in read("genes.tsv"):
        assert re.fullmatch(r"\d*", row["ncbi"]), row
        for accession in cells(row, "uniprot"):
            assert re.fullmatch(UNIPROT, accession), accession


def test_own_ids_say_what_they_are() -> None:
    assert {id[6] for id in by_id("diseases.tsv") if id.startswith("LEUKO:")} == {"D"}
    assert {id[6] for id in by_id("therapies.tsv") if id.startswith("LEUKO:")} == {"T"}


def test_a_therapy_is_known_by_its_first_registered_id() -> None:
    rank = ["UNII", "MESH", "CHEBI", "LEUKO"]
    for row in read("therapies.tsv"):
        ranks = [rank.index(id.split(":")[0]) for id in (row["id"], *cells(row, "xrefs"))]
        assert ranks == sorted(ranks), row["id"]


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [
        ("diseases.tsv", "parents", "diseases.tsv"),
        ("diseases.tsv", "genes", "genes.tsv"),
        ("genes.tsv", "diseases", "diseases.tsv"),
    ],
)
def test_references_between_tables_resolve(table: str, column: str, target: str) -> None:
    known = by_id(target)
    missing = {id for row in read(table) for id in cells(row, column)} - set(known)
    assert not missing


def test_diseases_and_genes_name_each_other() -> None:
    there = {(row["id"], gene) for row in read("diseases.tsv") for gene in cells(row, "genes")}
    back = {(disease, row["id"]) for row in read("genes.tsv") for disease in cells(row, "diseases")}
    assert there == back
    assert {gene for _, gene in there} == set(by_id("genes.tsv"))


def test_no_disease_is_its_own_ancestor() -> None:
    parents = {id: cells(row, "parents") for id, row in by_id("diseases.tsv").items()}
    while free := {id for id, above in parents.items() if not any(p in parents for p in above)}:
        parents = {id: above for id, above in parents.items() if id not in free}
    assert not parents, f"in or below a circle: {sorted(parents)}"


def test_core_diseases_and_only_they_reach_leukodystrophy() -> None:
    rows = by_id("diseases.tsv")
    assert {row["core"] for row in rows.values()} == {"yes", "no"}
    assert (rows[ROOT]["core"], rows[ROOT]["parents"]) == ("yes", "")
    for id, row in rows.items():
        under = id == ROOT or ROOT in ancestors(id, rows)
        assert under == (row["core"] == "yes"), f"{id} {row['name']}"


@pytest.mark.parametrize(
    ("child", "ancestor"),
    [
        ("MONDO:0010247", "MONDO:0018544"),  # cerebral ALD, X-ALD
        ("MONDO:0015339", "MONDO:0018544"),  # adrenomyeloneuropathy, X-ALD
        ("MONDO:0017729", "MONDO:0018868"),  # late infantile, MLD
        ("MONDO:0016089", "MONDO:0009499"),  # infantile, Krabbe
        ("MONDO:0009165", "MONDO:0018866"),  # AGS1, AGS
        ("MONDO:0017221", "MONDO:0010714"),  # connatal, PMD
        ("MONDO:0011897", "MONDO:0700282"),  # HLD7, POLR3-related
        ("MONDO:0700282", "MONDO:0100605"),  # POLR3-related, POLR-related
        ("MONDO:0957873", "MONDO:0800448"),  # VWM5, VWM
        ("MONDO:0018209", "MONDO:0008752"),  # type I, Alexander
        ("MONDO:0008953", "MONDO:0019234"),  # PBD1A, peroxisome biogenesis disorder
        ("MONDO:0000914", "MONDO:0007432"),  # CADASIL 1, CADASIL
        ("MONDO:0010100", "MONDO:0017720"),  # Tay-Sachs, GM2
    ],
)
def test_subtypes_know_their_family(child: str, ancestor: str) -> None:
    assert ancestor in ancestors(child, by_id("diseases.tsv"))


def test_a_disease_name_belongs_to_one_disease_and_stands_once() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for row in read("diseases.tsv"):
        for name in (row["name"], *cells(row, "synonyms")):
            found[name.casefold()].append(row["id"])
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("table", ["genes.tsv", "therapies.tsv"])
def test_a_gene_or_therapy_name_belongs_to_one_row(table: str) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for row in read(table):
        for name in names(table, row):
            found[name.casefold()].add(row["id"])
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("table", CONCEPT_TABLES)
def test_no_name_is_empty_or_without_a_letter(table: str) -> None:
    for row in read(table):
        for name in (row["name"], row.get("symbol", row["name"]), *names(table, row)):
            assert re.search(r"[^\W\d_].|.[^\W\d_]", name), f"{row['id']} {name!r}"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("adrenoleukodystrophy", "MONDO:0018544"),
        ("neonatal adrenoleukodystrophy", "MONDO:0019609"),
        ("childhood cerebral ALD", "MONDO:0010247"),
        ("globoid cell leukodystrophy", "MONDO:0009499"),
        ("arylsulfatase A deficiency", "MONDO:0018868"),
        ("juvenile metachromatic leukodystrophy", "MONDO:0009591"),
        ("vanishing white matter disease", "MONDO:0800448"),
        ("AARS2-related ovarioleukodystrophy", "MONDO:0014387"),
        ("4H leukodystrophy", "MONDO:0700282"),
        ("TUBB4A-related leukodystrophy", "MONDO:0012905"),
        ("CSF1R-related leukoencephalopathy", "MONDO:0800027"),
        ("MCT8 deficiency", "MONDO:0010354"),
        ("infantile Alexander disease", "MONDO:0018209"),
        ("spongy degeneration of the brain", "MONDO:0010079"),
        ("saposin B deficiency", "MONDO:0009590"),
        ("genetic leukoencephalopathy", ROOT),
        ("hypomyelinating leukodystrophy", ROOT),
    ],
)
def test_names_of_the_literature(name: str, id: str) -> None:
    assert [r["id"] for r in read("diseases.tsv") if name in (r["name"], *cells(r, "synonyms"))] == [id]


def test_dangerous_words_are_no_names() -> None:
    spoken = {n.casefold() for r in read("diseases.tsv") for n in (r["name"], *cells(r, "synonyms"))}
    words = "leukoencephalopathy|null syndrome|leigh|diffuse sclerosis|t3 resistance|am|sd|gan|mk|alexander"
    assert spoken.isdisjoint(words.split("|"))
    treatments = {n for r in read("therapies.tsv") for n in names("therapies.tsv", r)}
    assert treatments.isdisjoint("T4|L1|5052|22:6|DOC|E100|cortisol|creatine|arginine".split("|"))


def test_ambiguous_surfaces_are_names_of_their_concept() -> None:
    tables = {type: by_id(table) for type, table in TYPES.items()}
    for row in read("ambiguous.tsv"):
        assert row["needs"] in get_args(Needs), row
        assert row["other_meanings"], row
        assert row["type"] in TYPES, row
        if row["needs"] == "blocker":
            assert row["id"] == "", row
        elif row["needs"] in ("list", "hint"):  # words that name a disease in one place only, or never
            assert row["type"] == "disease", row
            known = names("diseases.tsv", tables["disease"][row["id"]])
            assert row["surface"] not in known, f"{row['surface']!r} would no longer stand alone"
        else:
            concept = tables[row["type"]][row["id"]]
            assert row["surface"] in names(TYPES[row["type"]], concept), row


def test_a_blocker_is_no_name() -> None:
    blockers = {r["surface"].casefold() for r in read("ambiguous.tsv") if r["needs"] == "blocker"}
    for table in CONCEPT_TABLES:
        assert blockers.isdisjoint(n.casefold() for row in read(table) for n in names(table, row))


def test_two_and_three_letter_forms_never_stand_alone() -> None:
    ruled = {(r["surface"], r["id"]) for r in read("ambiguous.tsv")}
    alone = {
        (form, row["id"])
        for table, where in SHORT_COLUMNS.items()
        for row in read(table)
        for column in where.split()
        for form in cells(row, column)
        if len(form) <= 3 and (form, row["id"]) not in ruled
    }
    assert not alone


def test_the_notorious_short_forms_need_more() -> None:
    needs = {(r["surface"], r["type"]): r["needs"] for r in read("ambiguous.tsv")}
    for form in "ALD MLD PMD CTX AGS CD KD AMN VWM GLD CS HLD MLC".split():
        assert needs[form, "disease"] == "cue", form
    assert needs["SD", "disease"] == "definition"
    assert needs["PAH", "gene"] == needs["CNP", "gene"] == "cue"


def test_a_short_form_shared_by_concepts_never_stands_alone() -> None:
    ruled = {(r["surface"], r["id"]) for r in read("ambiguous.tsv")}
    users: dict[str, set[str]] = defaultdict(set)
    for row in read("diseases.tsv"):
        for form in cells(row, "abbreviations"):
            users[form].add(row["id"])
    symbols = {symbol for row in read("genes.tsv") for symbol in (row["symbol"], *cells(row, "aliases"))}
    for form, ids in users.items():
        if len(ids) > 1 or form in symbols:
            assert all((form, id) in ruled for id in ids), form


def test_modalities_are_labels_of_the_scheme() -> None:
    used = Counter(label for row in read("therapies.tsv") for label in cells(row, "modality"))
    assert set(used) == MODALITIES


def test_what_a_therapy_counts_as() -> None:
    rows = by_id("therapies.tsv")
    named = {name: row for row in rows.values() for name in names("therapies.tsv", row)}
    expected = {
        "OTL-200": "gene_therapy",
        "eli-cel": "gene_therapy",
        "AAV9": "gene_therapy",
        "HSCT": "hsct",
        "umbilical cord blood transplantation": "hsct",
        "HuCNS-SC": "cell_therapy",
        "intrathecal enzyme replacement therapy": "enzyme_replacement",
        "siRNA": "antisense",
        "CRISPR": "gene_editing",
        "MIN-102": "small_molecule",
        "Lorenzo's oil": "dietary",
        "IVIG": "biologic",
        "baclofen pump": "device_or_procedure|supportive_care",
        "palliative care": "supportive_care",
        "busulfan": "",
    }
    assert {name: named[name]["modality"] for name in expected} == expected


def test_sources_explain_every_column_of_every_table() -> None:
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for table in sorted(DATA.glob("*.tsv")):
        section = text.split(f"## {table.name}\n", 1)[1].split("\n## ", 1)[0]
        with table.open(encoding="utf-8", newline="") as lines:
            header = next(lines).rstrip("\n").split("\t")
        for column in header:
            assert f"\n| `{column}` |" in section, f"{table.name}: {column}"


@pytest.mark.shared
def test_the_whole_vocabulary_is_there(shared: Path) -> None:
    diseases, genes = by_id("diseases.tsv"), by_id("genes.tsv")
    with (shared / "vocab" / "leukodystrophies.tsv").open(encoding="utf-8", newline="") as lines:
        wanted = {row["MONDO"] or "LEUKO:D0001" for row in csv.DictReader(lines, delimiter="\t")}
    assert wanted == set(diseases)
    with (shared / "vocab" / "leuko_genes.tsv").open(encoding="utf-8", newline="") as lines:
        symbols = {row["HGNC"]: row["symbol"] for row in csv.DictReader(lines, delimiter="\t")}
    assert symbols == {id: row["symbol"] for id, row in genes.items()}


@pytest.mark.shared
def test_the_facts_of_real_studies_can_be_named(shared: Path) -> None:
    known = {name.casefold() for row in read("therapies.tsv") for name in names("therapies.tsv", row)}
    diseases = by_id("diseases.tsv")
    for line in (shared / "leuko" / "study_facts.jsonl").read_text(encoding="utf-8").splitlines():
        study = json.loads(line)
        assert set(study["disease_mondo"]) <= set(diseases), study["study"]
        assert {name.casefold() for name in study["therapies"]} <= known, study["study"]
