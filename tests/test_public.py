"""The public face: which names there are, and that importing them costs and does nothing."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest

import leukonlp

NAMES = [
    "Abstract",
    "Accession",
    "Concept",
    "Correction",
    "Deletion",
    "EvidenceIndex",
    "Fact",
    "Failure",
    "FetchError",
    "IndexFileError",
    "InputError",
    "LeukonlpError",
    "Lexicon",
    "LexiconError",
    "Link",
    "Mention",
    "MeshHeading",
    "Qualifier",
    "QueryError",
    "Quote",
    "Section",
    "Settings",
    "SettingsError",
    "Study",
    "Tag",
    "Term",
    "annotate",
    "load",
    "load_lexicon",
    "load_settings",
    "read",
    "show",
]
HEAVY = (
    "spacy",
    "scispacy",
    "numpy",
    "scipy",
    "sklearn",
    "pandas",
    "lxml",
    "Bio",
    "sqlite3",
    "joblib",
    "jinja2",
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


def test_public_names() -> None:
    assert leukonlp.__all__ == NAMES
    assert leukonlp.__all__ == sorted(leukonlp.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_and_described(name: str) -> None:
    value = getattr(leukonlp, name)
    assert value.__doc__
    assert value.__module__.startswith("leukonlp")
    assert name in dir(leukonlp)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'StudyTager'"):
        leukonlp.StudyTager  # noqa: B018


def test_version_is_that_of_the_installed_package() -> None:
    try:
        installed = importlib.metadata.version("leukonlp")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("leukonlp runs from the checkout and is not installed")
    assert leukonlp.__version__ == installed


@pytest.mark.parametrize("module", ["leukonlp", "leukonlp.cli", "leukonlp.config", "leukonlp.records"])
def test_importing_loads_nothing_heavy_and_says_nothing(module: str) -> None:
    done = run(f"import sys, {module}; print([n for n in {HEAVY!r} if n in sys.modules])")
    assert (done.stdout, done.stderr, done.returncode) == ("[]\n", "", 0)


def test_importing_touches_no_files(tmp_path: object) -> None:
    opened = (
        "import sys, os\n"
        "seen = []\n"
        "def hook(event, args):\n"
        "    code = str(args[0]).endswith(('.py', '.pyc')) if event == 'open' else True\n"
        "    if not code and args[1] not in (None, 'r', 'rb'):\n"
        "        seen.append(args[0])\n"
        "sys.addaudithook(hook)\n"
        "import leukonlp, leukonlp.cli\n"
        "print(seen)\n"
    )
    assert run(f"import sys; sys.dont_write_bytecode = True\n{opened}").stdout == "[]\n"


def test_entry_points_name_the_factories() -> None:
    points = importlib.metadata.entry_points(group="spacy_factories")
    ours = {point.name: point.value for point in points if point.name.startswith("leukonlp_")}
    if not ours:
        pytest.skip("leukonlp runs from the checkout and is not installed")
    from leukonlp.pipeline.build import COMPONENTS

    assert set(COMPONENTS) <= set(ours)
    for point in points:
        if point.name in ours:
            assert callable(point.load())
