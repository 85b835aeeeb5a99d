"""Sex, genotype, countries and number of centres: the value with its quote, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies import countries, genotype, people, sex, sites
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
TITLE = "Outcome of treatment"

SEXES = [
    ("We treated 19 patients (8 men, 11 women).", "both"),
    ("We treated 17 patients; 64% were male.", "both"),
    ("Most of the 40 patients were women (52.7%).", "both"),
    ("We treated eight children, five of them boys.", "both"),
    ("We treated 12 patients (seven women).", "both"),
    ("We treated 30 patients (male/female ratio 20/10).", "both"),
    ("Patients of either sex were treated.", "both"),
    ("We report two sisters: two women and a man were ill.", "both"),
    ("Seventeen boys were enrolled in the study.", "male"),
    ("All patients were male. Their mothers had been tested.", "male"),
    ("We enrolled 201 women with the disease.", "female"),
    ("A total of 24 patients (100% female) were enrolled.", "female"),
    # not of the people studied, or said of part of them
    ("We enrolled 20 patients and compared them with healthy men.", None),
    ("The disease is more common in women. We enrolled 20 patients.", None),
    ("At five years 27 of 36 boys (75%) were alive.", "male"),
    ("Mice: 8 males and 6 females. We enrolled nobody.", None),
    ("We enrolled 20 patients.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), SEXES)
def test_sex(read: Read, abstract: str, expected: str | None) -> None:
    reading = read(TITLE, abstract)
    fact = sex.sex(reading, people.find(reading))
    assert (fact.value if fact is not None else None) == expected
    if fact is not None:
        assert fact.quote.text == reading.text[fact.quote.start : fact.quote.end]


def test_sex_of_one_patient(read: Read) -> None:
    reading = read("A case report", "A 6-year-old girl was treated. Her brother was well.")
    fact = sex.sex(reading, people.find(reading), single=True)
    assert fact is not None
    assert (fact.value, fact.quote.text) == ("female", "A 6-year-old girl")


GENOTYPES = [
    ("All were homozygous for c.459+1G>A.", ["homozygous for c.459+1G>A"]),
    ("Patients with p.Pro426Leu (p.P426L) were enrolled.", ["p.Pro426Leu", "p.P426L"]),
    ("Patients had p.(Gly12Val) or c.35_36delinsAA.", ["p.(Gly12Val)", "c.35_36delinsAA"]),
    ("She was homozygous for the 30-kb deletion.", ["homozygous for the 30-kb deletion"]),
    ("Children with two 0-type alleles were enrolled.", ["0-type alleles"]),
    ("The boys had PLP1 duplications.", ["PLP1 duplications"]),
    ("Siblings had a homozygous variant of EIF2B5.", ["homozygous variant of EIF2B5"]),
    ("All had biallelic ARSA variants.", ["biallelic ARSA variants"]),
    ("Two carried the R113H mutation and one IVS5+1G>T.", ["R113H", "IVS5+1G>T"]),
    ("Carriers of the c.5A>G variant; c.5A>G was common.", ["c.5A>G"]),
    # denied, of others, or no variant at all
    ("No patient had c.459+1G>A.", []),
    ("Controls had p.Pro426Leu.", []),
    ("Mice expressing p.Pro426Leu were ill.", []),
    ("BACKGROUND: c.459+1G>A is common. METHODS: We treated boys.", []),
    ("Homozygous mutations are rare, and patients were treated.", []),
    ("T2 lesions on MRI grew with the M2 protocol in P53 of the variant scale.", []),
    ("We treated boys in dept. C. 5 of them, etc. 3 died.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), GENOTYPES)
def test_genotype(read: Read, abstract: str, expected: list[str]) -> None:
    reading = read(TITLE, abstract)
    facts = genotype.genotype(reading)
    assert [fact.value for fact in facts] == expected
    assert all(reading.text[f.quote.start : f.quote.end] == f.quote.text == f.value for f in facts)


COUNTRIES = [
    ("The trial ran at 14 sites in Germany and the Netherlands.", ["Germany", "Netherlands"]),
    ("We enrolled Italian children.", ["Italy"]),
    ("Patients were seen in Milan, Italy.", ["Italy"]),
    ("We recruited boys in the USA, the UK and Papua New Guinea.", None),
    ("Patients from eight European countries and South Africa took part.", ["South Africa"]),
    ("Boys were enrolled from hospitals in England and Scotland.", ["United Kingdom"]),
    ("Patients from 12 countries took part.", []),
    ("BACKGROUND: The disease is common in Finland. METHODS: We treated boys.", []),
    ("The drug (Firm Inc., Basel, Switzerland) was given to boys.", []),
    ("The drug was approved in Japan, and we treated boys.", []),
    ("Trial registration: Iranian Registry of Clinical Trials. Boys were treated.", []),
    ("African American children and Mexican American adults were treated.", []),
    ("Boys ate turkey and let us treat them.", []),
    ("Patients were seen in turkey, Italy.", ["Italy"]),
    ("Guinea pigs were kept, and patients were treated.", []),
    ("CONCLUSIONS: Patients in France should be treated.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), COUNTRIES)
def test_countries(read: Read, abstract: str, expected: list[str] | None) -> None:
    reading = read(TITLE, abstract)
    facts = countries.countries(reading)
    if expected is None:
        expected = ["United States", "United Kingdom", "Papua New Guinea"]
    assert [fact.value for fact in facts] == expected
    assert all(reading.text[f.quote.start : f.quote.end] == f.quote.text for f in facts)


def test_country_in_the_title(read: Read) -> None:
    facts = countries.countries(read("A case series from Germany", "We treated boys."))
    assert [(fact.value, fact.quote.text) for fact in facts] == [("Germany", "Germany")]


SITES = [
    ("Boys were treated at four hospitals.", 4),
    ("The trial ran at 14 sites in Germany.", 14),
    ("Patients were enrolled from 77 centres in 18 countries.", 77),
    ("We enrolled women at 4 US and 3 African clinical research sites.", 7),
    ("This single-centre study enrolled 20 boys.", 1),
    ("This multicentre study enrolled 20 boys.", None),
    ("Injection at two sites was painless.", None),
    ("Data of boys from 22 countries were read.", None),
    ("540 babies admitted to neonatal centres were enrolled.", None),
    ("A previous trial at 12 centres failed. We treated boys.", None),
    ("We enrolled 20 boys.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), SITES)
def test_number_of_sites(read: Read, abstract: str, expected: int | None) -> None:
    fact = sites.n_sites(read(TITLE, abstract))
    assert (fact.value if fact is not None else None) == expected


def test_they_reach_the_study(study: Callable[..., Study]) -> None:
    found = study(
        "Lentiviral gene therapy in boys",
        "In this phase 1/2 trial at three centres in France, 12 boys with adrenoleukodystrophy who were "
        "hemizygous for c.1415_1416delAG received gene therapy.",
    )
    assert found.sex is not None
    assert found.n_sites is not None
    assert (found.sex.value, found.n_sites.value) == ("male", 3)
    assert [fact.value for fact in found.countries] == ["France"]
    assert [fact.value for fact in found.genotype] == ["hemizygous for c.1415_1416delAG"]


@pytest.mark.parametrize(
    "text",
    ["homozygous for the " * 3000, "c.1+" * 5000, "in Italy, " * 3000, "1 man, " * 4000, "aged 5 to " * 4000,
     "ISRCTN " * 5000, "2010-" * 6000, "follow-up of 1 to " * 3000, "12 US and " * 3000],
    ids=range(9),
)  # fmt: skip
def test_hostile_texts_end(read: Read, text: str) -> None:
    from leukonlp.studies import ages, follow_up, registry

    reading = read(TITLE, f"We studied patients: {text}")
    sex.sex(reading, people.NOBODY)
    for rule in (genotype.genotype, countries.countries, sites.n_sites, ages.ages, registry.numbers):
        rule(reading)
    follow_up.follow_up(reading)
