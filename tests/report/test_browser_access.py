"""Keyboard, screen readers, dark mode, small screens, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leukonlp.lexicon import load_lexicon
from leukonlp.report.page import render
from leukonlp.report.summary import summarize

from .browsing import ALD, KRABBE, MLD, Visit, Written
from .made import build

Open = Callable[..., Visit]
BODY = "(name) => getComputedStyle(document.body)[name]"
FOCUSED = (
    "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
)


def faults(page: Any) -> list[str]:
    """What axe calls serious or critical, with where it stands."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("dark", 400)])
def test_axe_finds_no_serious_fault(scheme: str, width: int, written: Written, visit: Open) -> None:
    page = visit(written.path, width=width, color_scheme=scheme).page
    page.locator("#list .open").first.click()
    page.locator(".opened .quote").first.click()
    page.locator("#grid .bubble:not([hidden])").nth(2).click()
    page.get_by_label("Split by design").check()
    if width < 760:
        page.click("#more-filters")
    page.click('.facet[data-facet="gene"] summary')
    assert page.locator(".opened").count() + page.locator(".chip").count() > 0
    assert faults(page) == []


def test_dark_mode_is_dark(written: Written, visit: Open) -> None:
    page = visit(written.path).page

    def brightness(scheme: str) -> list[int]:
        page.emulate_media(color_scheme=scheme)
        colours = [page.evaluate(BODY, name) for name in ("backgroundColor", "color")]
        return [sum(int(part) for part in colour.strip("rgb()").split(",")) for colour in colours]

    ground, ink = brightness("light")
    assert ground > 650 > 250 > ink
    ground, ink = brightness("dark")
    assert ground < 120 < 600 < ink


def test_the_map_is_moved_through_by_arrow_keys(written: Written, visit: Open) -> None:
    seen = visit(written.path)
    page = seen.page
    assert page.locator("#grid .bubble[tabindex='0']").count() == 1, "one stop for the tab key"
    page.locator("#grid .bubble[tabindex='0']").focus()
    start = page.evaluate(FOCUSED)
    page.keyboard.press("ArrowRight")
    right = page.evaluate(FOCUSED)
    assert start.split(",")[0] == right.split(",")[0]
    assert start != right
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED).split(":")[0].split(", ")[1] == right.split(":")[0].split(", ")[1]
    page.keyboard.press("Enter")
    assert " of 60 studies" in seen.shown()
    assert page.evaluate("() => document.activeElement.getAttribute('aria-pressed')") == "true"


def test_the_whole_way_by_keyboard(written: Written, visit: Open) -> None:
    """From the top: skip link, a facet ticked, a study opened, a quote shown, everything cleared."""
    seen = visit(written.path)
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the evidence"

    def on_to(selector: str) -> None:
        for _ in range(120):
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the tab key never came to {selector}")

    on_to('.facet[data-facet="disease"] summary')
    page.keyboard.press("Enter")
    on_to('.facet[data-facet="disease"] input[type=checkbox]')
    page.keyboard.press("Space")
    assert int(seen.shown().split()[0]) < 60
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "Disease"
    assert page.locator(".facet[open]").count() == 0
    on_to("#list .open")
    page.keyboard.press("Enter")
    on_to(".opened .quote")
    page.keyboard.press("Enter")
    assert page.locator(".lit").count() > 0
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("#f-words").focus()
    on_to(".chip")
    page.keyboard.press("Enter")
    assert seen.shown().startswith("60 studies")
    assert page.evaluate("() => document.activeElement.id") == "f-words", "focus is not lost with the chip"


def test_what_changes_is_announced(written: Written, visit: Open) -> None:
    page = visit(written.path).page
    assert page.locator("#shown").get_attribute("role") == "status"
    assert page.get_by_role("button", name="Krabbe disease, Stem cell transplant").count() <= 1
    name = page.locator(f'#grid tr[data-disease="{KRABBE}"] .bubble').first.get_attribute("aria-label")
    assert name is not None
    assert name.startswith("Krabbe disease, ")
    assert "highest: " in name


def test_a_small_screen_needs_no_sideways_scrolling(written: Written, visit: Open) -> None:
    page = visit(written.path, width=380).page
    page.locator("#list .open").first.click()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 380
    assert not page.locator("#facets").is_visible()
    page.click("#more-filters")
    assert page.locator("#facets").is_visible()
    assert page.locator("#filters").evaluate("(e) => getComputedStyle(e).display") == "block", (
        "no study's grid"
    )
    page.click('.facet[data-facet="participants"] summary')
    box = page.locator('.facet[data-facet="participants"] .panel').bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 380


