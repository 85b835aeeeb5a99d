"""Names of vectors and of routes of administration, and the words that tell whether they are the study's.

Owns patterns and their triggers only. All are matched on plain text.
"""

from __future__ import annotations

import re
from typing import Final

_SEROTYPE = r"(?:rh\.? ?\d{1,2}|hu\.? ?\d{1,2}|php\.?e?b|dj|\d{1,2}(?:/\d{1,2}|/rh\.?\d{1,2})?)"
_GENE = r"(?=[^.;]{0,80}\b(?:vectors?|gene|transduc\w+|transfer|encoding|expressing|carrying|deliver\w+)\b)"

VECTORS: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = (
    (
        "lentiviral",
        ("lentivir", "lentivector", "lenti-d"),
        re.compile(r"\b(?P<vector>lentivir(?:al|us(?:es)?)(?:[ -]vectors?)?|lentivectors?|lenti-d)\b"),
    ),
    (
        "gammaretroviral",
        ("retrovir",),
        re.compile(r"(?<!\w)(?P<vector>(?:gamma|γ)[- ]?retrovir(?:al|us(?:es)?)(?:[ -]vectors?)?)\b"),
    ),
    (
        "retroviral",
        ("retrovir",),
        re.compile(
            r"(?<![\w-])(?<!gamma )(?<!γ )(?P<vector>retrovir(?:al|us)(?:[ -]vectors?|(?:ly|[ "
            r"-]mediated)?[ -](?:gene|transduc\w+)))\b"
        ),
    ),
    (
        "adenoviral",
        ("adenovir", "adenovector"),
        re.compile(
            r"(?<![\w-])(?<!associated )(?P<vector>adenovir(?:al|us)[ -]vectors?|adenovectors?|"
            rf"adenoviral\b{_GENE})"
        ),
    ),
    (
        "AAV",
        ("aav", "adeno-associated", "adenoassociated"),
        re.compile(
            rf"(?<![\w-])(?P<vector>(?:r|sc|ss|rsc|rss|scr)?aav(?:[ "
            rf"-]?(?P<serotype>{_SEROTYPE})(?![\w/]))?(?!\w(?<!\d))"
            rf"|(?:recombinant |self-complementary )*adeno-?associated vir(?:us|al)(?: vectors?)?"
            rf"(?:,? (?:serotype|type|vector)?,? ?(?P<later>{_SEROTYPE})(?![\w/.%]))?)"
        ),
    ),
    ("LNP", ("lipid nanoparticle", "lnp"), re.compile(r"\b(?P<vector>lipid nanoparticles?|lnps?)\b")),
    (
        "non_viral",
        ("viral gene", "viral vector", "viral deliver", "plasmid", "naked dna", "sleeping beauty"),
        re.compile(
            r"(?<!\w)(?P<vector>non-?viral (?:gene|vectors?|deliver\w+)|naked (?:plasmid )?dna|sleeping "
            r"beauty"
            r"|plasmid dna|plasmid (?=(?:\([^)]{1,20}\) )?(?:containing|encoding|expressing|carrying)))"
        ),
    ),
)
"""Kinds of vector, most telling first: value, triggers and the pattern whose group ``vector`` is quoted."""
AAV: Final = re.compile(
    rf" ?(?:\([^)]{{1,20}}\) ?)?(?:vectors? )?(?:serotype|type) ?(?P<serotype>{_SEROTYPE})(?![\w/])"
)
VASCULITIS: Final = re.compile(r"vasculitis|ventilat|assist(?:ed)? ventricular")
NOT_DONE: Final = re.compile(
    r"[^.;,]{0,40}\b(?:is|are|was|were|has been) (?:(?:not|yet|now|still|recently) )*(?:available|"
    r"approved|licensed|"
    r"omitted|avoided|abandoned|withheld)\b"
)
"""What follows a vector or route that is on the market or was left out."""
FOREIGN_VECTOR: Final = re.compile(
    r"(?:\banti-?|antibod(?:y|ies) (?:to|against) |immunity (?:to|against) |seropositive for |infected "
    r"with )(?:r|sc)?$"
)

OTHERS: Final = re.compile(
    r"\b(?:previous(?:ly)?|prior|earlier|failed|failure of|refractory to|history of|instead of|unlike|than|"
    r"alternative to|compared (?:with|to)|versus|vs\.?|rescue|(?<!with or )without|no|not|never|neither|"
    r"avoid\w*|"
    r"currently|"
    r"before|switch(?:ed|ing)? from|conversion from|future|other)\b(?: [\w,/-]+){0,4} ?\(?$"
)
"""Words before what was given to others, earlier, not at all, or for comparison."""

