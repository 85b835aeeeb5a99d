-- An evidence index as schema version 5 had it: three made-up studies and one deletion.
PRAGMA application_id = 1279612235;
PRAGMA user_version = 5;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE provenance (id TEXT PRIMARY KEY, versions TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE studies (
        id INTEGER PRIMARY KEY,
        pmid TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        year INTEGER,
        journal TEXT,
        doi TEXT,
        pmcid TEXT,
        relevant INTEGER, relevant_probability REAL,
        phase TEXT, phase_probability REAL, phase_basis TEXT,
        phase_quote TEXT, phase_start INTEGER, phase_end INTEGER,
        design TEXT, design_probability REAL, design_basis TEXT,
        design_quote TEXT, design_start INTEGER, design_end INTEGER,
        n_enrolled INTEGER, n_enrolled_quote TEXT,
        n_screened INTEGER, n_screened_quote TEXT,
        ages REAL, ages_statistic TEXT, ages_low REAL, ages_high REAL, ages_unit TEXT, ages_quote TEXT,
        stage, stage_quote TEXT,
        multicentre INTEGER, multicentre_quote TEXT,
        follow_up_months REAL, follow_up_statistic TEXT, follow_up_low REAL, follow_up_high REAL,
        follow_up_quote TEXT,
        retracted INTEGER NOT NULL,
        concepts TEXT NOT NULL,
        keywords TEXT NOT NULL,
        registry TEXT NOT NULL,
        version INTEGER NOT NULL,
        revised TEXT,
        fingerprint TEXT NOT NULL,
        provenance TEXT NOT NULL REFERENCES provenance (id),
        abstract TEXT NOT NULL
    , n_comparison INTEGER, n_comparison_quote TEXT, sex TEXT, sex_quote TEXT, n_sites INTEGER, n_sites_quote TEXT, comparator TEXT, comparator_quote TEXT, blinding TEXT, blinding_quote TEXT, genotype TEXT, countries TEXT, vectors TEXT, routes TEXT);
CREATE INDEX studies_provenance ON studies (provenance);
CREATE TABLE facets (
        study INTEGER PRIMARY KEY,
        year INTEGER, phase TEXT, design TEXT, relevant INTEGER, retracted INTEGER, n_enrolled INTEGER
    , modality TEXT);
CREATE INDEX facets_year ON facets (year);
CREATE TABLE lines (
        study INTEGER PRIMARY KEY REFERENCES studies (id) ON DELETE CASCADE,
        json TEXT NOT NULL
    );
CREATE TABLE mentions (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
        type TEXT NOT NULL, concept TEXT, name TEXT,
        score REAL NOT NULL, source TEXT NOT NULL,
        negated INTEGER NOT NULL, speculative INTEGER NOT NULL,
        about TEXT NOT NULL, species TEXT, reason TEXT,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID;
CREATE INDEX mentions_concept ON mentions (concept, study) WHERE concept IS NOT NULL;
CREATE TABLE study_concepts (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        type TEXT NOT NULL, n INTEGER NOT NULL,
        concept TEXT NOT NULL, name TEXT,
        PRIMARY KEY (study, type, n)
    ) WITHOUT ROWID;
CREATE INDEX study_concepts_concept ON study_concepts (concept, study);
CREATE TABLE modalities (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        label TEXT NOT NULL, probability REAL, basis TEXT,
        start INTEGER, "end" INTEGER, quote TEXT,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID;
CREATE INDEX modalities_label ON modalities (label, study);
CREATE TABLE facts (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        kind TEXT NOT NULL, n INTEGER NOT NULL,
        value, statistic TEXT, low REAL, high REAL, unit TEXT,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, count INTEGER, total INTEGER,
        PRIMARY KEY (study, kind, n)
    ) WITHOUT ROWID;
CREATE TABLE registry_numbers (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        bank TEXT NOT NULL, number TEXT NOT NULL,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID;
CREATE INDEX registry_numbers_number ON registry_numbers (number);
CREATE TABLE links (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        type TEXT NOT NULL, target TEXT, source TEXT,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID;
CREATE INDEX links_target ON links (target, type);
CREATE TABLE deleted (pmid TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE concepts (
        id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, "group" TEXT
    ) WITHOUT ROWID;
CREATE TABLE concept_ancestors (
        ancestor TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (ancestor, id)
    ) WITHOUT ROWID;
CREATE VIRTUAL TABLE study_text USING fts5 (
        title, abstract, keywords, concepts, registry,
        content='studies', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    );
CREATE TABLE updates (
        n INTEGER PRIMARY KEY,
        corpus TEXT NOT NULL, query TEXT NOT NULL, since TEXT, until TEXT NOT NULL,
        finished TEXT, complete INTEGER
    );
CREATE TABLE changes (
        "update" INTEGER NOT NULL REFERENCES updates (n) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        pmid TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
        field TEXT, before TEXT, after TEXT,
        PRIMARY KEY ("update", n)
    ) WITHOUT ROWID;
CREATE INDEX changes_pmid ON changes (pmid);
CREATE TABLE baseline (pmid TEXT PRIMARY KEY, title TEXT NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE corrections (
        pmid TEXT NOT NULL, field TEXT NOT NULL, n INTEGER NOT NULL,
        label TEXT, reviewer TEXT NOT NULL, at TEXT NOT NULL, was TEXT,
        PRIMARY KEY (pmid, field, n)
    ) WITHOUT ROWID;
CREATE INDEX facets_phase ON facets (phase, year, design, relevant, retracted, n_enrolled, modality);
CREATE INDEX facets_design ON facets (design, year, phase, relevant, retracted, n_enrolled, modality);
CREATE INDEX concept_ancestors_id ON concept_ancestors (id);
CREATE TABLE terms (
        term TEXT NOT NULL, study INTEGER NOT NULL,
        year INTEGER, phase TEXT, design TEXT, relevant INTEGER, retracted INTEGER, n_enrolled INTEGER,
        modality TEXT,
        PRIMARY KEY (term, study)
    ) WITHOUT ROWID;
INSERT INTO meta ("key", "value") VALUES ('concepts', '6dc89793b2298280');
INSERT INTO meta ("key", "value") VALUES ('lexicon', 'ten');
INSERT INTO provenance ("id", "versions") VALUES ('b06163be113f1c0d', '{"leukonlp":"0.1","lexicon":"ten"}');
INSERT INTO studies ("id", "pmid", "title", "year", "journal", "doi", "pmcid", "relevant", "relevant_probability", "phase", "phase_probability", "phase_basis", "phase_quote", "phase_start", "phase_end", "design", "design_probability", "design_basis", "design_quote", "design_start", "design_end", "n_enrolled", "n_enrolled_quote", "n_screened", "n_screened_quote", "ages", "ages_statistic", "ages_low", "ages_high", "ages_unit", "ages_quote", "stage", "stage_quote", "multicentre", "multicentre_quote", "follow_up_months", "follow_up_statistic", "follow_up_low", "follow_up_high", "follow_up_quote", "retracted", "concepts", "keywords", "registry", "version", "revised", "fingerprint", "provenance", "abstract", "n_comparison", "n_comparison_quote", "sex", "sex_quote", "n_sites", "n_sites_quote", "comparator", "comparator_quote", "blinding", "blinding_quote", "genotype", "countries", "vectors", "routes") VALUES (-2755489202436650743, 'x-7', 'Ein “Titel”', 2015, NULL, NULL, NULL, 1, 0.8, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'late-infantile metachromatic leukodystrophy', '', '', 1, NULL, '22bf7043cd5196a823d5cd4d3997194fa3648c39d0e8dbc10d433ab5ecea8ced', 'b06163be113f1c0d', 'We followed families with late-infantile metachromatic leukodystrophy. Walking was scored every year. Conduction in the nerves stayed slow. No child died of the procedure.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO studies ("id", "pmid", "title", "year", "journal", "doi", "pmcid", "relevant", "relevant_probability", "phase", "phase_probability", "phase_basis", "phase_quote", "phase_start", "phase_end", "design", "design_probability", "design_basis", "design_quote", "design_start", "design_end", "n_enrolled", "n_enrolled_quote", "n_screened", "n_screened_quote", "ages", "ages_statistic", "ages_low", "ages_high", "ages_unit", "ages_quote", "stage", "stage_quote", "multicentre", "multicentre_quote", "follow_up_months", "follow_up_statistic", "follow_up_low", "follow_up_high", "follow_up_quote", "retracted", "concepts", "keywords", "registry", "version", "revised", "fingerprint", "provenance", "abstract", "n_comparison", "n_comparison_quote", "sex", "sex_quote", "n_sites", "n_sites_quote", "comparator", "comparator_quote", "blinding", "blinding_quote", "genotype", "countries", "vectors", "routes") VALUES (5, '5', 'Report 5', 2015, NULL, NULL, NULL, 1, 0.8, 'phase_2', 0.9, NULL, ' phase_2.', 154, 163, NULL, NULL, NULL, NULL, NULL, NULL, 17, '17 people', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 24.0, 'median', NULL, NULL, '24 months', 0, 'Krabbe disease; ARSA; cord blood transplantation', '', 'NCT00000001', 1, NULL, '6ac1c5fabf2737aee6440ff6813a580dc0c80d5b1e57a0f22c825fe50c97e2e6', 'b06163be113f1c0d', 'We followed families with Krabbe disease. We followed families with ARSA. We followed families with cord blood transplantation. It was a trial of phase_2. All had hsct. There were 17 people. They were seen for 24 months. Walking was scored every year. Conduction in the nerves stayed slow. No child died of the procedure.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO studies ("id", "pmid", "title", "year", "journal", "doi", "pmcid", "relevant", "relevant_probability", "phase", "phase_probability", "phase_basis", "phase_quote", "phase_start", "phase_end", "design", "design_probability", "design_basis", "design_quote", "design_start", "design_end", "n_enrolled", "n_enrolled_quote", "n_screened", "n_screened_quote", "ages", "ages_statistic", "ages_low", "ages_high", "ages_unit", "ages_quote", "stage", "stage_quote", "multicentre", "multicentre_quote", "follow_up_months", "follow_up_statistic", "follow_up_low", "follow_up_high", "follow_up_quote", "retracted", "concepts", "keywords", "registry", "version", "revised", "fingerprint", "provenance", "abstract", "n_comparison", "n_comparison_quote", "sex", "sex_quote", "n_sites", "n_sites_quote", "comparator", "comparator_quote", "blinding", "blinding_quote", "genotype", "countries", "vectors", "routes") VALUES (6, '6', 'Report 6', 2015, NULL, NULL, NULL, 1, 0.8, NULL, NULL, NULL, NULL, NULL, NULL, 'cohort', 0.9, NULL, ' cohort.', 77, 85, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'metachromatic leukodystrophy', '', '', 1, NULL, '563ef31fcb5ad99a56c35f4a089ef62ce6127a2f918a6130e1a7c630fa4e9f74', 'b06163be113f1c0d', 'We followed families with metachromatic leukodystrophy. Its plan was cohort. Drüsen ''β'' ‮; it''s -- a \ test. No child died of it.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO facets ("study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES (-2755489202436650743, 2015, NULL, NULL, 1, 0, NULL, NULL);
INSERT INTO facets ("study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES (5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO facets ("study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES (6, 2015, NULL, 'cohort', 1, 0, NULL, NULL);
INSERT INTO lines ("study", "json") VALUES (-2755489202436650743, '{"pmid":"x-7","title":"Ein “Titel”","text":"Ein “Titel”\nWe followed families with late-infantile metachromatic leukodystrophy. Walking was scored every year. Conduction in the nerves stayed slow. No child died of the procedure.","year":2015,"mentions":[{"start":38,"end":81,"text":"late-infantile metachromatic leukodystrophy","type":"disease","concept":"MONDO:0017729","name":"late-infantile metachromatic leukodystrophy","score":1.0,"source":"lexicon","negated":false,"speculative":false,"about":"study","species":null,"reason":null}],"study":{"relevant":{"label":true,"probability":0.8,"quote":null,"basis":null},"phase":null,"design":null,"modality":[],"diseases":["MONDO:0017729"],"genes":[],"therapies":[],"registry_numbers":[],"n_enrolled":null,"n_screened":null,"ages":null,"stage":null,"multicentre":null,"follow_up":null,"n_comparison":null,"sex":null,"genotype":[],"countries":[],"n_sites":null,"vectors":[],"routes":[],"doses":[],"comparator":null,"blinding":null,"outcomes":[{"value":"died","quote":{"start":152,"end":165,"text":"No child died"},"statistic":null,"low":null,"high":null,"unit":null,"count":null,"total":null}],"adverse_events":[],"nct":[],"retracted":false},"versions":{"leukonlp":"0.1","lexicon":"ten","models":{}},"record":{"version":1,"revised":null,"status":null,"journal":null,"doi":null,"pmcid":null,"authors":[],"languages":[],"vernacular_title":null,"publication_types":[],"mesh":[],"keywords":[],"chemicals":[],"accessions":[],"links":[],"indexing_method":null,"sections":[]}}');
INSERT INTO lines ("study", "json") VALUES (5, '{"pmid":"5","title":"Report 5","text":"Report 5\nWe followed families with Krabbe disease. We followed families with ARSA. We followed families with cord blood transplantation. It was a trial of phase_2. All had hsct. There were 17 people. They were seen for 24 months. Walking was scored every year. Conduction in the nerves stayed slow. No child died of the procedure.","year":2015,"mentions":[{"start":35,"end":49,"text":"Krabbe disease","type":"disease","concept":"MONDO:0009499","name":"Krabbe disease","score":1.0,"source":"lexicon","negated":false,"speculative":false,"about":"study","species":null,"reason":null},{"start":77,"end":81,"text":"ARSA","type":"gene","concept":"HGNC:713","name":"ARSA","score":1.0,"source":"lexicon","negated":false,"speculative":false,"about":"study","species":null,"reason":null},{"start":109,"end":135,"text":"cord blood transplantation","type":"therapy","concept":"LEUKO:T0002","name":"cord blood transplantation","score":1.0,"source":"lexicon","negated":false,"speculative":false,"about":"study","species":null,"reason":null}],"study":{"relevant":{"label":true,"probability":0.8,"quote":null,"basis":null},"phase":{"label":"phase_2","probability":0.9,"quote":{"start":154,"end":163,"text":" phase_2."},"basis":null},"design":null,"modality":[{"label":"hsct","probability":0.9,"quote":{"start":171,"end":177,"text":" hsct."},"basis":null}],"diseases":["MONDO:0009499"],"genes":["HGNC:713"],"therapies":["LEUKO:T0002"],"registry_numbers":[{"bank":"ClinicalTrials.gov","number":"NCT00000001"}],"n_enrolled":{"value":17,"quote":{"start":189,"end":198,"text":"17 people"},"statistic":null,"low":null,"high":null,"unit":null,"count":null,"total":null},"n_screened":null,"ages":null,"stage":null,"multicentre":null,"follow_up":{"value":24,"quote":{"start":219,"end":228,"text":"24 months"},"statistic":"median","low":null,"high":null,"unit":"months","count":null,"total":null},"n_comparison":null,"sex":null,"genotype":[],"countries":[],"n_sites":null,"vectors":[],"routes":[],"doses":[],"comparator":null,"blinding":null,"outcomes":[{"value":"died","quote":{"start":299,"end":312,"text":"No child died"},"statistic":null,"low":null,"high":null,"unit":null,"count":null,"total":null}],"adverse_events":[],"nct":["NCT00000001"],"retracted":false},"versions":{"leukonlp":"0.1","lexicon":"ten","models":{}},"record":{"version":1,"revised":null,"status":null,"journal":null,"doi":null,"pmcid":null,"authors":[],"languages":[],"vernacular_title":null,"publication_types":[],"mesh":[],"keywords":[],"chemicals":[],"accessions":[],"links":[],"indexing_method":null,"sections":[]}}');
INSERT INTO lines ("study", "json") VALUES (6, '{"pmid":"6","title":"Report 6","text":"Report 6\nWe followed families with metachromatic leukodystrophy. Its plan was cohort. Drüsen ''β'' ‮; it''s -- a \\ test. No child died of it.","year":2015,"mentions":[{"start":35,"end":63,"text":"metachromatic leukodystrophy","type":"disease","concept":"MONDO:0018868","name":"metachromatic leukodystrophy","score":1.0,"source":"lexicon","negated":false,"speculative":false,"about":"study","species":null,"reason":null}],"study":{"relevant":{"label":true,"probability":0.8,"quote":null,"basis":null},"phase":null,"design":{"label":"cohort","probability":0.9,"quote":{"start":77,"end":85,"text":" cohort."},"basis":null},"modality":[],"diseases":["MONDO:0018868"],"genes":[],"therapies":[],"registry_numbers":[],"n_enrolled":null,"n_screened":null,"ages":null,"stage":null,"multicentre":null,"follow_up":null,"n_comparison":null,"sex":null,"genotype":[],"countries":[],"n_sites":null,"vectors":[],"routes":[],"doses":[],"comparator":null,"blinding":null,"outcomes":[{"value":"died","quote":{"start":118,"end":131,"text":"No child died"},"statistic":null,"low":null,"high":null,"unit":null,"count":null,"total":null}],"adverse_events":[],"nct":[],"retracted":false},"versions":{"leukonlp":"0.1","lexicon":"ten","models":{}},"record":{"version":1,"revised":null,"status":null,"journal":null,"doi":null,"pmcid":null,"authors":[],"languages":[],"vernacular_title":null,"publication_types":[],"mesh":[],"keywords":[],"chemicals":[],"accessions":[],"links":[{"type":"RetractionOf","pmid":"4","source":null}],"indexing_method":null,"sections":[]}}');
INSERT INTO mentions ("study", "n", "start", "end", "text", "type", "concept", "name", "score", "source", "negated", "speculative", "about", "species", "reason") VALUES (-2755489202436650743, 0, 38, 81, 'late-infantile metachromatic leukodystrophy', 'disease', 'MONDO:0017729', 'late-infantile metachromatic leukodystrophy', 1.0, 'lexicon', 0, 0, 'study', NULL, NULL);
INSERT INTO mentions ("study", "n", "start", "end", "text", "type", "concept", "name", "score", "source", "negated", "speculative", "about", "species", "reason") VALUES (5, 0, 35, 49, 'Krabbe disease', 'disease', 'MONDO:0009499', 'Krabbe disease', 1.0, 'lexicon', 0, 0, 'study', NULL, NULL);
INSERT INTO mentions ("study", "n", "start", "end", "text", "type", "concept", "name", "score", "source", "negated", "speculative", "about", "species", "reason") VALUES (5, 1, 77, 81, 'ARSA', 'gene', 'HGNC:713', 'ARSA', 1.0, 'lexicon', 0, 0, 'study', NULL, NULL);
INSERT INTO mentions ("study", "n", "start", "end", "text", "type", "concept", "name", "score", "source", "negated", "speculative", "about", "species", "reason") VALUES (5, 2, 109, 135, 'cord blood transplantation', 'therapy', 'LEUKO:T0002', 'cord blood transplantation', 1.0, 'lexicon', 0, 0, 'study', NULL, NULL);
INSERT INTO mentions ("study", "n", "start", "end", "text", "type", "concept", "name", "score", "source", "negated", "speculative", "about", "species", "reason") VALUES (6, 0, 35, 63, 'metachromatic leukodystrophy', 'disease', 'MONDO:0018868', 'metachromatic leukodystrophy', 1.0, 'lexicon', 0, 0, 'study', NULL, NULL);
INSERT INTO study_concepts ("study", "type", "n", "concept", "name") VALUES (-2755489202436650743, 'disease', 0, 'MONDO:0017729', 'late-infantile metachromatic leukodystrophy');
INSERT INTO study_concepts ("study", "type", "n", "concept", "name") VALUES (5, 'disease', 0, 'MONDO:0009499', 'Krabbe disease');
INSERT INTO study_concepts ("study", "type", "n", "concept", "name") VALUES (5, 'gene', 0, 'HGNC:713', 'ARSA');
INSERT INTO study_concepts ("study", "type", "n", "concept", "name") VALUES (5, 'therapy', 0, 'LEUKO:T0002', 'cord blood transplantation');
INSERT INTO study_concepts ("study", "type", "n", "concept", "name") VALUES (6, 'disease', 0, 'MONDO:0018868', 'metachromatic leukodystrophy');
INSERT INTO modalities ("study", "n", "label", "probability", "basis", "start", "end", "quote") VALUES (5, 0, 'hsct', 0.9, NULL, 171, 177, ' hsct.');
INSERT INTO facts ("study", "kind", "n", "value", "statistic", "low", "high", "unit", "start", "end", "quote", "count", "total") VALUES (-2755489202436650743, 'outcomes', 0, 'died', NULL, NULL, NULL, NULL, 152, 165, 'No child died', NULL, NULL);
INSERT INTO facts ("study", "kind", "n", "value", "statistic", "low", "high", "unit", "start", "end", "quote", "count", "total") VALUES (5, 'follow_up', 0, 24, 'median', NULL, NULL, 'months', 219, 228, '24 months', NULL, NULL);
INSERT INTO facts ("study", "kind", "n", "value", "statistic", "low", "high", "unit", "start", "end", "quote", "count", "total") VALUES (5, 'n_enrolled', 0, 17, NULL, NULL, NULL, NULL, 189, 198, '17 people', NULL, NULL);
INSERT INTO facts ("study", "kind", "n", "value", "statistic", "low", "high", "unit", "start", "end", "quote", "count", "total") VALUES (5, 'outcomes', 0, 'died', NULL, NULL, NULL, NULL, 299, 312, 'No child died', NULL, NULL);
INSERT INTO facts ("study", "kind", "n", "value", "statistic", "low", "high", "unit", "start", "end", "quote", "count", "total") VALUES (6, 'outcomes', 0, 'died', NULL, NULL, NULL, NULL, 118, 131, 'No child died', NULL, NULL);
INSERT INTO registry_numbers ("study", "n", "bank", "number") VALUES (5, 0, 'ClinicalTrials.gov', 'NCT00000001');
INSERT INTO links ("study", "n", "type", "target", "source") VALUES (6, 0, 'RetractionOf', '4', NULL);
INSERT INTO deleted ("pmid", "version") VALUES ('8', 1);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('HGNC:4115', 'gene', 'GALC', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('HGNC:713', 'gene', 'ARSA', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('LEUKO:T0001', 'therapy', 'haematopoietic stem cell transplantation', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('LEUKO:T0002', 'therapy', 'cord blood transplantation', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('MONDO:0009499', 'disease', 'Krabbe disease', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('MONDO:0017729', 'disease', 'late-infantile metachromatic leukodystrophy', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('MONDO:0018544', 'disease', 'adrenoleukodystrophy', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('MONDO:0018868', 'disease', 'metachromatic leukodystrophy', NULL);
INSERT INTO concepts ("id", "type", "name", "group") VALUES ('MONDO:0019046', 'disease', 'leukodystrophy', NULL);
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('HGNC:4115', 'HGNC:4115');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('HGNC:713', 'HGNC:713');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('LEUKO:T0001', 'LEUKO:T0001');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('LEUKO:T0001', 'LEUKO:T0002');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('LEUKO:T0002', 'LEUKO:T0002');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0009499', 'MONDO:0009499');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0019046', 'MONDO:0009499');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0017729', 'MONDO:0017729');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0018868', 'MONDO:0017729');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0019046', 'MONDO:0017729');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0018544', 'MONDO:0018544');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0019046', 'MONDO:0018544');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0018868', 'MONDO:0018868');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0019046', 'MONDO:0018868');
INSERT INTO concept_ancestors ("ancestor", "id") VALUES ('MONDO:0019046', 'MONDO:0019046');
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('HGNC:713', 5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('LEUKO:T0001', 5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('LEUKO:T0002', 5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0009499', 5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0017729', -2755489202436650743, 2015, NULL, NULL, 1, 0, NULL, NULL);
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0018868', -2755489202436650743, 2015, NULL, NULL, 1, 0, NULL, NULL);
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0018868', 6, 2015, NULL, 'cohort', 1, 0, NULL, NULL);
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0019046', -2755489202436650743, 2015, NULL, NULL, 1, 0, NULL, NULL);
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0019046', 5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('MONDO:0019046', 6, 2015, NULL, 'cohort', 1, 0, NULL, NULL);
INSERT INTO terms ("term", "study", "year", "phase", "design", "relevant", "retracted", "n_enrolled", "modality") VALUES ('hsct', 5, 2015, 'phase_2', NULL, 1, 0, 17, ' hsct ');
INSERT INTO study_text (study_text) VALUES ('rebuild');
INSERT INTO study_text (study_text, rank) VALUES ('hashsize', 33554432);
CREATE TRIGGER studies_delete AFTER DELETE ON studies BEGIN
        DELETE FROM facets WHERE study = old.id;
        INSERT INTO study_text (study_text, rowid, title, abstract, keywords, concepts, registry)
        VALUES ('delete', old.id, old.title, old.abstract, old.keywords, old.concepts, old.registry);
    END;
CREATE TRIGGER studies_update_text
    AFTER UPDATE OF id, title, abstract, keywords, concepts, registry ON studies BEGIN
        INSERT INTO study_text (study_text, rowid, title, abstract, keywords, concepts, registry)
        VALUES ('delete', old.id, old.title, old.abstract, old.keywords, old.concepts, old.registry);
        INSERT INTO study_text (rowid, title, abstract, keywords, concepts, registry)
        VALUES (new.id, new.title, new.abstract, new.keywords, new.concepts, new.registry);
    END;
CREATE VIEW trial_numbers AS
WITH RECURSIVE
own AS (
    SELECT study, bank, number, count(*) OVER (PARTITION BY study, bank) AS alike
    FROM (SELECT DISTINCT study, bank, number FROM registry_numbers JOIN facets USING (study)
          WHERE relevant = 1 AND bank <> 'PROSPERO'
          AND coalesce(design, '') NOT IN ('review', 'systematic_review', 'guideline'))
),
report AS (SELECT study, bank, number, CASE bank WHEN 'ClinicalTrials.gov' THEN '' ELSE bank END AS rank
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
FROM report JOIN known ON known.number = report.number AND known.place = 1;
CREATE VIEW trials AS
SELECT trial,
    (SELECT bank FROM registry_numbers WHERE number = trial LIMIT 1) AS register,
    group_concat(DISTINCT number) AS numbers,
    count(DISTINCT study) AS reports,
    min(year) AS first_year, max(year) AS last_year,
    group_concat(DISTINCT pmid) AS pmids
FROM trial_numbers JOIN studies ON id = study
GROUP BY trial;
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
FROM studies WHERE relevant = 1;
CREATE TRIGGER studies_update_facets
    AFTER UPDATE OF year, phase, design, relevant, retracted, n_enrolled ON studies BEGIN
        UPDATE facets SET (year, phase, design, relevant, retracted, n_enrolled) =
            (new.year, new.phase, new.design, new.relevant, new.retracted, new.n_enrolled)
            WHERE study = old.id;
        UPDATE terms SET (year, phase, design, relevant, retracted, n_enrolled) =
            (new.year, new.phase, new.design, new.relevant, new.retracted, new.n_enrolled)
            WHERE study = old.id AND term IN (
    SELECT ancestor FROM study_concepts JOIN concept_ancestors ON concept_ancestors.id = concept
    WHERE study = old.id
    UNION SELECT concept FROM study_concepts WHERE study = old.id
    UNION SELECT label FROM modalities WHERE study = old.id
);
    END;
CREATE TRIGGER studies_delete_terms BEFORE DELETE ON studies BEGIN
        DELETE FROM terms WHERE study = old.id AND term IN (
    SELECT ancestor FROM study_concepts JOIN concept_ancestors ON concept_ancestors.id = concept
    WHERE study = old.id
    UNION SELECT concept FROM study_concepts WHERE study = old.id
    UNION SELECT label FROM modalities WHERE study = old.id
);
    END;
CREATE INDEX terms_phase ON terms (term, phase, year DESC, study, design, modality, relevant, retracted, n_enrolled);
CREATE INDEX terms_design ON terms (term, design, year DESC, study, phase, modality, relevant, retracted, n_enrolled);
CREATE INDEX terms_modality ON terms (term, modality, year DESC, study, phase, design, relevant, retracted, n_enrolled);
