"""Breaks the code on purpose and counts how often the tests notice: writes scripts/mutants.json.

Mutants come from cosmic-ray's operators, a random place at a time; each is tried in a forked process in which
the changed module stands for the real one, by the tests of its package, until one fails; first by those that
reach the changed line. A survivor is a change that none of them noticed.

    python scripts/mutants.py [GROUP ...] [--number N] [--seed N]
    python scripts/mutants.py --again        # the survivors of the last run, after mending tests
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib.machinery
import importlib.util
import json
import os
import pickle
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import cosmic_ray.mutating
import coverage
import hypothesis
import lxml.etree
import numpy as np
import pytest
import sklearn.linear_model
import spacy
from cosmic_ray.ast import Visitor, get_ast
from cosmic_ray.plugins import get_operator, operator_names

# Named so that they are loaded before the first fork, not in every one.
LOADED = (hypothesis, lxml, np, sklearn, spacy)
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "leukonlp"
RESULTS = ROOT / "scripts" / "mutants.json"
SECONDS = 600
"""CPU time for the tests of a group while it is noted which lines each reaches."""
GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "records": (("plain.py", "records.py"), ("tests/test_records.py",)),
    "lexicon": (("lexicon/*.py",), ("tests/lexicon",)),
    "assertion": (
        ("pipeline/assertion.py", "pipeline/cues.py"),
        ("tests/pipeline/test_assertion.py", "tests/pipeline/test_cues.py"),
    ),
    "studies": (("studies/*.py", "!classifier.py"), ("tests/studies",)),
    "evidence": (("evidence/*.py",), ("tests/evidence",)),
}
"""By group: the modules to break, the tests that must notice. Not the trained tagger, whose tests train."""
LEFT_OUT = (
    "tests/evidence/test_killed.py",
    "tests/studies/test_classifier.py",
    "tests/studies/test_real_records.py",
)
"""They start processes that would run the sound code, train, or need data that is not everywhere. Tests of
how time grows with length are left out too, by their names: each takes longer than all others together."""
SAME = ("Is", "IsNot")
"""``is`` for ``==`` between what Python keeps once (short words, small numbers) changes nothing."""


class Mutant(NamedTuple):
    """A place in a module and what to do to it."""

    module: str
    operator: str
    occurrence: int
    line: int


class _Places(Visitor):
    def __init__(self, operator: Any) -> None:
        self.operator, self.found = operator, []  # type: Any, list[tuple[tuple[int, int], tuple[int, int]]]

    def visit(self, node: Any) -> Any:
        self.found += self.operator.mutation_positions(node)
        return node


def places(path: Path) -> dict[tuple[tuple[int, int], tuple[int, int]], list[Mutant]]:
    """Return the mutants of a module by the place that they change, those that cannot matter left out."""
    source = path.read_text(encoding="utf-8")
    tree, idle, lines = get_ast(source), list(_idle(source)), source.splitlines()
    module = path.relative_to(PACKAGE).as_posix()
    found: dict[Any, list[Mutant]] = {}
    for name in sorted(operator_names()):
        if "Variable" in name or name.endswith(SAME):
            continue
        visitor = _Places(get_operator(name)())
        visitor.walk(tree)
        for n, (start, end) in enumerate(visitor.found):
            removed = name.endswith("RemoveDecorator")
            cached = removed and any(word in lines[start[0] - 1] for word in ("cache", "overload"))
            if not cached and not any(a <= start and end <= b for a, b in idle):
                found.setdefault((start, end), []).append(Mutant(module, name, n, start[0]))
    return found


def _idle(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield what no test could notice: annotations, imports for the type checker, sizes of caches."""
    for node in ast.walk(ast.parse(source)):
        parts = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.FunctionDef):
            parts += [made for made in node.decorator_list if "lru_cache" in ast.unparse(made)]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts.append(node)
        for part in filter(None, parts):
            yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def sample(group: str, number: int, seed: int) -> list[Mutant]:
    """Draw ``number`` mutants of a group: a place, then one of what can be done to it."""
    patterns = GROUPS[group][0]
    paths = sorted(
        path
        for pattern in patterns
        for path in ([] if pattern.startswith("!") else PACKAGE.glob(pattern))
        if f"!{path.name}" not in patterns
    )
    all_places = [mutants for path in paths for mutants in places(path).values()]
    chance = random.Random(f"{seed} {group}")
    return [chance.choice(mutants) for mutants in chance.sample(all_places, min(number, len(all_places)))]