ROUTE_NOUN: Final = re.compile(
    r"(?:[ -](?!and\b|or\b|with\b|in\b|for\b)[\w+/-]+){0,3}?[ -](?:administ\w+|infusions?|injections?|"
    r"dos(?:e|es|ing|age)|deliver\w+|formulation|"
    r"tablets?|capsules?|suspension|solution|route|bolus|gel|cream|ointment|spray|drops|patch|implants?|"
    r"gene "
    r"(?:therapy|transfer)|enzyme replacement|chemotherapy|immunoglobulins?|therapy|treatment|regimens?|"
    r"supplement\w*|\d[\d.,]* ?(?:mg|[µμ]g|g|iu|u|mcg|million|x)\b)|[ ,(]{1,2}\d[\d.,]* ?(?:mg|[µμ]g|g|iu|"
    r"mcg)\b|"
    r" (?:\w+(?:mab|nib|cept|ine|ol|ide|one|ate|in|vir|pril|tan|ron|am|il|an|azole|ase))\b(?! (?:levels?|"
    r"concentrations?|tolerance|challenge))"
)
"""Words after a route that name something given: an infusion, a dose, a drug by the form of its name."""
ROUTE_GIVEN: Final = re.compile(
    r"\b(?:given|receiv\w+|administ\w+|inject\w+|infus\w+|deliver\w+|treated|taken|dosed|take|\d ?(?:mg|"
    r"[µμ]g|g|iu|ml)(?:/[\w/]+)?)\b[^.;:]{0,60}$"
)
NO_ROUTE: Final = re.compile(
    r"[ -](?:drug us|access|lines?\b|cathet|contrast|fluids?\b|inject(?:ing|ion) drug|glucose tolerance|"
    r"contracept|"
    r"cancer|health|mucos|cavity|lesion|hygiene|candid|intake|squamous|ulcer|cephal|microb|flora|disease|"
    r"hemorrhag|haemorrhag|h[ae]*ematoma|pressure|fat\b|tissue|nodul|emphysema|synthesis|igg|ultraso|"
    r"anesth|anaesth|"
    r"complication|surg|presentation|symptom|examination|status|feeding|food|swab|polio|fluid|diet|bleed|"
    r"tumou?r|"
    r"leukopl|lichen|submuc|pain|pathogen|bioavail|clearance|pain|corticosteroid[- ]depend|load|tempera|"
    r"steroids? (?:use|users))"
)

ROUTES: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = tuple(
    (name, tuple(triggers.split("|")), re.compile(rf"(?<![\w-])(?:{form})(?![\w-])"))
    for name, triggers, form in (
        (
            "intracerebroventricular",
            "ventricular|icv",
            r"intra-?(?:cerebro-?)?ventricular(?:ly)?|icv|i\.c\.v\.?",
        ),
        ("intracerebral", "cerebral|parenchymal", r"intra-?cerebral(?:ly)?|intra-?parenchymal(?:ly)?"),
        ("intracranial", "cranial", r"intra-?cranial(?:ly)?"),
        ("intracisternal", "cistern", r"intra-?cistern(?:al|ally|a magna)|(?:into the )?cisterna magna"),
        ("intrathecal", "thecal", r"intra-?thecal(?:ly)?"),
        (
            "intravenous",
            "venous|i.v.| iv|tail vein|tail-vein",
            r"intra-?venous(?:ly)?|i\.v\.?|(?:by|via|through|into) (?:the |a )?tail[- ]vein|(?:(?<=mg )|"
            r"(?<=/kg )|(?<=weekly )|(?<=daily )|"
            r"(?<=given ))iv|iv(?= (?:infus|bol|inject|admin|dos|push|gluc|iron))",
        ),
        ("subcutaneous", "subcut|s.c.|sc ", r"subcutaneous(?:ly)?|s\.c\.?|sc(?= (?:inject|admin|dos|infus))"),
        ("intramuscular", "muscular|i.m.", r"intra-?muscular(?:ly)?|i\.m\.?"),
        (
            "oral",
            "oral|by mouth|p.o.|per os|gavage|drinking water",
            r"oral(?:ly)?|by mouth|p\.o\.?|per os|by (?:oral )?gavage|in (?:the |their )?drinking water",
        ),
        ("inhaled", "inhal|nebuli", r"inhal(?:ed|ation|able)|nebuli[sz]ed"),
        ("topical", "topical", r"topical(?:ly)?"),
        ("intravitreal", "vitreal", r"intra-?vitreal(?:ly)?"),
        ("subretinal", "retinal", r"sub-?retinal(?:ly)?"),
        ("intraperitoneal", "peritoneal|i.p.", r"intra-?peritoneal(?:ly)?|i\.p\.?"),
        ("intranasal", "nasal", r"intra-?nasal(?:ly)?"),
        ("transdermal", "transderm", r"trans-?dermal(?:ly)?"),
        ("intradermal", "intraderm", r"intra-?dermal(?:ly)?"),
        ("sublingual", "lingual", r"sub-?lingual(?:ly)?"),
        ("intra-arterial", "arterial", r"intra-?arterial(?:ly)?"),
        ("intra-articular", "articular", r"intra-?articular(?:ly)?"),
        ("epidural", "epidural", r"(?:epi|extra)dural(?:ly)?"),
        ("rectal", "rectal", r"rectal(?:ly)?"),
        ("vaginal", "vaginal", r"(?:intra-?)?vaginal(?:ly)?"),
        ("intralesional", "lesional", r"intra-?lesional(?:ly)?"),
    )
)
"""Routes: value, triggers, and the words for it."""
