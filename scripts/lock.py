"""Writes locks/*.txt: every package that CI installs, at its version, with the SHA-256 of its files.

Asks pip, with each Python named, what it would install under constraints.txt; nothing is installed. Each file
lists what those before it do not: build, run (what users get), dev (tests and lint), train.

    python scripts/lock.py python3.10 python3.11 python3.12
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
GROUPS = ("build", "run", "dev", "train")
NOT_LOCKED = frozenset({"torch", "triton"})
"""Their builds differ by where they come from (processor or graphics card); constraints.txt pins them."""
NOT_ON = {"3.10": ("train",)}
"""The pinned transformers needs Python 3.11."""
HEAD = """# Written by scripts/lock.py; Linux on x86_64, Python 3.10, 3.11 and 3.12.
# pip install --no-deps --require-hashes -r locks/{group}.txt
"""


def asked(group: str) -> list[str]:
    """Return the requirements of a group, those of earlier groups included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tools = [*project["build-system"]["requires"], "editables", "setuptools", "pip"]
    extras = project["project"]["optional-dependencies"]
    found = [*tools]
    if group != "build":
        found += project["project"]["dependencies"]
    if group in ("dev", "train"):
        found += list(_plain(extras["dev"], extras))
    if group == "train":
        found += list(_plain(extras["train"], extras))
    return found


def _plain(lines: Iterable[str], extras: dict[str, list[str]]) -> Iterator[str]:
    for line in lines:
        requirement = Requirement(line)
        if requirement.name == "leukonlp":
            for extra in sorted(requirement.extras):
                yield from _plain(extras[extra], extras)
        else:
            yield line


def resolve(python: str, group: str) -> dict[str, tuple[str, str]]:
    """Return the version and the SHA-256 of each file that ``python`` would install, by package."""
    command = [python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    command += ["-c", str(ROOT / "constraints.txt"), *asked(group)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found = {}
    for item in json.loads(done.stdout)["install"]:
        name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
        if name not in NOT_LOCKED and not name.startswith(("nvidia-", "cuda-")):
            digest = item["download_info"]["archive_info"]["hash"]
            found[name] = (item["metadata"]["version"], digest.replace("=", ":"))
    return found


def lines(found: dict[str, dict[str, tuple[str, str]]]) -> Iterator[str]:
    """Return the lines of a lock, from what each version of Python installs."""
    names = sorted({name for packages in found.values() for name in packages})
    for name in names:
        pythons, hashes = defaultdict(list), defaultdict(set)
        for python, packages in found.items():
            if name in packages:
                version, digest = packages[name]
                pythons[version].append(python)
                hashes[version].add(digest)
        for version, where in sorted(pythons.items()):
            only = "" if len(where) == len(found) else f"; {_marker(where)}"
            yield " \\\n".join(
                [f"{name}=={version}{only}", *(f"    --hash={h}" for h in sorted(hashes[version]))]
            )


def _marker(pythons: list[str]) -> str:
    return " or ".join(f'python_version == "{python}"' for python in pythons)


def main() -> None:
    """Write all locks, for the Pythons named."""
    pythons = sys.argv[1:] or [sys.executable]
    tell = "import sys; print('%d.%d' % sys.version_info[:2])"
    versions = {
        subprocess.run([p, "-c", tell], stdout=subprocess.PIPE, check=True, text=True).stdout.strip(): p
        for p in pythons
    }
    if set(versions) != {"3.10", "3.11", "3.12"}:
        sys.exit(f"name one interpreter each of Python 3.10, 3.11 and 3.12; given {', '.join(versions)}")
    earlier: dict[str, set[str]] = defaultdict(set)
    for group in GROUPS:
        print(f"{group} ...", file=sys.stderr)
        found = {
            version: resolve(python, group)
            for version, python in sorted(versions.items())
            if group not in NOT_ON.get(version, ())
        }
        new = {
            version: {name: what for name, what in packages.items() if name not in earlier[version]}
            for version, packages in found.items()
        }
        for version, packages in found.items():
            earlier[version] |= packages.keys()
        path = ROOT / "locks" / f"{group}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD.format(group=group) + "\n".join(lines(new)) + "\n", encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len({n for p in new.values() for n in p})} packages")


if __name__ == "__main__":
    main()
