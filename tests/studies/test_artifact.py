"""A tagger on disk comes back the same, runs nothing, and says what to do when it cannot be read."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import sklearn
import skops.io
from sklearn.linear_model import LinearRegression

from leukonlp import packaged
from leukonlp.errors import ModelError
from leukonlp.records import Study
from leukonlp.studies import artifact
from leukonlp.studies.classifier import StudyTagger

Examples: TypeAlias = Callable[..., tuple[list[Study], list[dict[str, Any]]]]
POINTS = {"design": {"cohort": {"balanced": {"threshold": 0.5}}}}


class Stranger:
    """A type that nobody trusts."""


@pytest.fixture
def folder(tmp_path: Path, examples: Examples) -> Path:
    """A tagger, saved."""
    path = tmp_path / "models" / "toy"
    artifact.save(StudyTagger(folds=2).fit(*examples(4)), path, POINTS, n_studies=20)
    return path


def change(folder: Path, **entries: Any) -> None:
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | entries))


def test_round_trip(folder: Path, examples: Examples) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tagger, meta = artifact.load(folder)
    assert meta == {
        "labels": "1",
        "n_studies": 20,
        "scikit-learn": sklearn.__version__,
        "thresholds": POINTS,
    }
    studies, labels = examples(4)
    before = StudyTagger(folds=2).fit(studies, labels)
    assert tagger.get_params() == before.get_params()
    for field, rows in before.predict_proba(studies).items():
        assert tagger.predict_proba(studies)[field].tolist() == rows.tolist()
    assert tagger.predict(studies) == before.predict(studies)


def test_it_holds_no_pickle_and_only_our_own_type(folder: Path) -> None:
    with zipfile.ZipFile(folder / "tagger.skops") as archive:
        names = archive.namelist()
    assert {Path(name).suffix for name in names} == {".json", ".npy"}
    assert set(skops.io.get_untrusted_types(file=folder / "tagger.skops")) == set(artifact.TRUSTED)
    assert {path.name for path in folder.iterdir()} == {"tagger.skops", "meta.json", "SHA256SUMS"}


def test_a_saved_tagger_can_be_packaged_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "_roots", lambda: (folder.parents[1],))
    assert packaged.model("toy") == folder
    assert artifact.load_named("toy")[1]["thresholds"] == POINTS


@pytest.mark.parametrize("name", ["tagger.skops", "meta.json"])
def test_a_changed_byte_of_a_packaged_tagger_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(packaged, "_roots", lambda: (folder.parents[1],))
    artifact.load_named.cache_clear()
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(bytes(data))
    with pytest.raises(ModelError, match=f"{name} changed, came or went; install leukonlp anew"):
        artifact.load_named("toy")


def test_a_changed_byte_of_a_folder_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "tagger.skops") as archive:
        largest = max(archive.infolist(), key=lambda info: info.compress_size)
    data = bytearray((folder / "tagger.skops").read_bytes())
    data[largest.header_offset + 80 + largest.compress_size // 2] ^= 1
    (folder / "tagger.skops").write_bytes(bytes(data))
    with pytest.raises(ModelError, match=r"(damaged|can be read).*install leukonlp anew"):
        artifact.load(folder)


@pytest.mark.parametrize("name", ["tagger.skops", "meta.json"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match="holds no tagger that can be read.*install leukonlp anew"):
        artifact.load(folder)


@pytest.mark.parametrize("meta", ["[]", "{}", '{"labels": "1"}', "{"])
def test_a_card_that_says_nothing(folder: Path, meta: str) -> None:
    (folder / "meta.json").write_text(meta)
    with pytest.raises(ModelError, match="holds no tagger that can be read.*install leukonlp anew"):
        artifact.load(folder)


def test_an_untrusted_type_is_refused_by_name(folder: Path) -> None:
    skops.io.dump({"tagger": Stranger()}, folder / "tagger.skops")
    with pytest.raises(ModelError, match=r"holds .*Stranger, which is not trusted; take the file"):
        artifact.load(folder)


def test_a_trusted_thing_that_is_no_tagger_is_refused(folder: Path) -> None:
    skops.io.dump(LinearRegression(), folder / "tagger.skops")
    with pytest.raises(ModelError, match="holds a LinearRegression, no StudyTagger"):
        artifact.load(folder)


def test_another_label_scheme_is_refused(folder: Path) -> None:
    change(folder, labels="0")
    with pytest.raises(ModelError, match=r"label scheme 0, .* speaks 1; train it anew with `leukonlp train"):
        artifact.load(folder)


def test_another_minor_version_of_scikit_learn_is_warned_about(folder: Path) -> None:
    change(folder, **{"scikit-learn": "1.1.3"})
    with pytest.warns(UserWarning, match=r"scikit-learn 1\.1\.3, this is .* `leukonlp train studies`"):
        artifact.load(folder)


def test_a_tagger_of_before_there_was_a_judge_is_refused(folder: Path) -> None:
    tagger, meta = artifact.load(folder)
    del tagger.judge_
    artifact.save(tagger, folder, meta["thresholds"])
    with pytest.raises(ModelError, match=r"no judge of treatments; train it anew with `leukonlp train"):
        artifact.load(folder)


def test_another_patch_of_scikit_learn_is_no_matter(folder: Path) -> None:
    change(folder, **{"scikit-learn": ".".join([*sklearn.__version__.split(".")[:2], "99"])})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        artifact.load(folder)


def test_what_another_scikit_learn_wrote_and_this_cannot_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise ValueError("no such loss")

    change(folder, **{"scikit-learn": "1.1.3"})
    monkeypatch.setattr(skops.io, "load", fail)
    with pytest.raises(ModelError, match=r"no such loss\); install scikit-learn 1\.1\.3, or train it anew"):
        artifact.load(folder)
