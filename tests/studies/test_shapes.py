"""What the rules hand each other cannot be changed on the way, nor grow a field by a slip of the pen."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass
from typing import Any

import pytest

from leukonlp import studies


def _classes() -> list[Any]:
    modules = [
        importlib.import_module(f"leukonlp.studies.{m.name}") for m in pkgutil.iter_modules(studies.__path__)
    ]
    found = [
        v for m in modules for v in vars(m).values() if isinstance(v, type) and v.__module__ == m.__name__
    ]
    return [cls for cls in found if is_dataclass(cls)]


GROWING = {"_Topic", "Wording"}
"""Filled while a text is read, and given to nobody before that is done."""


@pytest.mark.parametrize("cls", _classes(), ids=lambda cls: cls.__qualname__)
def test_dataclasses_are_frozen_and_have_slots(cls: Any) -> None:
    assert "__slots__" in vars(cls)
    assert cls.__dataclass_params__.frozen is (cls.__name__ not in GROWING)


def test_the_dataclasses_of_the_rules_are_these() -> None:
    names = {cls.__name__ for cls in _classes()}
    assert names == {
        "Cue",
        "Evidence",
        "Rule",
        "Therapy",
        "People",
        "Count",
        "Hit",
        "Sentence",
        "_Topic",
        "Wording",
    }
