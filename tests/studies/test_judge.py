"""The judge of treatments: what it sees of a mention, what it learns, and how a study's mentions add up."""

from __future__ import annotations

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from leukonlp.records import Abstract, Study
from leukonlp.studies.context import Context, contexts
from leukonlp.studies.judge import TreatmentJudge, likeliest
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.surroundings import Surroundings
from leukonlp.studies.wording import ENDS, wordings


def mentions(title: str, abstract: str = "", design: str | None = None) -> list[Context]:
    return contexts(wordings(Study(Abstract("1", title, abstract))), design)


def test_a_mention_has_its_modality_and_its_place() -> None:
    found = mentions("Simvastatin in boys", "Simvastatin was given after surgery.")
    assert [c.modality for c in found] == ["small_molecule", "small_molecule", "device_or_procedure"]
    assert [("s:True" in c.features, "q:t0" in c.features) for c in found] == [
        (False, True),
        (False, False),
        (True, False),
    ]


def test_words_around_a_mention_end_with_its_sentence() -> None:
    (found,) = mentions("T", "It rained. Boys received simvastatin twice a day; girls slept.")
    words = {name for name in found.features if name[:2] in ("l:", "r:")}
    plain = {name for name in words if name.count(":") == 1}
    assert plain == {"l:boys", "l:received", "l:^", "r:twice", "r:a", "r:day", "r:^"}
    assert {"l1:received", "r1:twice", "l2:received boys", "r2:twice a"} <= set(found.features)
    assert {"l:small_molecule:received", "r:small_molecule:twice"} <= set(found.features)


def test_a_decimal_point_ends_no_sentence() -> None:
    (found,) = mentions("T", "Boys took 0.5 mg of simvastatin")
    assert "l:boys" in found.features


def test_eight_words_are_seen_on_each_side() -> None:
    (found,) = mentions("T", "a b c d e f g h i simvastatin k l m n o p q r s")
    assert {"l:b", "r:r"} <= set(found.features)
    assert not {"l:a", "r:s"} & set(found.features)


def test_a_mention_is_set_beside_the_others() -> None:
    first, *_, last = mentions("Simvastatin", "Simvastatin or simvastatin, not rituximab.", "cohort")
    assert {"count>1", "count>2", "title:True", "kinds:2", "share:3", "d:cohort"} <= set(first.features)
    assert {"title:False", "title:False:False:True", "share:1", "d:cohort:biologic"} <= set(last.features)
    assert "count>1" not in last.features


def learned() -> TreatmentJudge:
    given = [mentions(f"Winter {i}", f"Boys received {name}.") for i, name in enumerate(NAMES * 3)]
    spared = [mentions(f"Winter {i}", f"Boys unlike {name}.") for i, name in enumerate(NAMES * 3)]
    kinds = [{c.modality for c in study} for study in given]
    return TreatmentJudge().fit([*given, *spared], [*kinds, *([set()] * len(spared))])


NAMES = ["simvastatin", "rituximab", "acupuncture"]


def test_what_it_learns_of_one_modality_holds_for_another() -> None:
    judge = learned()
    tested, spared = judge.predict_proba(
        [mentions("T", "Boys received antisense."), mentions("T", "Boys unlike antisense.")]
    )
    assert tested[0] > 0.8
    assert spared[0] < 0.2
    assert judge.predict_proba([[]]) == [[]]


@pytest.mark.parametrize(("own", "low", "high"), [(["small_molecule"], 0.99, 1), ([], 0, 0.01)])
def test_where_all_are_alike_it_says_so(own: list[str], low: float, high: float) -> None:
    studies = [mentions("T", "Boys received simvastatin.")] * 4
    (p,) = TreatmentJudge().fit(studies, [own] * 4).predict_proba([studies[0]])
    assert low <= p[0] <= high


def test_a_probability_is_that_of_the_named_features() -> None:
    judge = learned()
    weights = dict(zip(judge.names_.split("\n"), judge.weights_.tolist(), strict=True))
    study = mentions(
        "Rituximab in boys", "Boys received rituximab and simvastatin. Boys received rituximab.", "cohort"
    )
    (told,) = judge.predict_proba([study])
    for context, p in zip(study, told, strict=True):
        known = [weights[name] for name in context.features if name in weights]
        assert len(known) > 5
        assert p == pytest.approx(1 / (1 + exp(-judge.intercept_ - sum(known) / sqrt(len(known)))))


WORDS = st.lists(st.sampled_from(["boys", "of", "<hsct>", "<number>", "ß", ".", ";"]), max_size=24)


@given(st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=3), st.sets(st.integers(0, 3)))
def test_numbers_find_what_the_names_of_features_tell(
    seen: list[list[str]], new: list[list[str]], left: set[int]
) -> None:
    def mentioned(texts: list[list[str]]) -> list[Context]:
        return [
            Context(kind, [f"k:{kind}", "new"], words, at)
            for words in texts
            for at, word in enumerate(words)
            if word not in ENDS
            for kind in ("hsct", "dietary")
        ]

    names = sorted({name for context in mentioned(seen) for name in context.features if name != "new"})
    names = [name for place, name in enumerate(names) if place % 4 not in left]
    found: list[list[str]] = [[] for _ in mentioned(new)]
    columns = Surroundings({name: i for i, name in enumerate(names)}).columns(mentioned(new))
    for mention, column in zip(*(numbers.tolist() for numbers in columns), strict=True):
        found[mention].append(names[column])
    assert [sorted(own) for own in found] == [
        sorted(set(context.features) & set(names)) for context in mentioned(new)
    ]


def test_an_unfitted_judge_says_so() -> None:
    with pytest.raises(NotFittedError, match="not fitted yet"):
        TreatmentJudge().predict_proba([[]])


def test_the_likeliest_mention_speaks_for_its_modality() -> None:
    study = mentions("Simvastatin", "Simvastatin after surgery.")
    row, none = likeliest([study, []], [[0.3, 0.5, 0.2], []])
    told = dict(zip(MODALITIES, row.tolist(), strict=True))
    assert {label: p for label, p in told.items() if p} == {
        "small_molecule": 0.5,
        "device_or_procedure": 0.2,
    }
    assert not none.any()
