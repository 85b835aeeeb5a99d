from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leukonlp.cli import main


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Regression: it called the missing module a fault in leukonlp."""
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", "ner", "--config", "x.cfg", "--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "training needs torch" in said
    assert "pip install 'leukonlp[train]'" in said
