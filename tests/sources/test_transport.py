"""The default transport against a server on loopback: real sockets, real Bio.Entrez."""

from __future__ import annotations

import http.client
import socket
import sys
import warnings
from urllib.error import URLError

import pytest

from leukonlp.errors import SettingsError
from leukonlp.sources.transport import EUTILS, BioEntrezTransport

from .fake_eutils import EMPTY, LIMITED, FakeEutils, serving

IDENTITY = {"db": "pubmed", "email": "a@example.org", "tool": "leukonlp"}
SEARCH = {**IDENTITY, "term": "x", "retmax": "5", "usehistory": "y"}


def test_brings_the_bytes_of_an_answer() -> None:
    fake = FakeEutils.of(3)
    with serving(fake) as url:
        answer = BioEntrezTransport(base_url=url)("esearch", SEARCH)
    assert (answer.status, answer.retry_after) == (200, None)
    assert answer.body == fake.esearch(SEARCH).body
    sent = fake.requests[0][1]
    assert sent == {**SEARCH, "METHOD": "GET"}


def test_an_error_status_is_an_answer_with_its_words_and_header() -> None:
    fake = FakeEutils.of(3).fail("efetch", EMPTY, type(LIMITED)(429, b"slow down", "7"))
    with serving(fake) as url:
        transport = BioEntrezTransport(base_url=url)
        empty = transport("efetch", {**IDENTITY, "id": "1"})
        limited = transport("efetch", {**IDENTITY, "id": "1"})
    assert (empty.status, empty.body) == (400, EMPTY.body)
    assert (limited.status, limited.body, limited.retry_after) == (429, b"slow down", "7")
    assert fake.count("efetch") == 2, "Bio.Entrez must not repeat on its own"


def test_long_id_lists_and_queries_are_posted() -> None:
    fake = FakeEutils.of(3)
    with serving(fake) as url:
        transport = BioEntrezTransport(base_url=url)
        transport("efetch", {**IDENTITY, "id": ",".join(str(i) for i in range(10_000_000, 10_000_200))})
        transport("esearch", {**SEARCH, "term": " OR ".join(["leukodystrophy"] * 2000)})
    assert [params["METHOD"] for _, params in fake.requests] == ["POST", "POST"]
    assert fake.requests[1][1]["term"].count("leukodystrophy") == 2000


def test_text_plain_is_bytes_too() -> None:
    fake = FakeEutils.of(1)
    with serving(fake, "plain") as url:
        answer = BioEntrezTransport(base_url=url)("efetch", {**IDENTITY, "id": "1001"})
    assert b"Made-up record 1001" in answer.body


def test_a_truncated_answer_is_an_exception() -> None:
    with serving(FakeEutils.of(2), "truncate") as url, pytest.raises(http.client.IncompleteRead):
        BioEntrezTransport(base_url=url)("efetch", {**IDENTITY, "id": "1001,1002"})


def test_a_reset_connection_is_an_exception() -> None:
    with serving(FakeEutils.of(2), "reset") as url, pytest.raises((ConnectionError, URLError)):
        BioEntrezTransport(base_url=url)("efetch", {**IDENTITY, "id": "1001"})


def test_a_slow_drip_ends_at_the_time_limit() -> None:
    with serving(FakeEutils.of(2), "drip") as url, pytest.raises(TimeoutError, match=r"longer than 0\.2 s"):
        BioEntrezTransport(base_url=url, timeout=5, time_limit=0.2)("efetch", {**IDENTITY, "id": "1001"})


def test_a_silent_server_ends_at_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises((TimeoutError, URLError), match="timed out"):
            BioEntrezTransport(base_url=url, timeout=0.1)("esearch", SEARCH)


def test_an_answer_without_end_is_refused() -> None:
    with serving(FakeEutils.of(2)) as url, pytest.raises(OSError, match="larger than 100 bytes"):
        BioEntrezTransport(base_url=url, max_bytes=100)("efetch", {**IDENTITY, "id": "1001"})


def test_bio_entrez_itself_stays_as_it_was() -> None:
    from Bio import Entrez

    before = {name: value for name, value in vars(Entrez).items() if not name.startswith("__")}
    with serving(FakeEutils.of(1)) as url, warnings.catch_warnings():
        warnings.simplefilter("error")
        BioEntrezTransport(base_url=url)("esearch", {**SEARCH, "api_key": "k"})
    assert {name: value for name, value in vars(Entrez).items() if not name.startswith("__")} == before
    assert sys.modules["Bio.Entrez"] is Entrez
    assert Entrez._open.previous == 0


def test_only_web_addresses_are_opened() -> None:
    assert EUTILS.startswith("https://")
    with pytest.raises(SettingsError, match="file:///etc"):
        BioEntrezTransport(base_url="file:///etc/passwd")
