"""Numbers of trial registers, in the text and in PubMed's databank list: each once, spelt as registered."""

from __future__ import annotations

import re
from collections.abc import Callable

from leukonlp.records import Accession
from leukonlp.studies.reading import Reading
from leukonlp.studies.triggers import Group


def _joined(prefix: str) -> Callable[[re.Match[str]], str]:
    return lambda match: prefix + re.sub(r"[\s:-]", "", match[1])


def _upper(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", match[0]).upper()


def _plain(match: re.Match[str]) -> str:
    return match[1]


def _chinese(match: re.Match[str]) -> str:
    return "ChiCTR" + match[1].upper() + match[2]


def _apart(prefix: str) -> Group:
    """Triggers of a prefix that common words hold too (control, albumin): only with what may follow it."""
    return (f"{prefix}-", f"{prefix}:", f"{prefix} 0", *(f"{prefix}{digit}" for digit in "0123456789"))


# Forms as the registers of the WHO platform (ICTRP) issue them.
_REGISTERS: tuple[tuple[str, Group, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("ClinicalTrials.gov", ("nct",), re.compile(r"\bnct[\s:-]{0,2}(\d{8})(?!\d)"), _joined("NCT")),
    ("CTIS", ("-",), re.compile(r"(20(?<![\d-]20)[2-9]\d-5\d{5}-\d\d(?:-\d\d)?)(?![\d-])"), _plain),
    # No other register and no catalogue number has this shape; 5 after the year is CTIS.
    ("EudraCT", ("-",), re.compile(r"(20(?<![\d-]20)[0-2]\d-(?!5)\d{6}-\d\d)(?![\d-])"), _plain),
    ("ISRCTN", ("isrctn",), re.compile(r"\bisrctn[\s:-]{0,2}(\d{8})(?!\d)"), _joined("ISRCTN")),
    ("UMIN-CTR", _apart("umin"), re.compile(r"\bumin[\s:-]{0,2}(\d{9})(?!\d)"), _joined("UMIN")),
    ("jRCT", ("jrct",), re.compile(r"\bjrct[\s:-]{0,2}(s?[a-z]?\d{9,10})(?!\d)"), _joined("jRCT")),
    ("JapicCTI", ("japiccti",), re.compile(r"\bjapiccti[\s:-]{0,2}(\d{5,6})(?!\d)"), _joined("JapicCTI-")),
    ("ChiCTR", ("chictr",), re.compile(r"\bchictr ?((?:-[a-z]{2,5})*-?) ?(\d{8,10})(?!\d)"), _chinese),
    ("ANZCTR", ("actrn",), re.compile(r"\bactrn[\s:-]{0,2}(\d{14})(?!\d)"), _joined("ACTRN")),
    ("DRKS", ("drks",), re.compile(r"\bdrks[\s:-]{0,2}(\d{8})(?!\d)"), _joined("DRKS")),
    ("NTR", ("ntr ", *_apart("ntr")), re.compile(r"\bntr[\s:-]{0,2}(\d{2,5})(?!\d)"), _joined("NTR")),
    ("CTRI", ("ctri/", "ctri /"), re.compile(r"\bctri[ ]?/ ?\d{4} ?/ ?\d{2,3} ?/ ?\d{6}(?!\d)"), _upper),
    ("PACTR", ("pactr",), re.compile(r"\bpactr[\s:-]{0,2}(\d{15,16})(?!\d)"), _joined("PACTR")),
    ("IRCT", ("irct",), re.compile(r"\birct ?(?:id ?: ?)?\d{8,20}(?:n\d{1,3})?\b"), _upper),
    ("CRiS", ("kct",), re.compile(r"\bkct[\s:-]{0,2}(\d{7})(?!\d)"), _joined("KCT")),
    ("TCTR", ("tctr",), re.compile(r"\btctr[\s:-]{0,2}(\d{11})(?!\d)"), _joined("TCTR")),
    ("ReBEC", ("rbr-",), re.compile(r"\brbr-([0-9a-z]{6,7})\b"), _joined("RBR-")),
    ("SLCTR", ("slctr",), re.compile(r"\bslctr ?/ ?\d{4} ?/ ?\d{3}\b"), _upper),
)


_DASH = ("-",)
_ANY = tuple(trigger for _, triggers, _, _ in _REGISTERS if triggers != _DASH for trigger in triggers)
TRIGGERS = (_ANY, *(triggers for _, triggers, _, _ in _REGISTERS if triggers != _DASH))
_DASHED = re.compile(r"-\d{6}-\d\d")


def numbers(reading: Reading) -> tuple[Accession, ...]:
    """Return the trial registrations of the record: those in the text in order, then those PubMed lists."""
    found: list[tuple[int, Accession]] = []
    dashed = _DASHED.search(reading.plain) is not None
    for bank, trigger, pattern, spell in _REGISTERS if dashed or reading.places(_ANY) else ():
        if trigger != _DASH:
            matches = [pattern.match(reading.plain, start) for start, _ in reading.places(trigger)]
        else:
            matches = [*pattern.finditer(reading.plain)] if dashed else []
        found += [(m.start(), Accession(bank, spell(m))) for m in matches if m is not None]
    ordered = [accession for _, accession in sorted(found, key=lambda item: item[0])]
    ordered += [
        known for listed in reading.abstract.accessions if (known := _known(listed.number)) is not None
    ]
    unique = {accession.number: accession for accession in reversed(ordered)}
    return tuple(dict.fromkeys(unique[accession.number] for accession in ordered))


def _known(number: str) -> Accession | None:
    """The registration behind a databank number; None for a sequence or structure (GenBank, PDB)."""
    plain = number.strip().lower()
    for bank, _, pattern, spell in _REGISTERS:
        match = pattern.fullmatch(plain)
        if match is not None:
            return Accession(bank, spell(match))
    return None
