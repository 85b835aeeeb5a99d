"""Rows of the design table for genetic work: groups searched for mutations, single families, cloned genes.

Much of what is written on hereditary diseases names no design. What was asked tells it: how often a change
is found among many (a survey at one time), what it did in a few of one family (cases), or how the gene
and its product work (no people at all).
"""

from __future__ import annotations

import re

from leukonlp.studies.design_bench import ANIMALS
from leukonlp.studies.design_cues import OWN, Evidence, Rule, cue, reviews
from leukonlp.studies.numbers import NUMBER, whole

_MANY = 6
"""People, or families, from which on a search for mutations is a survey and no series of cases."""
_FAMILIES = re.compile(
    rf"\b(?P<n>{NUMBER}) (?:[\w-]+,? ){{0,4}}?(?:famil(?:y|ies)|kindreds?|pedigrees?|probands?|index cases|"
    r"chromosomes|alleles)\b"
)
FAMILY_WORDS = ("famil", "kindred", "pedigree", "proband", "index case", "chromosomes", "alleles")
_WATCHED = re.compile(
    r"\b(?:follow(?:ed|-up)|survival|mortality|hazard|prognos\w+|natural history|longitudinal\w*|"
    r"case-control|"
    r"(?:cases|patients) and (?:[\w-]+ ){0,3}controls)\b"
)
_GENETIC = re.compile(
    r"\b(?:mutations?|alleles?|haplotypes?|linkage|lod|carriers?|heterozyg\w+|homozyg\w+|deletions?|"
    r"genotyp\w+|"
    r"gene|genes|inherit\w+|hereditary|autosomal|x-linked)\b"
)
_LAB_WORD = re.compile(
    r"\b(?:cdnas?|clon(?:ed|ing|es?)|exons?|introns?|transfect\w*|recombinant|promoters?|transcripts?|mrnas?|"
    r"(?:northern|western|southern) blot\w*|two-hybrid|express(?:ed|ion|ing)|open reading frame|amino acids?|"
    r"purif\w+|crystal\w*|proteins?|peptides?|enzymes?|binding|domains?|residues?|substrates?|homolog\w*|"
    r"nucleotides?|methylat\w+|genomic|gene structure|coding sequence|base pairs?)\b"
)
_PERSON_WORD = re.compile(
    r"\b(?:patients?|children|boys?|girls?|infants?|women|men|people|participants|individuals|subjects|"
    r"famil(?:y|ies)|probands?|carriers?)\b"
)


def _families(evidence: Evidence) -> int:
    """Return the largest number of families or chromosomes that is told."""
    found = evidence.reading.matches(_FAMILIES, FAMILY_WORDS, apart=())
    return max((whole(match["n"]) for match, _ in found), default=0)


def _many(evidence: Evidence) -> bool:
    """A group was searched, and nobody watched over time, treated, or compared with others."""
    return (
        evidence.phase is None
        and not reviews(evidence)
        and (evidence.people.most >= _MANY or _families(evidence) >= _MANY)
        and _WATCHED.search(evidence.reading.plain) is None
    )


def _kin(evidence: Evidence) -> bool:
    return (
        evidence.phase is None
        and not reviews(evidence)
        and evidence.people.most <= 30
        and _families(evidence) < _MANY
    )


def _gene_work(evidence: Evidence) -> bool:
    """No people counted or described, no animals, and words of the laboratory outnumber those of people."""
    plain = evidence.reading.plain
    return (
        evidence.people.most == 0
        and evidence.people.single is None
        and evidence.phase is None
        and not reviews(evidence)
        and not evidence.reading.places(ANIMALS)
        and len(_LAB_WORD.findall(plain)) > max(2, 2 * len(_PERSON_WORD.findall(plain)))
    )


SCREENED = Rule(
    "cross_sectional",
    (
        cue(
            "analys|screen|detect|survey|frequen|linkage|genotyp|mutation|haplotype|prevalence|incidence|"
            "epidemiolog",
            r"(?:mutation(?:al)?|molecular(?:[ -]genetic)?|genetic|dna|linkage|haplotype|sequence|"
            r"segregation|"
            r"carrier|sscp|dgge|heteroduplex|deletion|polymorphism) (?:and [\w-]+ )?(?:analys[ie]s|screening|"
            r"detection|surveys?|scanning|testing|stud(?:y|ies))\b",
            r"(?:allele|carrier|haplotype|mutation|gene|genotype|heterozygote|allelic) frequenc(?:y|ies)\b",
            r"frequency of (?:[\w-]+ ){0,4}?(?:mutations?|alleles?|carriers?|deletions?|heterozygotes)\b",
            r"genotype[ /-](?:to-|and )?phenotype\b",
            r"(?:prevalence|incidence|spectrum|distribution|frequency) (?:of|and)\b",
            r"(?:screened|analy[sz]ed|sequenced|tested|searched|examined|typed|genotyped|studied) "
            r"(?:[\w-]+,? ){0,12}?(?:for|by|with|using)\b",
            r"(?:common|frequent|recurrent|founder|novel|new|different) (?:[\w-]+ ){0,2}mutations\b",
            r"(?:linkage (?:disequilibrium|to)|lod scores?|haplotypes)\b",
            r"genetic epidemiolog\w+\b",
        ),
    ),
    when=lambda e: _many(e) and _GENETIC.search(e.reading.plain) is not None,
)
KIN = Rule(
    "case_series",
    (
        cue(
            "famil|kindred|pedigree",
            r"(?:in|of|from|with) (?:an?|one|two|three|four|five|the largest|this|these|the) "
            r"(?:[\w,-]+ ){0,5}?(?:famil(?:y|ies)|kindreds?|pedigrees?)\b(?! (?:of|member|history|study|"
            r"studies))",
            r"(?:an?|one|two|three|four|five) (?:[\w,-]+ ){0,5}?(?:famil(?:y|ies)|kindreds?|pedigrees?) "
            r"(?:with|in "
            r"(?:which|whom)|segregating|affected|was|were)\b",
            parts=OWN,
        ),
    ),
    when=_kin,
)
GENE_WORK = Rule(
    "in_vitro",
    (
        cue(
            "cdna|clon|exon|transfect|recombinant|promoter|transcript|mrna|blot|hybrid|express|amino|purif|"
            "protein|enzyme|genomic|sequence|mutant|nucleotide|methylat",
            r"(?:cdnas?|clon(?:ed|ing|es)|exons?|transfect\w*|recombinant|promoters?|transcripts?|mrnas?|"
            r"(?:northern|western|southern) blot\w*|two-hybrid|express(?:ed|ion|ing)|amino acids?|purif\w+|"
            r"proteins?|enzymes?|genomic|nucleotides?|methylat\w+|mutants?)\b",
            parts=OWN,
        ),
    ),
    when=_gene_work,
)
