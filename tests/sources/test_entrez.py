"""Whole fetches against the fake E-utilities: nothing lost, nothing twice, and the summary says so."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from leukonlp.errors import FetchError, InputError, QueryError, SettingsError
from leukonlp.sources.batches import Limits
from leukonlp.sources.cache import STATE
from leukonlp.sources.entrez import FetchSummary, fetch, list_pmids
from leukonlp.sources.transport import Answer, BioEntrezTransport, Transport

from .fake_eutils import (
    EMPTY,
    EXPIRED,
    LIMITED,
    WRAPPED_502,
    FakeClock,
    FakeEutils,
    Fault,
    article,
    article_set,
    error,
    serving,
)


def run(fake: Transport, out: Path, query: str | None = "white matter", **more: Any) -> FetchSummary:
    settings: dict[str, Any] = {
        "email": "a@example.org",
        "clock": FakeClock(),
        "limits": Limits(max_ids=50, batch=10),
        **more,
    }
    return fetch(query, out=out, transport=fake, **settings)


def stored(out: Path) -> Counter[str]:
    """How often each record stands in the files that a reader of the folder sees."""
    found: Counter[str] = Counter()
    for path in sorted(out.glob("*")):
        if not path.name.startswith("."):
            root = etree.fromstring(gzip.decompress(path.read_bytes()))
            found.update(e.text or "" for e in root.iterfind("PubmedArticle/MedlineCitation/PMID"))
            found.update(e.text or "" for e in root.iterfind("PubmedBookArticle/BookDocument/PMID"))
    return found


def once(fake: FakeEutils) -> Counter[str]:
    return Counter(set(fake.dates) - fake.gone)


def test_a_query_brings_every_record_once(tmp_path: Path) -> None:
    fake = FakeEutils.of(45, books={"1003"})
    steps: list[tuple[int, int]] = []
    summary = run(fake, tmp_path, progress=lambda done, of: steps.append((done, of)))
    assert stored(tmp_path) == once(fake)
    assert (summary.requested, summary.received, summary.cached, summary.complete) == (45, 45, 0, True)
    assert summary.message == "45 of 45 records"
    assert summary.translation == "white matter[All Fields]"
    assert (summary.missing, summary.warnings, summary.errors) == ((), (), ())
    assert len(summary.files) == 5 == fake.count("efetch")
    assert steps == [(0, 45), (10, 45), (20, 45), (30, 45), (40, 45), (45, 45)]


def test_whole_batches_come_from_the_history_server_with_an_explicit_size(tmp_path: Path) -> None:
    fake = FakeEutils.of(25)
    run(fake, tmp_path)
    asked = [params for name, params in fake.requests if name == "efetch"]
    assert [(p["retstart"], p["retmax"]) for p in asked] == [("0", "10"), ("10", "10"), ("20", "5")]
    assert all(p["WebEnv"] and p["query_key"] == "1" and p["retmode"] == "xml" for p in asked)


def test_the_raw_answers_are_kept_as_they_came(tmp_path: Path) -> None:
    fake = FakeEutils.of(3)
    (path,) = run(fake, tmp_path).files
    assert gzip.decompress(path.read_bytes()) == article_set(*(article(i) for i in ("1003", "1002", "1001")))


def test_more_than_pubmed_lists_comes_in_slices(tmp_path: Path) -> None:
    fake = FakeEutils.of(333, max_ids=50)
    summary = run(fake, tmp_path)
    assert stored(tmp_path) == once(fake)
    assert (summary.requested, summary.received, summary.complete) == (333, 333, True)
    assert max(fake.served.values()) == 1


def test_the_same_command_again_fetches_nothing(tmp_path: Path) -> None:
    fake = FakeEutils.of(45)
    run(fake, tmp_path)
    before = fake.count("efetch")
    summary = run(fake, tmp_path)
    assert fake.count("efetch") == before
    assert (summary.received, summary.cached, summary.complete) == (0, 45, True)
    assert summary.message == "45 of 45 records; 45 were on disk already"


def test_new_records_are_fetched_alone(tmp_path: Path) -> None:
    fake = FakeEutils.of(45)
    run(fake, tmp_path)
    fake.dates |= FakeEutils.of(3, first=5001).dates
    summary = run(fake, tmp_path)
    assert (summary.received, summary.cached) == (3, 45)
    assert sorted(fake.asked()[-1]) == ["5001", "5002", "5003"]
    assert stored(tmp_path) == once(fake)


def test_a_long_list_of_pmids_is_posted_in_batches_over_a_real_socket(tmp_path: Path) -> None:
    fake = FakeEutils.of(450, first=10_000_000)
    with serving(fake) as url:
        summary = run(BioEntrezTransport(base_url=url), tmp_path, None, pmids=list(fake.dates), limits=None)
    assert stored(tmp_path) == once(fake)
    assert summary.message == "450 of 450 records"
    assert [params["METHOD"] for _, params in fake.requests[:2]] == ["POST", "POST"]
    assert [len(ids) for ids in fake.asked()] == [200, 200, 50]
    assert fake.count("esearch") == 0


FAULTS: dict[str, Fault] = {
    "429": LIMITED,
    "429 with seconds": Answer(429, LIMITED.body, "5"),
    "429 with a date": Answer(429, b"", "Fri, 02 Jan 2026 03:05:00 GMT"),
    "500": Answer(500, b"<html>Server Error</html>"),
    "502": Answer(502, b"Bad Gateway"),
    "503": Answer(503, b"", "2"),
    "400 around a 502": WRAPPED_502,
    "error inside 200": Answer(200, error("Cannot process the request")),
    "reset": ConnectionResetError("Connection reset by peer"),
    "timeout": TimeoutError("timed out"),
    "expired history": EXPIRED,
    "expired history as 400": Answer(400, EXPIRED.body),
    "empty id list": EMPTY,
    "empty body": Answer(200, b""),
    "web page": Answer(200, b"<html><body>Maintenance</body></html>"),
    "cut short": lambda answer: Answer(200, answer.body[: len(answer.body) // 2]),
    "corrupt": lambda answer: Answer(200, answer.body.replace(b"<Article>", b"<Arti\x01cle>", 1)),
    "a record left out": lambda answer: Answer(200, answer.body.replace(article("1007").encode(), b"")),
    "a record twice": lambda answer: Answer(
        200, answer.body.replace(article("1007").encode(), article("1007").encode() * 2)
    ),
    "a record not asked for": lambda answer: Answer(
        200, answer.body.replace(b"</PubmedArticleSet>", article("77").encode() + b"</PubmedArticleSet>")
    ),
    "other records": Answer(200, article_set(article("77"), article("78"))),
}


@pytest.mark.parametrize("times", [1, 2, 4])
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_passes_and_costs_nothing(tmp_path: Path, name: str, times: int) -> None:
    fake = FakeEutils.of(25).fail("efetch", *[FAULTS[name]] * times)
    summary = run(fake, tmp_path)
    assert stored(tmp_path) == once(fake)
    assert summary.complete, summary.errors
    assert (summary.received, summary.missing) == (25, ())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([None, *FAULTS]), max_size=12), st.integers(1, 60))
def test_any_run_of_faults_passes(
    tmp_path_factory: pytest.TempPathFactory, names: list[str | None], count: int
) -> None:
    out = tmp_path_factory.mktemp("out")
    fake = FakeEutils.of(count, max_ids=50).fail("efetch", *(FAULTS[n] if n else None for n in names))
    first = run(fake, out)
    assert set(first.missing) == set(fake.dates) - set(stored(out)), "what is missing is named"
    fake.faults["efetch"].clear()
    second = run(fake, out)
    assert second.complete
    assert stored(out) == once(fake)


@pytest.mark.parametrize("wire", ["reset", "truncate", "drip", "plain"])
def test_faults_of_the_wire_pass_too(tmp_path: Path, wire: Any) -> None:
    fake = FakeEutils.of(25)
    with serving(fake, wire, wire) as url:
        summary = run(BioEntrezTransport(base_url=url, timeout=5, time_limit=0.2), tmp_path)
    assert stored(tmp_path) == once(fake)
    assert summary.complete


def test_an_expired_history_is_searched_again_and_used_again(tmp_path: Path) -> None:
    fake = FakeEutils.of(45)

    def expire(answer: Answer) -> Answer:
        fake.expire()
        return answer

    fake.fail("efetch", None, expire)
    assert run(fake, tmp_path).complete
    assert fake.count("esearch") == 2
    assert fake.count("efetch") == 6, "five batches and the one that met the expired history"
    assert fake.asked() == []
    assert stored(tmp_path) == once(fake)


def test_an_expired_history_of_a_result_that_changed_goes_on_by_id(tmp_path: Path) -> None:
    fake = FakeEutils.of(45)
    wanted = set(fake.dates)

    def change(answer: Answer) -> Answer:
        fake.expire()
        fake.dates |= FakeEutils.of(3, first=5001).dates
        return answer

    fake.fail("efetch", change)
    assert run(fake, tmp_path).complete
    assert set(stored(tmp_path)) == wanted
    assert sum(len(ids) for ids in fake.asked()) == 35


def test_a_record_pubmed_no_longer_has_is_named_and_asked_for_again(tmp_path: Path) -> None:
    fake = FakeEutils.of(25, gone={"1007", "1011"})
    summary = run(fake, tmp_path)
    assert not summary.complete
    assert set(summary.missing) == set(summary.absent) == {"1007", "1011"}
    assert summary.message == "23 of 25 records (2 missing: 1011, 1007)"
    assert summary.errors == ("2 missing (PubMed returned no record): 1011, 1007",)
    assert stored(tmp_path) == once(fake)
    fake.gone.clear()
    summary = run(fake, tmp_path)
    assert (summary.received, summary.cached, summary.complete) == (2, 23, True)
    assert stored(tmp_path) == once(fake)


def test_only_records_pubmed_does_not_have(tmp_path: Path) -> None:
    fake = FakeEutils.of(1).fail("efetch", EMPTY, EMPTY)
    summary = run(fake, tmp_path, None, pmids=["999999999", "999999998"])
    assert summary.absent == ("999999999", "999999998")
    assert (summary.received, summary.files) == (0, ())


def test_many_deleted_records_do_not_cost_a_request_each(tmp_path: Path) -> None:
    fake = FakeEutils.of(300, gone={str(i) for i in range(1001, 1201)})
    summary = run(fake, tmp_path, None, pmids=list(fake.dates), limits=Limits(batch=100))
    assert len(summary.absent) == 200
    assert summary.errors[0].endswith(f" and 180 more; all are in {tmp_path / STATE / 'manifest.json'}")
    assert len(json.loads((tmp_path / STATE / "manifest.json").read_text())["missing"]) == 200
    assert fake.count("efetch") == 3 + 10, "three batches, ten small ones"


def test_one_bad_record_costs_no_other(tmp_path: Path) -> None:
    fake = FakeEutils.of(45, poisoned={"1007", "1033"})
    summary = run(fake, tmp_path)
    assert set(summary.missing) == {"1007", "1033"}
    assert summary.absent == ()
    assert len(stored(tmp_path)) == 43
    assert all("corrupt XML" in reason for reason in summary.errors)
    assert ["1007"] in fake.asked()


def test_a_server_that_stays_down_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    fake = FakeEutils.of(45).fail("efetch", None, None, *[Answer(503, b"down")] * 500)
    clock = FakeClock()
    summary = run(fake, tmp_path, clock=clock, deadline=120)
    assert (summary.received, len(summary.missing), summary.absent) == (20, 25, ())
    assert clock.time < 300, "two batches in vain, then PubMed counts as down"
    assert summary.message.startswith("20 of 45 records (25 missing: ")
    assert summary.message.endswith(" and 5 more)")
    assert all("; all are in" not in reason for reason in summary.errors)
    assert any("HTTP 503: down" in reason for reason in summary.errors)
    assert any("PubMed did not answer" in reason for reason in summary.errors)
    fake.faults["efetch"].clear()
    before = fake.served.copy()
    summary = run(fake, tmp_path)
    assert (summary.received, summary.cached, summary.complete) == (25, 20, True)
    assert max(fake.served.values()) == 1
    assert sum((fake.served - before).values()) == 25, "only what was missing"


def test_a_damaged_file_is_set_aside_and_fetched_again(tmp_path: Path) -> None:
    fake = FakeEutils.of(45)
    whole = run(fake, tmp_path).files[2]
    true = whole.read_bytes()
    whole.write_bytes(true[:-1] + b"?")
    before = fake.served.copy()
    summary = run(fake, tmp_path)
    assert summary.warnings == (f"set aside, because their checksum no longer matched: {whole.name}",)
    assert (summary.received, summary.cached, summary.complete) == (10, 35, True)
    assert sum((fake.served - before).values()) == 10
    assert whole.read_bytes() == true
    assert stored(tmp_path) == once(fake)


def test_another_query_in_the_same_folder_keeps_what_is_there_and_says_so(tmp_path: Path) -> None:
    run(FakeEutils.of(5), tmp_path)
    other = FakeEutils.of(5, first=1003)
    summary = run(other, tmp_path, "myelin")
    assert (summary.received, summary.cached) == (2, 3)
    assert summary.warnings == (
        f"{tmp_path} also holds 2 records that were not asked for: an earlier run asked for something else",
    )
    assert max(stored(tmp_path).values()) == 1


def test_pubmeds_errors_and_warnings_reach_the_user(tmp_path: Path) -> None:
    fake = FakeEutils.of(
        0,
        messages="<ErrorList><PhraseNotFound>abcXYZ</PhraseNotFound></ErrorList>"
        "<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>",
    )
    summary = run(fake, tmp_path, "abcXYZ")
    assert summary.warnings == ("PubMed: phrase not found: abcXYZ", "PubMed: No items found.")
    assert (summary.message, summary.complete) == ("0 of 0 records", True)


def test_a_rejected_query_is_a_query_error(tmp_path: Path) -> None:
    fake = FakeEutils.of(5).fail("esearch", Answer(400, error("Invalid term", "eSearchResult")))
    with pytest.raises(QueryError, match="Invalid term"):
        run(fake, tmp_path, "((")


def test_a_search_that_cannot_be_run_is_a_fetch_error(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="connection failed: no route"):
        run(FakeEutils.of(5).fail("esearch", *[OSError("no route")] * 200), tmp_path)


def test_the_manifest_tells_the_run(tmp_path: Path) -> None:
    fake = FakeEutils.of(12, gone={"1007"})
    summary = run(fake, tmp_path, mindate="2001", filters=["trial[pt]"], api_key="s3cret")
    text = (tmp_path / STATE / "manifest.json").read_text()
    manifest = json.loads(text)
    term = '(white matter) AND (trial[pt]) AND ("2001"[dp] : "3000"[dp])'
    assert manifest["query"] == term == fake.requests[0][1]["term"]
    assert manifest["date"].startswith("2026-01-02T03:04")
    assert sorted(manifest["ids"]) == sorted(fake.dates)
    assert manifest["missing"] == {"1007": "PubMed returned no record"}
    assert (manifest["finished"], manifest["complete"], manifest["requested"]) == (True, False, 12)
    assert [entry["file"] for entry in manifest["files"]] == [path.name for path in summary.files]
    assert sum(entry["records"] for entry in manifest["files"]) == 11
    assert "s3cret" not in text


@pytest.mark.parametrize("email", [None, "", "nobody"])
def test_ncbi_requires_an_address(tmp_path: Path, email: str | None) -> None:
    with pytest.raises(SettingsError, match=r"--email or LEUKONLP_EMAIL"):
        run(FakeEutils.of(1), tmp_path / "out", email=email)
    assert not (tmp_path / "out").exists()


def test_a_query_or_pmids_and_not_both(tmp_path: Path) -> None:
    for query, pmids in ((None, None), ("x", ["1"])):
        with pytest.raises(SettingsError, match="either a query or PMIDs"):
            run(FakeEutils.of(1), tmp_path, query, pmids=pmids)
    with pytest.raises(SettingsError, match="narrow a query"):
        run(FakeEutils.of(1), tmp_path, None, pmids=["1"], mindate="2001")
    with pytest.raises(InputError, match="'abc' is no PMID"):
        run(FakeEutils.of(1), tmp_path, None, pmids=["abc"])


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("after", range(1, 6))
def test_a_run_that_dies_goes_on_where_it_stood(tmp_path: Path, after: int) -> None:
    fake = FakeEutils.of(45)
    calls = 0

    def dying(utility: str, params: Any, /) -> Answer:
        nonlocal calls
        calls += utility == "efetch"
        if calls == after:
            raise Killed
        return fake(utility, params)

    with pytest.raises(Killed):
        run(dying, tmp_path / "killed")  # type: ignore[arg-type]
    run(fake, tmp_path / "killed")
    assert max(fake.served.values()) == 1, "nothing is fetched twice"
    run(FakeEutils.of(45), tmp_path / "whole")
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def content(out: Path) -> dict[str, bytes]:
    return {path.name: gzip.decompress(path.read_bytes()) for path in out.glob("pubmed-*")}


CHILD = """
import os, signal, sys
from pathlib import Path
from leukonlp.sources import cache
from leukonlp.sources.batches import Limits
from leukonlp.sources.entrez import fetch
from leukonlp.sources.transport import BioEntrezTransport

