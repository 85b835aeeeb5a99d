"""Participants: how many people of this study, in every way to say it, and what is no such number."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from leukonlp.records import Fact, Study
from leukonlp.studies import participants, people
from leukonlp.studies.people_signs import around
from leukonlp.studies.reading import Reading

Assess = Callable[..., Study]

STATED = [
    ("Seventeen boys received vector A.", 17, "Seventeen boys"),
    ("We enrolled 32 boys at six sites.", 32, "32 boys"),
    ("A total of 102 consecutive patients were treated.", 102, "102 consecutive patients"),
    ("We analysed data from 56 subjects.", 56, "56 subjects"),
    ("Thirty-nine patients were screened and 32 patients were treated.", 32, "32 patients"),
    ("Thirty-nine patients were screened and 32 treated.", 32, "32 treated"),
    ("In this trial eight children, five of them boys, were given vector A.", 8, "eight children"),
    ("Of 11 adults screened, six were enrolled.", 6, "six were enrolled"),
    ("We gave the oil to 24 persons: 14 men, 5 women and 5 boys.", 24, "24 persons"),
    ("Nearly 2 million newborns were born. We enrolled 40 infants.", 40, "40 infants"),
    (
        "Sixteen patients were compared with 68 patients matched by age. Among these 84 people, ten died.",
        84,
        "Sixteen patients were compared with 68 patients",
    ),
    ("One hundred and two patients were included.", 102, "One hundred and two patients"),
    ("Two hundred twenty adults were enrolled.", 220, "Two hundred twenty adults"),
    ("We studied 1,854 newborns.", 1854, "1,854 newborns"),
    ("We followed twelve sibling pairs for two years.", 12, "twelve sibling pairs"),
    ("Three pairs of eyes were examined in nine patients.", 9, "nine patients"),
    ("Twenty-four children with Krabbe disease underwent transplantation.", 24, "Twenty-four children"),
    ("Patients (n = 29) were treated with arsa-cel.", 29, "n = 29"),
    ("Men were randomly assigned to drug A (n=77) or placebo (n=39).", 116, "n=77) or placebo (n=39"),
    ("We examined 46 women, of whom 29 (63%) had myelopathy.", 46, "46 women"),
    ("Of 67 boys who received eli-cel, 7 boys developed cancer.", 67, "67 boys"),
    ("We compared 20 patients with 30 healthy controls.", 50, "20 patients with 30 healthy controls"),
    (
        "Fifteen patients and 40 healthy volunteers were included.",
        55,
        "Fifteen patients and 40 healthy volunteers",
    ),
    ("METHODS: Ten healthy volunteers (8 men) took drug A in turn.", 10, "Ten healthy volunteers"),
    ("METHODS: Two groups of 19 patients were followed for a year.", 38, "Two groups of 19"),
    (
        "RESULTS: It helped 13 of 28 patients in the drug group and 5 of 27 patients in the placebo group.",
        55,
        "28 patients in the drug group and 5 of 27 patients",
    ),
    (
        "METHODS: Ten patients were randomised to drug A. Another 12 patients took drug B.",
        22,
        "Ten patients were randomised to drug A. Another 12 patients",
    ),
    (
        "We looked for six mutations in 1133 newborn blood samples by screening.",
        1133,
        "1133 newborn blood samples",
    ),
    (
        "In all 23,136 cord blood samples were screened for haemoglobin variants.",
        23136,
        "23,136 cord blood samples",
    ),
    (
        "We randomly gave drug A or placebo and compared the change of strength (n = 327) after a year.",
        327,
        "n = 327",
    ),
    (
        "Those given A (n = 60) improved. Those given B (n = 58) did not. Those given C (n = 50) did.",
        168,
        None,
    ),
    ("METHODS: Between 1995 and 1999, 46 patients were treated.", 46, "46 patients"),
    ("METHODS: We studied 77 adults seen between 1990 and 2003, all patients were aged.", 77, "77 adults"),
    (
        "METHODS: From 2010 to 2015, 27 patients were given A, 26 were given B.",
        53,
        "27 patients were given A, 26",
    ),
    ("METHODS: Genetic testing was done in 102 patients (57 boys, 45 girls).", 102, "102 patients"),
    (
        "METHODS: We followed 74 children. The first group included four patients, the second group "
        "included five patients.",
        74,
        "74 children",
    ),
    (
        "RESULTS: The analysis included 417 patients and the safety population was 416 patients.",
        417,
        "417 patients",
    ),
    ("METHODS: We genotyped 5, 081 unpaid volunteers.", 5081, "5, 081 unpaid volunteers"),
    ("METHODS: Thirty-six healthy U.S. women were randomized.", 36, "Thirty-six healthy U.S. women"),
    (
        "METHODS: A total of 819 antibody-positive or DNA-positive patients were randomised.",
        819,
        "819 antibody-positive or DNA-positive patients",
    ),
    ("METHODS: A sample of 904 African Americans was examined.", 904, "904 African Americans"),
    (
        "METHODS: We examined nine subjects. The change was found in neither 84 patients nor 84 controls.",
        9,
        "nine subjects",
    ),
    ("METHODS: We treated 20 patients. The control group consisted of 40 patients.", 60, None),
    ("METHODS: Overall, 84 housewives were randomly divided.", 84, "84 housewives were randomly"),
    (
        "METHODS: Eighty renal, seventeen heart, and 24 liver transplant patients were followed.",
        121,
        "Eighty renal, seventeen heart, and 24 liver transplant patients",
    ),
    ("RESULTS: Forty patients entered the study and 32 subjects completed it.", 40, "Forty patients"),
    (
        "METHODS: In all 45 patients were recruited, with 22 randomly assigned to drug A and 23 to drug B.",
        45,
        "45 patients",
    ),
    ("Patients (n = 41) took drug A (n = 21) or drug B (n = 20) for a week.", 41, "n = 41"),
    ("The trial is NCT01234567.294 patients were randomised.", 294, "294 patients"),
    ("METHODS: We enrolled 40 infants. RESULTS: 12 infants died and 3 infants improved.", 40, "40 infants"),
    (
        "METHODS: Adults took drug A. RESULTS: A total of 59 adults were treated; 4 adults stopped.",
        59,
        "59 adults",
    ),
    ("In previous reports, 300 patients were described. We enrolled 12 patients.", 12, "12 patients"),
    ("The records of 97 patients were reviewed.", 97, "97 patients"),
    ("We screened 57 patients with dystonia for variants.", 57, "57 patients"),
    # What stands between a count and its noun.
    ("We enrolled 450 overweight and obese (BMI above 27) older adults.", 450, None),
    ("We enrolled 20 type 2 diabetic patients.", 20, "20 type 2 diabetic patients"),
    ("We enrolled 12 eight-week-old infants.", 12, "12 eight-week-old infants"),
    ("We enrolled 534 6- to 10-year-old children.", 534, "534 6- to 10-year-old children"),
    ("Forty ASA 1-2 women received drug A.", 40, "Forty ASA 1-2 women"),
    # Numbers as they are printed.
    ("Methods:Seventy four patients were enrolled.", 74, "Seventy four patients"),
    ("Patients (n = 31) were enrolled in two centres.", 31, "n = 31"),
    ("Forty-6 patients were recruited to the trial.", 46, "Forty-6 patients"),
    ("Two thousand five hundred women were enrolled.", 2500, "Two thousand five hundred women"),
    ("We studied the surgery of tumours.Twelve patients were enrolled.", 12, "Twelve patients"),
    ("We studied the surgery of tumours.120 patients were enrolled.", 120, "120 patients"),
    ("In total, 57 adults (56% female) were randomised.", 57, "57 adults"),
    # Counts without a noun for people.
    ("A total of 397 were randomised.", 397, "397"),
    # Arms add up, and the quote holds them all.
    (
        "In all, 56 patients received drug A and 58 received drug B.",
        114,
        "56 patients received drug A and 58",
    ),
    (
        "Eighteen patients were randomised to drug A and 9 to placebo.",
        27,
        "Eighteen patients were randomised to drug A and 9",
    ),
    ("Those given drug A (n = 77) improved. Those given drug B (n = 88) did not.", 165, None),
    ("Patients were randomised to one of two groups; 19 patients in each group were treated.", 38, None),
    # A whole and its parts are not added up.
    ("We treated 24 persons: 14 men, 5 women and 5 boys.", 24, "24 persons"),
    # Of those enrolled, so many were randomised.
    ("Ninety-six patients were enrolled and 91 patients were randomised to A or B.", 91, "91 patients"),
    # Healthy people are the study's own where it counts nobody else.
    ("Fourteen healthy non-smoking subjects took part in a crossover trial.", 14, None),
    # Told by further nouns, and by adjectives that hold a year, a day or a bracket.
    ("METHODS: We observed 18,133 male civil servants aged 40 to 69 years.", 18133, None),
    ("METHODS: Thirty third year medical students were randomised.", 30, None),
    ("METHODS: We studied nausea in 216 adult day surgery patients.", 216, None),
    ("METHODS: We studied 3,861 black (54%) and white (46%) participants.", 3861, None),
    # A number without a noun: those allotted, and those taken of more.
    ("METHODS: Of 174 persons seen, 24 were randomly assigned to surgery and 26 to rest.", 50, None),
    ("METHODS: We reviewed 20 of 51 patients with leg tumours.", 20, "20"),
    # Those randomised are not added to those of them who were treated, nor a time to people.
    ("METHODS: 101 participants were randomised and 50 patients received the drug.", 101, None),
    ("METHODS: 3,774 angiograms performed on 2,820 patients were seen.", 2820, None),
]


@pytest.mark.parametrize(("abstract", "value", "quote"), STATED)
def test_enrolled(study: Assess, abstract: str, value: int, quote: str | None) -> None:
    fact = study("Outcome of treatment", abstract).n_enrolled
    assert fact is not None
    assert fact.value == value
    assert quote is None or fact.quote.text == quote


UNSTATED = [
    "The prevalence in Norway by January 1st, 1983, was studied in all sources.",
    "Nine regimens approved by 2005 were included in this survey.",
    "It affects some 1:5000 males.",
    "The same change was seen in 3 previously reported patients.",
    "This was recently described in two familial patients.",
    "A total of 63 families were examined for linkage.",
    "There were 000 boys in the table.",
    "Boys received vector A.",
    "Samples of 12 centres were pooled and 40 variants were found.",
    "Survival was 95% of patients at 5 years.",
    "Boys aged 13 years were included.",
    "The disease affects 1 in 40,000 newborns and 2 per 100,000 children.",
    "Twelve mice were injected and 30 rats were fed.",
    "Patients with type 2 patients' disease were seen at day 7.",
    "We followed families. Three of the patients died.",
    "Three randomised trials and two enrolled centres were compared.",
    "BACKGROUND: In all, 300 patients have been reported. METHODS: We followed families.",
]


@pytest.mark.parametrize("abstract", UNSTATED)
def test_not_stated_is_none(study: Assess, abstract: str) -> None:
    assert study("Outcome of treatment", abstract).n_enrolled is None


class TestScreened:
    def test_is_told_apart_from_enrolled(self, study: Assess) -> None:
        found = study("Drug A", "Thirty-nine patients were screened and 32 patients were treated.")
        assert found.n_screened is not None
        assert (found.n_screened.value, found.n_screened.quote.text) == (39, "Thirty-nine patients")

    @pytest.mark.parametrize(
        ("abstract", "value", "quote"),
        [
            ("We studied 5 affected infants; 542,554 newborns were screened.", 542554, "542,554 newborns"),
            ("Dried blood spots from 32 737 newborns were tested twice.", 32737, "32 737 newborns"),
            (
                "Lipids were measured in 27,335 de-identified dried blood spots of newborns.",
                27335,
                "27,335 de-identified dried blood spots of newborns",
            ),
        ],
    )
    def test_newborns_who_are_screened_are_those_studied(
        self, study: Assess, abstract: str, value: int, quote: str
    ) -> None:
        found = study("Newborn screening for Krabbe disease", abstract)
        for fact in (found.n_enrolled, found.n_screened):
            assert fact is not None
            assert (fact.value, fact.quote.text) == (value, quote)

    @pytest.mark.parametrize(
        ("abstract", "enrolled", "screened"),
        [
            ("In this trial 36 children received drug A. Forty-four were screened.", 36, 44),
            ("Of 44 children assessed for eligibility, 36 were enrolled in this trial.", 36, 44),
            ("Of 44 children assessed, 36 children were randomised.", 36, 44),
            ("Of 44 children assessed, 36 walked.", 44, None),
        ],
    )
    def test_more_are_looked_at_than_taken(
        self, study: Assess, abstract: str, enrolled: int, screened: int | None
    ) -> None:
        found = study("Drug A", abstract)
        assert found.n_enrolled is not None
        assert found.n_enrolled.value == enrolled
        assert (found.n_screened.value if found.n_screened is not None else None) == screened

    def test_is_none_when_not_said(self, study: Assess) -> None:
        assert study("Drug A", "We enrolled 32 boys.").n_screened is None


class TestOnePerson:
    def test_a_case_report_has_one(self, study: Assess) -> None:
        fact = study("Tiratricol: a case report", "A 6-year-old boy was treated with tiratricol.").n_enrolled
        assert fact is not None
        assert (fact.value, fact.quote.text) == (1, "A 6-year-old boy")

    def test_words_for_the_age_and_adjectives(self, study: Assess) -> None:
        fact = study(
            "A case report", "We describe a previously healthy, fifty-year-old Dutch man."
        ).n_enrolled
        assert fact is not None
        assert fact.value == 1


def test_animals_and_reviews_enrol_nobody(study: Assess) -> None:
    assert study("Vector A in mice", "Fluid of 12 patients was tested; mice were treated.").n_enrolled is None
    assert study("Krabbe disease: a review", "We review 300 patients of the literature.").n_enrolled is None


class TestComparison:
    @pytest.mark.parametrize(
        ("abstract", "value", "quote"),
        [
            ("We compared 20 patients with 30 healthy controls.", 30, "30 healthy controls"),
            ("Twenty boys were treated; 12 untreated siblings were followed.", 12, "12 untreated siblings"),
            ("Men were randomly assigned to drug A (n=77) or placebo (n=39).", 39, "n=39"),
            ("We randomised 60 men; 20 men received placebo.", 20, "20 men"),
        ],
    )
    def test_is_quoted(self, read: Callable[..., Reading], abstract: str, value: int, quote: str) -> None:
        fact = _comparison(read("Outcome of treatment", abstract))
        assert fact is not None
        assert (fact.value, fact.quote.text) == (value, quote)

    @pytest.mark.parametrize(
        "abstract",
        [
            "We enrolled 32 boys.",
            "We enrolled 30 healthy volunteers.",
            "We enrolled 32 boys in a placebo-controlled trial.",
            "BACKGROUND: Controls were 40 healthy controls elsewhere. METHODS: We enrolled 32 boys.",
        ],
    )
    def test_is_none_without_one(self, read: Callable[..., Reading], abstract: str) -> None:
        assert _comparison(read("Outcome of treatment", abstract)) is None


def _comparison(reading: Reading) -> Fact | None:
    found = people.find(reading)
    whole = participants.enrolled(reading, found, design="cohort")
    return participants.comparison(reading, found, whole, design="cohort")


def test_hostile_text_takes_no_time(read: Callable[..., Reading]) -> None:
    started = time.perf_counter()
    for words in ("12 and (n = 3) patients (", "each group of 5 women and ", "total of 7 of ", "a case, a "):
        people.find(read("Outcome", words * 400))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("We enrolled 30 boys.", "studied"),
        ("We enrolled 30 healthy volunteers.", "studied"),
        ("We compared boys with 30 healthy controls.", "control"),
        ("Results were compared with those of 30 untreated children.", "control"),
        ("We followed 30 untreated children.", "studied"),
        ("In all, 30 boys were screened.", "screened"),
        ("In all, 30 boys were assessed for eligibility.", "screened"),
    ],
)
def test_roles(read: Callable[..., Reading], words: str, role: str) -> None:
    (count,) = people.find(read("Outcome", words)).counts
    assert (count.value, count.role) == (30, role)


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        ("We saw families (", "listed"),
        ("(As planned) we saw patients: ", "opens"),
        ("We saw families [", "listed"),
        ("", "opens"),
    ],
)
def test_signs_of_where_a_count_begins(before: str, sign: str) -> None:
    found = around(before, "", "boys", "", None, 3)
    assert sign in found
    assert not {"listed", "opens"} - {sign} & found