def changed(mutant: Mutant) -> tuple[str, str]:
    """Return the source of the mutant's module, and of the mutant."""
    source = (PACKAGE / mutant.module).read_text(encoding="utf-8")
    operator = get_operator(mutant.operator)()
    new = cosmic_ray.mutating.mutate_code(source, operator, mutant.occurrence)
    assert new is not None
    return source, new


class _Loader(importlib.machinery.SourceFileLoader):
    source = ""

    def get_code(self, fullname: str) -> Any:
        return compile(self.source, self.path, "exec")


class _Finder:
    """Gives the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant, source: str) -> None:
        parts = ("leukonlp", *Path(mutant.module).with_suffix("").parts)
        self.name = ".".join(part for part in parts if part != "__init__")
        self.path, self.source = PACKAGE / mutant.module, source

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name != self.name:
            return None
        loader = _Loader(name, str(self.path))
        loader.source = self.source
        where = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=loader, submodule_search_locations=where
        )


class Reached(NamedTuple):
    """What a run on the sound code told: CPU seconds by test, and tests that reach each line of a module."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    @property
    def limit(self) -> int:
        """CPU seconds for one mutant; one that takes longer runs without end, which is noticed."""
        return 10 + 2 * round(sum(self.seconds.values()))

    def rank(self, test: str, mutant: Mutant) -> tuple[int, float]:
        """Order tests: those that reach the line, those that reach the module, others; quick ones first."""
        lines = self.lines.get(mutant.module, {})
        there = test in lines.get(mutant.line, ())
        near = there or any(test in tests for tests in lines.values())
        return 2 - there - near, self.seconds.get(test, 0.0)


class _Recorder:
    """Notes for each test the time it takes and the lines it reaches."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.coverage = coverage.Coverage(data_file=None, source=[str(PACKAGE)], config_file=False)
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        started = time.process_time()
        result = yield
        self.seconds[item.nodeid] = time.process_time() - started
        return result

    def result(self) -> Reached:
        self.coverage.stop()
        data = self.coverage.get_data()
        names = {file: Path(file).relative_to(PACKAGE).as_posix() for file in data.measured_files()}
        return Reached(self.seconds, {names[file]: data.contexts_by_lineno(file) for file in names})


class _Order:
    """Runs the tests first that a mutant has most to fear from."""

    def __init__(self, reached: Reached, mutant: Mutant) -> None:
        self.reached, self.mutant = reached, mutant

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.reached.rank(item.nodeid, self.mutant))


def reached_by(tests: Sequence[str]) -> Reached | None:
    """Run the tests on the sound code; None when one fails."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "reached"

        def work() -> int:
            recorder = _Recorder()
            code = _tested(tests, SECONDS, recorder)
            told.write_bytes(pickle.dumps(recorder.result()))
            return code

        return pickle.loads(told.read_bytes()) if _in_a_fork(work) == 0 else None


def survives(mutant: Mutant, tests: Sequence[str], reached: Reached) -> bool:
    """Tell whether all tests pass with the mutant in place of its module."""

    def work() -> int:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        sys.meta_path.insert(0, _Finder(mutant, changed(mutant)[1]))  # type: ignore[arg-type]
        return _tested(tests, reached.limit, _Order(reached, mutant))

    return _in_a_fork(work) == 0


