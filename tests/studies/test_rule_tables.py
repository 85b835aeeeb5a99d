"""Short sentences, rule by rule, on both sides of what each rule asks for: every fact with its quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from leukonlp.records import Fact, Tag
from leukonlp.studies import (
    adverse_events,
    ages,
    control,
    countries,
    delivery,
    doses,
    follow_up,
    genotype,
    measures,
    outcomes,
    participants,
    people,
    phase,
    rates,
    ratios,
    sex,
    sites,
    stage,
)
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]


def _enrolled(reading: Reading) -> int:
    fact = participants.enrolled(reading, people.find(reading), design=None)
    return fact.value if fact is not None and isinstance(fact.value, int) else 0


def _ages(reading: Reading) -> Fact | None:
    return ages.ages(reading, people=people.find(reading), enrolled=_enrolled(reading))


RULES: dict[str, Callable[[Reading], Fact | Tag | Iterable[Fact] | None]] = {
    "rates": rates.rates,
    "measures": measures.measures,
    "outcomes": outcomes.outcomes,
    "ratios": ratios.ratios,
    "doses": doses.doses,
    "vectors": delivery.vectors,
    "routes": delivery.routes,
    "comparator": control.comparator,
    "blinding": control.blinding,
    "adverse": lambda reading: adverse_events.adverse_events(reading, treated=True),
    "countries": countries.countries,
    "genotype": genotype.genotype,
    "sites": sites.n_sites,
    "multi": sites.multicentre,
    "sex": lambda reading: sex.sex(reading, people.find(reading)),
    "stage": lambda reading: stage.stage(reading, enrolled=_enrolled(reading)),
    "ages": _ages,
    "follow": follow_up.follow_up,
    "phase": phase.stated,
}
SAID: dict[str, list[tuple[str, str, list[str]]]] = {
    "rates": [
        (
            "",
            "RESULTS: Five-year survival was 80% (95% CI 70-90).",
            ["80 five-year survival [70 to 90] % «Five-year survival was 80% (95% CI 70-90)»"],
        ),
        (
            "",
            "RESULTS: Survival at 5 years was 80% (95% CI 85-90).",
            ["80 5-year survival % «Survival at 5 years was 80%»"],
        ),
        (
            "",
            "RESULTS: Five-year survival was 100%.",
            ["100 five-year survival % «Five-year survival was 100%»"],
        ),
        ("", "RESULTS: Five-year survival was 101%.", []),
        (
            "",
            "RESULTS: Overall survival was 80% at 2 years and 70% at 5 years.",
            [
                "80 2-year overall survival % «Overall survival was 80% at 2 years»",
                ("70 5-year overall survival % «Overall survival was 80% at 2 years and 70% at 5 years»"),
            ],
        ),
        (
            "",
            "RESULTS: Overall survival was 80% in boys and 70% in girls.",
            [
                "80 overall survival in boys % «Overall survival was 80% in boys»",
                "70 overall survival in girls % «Overall survival was 80% in boys and 70% in girls»",
            ],
        ),
        ("", "RESULTS: Overall survival was 100% and 43%.", []),
        ("", "RESULTS: Survival and relapse at two years were 80% and 10%, respectively.", []),
        ("", "RESULTS: In the control group survival was 20%.", []),
        (
            "",
            "RESULTS: Survival was 80% in treated boys versus 20% in untreated boys.",
            ["80 survival in treated boys % «Survival was 80% in treated boys»"],
        ),
        ("", "RESULTS: Median survival was 24 months versus 16 months.", []),
        (
            "",
            "RESULTS: Median survival was 24 months (95% CI 20-30).",
            ["24 median survival [20 to 30] months «Median survival was 24 months (95% CI 20-30)»"],
        ),
        (
            "",
            "RESULTS: Among infants, five-year survival was 80%.",
            ["80 five-year survival in infants % «Among infants, five-year survival was 80%»"],
        ),
        (
            "",
            "BACKGROUND: Five-year survival is 20%. RESULTS: Five-year survival was 80%.",
            ["80 five-year survival % «Five-year survival was 80%»"],
        ),
        ("", "CONCLUSIONS: Five-year survival was 80%.", []),
        (
            "",
            "RESULTS: Five-year overall survival (OS) was 80% (8 of 10).",
            ["80 five-year overall survival % «Five-year overall survival (OS) was 80%»"],
        ),
        ("", "RESULTS: Survival differed: the difference in survival was 10%.", []),
        (
            "",
            "RESULTS: The response rate was 60%. The relapse rate was 12.5%.",
            ["60 response rate % «response rate was 60%»", "12.5 relapse rate % «relapse rate was 12.5%»"],
        ),
        (
            "",
            "RESULTS: The response rate was 60%. The response rate was 50%.",
            ["60 response rate % «response rate was 60%»"],
        ),
        ("", "RESULTS: Mortality was 5 percent.", ["5 mortality % «Mortality was 5 percent»"]),
        (
            "",
            "RESULTS: Five-year survival was 80% (70-90%), and event-free survival was 60%.",
            [
                "80 five-year survival [70 to 90] % «Five-year survival was 80% (70-90%)»",
                "60 event-free survival % «event-free survival was 60%»",
            ],
        ),
        (
            "",
            "RESULTS: Survival was 80% (95% confidence interval, 80 to 90) at 3 years.",
            [
                (
                    "80 3-year survival [80 to 90] % «Survival was 80% (95% confidence interval, 80 to "
                    "90) at 3 years»"
                )
            ],
        ),
        (
            "",
            "RESULTS: Survival was 90% (95% confidence interval, 80 to 90) at 3 years.",
            [
                (
                    "90 3-year survival [80 to 90] % «Survival was 90% (95% confidence interval, 80 to "
                    "90) at 3 years»"
                )
            ],
        ),
        (
            "",
            "RESULTS: At three years survival was 75 percent in boys with gout.",
            [
                (
                    "75 three-year survival in boys with gout % «three years survival was 75 percent in "
                    "boys with gout»"
                )
            ],
        ),
        ("", "RESULTS: Survival was 80% compared with 60%.", []),
        (
            "",
            "RESULTS: Survival was 80% in boys compared with 60% in controls.",
            ["80 survival in boys % «Survival was 80% in boys»"],
        ),
        ("", "RESULTS: In historical controls, survival was 20%, but in our boys survival was 80%.", []),
        ("", "RESULTS: Survival at 2 and 5 years was 80% and 70%.", []),
        ("", "RESULTS: Survival was 80% in boys, respectively.", []),
    ],
    "measures": [
        (
            "",
            "RESULTS: The mean IQ was 85 (range 70-100).",
            ["85 mean IQ [70 to 100] «IQ was 85 (range 70-100)»"],
        ),
        ("", "RESULTS: IQ increased by 12 points.", ["12 increase in IQ points «IQ increased by 12 points»"]),
        (
            "",
            "RESULTS: The mean GMFM score increased from 20 to 35.",
            ["35 GMFM (from 20) «GMFM score increased from 20 to 35»"],
        ),
        (
            "",
            "RESULTS: Sulfatide levels fell by 60%.",
            ["60 decrease in sulfatides % «Sulfatide levels fell by 60%»"],
        ),
        ("", "RESULTS: Baseline IQ was 80.", []),
        ("", "RESULTS: IQ improved. METHODS: IQ was measured.", ["IQ «IQ improved»"]),
        ("", "RESULTS: Improvement was seen in IQ.", ["IQ «Improvement was seen in IQ»"]),
        ("", "RESULTS: Improvement, as expected, was seen in IQ.", []),
        ("", "RESULTS: IQ declined in untreated siblings.", []),
        ("", "RESULTS: Median IQ of the boys was 85 (70 to 80).", ["85 median IQ «IQ of the boys was 85»"]),
        ("", "RESULTS: IQ was 85 and 70, respectively.", []),
        (
            "",
            "RESULTS: IQ rose by 12 points (95% CI 5 to 20).",
            ["12 increase in IQ [5 to 20] points «IQ rose by 12 points (95% CI 5 to 20)»"],
        ),
        (
            "",
            "RESULTS: IQ fell by 12 points (95% CI 15 to 20).",
            ["12 decrease in IQ points «IQ fell by 12 points»"],
        ),
        ("", "RESULTS: The mean IQ of all boys was 85 (SD 12).", ["85 mean IQ «IQ of all boys was 85»"]),
        ("", "RESULTS: IQ was 85 in treated boys.", ["85 IQ in treated boys «IQ was 85 in treated boys»"]),
        ("", "RESULTS: IQ was 85 in the control group.", []),
        ("", "BACKGROUND: IQ was 85. RESULTS: IQ was 90.", ["90 IQ «IQ was 90»"]),
        ("", "RESULTS: IQ improved. IQ was 90.", ["90 IQ «IQ was 90»"]),
        ("", "RESULTS: IQ was 90. IQ was 80.", ["90 IQ «IQ was 90»"]),
        ("", "RESULTS: IQ will be measured and improved.", []),
        ("", "RESULTS: IQ was seen. It improved.", []),
        ("", "RESULTS: Drug A improved IQ.", ["IQ «improved IQ»"]),
        ("", "RESULTS: IQ was 85 (70-90) in treated boys, and respectively so.", []),
    ],
    "outcomes": [
        (
            "",
            "METHODS: The primary end point was survival at two years.",
            ["primary end point: survival «primary end point was survival»"],
        ),
        (
            "",
            "RESULTS: Survival was 80%, and IQ improved.",
            ["80 survival % «Survival was 80%»", "IQ «IQ improved»"],
        ),
    ],
    "ratios": [
        (
            "",
            "RESULTS: Treatment lowered mortality (hazard ratio 0.5, 95% CI 0.3-0.8).",
            [
                (
                    "0.5 hazard ratio [0.3 to 0.8] «RESULTS: Treatment lowered mortality (hazard ratio "
                    "0.5, 95% CI 0.3-0.8)»"
                )
            ],
        ),
        (
            "",
            "RESULTS: Age was linked to death (HR 1.5; 95% CI 1.1 to 2.0).",
            [("1.5 hazard ratio [1.1 to 2] «RESULTS: Age was linked to death (HR 1.5; 95% CI 1.1 to 2.0)»")],
        ),
        (
            "",
            "RESULTS: Age was linked to death (HR 1.5).",
            ["1.5 hazard ratio «RESULTS: Age was linked to death (HR 1.5)»"],
        ),
        (
            "",
            "RESULTS: Age was linked to death (adjusted OR = 2, 95% CI 1.1 to 3.0).",
            [
                (
                    "2 adjusted odds ratio [1.1 to 3] «RESULTS: Age was linked to death (adjusted OR = "
                    "2, 95% CI 1.1 to 3.0)»"
                )
            ],
        ),
        (
            "",
            "RESULTS: Death was rarer (hazard ratio for death, 0.5; 95% CI 0.6 to 0.8).",
            ["0.5 hazard ratio for death «RESULTS: Death was rarer (hazard ratio for death, 0.5»"],
        ),
        ("", "METHODS: An odds ratio of 2.0 was expected.", []),
        (
            "",
            (
                "RESULTS: We saw it all here in boys; age at onset was strongly linked to death in "
                "girls (odds ratio 2.0, 95% CI 1.0-4.0)."
            ),
            [
                (
                    "2 odds ratio [1 to 4] «age at onset was strongly linked to death in girls (odds "
                    "ratio 2.0, 95% CI 1.0-4.0)»"
                )
            ],
        ),
        (
            "",
            "RESULTS: We saw it; age (odds ratio 2.0, 95% CI 1.0-4.0).",
            ["2 odds ratio [1 to 4] «RESULTS: We saw it; age (odds ratio 2.0, 95% CI 1.0-4.0)»"],
        ),
        (
            "",
            "RESULTS: Death came early in boys (adjusted hazard ratio 0.5, 95% CI 0.5-0.8).",
            [
                (
                    "0.5 adjusted hazard ratio [0.5 to 0.8] «RESULTS: Death came early in boys (adjusted "
                    "hazard ratio 0.5, 95% CI 0.5-0.8)»"
                )
            ],
        ),
        (
            "",
            "RESULTS: Death came early in boys (hazard ratio 0.8, 95% CI 0.5-0.8).",
            [
                (
                    "0.8 hazard ratio [0.5 to 0.8] «RESULTS: Death came early in boys (hazard ratio 0.8, "
                    "95% CI 0.5-0.8)»"
                )
            ],
        ),
        (
            "",
            (
                "RESULTS: It was rare, of course, in boys and in girls; death, which came early in "
                "all the boys who were seen (relative risk 2.5, 95% CI 2.0-3.0)."
            ),
            [
                (
                    "2.5 relative risk [2 to 3] «death, which came early in all the boys who were seen "
                    "(relative risk 2.5, 95% CI 2.0-3.0)»"
                )
            ],
        ),
        ("", "RESULTS: Death came early or 2.5 times (95% CI 2-3).", []),
    ],
    "doses": [
        ("", "We gave 20 mg/kg of drug A to boys.", ["20 mg/kg «20 mg/kg»"]),
        (
            "",
            "We gave 5, 10 or 20 mg to boys.",
            ["5 mg «5, 10 or 20 mg»", "10 mg «5, 10 or 20 mg»", "20 mg «5, 10 or 20 mg»"],
        ),
        ("", "We gave 5 to 20 mg/kg per day to boys.", ["range [5 to 20] mg/kg/day «5 to 20 mg/kg per day»"]),
        ("", "We gave 20 to 5 mg/kg to boys.", []),
        ("", "We gave boys 1.1 x 10^14 vg/kg.", ["1.1e+14 vg/kg «1.1 x 10^14 vg/kg»"]),
        ("", "We gave boys 1 x 10(13) vector genomes/kg.", ["1e+13 vg/kg «1 x 10(13) vector genomes/kg»"]),
        ("", "We gave boys 10^13 vg/kg.", ["1e+13 vg/kg «10^13 vg/kg»"]),
        ("", "We gave boys 2e13 vg/kg.", ["2e+13 vg/kg «2e13 vg/kg»"]),
        ("", "We gave boys 1,250 mg twice daily.", ["1250 mg twice daily «1,250 mg twice daily»"]),
        ("", "We gave boys 0,5 mg of drug A.", ["0.5 mg «0,5 mg»"]),
        ("", "We gave boys a mean dose of 5 mg of drug A.", ["5 mean mg «5 mg»"]),
        ("", "Boys weighed 20 kg and excreted 5 mg/day of sulfatide.", []),
        ("", "Serum levels were 20 mg/kg.", []),
        ("", "Drug A is sold as 100 units. We saw boys.", []),
        ("", "BACKGROUND: 20 mg is usual. METHODS: We gave 30 mg of drug A.", ["30 mg «30 mg»"]),
        ("", "Twenty mg of drug A was usual. It was 20 mg.", []),
        (
            "",
            "We gave 20 mg of drug A to boys, then 20 mg again, then 10 mg.",
            ["20 mg «20 mg»", "10 mg «10 mg»"],
        ),
        (
            "",
            "We gave boys 300 milligrams per square meter of drug A.",
            ["300 mg/m2 «300 milligrams per square meter»"],
        ),
        (
            "",
            "We gave boys 5 µg/kg body weight and 3 mcg/kg/d.",
            ["5 μg/kg «5 µg/kg body weight»", "3 μg/kg/day «3 mcg/kg/d»"],
        ),
        ("", "We gave boys 20 mg kg-1 day-1 of drug A.", ["20 mg/kg/day «20 mg kg-1 day-1»"]),
        (
            "",
            "We gave boys drug A (5 mg, 10 mg) and drug B at 3 IU/kg.",
            ["5 mg «5 mg»", "10 mg «10 mg»", "3 IU/kg «3 IU/kg»"],
        ),
        ("", "We gave boys a maximum of 30 mg of drug A.", ["30 maximum mg «30 mg»"]),
        (
            "",
            "We gave boys drug A at 2 mg/kg every 2 weeks.",
            ["2 mg/kg every 2 weeks «2 mg/kg every 2 weeks»"],
        ),
        ("", "Groups 1, 2 and 3 mg: we gave boys 3 mg.", ["3 mg «3 mg»"]),
        ("", "We infused boys with 2 x 10^6 cells/kg.", ["2e+06 cells/kg «2 x 10^6 cells/kg»"]),
        ("", "Blood held 2 x 10^6 cells/kg in boys whom we saw.", []),
        ("", "We gave boys 500 mg/m² of drug A.", ["500 mg/m2 «500 mg/m²»"]),
        ("", "We gave boys ³ mg and 1×10⁹ cells/kg by infusion.", ["1e+09 cells/kg «1×10⁹ cells/kg»"]),
        ("", "We gave boys 1.5 billion cells/kg by infusion.", ["1.5e+09 cells/kg «1.5 billion cells/kg»"]),
        ("", "We gave boys 20 mg/m(2) of drug A each day.", ["20 mg/m2 «20 mg/m(2)»"]),
        ("", "We gave boys 20 micrograms/kilogram/hour.", ["20 μg/kg/h «20 micrograms/kilogram/hour»"]),
    ],
    "vectors": [
        ("", "We gave boys an AAV9 vector.", ["AAV9 «AAV9»"]),
        (
            "",
            "We gave boys an AAV vector, AAV serotype 9, and later AAVrh10.",
            ["AAV9 «AAV serotype 9»", "AAVrh10 «AAVrh10»"],
        ),
        ("", "We gave boys cells with a lentiviral vector.", ["lentiviral «lentiviral vector»"]),
        ("", "Lentiviral vectors are used.", []),
        ("", "We treated boys with AAV-associated vasculitis of ANCA type.", []),
        (
            "",
            "We gave boys a gammaretroviral vector; the retroviral vector was safe.",
            ["gammaretroviral «gammaretroviral vector»"],
        ),
        ("", "We gave boys a retroviral vector.", ["retroviral «retroviral vector»"]),
        ("", "We gave boys AAV2/5 in AAV vectors.", ["AAV2/5 «AAV2/5»"]),
    ],
    "routes": [
        ("", "Boys with oral cancer had intravenous access.", []),
        (
            "",
            "We gave boys drug A by intracerebroventricular infusion.",
            ["intracerebroventricular «intracerebroventricular»"],
        ),
        ("", "Intrathecal drug A is used.", []),
        ("", "Drug A was injected intrathecally in boys whom we treated.", ["intrathecal «intrathecally»"]),
        ("", "Boys received oral drug A, which we gave once daily.", ["oral «oral»"]),
        (
            "",
            "Boys received drug A intravenously, which we gave by intravenous infusion of drug A.",
            ["intravenous «intravenously»"],
        ),
    ],
    "comparator": [
        ("", "We compared drug A with placebo in boys.", ["placebo «with placebo»"]),
        ("", "Boys were randomised to drug A or drug B.", ["active «randomised to drug A or drug B»"]),
        (
            "",
            "Boys were randomly assigned to low-dose or high-dose drug A.",
            ["dose «low-dose or high-dose»"],
        ),
        ("", "Treated boys were compared with untreated boys.", ["untreated «compared with untreated boys»"]),
        ("", "We compared them with a natural history cohort.", ["natural_history «natural history cohort»"]),
        ("", "A natural history cohort is known.", []),
        ("Drug A versus drug B in boys: a trial", "Boys were randomised.", ["active «Drug A versus drug B»"]),
        ("Drug A versus drug B in boys: a trial", "Boys were treated.", []),
        ("", "A previous placebo-controlled trial failed. We treated boys.", []),
        ("", "There was no control group.", ["none «no control group»"]),
        ("", "BACKGROUND: Placebo was used before. METHODS: We treated boys.", []),
        ("", "We treated boys with drug A or standard care.", ["standard_care «or standard care»"]),
        ("", "This was not a placebo-controlled trial. We treated boys.", []),
        ("", "Boys received drug A or sham injections.", ["placebo «or sham»"]),
        ("", "Boys were randomised. They took drug A.", []),
        ("", "Boys received no placebo. Girls received placebo.", ["placebo «received placebo»"]),
        (
            "Drug A versus drug B: a randomised trial in boys",
            "We treated boys.",
            ["active «Drug A versus drug B»"],
        ),
        (
            "",
            "RESULTS: Treated boys did better than untreated historical controls.",
            ["untreated «than untreated historical controls»"],
        ),
    ],
    "blinding": [
        ("", "This double-blind trial enrolled boys.", ["double_blind «double-blind»"]),
        ("", "This open-label trial enrolled boys.", ["open_label «open-label»"]),
        (
            "",
            "This double-blind trial with an open-label extension enrolled boys.",
            ["double_blind «double-blind»"],
        ),
        ("", "This open-label extension of a double-blind trial enrolled boys.", ["open_label «open-label»"]),
        (
            "An open-label study in boys",
            "The double-blind phase came first in this trial.",
            ["open_label «open-label»"],
        ),
        ("", "This single-blind trial enrolled boys.", ["single_blind «single-blind»"]),
        ("A triple-blind trial of drug A", "We treated boys.", ["triple_blind «triple-blind»"]),
        ("", "A previous double-blind trial failed. We treated boys.", []),
        ("", "CONCLUSIONS: A double-blind trial is needed.", []),
        ("", "The trial was not blinded.", ["open_label «was not blinded»"]),
        ("", "This quadruple-blind trial enrolled boys.", ["quadruple_blind «quadruple-blind»"]),
        (
            "A double-blind trial; it was then open-label, and double-blind again in boys",
            "We treated boys.",
            ["double_blind «double-blind»"],
        ),
        (
            "",
            ("This open-label extension enrolled boys of a double-blind trial; we masked it double-blind."),
            ["double_blind «double-blind»"],
        ),
    ],
    "adverse": [
        (
            "",
            "RESULTS: Fever occurred in 3 of 20 patients (15%).",
            ["fever [15 to ] % n=3/20 «Fever occurred in 3 of 20 patients (15%)»"],
        ),
        ("", "RESULTS: Fever occurred in 30 of 20 patients.", ["fever «Fever»"]),
        (
            "",
            "RESULTS: There were no infections. Infections occurred in two boys after treatment.",
            ["infection n=2 «Infections occurred in two»"],
        ),
        (
            "",
            "RESULTS: Infections occurred after treatment. Infections occurred in two boys.",
            ["infection n=2 «Infections occurred in two»"],
        ),
        ("", "RESULTS: Two of ten boys died.", ["death n=2/10 «Two of ten boys died»"]),
        (
            "",
            "RESULTS: Three treatment-related deaths occurred.",
            ["death n=3 «Three treatment-related deaths»"],
        ),
        ("", "RESULTS: Fever occurred in 3 patients versus 5 patients in the placebo group.", []),
        (
            "",
            "RESULTS: Fever (12%) and vomiting (3 patients) were adverse events.",
            ["fever [12 to ] % «Fever (12%)»", "vomiting n=3 «vomiting (3 patients)»"],
        ),
        (
            "",
            "RESULTS: Acute graft-versus-host disease developed in 4 children.",
            ["graft-versus-host disease n=4 «Acute graft-versus-host disease developed in 4»"],
        ),
        ("Fever in boys", "RESULTS: Fever occurred in 3 boys.", []),
        ("", "RESULTS: Three boys came with leukaemia.", []),
        ("", "RESULTS: Leukaemia was seen.", []),
        ("", "RESULTS: New leukaemia was seen after treatment.", ["leukaemia «leukaemia»"]),
        ("", "METHODS: Fever was recorded. RESULTS: Fever was rare.", []),
        ("", "RESULTS: Seizures improved.", []),
        (
            "",
            "RESULTS: 15% of patients had seizures as an adverse event.",
            ["seizures [15 to ] % «15% of patients had seizures»"],
        ),
        ("", "RESULTS: Fever occurred in the controls.", []),
        (
            "",
            "RESULTS: Rash developed in 12 (30%) of 40 boys as an adverse event.",
            ["rash [30 to ] % n=12/40 «Rash developed in 12 (30%) of 40»"],
        ),
        ("", "RESULTS: Sepsis occurred in 5% of boys and in 3% of girls.", ["infection «Sepsis»"]),
        ("", "RESULTS: Adverse events were rash and fever.", ["rash «rash»", "fever «fever»"]),
        ("", "RESULTS: Sepsis (3 of 20) occurred after infusion.", ["infection n=3/20 «Sepsis (3 of 20)»"]),
        (
            "",
            "RESULTS: Sepsis (3/20; 15%) occurred after infusion.",
            ["infection [15 to ] % n=3/20 «Sepsis (3/20; 15%)»"],
        ),
        (
            "",
            (
                "RESULTS: There was no fever. Fever occurred in 3 of 20 patients after infusion as "
                "an adverse event."
            ),
            ["fever n=3/20 «Fever occurred in 3 of 20»"],
        ),
        (
            "",
            "RESULTS: Sepsis occurred in 100% of boys.",
            ["infection [100 to ] % «Sepsis occurred in 100%»"],
        ),
        ("", "RESULTS: Sepsis (101%) occurred after infusion.", ["infection «Sepsis»"]),
        ("", "RESULTS: Sepsis (100%) occurred after infusion.", ["infection [100 to ] % «Sepsis (100%)»"]),
    ],
    "countries": [
        ("", "We treated boys in France.", ["France «France»"]),
        ("", "French boys were treated.", ["France «French»"]),
        (
            "",
            "We treated boys in hospitals in the US, UK and Italy.",
            ["United States «US»", "United Kingdom «UK»", "Italy «Italy»"],
        ),
        (
            "",
            "We told us of boys treated in Italy, France and Spain.",
            ["Italy «Italy»", "France «France»", "Spain «Spain»"],
        ),
        ("", "The drug was approved in France. We treated boys in Spain.", ["Spain «Spain»"]),
        ("A study from Italy", "CONCLUSIONS: Boys were treated in Spain.", ["Italy «Italy»"]),
        (
            "",
            "Boys treated in Italy. Treatment in France of boys was good.",
            ["Italy «Italy»", "France «France»"],
        ),
        ("", "African American boys and American boys were treated.", ["United States «American»"]),
        ("", "Boys in turkeyland were treated in TURKEY.", ["Turkey «TURKEY»"]),
        ("", "Boys treated at hospitals in Peru were seen.", ["Peru «Peru»"]),
        ("", "Boys were treated at sites in us and uk.", []),
        ("", "Boys in Germany were treated. Spain is sunny.", ["Germany «Germany»"]),
        ("", "Italian guidelines were used for boys.", []),
        ("Treatment of boys: a survey in Germany", "We sent letters.", ["Germany «Germany»"]),
        ("", "Boys (from the Italian Association) were treated.", []),
        ("", "Boys of the USA were treated at sites in Cuba.", ["United States «USA»", "Cuba «Cuba»"]),
        ("", "Boys were treated at sites in Cuba1 and 2Peru.", []),
        ("", "Boys from Texas, USA, were treated.", ["United States «USA»"]),
        (
            "",
            "Boys were seen in Lima, Peru and at a clinic in Quito, Ecuador.",
            ["Peru «Peru»", "Ecuador «Ecuador»"],
        ),
        (
            "",
            "Patients of Chinese descent were treated at hospitals in Canada.",
            ["China «Chinese»", "Canada «Canada»"],
        ),
        ("", "South African boys and North American boys were treated.", ["South Africa «South African»"]),
        ("", "The German drug was given to boys in Norway.", ["Norway «Norway»"]),
        ("", "According to the FDA in the USA boys were treated.", []),
    ],
    "sites": [
        ("", "Boys were enrolled at one centre in Italy.", ["1 «at one centre»"]),
        ("", "Boys were enrolled at two centres.", ["2 «two centres»"]),
        ("", "Boys were enrolled at 12 US sites and 3 sites in Italy.", ["3 «3 sites»"]),
        ("", "Boys were enrolled from 120 hospitals.", ["120 «120 hospitals»"]),
        ("", "Boys were enrolled at 0 centres.", []),
        ("", "Boys were enrolled at one hospital and two clinics.", ["3 «one hospital and two clinics»"]),
        ("", "CONCLUSIONS: Boys should be enrolled at 12 centres.", []),
        (
            "",
            "A previous trial at 12 centres failed. Boys were enrolled at 3 hospitals.",
            ["3 «3 hospitals»"],
        ),
        ("", "Boys were enrolled at 12 centres; 3 centres enrolled most.", ["12 «12 centres»"]),
        ("", "Boys were enrolled at 3 centres, later at 12 centres.", ["12 «12 centres»"]),
        ("", "Patients admitted to 12 hospitals were enrolled.", ["12 «12 hospitals»"]),
        ("", "We mailed a survey to 12 hospitals. The boys were enrolled at 2 centres.", ["2 «2 centres»"]),
        ("", "Boys were enrolled in 12 countries.", []),
        ("", "Other boys of a single-centre study were known. We treated boys.", []),
    ],
    "multi": [
        ("", "Boys were enrolled in this multicentre trial.", ["True «multicentre»"]),
        ("", "Boys were enrolled at one centre.", ["False «at one centre»"]),
        ("", "Boys were enrolled at three centres.", ["True «three centres»"]),
        ("", "This single-centre study enrolled boys.", ["False «single-centre»"]),
        ("", "Boys were enrolled.", []),
        ("", "Boys came from 12 countries.", []),
        ("", "Boys were recruited in 12 countries.", ["True «12 countries»"]),
        ("", "Boys were enrolled at one centre and at two centres.", ["True «two centres»"]),
        ("A multicentre trial of drug A", "We treated boys.", ["True «multicentre»"]),
        (
            "",
            ("BACKGROUND: Multicentre trials exist. METHODS: This single-centre study enrolled boys."),
            ["False «single-centre»"],
        ),
        ("", "Boys were enrolled at several hospitals.", ["True «several hospitals»"]),
    ],
    "sex": [
        ("", "We treated 20 patients (100% male).", ["male «100% male»"]),
        ("", "We treated 20 patients (0% female).", ["male «0% female»"]),
        ("", "We treated 20 patients (101% male).", []),
        ("", "We treated 20 patients (50% male).", ["both «50% male»"]),
        ("", "Of 36 boys 27 of 36 boys (75%) were alive.", ["male «36 boys»"]),
        ("", "We treated 20 patients, mostly men.", ["both «mostly men»"]),
        ("", "We treated 20 patients, all women.", ["female «all women»"]),
        ("", "We treated 20 patients. Controls were 10 men and 12 women.", []),
        ("Outcome in boys", "We treated them.", ["male «in boys»"]),
        ("Outcome in boys", "We treated them and their mothers.", ["male «in boys»"]),
        ("", "We treated only boys.", ["male «only boys»"]),
        ("", "A 6-year-old boy was treated.", ["male «A 6-year-old boy»"]),
        ("", "BACKGROUND: Men and women are ill. METHODS: We treated 20 patients.", []),
        ("", "We treated patients of both sexes.", ["both «both sexes»"]),
        ("", "We treated 20 patients (12 men and 8 women).", ["both «12 men and 8 women»"]),
        ("", "Of the controls, 60% were female. We treated 20 patients.", []),
        ("", "All of the patients were men.", ["male «All of the patients were men»"]),
        ("", "The risk was higher in men. We treated 20 patients.", []),
        ("", "We treated 5 patients, 3 of them women and 2 men.", ["both «3 of them women and 2 men»"]),
        ("", "Three boys and two girls were treated.", ["both «Three boys and two girls»"]),
        ("", "Women are more often ill. We treated 20 women.", ["female «20 women»"]),
        ("", "Only men were enrolled in this study.", ["male «Only men»"]),
        (
            "",
            "We compared them with healthy men and women. We treated 8 men and 11 women.",
            ["both «8 men and 11 women»"],
        ),
        (
            "",
            "Controls were 10 men and 12 women. We treated 20 patients (8 men, 11 women).",
            ["both «8 men, 11 women»"],
        ),
    ],
    "stage": [
        ("", "We treated presymptomatic boys.", ["presymptomatic «presymptomatic boys»"]),
        ("", "We treated early symptomatic boys.", ["early_symptomatic «early symptomatic boys»"]),
        ("", "We treated advanced-stage boys.", ["advanced «advanced-stage boys»"]),
        (
            "",
            "We treated presymptomatic and early symptomatic boys.",
            ["mixed «presymptomatic and early symptomatic boys»"],
        ),
        ("", "We treated presymptomatic boys and advanced-stage girls.", ["mixed «presymptomatic boys»"]),
        ("", "We treated presymptomatic boys and symptomatic girls.", ["mixed «presymptomatic boys»"]),
        ("", "We treated 10 boys, of whom 4 presymptomatic boys did well.", []),
        ("", "We treated 10 presymptomatic boys.", ["presymptomatic «presymptomatic boys»"]),
        ("", "Some presymptomatic boys were treated.", []),
        ("", "Boys were presymptomatic at treatment.", ["presymptomatic «were presymptomatic at treatment»"]),
        ("", "Boys were treated while presymptomatic.", ["presymptomatic «treated while presymptomatic»"]),
        ("", "Boys were treated before symptom onset.", ["presymptomatic «before symptom onset»"]),
        ("", "They remained presymptomatic boys.", []),
        ("", "BACKGROUND: Presymptomatic boys do well. METHODS: We treated them.", []),
        ("", "Symptomatic boys were treated.", []),
        ("", "We treated 29 boys. Of 29 boys, 16 of 29 presymptomatic boys did well.", []),
        ("", "We treated 20 boys; asymptomatic boys (n = 8) did well.", []),
        (
            "",
            "We treated 20 boys; asymptomatic boys (n = 20) did well.",
            ["presymptomatic «asymptomatic boys»"],
        ),
        ("", "We treated boys with mld without symptoms.", ["presymptomatic «mld without symptoms»"]),
        ("", "We treated early to advanced stage patients.", ["mixed «early to advanced stage patients»"]),
        ("", "We treated end-stage patients.", ["advanced «end-stage patients»"]),
        ("", "We treated severely affected boys and preclinical boys.", ["mixed «severely affected boys»"]),
        ("", "Most of the asymptomatic boys were treated.", []),
        (
            "",
            "Treated presymptomatic boys became advanced-stage boys.",
            ["presymptomatic «presymptomatic boys»"],
        ),
        ("", "We treated 3 presymptomatic boys.", ["presymptomatic «presymptomatic boys»"]),
        (
            "",
            "We treated 3 presymptomatic boys and 4 early symptomatic boys.",
            ["mixed «presymptomatic boys»"],
        ),
        ("", "Of 7 boys, 60% of presymptomatic boys did well.", []),
    ],
    "ages": [
        ("", "We treated boys aged 3 to 13 years.", ["range [3 to 13] years «aged 3 to 13 years»"]),
        ("", "We treated boys aged 13 to 3 years.", []),
        ("", "We treated boys aged 3 and 13 years.", []),
        (
            "",
            "We treated boys aged between 3 and 13 years.",
            ["range [3 to 13] years «aged between 3 and 13 years»"],
        ),
        (
            "",
            "We treated boys (mean age 6 years). Median age at onset was 2 years.",
            ["6 mean years «mean age 6 years»"],
        ),
        ("", "We treated 20 patients. Five boys (mean age 6 years) did well.", []),
        (
            "",
            "We treated 20 patients. Twenty patients (mean age 6 years) did well.",
            ["6 mean years «mean age 6 years»"],
        ),
        ("", "We treated 20 boys (mean age 6 years) and 10 healthy controls (mean age 7 years).", []),
        ("", "We treated 20 patients and 10 healthy controls (mean age 7 years).", []),
        (
            "",
            "Median age was 12 months at onset and 20 months at treatment.",
            [
                (
                    "20 median at treatment months «Median age was 12 months at onset and 20 months at "
                    "treatment»"
                )
            ],
        ),
        (
            "",
            "We treated men over 18 years of age. RESULTS: Men aged over 60 years died.",
            ["18 minimum years «over 18 years of age»"],
        ),
        (
            "",
            ("Patients aged 40 years or older died. METHODS: We treated men aged 18 years or older."),
            ["18 minimum years «aged 18 years or older»"],
        ),
        ("", "Mean age was 6 years (range 8-12).", ["6 mean years «Mean age was 6 years (range 8-12)»"]),
        (
            "",
            "Mean age was 6 years (range 6-12).",
            ["6 mean [6 to 12] years «Mean age was 6 years (range 6-12)»"],
        ),
        (
            "",
            "Mean age was 6 years (range 2-6).",
            ["6 mean [2 to 6] years «Mean age was 6 years (range 2-6)»"],
        ),
        ("", "Median age was 6 years (IQR 2-6).", ["6 median years «Median age was 6 years»"]),
        ("", "Mean age of 5 symptom-free boys was noted.", []),
        ("", "The mean age was 6.5.", ["6.5 mean years «mean age was 6.5»"]),
        ("", "Mean age was 5 weeks.", ["5 mean weeks «Mean age was 5 weeks»"]),
        ("", "Mean age was 6 years in group A and 7 years in group B.", []),
        (
            "",
            ("The median age at diagnosis was 3 years and the median age at transplantation was 5 years."),
            ["5 median at treatment years «median age at transplantation was 5 years»"],
        ),
        (
            "",
            "Men aged 18-65 years were enrolled. The mean age was 40 years.",
            ["40 mean years «mean age was 40 years»"],
        ),
        (
            "",
            "Their age ranged from 6 months to 2 years.",
            ["range [0.5 to 2] years «age ranged from 6 months to 2 years»"],
        ),
        ("", "Children aged at least 2 years were enrolled.", ["2 minimum years «aged at least 2 years»"]),
        ("", "CONCLUSIONS: Boys aged 3 to 13 years should be treated.", []),
        ("", "Mean age at death was 6 years.", []),
        ("", "Mean age at last visit was 6 years.", []),
        (
            "",
            "Boys with a mean age of 6 years at treatment were seen.",
            ["6 mean at treatment years «mean age of 6 years at treatment»"],
        ),
        ("", "Boys (5 treated and 3 not; mean age 6 years) were seen.", ["6 mean years «mean age 6 years»"]),
        (
            "",
            "Thirteen children (5 boys and 8 girls, median age 6 years) were treated.",
            ["6 median years «median age 6 years»"],
        ),
        (
            "",
            (
                "Mean age at diagnosis was 4 years. Mean age at onset was 3 years. Boys were aged 2 "
                "to 9 years."
            ),
            ["range [2 to 9] years «aged 2 to 9 years»"],
        ),
        ("", "Boys were aged 2 to 9 years. Mean age was 5 years.", ["5 mean years «Mean age was 5 years»"]),
        (
            "",
            "The mean age of the controls was 6 years. The mean age of the patients was 7 years.",
            ["7 mean years «mean age of the patients was 7 years»"],
        ),
        (
            "",
            "Boys with a median age of 6 years (range 2 months to 9 years) were treated.",
            ["6 median [0.17 to 9] years «median age of 6 years (range 2 months to 9 years)»"],
        ),
        ("", "Boys were treated at 3 to 5 months of age.", []),
        ("", "Boys were 3 to 5 years old.", []),
        ("", "Boys with onset at a mean age of 3 years were seen.", []),
        ("", "Boys were aged 5 to 5 years.", []),
        (
            "",
            ("We treated 20 boys. Five boys (aged 2 to 4 years) did well. The boys were aged 2 to 9 years."),
            ["range [2 to 9] years «aged 2 to 9 years»"],
        ),
        ("", "The average age was 6 years.", ["6 mean years «average age was 6 years»"]),
        (
            "",
            "The median age was 3 years at diagnosis and onset came early.",
            ["3 median at diagnosis years «median age was 3 years at diagnosis»"],
        ),
        (
            "",
            "The median age was 3 years at onset and surgery came early.",
            ["3 median at onset years «median age was 3 years at onset»"],
        ),
        (
            "",
            "The median age at diagnosis and treatment was 3 years.",
            ["3 median at diagnosis years «median age at diagnosis and treatment was 3 years»"],
        ),
    ],
    "follow": [
        (
            "",
            "Median follow-up was 3 years (range 1-5).",
            ["36 median [12 to 60] months «Median follow-up was 3 years (range 1-5)»"],
        ),
        (
            "",
            "Median follow-up was 3 years (range 4-5).",
            ["36 median months «Median follow-up was 3 years»"],
        ),
        ("", "Boys were followed for 12 months.", ["12 months «followed for 12 months»"]),
        (
            "",
            "Boys were followed for 12 to 24 months.",
            ["range [12 to 24] months «followed for 12 to 24 months»"],
        ),
        (
            "",
            "Boys were followed for up to 3 years, and for at least 1 year.",
            ["36 maximum months «followed for up to 3 years»"],
        ),
        ("", "Boys were treated for 12 weeks.", ["2.76 months «treated for 12 weeks»"]),
        ("", "Boys were treated for 12 weeks, then for 6 weeks.", []),
        ("", "Boys took drug A for 12 weeks in this crossover trial.", []),
        ("", "Outcome was assessed at 12 months.", ["12 months «Outcome was assessed at 12 months»"]),
        ("", "Outcome was assessed at month 12.", ["12 months «Outcome was assessed at month 12»"]),
        ("", "This 2-year trial enrolled boys.", ["24 months «This 2-year trial»"]),
        (
            "",
            "In this 12-week study boys were treated. Follow-up was 3 years.",
            ["36 months «Follow-up was 3 years»"],
        ),
        ("", "BACKGROUND: Follow-up of 3 years is usual. METHODS: We treated boys.", []),
        ("", "Boys were seen every 3 months for 2 years.", []),
        ("", "Boys died after a mean of 3 years.", []),
        ("", "Mean follow-up was 5 ± 2 years.", ["60 mean months «Mean follow-up was 5 ± 2 years»"]),
        ("", "The boys had a follow-up of 2 years.", ["24 months «follow-up of 2 years»"]),
        ("", "Follow-up was 18 months (SD 3).", ["18 months «Follow-up was 18 months»"]),
        (
            "",
            "Median follow-up was 2 years. Mean follow-up was 3 years.",
            ["24 median months «Median follow-up was 2 years»"],
        ),
        (
            "",
            "Boys were followed up for at least 6 months.",
            ["6 minimum months «followed up for at least 6 months»"],
        ),
        (
            "",
            "Boys were treated for 12 weeks and followed for 52 weeks.",
            ["11.96 months «followed for 52 weeks»"],
        ),
        ("", "Over 3 years of treatment, boys did well.", ["36 months «Over 3 years»"]),
        (
            "",
            "At a median follow-up of 4.5 years, boys did well.",
            ["54 median months «median follow-up of 4.5 years»"],
        ),
        (
            "",
            "Mean follow-up was 3 years. Median follow-up was 2 years.",
            ["24 median months «Median follow-up was 2 years»"],
        ),
        (
            "",
            "Follow-up ranged from 4 to 6 years. Mean follow-up was 5 years.",
            ["60 mean months «Mean follow-up was 5 years»"],
        ),
        (
            "",
            "Mean follow-up was 5 years. Follow-up ranged from 4 to 6 years.",
            ["60 mean months «Mean follow-up was 5 years»"],
        ),
        (
            "",
            "Follow-up was 3 years. Follow-up ranged from 4 to 6 years.",
            ["range [48 to 72] months «Follow-up ranged from 4 to 6 years»"],
        ),
        (
            "",
            "Follow-up ranged from 4 to 6 years. Follow-up was 3 years.",
            ["range [48 to 72] months «Follow-up ranged from 4 to 6 years»"],
        ),
        (
            "",
            "Boys were followed for up to 3 years. Follow-up was 2 years.",
            ["24 months «Follow-up was 2 years»"],
        ),
        (
            "",
            "Follow-up was 2 years. Boys were followed for up to 3 years.",
            ["24 months «Follow-up was 2 years»"],
        ),
        (
            "",
            "Boys were followed for at least 1 year. Boys were followed for up to 3 years.",
            ["36 maximum months «followed for up to 3 years»"],
        ),
        (
            "",
            "Boys were followed for up to 3 years. Boys were followed for at least 1 year.",
            ["36 maximum months «followed for up to 3 years»"],
        ),
        ("", "Average follow-up was 3 years.", ["36 mean months «Average follow-up was 3 years»"]),
        (
            "",
            "Follow-up was 3 years in boys. Follow-up was 3.02 years in girls.",
            ["36 months «Follow-up was 3 years»"],
        ),
        ("", "Follow-up was 3 years in boys. Follow-up was 4 years in girls.", []),
        (
            "",
            "Median follow-up was 3 years (range 6 months to 5 years).",
            [("36 median [6 to 60] months «Median follow-up was 3 years (range 6 months to 5 years)»")],
        ),
        (
            "",
            "Median follow-up was 36 (range 12-60) months.",
            ["36 median [12 to 60] months «Median follow-up was 36 (range 12-60) months»"],
        ),
        (
            "",
            "Median follow-up was 3 years in boys; the median follow-up was 3 years in girls.",
            ["36 median months «Median follow-up was 3 years»"],
        ),
        ("", "Boys lost to follow-up for 2 years were ill.", []),
        (
            "",
            "Follow-up visits every 3 months took place. Boys were followed for 2 years.",
            ["24 months «followed for 2 years»"],
        ),
        (
            "",
            "Boys were followed for a mean of 2.5 years.",
            ["30 mean months «followed for a mean of 2.5 years»"],
        ),
        (
            "",
            "Boys were followed for an average of 30 months.",
            ["30 mean months «followed for an average of 30 months»"],
        ),
        ("", "Boys were followed for 2-3 years.", ["range [24 to 36] months «followed for 2-3 years»"]),
        ("", "Boys were followed for 2 years. Girls were followed for 3 years.", []),
        (
            "",
            "Boys were followed for 2 years. Girls were followed for 2 years.",
            ["24 months «followed for 2 years»"],
        ),
        ("", "Boys were treated for 6 months. Girls were treated for 8 months.", []),
        ("A 5-year follow-up of boys", "We saw them.", ["60 months «5-year follow-up»"]),
    ],
    "phase": [
        ("", "This phase 2 trial enrolled boys.", ["phase_2 «phase 2 trial»"]),
        ("", "This phase 1/2 trial enrolled boys.", ["phase_1_2 «phase 1/2 trial»"]),
        ("", "This phase I trial enrolled boys.", ["phase_1 «phase I trial»"]),
        ("", "This early phase 1 trial enrolled boys.", ["early_phase_1 «early phase 1 trial»"]),
        ("", "This early phase 2 trial enrolled boys.", ["phase_2 «early phase 2 trial»"]),
        ("A phase 3 trial of drug A", "We treated boys.", ["phase_3 «phase 3 trial»"]),
        ("Phase 2 results of drug A", "This phase 1/2 trial enrolled boys.", ["phase_1_2 «phase 1/2 trial»"]),
        ("", "We report the phase 1 part and the phase 2 part of this trial.", ["phase_1_2 «phase 1»"]),
        ("", "A previous phase 2 trial failed. We treated boys.", []),
        ("", "We treated boys. A phase 3 trial is needed.", []),
        ("", "In two phase 3 trials of drug A, boys were treated.", []),
        (
            "",
            "Pooled data of two phase 3 trials of drug A were analysed by us.",
            ["phase_3 «phase 3 trials»"],
        ),
        ("Drug A in boys: phase 2", "We treated boys.", ["phase_2 «phase 2»"]),
        (
            "Drug A in boys",
            "METHODS: Phase II, multicentre, randomised, open-label trial of boys.",
            ["phase_2 «Phase II, multicentre, randomised, open-label trial»"],
        ),
        ("Drug A in boys", "METHODS: Phase II trial of boys.", ["phase_2 «Phase II trial»"]),
        ("", "This first-in-human trial enrolled boys.", ["phase_1 «first-in-human trial»"]),
        ("First-in-human use of a device", "We treated boys.", []),
        ("", "BACKGROUND: A first-in-human trial was done before. METHODS: We treated boys.", []),
        (
            "",
            "We did one phase 2/3 trial and one phase 3 trial.",
            ["phase_3 «phase 2/3 trial and one phase 3 trial»"],
        ),
        ("", "This phase 2 and 3 trial enrolled boys.", ["phase_2_3 «phase 2 and 3 trial»"]),
        ("", "This phase 2b trial enrolled boys.", ["phase_2 «phase 2b trial»"]),
        ("", "This phase 4 trial enrolled boys.", ["phase_4 «phase 4 trial»"]),
        ("", "This Ph 2 trial enrolled boys. The pH 3 trial solution was used.", ["phase_2 «Ph 2 trial»"]),
        ("", "It is rare. A phase 2 trial was done in boys.", ["phase_2 «phase 2 trial»"]),
        ("", "CONCLUSIONS: This phase 2 trial shows that it helped.", ["phase_2 «phase 2 trial»"]),
        ("", "CONCLUSIONS: Phase 2 trials are warranted.", []),
        (
            "",
            "METHODS: In this phase 3 study of phase 2 patients, we treated boys.",
            ["phase_3 «phase 3 study»"],
        ),
        (
            "",
            "METHODS: Boys from the phase 2 trial entered this extension study.",
            ["phase_2 «phase 2 trial»"],
        ),
        ("", "We conducted phase 1 and phase 2 studies in boys.", ["phase_2 «phase 1 and phase 2 studies»"]),
        ("", "This randomised, double-blind phase III study enrolled boys.", ["phase_3 «phase III study»"]),
        (
            "A phase 2a, open-label study of boys",
            "We treated them.",
            ["phase_2 «phase 2a, open-label study»"],
        ),
        ("", "This phase 0 trial enrolled boys.", ["early_phase_1 «phase 0 trial»"]),
        ("", "These phase 2 and phase 3 trials enrolled boys.", ["phase_3 «phase 2 and phase 3 trials»"]),
        ("", "We present the results of a phase 1b/2a trial.", ["phase_1_2 «phase 1b/2a trial»"]),
        ("", "After a phase 1 trial, we conducted a phase 2 trial in boys.", ["phase_2 «phase 2 trial»"]),
        ("", "Boys were treated in this phase 1-2 study.", ["phase_1_2 «phase 1-2 study»"]),
        ("", "METHODS: A phase 2 trial was done. RESULTS: It was good.", ["phase_2 «phase 2 trial»"]),
        ("", "BACKGROUND: A phase 2 trial was done. RESULTS: It was good.", []),
        ("Long-term extension of a phase 3 trial in boys", "We treated them.", ["phase_3 «phase 3 trial»"]),
        ("Phase 2", "We treated boys.", ["phase_2 «Phase 2»"]),
        ("", "The phase 1 trial of the phase 2 drug was ours.", []),
        ("", "We treated boys in phase 1, 2 and 3 trials.", []),
        (
            "Early-phase 1 trial of drug A in boys",
            "We treated them.",
            ["early_phase_1 «Early-phase 1 trial»"],
        ),
        ("", "In this trial (phase 2), boys were treated.", ["phase_2 «phase 2»"]),
        ("", "This two-phase study enrolled boys.", []),
        (
            "Drug A in boys",
            "METHODS: Phase III, randomised trial of boys.",
            ["phase_3 «Phase III, randomised trial»"],
        ),
        ("Drug A in boys", "We report the phase 1 part. It was done in boys.", []),
        (
            "Drug A in boys",
            ("The phase 1 part, the phase 2 part and the phase 2 part again of this trial are told."),
            ["phase_1_2 «phase 1»"],
        ),
        (
            "",
            (
                "Phase 2: early. This phase 2 trial enrolled boys. The phase 1/2 trial was ours; "
                "this phase 1/2 trial enrolled boys."
            ),
            ["phase_1_2 «phase 1/2 trial»"],
        ),
        (
            "Drug A in boys",
            (
                "METHODS: In this phase 2 trial, a phase 1/2 trial followed; this phase 1/2 trial "
                "enrolled boys."
            ),
            ["phase_1_2 «phase 1/2 trial»"],
        ),
        (
            "Phase 2 results of drug A",
            "METHODS: A phase 1/2 trial was done.",
            ["phase_1_2 «phase 1/2 trial»"],
        ),
        ("Phase 2 results of drug A", "METHODS: A phase 3 trial was done.", ["phase_2 «Phase 2»"]),
        (
            "Drug A",
            ("The phase 1 part of a previous trial and the phase 2 part of a previous trial are known."),
            [],
        ),
        ("Phase 2. Drug A in boys", "We treated them.", ["phase_2 «Phase 2»"]),
        (
            "Phase 3 trial of drug A in boys: phase 2 was done",
            "We treated them.",
            ["phase_3 «Phase 3 trial»"],
        ),
        (
            "",
            "This phase 1 trial and this phase 2 trial enrolled boys.",
            ["phase_2 «phase 1 trial and this phase 2 trial»"],
        ),
        ("First-in-human trial of a vector in boys", "We treated them.", ["phase_1 «First-in-human trial»"]),
        ("", "The pH 2 trial enrolled boys.", []),
        ("", "The Ph 2 trial enrolled boys and was ours.", ["phase_2 «Ph 2 trial»"]),
        ("Staging", "Gout stage was known. This phase 2 trial enrolled boys.", ["phase_2 «phase 2 trial»"]),
        (
            "",
            "Boys in phase 2 disease were treated. This phase 3 trial was ours.",
            ["phase_3 «phase 3 trial»"],
        ),
        ("", "This phase 4 observational trial watched boys.", ["phase_4 «phase 4 observational trial»"]),
        ("", "RESULTS: A phase 2 trial was done.", ["phase_2 «phase 2 trial»"]),
        (
            "Drug A: results of a phase 2 and a phase 3 trial",
            "We treated boys.",
            ["phase_2_3 «phase 2 and a phase 3 trial»"],
        ),
        ("", "We tell of phase 1 trials of drug A. In total, 12 phase 2 trials enrolled boys.", []),
        (
            "",
            "OBJECTIVE: To tell of drug A in a phase 2 trial. METHODS: It was done.",
            ["phase_2 «phase 2 trial»"],
        ),
        ("", "The drug was in phase 2 trials. We treated boys.", []),
        ("", "This is not a phase 2 trial. We treated boys.", []),
        ("", "We plan a phase 2 trial.", []),
        ("", "It was found in a phase 2 trial of others that it helps. We treated boys.", []),
        ("", "We did phase 2/3 and phase 3 trials.", ["phase_3 «phase 2/3 and phase 3 trials»"]),
    ],
    "genotype": [
        (
            "",
            "All were homozygous for c.459+1G>A or had p.Pro426Leu in ARSA.",
            ["homozygous for c.459+1G>A «homozygous for c.459+1G>A»", "p.Pro426Leu «p.Pro426Leu»"],
        ),
        (
            "",
            "All had p.Pro426Leu. BACKGROUND: p.Gly12Val is common. METHODS: We looked.",
            ["p.Pro426Leu «p.Pro426Leu»"],
        ),
        ("", "Boys had the P426L variant.", ["P426L «P426L»"]),
        ("", "Boys had the p426l variant.", []),
        ("", "Boys had P426L. They were well, and were seen by us in the end; the gene is known.", []),
        ("", "Boys had biallelic variants.", []),
        ("", "Boys had biallelic PLP1 variants.", ["biallelic PLP1 variants «biallelic PLP1 variants»"]),
        ("", "Boys had gene duplications and PLP1 duplications.", ["PLP1 duplications «PLP1 duplications»"]),
        ("", "No boys had p.Pro426Leu; girls had c.5A>G.", ["c.5A>G «c.5A>G»"]),
        ("", "Mice had p.Pro426Leu. Boys had c.5A>G.", ["c.5A>G «c.5A>G»"]),
        ("", "Boys had c.5A>G, then c.5A>G, then c.7A>G.", ["c.5A>G «c.5A>G»", "c.7A>G «c.7A>G»"]),
    ],
}
"""By rule: a title ("" for one that says nothing), an abstract, and each fact as :func:`_said` writes it."""


def _said(fact: Fact | Tag) -> str:
    """Value, statistic, bounds, unit, people and quote, as far as there are any."""
    quote = f"«{fact.quote.text}»" if fact.quote is not None else ""
    if isinstance(fact, Tag):
        return f"{fact.label} {quote}"
    value = (
        "" if fact.value is None else f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
    )
    bounds = " to ".join("" if end is None else f"{end:g}" for end in (fact.low, fact.high))
    of = "" if fact.total is None else f"/{fact.total}"
    people_said = "" if fact.count is None else f"n={fact.count}{of}"
    parts = (value, fact.statistic, f"[{bounds}]" if bounds != " to " else "", fact.unit, people_said, quote)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("rule", "title", "abstract", "expected"),
    [(rule, *row) for rule, rows in SAID.items() for row in rows],
)
def test_what_a_rule_reads(read: Read, rule: str, title: str, abstract: str, expected: list[str]) -> None:
    reading = read(title or "Outcome of treatment", abstract)
    found = RULES[rule](reading)
    facts = [found] if isinstance(found, (Fact, Tag)) else [*(found or ())]
    assert [_said(fact) for fact in facts] == expected
    for fact in facts:
        assert fact.quote is not None
        assert reading.text[fact.quote.start : fact.quote.end] == fact.quote.text
