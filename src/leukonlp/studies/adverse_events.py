"""Harms that people of the study suffered; a harm that is denied, feared or only measured is none."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.reading import Part, Reading

_EVENTS: tuple[tuple[str, str, str], ...] = (
    (
        "graft-versus-host disease",
        "host|gvhd",
        r"(?:(?:grades? (?:[i1-4v]+(?: ?(?:-|to) ?[i1-4v]+)?) )?(?:acute|chronic|extensive|"
        r"severe)? ?(?:acute |chronic )?(?:graft[- ](?:versus|vs\.?|v)[- ]host disease|[ac]?gvhd))",
    ),
    (
        "graft failure",
        "graft|engraft",
        r"(?:(?:primary |secondary )?graft (?:failure|rejection|loss)|(?:failed|failure) (?:to engraft|"
        r"of engraftment)|lost (?:their |the )?(?:first )?graft)",
    ),
    (
        "death",
        "died|death|mortality|fatal",
        r"(?:(?:transplant|treatment|therapy|drug|procedure|transplantation|"
        r"regimen)[- ]related (?:deaths?|mortality)|(?:\w+ )?(?:patients?|children|boys?|girls?|infants?|"
        r"participants?|men|women|subjects?) (?:\(\d[^)]{0,20}\) )?(?:had )?died|deaths? (?:occurred|"
        r"were (?:reported|related|due)|from|due to)|(?:one|two|three|four|five|six|seven|eight|nine|ten|"
        r"\d+) (?:\w+[ -]){0,3}deaths?)",
    ),
    ("infusion reaction", "infusion", r"infusion[- ](?:related |associated )?reactions?"),
    (
        "insertional oncogenesis",
        "insertional|oncogenesis|clonal",
        r"insertional (?:oncogenesis|mutagenesis)|(?:clonal expansion|vector-(?:related|"
        r"mediated) oncogenesis)",
    ),
    ("myelodysplastic syndrome", "myelodysplas", r"myelodysplas(?:tic syndromes?|ia)"),
    (
        "leukaemia",
        "leuk",
        r"(?:acute myeloid |acute lymphoblastic |secondary )?leuka?emia|"
        r"h(?:a)?ematologic(?:al)? (?:cancer|malignanc(?:y|ies))",
    ),
    (
        "infection",
        "infect|sepsis|pneumonia",
        r"(?:(?:severe|serious|bacterial|viral|fungal|opportunistic|upper respiratory tract|urinary tract|"
        r"major|cmv|line|catheter) )infections?|infectious complications?|sepsis|pneumonia",
    ),
    (
        "veno-occlusive disease",
        "occlusive|sinusoidal",
        r"veno-?occlusive disease|sinusoidal obstruction syndrome",
    ),
    ("mucositis", "mucositis|stomatitis", r"mucositis|stomatitis"),
    ("neutropenia", "neutropeni", r"(?:febrile )?neutropenia"),
    ("thrombocytopenia", "thrombocytopeni", r"thrombocytopenia"),
    (
        "raised liver enzymes",
        "transaminase|hepat|aminotransferase|liver enzyme",
        r"(?:elevated|raised|increased?|elevations? (?:of|in)|"
        r"increases? in) (?:\w+ ){0,2}(?:transaminases?|aminotransferases?|liver enzymes?)|"
        r"(?:transaminase|aminotransferase|liver enzyme) (?:elevations?|increases?)|hepatotoxicity",
    ),
    ("seizures", "seizure", r"(?:new(?:-onset)? )?seizures? (?:occurred|developed|were reported)"),
    ("weight gain", "weight", r"weight (?:gain|increase)"),
    ("oedema", "edema", r"(?:peripheral |macular )?o?edema"),
    (
        "haemorrhage",
        "hemorrhag|haemorrhag",
        r"(?:intracranial |intracerebral |subdural |cerebral )?ha?emorrhages?",
    ),
    ("vomiting", "vomit", r"vomiting"),
    ("headache", "headache", r"headaches?"),
    ("fever", "fever|pyrexia", r"fever|pyrexia"),
    ("anaphylaxis", "anaphyla", r"anaphyla(?:xis|ctic reactions?)"),
    (
        "serious adverse event",
        "serious",
        r"serious (?:adverse|treatment-related|vector-related|drug-related) (?:\w+ )?(?:events?|reactions?)",
    ),
)
_PATTERNS = tuple(
    (name, tuple(triggers.split("|")), re.compile(rf"\b(?:{form})\b")) for name, triggers, form in _EVENTS
)
TRIGGERS = tuple(triggers for _, triggers, _ in _PATTERNS)
_DENIED = re.compile(
    r"\b(?:no|not|none|never|without|nor|neither|absence of|free (?:of|from)|lack of|zero|0|avoid\w*|"
    r"prevent\w*|prophyla\w+|reduc\w+ the (?:risk|incidence)|"
    r"risk of|risks of|free survival|resolved|due to previous|history of|fear of|instead of|exclud\w+|"
    r"monitor\w*|screen\w* for|signs? of|evidence of|"
    r"primary (?:end ?points?|outcomes?)|end ?points?|outcomes? (?:were|was|included)|assessed|defined as|"
    r"survival without|potential|may|might|could|can)\b[^.;:]{0,60}$"
)
_DENIED_AFTER = re.compile(
    r"[ -](?:free\b|prophylaxis|was not|were not|did not|has not|have not|not (?:seen|observed)|"
    r"prevention|absent|risk|none\b|rates? were similar)|[^.;,]{0,40}\b(?:were|was) (?:not|"
    r"neither) (?:seen|observed|reported|detected)|"
    r"(?: \w+){0,2} did not (?:occur|develop)"
)
_APART: tuple[Part, ...] = ("title", "background", "objective", "methods", "conclusions")
_BACKDROP = re.compile(r"\b(?:untreated|natural history|without (?:transplant|treatment))\b[^.;]{0,60}$")


def adverse_events(reading: Reading, *, treated: bool) -> tuple[Fact, ...]:
    """Return each kind of harm once, in order of its first mention; nothing for a study that treats nobody.

    ``value`` is the name of the harm, the quote its words.
    """
    if not treated:
        return ()
    found: list[tuple[int, Fact]] = []
    for name, triggers, pattern in _PATTERNS:
        for match, sentence in reading.matches(pattern, triggers, apart=_APART):
            before = reading.plain[max(sentence.start, match.start() - 80) : match.start()]
            after = reading.plain[match.end() : min(sentence.end, match.end() + 60)]
            if not (_DENIED.search(before) or _DENIED_AFTER.match(after) or _BACKDROP.search(before)):
                found.append((match.start(), Fact(name, reading.quote(match.start(), match.end()))))
                break
    return tuple(fact for _, fact in sorted(found, key=lambda item: item[0]))