def _in_a_fork(work: Callable[[], int]) -> int:
    assert "leukonlp" not in sys.modules, "a mutant would come too late"
    child = os.fork()
    if not child:
        try:
            os._exit(work())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    return os.waitpid(child, 0)[1]


def _tested(tests: Sequence[str], seconds: int, plugin: object) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    left_out = [f"--ignore={name}" for name in LEFT_OUT]
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-m", "not shared"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options += ["-k", "not grows and not long_time and not proportion", *left_out]
    code = int(pytest.main([*options, *tests], plugins=[plugin]))
    sys.stdout.flush()
    return code


def shown(mutant: Mutant) -> dict[str, Any]:
    """Return what a mutant changes, for the results."""
    old, new = (text.splitlines() for text in changed(mutant))
    lines = [
        line
        for line in difflib.unified_diff(old, new, n=0, lineterm="")
        if line[:3] not in ("---", "+++", "@@ ")
    ]
    return {**mutant._asdict(), "change": [line[0] + " " + line[1:].strip() for line in lines]}


def tried(group: str, mutants: Sequence[Mutant], reached: Reached) -> list[dict[str, Any]]:
    """Try mutants of one group; return those that no test noticed."""
    started, survivors = time.monotonic(), []
    for n, mutant in enumerate(mutants, start=1):
        if survives(mutant, GROUPS[group][1], reached):
            survivors.append(shown(mutant))
            print(json.dumps(survivors[-1]), flush=True)
        print(
            f"{group}: {n} tried, {len(survivors)} survive, {time.monotonic() - started:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return survivors


def main() -> None:
    """Try the groups named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], default=[])
    parser.add_argument("--number", type=int, default=40, help="mutants of each group")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--again", action="store_true", help="only the survivors of the last run")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src")]
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    results = json.loads(options.out.read_text()) if options.out.exists() else {"groups": {}}
    if not options.again:
        results["seed"] = options.seed
    for group in options.groups or GROUPS:
        if (reached := reached_by(GROUPS[group][1])) is None:
            sys.exit(f"{group}: the tests fail without any mutant")
        held = results["groups"].get(group, {})
        if options.again:
            mutants = [Mutant(*(s[key] for key in Mutant._fields)) for s in held.get("survivors", ())]
        else:
            mutants = sample(group, options.number, options.seed)
            held = {"tried": len(mutants)}
        survivors = tried(group, mutants, reached)
        reasons = {str(s["change"]): s["why"] for s in held.get("survivors", ()) if "why" in s}
        for survivor in survivors:  # why it stays is written by hand, and holds as long as the change does
            survivor["why"] = reasons.get(str(survivor["change"]), "")
        killed = held["tried"] - len(survivors)
        at_first = held.get("killed_at_first", killed)
        results["groups"][group] = {
            "tried": held["tried"],
            "killed_at_first": at_first,  # before tests were mended for the survivors of this very sample
            "killed": killed,
            "survivors": survivors,
        }
        _in_a_fork(lambda: _write(options.out, results))


def _write(path: Path, results: dict[str, Any]) -> int:
    """Write the results with Wilson's interval of each share."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from leukonlp.scoring.intervals import wilson
    from recording import commit

    groups = results["groups"]
    total = {
        key: sum(group[key] for group in groups.values()) for key in ("tried", "killed_at_first", "killed")
    }
    for group in [*groups.values(), total]:
        group["share"] = round(group["killed"] / group["tried"], 3)
        for when, killed in (("", "killed"), ("_at_first", "killed_at_first")):
            ends = wilson(group[killed], group["tried"]) or ()
            group[f"interval_95{when}"] = [round(end, 3) for end in ends]
    about = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "commit": commit(),
        "cosmic_ray": version("cosmic-ray"),
        "seed": results["seed"],
    }
    path.write_text(
        json.dumps({**about, "total": total, "groups": groups}, indent=1) + "\n", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    main()
