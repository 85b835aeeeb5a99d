"""A study opens to its text and its reasons; trials lead to their reports; hostile words do nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leukonlp.lexicon import load_lexicon
from leukonlp.records import Abstract, Accession, Mention, Quote, Study, Tag
from leukonlp.report.page import render
from leukonlp.report.summary import summarize

from .browsing import Visit, Written
from .made import build, trials_of

Open = Callable[..., Visit]
LONG = "incomprehensibilities" * 60
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></script></style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '=HYPERLINK("http://127.0.0.1:9/x")',
    "\u202egnp.exe \u2066hidden\u2069 \x00\x1b[31m end",
    "javascript:alert(1)",
    "<!-- <![CDATA[ &lt;b&gt; &amp; \u2028 \\u003c",
    "__proto__",
    "constructor",
    LONG,
]


def hostile(number: int, words: str) -> Study:
    """A study with the same words in every place that a record can fill."""
    record = Abstract(words, words, f"Before {words} after.", 2020, journal=words, doi=words)
    quote = Quote(0, len(words), words)
    tag = Tag(words, 0.5, quote, "text")
    return Study(
        record,
        (Mention(0, len(words), words, "disease", words, words, reason=words),),
        relevant=Tag(True),
        phase=tag,
        design=tag,
        modality=(tag,),
        diseases=(words,),
        genes=(words,),
        therapies=(words,),
        registry_numbers=(Accession(words, words), Accession("x", f"NCT0189610{number % 10}")),
        versions=((words, words),),
    )


def put(folder: Path, studies: list[Study], **options: Any) -> Path:
    path = folder / "page.html"
    options = {"trials": trials_of(studies), **options}
    path.write_text(render(summarize(studies, lexicon=load_lexicon(), **options)), encoding="utf-8")
    return path


def test_a_study_opens_to_its_text_its_quotes_and_why(
    written: Written, studies: list[Study], visit: Open
) -> None:
    seen = visit(written.path)
    page = seen.page
    study = studies[1]
    button = page.get_by_role("button", name=study.title, exact=True).first
    page.fill("#f-words", "30000001")
    page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('1 of')")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(".opened .text").text_content() == study.text
    marks = page.locator(".opened .text mark")
    assert marks.all_text_contents() == ["late infantile MLD", "ARSA", "Krabbe disease"]
    assert marks.last.get_attribute("title") == "disease, negated: Krabbe disease (MONDO:0009499)"
    said = seen.said(".opened .tags")
    assert "Phase: No phase phase 1/2 stated in the text, probability 0.97" in said
    assert "Design: Cohort no words to quote publication type in PubMed" in said
    assert "Participants: 17 17 children stated in the text" in said
    page.locator(".quote", has_text="17 children").click()
    assert page.locator(".opened .text .lit").all_text_contents() == ["17 children"]
    button.click()
    assert page.locator(".opened").count() == 0


def test_links_lead_to_pubmed_and_the_registers(written: Written, visit: Open) -> None:
    page = visit(written.path).page
    page.fill("#f-words", "30000005")
    page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('1 of')")
    links = page.locator("#list tbody small a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://pubmed.ncbi.nlm.nih.gov/30000005/",
        "https://www.isrctn.com/ISRCTN12345678",
    ]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}


def test_a_retracted_study_is_marked(written: Written, visit: Open) -> None:
    page = visit(written.path).page
    page.fill("#f-words", "30000011")
    page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('1 of')")
    row = page.locator("#list tbody tr.retracted")
    assert row.locator(".flag").inner_text().lower() == "retracted"
    assert "line-through" in row.locator(".title").evaluate("(e) => getComputedStyle(e).textDecorationLine")


def test_reports_of_a_trial_stand_together_and_open(
    written: Written, studies: list[Study], visit: Open
) -> None:
    seen = visit(written.path)
    page = seen.page
    row = page.locator('[data-trial="NCT01560182"]')
    assert row.locator("button").all_text_contents() == [studies[n].title for n in (3, 8, 21)]
    page.click("#grid thead th[data-modality=hsct] button")
    row_of_other = page.locator('[data-trial="NCT01560182"] li').nth(1)
    assert "off" in (row_of_other.get_attribute("class") or ""), "study 8 is of gene therapy"
    row_of_other.locator("button").click()
    assert page.locator(".opened .text").text_content() == studies[8].text
    assert page.evaluate("() => document.activeElement.textContent") == studies[8].title
    page.get_by_role("button", name="Show all 3 reports of NCT01560182").click()
    assert set(seen.titles()) == {studies[n].title for n in (3, 8, 21)}
    assert seen.shown() == "3 of 60 studies"


def test_without_a_fitting_report_no_empty_table_of_trials_stays(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    assert page.locator(".trials").first.is_visible()
    assert not page.locator("#no-trials").is_visible()
    page.fill("#f-words", "no such word")
    page.wait_for_function("() => document.getElementById('shown').textContent.startsWith('0 of')")
    assert page.locator(".trials:visible").count() == 0
    page.locator("#no-trials").scroll_into_view_if_needed()  # what is not on the screen is not laid out
    assert seen.said("#no-trials") == "No trial has a report that fits all of the filters."
    page.click("#clear")
    assert page.locator(".trials").first.is_visible()


def test_reports_under_several_numbers_are_one_trial(tmp_path: Path, visit: Open) -> None:
    """Regression: the second report names a number of another register, and stood alone."""
    first = build("1", "First report", year=2010)
    second = build("2", "Second report", year=2015, registry=("2010-023142-21",))
    alone = build("3", "Another trial", registry=("NCT00000003",))
    told = [
        (("NCT01560182", "2010-023142-21"), "ClinicalTrials.gov", ("1", "2")),
        (("NCT00000003",), "ClinicalTrials.gov", ("3",)),
    ]
    seen = visit(put(tmp_path, [first, second, alone], trials=told))
    page = seen.page
    page.get_by_role("button", name="Second report").first.click()
    page.get_by_role("button", name="Show all 2 reports of NCT01560182").click()
    assert seen.titles() == ["Second report", "First report"]
    assert seen.said("#chips").startswith("Remove the filter Trial: NCT01560182")
    with page.expect_download() as download:
        page.click("#carry [data-format=json]")
    rows = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [row["registry_numbers"] for row in rows] == [["2010-023142-21"], ["NCT01560182"]]


def test_hostile_words_do_nothing(tmp_path: Path, visit: Open) -> None:
    seen = visit(put(tmp_path, [hostile(n, words) for n, words in enumerate(HOSTILE)]))
    page = seen.page
    for button in page.locator("#list .open").all():
        button.click()
    for facet in page.locator(".facet summary").all():
        facet.click()
        facet.hover()
    page.keyboard.press("Escape")
    page.get_by_label("Split by design").check()
    page.locator("#grid .bubble").first.click()
    page.locator("#grid .bubble").first.hover()
    page.wait_for_timeout(300)
    assert page.locator("img, iframe, object, #list script, mark mark, mark script").count() == 0
    shown = set(page.locator("#list .title").all_text_contents())
    page.click("#clear")
    assert page.evaluate("() => document.title") == "Leukodystrophy evidence map"
    assert page.evaluate("() => ({}).polluted === undefined && Object.keys(Object.prototype).length === 0")
    assert len(shown) == 1
    everything = page.locator("#list .title").all_text_contents()
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[3], HOSTILE[8], LONG} <= set(everything)
    assert not any("\u202e" in words or "\u2066" in words for words in everything)
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 1280, "a word without end must not widen the page"


def test_a_formula_leaves_the_page_as_words(tmp_path: Path, visit: Open) -> None:
    page = visit(put(tmp_path, [hostile(4, HOSTILE[4])])).page
    with page.expect_download() as download:
        page.click("#carry [data-format=csv]")
    (row,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8")))
    assert row["title"] == "'" + HOSTILE[4]
    assert row["disease_names"].startswith("'=")


def test_studies_without_text_say_so(tmp_path: Path, visit: Open) -> None:
    path = put(tmp_path, [build(str(n), f"Study {n}", year=2000 + n) for n in range(1, 6)], texts=2, limit=4)
    seen = visit(path)
    assert seen.shown() == "4 studies"
    assert "1 older ones stand in the funnel only" in seen.said("main")
    seen.page.get_by_role("button", name="Study 2", exact=True).first.click()
    assert "left out to keep the page small" in seen.said("#list td.more")
    seen.page.fill("#f-words", "study 3")
    seen.page.wait_for_function("() => document.getElementById('shown').textContent === '1 of 4 studies'")


def test_without_scripts_the_numbers_are_still_there(written: Written, visit: Open) -> None:
    page = visit(written.path, java_script_enabled=False).page
    assert page.locator("#grid .bubble").count() > 5
    assert page.locator("noscript").count() == 1
    assert "needs scripts" in page.locator("noscript").inner_text()
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#carry").is_visible()


def test_an_empty_index_still_opens(tmp_path: Path, visit: Open) -> None:
    seen = visit(put(tmp_path, []))
    assert seen.shown() == "0 studies"
    assert "nothing to map" in seen.said("main")
