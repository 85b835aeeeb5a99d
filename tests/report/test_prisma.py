"""The numbers of PRISMA 2020 add up, and the CSV has what the R package looks for."""

from __future__ import annotations

import csv
import io

from leukonlp.report import prisma

FUNNEL = {"records": 87, "relevant": 79, "retracted": 1, "counted": 78, "with_modality": 58}


def rows() -> dict[str, dict[str, str]]:
    return {
        row["data"]: row for row in csv.DictReader(io.StringIO(prisma.table(FUNNEL))) if row["data"] != "NA"
    }


def test_the_numbers_add_up() -> None:
    n = {name: int(row["n"]) for name, row in rows().items() if row["n"].isdigit()}
    assert (
        n["database_results"] - n["duplicates"] - n["excluded_automatic"] - n["excluded_other"]
        == n["records_screened"]
    )
    assert n["records_screened"] - n["records_excluded"] == n["dbr_sought_reports"] == n["dbr_assessed"]
    reason, left_out = rows()["dbr_excluded"]["n"].rsplit(", ", 1)
    assert reason == "No treatment studied"
    assert n["dbr_assessed"] - int(left_out) == n["new_studies"] == 58


def test_it_has_the_columns_and_rows_of_the_package() -> None:
    table = list(csv.reader(io.StringIO(prisma.table(FUNNEL))))
    assert table[0] == ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    assert {len(line) for line in table} == {8}
    boxes = {line[2] for line in table[1:]}
    assert boxes == {f"box{n}" for n in range(1, 17)} | {
        *("prevstud", "newstud", "othstud", "identification", "screening", "included")
    }
    nodes = [line[1] for line in table[1:] if line[1] != "NA"]
    assert sorted(nodes) == sorted(f"node{n}" for n in range(1, 23))
    for listed in (
        "database_specific_results",
        "register_specific_results",
        "dbr_excluded",
        "other_excluded",
    ):
        assert all(", " in part for part in rows()[listed]["n"].split("; ")), "name, number"


def test_every_number_has_its_row() -> None:
    assert set(prisma.numbers(FUNNEL)) <= set(rows())
