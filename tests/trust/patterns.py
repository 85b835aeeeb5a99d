"""Every regular expression of the package, and strings made to keep each of them busy.

Patterns come from the values of all modules (constants, also inside tables, dataclasses and bound
methods) and from the source text (patterns written in a call such as ``re.sub(r"...", ...)``).
Strings come from a list of runs that trouble most patterns, and from the pattern itself: what its
repeats repeat, many times over, with the start of a match before and no end after.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import random
import re
import signal
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import leukonlp

if sys.version_info >= (3, 11):
    from re import _constants as sre_constants
    from re import _parser as sre_parse
else:
    import sre_constants
    import sre_parse

# What runs in a trainer's own process, on text of the trainer's own choice, needs the training extra.
LEFT_OUT = ("leukonlp.training", "leukonlp.__main__")
_CALLS = frozenset("compile search match fullmatch finditer findall sub subn split".split())


@dataclass(frozen=True)
class Found:
    """A pattern and the place it was found at."""

    where: str
    pattern: re.Pattern[Any]


def collect() -> tuple[list[Found], list[str]]:
    """Return every pattern once, and the calls whose pattern is known only while they run."""
    found: dict[tuple[Any, int], Found] = {}
    open_calls: list[str] = []
    for module in _modules():
        for where, pattern in [*_values(module), *_written(module, open_calls)]:
            found.setdefault((pattern.pattern, pattern.flags), Found(where, pattern))
    return list(found.values()), open_calls


def _modules() -> Iterator[types.ModuleType]:
    for info in pkgutil.walk_packages(leukonlp.__path__, "leukonlp."):
        if not info.name.startswith(LEFT_OUT):
            yield importlib.import_module(info.name)


def _values(module: types.ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for name, value in list(vars(module).items()):
        for pattern in _within(value, set()):
            yield f"{module.__name__}.{name}", pattern


def _within(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
        return
    if isinstance(value, (str, bytes, int, float, type(None))) or id(value) in seen:
        return
    seen.add(id(value))
    for part in _parts(value):
        yield from _within(part, seen)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return value
    if isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or () if _is_filled(cell)]
        return [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
    if isinstance(value, (types.BuiltinMethodType, types.MethodType)):
        return [value.__self__]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    if type(value).__module__.startswith("leukonlp") and hasattr(value, "__dict__"):
        return list(vars(value).values())
    return []


def _is_filled(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def _written(module: types.ModuleType, open_calls: list[str]) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        owner = node.func.value
        if not (isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in _CALLS):
            continue
        where = f"{module.__name__}: {ast.unparse(node)}"
        try:
            names = {**vars(module)}
            pattern = eval(compile(ast.Expression(node.args[0]), "pattern", "eval"), names)
            flags = [word.value for word in node.keywords if word.arg == "flags"]
            bits = eval(compile(ast.Expression(flags[0]), "flags", "eval"), names) if flags else 0
            yield where, pattern if isinstance(pattern, re.Pattern) else re.compile(pattern, bits)
        except NameError:
            open_calls.append(where)


RUNS = (
    *("a", "1", " ", "-", "(", "a ", "1,", "a-", "a, ", "12 111 ", "patients and "),
    *("A", ".", ",", "Ab ", "12 ", "1.", "( ", "(a", "(a)", ") ", "[(", "n=", "1-", "1/", "one ", "of the "),
    *("1 and 2, ", "phase 1 ", "the 12 ", "years ", "\n", "A: ", "mg/kg ", "10 ^", "β-"),
)
FEW = 11
"""The first of them find nearly all that is to be found."""


def attacks(pattern: re.Pattern[Any], length: int, *, all_of_them: bool = True) -> Iterator[str | bytes]:
    """Make the strings of about ``length`` characters that this pattern has to get through."""
    is_bytes = isinstance(pattern.pattern, bytes)
    runs, seeds = (RUNS, (1, 2)) if all_of_them else (RUNS[:FEW], (1,))
    units = [(unit, "", "") for unit in runs] + _pumps(pattern, seeds)
    for unit, before, after in dict.fromkeys(units):
        text = before + unit * (length // len(unit)) + after
        yield text.encode("utf-8", "replace") if is_bytes else text


def _pumps(pattern: re.Pattern[Any], seeds: tuple[int, ...]) -> list[tuple[str, str, str]]:
    """What the pattern's own repeats repeat, alone, after a start, and as many starts."""
    tree = sre_parse.parse(pattern.pattern, pattern.flags & ~re.UNICODE & ~re.DEBUG)
    pumps: list[tuple[str, str, str]] = []
    for seed in seeds:
        rand = random.Random(seed)
        whole = _sample(tree, rand)
        if whole:
            pumps += [(whole, "", "\0"), (whole + " ", "", "\0"), (whole[:-1] or whole, "", "\0")]
        for before, unit in _repeats(tree, "", rand):
            pumps += [(unit, before, "\0"), (unit + " ", before, "\0")]
            if before:
                pumps += [(before, "", "\0"), (before + unit, "", "\0"), (before + unit * 3, "", "\0")]
    return [pump for pump in pumps if pump[0]]


