"""Short forms of a text are of the kind of what they stand for."""

from __future__ import annotations

import re

import pytest

from leukonlp.pipeline.recogniser.decoding import Entity
from leukonlp.pipeline.recogniser.short_forms import Definition, consistent, definitions

DROPPED = ("DISEASE", "CHEMICAL")


def entities(text: str, *named: tuple[str, str]) -> list[Entity]:
    """Every whole place of each string, with its label; long ones are surer."""
    return sorted(
        Entity(*place.span(), label, 0.9 if " " in string else 0.6)
        for string, label in named
        for place in re.finditer(rf"\b{re.escape(string)}(?!\w)", text)
    )


def read(text: str, *named: tuple[str, str]) -> list[tuple[str, str]]:
    found = consistent(text, entities(text, *named), dropped=DROPPED)
    return [(text[e.start : e.end], e.label) for e in found]


def test_a_short_form_takes_the_type_of_its_long_form_everywhere() -> None:
    text = "Juvenile gout (JG) is rare. In JG and non-JG, JGX rose."
    for named in ((), (("JG", "GENE"),), (("JG", "DISEASE"),)):
        assert read(text, ("Juvenile gout", "DISEASE"), *named) == [
            ("Juvenile gout", "DISEASE"),
            *[("JG", "DISEASE")] * 3,
        ]


def test_a_short_form_is_as_sure_as_its_long_form() -> None:
    text = "Juvenile gout (JG): JG."
    found = consistent(text, entities(text, ("Juvenile gout", "DISEASE"), ("JG", "GENE")), dropped=DROPPED)
    assert [e.score for e in found] == [0.9, 0.9, 0.9]


def test_what_lies_in_another_entity_is_left_to_it() -> None:
    text = "Juvenile gout (JG) and the JG gene."
    assert read(text, ("Juvenile gout", "DISEASE"), ("JG gene", "GENE"))[-1] == ("JG gene", "GENE")


def test_a_short_form_of_no_entity_is_no_disease_and_no_chemical() -> None:
    text = "Heteroduplex (HD) bands and non-transgenic (NTg; control) mice: HD, NTg."
    assert read(text, ("HD", "DISEASE"), ("NTg", "CHEMICAL")) == []
    assert read(text, ("HD", "GENE")) == [("HD", "GENE"), ("HD", "GENE")]


def test_a_short_form_in_a_longer_one_is_left_to_it() -> None:
    text = "Severe gout (SG) and late severe gout (L-SG): L-SG, SG."
    found = read(text, ("Severe gout", "DISEASE"), ("late severe gout", "DISEASE"))
    assert [string for string, _ in found] == ["Severe gout", "SG", "late severe gout", "L-SG", "L-SG", "SG"]


def test_a_bracket_inside_an_entity_changes_nothing() -> None:
    text = "The Gosta-Holm (GH) disease: GH is rare."
    named = (("Gosta-Holm (GH) disease", "DISEASE"),)
    found = [*entities(text, *named), Entity(text.index("GH is"), text.index("GH is") + 2, "DISEASE", 0.6)]
    assert consistent(text, found, dropped=DROPPED) == found


def test_the_first_definition_holds() -> None:
    text = "Severe gout (SG) and stiff gait (SG): SG."
    assert read(text, ("Severe gout", "DISEASE"))[1:] == [("SG", "DISEASE")] * 3
    assert read(text, ("stiff gait", "DISEASE"), ("SG", "DISEASE")) == [("stiff gait", "DISEASE")]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the beta-methyl acid (BMA) test", "BMA", "beta-methyl acid"),
        ("with Type 2 gout (T2G, n = 4) only", "T2G", "Type 2 gout"),
        ("a slow virus ( SV ) was", "SV", "slow virus"),
    ],
)
def test_definitions_that_are_read(text: str, short: str, long: str) -> None:
    (found,) = definitions(text)
    assert found == Definition(
        short,
        text.index(short),
        text.index(short) + len(short),
        text.index(long),
        text.index(long) + len(long),
    )


@pytest.mark.parametrize(
    "text",
    [
        "twelve boys (12) came",  # a number
        "the spleen (see) was",  # a word
        "old gout(OG) came",  # touches: an index, or part of a name
        "he had pain (XQZ) then",  # other letters
        "the ends. Of gout (EOG) came",  # over the end of a sentence
        "the end\nof gout (EOG) came",  # and of a title
        "of late) rare (LR) case",  # half a bracket
        "14C] in lipids (CL) x",
        "CX (CX) came",  # no longer than the short form
        "(AB) first",
        "an open bracket (AOB",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    assert list(definitions(text)) == []


def test_a_whole_bracket_may_stand_in_a_long_form() -> None:
    assert [d.short for d in definitions("a late (second) rare (LSR) case")] == ["LSR"]


def test_thousands_of_definitions_are_all_read() -> None:
    text = " ".join(f"severe bad gout{n} (SBG{n})" for n in range(4000))
    found = [Entity(*place.span(), "DISEASE", 0.9) for place in re.finditer(r"severe bad gout\d+", text)]
    assert len(consistent(text, found, dropped=DROPPED)) == 8000
