"""A trained tagger on disk: skops, a card, and hashes. Nothing in it can run code on loading.

skops (https://skops.readthedocs.io) rebuilds objects of types that are named beforehand; a file that asks
for any other is refused. The version of scikit-learn that wrote it is kept: another may read it differently.
"""

from __future__ import annotations

import json
import warnings
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import sklearn
import skops.io
from sklearn.exceptions import InconsistentVersionWarning

from leukonlp.errors import InputError, ModelError
from leukonlp.packaged import model, write_sums
from leukonlp.studies.classifier import StudyTagger
from leukonlp.studies.labels import LABEL_SCHEME

FILE, META = "tagger.skops", "meta.json"
TRUSTED = ("leukonlp.studies.classifier.StudyTagger", "leukonlp.studies.judge.TreatmentJudge")
"""Types beside those that skops trusts by itself."""


def save(tagger: StudyTagger, folder: Path, thresholds: dict[str, Any], **meta: Any) -> None:
    """Write a fitted tagger, its operating points, what is to be known of it, and hashes into ``folder``.

    Args:
        tagger: a fitted tagger.
        folder: made where it is missing.
        thresholds: operating points by field and label, see :mod:`leukonlp.studies.operating`.
        meta: further entries of ``meta.json``, such as what it was trained on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    skops.io.dump(tagger, folder / FILE, compression=ZIP_DEFLATED, compresslevel=9)
    kept = {"scikit-learn": sklearn.__version__, "labels": LABEL_SCHEME, **meta, "thresholds": thresholds}
    (folder / META).write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_sums(folder)


def load(folder: Path) -> tuple[StudyTagger, dict[str, Any]]:
    """Return a tagger and its ``meta.json``.

    Raises:
        ModelError: a file is missing or damaged, holds a type that is not trusted, speaks of another label
            scheme, or was written by another minor version of scikit-learn and cannot be read by this one.
    """
    try:
        meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
        if not isinstance(meta, dict) or "thresholds" not in meta:
            raise ValueError(f"{META} names no thresholds")
        unknown = sorted(set(skops.io.get_untrusted_types(file=folder / FILE)) - set(TRUSTED))
    except Exception as error:  # a damaged archive fails in many ways
        raise ModelError(
            f"{folder} holds no tagger that can be read ({error}); install leukonlp anew"
        ) from error
    if unknown:
        raise ModelError(
            f"{folder / FILE} holds {', '.join(unknown)}, which is not trusted; "
            "take the file that leukonlp ships"
        )
    if meta.get("labels") != LABEL_SCHEME:
        raise ModelError(
            f"{folder} speaks label scheme {meta.get('labels')}, this leukonlp speaks {LABEL_SCHEME}; "
            "train it anew with `leukonlp train studies`"
        )
    return _loaded(folder, meta), meta


def _loaded(folder: Path, meta: dict[str, Any]) -> StudyTagger:
    written, here = str(meta.get("scikit-learn")), sklearn.__version__
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", InconsistentVersionWarning)  # told below, with what to do
            tagger = skops.io.load(folder / FILE, trusted=list(TRUSTED))
    except Exception as error:
        if written == here:
            raise ModelError(
                f"{folder / FILE} is damaged ({error}); install leukonlp anew, or train it anew with "
                "`leukonlp train studies`"
            ) from error
        raise ModelError(
            f"{folder / FILE} was written by scikit-learn {written} and cannot be read by {here} ({error}); "
            f"install scikit-learn {written}, or train it anew with `leukonlp train studies`"
        ) from error
    if written.split(".")[:2] != here.split(".")[:2]:
        warnings.warn(
            f"the study tagger was trained with scikit-learn {written}, this is {here}: probabilities may "
            "differ slightly; `leukonlp train studies` trains it anew",
            stacklevel=3,
        )
    if not isinstance(tagger, StudyTagger):
        raise ModelError(
            f"{folder / FILE} holds a {type(tagger).__name__}, no StudyTagger; install leukonlp anew"
        )
    if not hasattr(tagger, "judge_"):
        raise ModelError(
            f"{folder / FILE} was trained by an earlier leukonlp and has no judge of treatments; "
            "train it anew with `leukonlp train studies`"
        )
    return tagger


@lru_cache(maxsize=4)
def load_named(name: str) -> tuple[StudyTagger, dict[str, Any]]:
    """Return a tagger and its ``meta.json``, read once for each process: a packaged one, or that of a folder.

    Raises:
        ModelError: as :func:`load`, or a packaged file has not the hash that was recorded.
    """
    with suppress(InputError):  # no packaged model has this name: a folder
        return load(model(name))
    return load(Path(name))