def _repeats(tree: Any, before: str, rand: random.Random) -> Iterator[tuple[str, str]]:
    for operator, argument in tree:
        name = str(operator)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, high, body = argument
            if high is sre_constants.MAXREPEAT or high > 3:
                yield before, _sample(body, rand)
            yield from _repeats(body, before, rand)
        elif name == "SUBPATTERN":
            yield from _repeats(argument[3], before, rand)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _repeats(branch, before, rand)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(argument, before, rand)
        before += _sample([(operator, argument)], rand)


def _sample(tree: Any, rand: random.Random) -> str:
    """Write one string that the tree would match, but for what looks around."""
    return "".join(_one(str(operator), argument, rand) for operator, argument in tree)


def _one(name: str, argument: Any, rand: random.Random) -> str:
    if name == "LITERAL":
        return chr(argument)
    if name == "NOT_LITERAL":
        return "a" if argument != ord("a") else "b"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _member(argument, rand)
    if name == "BRANCH":
        return _sample(rand.choice(argument[1]), rand)
    if name == "SUBPATTERN":
        return _sample(argument[3], rand)
    if name == "ATOMIC_GROUP":
        return _sample(argument, rand)
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        low, high, body = argument
        times = min(max(low, 1), high if high is not sre_constants.MAXREPEAT else 2)
        return "".join(_sample(body, rand) for _ in range(times))
    return ""


_KINDS = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_SPACE": " ",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_NOT_WORD": " ",
}


def _member(items: Any, rand: random.Random) -> str:
    if str(items[0][0]) == "NEGATE":
        taken = {chr(value) for operator, value in items if str(operator) == "LITERAL"}
        kinds = {str(value) for operator, value in items if str(operator) == "CATEGORY"}
        spaces = "" if "CATEGORY_SPACE" in kinds else " "
        return next(c for c in f"ab1-x{spaces}\n~" if c not in taken)
    operator, value = rand.choice(items)
    name = str(operator)
    return chr(value) if name == "LITERAL" else chr(value[0]) if name == "RANGE" else _KINDS[str(value)]


class TooLong(BaseException):
    """A search used up its share of the processor."""


def seconds(work: Callable[[], object], limit: float) -> float:
    """CPU seconds of ``work``, infinite when over ``limit``.

    The alarm counts the processor's time, not the clock's: a busy machine changes nothing. The engine of
    ``re`` looks for alarms every few thousand steps, so that even an endless match ends.
    """

    started = time.process_time()
    try:
        with at_most(limit):
            work()
        return time.process_time() - started
    except TooLong:  # also one that went off just after the work was done
        return float("inf")


@contextmanager
def at_most(limit: float) -> Iterator[None]:
    """Raise :class:`TooLong` once what is done here takes more than ``limit`` seconds of the processor."""

    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, end)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def only_at_start() -> set[str]:
    """Names of constants that only ever go through ``match`` or ``fullmatch``: one place each time."""
    uses: dict[str, set[str]] = {}
    for module in _modules():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else owner.attr
                uses.setdefault(name, set()).add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                uses.setdefault(node.id, set()).add("")
    return {
        name for name, methods in uses.items() if methods - {""} and methods - {""} <= {"match", "fullmatch"}
    }