url, out, where, nth = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
seen = 0

def kill_at(name, target):
    global seen
    if name == where and "pubmed-" in str(target):
        seen += 1
        if seen == nth:
            os.kill(os.getpid(), signal.SIGKILL)

replace, add = os.replace, cache.AnswerStore.add
def dying_replace(source, target):
    kill_at("before rename", target)
    replace(source, target)
    kill_at("after rename", target)
cache.os.replace = dying_replace
write = cache.AnswerStore._write
def dying_write(self, name, content):
    kill_at("before write", name)
    path = write(self, name, content)
    kill_at("after write", name)
    return path
cache.AnswerStore._write = dying_write
fetch("white matter", out=out, email="a@example.org", api_key="k", transport=BioEntrezTransport(base_url=url),
      limits=Limits(max_ids=50, batch=10))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize(
    ("where", "nth"), [("before write", 2), ("after write", 1), ("before rename", 3), ("after rename", 2)]
)
def test_kill_minus_nine_loses_nothing_and_repeats_nothing(tmp_path: Path, where: str, nth: int) -> None:
    fake = FakeEutils.of(33)
    paths = os.pathsep.join(path for path in sys.path if path)
    with serving(fake) as url:
        child = subprocess.run(
            [sys.executable, "-c", CHILD, url, str(tmp_path / "killed"), where, str(nth)],
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert child.returncode == -signal.SIGKILL, child.stderr.decode()
        kept = sum(stored(tmp_path / "killed").values())
        assert kept == 10 * (nth if where == "after rename" else nth - 1)
        before = fake.served.copy()
        summary = run(BioEntrezTransport(base_url=url), tmp_path / "killed")
    assert (summary.received, summary.cached, summary.complete) == (33 - kept, kept, True)
    assert sum((fake.served - before).values()) == 33 - kept, "only what was missing is fetched"
    assert summary.warnings == ()
    run(FakeEutils.of(33), tmp_path / "whole")
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def test_the_request_counter_of_a_partial_folder(tmp_path: Path) -> None:
    fake = FakeEutils.of(45)
    run(fake, tmp_path, None, pmids=["1002", "1030"])
    fake.requests.clear()
    summary = run(fake, tmp_path)
    assert (summary.received, summary.cached) == (43, 2)
    assert max(fake.served.values()) == 1
    assert stored(tmp_path) == once(fake)
    assert fake.count("efetch") == 5, "three batches by history, the rest of two others by id"


def test_nothing_is_printed_and_the_real_clock_is_the_default(tmp_path: Path, capsys: Any) -> None:
    made: Callable[..., FetchSummary] = fetch
    summary = made(pmids=["1001"], out=tmp_path, email="a@example.org", transport=FakeEutils.of(1))
    assert summary.complete
    assert capsys.readouterr() == ("", "")


class TestListing:
    def ask(self, fake: Transport) -> tuple[str, ...]:
        return list_pmids("white matter", email="a@example.org", transport=fake, clock=FakeClock())

    def test_all_ids_and_no_record(self) -> None:
        fake = FakeEutils.of(30)
        assert set(self.ask(fake)) == set(fake.dates)
        assert fake.count("efetch") == 0

    def test_a_listing_that_is_not_whole_is_none(self) -> None:
        short = Answer(
            200,
            b"<eSearchResult><Count>3</Count><RetMax>2</RetMax><RetStart>0</RetStart>"
            b"<IdList><Id>1</Id><Id>2</Id></IdList></eSearchResult>",
        )
        with pytest.raises(FetchError, match="counts 3 results, but lists 2"):
            self.ask(FakeEutils.of(3).fail("esearch", short, short, short))

    def test_an_address_is_needed(self) -> None:
        with pytest.raises(SettingsError, match="NCBI asks for yours"):
            list_pmids("white matter", email=None, transport=FakeEutils.of(1))
