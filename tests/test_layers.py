"""Imports go down only, stages never meet, and each foreign library has one owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "leukonlp"
FLOORS = (
    ("errors", "plain"),
    ("records", "packaged"),
    ("structure", "config"),
    ("lexicon", "scoring"),
    ("sources", "pipeline", "studies", "evidence", "report"),
    ("training",),
    ("workflow",),
    ("cli",),
    ("__main__",),
)
"""Lowest first; a module imports from lower floors and from its own part only."""
FLOOR = {part: number for number, parts in enumerate(FLOORS) for part in parts}
ALLOWED = {("report", "leukonlp.evidence.search")}
"""The one door between two stages."""
OWNERS = {
    "spacy": {"pipeline"},
    "scispacy": {"pipeline"},
    "ahocorasick_rs": {"pipeline", "studies", "sources"},  # names in texts; trigger words; the screen
    "hyperscan": {"sources"},
    "isal": {"sources"},
    # pipeline: the linker's n-gram counts; training: the recogniser's sieve
    "sklearn": {"studies", "pipeline", "training"},
    "torch": {"training"},
    "floret": {"training"},
    "safetensors": {"pipeline"},
    "sqlite3": {"evidence"},
    "jinja2": {"report"},
    "xlsxwriter": {"report"},
    "pyarrow": {"report", "evidence"},  # files; tables of hits
    "pandas": {"evidence"},
    "rich": {"cli"},
    "vl_convert": {"report"},
    "itables": {"report"},
    "joblib": {"workflow"},
    "distributed": {"workflow"},
    "fsspec": {"sources"},
    "lxml": {"sources", "report"},
    "Bio": {"sources"},
    "urllib": {"sources"},
    "http": {"sources"},
    "socket": {"sources"},
    "ssl": {"sources"},
    "argparse": {"cli"},
}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path, *, types: bool) -> Iterator[str]:
    """Every module imported anywhere in the file; ``types`` includes those for type checkers only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for statement in block.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in hidden and not types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write it in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_only(path: Path) -> None:
    part = part_of(path)
    for name in imports(path, types=True):
        package, _, rest = name.partition(".")
        if package != "leukonlp" or rest in {"__version__"} or not rest:
            continue
        target = rest.split(".")[0]
        lower = FLOOR[target] < FLOOR[part]
        door = any(part == source and name.startswith(module) for source, module in ALLOWED)
        assert target == part or lower or door, f"{part} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_foreign_libraries_have_one_owner(path: Path) -> None:
    for name in imports(path, types=False):
        owners = OWNERS.get(name.split(".")[0])
        if owners is not None and not name.startswith("urllib.parse"):
            assert part_of(path) in owners, f"{path.name} imports {name}, which belongs to {owners}"


def test_only_the_transport_touches_the_network() -> None:
    network = ("urllib.request", "socket", "ssl", "Bio.Entrez")
    users = {path.stem for path in MODULES for name in imports(path, types=False) if name.startswith(network)}
    assert users <= {"transport", "entrez"}


def test_every_part_stands_on_a_floor() -> None:
    assert {part_of(path) for path in MODULES} == set(FLOOR)


def test_no_drawer_modules() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_every_module_says_what_it_owns() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_the_rules_catch_a_stage_that_imports_another(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f():\n    from leukonlp.evidence.index import EvidenceIndex\n")
    assert list(imports(wrong, types=False)) == ["leukonlp.evidence.index.EvidenceIndex"]
    assert FLOOR["evidence"] >= FLOOR["pipeline"]
