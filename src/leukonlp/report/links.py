"""Addresses the page may link to; owns the allowed sites, and refuses everything else."""

from __future__ import annotations

import re
from urllib.parse import quote

_PMID = re.compile(r"[0-9]{1,8}\Z")
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]{1,300}\Z")
_REGISTERS = (
    (re.compile(r"(NCT[0-9]{8})\Z"), "https://clinicaltrials.gov/study/{}"),
    (re.compile(r"(ISRCTN[0-9]{8})\Z"), "https://www.isrctn.com/{}"),
    (re.compile(r"CRD([0-9]{11,14})\Z"), "https://www.crd.york.ac.uk/PROSPERO/view/CRD{}"),
    (
        re.compile(r"(20[0-9]{2}-[0-4][0-9]{5}-[0-9]{2})\Z"),
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{}",
    ),
    (
        re.compile(r"(20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2})\Z"),
        "https://euclinicaltrials.eu/ctis-public/view/{}",
    ),
    (
        re.compile(r"((?!NCT|ISRCTN|CRD)j?[A-Z]{2,7}[A-Za-z0-9/-]{4,24})\Z"),
        "https://trialsearch.who.int/Trial2.aspx?TrialID={}",
    ),
)
"""First match wins; the last is the portal of the WHO, which knows every primary register by number."""


def pubmed(pmid: str | None) -> str | None:
    """Return the PubMed page of a PMID of 1 to 8 digits; None for any other id."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid and _PMID.match(pmid) else None


def trial(number: str | None) -> str | None:
    """Return the page of a registration in its register, or in the WHO's portal; None for no such number."""
    for pattern, address in _REGISTERS:
        if match := pattern.match(number or ""):
            return address.format(quote(match[1], safe=""))
    return None


def doi(value: str | None) -> str | None:
    """Return the resolver's page of a DOI; None for anything that is none."""
    return f"https://doi.org/{quote(value, safe='/')}" if value and _DOI.match(value) else None
