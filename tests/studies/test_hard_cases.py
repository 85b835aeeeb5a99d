"""Sixty hard records in our own words: phase and modality where neighbours, controls and plans mislead.

Each was labelled by the label scheme before any rule saw it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study

GT, HSCT, ERT, ASO, SM = "gene_therapy", "hsct", "enzyme_replacement", "antisense", "small_molecule"
CELLS, DIET, DEVICE, CARE, BIO, EDIT = (
    "cell_therapy",
    "dietary",
    "device_or_procedure",
    "supportive_care",
    "biologic",
    "gene_editing",
)

CASES: list[tuple[str, str, str, tuple[str, ...]]] = [
    # Ex vivo gene therapy against untreated or transplanted people
    (
        "Lentiviral haematopoietic stem-cell gene therapy in early-onset metachromatic leukodystrophy: an "
        "ad hoc "
        "analysis of a non-randomised, open-label, phase 1/2 trial",
        "BACKGROUND: Untreated children die early. METHODS: Nine children received autologous CD34+ cells "
        "transduced with an ARSA vector after busulfan. Motor scores were compared with those of an "
        "untreated "
        "natural history cohort. RESULTS: Eight children kept walking.",
        "phase_1_2",
        (GT,),
    ),
    (
        "Arsa-cel in presymptomatic children with metachromatic leukodystrophy",
        "We pooled 18 children of a phase 1/2 trial and 11 of expanded access programmes. Outcomes were "
        "compared "
        "with 31 untreated siblings and historical controls. Arsa-cel preserved motor function.",
        "phase_1_2",
        (GT,),
    ),
    (
        "Elivaldogene autotemcel for cerebral adrenoleukodystrophy",
        "METHODS: In this open-label, phase 2-3 study, 32 boys received autologous CD34+ cells transduced "
        "with a "
        "lentiviral vector. A contemporaneous study of allogeneic hematopoietic stem cell transplantation "
        "served as "
        "comparator. RESULTS: Of 32 boys, 29 were alive without major functional disability at 24 months.",
        "phase_2_3",
        (GT,),
    ),
    (
        "Long-term follow-up of boys with cerebral adrenoleukodystrophy after lentiviral gene therapy",
        "Boys who had completed the 24-month phase 2/3 parent trial were rolled over into this 15-year "
        "follow-up "
        "study. Sixty-seven boys were monitored for insertional oncogenesis. Myelodysplastic syndrome "
        "arose in six.",
        "phase_2_3",
        (GT,),
    ),
    (
        "Hematologic cancer after gene therapy for cerebral adrenoleukodystrophy",
        "We report on 67 boys given eli-cel, a lentiviral gene therapy, in two completed trials (one phase "
        "2/3, one "
        "phase 3). Blood cancer developed in seven.",
        "phase_3",
        (GT,),
    ),
    (
        "Gene therapy versus allogeneic transplantation in cerebral adrenoleukodystrophy: a retrospective "
        "comparison of two cohorts",
        "We compared 30 boys treated with lentiviral gene therapy and 59 boys who underwent allogeneic "
        "hematopoietic stem cell transplantation from matched donors at six hospitals between 2011 and 2020.",
        "unphased",
        (GT, HSCT),
    ),
    (
        "Motor function after gene therapy in siblings with metachromatic leukodystrophy",
        "Four children received transduced autologous cells (gene therapy) before onset. Their course was "
        "compared with that of their HSCT-treated siblings. This was part of an ongoing phase 3 study "
        "(NCT04283227).",
        "phase_3",
        (GT,),
    ),
    (
        "Reduced-toxicity conditioning for hematopoietic stem cell transplantation in Krabbe disease",
        "METHODS: We reviewed 21 infants with Krabbe disease who underwent allogeneic transplantation from "
        "cord "
        "blood. Gene therapy trials are now recruiting. RESULTS: Engraftment was 95%.",
        "unphased",
        (HSCT,),
    ),
    (
        "Second allogeneic transplantation after graft failure in adrenoleukodystrophy",
        "Five boys received a second hematopoietic stem cell transplantation from another donor. None was "
        "a candidate "
        "for lentiviral gene therapy.",
        "unphased",
        (HSCT,),
    ),
    # In vivo gene therapy
    (
        "Intravenous AAVrh10 after umbilical cord blood transplantation in infantile Krabbe disease",
        "This phase 1/2 dose-escalation study enrolled six infants. All had cord blood transplantation and "
        "60 days "
        "later one infusion of the AAVrh10-GALC vector (gene therapy).",
        "phase_1_2",
        (GT, HSCT),
    ),
    (
        "An oligodendrocyte-tropic AAV vector for Canavan disease: first-in-human use",
        "In this phase 1/2, open-label trial, eight children received intracerebroventricular vector. A "
        "phase 3 trial "
        "now recruiting will compare early and late dosing.",
        "phase_1_2",
        (GT,),
    ),
    (
        "Safety of intracerebral AAV in children with metachromatic leukodystrophy",
        "OBJECTIVE: To report the phase I/II trial of intracerebral AAVrh.10 gene therapy. METHODS: Four "
        "children were "
        "treated. Results were compared with a natural history group of ten. CONCLUSIONS: A phase III "
        "trial is not "
        "planned.",
        "phase_1_2",
        (GT,),
    ),
    (
        "AAV9 gene transfer rescues twitcher mice and supports a phase 1 trial in Krabbe disease",
        "Twitcher mice were given AAV9-GALC at birth. Survival rose from 40 to 200 days. These data "
        "support a "
        "first-in-human phase 1 trial.",
        "preclinical",
        (GT,),
    ),
    (
        "Toxicology of an intrathecal AAV vector in macaques before a phase 1/2 clinical trial",
        "Twelve macaques received the vector at two doses. The study was done under good laboratory "
        "practice to "
        "enable a phase 1/2 clinical trial in children with Krabbe disease.",
        "preclinical",
        (GT,),
    ),
    (
        "Systemic gene therapy in a mouse model of Pelizaeus-Merzbacher disease",
        "We injected AAV carrying an artificial microRNA against PLP1 into mice. A phase 1 study in boys "
        "is being "
        "planned. Myelin recovered.",
        "preclinical",
        (GT,),
    ),
    (
        "Base editing of patient haematopoietic stem cells corrects ABCD1 in vitro",
        "CD34+ cells of three patients with adrenoleukodystrophy were edited by an adenine base editor ex "
        "vivo; base "
        "editing restored protein expression in cultured cells. No patient was treated.",
        "preclinical",
        (EDIT,),
    ),
    # Pooled and post hoc analyses, extensions
    (
        "Atidarsagene autotemcel: integrated analysis of 39 children",
        "We did an integrated analysis of two phase 1/2 and phase 3 clinical studies and expanded access. "
        "Children "
        "received gene therapy and were followed for 12 years. The control group was 49 untreated children.",
        "phase_3",
        (GT,),
    ),
    (
        "Leriglitazone and plasma biomarkers in adrenoleukodystrophy",
        "This post hoc analysis of a phase 2/3 randomised, double-blind trial compared biomarkers in 116 "
        "men given "
        "leriglitazone or placebo.",
        "phase_2_3",
        (SM,),
    ),
    (
        "An ad hoc analysis of a phase 2/3 study of leriglitazone in adrenomyeloneuropathy",
        "Cerebral lesions were read blindly in 116 men treated with leriglitazone or placebo. A phase 3 "
        "trial in "
        "cerebral disease is under way.",
        "phase_2_3",
        (SM,),
    ),
    (
        "Three more years of tiratricol in MCT8 deficiency",
        "Following a successful phase 2 trial, this open-label extension followed 40 boys on tiratricol "
        "for three "
        "years.",
        "phase_2",
        (SM,),
    ),
    (
        "Oral tiratricol: results of the open-label extension of a phase 2b trial",
        "Thirty-two boys continued tiratricol. The primary endpoint was serum T3.",
        "phase_2",
        (SM,),
    ),
    (
        "Tiratricol in adult MCT8 deficiency after a positive phase 2 trial: experience of one clinic",
        "After the phase 2 trial had shown benefit in boys, we treated four men with tiratricol off label "
        "and "
        "describe their course retrospectively.",
        "unphased",
        (SM,),
    ),
    (
        "Cholesterol and tiratricol exposure: a pharmacokinetic sub-study",
        "We used samples collected in the phase 2 TRIAD trial in 46 boys to model exposure to tiratricol.",
        "phase_2",
        (SM,),
    ),
    (
        "Pooled analysis of two phase 3 trials of iluzanebart in ALSP",
        "Data of 210 adults in two randomised, placebo-controlled phase 3 trials were pooled. Iluzanebart "
        "slowed "
        "decline.",
        "phase_3",
        (BIO,),
    ),
    (
        "Iluzanebart in adult-onset leukoencephalopathy: interim results of the phase II IGNITE study",
        "Twenty adults received iluzanebart intravenously each month. Data from the phase I study in healthy "
        "volunteers had shown target engagement.",
        "phase_2",
        (BIO,),
    ),
    (
        "Target engagement of iluzanebart in healthy volunteers",
        "In a phase 1, randomised, placebo-controlled, single and multiple ascending dose study, 136 "
        "healthy adults "
        "received iluzanebart or placebo. A phase 2 study in patients has started.",
        "phase_1",
        (BIO,),
    ),
    # Protocols
    (
        "Leriglitazone in boys with cerebral adrenoleukodystrophy: study protocol of a phase II trial",
        "METHODS: Twenty boys will be enrolled and given leriglitazone for 96 weeks. Those who progress "
        "will be "
        "offered hematopoietic stem cell transplantation.",
        "phase_2",
        (SM,),
    ),
    (
        "Protocol for a randomised trial of vitamin D in boys with adrenoleukodystrophy",
        "Boys will be randomly assigned to one of two doses of vitamin D. A phase 1 pilot study has been "
        "completed.",
        "not_applicable",
        (SM,),
    ),
    (
        "Design and rationale of a phase 3 study of intrathecal enzyme replacement therapy in metachromatic "
        "leukodystrophy",
        "Thirty-six children will be enrolled and receive enzyme replacement therapy weekly. The phase 1/2 "
        "study "
        "guided the dose.",
        "phase_3",
        (ERT,),
    ),
    (
        "A natural history protocol to make ready for trials in vanishing white matter",
        "This protocol describes an observational study. Participants will be followed for five years. The "
        "data will "
        "serve as a control arm in phase 2 and phase 3 trials.",
        "not_applicable",
        (),
    ),
    # Natural history, biomarkers, screening with treated people beside
    (
        "Natural history of late-infantile metachromatic leukodystrophy: a control cohort for phase 3 gene "
        "therapy "
        "trials",
        "We followed 40 untreated children. None had received gene therapy or hematopoietic stem cell "
        "transplantation.",
        "unphased",
        (),
    ),
    (
        "Loss of walking in untreated Krabbe disease",
        "Records of 60 children not treated by hematopoietic stem cell transplantation were reviewed. The "
        "findings "
        "will inform phase 1/2 gene therapy trials.",
        "unphased",
        (),
    ),
    (
        "Neurofilament light as an outcome measure for phase 2 trials in Alexander disease",
        "We measured neurofilament in 55 patients and 60 controls. An antisense oligonucleotide has "
        "entered a phase "
        "1-3 study.",
        "unphased",
        (),
    ),
    (
        "Newborn screening for metachromatic leukodystrophy",
        "A total of 100,000 newborns were screened and three were affected; two of the three were referred "
        "for gene "
        "therapy within a phase 3 trial.",
        "unphased",
        (),
    ),
    (
        "Quality of life of parents after their child's gene therapy for metachromatic leukodystrophy",
        "We interviewed 12 parents whose children had taken part in a phase 1/2 trial.",
        "unphased",
        (),
    ),
    # Enzyme replacement, antisense, cells
    (
        "Intrathecal recombinant human arylsulfatase A in children with metachromatic leukodystrophy",
        "In this open-label, dose-escalation phase I/II trial 24 children received enzyme replacement "
        "therapy for 40 "
        "weeks; an extension is ongoing.",
        "phase_1_2",
        (ERT,),
    ),
    (
        "Enzyme replacement therapy before hematopoietic stem cell transplantation in alpha-mannosidosis",
        "Six children received enzyme replacement therapy until hematopoietic stem cell transplantation "
        "from a "
        "matched donor. All engrafted.",
        "unphased",
        (HSCT, ERT),
    ),
    (
        "Intravenous enzyme does not reach the brain: a phase 2 trial of recombinant human arylsulfatase A",
        "Thirteen children completed 52 weeks of enzyme replacement therapy. Gene therapy may be superior.",
        "phase_2",
        (ERT,),
    ),
    (
        "Zilganersen in Alexander disease: topline results of the phase 1-3 trial",
        "Fifty-four people were randomly assigned to the antisense oligonucleotide zilganersen or control by "
        "intrathecal injection.",
        "phase_3",
        (ASO,),
    ),
    (
        "Antisense suppression of GFAP reverses disease in a rat model of Alexander disease",
        "Rats received one dose of an antisense oligonucleotide. These results support the ongoing "
        "clinical trial of "
        "this approach (phase 1-3).",
        "preclinical",
        (ASO,),
    ),
    (
        "Neural stem cells in connatal Pelizaeus-Merzbacher disease: five-year follow-up of a phase I trial",
        "Four boys had received transplantation of human neural stem cells into the frontal lobes in a "
        "phase I trial. "
        "MRI suggested new myelin.",
        "phase_1",
        (CELLS,),
    ),
    (
        "Intrathecal oligodendrocyte-like cells from cord blood as an adjunct to unrelated cord blood "
        "transplantation",
        "This phase 1 study enrolled children with inherited leukodystrophies. Cord blood transplantation "
        "was "
        "followed by intrathecal infusion of oligodendrocyte-like cells.",
        "phase_1",
        (HSCT, CELLS),
    ),
    (
        "Mesenchymal stromal cells with allogeneic transplantation in metachromatic leukodystrophy",
        "Four patients received hematopoietic stem cell transplantation from a matched donor and infusions "
        "of "
        "mesenchymal stromal cells.",
        "unphased",
        (HSCT, CELLS),
    ),
    # Diets, devices, care
    (
        "Lorenzo's oil and progression of adrenomyeloneuropathy",
        "In an open study, 24 adults took Lorenzo's oil with a low-fat diet for three years. No boy "
        "underwent "
        "transplantation.",
        "unphased",
        (DIET,),
    ),
    (
        "Intrathecal baclofen pump in children with leukodystrophies",
        "Twelve children had a baclofen pump implanted after hematopoietic stem cell transplantation had "
        "failed or "
        "was not possible. Spasticity fell in ten.",
        "unphased",
        (DEVICE, CARE),
    ),
    (
        "Palliative care needs in metachromatic leukodystrophy: a survey",
        "Questionnaires on palliative care were completed by 41 families. Nine children had been in a "
        "phase 2 trial "
        "of enzyme replacement therapy.",
        "unphased",
        (CARE,),
    ),
    # Reviews and guidelines
    (
        "Gene therapy for leukodystrophies: from phase 1/2 trials to approval",
        "This review outlines lentiviral gene therapy and the phase 3 trials that are planned.",
        "not_applicable",
        (GT,),
    ),
    (
        "Treatment of Krabbe disease: consensus recommendations",
        "The panel recommends hematopoietic stem cell transplantation before day 30 of life. A phase 1/2 "
        "gene "
        "therapy trial is open.",
        "not_applicable",
        (HSCT,),
    ),
    (
        "Hematopoietic stem cell transplantation in metachromatic leukodystrophy: a systematic review and "
        "meta-analysis",
        "We searched PubMed for series of transplanted patients; 14 studies with 180 patients were "
        "included. Phase "
        "3 trials of gene therapy were excluded.",
        "not_applicable",
        (HSCT,),
    ),
    # Bare statements, earlier and next phases in one sentence
    (
        "Sobetirome lowers very long-chain fatty acids in adrenoleukodystrophy",
        "Adrenoleukodystrophy is fatal. A phase 1 trial of sobetirome was terminated earlier. We gave the "
        "drug to "
        "knockout mice for 12 weeks.",
        "preclinical",
        (SM,),
    ),
    (
        "MIN-102 in healthy men",
        "BACKGROUND: MIN-102 is a PPAR gamma agonist. METHODS: We report phase 1 (single ascending dose) "
        "and phase 1b "
        "(multiple dose) studies of leriglitazone in 60 healthy men before phase 2/3 testing. RESULTS: It "
        "was safe.",
        "phase_1",
        (SM,),
    ),
    (
        "Phase 2 dose selection for leriglitazone by modelling of phase 1 data",
        "We modelled the exposure of 60 healthy men in the phase 1 study of leriglitazone.",
        "phase_1",
        (SM,),
    ),
    (
        "A randomised trial of N-acetylcysteine in adrenomyeloneuropathy",
        "Following a phase 1 safety study, we randomly assigned 24 men to N-acetylcysteine or placebo for "
        "six months "
        "in this phase 2a trial. A phase 3 trial is now justified.",
        "phase_2",
        (SM,),
    ),
    (
        "Simvastatin does not lower very long-chain fatty acids",
        "We performed a randomised, double-blind trial of 40 mg simvastatin in 16 men with "
        "adrenoleukodystrophy. "
        "Unlike earlier phase 2 studies, ours had a placebo arm.",
        "unphased",
        (SM,),
    ),
    (
        "Guanabenz in vanishing white matter",
        "Guanabenz acts on the integrated stress response. In a phase 2, single-arm trial, 30 children took "
        "guanabenz. The acute phase of decline was excluded.",
        "phase_2",
        (SM,),
    ),
    (
        "Open-label expanded access to arsa-cel while the phase 3 trial enrols",
        "Six children ineligible for the phase 3 trial received arsa-cel gene therapy under compassionate "
        "use.",
        "unphased",
        (GT,),
    ),
    (
        "Enrolment into a phase 1/2 gene therapy trial for Krabbe disease: how families decide",
        "We interviewed 14 families about their choice.",
        "unphased",
        (),
    ),
    (
        "Immune response to AAV in Canavan disease",
        "Thirteen children had been treated with intracranial AAV2 gene therapy in a phase 1 trial between "
        "2001 and "
        "2005; we now report antibodies and a follow-up of 10 years.",
        "phase_1",
        (GT,),
    ),
    (
        "Early phase of cerebral adrenoleukodystrophy on MRI after transplantation",
        "During the early phase 1 to 3 months after hematopoietic stem cell transplantation, lesions grew "
        "in 20 boys.",
        "unphased",
        (HSCT,),
    ),
    (
        "Bezafibrate in adrenomyeloneuropathy",
        "METHODS: Ten men took bezafibrate 400 mg for 12 weeks, then 800 mg for 12 weeks (phase 1 and "
        "phase 2 of this "
        "two-phase study). RESULTS: Fatty acids did not change.",
        "unphased",
        (SM,),
    ),
]


def test_there_are_sixty() -> None:
    assert len(CASES) == 60


@pytest.mark.parametrize(("title", "abstract", "phase", "modality"), CASES, ids=[c[0][:60] for c in CASES])
def test_phase_and_modality(
    study: Callable[..., Study], title: str, abstract: str, phase: str, modality: tuple[str, ...]
) -> None:
    found = study(title, abstract)
    assert found.phase is not None
    assert (found.phase.label, tuple(tag.label for tag in found.modality)) == (phase, modality)


MORE: list[tuple[str, str, str]] = [
    (
        "Five-year outcome after lentiviral gene therapy in late-infantile MLD",
        "Patients treated in the phase 1/2 study (NCT01560182) were re-examined five years after infusion "
        "of transduced autologous CD34+ cells.",
        "phase_1_2",
    ),
    (
        "Safety of OTL-200: combined results from the pivotal trial and named-patient use",
        "We summarise 40 children given atidarsagene autotemcel, 22 of them within a Phase I/II trial and "
        "18 as named patients.",
        "phase_1_2",
    ),
    (
        "Allogeneic HSCT in adult cerebral ALD",
        "Fourteen men underwent allogeneic haematopoietic stem cell transplantation at four centres. A "
        "phase 2/3 trial of lenti-D did not admit adults.",
        "unphased",
    ),
    (
        "Treosulfan-based conditioning before cord blood transplantation in Hurler syndrome and "
        "leukodystrophies: a phase II trial",
        "Twenty children received unrelated cord blood after treosulfan.",
        "phase_2",
    ),
    (
        "Intravenous AAV9-GALC in canine globoid cell leukodystrophy",
        "Affected dogs received AAV9-GALC intravenously at day 14. The data were part of the filing for "
        "the RESKUE trial (phase 1/2).",
        "preclinical",
    ),
    (
        "Antisense oligonucleotides lower PLP1 in jimpy mice",
        "One injection of an antisense oligonucleotide extended survival. A phase 1 trial (NCT06150716) "
        "began in 2024.",
        "preclinical",
    ),
    (
        "Vatiquinone in vanishing white matter: design of the phase 2 VWM-01 trial",
        "Thirty children will receive the drug for 48 weeks; this paper explains the endpoints.",
        "phase_2",
    ),
    (
        "Baseline characteristics of men in the phase 2/3 ADVANCE trial of leriglitazone",
        "We describe the 116 men at entry into the trial.",
        "phase_2_3",
    ),
    (
        "Gait measures in adrenomyeloneuropathy: preparing for phase 3",
        "We measured gait in 50 men with adrenomyeloneuropathy twice within a year.",
        "unphased",
    ),
    (
        "Biochemical response to sobetirome in men with adrenoleukodystrophy",
        "An open-label phase 1b study was stopped after three men had been dosed with sobetirome; we "
        "report their lipids.",
        "phase_1",
    ),
    (
        "Outcome of children who did not qualify for a phase 1/2 gene therapy trial in Krabbe disease",
        "We followed 11 children with Krabbe disease who had failed screening for the trial.",
        "unphased",
    ),
    (
        "Nusinersen-like dosing of an antisense oligonucleotide against GFAP: first results",
        "BACKGROUND: A phase 3 part is planned. METHODS: In part 1 of a randomised, double-blind, phase "
        "1-3 trial 20 adults received zilganersen or placebo. RESULTS: GFAP fell.",
        "phase_3",
    ),
    (
        "Deferiprone for hypomyelination due to PLP1",
        "Encouraged by a phase 2 study in neurodegeneration with brain iron, we treated two boys with "
        "deferiprone for a year.",
        "unphased",
    ),
    (
        "The natural course of MLD as external control for arsa-cel",
        "Gross motor scores of 45 untreated patients were compared with those of 29 patients from the "
        "phase 1/2 trial of arsa-cel.",
        "unphased",
    ),
    (
        "Enzyme replacement with intrathecal rhASA: 4-year data of an extension study",
        "Children who had finished the phase 1/2 study SHP611-071 could go on in this open-label extension.",
        "phase_1_2",
    ),
    (
        "Cholic acid for bile acid synthesis disorders",
        "In a single-arm, phase 3 trial and its continuation (2010-2016), 53 patients took cholic acid.",
        "phase_3",
    ),
    (
        "Chenodiol in cerebrotendinous xanthomatosis: the RESTORE crossover study",
        "This was a phase 3, randomised, double-blind, placebo-controlled, crossover study in 14 adults. "
        "An earlier retrospective series had suggested benefit.",
        "phase_3",
    ),
    (
        "Minocycline in cerebral adrenoleukodystrophy awaiting transplant",
        "Eight boys received minocycline while awaiting hematopoietic stem cell transplantation.",
        "unphased",
    ),
    (
        "Ruxolitinib in Aicardi-Goutieres syndrome",
        "We gave ruxolitinib to three children. A phase 2 trial of baricitinib has reported fewer "
        "chilblains.",
        "unphased",
    ),
]
"""A second set, of which the rules as they were after the first had 14 of 20 right."""


@pytest.mark.parametrize(("title", "abstract", "phase"), MORE, ids=[c[0][:60] for c in MORE])
def test_phase_of_a_second_set(study: Callable[..., Study], title: str, abstract: str, phase: str) -> None:
    found = study(title, abstract)
    assert found.phase is not None
    assert found.phase.label == phase
