"""A missing browser skips with its reason, and fails where one is required."""

from __future__ import annotations

import pytest

from . import browsing


def test_a_missing_browser_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROWSER_REQUIRED", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser to look at the page with: none is there"):
        browsing.missing("none is there")


def test_a_missing_browser_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_REQUIRED", "1")
    with pytest.raises(pytest.fail.Exception, match="none is there"):
        browsing.missing("none is there")
