"""Sureness: every probability is a figure of the benchmark, and what was hardly measured has none."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from leukonlp import studies
from leukonlp.records import Quote, Study, Tag
from leukonlp.studies import sureness

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "benchmarks" / "results" / "study_rules.json"


def test_the_table_is_the_result_of_the_benchmark() -> None:
    families = json.loads(RESULT.read_text(encoding="utf-8"))["families"]
    measured = {name: (f["agree"], f["n"]) for name, f in families.items() if ":" not in name}
    assert measured == sureness.MEASURED


def test_a_figure_has_two_digits_and_enough_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sureness, "MEASURED", {"a": (20, 30), "b": (29, 29)})
    assert sureness.probability("a") == 0.67
    assert sureness.probability("b") is None
    assert sureness.probability("c") is None


@pytest.mark.parametrize(
    ("field", "label", "words", "start", "design", "family"),
    [
        ("relevant", True, "Krabbe", 0, None, "relevant.yes"),
        ("relevant", False, None, 0, None, "relevant.no"),
        ("phase", "phase_1_2", "Phase 1/2 trial", 0, None, "phase.stated.title"),
        ("phase", "phase_1_2", "phase 1/2 trial", 50, None, "phase.stated.text"),
        ("phase", "phase_1", "first-in-human trial", 50, None, "phase.first_in_human"),
        ("phase", "unphased", "ten boys", 50, "single_arm_trial", "phase.unphased.trial"),
        ("phase", "unphased", "ten boys", 50, "cohort", "phase.unphased.observed"),
        ("phase", "preclinical", "mice", 0, "animal_study", "phase.preclinical"),
        ("design", "cohort", "cohort", 50, None, "design.cohort.text"),
        ("modality", "hsct", "transplant", 0, None, "modality.hsct.title"),
    ],
)
def test_families(
    field: str, label: str | bool, words: str | None, start: int, design: str | None, family: str
) -> None:
    quote = Quote(start, start + len(words), words) if words is not None else None
    tag = Tag(label, None, quote, "text")
    assert sureness.family(field, tag, title_end=20, design=design) == family


def test_a_publication_type_is_a_family_of_its_own() -> None:
    tag = Tag("phase_2", None, None, "publication_type")
    assert sureness.family("phase", tag, title_end=20) == "phase.stated.publication_type"


def test_tags_carry_the_measured_figure(study: Callable[..., Study]) -> None:
    found = study("A phase 2 trial of arsa-cel in metachromatic leukodystrophy", "Ten boys took part.")
    assert found.phase is not None
    assert found.phase.probability == sureness.probability("phase.stated.title")
    assert found.modality[0].probability is None


def test_no_rule_holds_a_guessed_probability() -> None:
    """No Tag is built with a number outside ``sureness``."""
    for path in Path(studies.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in ("Tag", "Rule"):
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                numbers = [v for v in values if isinstance(v, ast.Constant) and isinstance(v.value, float)]
                assert not numbers, f"{path.name}:{node.lineno}"


def test_labels_alone_load_no_rule() -> None:
    code = "import sys, leukonlp.studies.labels; print([m for m in sys.modules if 'studies.' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['leukonlp.studies.labels']"


def test_assess_comes_with_its_first_use() -> None:
    assert callable(studies.assess)
    with pytest.raises(AttributeError, match="no attribute 'asess'"):
        studies.asess  # type: ignore[attr-defined]  # noqa: B018
