"""The views of an evidence index, for people and for other programs; owns what is one trial.

A trial is what its reports name: studies that share a registry number are reports of one trial.

- Only relevant studies count.
- Reviews, systematic reviews and guidelines report no trial, whatever numbers they list, nor does a record
  that names more than three numbers of one register. PROSPERO registers reviews, not trials.
- A record that names two numbers of one register reports two trials, and joins nothing: an extension study
  is a report of both.
- A record that names one number of each of several registers says that these are one trial registered several
  times. Each number then belongs to the one it most often stands beside of the register that comes first
  (ClinicalTrials.gov, then by name of the register), so that two ClinicalTrials.gov numbers never become one.
"""

from __future__ import annotations

_OWN = """
    SELECT study, bank, number, count(*) OVER (PARTITION BY study, bank) AS alike
    FROM (SELECT DISTINCT study, bank, number FROM registry_numbers JOIN facets USING (study)
          WHERE relevant = 1 AND bank <> 'PROSPERO'
          AND coalesce(design, '') NOT IN ('review', 'systematic_review', 'guideline'))
"""
_RANK = "CASE bank WHEN 'ClinicalTrials.gov' THEN '' ELSE bank END"

TRIAL_NUMBERS = f"""
CREATE VIEW trial_numbers AS
WITH RECURSIVE
own AS ({_OWN}),
report AS (SELECT study, bank, number, {_RANK} AS rank
    FROM (SELECT *, max(alike) OVER (PARTITION BY study) AS most FROM own) WHERE most <= 3),
clear AS (SELECT study FROM report GROUP BY study HAVING count(DISTINCT bank) = count(*) AND count(*) > 1),
beside AS (
    SELECT lower.number AS number, upper.number AS head, row_number() OVER (
        PARTITION BY lower.number ORDER BY upper.rank, count(*) DESC, upper.number) AS place
    FROM clear JOIN report AS lower USING (study) JOIN report AS upper USING (study)
    WHERE upper.rank < lower.rank GROUP BY lower.number, upper.number, upper.rank),
chain (number, trial, steps) AS (
    SELECT DISTINCT number, number, 0 FROM report
    UNION
    SELECT chain.number, head, steps + 1 FROM chain JOIN beside ON beside.number = trial AND place = 1),
known AS (
    SELECT number, trial, row_number() OVER (PARTITION BY number ORDER BY steps DESC) AS place FROM chain)
SELECT study, bank, report.number AS number, trial
FROM report JOIN known ON known.number = report.number AND known.place = 1
"""  # noqa: S608

TRIALS = """
CREATE VIEW trials AS
SELECT trial,
    (SELECT bank FROM registry_numbers WHERE number = trial LIMIT 1) AS register,
    group_concat(DISTINCT number) AS numbers,
    count(DISTINCT study) AS reports,
    min(year) AS first_year, max(year) AS last_year,
    group_concat(DISTINCT pmid) AS pmids
FROM trial_numbers JOIN studies ON id = study
GROUP BY trial
"""

EVIDENCE = """
CREATE VIEW evidence AS
SELECT pmid, year, title, phase, design,
    (SELECT group_concat(label, '; ') FROM modalities WHERE study = id) AS modality,
    (SELECT group_concat(coalesce(name, concept), '; ') FROM study_concepts
        WHERE study = id AND type = 'disease') AS diseases,
    (SELECT group_concat(coalesce(name, concept), '; ') FROM study_concepts
        WHERE study = id AND type = 'gene') AS genes,
    (SELECT group_concat(coalesce(name, concept), '; ') FROM study_concepts
        WHERE study = id AND type = 'therapy') AS therapies,
    n_enrolled, follow_up_months, countries, registry, retracted, phase_quote, n_enrolled_quote,
    CASE WHEN id > 0 THEN 'https://pubmed.ncbi.nlm.nih.gov/' || pmid || '/' END AS link
FROM studies WHERE relevant = 1
"""
