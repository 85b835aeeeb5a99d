"""The bill of materials of a release: valid CycloneDX, whole, and the same each time."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from leukonlp.packaged import packaged


@pytest.fixture(scope="module")
def script(root: Path) -> Iterator[ModuleType]:
    sys.path.insert(0, str(root / "scripts"))
    try:
        spec = importlib.util.spec_from_file_location("sbom", root / "scripts" / "sbom.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(root / "scripts"))


@pytest.fixture(scope="module")
def bill(script: ModuleType) -> Any:
    return json.loads(script.text())


def test_it_is_valid_cyclonedx(script: ModuleType, bill: Any) -> None:
    check = JsonStrictValidator(SchemaVersion.V1_6)
    assert check.validate_str(script.text()) is None
    bill = {**bill, "components": [{**bill["components"][0], "made_up": 1}]}
    assert check.validate_str(json.dumps(bill)) is not None, "the check lets anything pass"


def test_it_is_the_same_each_time(script: ModuleType) -> None:
    assert script.text() == script.text()


def test_it_names_all_that_comes_along(script: ModuleType, bill: Any) -> None:
    names = {part["name"] for part in bill["components"] if part["type"] == "library"}
    assert names == script.needed("leukonlp").keys() - {"leukonlp"}
    assert len(names) > 40
    assert all(part["licenses"] for part in bill["components"])
    assert all(part["version"] for part in bill["components"] if part["type"] == "library")
    (own,) = (entry for entry in bill["dependencies"] if entry["ref"].startswith("pkg:pypi/leukonlp@"))
    assert any(name.startswith("pkg:pypi/spacy@") for name in own["dependsOn"])
    known = {part["bom-ref"] for part in [*bill["components"], bill["metadata"]["component"]]}
    assert {
        ref for entry in bill["dependencies"] for ref in [entry["ref"], *entry.get("dependsOn", ())]
    } <= known


def test_it_holds_the_hashes_of_the_models(bill: Any) -> None:
    models = {p["name"]: p for p in bill["components"] if p["type"] == "machine-learning-model"}
    assert set(models) == {"leuko_ner", "study_tagger"}
    for name, part in models.items():
        sums = (packaged("models") / name / "SHA256SUMS").read_text()
        listed = {p["name"].removeprefix("leukonlp:sha256:"): p["value"] for p in part["properties"]}
        assert listed == {line.split()[1]: line.split()[0] for line in sums.splitlines()}
