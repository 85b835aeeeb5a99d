"""The page is whole, inert, accessible in its bones, and says what it is not."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from leukonlp.lexicon import Lexicon
from leukonlp.records import Abstract, Accession, Mention, Quote, Study, Tag
from leukonlp.report.page import render
from leukonlp.report.summary import summarize

Make = Callable[..., Study]
ALLOWED = re.compile(
    r"(#[a-z0-9-]+|https://pubmed\.ncbi\.nlm\.nih\.gov/[0-9]{1,8}/"
    r"|https://clinicaltrials\.gov/study/NCT[0-9]{8}|https://doi\.org/10\.[!-~]+)\Z"
)
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></script></style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe \u2066hidden\u2069 \x00\x1b[31m \ud800 end",
    "javascript:alert(1)",
    "<!-- <![CDATA[ &lt;b&gt; &amp;",
]


def page(studies: list[Study], lexicon: Lexicon) -> tuple[str, Any]:
    text = render(summarize(studies, lexicon=lexicon))
    return text, html.document_fromstring(text)


def hostile(number: int, words: str) -> Study:
    """A study with the same words in every place that a record can fill."""
    record = Abstract(
        words,
        words,
        f"Before {words} after.",
        2020,
        journal=words,
        doi=words,
        authors=(words,),
        keywords=(words,),
    )
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
        registry_numbers=(Accession(words, words), Accession("x", f"NCT0189610{number}")),
        versions=((words, words),),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str, lexicon: Lexicon) -> None:
    text, tree = page([hostile(1, words)], lexicon)
    _, calm = page([hostile(1, "calm words")], lexicon)
    made, expected = (Counter((e.tag, *sorted(e.attrib)) for e in t.iter()) for t in (tree, calm))
    assert made == expected, "hostile words must add no element and no attribute"
    shown = tree.xpath("//bdi[@class='title']")[0].text_content()
    assert shown == re.sub("[\x00\x1b\u202e\u2066\u2069\ud800]", "\ufffd", words)
    text.encode("utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", text)


def test_every_link_leads_to_an_allowed_place(lexicon: Lexicon, make_study: Make) -> None:
    studies = [hostile(n, words) for n, words in enumerate(HOSTILE)]
    studies.append(make_study("28976817", doi="10.1056/NEJMoa1700554"))
    _, tree = page(studies, lexicon)
    links = [value for _, attribute, value, _ in tree.iterlinks()]
    assert links
    assert [link for link in links if not ALLOWED.match(link)] == []
    assert "https://pubmed.ncbi.nlm.nih.gov/28976817/" in links
    assert "https://doi.org/10.1056/NEJMoa1700554" in links
    assert "https://clinicaltrials.gov/study/NCT01560182" in links
    outside = [a for a in tree.iter("a") if a.get("href").startswith("http")]
    assert all(a.get("rel") == "noopener noreferrer" for a in outside)


def test_links_within_the_page_arrive(lexicon: Lexicon, make_study: Make) -> None:
    _, tree = page([make_study("1"), make_study("2")], lexicon)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {a.get("href")[1:] for a in tree.iter("a") if a.get("href").startswith("#")}
    assert inner <= set(ids)
    described = set(tree.xpath("//@aria-labelledby"))
    assert described <= set(ids)


def test_it_needs_nothing_but_itself(lexicon: Lexicon, make_study: Make) -> None:
    text, tree = page([make_study()], lexicon)
    assert tree.xpath("//@src | //link | //iframe | //object | //img") == []
    assert not re.search(r"@import|url\(", text)
    assert tree.xpath("//@style | //*/@*[starts-with(name(), 'on')]") == []


def test_the_policy_allows_the_own_style_and_script_only(lexicon: Lexicon, make_study: Make) -> None:
    text, tree = page([make_study()], lexicon)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_bones_for_keyboard_and_screen_reader(lexicon: Lexicon, make_study: Make) -> None:
    _, tree = page([make_study()], lexicon)
    assert tree.get("lang") == "en"
    for landmark in ("header", "nav", "main"):
        assert len(tree.xpath(f"//{landmark}")) == 1
    assert tree.xpath("//body/a[1]/@href") == ["#main"]
    assert len(tree.xpath("//h1")) == 1
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert all(th.get("scope") in ("row", "col") for th in tree.iter("th"))
    assert all(svg.get("aria-hidden") == "true" or svg.get("role") == "img" for svg in tree.iter("svg"))
    fields = tree.xpath("//form//input | //form//select")
    assert fields
    assert all(field.getparent().tag == "label" for field in fields)


def test_the_map_shows_numbers_phases_and_gaps(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1"),
        make_study("2", phase="phase_3"),
        make_study("3", modality=("hsct",), phase="unphased"),
    ]
    _, tree = page(studies, lexicon)
    (table,) = tree.xpath("//table[@class='map']")
    (row,) = table.xpath("./tbody/tr")
    cells = dict(zip(table.xpath("./thead/tr/th/text()"), row.xpath("./th | ./td"), strict=True))
    assert " ".join(cells["Gene therapy"].text_content().split()) == "22 studies, highest: Phase 3"
    assert cells["Gene therapy"].xpath(".//circle/@class") == ["p5"]
    assert cells["Stem cell transplant"].xpath(".//circle/@class") == ["p2"]
    assert cells["Dietary"].get("class") == "gap"
    assert cells["Dietary"].text_content() == "no study found"
    assert cells["All studies"].text_content() == "3"
    big, small = (float(cells[c].xpath(".//circle/@r")[0]) for c in ("Gene therapy", "Stem cell transplant"))
    assert big > small
    assert "Single-arm trial 2" in cells["Gene therapy"].xpath("./a/@title")[0]


def test_a_study_opens_to_its_marked_text_and_quotes(lexicon: Lexicon, make_study: Make) -> None:
    study = make_study(title="Gene therapy <in> MLD & more")
    _, tree = page([study], lexicon)
    (opened,) = tree.xpath("//table[@id='list']//details")
    (text,) = opened.xpath(".//p[@class='text']")
    assert text.text_content() == study.text
    assert [(m.text, m.get("class")) for m in text.iter("mark")] == [
        ("late infantile MLD", "disease"),
        ("ARSA", "gene"),
        ("Krabbe disease", "disease faint"),
    ]
    assert "negated" in list(text.iter("mark"))[-1].get("title")
    assert [q.text for q in text.xpath(".//span[@class='quoted']")] == [
        "17 children",
        "24 months",
        "phase 1/2",
    ]
    said = " ".join(opened.xpath(".//dl")[0].text_content().split())
    assert "Phase: Phase 1/2 phase 1/2 stated in the text, probability 0.97" in said
    assert "Design: Single-arm trial no words to quote publication type in PubMed" in said


def test_overlapping_quotes_and_mentions_change_no_character(lexicon: Lexicon) -> None:
    text = "A & B <leukodystrophy> of the third kind"
    mentions = (Mention(7, 21, text[7:21], "disease"), Mention(2, 5, text[2:5], "gene"))
    study = Study(
        Abstract("1", text),
        mentions,
        relevant=Tag(True, None, Quote(0, 10, text[:10])),
        phase=Tag("phase_1", None, Quote(4, 30, text[4:30])),
    )
    study.check_offsets()
    _, tree = page([study], lexicon)
    assert tree.xpath("//p[@class='text']")[0].text_content() == f"{text}\n"


def test_a_retracted_study_is_marked(lexicon: Lexicon, make_study: Make) -> None:
    _, tree = page([make_study(retracted=True)], lexicon)
    (body,) = tree.xpath("//table[@id='list']/tbody")
    assert body.get("class") == "retracted"
    assert body.xpath(".//strong[@class='flag']/text()") == ["Retracted"]


def test_filters_know_every_value_of_the_rows(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1"),
        make_study("2", phase=None, modality=(), diseases=()),
        make_study("3", phase="phase_4"),
    ]
    _, tree = page(studies, lexicon)
    for key in ("disease", "modality", "phase", "design"):
        offered = set(tree.xpath(f"//select[@id='f-{key}']/option/@value")) - {""}
        used = {part for value in tree.xpath(f"//tbody/@data-{key}") for part in value.split("|")}
        assert used == offered


def test_trials_stand_together(lexicon: Lexicon, make_study: Make) -> None:
    _, tree = page([make_study("11"), make_study("12")], lexicon)
    (row,) = tree.xpath("//table[contains(@class, 'trials')]/tbody/tr")
    assert row.xpath("./td[3]/a/text()") == ["12", "11"] or row.xpath("./td[3]/a/text()") == ["11", "12"]
    assert row.xpath("./td[2]/text()") == ["2"]


def test_it_says_what_it_is_not(lexicon: Lexicon, make_study: Make) -> None:
    words = " ".join(page([make_study()], lexicon)[1].text_content().split())
    for promise in ("Not medical advice", "never full papers", "rules can err", "not that none exists"):
        assert promise in words


def test_studies_beyond_the_limit_are_told(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study(str(n)) for n in range(5)], lexicon=lexicon, limit=2)
    tree = html.document_fromstring(render(summary))
    assert len(tree.xpath("//table[@id='list']/tbody")) == 2
    assert "The newest 2 are listed; 3 older ones" in " ".join(tree.text_content().split())


def test_an_empty_index_still_makes_a_page(lexicon: Lexicon) -> None:
    _, tree = page([], lexicon)
    assert "nothing to map" in tree.text_content()
    assert tree.xpath("//table[@class='map']") == []


def test_the_same_summary_gives_the_same_page(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study()], lexicon=lexicon)
    assert render(summary) == render(summary)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast_and_order(theme: int, lexicon: Lexicon) -> None:
    text, _ = page([], lexicon)
    block = re.findall(r":root \{(.*?)\}", text, re.S)[theme]
    colour = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block))
    for ground in ("paper", "card"):
        for ink in ("ink", "muted", "accent", "flag"):
            assert _contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    for step in range(6):
        assert _contrast(colour[f"on{step}"], colour[f"p{step}"]) >= 4.5, step
    for kind in ("disease", "gene", "therapy", "chemical"):
        assert _contrast(colour["ink"], colour[kind]) >= 4.5, kind
        assert _contrast(colour[f"{kind}-line"], colour["card"]) >= 3, kind
    steps = [_luminance(colour[f"p{step}"]) for step in range(1, 6)]
    assert steps in (sorted(steps), sorted(steps, reverse=True)), "higher phases must differ without colour"


def test_the_map_is_as_wide_on_a_small_screen(root: Path) -> None:
    """Regression: at 500 pixels the columns shrank and their headings touched; the map scrolls instead."""
    style = (root / "src/leukonlp/report/templates/report.css").read_text(encoding="utf-8")
    screen = style.split("@media print")[0]
    assert re.findall(r"\.map \{[^}]*min-width: (\d+)px", screen) == ["1200"]
