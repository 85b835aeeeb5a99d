"""An index carried elsewhere: a crate that describes itself, and a page of Datasette."""

from __future__ import annotations

import asyncio
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import leukonlp
from leukonlp import cli
from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.evidence.updates import Update
from leukonlp.workflow.carrying import write_crate

from .evidence.made import ARSA, CORD, MLD, make

NUMBER = "NCT01560182"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.db"
    with EvidenceIndex(path) as index:
        index.add_many(
            [
                make("1", (MLD, ARSA), phase="phase_1_2", modality="gene_therapy", nct=(NUMBER,), year=2013),
                make("2", (MLD,), phase="phase_3", modality="gene_therapy", nct=(NUMBER,), year=2021),
                make("3", (MLD, CORD), design="cohort", modality="hsct", title="<b>Cord</b> & blood"),
                make("4", (), retracts=("3",)),
            ]
        )
    return path


class TestCrate:
    """RO-Crate, read with the package ``rocrate``."""

    def test_it_describes_the_run(self, db: Path, tmp_path: Path) -> None:
        from rocrate.rocrate import ROCrate

        with EvidenceIndex(db) as index:
            index.begin_update(Update("leukodystrophy", "krabbe", None, "2026-10-01"))
            index.finish_update(complete=True, now="2026-10-01T08:00:00+00:00")
        out = tmp_path / "crate"
        assert write_crate(db, out, today=date(2026, 11, 22)) == 4
        crate = ROCrate(out)
        root = crate.root_dataset
        assert str(root["datePublished"]).startswith("2026-11-22")
        assert "4 studies" in root["description"]
        assert "3 of them on leukodystrophies" in root["description"]
        assert sorted(file.id for file in crate.data_entities) == [
            "studies.csv", "studies.jsonl", "studies.parquet", "studies.ris",
        ]  # fmt: skip
        for file in crate.data_entities:
            content = (out / file.id).read_bytes()
            assert (file["contentSize"], file["sha256"]) == (
                str(len(content)),
                hashlib.sha256(content).hexdigest(),
            )
        actions = crate.get_by_type("CreateAction")
        assert {action.id for action in root["mentions"]} == {action.id for action in actions}
        made, update = actions
        (program,) = made["instrument"]
        assert (program["name"], program["softwareVersion"]) == ("leukonlp", "0.1")
        assert [thing["version"] for thing in made["object"]] == ["ten"]
        assert update["instrument"] == [program]
        assert update["endTime"] == "2026-10-01T08:00:00+00:00"
        assert [query["text"] for query in update["object"]] == ["krabbe"]

    def test_no_reference_leads_nowhere(self, db: Path, tmp_path: Path) -> None:
        write_crate(db, tmp_path / "crate")
        content = json.loads((tmp_path / "crate" / "ro-crate-metadata.json").read_text(encoding="utf-8"))
        ids = [entity["@id"] for entity in content["@graph"]]
        assert len(ids) == len(set(ids))
        assert set(references(content["@graph"])) - {"https://w3id.org/ro/crate/1.1"} <= set(ids)

    def test_its_jsonl_builds_the_same_index(self, db: Path, tmp_path: Path) -> None:
        write_crate(db, tmp_path / "crate")
        again = tmp_path / "again.db"
        assert cli.main(["index", str(tmp_path / "crate" / "studies.jsonl"), "--db", str(again)]) == 0
        with EvidenceIndex(db, readonly=True) as one, EvidenceIndex(again, readonly=True) as other:
            assert list(one.studies()) == list(other.studies())

    def test_a_second_time_it_takes_the_place_of_the_first(self, db: Path, tmp_path: Path) -> None:
        out = tmp_path / "crate"
        write_crate(db, out, today=date(2026, 11, 22))
        first = {path.name: path.read_bytes() for path in out.iterdir()}
        write_crate(db, out, today=date(2026, 11, 22))
        assert {path.name: path.read_bytes() for path in out.iterdir()} == first

    def test_a_folder_of_other_things_is_left_alone(self, db: Path, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "thesis.docx").write_text("years of work")
        with pytest.raises(
            InputError, match="holds 'thesis.docx', which is no part of a crate; name an empty"
        ):
            write_crate(db, tmp_path / "mine")
        with pytest.raises(InputError, match="evidence index"):
            write_crate(db, db)


def references(value: Any) -> Any:
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for item in value.values():
            yield from references(item)


