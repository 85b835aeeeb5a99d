"""The funnel in the terms of PRISMA 2020, and the CSV that the R package PRISMA2020 draws it from.

PRISMA 2020: Page et al., BMJ 2021;372:n71. PRISMA2020: Haddaway et al., Campbell Syst Rev 2022;18:e1230.
Everything was done by a program on title and abstract: what it set aside as off topic is "marked as
ineligible by automation tools", and no full text was sought.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

_BOXES = (
    # data, node, box, text of the box; the names are those that PRISMA2020 looks for
    ("", "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review"),
    ("previous_reports", "", "box1", "Reports of studies included in previous version of review"),
    ("", "node6", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", "", "box2", "Specific Databases"),
    ("register_results", "", "box2", "Registers"),
    ("register_specific_results", "", "box2", "Specific Registers"),
    ("", "node16", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", "", "box11", "Organisations"),
    ("citations_results", "", "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", "", "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", "", "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review"),
    ("new_reports", "", "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", "", "box16", "Reports of total included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
)


def numbers(funnel: Mapping[str, int]) -> dict[str, int | str]:
    """Return the funnel by the names of PRISMA2020; a name that is absent is 0."""
    included = funnel["with_modality"]
    return {
        "database_results": funnel["records"],
        "database_specific_results": f"Records of the index, {funnel['records']}",
        "excluded_automatic": funnel["records"] - funnel["relevant"],
        "records_screened": funnel["relevant"],
        "records_excluded": funnel["retracted"],
        "dbr_sought_reports": funnel["counted"],
        "dbr_assessed": funnel["counted"],
        "dbr_excluded": f"No treatment studied, {funnel['counted'] - included}",
        "new_studies": included,
        "new_reports": included,
        "total_studies": included,
        "total_reports": included,
    }


def table(funnel: Mapping[str, int]) -> str:
    """Return the CSV: ``PRISMA_flowdiagram(PRISMA_data(read.csv("prisma.csv")))`` draws it in R."""
    known: Mapping[str, Any] = {
        "register_specific_results": "Registers, 0",
        "other_excluded": "None, 0",
        **numbers(funnel),
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("data", "node", "box", "description", "boxtext", "tooltips", "url", "n"))
    for data, node, box, text in _BOXES:
        tooltip = text if node else "NA"
        writer.writerow(
            (data or "NA", node or "NA", box, text, text, tooltip, f"{data or box}.html", known.get(data, 0))
        )
    return out.getvalue()
