"""Variants and genotypes that the people of a study were chosen by or have, as written.

Knows the nomenclature of the HGVS (den Dunnen et al. 2016, Hum Mutat 37:564), the older forms that papers
still print, star alleles, and words for zygosity and for deletions or duplications of a gene.
"""

from __future__ import annotations

import re
from typing import Final

from leukonlp.records import Fact
from leukonlp.studies.numbers import DIGIT
from leukonlp.studies.reading import Part, Reading, Sentence

_AMINO: Final = (
    r"(?:ala|arg|asn|asp|cys|gln|glu|gly|his|ile|leu|lys|met|phe|pro|ser|thr|trp|tyr|val|ter|stop|sec)"
)
_CHANGE: Final = (
    rf"(?:{_AMINO}\d{{1,5}}(?:_{_AMINO}\d{{1,5}})?(?:{_AMINO}|del|dup|[*∗=]|x\b)?|[a-z]\d{{1,5}}"
    r"(?:[a-z]\b|[*∗]|x\b|del\b|dup\b)?)(?:fs(?:[*∗]|ter|x)?\d{0,4})?"
)
_CODED: Final = (
    r"\b[cgmn]\. ?[-*]?\d{1,7}(?: ?[+-] ?\d{1,6})?(?:_[-*]?\d{1,7}(?:[+-]\d{1,6})?)? ?"
    r"(?:[acgt]{1,20} ?> ?[acgt]{1,20}|del(?:[acgt]{0,20}ins[acgt]{1,20}| ?[acgt]{1,20}\b|\b)|"
    r"dup[acgt]{0,20}\b|"
    r"ins[acgt]{1,20}\b|inv\b)|"
    rf"\bp\. ?(?:{_CHANGE}|\({_CHANGE}\))|"
    rf"\b(?:{_AMINO}[ -]?\d{{1,4}}[ -]?(?:->|>|to )?{_AMINO})\b|"
    r"\bivs ?\d{1,3} ?[+-] ?\d{1,4} ?[acgt] ?(?:>|-+>|to|/) ?[acgt]\b|"
    r"(?<![\w.])\d{1,5}[+-]\d{1,3} ?[acgt] ?> ?[acgt]\b|"
    r"(?<![\w.])\d{2,5}(?:del|ins|dup)[acgt]{1,8}\b|"
    r"\b[acgt]\d{2,5}[acgt](?= (?:mutation|variant|polymorphism|transition|allele|substitution))|"
    r"\brs\d{4,12}\b"
)
_ZYGOUS: Final = (
    r"(?:(?:compound )?(?:homo|hetero|hemi)zygo(?:us|tes?|sity)(?: (?:for|carriers? of|with))?"
    r"(?: (?:the|a|an|two|novel|known|pathogenic))*[ ,:(]{1,2})"
)
_VARIANT: Final = re.compile(rf"{_ZYGOUS}?(?P<core>{_CODED})")
_SHORT: Final = re.compile(
    rf"{_ZYGOUS}?(?P<core>(?<![\w.])[acdefghiklmnpqrstvwy]\d{{2,4}}(?:[acdefghiklmnpqrstvwy]|x|\*|"
    rf"del)(?![\w-]))"
)
_BESIDE: Final = re.compile(
    r"\b(?:mutations?|variants?|alleles?|polymorphisms?|homozyg\w+|heterozyg\w+|substitutions?|genotypes?|"
    r"carriers?)\b"
)
_SIZE: Final = re.compile(
    rf"{_ZYGOUS}?(?P<core>\b\d{{1,4}}(?:\.\d)?[ -]?(?:kb|mb|bp)(?: [\w-]+)? "
    r"(?:deletion|duplication|insertion)\b)"
)
_ALLELES: Final = re.compile(
    rf"{_ZYGOUS}?(?P<core>\b(?:(?:(?:0|i|a|r)-type|0|null) alleles?\b|"
    r"(?:null/null|0/0|0/a|a/a|i/i|0/i|i/a|0/r)(?= genotypes?)|"
    r"[a-z][a-z0-9]{1,8} ?\*\d{1,3}(?: ?/ ?\*?\d{1,3})?|"
    r"(?:apoe|apolipoprotein e)[ -]?(?:ε|e|epsilon)? ?[234](?:/(?:ε|e)?[234])?"
    r"(?= (?:alleles?|carriers?|genotypes?))|"
    r"(?:pre|full )mutation(?= carriers?| alleles?)|"
    r"[a-z][a-z0-9]{2,8} (?:whole[- ]gene |gene |exonic )?(?:duplications?|deletions?|triplications?)|"
    r"(?:biallelic|(?:compound )?(?:homo|hetero|hemi)zygous) (?:[\w-]+ ){0,3}?(?:variants?|mutations?)"
    r"(?: (?:in|of) (?:the )?(?P<gene>[a-z][a-z0-9]{2,8})\b(?! gene))?))"
)
_SYMBOL: Final = re.compile(r"\b[A-Z][A-Z0-9]{2,8}\b")
_GENE: Final = re.compile(r"[A-Z][A-Z0-9]{2,8}\b")
_CODED_WORDS: Final = (
    *(f"{kind}.{lead}" for kind in "cgmn" for lead in "0123456789-*"),
    *(f"{kind}. {lead}" for kind in "cg" for lead in "123456789"),
    *(f"p.{lead}" for lead in "abcdefghijklmnopqrstuvwxyz("),
    *(f" rs{lead}" for lead in "123456789"),
    *(f"(rs{lead}" for lead in "123456789"),
    "ivs", ">a", ">c", ">g", ">t", "> a", "> c", "> g", "> t",
)  # fmt: skip
_GENETIC: Final = (
    "mutation",
    "variant",
    "allele",
    "zygo",
    "polymorphism",
    "genotype",
    "substitution",
    "duplication",
    "deletion",
    "triplication",
    "*1",
    "*2",
    "*3",
    "*4",
)
# What each sentence holds in which the two forms without a number of its own are found.
_LOST: Final = re.compile(r"deletion|duplication|insertion")
_ALLELIC: Final = re.compile(
    r"allel|genotype|\*|apo|premutation|full mutation|(?:dup|trip)lication|deletion|zygous"
)
TRIGGERS = (_CODED_WORDS, _GENETIC)
_APART: tuple[Part, ...] = ("background", "conclusions")
_DENIED: Final = re.compile(
    r"\b(?:no|not|without|neither|nor|never|negative for|exclud\w+|absence of|absent|ruled out|"
    r"wild-?type)\b[^.;,]{0,40}$"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:mice|mouse|rats?|zebrafish|transgenic|knock-?in|transfect\w+|express\w+ (?:the )?(?:human |"
    r"mutant )|"
    r"plasmids?|vectors?|yeast|in the literature|controls?|"
    r"resistance|resistant|viral|hiv(?:-1)?|hcv)\b[^.;]{0,60}$"
)


def genotype(reading: Reading) -> tuple[Fact, ...]:
    """Return each variant or genotype once, in order of the text; ``value`` is what is printed.

    The zygosity printed with a variant goes with it. What the text denies, tells of controls or of animals,
    or brings up as background is left out.
    """
    found: dict[str, tuple[int, Fact]] = {}
    for form, triggers, needs in (
        (_VARIANT, _CODED_WORDS, DIGIT),
        (_VARIANT, _GENETIC, DIGIT),
        (_SHORT, _GENETIC, DIGIT),
        (_SIZE, _GENETIC, _LOST),
        (_ALLELES, _GENETIC, _ALLELIC),
    ):
        for match, sentence in reading.matches(form, triggers, apart=_APART, needs=needs):
            if _theirs(reading, match, sentence) and (
                form is not _SHORT or _beside(reading, match, sentence)
            ):
                if form is _ALLELES and not _named(reading, match):
                    continue
                core = match["core"].replace(" ", "")
                quote = reading.quote(*match.span())
                found.setdefault(core, (quote.start, Fact(quote.text, quote)))
    return tuple(fact for _, fact in sorted(found.values(), key=lambda item: item[0]))


def _theirs(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    before = reading.plain[max(sentence.start, match.start() - 70) : match.start()]
    return not _DENIED.search(before) and not _ELSEWHERE.search(before)


def _beside(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    """True when a one-letter form such as P426L stands close to a word for variants, and in capitals."""
    if not reading.text[match.start("core")].isupper():
        return False
    left, right = max(sentence.start, match.start() - 30), min(sentence.end, match.end() + 30)
    return _BESIDE.search(reading.plain, left, right) is not None


def _named(reading: Reading, match: re.Match[str]) -> bool:
    """True unless the word before a duplication or deletion is no symbol of a gene."""
    core = match["core"]
    if "zygous" in core or "biallelic" in core:
        # "Homozygous mutations" alone name no gene.
        return _SYMBOL.search(reading.text, *match.span("core")) is not None
    if not re.search(r"(?:duplication|deletion|triplication)s?$|\*", core):
        return True
    return _GENE.match(reading.text, match.start("core")) is not None
