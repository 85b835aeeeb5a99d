"""The pages tell the truth: commands, fields, tables, links."""

from __future__ import annotations

import argparse
import importlib.util
import re
import sqlite3
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from leukonlp import records
from leukonlp.cli import COMMANDS, build_parser
from leukonlp.config import Settings
from leukonlp.evidence import schema
from leukonlp.studies.labels import DESIGNS, MODALITIES, PHASES

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CONTRACT = (
    "demo",
    "fetch",
    "screen",
    "annotate",
    "index",
    "update",
    "search",
    "review",
    "report",
    "export",
    "train",
    "score",
    "status",
    "validate",
)


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_cli_page_is_what_the_parser_says(docs: ModuleType) -> None:
    assert page(docs.CLI_PAGE) == docs.cli_page(), "run `make docs`"


@pytest.mark.slow
def test_pasted_outputs_are_what_the_program_says(docs: ModuleType, offline: None) -> None:
    for name, text in docs.build().items():
        assert page(name) == text, f"{name} shows what is no longer so; run `make docs`"


def test_a_page_that_lies_is_found(docs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lying = "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n"
    assert docs.refreshed(lying) == lying.replace("3", "2")
    with pytest.raises(ValueError, match="only leukonlp and make demo can be run"):
        docs.refreshed("```console\n$ rm x\n```\n")


def test_every_command_of_the_contract_is_there_and_documented() -> None:
    assert tuple(command.__name__.rsplit(".", 1)[-1] for command in COMMANDS) == CONTRACT
    for name in CONTRACT:
        assert f"\n## {name}\n" in page("docs/cli.md")


def test_every_option_has_help() -> None:
    def check(parser: argparse.ArgumentParser) -> None:
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for nested in action.choices.values():
                    assert nested.description, nested.prog
                    check(nested)
            else:
                assert action.help, f"{parser.prog} {action.dest}"

    check(build_parser())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        if not target.startswith("http"):
            there = (path.parent / file).resolve() if file else path
            assert there.exists(), f"{path.name} links to {target}"
            if anchor:
                headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {h.lower().replace(" ", "-") for h in headings}, f"{path.name}: {target}"


def test_every_field_is_described() -> None:
    text = page("docs/data-model.md")
    kinds = (records.Abstract, records.Study, records.Mention, records.Tag, records.Fact, records.Quote)
    kinds += (records.Section, records.Term, records.MeshHeading, records.Qualifier, records.Accession)  # type: ignore[assignment]
    kinds += (records.Link, records.Failure)  # type: ignore[assignment]
    for kind in kinds:
        for field in fields(kind):
            # On a line, title and abstract are one text, and abstract is the record.
            if field.name != "abstract":
                assert f"`{field.name}`" in text or f"{field.name}," in text, f"{kind.__name__}.{field.name}"


def test_every_key_of_a_line_is_described() -> None:
    text = page("docs/data-model.md")
    line = records.Study(records.Abstract("1", "T")).to_dict()
    for key in (*line, *line["study"], *line["record"]):
        assert f"`{key}`" in text, key


def test_every_label_is_described() -> None:
    text = page("docs/data-model.md")
    assert [label for label in (*PHASES, *DESIGNS, *MODALITIES) if f"`{label}`" not in text] == []


def test_every_table_and_column_is_described() -> None:
    text = page("docs/data-model.md").split("## Evidence index")[1]
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.migrate(connection)
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            if table.startswith(("study_text_", "sqlite_")):
                continue  # the inside of the full-text index, and SQLite's own
            assert f"| `{table}` |" in text, table
            row = next(line for line in text.splitlines() if line.startswith(f"| `{table}` |"))
            for _, column, *_ in connection.execute(f"PRAGMA table_info({table})"):
                assert f"`{column}`" in (text if table == "studies" else row), f"{table}.{column}"
    finally:
        connection.close()


def test_settings_are_described() -> None:
    text = page("docs/settings.md")
    for field in fields(Settings):
        assert f"`{field.name}`" in text, field.name


def test_no_page_names_a_machine() -> None:
    for path in PAGES:
        assert not re.search(r"/(home|root|work|tmp|Users)/", path.read_text(encoding="utf-8")), path.name
