"""The page is whole, inert, accessible in its bones, and says what it is not."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from leukonlp.errors import InputError
from leukonlp.lexicon import Lexicon
from leukonlp.records import Abstract, Accession, Mention, Quote, Study, Tag
from leukonlp.report.page import SCRIPTS, render
from leukonlp.report.summary import summarize

from .made import trials_of

Make = Callable[..., Study]
ALLOWED = re.compile(
    r"(#[a-z0-9-]+|data:text/csv;charset=utf-8,[!-~]+|https://pubmed\.ncbi\.nlm\.nih\.gov/[0-9]{1,8}/"
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


def page(studies: list[Study], lexicon: Lexicon, **options: Any) -> tuple[str, Any]:
    options = {"trials": trials_of(studies), **options}
    text = render(summarize(studies, lexicon=lexicon, **options))
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
    (shown,) = {bdi.text_content() for bdi in tree.xpath("//bdi[@class='report']")}
    assert shown == re.sub("[\x00\x1b\u202e\u2066\u2069\ud800]", "\ufffd", words)
    text.encode("utf-8")
    own = text[: text.index('<script type="module">')]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", own)


def test_every_link_leads_to_an_allowed_place(lexicon: Lexicon, make_study: Make) -> None:
    studies = [hostile(n, words) for n, words in enumerate(HOSTILE)]
    studies.append(make_study("28976817", doi="10.1056/NEJMoa1700554"))
    _, tree = page(studies, lexicon)
    links = [value for _, attribute, value, _ in tree.iterlinks()]
    assert links
    assert [link for link in links if not ALLOWED.match(link)] == []
    assert "https://clinicaltrials.gov/study/NCT01560182" in links
    data = json.loads(tree.xpath("//script[@id='data']")[0].text)
    told = [address for row in data["rows"] for _, address in row[data["fields"].index("links")] if address]
    assert [link for link in told if not ALLOWED.match(link)] == []
    assert "https://pubmed.ncbi.nlm.nih.gov/28976817/" in told
    assert "https://doi.org/10.1056/NEJMoa1700554" in told
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
    assert not re.search(r"@import|url\(", text[: text.index("</style>")])
    assert tree.xpath("//@style | //*/@*[starts-with(name(), 'on')]") == []


def test_the_policy_allows_the_own_style_and_script_only(lexicon: Lexicon, make_study: Make) -> None:
    text, tree = page([make_study()], lexicon)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    (style,) = re.findall("<style>(.*?)</style>", text, re.S)
    scripts = re.findall('<script type="module">(.*?)</script>', text, re.S)
    assert len(scripts) == 2
    for content in (style, *scripts):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 3


def test_a_library_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon) -> None:
    from leukonlp.report import page as module

    module._datatables.cache_clear()
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="itables"):
        render(summarize([], lexicon=lexicon))


def test_no_script_puts_data_into_markup(root: Path) -> None:
    scripts = list((root / "src/leukonlp/report/templates/script").glob("*.js"))
    assert {path.stem for path in scripts} == set(SCRIPTS)
    for path in scripts:
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch\(|XMLHttp|import\(",
            path.read_text(encoding="utf-8"),
        )
        assert found == [], path.name


def test_bones_for_keyboard_and_screen_reader(lexicon: Lexicon, make_study: Make) -> None:
    _, tree = page([make_study()], lexicon)
    assert tree.get("lang") == "en"
    for landmark in ("header", "nav", "main"):
        assert len(tree.xpath(f"//{landmark}")) == 1
    assert tree.xpath("//body/a[1]/@href") == ["#main"]
    assert len(tree.xpath("//h1")) == 1
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert all(th.get("scope") in ("row", "col") for th in tree.iter("th"))
    assert all(fieldset.find("legend") is not None for fieldset in tree.iter("fieldset"))
    assert all(svg.get("aria-hidden") == "true" or svg.get("role") == "img" for svg in tree.iter("svg"))
    fields = tree.xpath("//form//input")
    assert fields
    assert all(field.getparent().tag == "label" or field.get("aria-label") for field in fields)


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
    assert cells["Gene therapy"].xpath(".//text/text()") == ["2"]
    assert cells["Gene therapy"].xpath(".//small/text()") == ["Phase 3"]
    assert cells["Gene therapy"].xpath(".//circle/@class") == ["p5"]
    assert cells["Stem cell transplant"].xpath(".//circle/@class") == ["p2"]
    assert cells["Dietary"].get("class") == "gap"
    assert cells["Dietary"].text_content() == "no study found"
    assert cells["All"].text_content() == "3"
    big, small = (float(cells[c].xpath(".//circle/@r")[0]) for c in ("Gene therapy", "Stem cell transplant"))
    assert big > small


def test_trials_stand_together(lexicon: Lexicon, make_study: Make) -> None:
    studies = [make_study("11", year=2021), make_study("12"), make_study("13", registry=("NCT00000001",))]
    bank = "ClinicalTrials.gov"
    trials = [(("NCT01560182", "2010-023142-21"), bank, ("11", "12")), (("NCT00000001",), bank, ("13",))]
    _, tree = page(studies, lexicon, trials=trials)
    several, single = tree.xpath("//table[contains(@class, 'trials')]/tbody")
    assert several.xpath("./tr/th/a/text()") == ["NCT01560182"]
    assert several.xpath(".//li/@data-pmid") == ["12", "11"]
    assert several.xpath(".//bdi[text()='2010-023142-21']")
    assert single.xpath("./tr/th/a/text()") == ["NCT00000001"]
    assert single.getparent().getparent().getparent().find("summary").text == "1 trial with one report each"


def test_the_funnel_adds_up_and_is_offered_as_csv(lexicon: Lexicon, make_study: Make) -> None:
    studies = [make_study("1"), make_study("2", modality=()), make_study("3", relevant=False)]
    _, tree = page([*studies, make_study("4", retracted=True)], lexicon)
    kept = [int(n) for n in tree.xpath("//ol[@class='funnel']//div[@class='kept']/b/text()")]
    out = [int(n) for n in tree.xpath("//ol[@class='funnel']//div[@class='out']/b/text()")]
    assert (kept, out) == ([4, 3, 2, 1], [1, 1, 1])
    (link,) = tree.xpath("//a[@download='prisma.csv']/@href")
    assert unquote(link).splitlines()[0].endswith(",data,node,box,description,boxtext,tooltips,url,n")


def test_it_says_what_it_is_not(lexicon: Lexicon, make_study: Make) -> None:
    _, tree = page([make_study()], lexicon)
    words = " ".join(tree.text_content().split())
    assert len(tree.xpath("//table[contains(@class, 'scores')]/tbody/tr")) == 7
    for promise in ("Not medical advice", "never full papers", "rules can err", "not that none exists"):
        assert promise in words


def test_studies_beyond_the_limit_are_told(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study(str(n)) for n in range(5)], lexicon=lexicon, limit=2)
    tree = html.document_fromstring(render(summary))
    said = " ".join(tree.text_content().split())
    assert "the page shows the newest 2 studies; 3 older ones stand in the funnel only" in said


def test_texts_that_are_left_out_are_told(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study(str(n)) for n in range(5)], lexicon=lexicon, texts=2)
    said = " ".join(html.document_fromstring(render(summary)).text_content().split())
    assert "the newest 2 studies bring their text and quotes; the 3 older ones are listed" in said


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
    for kind in range(1, 7):
        assert _contrast(colour[f"d{kind}"], colour["card"]) >= 2, kind
    for step in range(6):
        assert _contrast(colour[f"on{step}"], colour[f"p{step}"]) >= 4.5, step
    for kind in ("disease", "gene", "therapy", "chemical"):
        assert _contrast(colour["ink"], colour[kind]) >= 4.5, kind
        assert _contrast(colour[f"{kind}-line"], colour["card"]) >= 3, kind
    steps = [_luminance(colour[f"p{step}"]) for step in range(1, 6)]
    assert steps in (sorted(steps), sorted(steps, reverse=True)), "higher phases must differ without colour"


def test_the_map_is_as_wide_on_a_small_screen(root: Path) -> None:
    """Regression: at 500 pixels the columns shrank and their headings touched; the map scrolls instead."""
    style = (root / "src/leukonlp/report/templates/style/map.css").read_text(encoding="utf-8")
    assert re.findall(r"\.map \{[^}]*min-width: (\d+)px", style) == ["1200"]
