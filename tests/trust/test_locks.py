"""The hashes of what CI installs: complete, at the versions of constraints.txt, and nothing but hashes."""

from __future__ import annotations

import importlib.util
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.10", "3.11", "3.12")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}")


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("lock", root / "scripts" / "lock.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def locked(root: Path, group: str) -> dict[str, list[tuple[Requirement, int]]]:
    """The requirements of a lock by name, each with the number of its hashes."""
    found: dict[str, list[tuple[Requirement, int]]] = {}
    name = ""
    text = (root / "locks" / f"{group}.txt").read_text(encoding="utf-8")
    for entry in re.sub(r" \\\n", "\n", text).split("\n"):
        if entry.startswith("#") or not entry:
            continue
        if entry.startswith(" "):
            assert HASH.fullmatch(entry), entry
            requirement, hashes = found[name][-1]
            found[name][-1] = requirement, hashes + 1
        else:
            requirement = Requirement(entry)
            assert requirement.url is None
            assert re.fullmatch(r"==[\w.!]+", str(requirement.specifier)), entry
            name = requirement.name
            found.setdefault(name, []).append((requirement, 0))
    return found


def holds(requirement: Requirement, python: str) -> bool:
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",  # build asks for more on 3.10.0 and 3.10.1
        "sys_platform": "linux",
        "platform_machine": "x86_64",
        "platform_system": "Linux",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": "posix",
        "extra": "",
    }
    return requirement.marker is None or requirement.marker.evaluate(environment)


def chosen(root: Path, groups: tuple[str, ...], python: str) -> dict[str, str]:
    """The version of each package that a Python gets from locks."""
    found: dict[str, str] = {}
    for group in groups:
        for name, entries in locked(root, group).items():
            for requirement, hashes in entries:
                assert hashes, f"{name} has no hash"
                if holds(requirement, python):
                    assert name not in found, f"{name} is locked twice for Python {python}"
                    found[name] = str(requirement.specifier).removeprefix("==")
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_versions_are_those_of_the_constraints(python: str, root: Path, script: ModuleType) -> None:
    pins = {}
    for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            if holds(requirement, python):
                pins[canonicalize_name(requirement.name)] = str(requirement.specifier).removeprefix("==")
    groups = tuple(group for group in script.GROUPS if group not in script.NOT_ON.get(python, ()))
    versions = chosen(root, groups, python)
    assert len(versions) > 100
    assert {name: pins.get(name, version) for name, version in versions.items()} == versions
    assert versions.keys() <= pins.keys(), "pin it in constraints.txt, then run scripts/lock.py"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("groups", [("build", "run"), ("build", "run", "dev")])
def test_everything_that_is_asked_for_is_there(
    groups: tuple[str, ...], python: str, root: Path, script: ModuleType
) -> None:
    """Follows what the packages installed here ask for; a change of pyproject.toml has to reach the locks."""
    names = chosen(root, groups, python)
    waiting = [Requirement(line) for line in script.asked(groups[-1])]
    seen: set[str] = set()
    followed = 0
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if not holds(requirement, python) or name in seen:
            continue
        seen.add(name)
        assert name in names, f"{name} is in no lock; run scripts/lock.py"
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if installed.version != names[name]:
            continue  # what another version asks for is not told here
        followed += 1
        waiting += [Requirement(line) for line in installed.requires or ()]
    assert followed > 40


def test_more_than_one_python_means_more_than_one_hash_where_files_differ(root: Path) -> None:
    ((_, hashes),) = locked(root, "run")["numpy"]
    assert hashes == len(PYTHONS), "a compiled package has a file for each Python"


def test_what_is_not_locked_is_said(root: Path, script: ModuleType) -> None:
    names = {name for group in script.GROUPS for name in locked(root, group)}
    assert not names & script.NOT_LOCKED
    ci = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert all(f"NOT HASH-PINNED: {name}" in ci for name in script.NOT_LOCKED - {"triton"})
