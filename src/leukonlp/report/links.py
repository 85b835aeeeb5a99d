"""Addresses the page may link to; owns the three allowed sites, and refuses everything else."""

from __future__ import annotations

import re
from urllib.parse import quote

_PMID = re.compile(r"[0-9]{1,8}\Z")
_NCT = re.compile(r"NCT[0-9]{8}\Z")
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]{1,300}\Z")


def pubmed(pmid: str | None) -> str | None:
    """Return the PubMed page of a PMID of 1 to 8 digits; None for any other id."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid and _PMID.match(pmid) else None


def trial(number: str | None) -> str | None:
    """Return the ClinicalTrials.gov page of an NCT number; None for other registers."""
    return f"https://clinicaltrials.gov/study/{number}" if number and _NCT.match(number) else None


def doi(value: str | None) -> str | None:
    """Return the resolver's page of a DOI; None for anything that is none."""
    return f"https://doi.org/{quote(value, safe='/')}" if value and _DOI.match(value) else None
