"""The design table: its rows in order of priority. The first row with evidence decides.

=====================  ==============================================================================
before                 because
=====================  ==============================================================================
protocol               it speaks of randomising and enrolling, but nobody was treated yet
systematic review      it retells trials, cohorts and guidelines
guideline              it follows a review of the literature
opinion                it tells of trials, patients and cells without having any
animals in the title   a few human samples beside them change nothing; a case may be a dog
case in the title      the title knows; the text may review the literature or treat in a trial
review                 it retells trials without counting people of its own
expanded access        its people are treated, but not in a trial
animals, cells         only where no people are counted or described
randomised trial       it may call itself open-label, prospective and a cohort too
single-arm trial       so may it; a stated phase without randomisation is enough
cases by the text      before cohorts: a few described people, no design named
cohort by its name     before surveys, which may be part of one
survey                 before a trial or cohort that is only hinted at
no design at all       a count of people alone ("120 men") tells no design
=====================  ==============================================================================
"""

from leukonlp.studies import design_bench as bench
from leukonlp.studies import design_genetics as genetics
from leukonlp.studies import design_narrative as narrative
from leukonlp.studies import design_observed as observed
from leukonlp.studies import design_papers as papers
from leukonlp.studies import design_people as people
from leukonlp.studies import design_reviews as reviews
from leukonlp.studies import design_trials as trials
from leukonlp.studies.design_cues import Rule

RULES: tuple[Rule, ...] = (
    papers.PROTOCOL,
    reviews.SYSTEMATIC,
    reviews.SEARCHED,
    papers.PLANNED,
    papers.GUIDELINE,
    papers.EDITORIAL,
    papers.OPINION,
    bench.ANIMAL_TITLE,
    people.CASE_REPORT_TITLE,
    people.CASE_AND_REVIEW,
    people.CASE_SERIES_TITLE,
    people.CASE_SERIES_TYPE,
    people.CASE_REPORT_TYPE,
    reviews.REVIEW,
    observed.COHORT_TITLE,
    trials.EXPANDED,
    bench.ANIMAL_STUDY,
    trials.RANDOMIZED,
    trials.SINGLE_ARM,
    genetics.SCREENED,
    bench.IN_VITRO,
    people.CASE_REPORT,
    people.CASE_SERIES,
    papers.INSTRUMENT,
    people.COHORT_NAMED,
    people.SPOTS,
    people.CROSS,
    people.SINGLE,
    trials.TRIAL_WORD,
    observed.TREATED,
    people.COHORT,
    observed.WATCHED,
    people.FEW,
    genetics.KIN,
    genetics.GENE_WORK,
    papers.OTHER,
    narrative.NARRATIVE,
)

TRIGGERS = (
    papers.FUTURE,
    papers.SECTIONED,
    genetics.FAMILY_WORDS,
    *observed.TRIGGERS,
    *(cue.triggers for rule in (*RULES, papers.NOTICE, trials.CROSSOVER) for cue in rule.cues),
)
