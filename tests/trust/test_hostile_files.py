"""Damaged and hostile files: a clear refusal or a listed failure, never another error or a false record."""

from __future__ import annotations

import gzip
import json
import random
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from leukonlp import packaged
from leukonlp.config import Settings, load_settings
from leukonlp.errors import InputError, LeukonlpError, ModelError, SettingsError
from leukonlp.records import Abstract, Failure
from leukonlp.sources import read
from leukonlp.sources.corpus import load_corpus
from leukonlp.sources.query import read_pmids

from ..conftest import Tally  # noqa: TID252
from .patterns import at_most
from .samples import FILES, JSONL, NBIB, XML, records, whole

FLIPS = 150
ROOM, SECONDS = 2**30, 60
"""Bytes of address space and seconds of the processor that a test may take beyond what is in use."""


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """No file may take memory or time without end: beyond the bound its test fails."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        yield
        return
    used = int(statm.read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, before[1]))
    try:
        with at_most(SECONDS):
            yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("kind", FILES)
def test_cut_at_every_byte(kind: str, tmp_path: Path, tally: Tally) -> None:
    data, path = FILES[kind], tmp_path / f"records.{kind}"
    sound = records(path, data)
    assert len(whole(sound)) == len(sound) == 3
    tally(cuts=len(data))
    for cut in range(len(data)):
        found = records(path, data[:cut])
        kept = whole(found)
        # nbib has no end mark: a file cut off within a record makes it shorter, and no reader can tell.
        certain = kept[:-1] if kind == "nbib" else kept
        assert certain == whole(sound)[: len(certain)], cut
        if len(kept) < 3 and kind != "nbib" and data[:cut].strip() != data.strip():
            at_a_border = kind == "jsonl" and data[:cut].rstrip(b"\n") in _line_ends(data)
            assert len(found) > len(kept) or at_a_border, f"cut at {cut}: what is missing is not told"


def _line_ends(data: bytes) -> set[bytes]:
    lines = data.splitlines(keepends=True)
    return {b"".join(lines[:n]).rstrip(b"\n") for n in range(1, len(lines) + 1)}


@pytest.mark.parametrize("kind", FILES)
def test_flipped_bits(kind: str, tmp_path: Path, tally: Tally) -> None:
    path, flips = tmp_path / f"records.{kind}", random.Random(7)
    tally(flips=FLIPS)
    for _ in range(FLIPS):
        data = bytearray(FILES[kind])
        data[flips.randrange(len(data))] ^= 1 << flips.randrange(8)
        found = records(path, bytes(data))
        assert found
        assert len(whole(found)) <= 3
        if kind.endswith(".gz"):  # its checksum tells: what is damaged is never taken for whole
            names = {"11", "12", "13"}
            assert {record.pmid for record in whole(found)} <= names or len(found) > len(whole(found))


@pytest.mark.parametrize("kind", ["xml", "nbib", "jsonl"])
@pytest.mark.parametrize(
    "filth",
    [b"\0", b"\xff", b"\xed\xa0\x80", b"\xc3", b"\x1b[2J", b"\xe2\x80\xae", b"\r", b"\xf4\x90\x80\x80"],
)
def test_filth_in_the_midst_of_a_record(kind: str, filth: bytes, tmp_path: Path) -> None:
    data = FILES[kind].replace(b"Krabbe", b"Kra" + filth + b"bbe", 1)
    assert data != FILES[kind]
    found = records(tmp_path / f"records.{kind}", data)
    assert [r.pmid for r in whole(found)][-2:] == ["12", "13"], "one bad record cost another"
    for record in found:
        if isinstance(record, Abstract):
            assert record.text.encode("utf-8")
            assert not set(record.text) & {"\0", "\x1b", "\r"}


@pytest.mark.parametrize(
    "name", ["abc", "", "-1", "1e3", "12 34", "../../etc/passwd", "1" * 400, "<b>1</b>", "٣"]
)
def test_a_pmid_that_is_no_number_costs_only_its_record(name: str, tmp_path: Path) -> None:
    escaped = name.replace("<", "&lt;")
    for kind, data in (
        ("xml", XML.replace(b">11<", f">{escaped}<".encode())),
        ("nbib", NBIB.replace(b"PMID- 11", f"PMID- {name}".encode())),
    ):
        found = records(tmp_path / f"records.{kind}", data)
        assert [record.pmid for record in whole(found)] == ["12", "13"]
        assert sum(isinstance(record, Failure) for record in found) == 1


def test_tags_nested_a_thousand_deep(tmp_path: Path) -> None:
    deep = b"<i>" * 5000 + b"words" + b"</i>" * 5000
    for data in (XML.replace(b"nine", deep, 1), XML.replace(b"nine", b"<i>" * 200_000, 1)):
        found = records(tmp_path / "records.xml", data)
        assert [record.pmid for record in whole(found)][-2:] == ["12", "13"]
    braces = JSONL.replace(b'"Krabbe disease"', b"[" * 200_000, 1)
    assert [r.pmid for r in whole(records(tmp_path / "records.jsonl", braces))] == ["12", "13"]


@pytest.mark.parametrize("kind", ["xml", "nbib", "jsonl"])
def test_an_abstract_of_ten_megabytes_is_listed_with_the_limit(kind: str, tmp_path: Path) -> None:
    data = FILES[kind].replace(b"infants", b"infants" + b" very small" * 950_000, 1)
    found = records(tmp_path / f"records.{kind}", data)
    assert [r.pmid for r in found] == ["11", "12", "13"]
    (failure,) = (record for record in found if isinstance(record, Failure))
    assert failure.kind == "too_large"
    assert "max_text_chars" in failure.reason


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a "' + "long" * 5000 + '">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/secret">]>',
        '<!DOCTYPE x PUBLIC "-//X//Y" "http://127.0.0.1:9/pubmed.dtd">',
        '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>',
    ],
)
def test_entities_and_foreign_dtds_are_neither_read_nor_fetched(
    doctype: str, offline: None, tmp_path: Path
) -> None:
    data = XML.replace(b"<PubmedArticleSet>", doctype.encode() + b"<PubmedArticleSet>").replace(
        b"nine", b"&a;", 1
    )
    found = records(tmp_path / "records.xml", data)
    assert not any(
        "ha" in r.text or "root:" in r.text for r in found if isinstance(r, Abstract) and r.pmid == "11"
    )
    assert any(isinstance(record, Failure) for record in found)


def test_entities_within_a_record_are_not_expanded(tmp_path: Path) -> None:
    found = records(tmp_path / "records.xml", XML.replace(b"nine", b"<!DOCTYPE x [<!ENTITY a 'ha'>]>&a;", 1))
    assert [record.pmid for record in whole(found)][-2:] == ["12", "13"]


def test_a_bomb_of_many_members_is_stopped_by_its_size(tmp_path: Path) -> None:
    line = json.dumps({"pmid": "1", "title": "a" * 60_000}).encode() + b"\n"
    limits = Settings(max_input_bytes=2**20)
    found = records(tmp_path / "bomb.jsonl.gz", gzip.compress(line) * 60, settings=limits)
    assert isinstance(found[-1], Failure)
    assert found[-1].kind == "too_large"
    assert len(found) < 20


def test_a_bomb_within_a_bomb_is_named(tmp_path: Path) -> None:
    (found,) = records(tmp_path / "x.xml.gz", gzip.compress(gzip.compress(XML)))
    assert isinstance(found, Failure)
    assert "twice" in found.reason


TOML = {
    "no UTF-8": b'name = "\xff"',
    "NUL": b"jobs = 1\0",
    "a thousand brackets": b"jobs = " + b"[" * 20_000,
    "a thousand tables": b"jobs = " + b"{a=" * 20_000,
    "a number of many digits": b"jobs = " + b"9" * 10_000,
    "a date that is none": b"date = 2026-13-45",
    "cut off": b'jobs = 2\nner = ["leuko',
    "twice the same": b"jobs = 1\njobs = 2",
    "lone surrogate": b'email = "\\ud800"',
}


@pytest.mark.parametrize("content", TOML.values(), ids=TOML.keys())
def test_hostile_toml_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"x\.toml"):
        load_settings(path)
    with pytest.raises(InputError, match=r"x\.toml"):
        load_corpus(path)


SOUND = {
    "settings": b'jobs = 2\nner = ["leuko_ner"]\nmax_ratio = 200\nemail = "a@example.org"\n',
    "corpus": b"name = 'x'\ndescription = 'y'\ndate = 2020-01-31\n[include.z]\nwords = ['myelin*']\n",
}


@pytest.mark.parametrize("kind", SOUND)
def test_damaged_toml_is_read_or_refused_by_name(kind: str, tmp_path: Path, tally: Tally) -> None:
    path, data, flips = tmp_path / "x.toml", SOUND[kind], random.Random(3)
    load = load_settings if kind == "settings" else load_corpus
    path.write_bytes(data)
    load(path)
    damaged = [data[:cut] for cut in range(len(data))]
    for _ in range(FLIPS):
        copy = bytearray(data)
        copy[flips.randrange(len(data))] ^= 1 << flips.randrange(8)
        damaged.append(bytes(copy))
    tally(cuts=len(data), flips=FLIPS)
    refused = []
    for content in damaged:
        path.write_bytes(content)
        try:
            load(path)
        except (SettingsError, InputError) as error:
            refused.append(str(error))
    assert len(refused) > len(damaged) / 4
    assert all(str(path) in words for words in refused)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "..", "x\0y", "a" * 5000, "\ud800", "-"])
def test_names_that_lead_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(LeukonlpError):
        load_corpus(name)
    with pytest.raises(LeukonlpError):
        packaged.packaged(f"models/{name}/absent")
    with pytest.raises(LeukonlpError):
        list(read([tmp_path / f"{name}.xml"]))
    base = tmp_path / "x.toml"
    base.write_text(f"extends = {json.dumps(name)}\n".replace("\\ud800", "y"))
    with pytest.raises(InputError):
        load_corpus(base)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"1\0002", b"1" * 100_000, b"1\n" * 10 + b"x", b" " * 100_000 + b"x"]
)
def test_hostile_lists_of_pmids_are_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pmids.txt"
    path.write_bytes(content)
    with pytest.raises(LeukonlpError, match=r"pmids\.txt"):
        read_pmids(path)


def test_damaged_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "models" / "m"
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text("{}")
    packaged.write_sums(folder)
    monkeypatch.setattr(packaged, "_roots", lambda: (tmp_path,))
    assert packaged.model("m") == folder
    sums = (folder / packaged.SUMS).read_bytes()
    for place in range(len(sums)):
        (folder / packaged.SUMS).write_bytes(sums[:place] + b"\xff" + sums[place + 1 :])
        with pytest.raises(ModelError):
            packaged.model("m")
    for cut in range(len(sums) - 1):
        (folder / packaged.SUMS).write_bytes(sums[:cut])
        with pytest.raises(ModelError):
            packaged.model("m")
