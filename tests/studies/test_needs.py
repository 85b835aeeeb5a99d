"""What must stand in a text before a pattern is tried: no match goes unseen for want of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leukonlp.structure import sentences
from leukonlp.studies import (
    age_forms,
    attribution_cues,
    follow_up,
    genotype,
    modality_cues,
    ratios,
    sex,
    sites,
    stage,
)
from leukonlp.studies import people_cues as people
from leukonlp.studies.design_cues import _REVIEW_WORD
from leukonlp.studies.numbers import DIGIT

STAGES = re.compile("|".join(map(re.escape, stage._STAGES)))
NEEDED = {
    "stage named": (stage._NAMED, STAGES),
    "stage as a state": (stage._STATE, STAGES),
    "one place": (sites._SINGLE, sites._ONE_PLACE),
    "some of one sex": (sex._SOME, sex._SOMEBODY),
    "variant": (genotype._VARIANT, DIGIT),
    "short variant": (genotype._SHORT, DIGIT),
    "size of what is lost": (genotype._SIZE, genotype._LOST),
    "alleles": (genotype._ALLELES, genotype._ALLELIC),
    "median age": (age_forms.CENTRE, DIGIT),
    "age, median": (age_forms.CENTRE_LAST, DIGIT),
    "aged": (age_forms.AGED, DIGIT),
    "years old": (age_forms.YEARS_OLD, DIGIT),
    "who is how old": (age_forms.WHO_RANGE, DIGIT),
    "bound of age": (age_forms.BOUND, DIGIT),
    "were given": (modality_cues.WERE_GIVEN, re.compile("|".join(modality_cues.GIVING))),
    "we treated": (modality_cues.WE_GAVE, re.compile("|".join(modality_cues.GIVING))),
    "we gave": (modality_cues.GAVE, re.compile("|".join(modality_cues.GIVING))),
    "ratio in capitals": (ratios._SHORT, re.compile("|".join(ratios._CAPITALS))),
    "trial to come": (attribution_cues.TO_COME, re.compile("trial|stud")),
    "review": (_REVIEW_WORD, re.compile("view|summary of")),
    "one who is aged": (people.ONE_AGED, re.compile("old")),
    "an arm joined": (people.ARM_BEFORE, re.compile(f"(?:{'|'.join(map(re.escape, people.JOINING))})$")),
    "denominator": (people.DENOMINATOR, re.compile(r"\b(?:of|from)(?: \S+)? ?$|/ ?$")),
    **{f"follow-up {i}": (form, follow_up._TIME) for i, form in enumerate(follow_up._FORMS)},
}


@pytest.mark.parametrize("name", NEEDED)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=20)
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_what_it_needs(name: str, data: st.DataObject) -> None:
    pattern, needed = NEEDED[name]
    text = data.draw(st.from_regex(pattern))
    found = pattern.search(text)
    assume(found is not None)
    assert needed.search(text) is not None


@given(st.text(alphabet=" .!?\n)\"'Aa1b", max_size=30))
def test_sentences_are_parted_at_line_feeds_and_after_full_stops(text: str) -> None:
    printed = [text[start:end] for start, end in sentences(text)]
    assert "".join("".join(printed).split()) == "".join(text.split())
    assert all(words == words.strip() and "\n" not in words for words in printed)
