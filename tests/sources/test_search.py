"""Listing ids past PubMed's limit: slices by Entrez date, compared with the count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leukonlp.errors import FetchError, QueryError
from leukonlp.sources.retry import Client
from leukonlp.sources.search import Found, search
from leukonlp.sources.transport import Answer

from .fake_eutils import FakeClock, FakeEutils, error


def run(fake: FakeEutils, max_ids: int = 50) -> Found:
    fake.max_ids = max_ids
    return search(Client(fake, "a@example.org", None, FakeClock(), 600.0), "x", max_ids=max_ids)


def test_a_small_result_takes_one_request_with_history() -> None:
    fake = FakeEutils.of(50)
    found = run(fake)
    assert fake.count("esearch") == 1
    assert (found.count, len(found.ids), len(found.slices)) == (50, 50, 1)
    assert found.slices[0].web_env
    assert found.translation == "white matter[All Fields]"


def test_retmax_and_retstart_are_never_left_out() -> None:
    fake = FakeEutils.of(200)
    run(fake)
    assert all({"retmax", "retstart"} <= set(params) for _, params in fake.requests)
    assert all(int(params["retstart"]) == 0 for _, params in fake.requests)


@pytest.mark.parametrize("count", [51, 500, 1777])
def test_a_large_result_is_sliced_until_each_slice_fits(count: int) -> None:
    fake = FakeEutils.of(count)
    found = run(fake)
    assert set(found.ids) == set(fake.dates)
    assert len(found.ids) == count == found.count
    assert all(0 < len(part.ids) <= 50 for part in found.slices)
    assert found.errors == ()
    assert fake.count("esearch") < 30 + count / 8, "a few searches a slice, not one a day"
    sliced = [params for _, params in fake.requests if "mindate" in params]
    assert all(params["datetype"] == "edat" for params in sliced)


def dates(days: Iterable[int]) -> FakeEutils:
    return FakeEutils({str(i + 1): date(1780, 1, 1) + timedelta(days=day) for i, day in enumerate(days)})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=60))
def test_nothing_is_lost_or_listed_twice_wherever_the_dates_fall(days: list[int]) -> None:
    fake = dates(days)
    found = run(fake, max_ids=7)
    crowded = any(days.count(day) > 7 for day in days)
    assert len(set(found.ids)) == len(found.ids)
    assert crowded or set(found.ids) == set(fake.dates)
    assert crowded == bool(found.errors)


def test_a_day_that_holds_too_many_is_named() -> None:
    found = run(dates([100] * 60))
    assert len(found.ids) == 50
    assert found.errors == (
        "PubMed counts 60 results of 1780-04-10 to 1780-04-10, but lists 50; narrow the query",
    )


def test_records_without_a_date_are_noticed() -> None:
    fake = FakeEutils.of(60)
    more = fake("esearch", {}).body.replace(b"<Count>60", b"<Count>63")
    fake.fail("esearch", Answer(200, more), *[None] * 40)
    found = run(fake)
    assert (len(found.ids), found.errors) == (60, ()), "a count that PubMed corrects is no loss"

    def always(answer: Answer) -> Answer:
        return Answer(200, answer.body.replace(b"<Count>60", b"<Count>63"))

    lossy = FakeEutils.of(60).fail("esearch", *[always] * 90)
    found = run(lossy)
    assert len(found.ids) == 60
    assert found.count == 63
    assert found.errors == (
        "PubMed counts 63 results, but the date slices hold 60; run the same command again",
    )


def test_a_listing_shorter_than_its_count_is_asked_for_again() -> None:
    def shorter(answer: Answer) -> Answer:
        return Answer(200, answer.body.replace(b"<Id>1003</Id>", b""))

    fake = FakeEutils.of(5).fail("esearch", shorter)
    found = run(fake)
    assert (len(found.ids), found.errors, fake.count("esearch")) == (5, (), 2)
    found = run(FakeEutils.of(5).fail("esearch", *[shorter] * 9))
    assert len(found.ids) == 4
    assert found.errors == ("PubMed counts 5 results, but lists 4; run the same command again",)


def test_no_results_are_an_empty_set_with_pubmeds_words() -> None:
    found = run(
        FakeEutils.of(
            0,
            messages="<ErrorList><PhraseNotFound>abcXYZ</PhraseNotFound></ErrorList>"
            "<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>",
        )
    )
    assert (found.ids, found.slices, found.count) == ((), (), 0)
    assert found.warnings == ("PubMed: phrase not found: abcXYZ", "PubMed: No items found.")


def test_messages_of_slices_are_not_repeated() -> None:
    fake = FakeEutils.of(120, messages="<WarningList><PhraseIgnored>the</PhraseIgnored></WarningList>")
    assert run(fake).warnings == ("PubMed: phrase ignored: the",)


def test_a_rejected_query_says_why() -> None:
    words = error("Search Backend failed: unbalanced parentheses", "eSearchResult")
    fake = FakeEutils.of(1).fail("esearch", *[Answer(200, words)] * 3)
    with pytest.raises(QueryError, match="unbalanced parentheses"):
        run(fake)


def test_faults_on_the_way_cost_nothing() -> None:
    cut = FakeEutils.of(500)("esearch", {"retmax": "50"}).body[:-40]
    busy = Answer(200, error("Search Backend failed: Exception: 502 Proxy Error", "eSearchResult"))
    fake = FakeEutils.of(500).fail(
        "esearch",
        Answer(200, cut),
        Answer(429, b""),
        None,
        busy,
        ConnectionResetError("reset"),
        None,
        Answer(500, b""),
    )
    found = run(fake)
    assert set(found.ids) == set(fake.dates)
    assert found.errors == ()


def test_a_server_that_stays_down_is_a_fetch_error() -> None:
    fake = FakeEutils.of(1).fail("esearch", *[Answer(503, b"")] * 200)
    with pytest.raises(FetchError, match="deadline of 600 s"):
        run(fake)