def test_paper_gets_every_study_and_no_controls(written: Written, visit: Open) -> None:
    page = visit(written.path).page
    assert page.locator("#list .open").count() == 25
    page.emulate_media(media="print")
    assert not page.locator(".filters .bar").is_visible()
    assert not page.locator("#carry").is_visible()
    assert page.locator("#grid").is_visible()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#list .open").count() == 60
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#list .open").count() == 25
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_paper_keeps_the_page_that_is_read_and_tells_what_it_leaves_out(
    tmp_path: Path, written: Written, visit: Open
) -> None:
    page = visit(written.path).page
    page.get_by_role("link", name="2", exact=True).or_(
        page.get_by_role("button", name="2", exact=True)
    ).click()
    second = page.locator("#list .title").first.text_content()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed").text_content() == ""
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#list .title").first.text_content() == second
    many = tmp_path / "many.html"
    studies = [build(str(n + 1), f"Study {n}", abstract="Short.") for n in range(1003)]
    many.write_text(render(summarize(studies, lexicon=load_lexicon(), texts=0)), encoding="utf-8")
    page = visit(many).page
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed").is_visible()
    assert page.locator("#printed").inner_text().startswith("The first 1,000 of 1,003 studies are printed")
    assert page.locator("#list .open").count() == 1000


CUT = """() => [...document.querySelectorAll('#list :is(td.design, td.disease) span')].filter((span) => {
  const range = document.createRange();
  return span.textContent.split(' ').some((word) => {
    const start = span.textContent.indexOf(word);
    range.setStart(span.firstChild, start);
    range.setEnd(span.firstChild, start + word.length);
    return !word.includes('-') && range.getClientRects().length > 1;
  });
}).map((span) => span.textContent)"""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of studies with long titles and several diseases, which press the other columns."""
    title = "A randomised comparison of two ways to do the same thing in children and adults with one disease"
    design = {"design": "randomized_trial", "modality": ("small_molecule",), "diseases": (MLD, ALD, KRABBE)}
    path = tmp_path_factory.mktemp("crowded") / "page.html"
    studies = [build(str(n + 1), title, journal="Journal of Rare Things", **design) for n in range(3)]
    path.write_text(render(summarize(studies, lexicon=load_lexicon())), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("medium", "width"), [("print", 800), ("screen", 961), ("screen", 1161), ("screen", 1280)]
)
def test_no_word_is_cut_in_two(medium: str, width: int, crowded: Path, visit: Open) -> None:
    """Regression: the column of designs was so narrow that "Randomised" broke before its last letter."""
    page = visit(crowded, width=width).page
    page.emulate_media(media=medium)
    assert page.locator("#list td.design span").count() == page.locator("#list td.disease span").count() == 3
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [380, 768, 960, 961, 1160, 1161])
def test_the_table_is_cut_off_at_no_width(width: int, crowded: Path, visit: Open) -> None:
    """Regression: between 761 and 1,100 pixels the last columns were out of sight, and out of reach."""
    page = visit(crowded, width=width).page
    page.locator("#list .open").first.click()
    right = page.locator("#list").evaluate("(table) => table.getBoundingClientRect().right")
    assert 0 < right <= width


def test_many_diseases_are_folded(tmp_path: Path, visit: Open) -> None:
    lexicon = load_lexicon()
    from leukonlp.report.rollup import Rollup

    diseases = Rollup(lexicon).all_rows()[:30]
    studies = [build(str(n + 1), f"Study {n}", diseases=(id,)) for n, id in enumerate(diseases)]
    path = tmp_path / "page.html"
    path.write_text(render(summarize(studies, lexicon=lexicon)), encoding="utf-8")
    seen = visit(path)
    rows = seen.page.locator("#grid tbody tr:visible")
    assert rows.count() == 20
    seen.page.get_by_role("button", name="Show all 30 diseases").click()
    assert rows.count() == 30
    seen.page.locator("#grid tbody .head").last.click()
    seen.page.get_by_role("button", name="Show the 20 most studied only").click()
    assert rows.count() == 21, "a disease that is chosen stays in sight"


def test_links_to_the_sections_arrive(written: Written, visit: Open) -> None:
    """Regression: sections that are laid out late made a smooth jump end halfway."""
    page = visit(written.path).page
    for name in ("trials", "time", "funnel", "studies", "map"):
        page.evaluate("() => window.scrollTo(0, 0)")
        page.click(f'nav a[href="#{name}"]')
        page.wait_for_timeout(200)
        top, end = page.evaluate(
            "(name) => [document.getElementById(name).getBoundingClientRect().top, "
            "window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2]",
            name,
        )
        assert 0 <= top < (900 if end else 200), name
