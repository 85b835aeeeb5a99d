"""Features of a study: names under their kind, title and abstract apart, what the rules found."""

from __future__ import annotations

from leukonlp.records import (
    Abstract,
    Accession,
    Fact,
    Mention,
    MentionType,
    MeshHeading,
    Quote,
    Study,
    Tag,
    Term,
)
from leukonlp.studies import features as module
from leukonlp.studies.wording import wordings


def features(study: Study) -> set[str]:
    return module.features(study, wordings(study))


def study(title: str, abstract: str = "", *names: tuple[str, MentionType], **fields: object) -> Study:
    """A study whose mentions are the first places of ``names``."""
    record = Abstract("1", title, abstract)
    places = sorted((record.text.index(name), name, kind) for name, kind in names)
    mentions = tuple(Mention(at, at + len(name), name, kind) for at, name, kind in places)
    return Study(record, mentions, **fields)  # type: ignore[arg-type]


def test_diseases_and_genes_stand_under_their_kind() -> None:
    seen = features(study("GALC in Krabbe disease", "", ("GALC", "gene"), ("Krabbe disease", "disease")))
    assert {"t:<gene>", "t:<gene> in", "t:<gene> in <disease>", "w:<disease>"} <= seen
    assert not [name for name in seen if "krabbe" in name or "galc" in name]


def test_the_same_sentence_of_two_diseases_has_the_same_features() -> None:
    first = study("A walk in Alexander disease", "It is slow.", ("Alexander disease", "disease"))
    second = study("A walk in MLD", "It is slow.", ("MLD", "disease"))
    assert features(first) == features(second)


def test_title_and_abstract_are_apart() -> None:
    seen = features(study("Quiet boys", "Loud girls"))
    assert {"t:quiet boys", "a:loud girls", "w:quiet"} <= seen
    assert not seen & {"a:quiet", "t:loud", "w:loud", "t:boys running", "a:boys running"}


def test_a_name_of_the_abstract_is_masked_there_only() -> None:
    seen = features(study("MLD once", "then ABC twice", ("MLD", "disease"), ("ABC", "gene")))
    assert {"t:<disease> once", "a:then <gene> twice"} <= seen
    assert not seen & {"t:<gene>", "a:<disease>"}


def test_overlapping_names_are_masked_once() -> None:
    seen = features(study("MLD type", "", ("MLD type", "disease"), ("type", "gene")))
    assert "t:<disease>" in seen
    assert "t:<gene>" not in seen


def test_treatments_and_other_substances_stand_under_their_kind() -> None:
    seen = features(study("Effect of zorbitine", "Simvastatin after surgery", ("zorbitine", "chemical")))
    assert {"t:effect of <substance>", "a:<small_molecule> after <device_or_procedure_setting>"} <= seen
    assert not seen & {"t:zorbitine", "a:simvastatin", "a:surgery"}


def test_a_gene_product_that_treats_is_a_treatment() -> None:
    seen = features(study("Insulin glargine or GALC", "", ("Insulin glargine", "gene"), ("GALC", "gene")))
    assert "t:<biologic> or <gene>" in seen


def test_a_denied_substance_is_no_substance() -> None:
    record = Abstract("1", "Effect of zorbitine")
    denied = Mention(10, 19, "zorbitine", "chemical", negated=True)
    assert "t:effect of zorbitine" not in features(
        study("Effect of zorbitine", "", ("zorbitine", "chemical"))
    )
    seen = features(Study(record, (denied,)))
    assert "t:of zorbitine" in seen
    assert "t:<substance>" not in seen


def test_numbers_and_counts_of_kinds() -> None:
    seen = features(study("T", "in 12 boys and 345 girls, 6 of them twins"))
    assert {"a:in <number> boys", "n:a:<number>>1", "n:a:<number>>2", "n:a:<number>>3"} <= seen
    assert "n:a:<number>>5" not in seen


def test_threes_are_kept_only_around_a_kind() -> None:
    seen = features(study("T", "we saw them walk 7 miles"))
    assert "a:walk <number> miles" in seen
    assert "a:we saw them" not in seen


def test_what_the_rules_found() -> None:
    quote = Quote(0, 5, "Phase")
    seen = features(
        study(
            "Phase 2 work",
            "",
            phase=Tag("phase_2", quote=quote),
            design=Tag("cohort"),
            modality=(Tag("hsct"),),
            n_enrolled=Fact(49, quote),
            registry_numbers=(Accession("ClinicalTrials.gov", "NCT00000001"),),
        )
    )
    assert {name for name in seen if name.startswith("rule:")} == {
        "rule:phase:phase_2",
        "rule:phase:phase_2:title",
        "rule:design:cohort",
        "rule:relevant:None",
        "rule:modality:hsct",
        "rule:people>10",
        "rule:registered",
    }


def test_a_quote_in_the_abstract_is_none_of_the_title() -> None:
    seen = features(study("T", "Phase 2 work", phase=Tag("phase_2", quote=Quote(2, 7, "Phase"))))
    assert "rule:phase:phase_2:title" not in seen


def test_nothing_found_is_said_too() -> None:
    rules = {name for name in features(study("T")) if name.startswith("rule:")}
    assert rules == {"rule:phase:None", "rule:design:None", "rule:relevant:None"}


def test_indexing_counts_unless_a_program_did_it() -> None:
    indexed = {"publication_types": (Term("Review"),), "mesh": (MeshHeading("Mice"),)}
    by_hand = features(Study(Abstract("1", "T", **indexed)))  # type: ignore[arg-type]
    automated = features(Study(Abstract("1", "T", indexing_method="Automated", **indexed)))  # type: ignore[arg-type]
    assert by_hand - automated == {"type:Review", "mesh:Mice"}


def test_an_empty_record_has_features() -> None:
    assert features(Study(Abstract("1", "", "")))
