"""What is checked before PubMed is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leukonlp.errors import InputError, SettingsError
from leukonlp.sources.query import build_term, changed_since, check_pmids, read_pmids


def test_a_plain_query_stays_as_it_is() -> None:
    assert build_term(" krabbe disease OR mld ") == "krabbe disease OR mld"


def test_dates_and_filters_bind_tighter_than_the_query() -> None:
    term = build_term("a OR b", mindate="2001-5", maxdate="2010/12/31", filters=["x[pt]"])
    assert term == '(a OR b) AND (x[pt]) AND ("2001/05"[dp] : "2010/12/31"[dp])'
    assert build_term("a", mindate="1999").endswith('("1999"[dp] : "3000"[dp])')
    assert build_term("a", maxdate="1999").endswith('("1700"[dp] : "1999"[dp])')


@pytest.mark.parametrize("wrong", ["99", "2001/13", "2001/02/30", "May 2001", "2001/", "٢٠٠١"])
def test_a_date_pubmed_does_not_read(wrong: str) -> None:
    with pytest.raises(SettingsError, match="YYYY/MM/DD"):
        build_term("a", mindate=wrong)


def test_dates_in_the_wrong_order_and_empty_queries() -> None:
    with pytest.raises(SettingsError, match="swap"):
        build_term("a", mindate="2011", maxdate="2010")
    with pytest.raises(SettingsError, match="empty"):
        build_term("  ")
    with pytest.raises(SettingsError, match="empty"):
        build_term("a", filters=[" "])


def test_pmids_are_numbers_once_and_in_order() -> None:
    assert check_pmids(["28976817", "PMID: 12", "pmid:12", " 0012 ", "7"]) == ("28976817", "12", "7")


@pytest.mark.parametrize("wrong", ["", "0", "abc", "12 13", "-4", "1234567890", "12.5", "PMC123", "１２"])
def test_what_is_no_pmid(wrong: str) -> None:
    with pytest.raises(InputError, match="no PMID"):
        check_pmids(["1", wrong])


def test_reads_a_file_of_pmids(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_text("\ufeff# trials\n28976817, 12\n\nPMID: 34 # a comment\n12\n", encoding="utf-8")
    assert read_pmids(path) == ("28976817", "12", "34")


def test_a_file_of_pmids_names_the_line_at_fault(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_text("12\n13\nNCT01896102\n")
    with pytest.raises(InputError, match=r"ids.txt, line 3: 'NCT01896102'"):
        read_pmids(path)
    path.write_text("# none\n")
    with pytest.raises(InputError, match="no PMIDs"):
        read_pmids(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot read"):
        read_pmids(path)
    with pytest.raises(InputError, match="cannot read"):
        read_pmids(tmp_path / "absent")


def test_what_is_new_or_revised_since_a_day() -> None:
    assert changed_since("krabbe OR galc", date(2026, 1, 5)) == (
        '(krabbe OR galc) AND (("2026/01/05"[Date - Entry] : "3000"[Date - Entry]) OR '
        '("2026/01/05"[Date - Modification] : "3000"[Date - Modification]))'
    )
    with pytest.raises(SettingsError, match="is empty"):
        changed_since(" ", date(2026, 1, 5))
