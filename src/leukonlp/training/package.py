"""A trained network as a spaCy pipeline in a folder, ready to be shipped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from confection import Config

from leukonlp import __version__
from leukonlp.packaged import write_sums
from leukonlp.pipeline.build import build_recogniser
from leukonlp.pipeline.recogniser.model import Recogniser, Shape, packed
from leukonlp.training.network import Network, weights_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

META: dict[str, Any] = {
    "name": "leuko_ner",
    "version": __version__,
    "description": "Diseases, genes and chemicals in PubMed abstracts; part of leukonlp",
    "license": "Apache-2.0",
    "url": "",
    "author": "The leukonlp developers",
    "email": "",
    "sources": [
        {"name": name, "url": url, "author": author, "license": terms}
        for name, url, author, terms in (
            ("NCBI-disease", "doi:10.1016/j.jbi.2013.12.006", "Dogan, Leaman, Lu", "public domain"),
            ("BC5CDR", "doi:10.1093/database/baw068", "Li et al.", "public domain"),
            ("BioRED", "doi:10.1093/bib/bbac282", "Luo et al.", "public domain"),
            ("GNormPlus", "doi:10.1155/2015/918710", "Wei, Kao, Lu", "public domain"),
            ("NLM-Gene", "doi:10.1016/j.jbi.2021.103779", "Islamaj et al.", "public domain"),
            ("BC2GM", "doi:10.1186/gb-2008-9-s2-s2", "Smith et al.", "public domain"),
            ("DrugProt", "doi:10.1093/database/baad080", "Miranda-Escalada et al.", "CC BY 4.0"),
            ("NeuroTrialNER", "doi:10.18653/v1/2024.emnlp-main.1050", "Doneva et al.", "MIT"),
        )
    ],
}
"""What ``meta.json`` says of the data; texts are not part of the model."""


def recogniser_of(network: Network, shape: Shape, floret: NDArray[np.float32]) -> Recogniser:
    """Return the network as the recogniser that will be shipped: with weights as they are kept on disk."""
    return Recogniser(shape, packed({**weights_of(network), "table.floret": floret}))


def write_pipeline(recogniser: Recogniser, folder: Path, *, recipe: Path) -> None:
    """Write a spaCy pipeline, its recipe in ``config.cfg``, and the hashes of its files.

    Args:
        recogniser: the trained recogniser.
        folder: where to; made where it is missing.
        recipe: the configuration with the ``[recipe]`` that made it; the folder's own says how to repeat it.
    """
    nlp = build_recogniser(recogniser)
    nlp.config["recipe"] = Config().from_disk(recipe)["recipe"]
    nlp.meta.update(META)
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder, exclude=["vocab"])  # it holds nothing: the network has its own tables
    write_sums(folder)