class TestDatasette:
    """The index as Datasette serves it, by Datasette's own client."""

    @pytest.fixture
    def get(self, db: Path, tmp_path: Path) -> Any:
        from datasette.app import Datasette

        out = tmp_path / "metadata.json"
        assert cli.main(["export", "--db", str(db), "--format", "datasette", "--out", str(out)]) == 0
        metadata = json.loads(out.read_text(encoding="utf-8"))

        def ask(path: str) -> Any:
            async def asked() -> Any:
                served = Datasette([str(db)], metadata=metadata)
                answer = await served.client.get(path)
                assert answer.status_code == 200, (path, answer.text[:500])
                return answer.json() if ".json" in path else answer.text

            with ThreadPoolExecutor(1) as aside:  # a browser test may have left a loop in this thread
                return aside.submit(asyncio.run, asked()).result()

        return ask

    def test_the_index_page_names_views_and_queries(self, get: Any) -> None:
        page = get("/evidence")
        assert "Evidence map: studies by disease and modality" in page
        for name in ("evidence", "trials", "studies"):
            assert f'href="/evidence/{name}"' in page
        visible = [table["name"] for table in get("/evidence.json")["tables"] if not table["hidden"]]
        assert "lines" not in visible
        assert "facets" not in visible
        assert "terms" not in visible
        assert "studies" in visible

    def test_every_ready_query_runs(self, get: Any) -> None:
        queries = get("/evidence.json")["queries"]
        assert len(queries) >= 7
        answers = {
            q["name"]: get(f"/evidence/{q['name']}.json?_shape=array&disease=meta&pmid=1&number={NUMBER}")
            for q in queries
        }
        assert [row["pmid"] for row in answers["reports_of_a_trial"]] == ["1", "2"]
        assert [row["pmid"] for row in answers["studies_of_a_disease"]] == ["2", "3", "1"]
        assert {row["modality"]: row["studies"] for row in answers["evidence_map"]} == {"gene_therapy": 2}
        assert answers["retracted"][0]["notices"] == "4"
        assert answers["facts_of_a_study"][0]["quote"] == "No child died"
        assert answers["least_certain_tags"][0]["probability"] == 0.9

    def test_every_table_described_is_there(self, get: Any, db: Path) -> None:
        from leukonlp.evidence.browsing import datasette_metadata

        content = get("/evidence.json")
        known = {table["name"] for table in content["tables"]} | {view["name"] for view in content["views"]}
        assert set(datasette_metadata(db)["databases"]["evidence"]["tables"]) <= known

    def test_views_and_labels(self, get: Any) -> None:
        (trial,) = get("/evidence/trials.json?_shape=array")
        assert (trial["trial"], trial["reports"], trial["pmids"]) == (NUMBER, 2, "1,2")
        assert (trial["first_year"], trial["last_year"]) == (2013, 2021)
        rows = {row["pmid"]: row for row in get("/evidence/evidence.json?_shape=array")}
        assert set(rows) == {"1", "2", "3"}
        assert rows["1"]["link"] == "https://pubmed.ncbi.nlm.nih.gov/1/"
        assert rows["1"]["diseases"] == "metachromatic leukodystrophy"
        page = get("/evidence/modalities")
        assert "&lt;b&gt;Cord&lt;/b&gt; &amp; blood" in page, "the study is named by its title, escaped"

    def test_words_are_found_in_abstracts(self, get: Any) -> None:
        rows = get("/evidence/studies.json?_search=conduction&_shape=array")
        assert {row["pmid"] for row in rows} == {"1", "2", "3", "4"}
        rows = get("/evidence/studies.json?_search=cord&_shape=array")
        assert {row["pmid"] for row in rows} == {"3"}, "regression: Datasette did not know of the full text"
        assert 'name="_search"' in get("/evidence/studies")

    def test_the_name_of_the_file_does_not_matter(self, db: Path, tmp_path: Path) -> None:
        other = tmp_path / "my studies.db"
        other.write_bytes(db.read_bytes())
        out = tmp_path / "m.json"
        assert cli.main(["export", "--db", str(other), "--format", "datasette", "--out", str(out)]) == 0
        assert list(json.loads(out.read_text())["databases"]) == ["my studies"]


def test_the_library_offers_the_same(db: Path) -> None:
    with leukonlp.EvidenceIndex(db, readonly=True) as index:
        (trial,) = index.trials(at_least=2)
    assert (trial.number, trial.pmids, trial.years) == (NUMBER, ("1", "2"), (2013, 2021))
