"""Writes the bill of materials of a release, as CycloneDX JSON: ``python scripts/sbom.py OUT.cdx.json``.

Lists what ``pip install leukonlp`` brings here, with versions, licences and who needs what, and the trained
models inside the wheel with their hashes. Equal contents give equal bytes.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import distribution, version
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from licences import licence, needed

ROOT = Path(__file__).resolve().parents[1]


def bill() -> Bom:
    """Return the bill of what is installed here."""
    names = sorted(needed("leukonlp"))
    parts = {name: _package(name) for name in names}
    bom = Bom()
    bom.metadata.component = root = parts["leukonlp"]
    models = [_model(folder) for folder in sorted((ROOT / "models").iterdir()) if folder.is_dir()]
    bom.components.update([part for part in parts.values() if part is not root], models)
    for name, part in parts.items():
        asked = {canonicalize_name(Requirement(line).name) for line in distribution(name).requires or ()}
        bom.register_dependency(
            part, [parts[other] for other in sorted(asked & parts.keys()) if other != name]
        )
    bom.register_dependency(root, models)
    told = "\n".join(sorted(f"{c.bom_ref} {' '.join(str(h) for h in c.hashes)}" for c in bom.components))
    bom.serial_number = uuid5(NAMESPACE_URL, f"{root.bom_ref}\n{told}")
    return bom


def _package(name: str) -> Component:
    spdx = "Apache-2.0" if name == "leukonlp" else licence(name)
    place = PackageURL("pypi", name=name, version=version(name))
    own = name == "leukonlp"
    return Component(
        name=name,
        version=version(name),
        type=ComponentType.APPLICATION if own else ComponentType.LIBRARY,
        licenses=[LicenseFactory().make_from_string(_SPDX.get(spdx, spdx))],
        purl=place,
        bom_ref=str(place),
    )


_SPDX = {"Biopython": "Biopython License Agreement"}
"""What is no SPDX name is given as text."""


def _model(folder: Path) -> Component:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    sums = [line.split(maxsplit=1) for line in (folder / "SHA256SUMS").read_text().splitlines()]
    return Component(
        name=folder.name,
        version=str(meta.get("version", "")) or None,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        licenses=[LicenseFactory().make_from_string(meta.get("license", "Apache-2.0"))],
        bom_ref=f"model:{folder.name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=_digest(folder))],
        properties=[
            Property(name=f"leukonlp:sha256:{name.strip('* ')}", value=digest) for digest, name in sums
        ],
    )


def _digest(folder: Path) -> str:
    from hashlib import sha256

    return sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()


def text() -> str:
    """Return the bill as JSON, without the time of writing."""
    written = json.loads(JsonV1Dot6(bill()).output_as_string())
    written["metadata"].pop("timestamp", None)
    return json.dumps(written, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/sbom.py OUT.cdx.json")
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
