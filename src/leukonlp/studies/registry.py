"""Numbers of trial registers, in the text and in PubMed's databank list: each once, spelt as registered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from leukonlp.records import Accession
from leukonlp.studies.reading import Reading
from leukonlp.studies.triggers import Group


def _joined(prefix: str) -> Callable[[re.Match[str]], str]:
    return lambda match: prefix + re.sub(r"[\s:-]", "", match[1])


def _joined_as(prefix: str) -> Callable[[re.Match[str]], str]:
    return lambda match: prefix + match[1]


def _upper(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", match[0]).upper()


def _plain(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", match[1])


def _parts(match: re.Match[str]) -> str:
    return "-".join(match.groups())


def _chinese(match: re.Match[str]) -> str:
    return "ChiCTR" + match[1].upper() + match[2].replace(",", "")


def _iranian(match: re.Match[str]) -> str:
    return "IRCT" + match[1].upper()


def _indian(match: re.Match[str]) -> str:
    return "CTRI/" + re.sub(r"\s", "", match[1])


def _dutch(match: re.Match[str]) -> str:
    return ("NL" if match[0].startswith("nl") else "NTR") + match[1]


def _apart(prefix: str) -> Group:
    """Triggers of a prefix that common words hold too (control, albumin): only with what may follow it."""
    return (f"{prefix}-", f"{prefix}:", f"{prefix} 0", *(f"{prefix}{digit}" for digit in "0123456789"))


_BETWEEN = r"[^\d;]{0,30}?"
"""What is printed between a register and a number too long for any other: "ISRCTN, ", "(KCT) number: "."""
_EIGHT = r"(?:\d{8}|\d{4}\s\d{4}|\d\d ?\d{3} ?\d{3})"
"""Eight digits, also in groups or parted by a line break."""
_NAMED = r"[\s:,.#(=)-]{0,3}(?:(?:[a-z]+\s){0,2}(?:number|no|id|tc|identifier)\b[\s:,.#(=-]{0,3})?"
"""The same where the number is short."""

# Forms as the registers of the WHO platform (ICTRP) issue them; PROSPERO registers reviews.
_REGISTERS: tuple[tuple[str, Group, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        "ClinicalTrials.gov",
        ("nct",),
        re.compile(rf"(?:\b|(?<=gov))nct{_NAMED}({_EIGHT})(?!\d)"),
        _joined("NCT"),
    ),
    (
        "ClinicalTrials.gov",
        ("trials.gov",),
        re.compile(r"trials\.gov[^\d;]{1,40}?\b(0\d{7})\b"),
        _joined("NCT"),
    ),
    ("CTIS", ("-",), re.compile(r"(20(?<![\d-]20)[2-9]\d-5\d{5}-\d\d(?:-\d\d)?)(?!-?\d)"), _plain),
    # No other register and no catalogue number has this shape; 5 after the year is CTIS.
    (
        "EudraCT",
        ("-",),
        re.compile(r"(20(?<![\d-]20)[0-2]\d\s?-\s?(?!5)\d{6}\s?-\s?\d\d)(?!-?\d)"),
        _plain,
    ),
    (
        "EudraCT",
        ("eudract",),
        re.compile(r"eudract[^\d;]{0,25}(20[0-2]\d)[\s/]?(\d{6})[\s/]?(\d\d)(?!-?\d)"),
        _parts,
    ),
    (
        "ISRCTN",
        ("isrctn",),
        re.compile(rf"\bisrctn{_BETWEEN}({_EIGHT})(?!\d)"),
        _joined("ISRCTN"),
    ),
    (
        "UMIN-CTR",
        ("umin", "medical information network"),
        re.compile(rf"\b(?:umin|medical information network){_BETWEEN}(\d{{9}})(?!\d)"),
        _joined("UMIN"),
    ),
    ("jRCT", ("jrct",), re.compile(rf"\bjrct{_BETWEEN}(s?[a-z]?\d{{9,10}})(?!\d)"), _joined("jRCT")),
    (
        "JapicCTI",
        ("japiccti", "japic cti"),
        re.compile(rf"\bjapic ?cti{_BETWEEN}(\d{{5,6}})(?!\d)"),
        _joined("JapicCTI-"),
    ),
    ("JMACCT", ("jma-iia",), re.compile(r"\bjma-iia[\s:-]?(\d{5})(?!\d)"), _joined("JMA-IIA")),
    (
        "ChiCTR",
        ("chictr",),
        re.compile(r"\bchictr[\s:]?((?:-[a-z]{2,5})*-?)\s?(\d{8,10}|\d\d,\d{3},\d{3})(?!\d)"),
        _chinese,
    ),
    (
        "ANZCTR",
        ("actrn", "anzctr"),
        re.compile(rf"(?:\b|(?<=registry))(?:actrn|anzctr){_BETWEEN}(1(?:\s?\d){{13}})(?!\s?\d)"),
        _joined("ACTRN"),
    ),
    ("DRKS", ("drks",), re.compile(rf"\bdrks{_BETWEEN}(\d{{8}})(?!\d)"), _joined("DRKS")),
    ("NTR", ("ntr ", "ntr,", "ntr)", *_apart("ntr")), re.compile(rf"\bntr{_NAMED}(\d{{2,5}})(?!\d)"), _dutch),
    (
        "NTR",
        ("dutch trial", "netherlands trial", "nederlands trial"),
        re.compile(r"\w+ trial register[^\d.;/]{0,40}?(?<!nl)(?<!nl )(?!20[012]\d\b)(\d{3,5})(?!\d)"),
        _dutch,
    ),
    # The Dutch register since 2018; numbers of the Dutch ethics committees go on with a point.
    ("NTR", _apart("nl"), re.compile(r"\bnl-?(?:omon)?[\s:]?(\d{4,5})(?![.\d]\d|[\w-])"), _dutch),
    (
        "CTRI",
        ("ctri/", "ctri /", "ctri ", "ctri:", "ctri)"),
        re.compile(rf"\bctri\b{_NAMED}/? ?(\d{{4}} ?/ ?\d{{2,3}} ?/ ?\d{{6}})(?!\d)"),
        _indian,
    ),
    ("PACTR", ("pactr",), re.compile(rf"\bpactr{_BETWEEN}(\d{{14,16}})(?!\d)"), _joined("PACTR")),
    ("SANCTR", ("doh-27-",), re.compile(r"\bdoh-27-\d{4}-\d{4}\b"), _upper),
    ("IRCT", ("irct",), re.compile(rf"\birct{_BETWEEN}(\d{{8,20}}(?:n\d{{1,3}})?)\b"), _iranian),
    ("CRiS", ("kct",), re.compile(rf"\bkct{_BETWEEN}(\d{{7}})(?!\d)"), _joined("KCT")),
    ("TCTR", ("tctr",), re.compile(rf"\btctr{_BETWEEN}(\d{{11}})(?!\d)"), _joined("TCTR")),
    ("ReBEC", ("rbr-", "rbr "), re.compile(r"\brbr[\s-]([0-9a-z]{6,7})\b"), _joined("RBR-")),
    ("SLCTR", ("slctr",), re.compile(r"\bslctr ?/ ?\d{4} ?/ ?\d{3}\b"), _upper),
    ("LBCTR", ("lbctr",), re.compile(rf"\blbctr{_BETWEEN}(\d{{10}})(?!\d)"), _joined("LBCTR")),
    ("RPCEC", ("rpcec",), re.compile(rf"\brpcec{_BETWEEN}(\d{{8}})(?!\d)"), _joined("RPCEC")),
    ("REPEC", ("per-",), re.compile(r"\bper-(\d{3}-\d\d)(?![\d-])"), _joined_as("PER-")),
    ("ITMCTR", ("itmctr",), re.compile(rf"\bitmctr{_BETWEEN}(\d{{10}})(?!\d)"), _joined("ITMCTR")),
    ("HKUCTR", ("hkuctr",), re.compile(rf"\bhkuctr{_BETWEEN}(\d{{1,4}})\b"), _joined("HKUCTR-")),
    ("UTN", ("u1111",), re.compile(r"\bu1111-?\d{4}-?\d{4}\b"), _upper),
    ("PROSPERO", ("crd4", "crd 4"), re.compile(r"\bcrd ?(42\d{9,12})\b"), _joined("CRD")),
)


_TRIAL = r"(?:trials?|stud(?:y|ies)|programmes?|programs?|extension|development of [\w-]+)"
# "a previous trial (NCT...", "in contrast to the phase 2 study (NCT..."
_ANOTHER = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|preceding|separate|another|future|upcoming|forthcoming|planned|"
    rf"unlike|in contrast to|(?:ongoing|planned) (?:confirmatory|follow-up|larger))\b[^.;()]{{0,80}}?"
    rf"\b{_TRIAL}\b[^.;]{{0,60}}$|"
    r"\b(?:is|are) (?:also |now |currently )*being (?:tested|studied|evaluated|assessed|investigated)\b"
    rf"[^.;()]{{0,60}}\b{_TRIAL}\b[^.;]{{0,60}}$"
)
# Where a paper looks back or ahead, what goes on is another trial; elsewhere it may be the paper's own.
_GOING_ON = re.compile(
    rf"\b(?:ongoing|on-going|under ?way|larger|subsequent|confirmatory|future)\b[^.;()]{{0,80}}?\b{_TRIAL}\b"
    rf"[^.;]{{0,60}}$|"
    rf"\b(?:an?|further|other|two|three) (?:[\w/-]+ ){{0,6}}?{_TRIAL}\b[^.;()]{{0,60}} "
    r"(?:is|are|has been|have been|will be) (?:now |currently )?(?:ongoing|"
    r"under ?way|planned|recruiting|enrolling|initiated|started|needed|warranted)\b[^.;]{0,60}$"
)
_TOLD = ("background", "conclusions")
# The record goes on with the people or data of the trial that it names, and so is of that trial.
_CONTINUED = re.compile(
    r"\b(?:this|our|these|we|extension|follow-?up|long-term|post[- ]?hoc|sub-?study|analys[ei]s|data|"
    r"samples?|participants?|patients?|subjects?|children|cohorts?|enrol\w+|recruited|completed|part)\b"
)

# "In the ongoing phase 3 trial (NCT...) ... We report the first six": the trial is the paper's own.
_FIRST_FRUITS = re.compile(
    r"\b(?:report|present|describe)\b[^.;]{0,60}\b(?:baseline|interim|first|preliminary|initial|early)\b"
)
_REGISTERED = re.compile(r"\btrial regist|\bregistered (?:at|in|with|on|under|as)\b")
_DASH = ("-",)
_ANY = tuple(trigger for _, triggers, _, _ in _REGISTERS if triggers != _DASH for trigger in triggers)
TRIGGERS = (_ANY, *(triggers for _, triggers, _, _ in _REGISTERS if triggers != _DASH))
_NEXT = re.compile(r"\s?(?:,|;|/|&|and|, and|or)\s?(0\d{7})(?![\d.,]\d|\d)")
_DASHED = re.compile(r"-\s?\d{6}\s?-\s?\d\d")


def numbers(reading: Reading, *, animals: bool = False) -> tuple[Accession, ...]:
    """Return the trial registrations of the record: those in the text in order, then those PubMed lists.

    A study of ``animals`` names the trials of its drug; it has a number only where it says "registration".
    """
    found = sorted(_found(reading), key=lambda item: item[0])
    listed = [known for each in reading.abstract.accessions if (known := _known(each.number)) is not None]
    own = [number for place, number in found if not _of_another(reading, place)]
    if animals and not _REGISTERED.search(reading.plain):
        own = []
    wanted = {accession.number for accession in (*own, *listed)}
    ordered = [number for _, number in found if number.number in wanted] + listed
    unique = {accession.number: accession for accession in reversed(ordered)}
    return tuple(dict.fromkeys(unique[accession.number] for accession in ordered))


def _found(reading: Reading) -> Iterator[tuple[int, Accession]]:
    """Yield every registry number printed in the text and where it stands."""
    dashed = _DASHED.search(reading.plain) is not None
    if not dashed and not reading.places(_ANY):
        return
    for bank, trigger, pattern, spell in _REGISTERS:
        if trigger != _DASH:
            matches = [pattern.match(reading.plain, start) for start, _ in reading.places(trigger)]
        else:
            matches = [*pattern.finditer(reading.plain)] if dashed else []
        for match in matches:
            if match is not None:
                yield match.start(), Accession(bank, spell(match))
                if bank == "ClinicalTrials.gov":
                    yield from _listed(reading, match)


def _listed(reading: Reading, match: re.Match[str]) -> Iterator[tuple[int, Accession]]:
    """Yield the numbers that share one prefix: "NCT00000001, 00000002 and 00000003"."""
    following = _NEXT.match(reading.plain, match.end())
    while following is not None:
        yield following.start(1), Accession("ClinicalTrials.gov", f"NCT{following[1]}")
        following = _NEXT.match(reading.plain, following.end())


def _of_another(reading: Reading, place: int) -> bool:
    """True when the sentence gives the number to an earlier, other or coming trial that it only names."""
    sentence = reading.sentence_at(place)
    before = reading.plain[max(sentence.start, place - 160) : place]
    cited = _ANOTHER.search(before)
    if cited is None and sentence.part in _TOLD:
        cited = _GOING_ON.search(before)
        if cited is not None and _FIRST_FRUITS.search(reading.plain, place):
            return False
    if cited is None or _CONTINUED.search(before[: cited.start()]):
        return False
    return "registr" not in cited[0] and " our " not in cited[0]


def _known(number: str) -> Accession | None:
    """The registration behind a databank number; None for a sequence or structure (GenBank, PDB)."""
    plain = number.strip().lower()
    for bank, _, pattern, spell in _REGISTERS:
        match = pattern.fullmatch(plain)
        if match is not None:
            return Accession(bank, spell(match))
    return None
