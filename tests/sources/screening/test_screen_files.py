"""The screened file: readable by others, versions and deletions carried along, hostile input survived."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from Bio import Entrez

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract, Deletion
from leukonlp.sources import read
from leukonlp.workflow.screening import screen_files

LEUKO = "Cord blood in Krabbe disease"
OTHER = "Statins after infarction"
DELETION = '<DeleteCitation><PMID Version="1">77</PMID></DeleteCitation>\n'


def record(pmid: int, title: str, *, version: int = 1, filler: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="{version}">{pmid}</PMID><Article>'
        f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{filler}Two cases.</AbstractText>"
        "</Abstract></Article></MedlineCitation><PubmedData><ArticleIdList/></PubmedData></PubmedArticle>\n"
    )


def write(path: Path, *parts: str, end: str = "</PubmedArticleSet>\n") -> Path:
    data = ("<PubmedArticleSet>\n" + "".join(parts) + end).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_records_pass_in_order_as_they_stand(tmp_path: Path) -> None:
    one = write(tmp_path / "1.xml.gz", record(1, OTHER), record(2, LEUKO), record(3, OTHER))
    two = write(tmp_path / "2.xml", record(4, LEUKO))
    out = tmp_path / "out.xml.gz"
    summary = screen_files([one, two], out, settings=Settings())
    assert summary.counts == (("kept", 2), ("left out", 2))
    assert record(2, LEUKO) + record(4, LEUKO) in gzip.decompress(out.read_bytes()).decode()
    assert [r.pmid for r in read([out]) if isinstance(r, Abstract)] == ["2", "4"]


def test_biopython_reads_the_result(tmp_path: Path) -> None:
    source = write(tmp_path / "1.xml", record(1, OTHER), record(2, LEUKO), DELETION)
    out = tmp_path / "out.xml.gz"
    screen_files([source], out, settings=Settings())
    data = Entrez.read(io.BytesIO(gzip.decompress(out.read_bytes())), validate=False)
    assert [str(a["MedlineCitation"]["PMID"]) for a in data["PubmedArticle"]] == ["2"]


def test_later_versions_and_deletions_are_carried_along(tmp_path: Path) -> None:
    base = write(tmp_path / "1.xml.gz", record(1, LEUKO), record(2, OTHER))
    update = write(tmp_path / "2.xml.gz", record(1, OTHER, version=2), record(2, OTHER, version=2), DELETION)
    out = tmp_path / "out.xml.gz"
    screen_files([base, update], out, settings=Settings())
    found = list(read([out]))
    assert [(r.pmid, r.version) for r in found if isinstance(r, Abstract)] == [("1", 1), ("1", 2)]
    assert [r.pmid for r in found if isinstance(r, Deletion)] == ["77"]


def test_two_jobs_give_the_same_bytes_and_carry_versions_along(tmp_path: Path) -> None:
    base = write(tmp_path / "1.xml.gz", record(1, LEUKO), record(2, OTHER))
    update = write(tmp_path / "2.xml.gz", record(1, OTHER, version=2), record(3, LEUKO), DELETION)
    other = write(tmp_path / "3.xml.gz", record(4, OTHER))
    one, two = tmp_path / "a.xml", tmp_path / "b.xml"
    counts = [
        screen_files([base, update, other], out, settings=Settings(jobs=jobs)).counts
        for out, jobs in ((one, 1), (two, 2))
    ]
    assert counts[0] == counts[1] == (("kept", 3), ("left out", 2), ("lists of deletions kept", 1))
    assert one.read_bytes() == two.read_bytes()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = write(tmp_path / "1.xml", record(1, LEUKO))
    first, second = tmp_path / "a.xml.gz", tmp_path / "b.xml.gz"
    screen_files([source], first, settings=Settings())
    screen_files([source], second, settings=Settings())
    assert first.read_bytes() == second.read_bytes()


def test_a_truncated_file_is_listed_and_what_came_before_it_kept(tmp_path: Path) -> None:
    parts = [record(n, LEUKO, filler=f"{n * 7919} ") for n in range(1, 200)]
    source = write(tmp_path / "1.xml.gz", *parts)
    source.write_bytes(source.read_bytes()[:-40])
    summary = screen_files([source], tmp_path / "out.xml.gz", settings=Settings())
    assert "cut off" in summary.failures[0].reason
    assert len(list(read([tmp_path / "out.xml.gz"]))) > 100


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "bomb.xml.gz"
    source.write_bytes(gzip.compress(b"<PubmedArticleSet>" + b" " * 2**26))
    summary = screen_files([source], tmp_path / "out.xml.gz", settings=Settings())
    assert [f.kind for f in summary.failures] == ["too_large"]


def test_a_record_of_ten_megabytes_passes_and_one_over_the_limit_is_listed(tmp_path: Path) -> None:
    source = write(tmp_path / "1.xml", record(1, LEUKO, filler="word " * 2_000_000), record(2, LEUKO))
    assert screen_files([source], tmp_path / "a.xml", settings=Settings()).counts == (("kept", 2),)
    limited = screen_files([source], tmp_path / "b.xml", settings=Settings(max_record_bytes=1_000_000))
    assert limited.counts == (("kept", 1), ("failed", 1))


def test_broken_xml_where_a_name_is_found_is_listed(tmp_path: Path) -> None:
    source = write(tmp_path / "1.xml", record(1, LEUKO + " <i>"), record(2, LEUKO))
    summary = screen_files([source], tmp_path / "out.xml", settings=Settings())
    assert [f.pmid for f in summary.failures] == ["1"]
    assert [r.pmid for r in read([tmp_path / "out.xml"]) if isinstance(r, Abstract)] == ["2"]


def test_comments_hide_no_name(tmp_path: Path) -> None:
    source = write(tmp_path / "1.xml", record(1, "Krab<!-- so -->be disease"))
    assert screen_files([source], tmp_path / "out.xml", settings=Settings()).counts == (("kept", 1),)


def test_a_set_without_records_gives_an_empty_set(tmp_path: Path) -> None:
    source = write(tmp_path / "1.xml")
    assert screen_files([source], tmp_path / "out.xml", settings=Settings()).counts == ()
    assert list(read([tmp_path / "out.xml"])) == []


def test_other_formats_and_names_are_refused(tmp_path: Path) -> None:
    lines = tmp_path / "records.jsonl"
    lines.write_text('{"pmid": "1", "title": "Krabbe disease"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="jsonl, which is not screened"):
        screen_files([lines], tmp_path / "out.xml", settings=Settings())
    with pytest.raises(InputError, match=r"name it \.xml\.gz"):
        screen_files([lines], tmp_path / "out.txt", settings=Settings())
    with pytest.raises(InputError, match="absent"):
        screen_files([tmp_path / "absent.xml"], tmp_path / "out.xml", settings=Settings())
