"""Pace, back-off and deadline, on a clock that only sleeping moves."""

from __future__ import annotations

from datetime import datetime, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.errors import FetchError, QueryError, SettingsError
from leukonlp.sources.retry import Client, Transient, UnusableAnswer, passes, plain, retry_after
from leukonlp.sources.transport import Answer

from .fake_eutils import EMPTY, EXPIRED, LIMITED, WRAPPED_502, FakeClock, FakeEutils, error

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
OK = Answer(200, b"fine")


def client(*faults: object, jitter: float = 0.5, **more: object) -> tuple[Client, FakeEutils, FakeClock]:
    fake, clock = FakeEutils.of(1), FakeClock()
    fake.fail("efetch", *faults)  # type: ignore[arg-type]
    settings = {"email": "a@example.org", "api_key": None, "deadline": 100.0, **more}
    return Client(fake, clock=clock, jitter=lambda: jitter, **settings), fake, clock  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fault",
    [
        LIMITED,
        WRAPPED_502,
        *(
            Answer(status, b"<html><title>x</title><h1>Server Error</h1></html>")
            for status in (408, 500, 502, 503, 504)
        ),
        Answer(599, b""),
        Answer(400, b"error forwarding request"),
        ConnectionResetError("reset by peer"),
        TimeoutError("timed out"),
    ],
)
def test_a_passing_fault_is_asked_again(fault: Answer | Exception) -> None:
    asking, fake, clock = client(fault, fault, OK)
    assert asking.call("efetch", {}, bytes) == b"fine"
    assert fake.count("efetch") == 3
    assert clock.time == pytest.approx(0.5 * 1 + 0.5 * 2)


def test_waits_as_long_as_the_server_says() -> None:
    asking, _, clock = client(Answer(429, b"", "30"), Answer(503, b"", "Fri, 02 Jan 2026 03:05:35 GMT"), OK)
    assert asking.call("efetch", {}, bytes) == b"fine"
    assert clock.slept[0] == pytest.approx(30.5), "at least the 30 s, a little spread on top"
    assert clock.time >= 90, "until the date of the second answer"


def test_pauses_double_up_to_a_minute_with_full_jitter() -> None:
    _, _, lowest = (low := client(*[Answer(500, b"")] * 9, OK, jitter=0.0, deadline=1e6))
    low[0].call("efetch", {}, bytes)
    assert lowest.time == pytest.approx(9 * 0.37), "jitter 0 leaves the pace alone"
    high = client(*[Answer(500, b"")] * 9, OK, jitter=1.0, deadline=1e6)
    high[0].call("efetch", {}, bytes)
    assert high[2].slept == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_gives_up_before_a_pause_that_passes_the_deadline() -> None:
    asking, fake, clock = client(*[Answer(503, b"down for repairs")] * 50, jitter=1.0)
    with pytest.raises(FetchError, match=r"503: down for repairs.*deadline of 100 s.*same command") as caught:
        asking.call("efetch", {}, bytes)
    assert not isinstance(caught.value, UnusableAnswer | QueryError)
    assert clock.time <= 100
    assert fake.count("efetch") == 7


def test_does_not_wait_for_a_retry_after_beyond_the_deadline() -> None:
    asking, _, clock = client(Answer(429, b"", "3600"))
    with pytest.raises(FetchError, match=r"in 360[01] s"):
        asking.call("efetch", {}, bytes)
    assert clock.time == 0


def test_an_unreadable_answer_is_asked_for_three_times() -> None:
    def read(body: bytes) -> bytes:
        raise Transient("cut short", bad_body=True)

    asking, fake, _ = client(OK, OK, OK, OK)
    with pytest.raises(UnusableAnswer, match=r"cut short \(3 attempts\)"):
        asking.call("efetch", {}, read)
    assert fake.count("efetch") == 3


def test_pubmeds_own_word_ends_as_a_query_error() -> None:
    def read(body: bytes) -> bytes:
        raise Transient("PubMed says: no such field", said=True)

    with pytest.raises(QueryError, match="no such field"):
        client(OK, OK, OK)[0].call("esearch", {"term": "x"}, read)


def test_a_real_400_is_a_query_error_at_once_with_pubmeds_words() -> None:
    asking, fake, _ = client(Answer(400, error("Unbalanced parentheses in <b>term</b>")))
    with pytest.raises(QueryError, match="Unbalanced parentheses in term"):
        asking.call("efetch", {}, bytes)
    assert fake.count("efetch") == 1


@pytest.mark.parametrize("answer", [EMPTY, Answer(400, EXPIRED.body)])
def test_a_400_with_a_meaning_goes_to_the_reader(answer: Answer) -> None:
    assert client(answer)[0].call("efetch", {}, bytes) == answer.body


@pytest.mark.parametrize("status", [403, 404, 414])
def test_other_refusals_are_not_repeated(status: int) -> None:
    asking, fake, _ = client(Answer(status, b"no"))
    with pytest.raises(FetchError, match=f"HTTP {status}: no"):
        asking.call("efetch", {}, bytes)
    assert fake.count("efetch") == 1


def test_a_refused_key_names_the_cure_and_never_the_key() -> None:
    refused = Answer(400, b'{"error":"API key invalid","api-key":"s3cretkey","type":"ip"}')
    with pytest.raises(SettingsError, match="LEUKONLP_API_KEY") as caught:
        client(refused, api_key="s3cretkey")[0].call("efetch", {}, bytes)
    assert "s3cretkey" not in str(caught.value)


@pytest.mark.parametrize(("key", "most"), [(None, 3), ("k", 10)])
def test_never_more_requests_a_second_than_allowed(key: str | None, most: int) -> None:
    asking, _, clock = client(api_key=key)
    times = []
    for _ in range(40):
        asking.call("efetch", {"id": "1001"}, bytes)
        times.append(clock.time)
    assert all(later - time >= 1 for time, later in zip(times, times[most:], strict=False))
    assert all(later > time for time, later in pairwise(times))
    assert clock.time < 40 / most * 1.2, "and not much fewer"


def test_every_request_says_who_asks() -> None:
    asking, fake, _ = client(api_key="k")
    asking.call("efetch", {"id": "1001"}, bytes)
    assert fake.requests[0][1] == {
        "db": "pubmed",
        "id": "1001",
        "tool": "leukonlp",
        "email": "a@example.org",
        "api_key": "k",
    }


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("Fri, 02 Jan 2026 03:05:05 GMT", 60.0),
        ("Fri, 02 Jan 2026 03:05:05 -0000", 60.0),
        ("Thu, 01 Jan 2026 00:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_retry_after_never_fails(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


def test_plain_drops_markup_style_and_keys() -> None:
    page = b"<html><head><title>T</title><style>h1 {color: red}</style></head><h1>Server\n Error</h1></html>"
    assert plain(page) == "Server Error"
    assert plain(b"") == "(no words)"
    assert plain(b'{"api-key":"abc","count":"4"}') == '{"api-key":"***","count":"4"}'
    assert len(plain(b"x" * 10_000)) == 300


@pytest.mark.parametrize("words", [b"502 Bad Gateway", b"Search Backend failed: Exception: 502 Proxy Error"])
def test_words_of_a_backend(words: bytes) -> None:
    assert passes(words)


def test_a_pmid_with_502_in_it_is_no_backend() -> None:
    assert not passes(b"Invalid uid 50250302 at position 502")
