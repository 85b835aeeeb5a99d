"""Every view answers to one selection, and says what the index says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leukonlp.records import Study

from .browsing import ALD, KRABBE, MLD, Visit, Written, combinations

Open = Callable[..., Visit]
BUBBLE = '#grid tr[data-disease="{}"] td[data-modality="{}"] .bubble'
DRAWN = """() => [...document.querySelectorAll('#bars rect')].map((bar) => [bar.dataset.year,
  bar.getAttribute('class').trim(), bar.getAttribute('y'), bar.getAttribute('height'), bar.textContent])"""
HEIGHTS = """() => [...document.querySelectorAll('#bars rect')]
  .reduce((sum, bar) => sum + Number(bar.getAttribute('height')), 0)"""


def tick(visit: Visit, facet: str, value: str) -> None:
    visit.page.click(f'.facet[data-facet="{facet}"] summary')
    visit.page.get_by_role("group", name=facet.capitalize()).get_by_text(value, exact=True).click()
    visit.page.keyboard.press("Escape")


def test_with_nothing_chosen_the_scripts_change_no_number(written: Written, visit: Open) -> None:
    """The page counts twice, in Python and in the browser: both must come to the same."""
    still = visit(written.path, java_script_enabled=False).page
    alive = visit(written.path).page
    for numbers in ("#grid .bubble text", "#grid .bubble small", "#grid .sum"):
        assert alive.locator(numbers).all_text_contents() == still.locator(numbers).all_text_contents(), (
            numbers
        )
    radii = "() => [...document.querySelectorAll('#grid circle')].map((c) => Math.round(c.getAttribute('r')))"
    assert alive.evaluate(radii) == still.evaluate(radii)

    def rounded(page: Any) -> list[Any]:
        return [[y, c, round(float(a)), round(float(h)), t] for y, c, a, h, t in page.evaluate(DRAWN)]

    assert rounded(alive) == rounded(still)
    assert len(rounded(alive)) > 50


def test_the_map_says_what_the_index_says(written: Written, visit: Open) -> None:
    page = visit(written.path).page
    for disease, modality in combinations():
        bubble = page.locator(BUBBLE.format(disease, modality))
        expected = written.count(disease=disease, modality=modality)
        if expected:
            assert bubble.locator("text").text_content() == str(expected), (disease, modality)
        else:
            assert bubble.count() == 0, (disease, modality)


def test_a_bubble_filters_everything_else(written: Written, studies: list[Study], visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    before = page.evaluate(HEIGHTS)
    expected = written.count(disease=KRABBE, modality="hsct")
    assert 0 < expected < 60
    page.click(BUBBLE.format(KRABBE, "hsct"))
    assert seen.shown().startswith(f"{expected} of 60 studies")
    assert set(seen.titles()) == {
        s.title
        for s in studies
        if KRABBE in s.diseases and any(t.label == "hsct" for t in s.modality) and not s.retracted
    }
    assert page.locator(BUBBLE.format(KRABBE, "hsct")).get_attribute("aria-pressed") == "true"
    assert page.locator(BUBBLE.format(MLD, "gene_therapy")).is_visible(), "the map keeps its other cells"
    drawn = page.evaluate(
        "() => [...document.querySelectorAll('#bars g[data-modality=all] rect title')]"
        ".reduce((sum, title) => sum + Number(title.textContent.split(': ').pop()), 0)"
    )
    assert drawn == expected
    page.click(BUBBLE.format(KRABBE, "hsct"))
    assert seen.shown().startswith("60 studies")
    assert page.evaluate(HEIGHTS) == before


def test_facets_cut_down_together_and_count_what_is_left(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    tick(seen, "phase", "Phase 3")
    assert seen.shown().startswith(f"{written.count(phase='phase_3')} of 60")
    tick(seen, "phase", "Preclinical")
    either = written.count(phase=["phase_3", "preclinical"])
    assert seen.shown().startswith(f"{either} of 60")
    page.click("#grid thead th[data-modality=gene_therapy] button")
    both = written.count(phase=["phase_3", "preclinical"], modality="gene_therapy")
    assert 0 < both < either
    assert seen.shown().startswith(f"{both} of 60")
    shown = page.locator(BUBBLE.format(MLD, "gene_therapy")).locator("text").text_content()
    assert shown == str(written.count(disease=MLD, modality="gene_therapy", phase=["phase_3", "preclinical"]))
    page.click('.facet[data-facet="design"] summary')
    animals = written.count(phase=["phase_3", "preclinical"], modality="gene_therapy", design="animal_study")
    assert animals > 0
    row = page.locator('.facet[data-facet="design"] li', has_text="Animal study")
    # The counts are filled in a moment after the list opens.
    row.locator(".n").filter(has_text=re.compile(rf"^{animals}$")).wait_for(timeout=5000)
    page.keyboard.press("Escape")
    assert page.locator(".chip").count() == 3
    page.click("#clear")
    assert seen.shown().startswith("60 studies")
    assert page.locator(".chip").count() == 0


def test_years_and_participants(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    page.click('.facet[data-facet="year"] summary')
    page.fill('.facet[data-facet="year"] [data-bound=from]', "2010")
    page.fill('.facet[data-facet="year"] [data-bound=to]', "2012")
    found = int(seen.shown().split()[0])
    retracted = 1  # of 2011: listed and marked, in no count of the index above
    assert found == written.count(year=(2010, 2012)) + retracted
    assert "1 retracted and not counted" in seen.shown()
    page.click('.facet[data-facet="participants"] summary')
    page.fill('.facet[data-facet="participants"] [data-bound=from]', "17")
    assert int(seen.shown().split()[0]) == written.count(year=(2010, 2012), min_participants=17) + retracted
    page.fill('.facet[data-facet="participants"] [data-bound=from]', "18")
    assert seen.shown() == "0 of 60 studies"
    assert page.locator("#nothing").is_visible()
    assert not page.locator("#list").is_visible()


def test_a_bar_of_the_timeline_chooses_its_year(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    seen.page.locator("#bars g[data-modality=all] rect[data-year='2003']").first.click()
    assert int(seen.shown().split()[0]) == written.count(year=2003)
    assert seen.said("#chips") == "Remove the filter Year: 2003"
    others = seen.page.locator("#bars g[data-modality=all] rect[data-year='2004']").first
    assert "off" in (others.get_attribute("class") or "")


def test_words_are_found_without_case_and_accents(
    written: Written, studies: list[Study], visit: Open
) -> None:
    seen = visit(written.path)
    seen.page.fill("#f-words", "GOUTIERES text")
    seen.page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('6 of')")
    expected = {s.title for s in studies if "Goutières" in s.text}
    assert set(seen.titles()) == expected
    assert len(expected) == 6


def test_the_table_sorts_both_ways_and_turns_pages(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    years = page.locator("#list td.year")
    newest = [int(text) for text in years.all_inner_texts()]
    assert newest == sorted(newest, reverse=True)
    assert len(newest) == 25
    page.get_by_role("link", name="Next").click()
    assert int(years.first.inner_text()) <= newest[-1]
    page.locator("#list thead th").first.click()
    page.wait_for_selector("#list thead th[aria-sort=ascending]")
    rising = years.all_inner_texts()
    assert rising[0] == "–", "a study without a year stands before the oldest"
    assert [int(text) for text in rising[1:]] == sorted(int(text) for text in rising[1:])
    assert page.locator("#list thead th").first.get_attribute("aria-sort") == "ascending"


def test_what_is_filtered_can_be_taken_along(written: Written, studies: list[Study], visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    page.click(f'#grid tr[data-disease="{ALD}"] .head')
    expected = {s.pmid for s in studies if ALD in s.diseases}

    def taken(name: str) -> str:
        with page.expect_download() as download:
            page.click(f"#carry [data-format={name}]")
        return Path(download.value.path()).read_text(encoding="utf-8")

    rows = list(csv.DictReader(io.StringIO(taken("csv"))))
    assert {row["pmid"] for row in rows} == expected
    from leukonlp.report.tables import COLUMNS

    assert set(rows[0]) <= set(COLUMNS), "the columns are those of `leukonlp export`"
    told = json.loads(taken("json"))
    assert {row["pmid"] for row in told} == expected
    (one,) = [row for row in told if row["pmid"] == "30000001"]
    assert (one["phase"], one["modality"], one["n_enrolled"]) == ("unphased", ["hsct"], 17)
    assert set(taken("pmids").split()) == expected


def test_split_by_design_draws_a_slice_for_each_kind(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    page.get_by_label("Split by design").check()
    bubble = page.locator(BUBBLE.format(MLD, "gene_therapy"))
    label = bubble.get_attribute("aria-label")
    kinds = {
        kind: written.count(disease=MLD, modality="gene_therapy", design=designs)
        for kind, designs in (
            ("Randomised trial", ["randomized_trial"]),
            ("Other trial", ["single_arm_trial"]),
            ("Observational", ["cohort"]),
            ("Case series or report", ["case_report"]),
            ("Animals or cells", ["animal_study"]),
        )
    }
    said = ", ".join(f"{kind} {n}" for kind, n in kinds.items() if n)
    assert label == f"metachromatic leukodystrophy, Gene therapy: {sum(kinds.values())} studies, {said}"
    assert bubble.locator("svg g path").count() == sum(n > 0 for n in kinds.values())
    assert page.locator("[data-legend=design]").is_visible()
    assert not page.locator("[data-legend=phase]").is_visible()
