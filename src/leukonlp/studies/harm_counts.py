"""How many people a harm happened to, out of how many, where the words right beside it say so.

Numbers of events, episodes or grades are none; nor are figures that are given for several groups.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.numbers import NUMBER, whole
from leukonlp.studies.reading import Reading, Sentence

_PEOPLE = (
    r"(?:patients?|pts|children|child|boys?|girls?|infants?|participants?|men|women|subjects?|recipients?|"
    r"adults?|"
    r"individuals?|people|persons?|cases?)"
)
_WHOLE = rf"(?P<total>(?<=/)\d{{1,5}}|{NUMBER})"
_COUNT = rf"(?P<count>{NUMBER})"
_OF = rf"(?: ?(?:/| ?of(?: the| all| these| our)?| out of(?: the)?) ?{_WHOLE})?"
_SHARE = r"(?: ?[(\[,] ?(?P<percent>\d{1,3}(?:\.\d{1,2})?) ?(?:%|percent)[)\]]?)?"
_AGAIN = _SHARE.replace("percent>", "percent2>")
_WITHIN = rf"{_COUNT}{_SHARE}{_OF}(?! ?%|\.\d| ?(?:weeks|months|days|years|percent))"
_CLAIM = (
    r"(?:(?:had|has|have|developed|experienced|complained of|reported|suffered(?: from)?|with|showed|"
    r"presented with|"
    r"discontinued (?:\w+ )?(?:because of|due to)) )"
)

# "occurred in 3 of 20 patients", "in two boys", "(3/20)", "(n = 3)", "(3 patients)", "in 12%".
_AFTER_IN = re.compile(
    r"(?: (?!in\b|and\b|or\b|but\b|with\b|which\b|that\b)[\w/^-]+){0,6} (?:in|affected|by) (?:only |all )?"
    rf"(?:{_WITHIN}(?= ?(?:[\w/-]+ ){{0,3}}{_PEOPLE}\b|[.,;)]|(?<=\)) | \(\d|(?<=/\d) and\b|(?<=/\d\d) and\b|"
    r" (?:on|under|receiving|given|treated)\b| of (?:the|these|those|our)\b|"
    rf" (?:and|but|while) (?!in\b|{NUMBER}\b)|(?<!\b19\d\d)(?<!\b20\d\d) (?:at|after|during|within)\b|$)|"
    rf"(?P<bare>\d{{1,3}}(?:\.\d{{1,2}})?) ?(?:%|percent)(?= (?:of|[\w-]+ {_PEOPLE})|[.,;)]))"
    rf"(?: {_PEOPLE}(?= ?\())?{_AGAIN}"
)
_AFTER_BRACKET = re.compile(
    rf" ?[(\[](?:n ?= ?)?(?:{_COUNT}(?: ?(?:/|of|out of) ?{_WHOLE})?(?: {_PEOPLE})?(?:[,;:] "
    rf"?(?P<percent>\d{{1,3}}(?:\.\d{{1,2}})?) ?%| ?\[?(?P<percent3>\d{{1,3}}(?:\.\d{{1,2}})?) ?%\]?)?"
    r"|(?P<bare>\d{1,3}(?:\.\d{1,2})?) ?%)[)\]]"
)
# "9% (8/89)", "4 pts", right after the name; "A and B were each reported by 3 patients".
_AFTER_SHARE = re.compile(
    rf"(?:[ :]| in) ?(?P<percent>\d{{1,3}}(?:\.\d{{1,2}})?) ?% \({_COUNT}(?: ?(?:/|of) ?{_WHOLE})?\)"
)
_AFTER_PEOPLE = re.compile(rf":? {_COUNT} {_PEOPLE}(?= ?(?:[.,;)]|\(|and\b))")
# "pleocytosis 2/5", "cystitis 5 (25%)"
_AFTER_RATIO = re.compile(rf":? {_COUNT}(?:/| of ){_WHOLE}(?=[,.;)]| \(|$)")
_AFTER_COUNT = re.compile(rf":? {_COUNT} ?\((?P<percent>\d{{1,3}}(?:\.\d{{1,2}})?) ?%\)")
_AFTER_EACH = re.compile(
    rf",? and [\w-]+(?: [\w-]+)? (?:were |was )?each (?:\w+ )?(?:in|by) {_WITHIN} {_PEOPLE}\b{_AGAIN}"
)
# "3 of 20 patients developed", "two boys (10%) had", "one case of".
_BEFORE = re.compile(
    rf"(?<![\w.]){_COUNT}{_SHARE}{_OF}(?: \([^)]{{1,12}}\))? (?:(?!and\b|of\b|or\b|weeks\b|months\b|"
    rf"years\b|days\b|h\b|hours\b|the\b|an?\b|other\b)[\w-]+ ){{0,3}}?{_PEOPLE}{_AGAIN}"
    rf" (?:of |(?:who )?(?:also |each |subsequently |later )?{_CLAIM})(?:(?!and\b|or\b|but\b|no\b|not\b|"
    rf"without\b)[\w-]+,? ){{0,4}}$"
)
# "9 (45%) developed"
_SHARE_BEFORE = re.compile(
    rf"(?<![\w.]){_COUNT} ?\((?P<percent>\d{{1,3}}(?:\.\d{{1,2}})?) ?%\) {_CLAIM}(?:(?!and\b|or\b|but\b|"
    rf"no\b)[\w-]+ ){{0,3}}$"
)
# "three boys had neutropenia and one had anaemia"
_ALSO_BEFORE = re.compile(
    rf"(?:\band|[,;]|\bof (?:whom|these|them),?) {_COUNT} (?:had|developed|experienced) (?:[\w-]+ ){{0,2}}$"
)
# "Thirteen of 29 had febrile neutropenia"
_PART_BEFORE = re.compile(
    rf"(?<![\w./]){_COUNT}{_SHARE} ?(?:/|out of|of)(?: the| these| our| all)? ?{_WHOLE}{_AGAIN} (?:also |"
    rf"each )?"
    rf"{_CLAIM}(?:(?!and\b|or\b|but\b|no\b|not\b|without\b)[\w-]+,? ){{0,4}}$"
)
# "In two children seizures occurred": the sentence begins with the people.
_IN_BEFORE = re.compile(
    rf"in {_COUNT}(?: ?(?:of|/|out of)(?: the)? ?{_WHOLE})? (?:(?!and\b|or\b|of\b|the\b)[\w-]+ "
    rf"){{0,2}}?{_PEOPLE},? "
    r"(?:(?!and\b|or\b|no\b|not\b)[\w-]+ ){0,2}"
)
# "Three stopped the drug because of a rash", "pain made one patient stop".
_STOPPED = re.compile(
    rf"(?<![\w.]){_COUNT}{_SHARE}{_OF}(?: {_PEOPLE})? (?:(?:had )?(?:stopped|discontinued|withdrew|left|"
    rf"dropped out)|(?:was|were) (?:withdrawn|taken off))(?: (?!and\b|or\b|because\b|due\b|"
    rf"owing\b)[\w-]+){{0,4}} "
    r"(?:because of|due to|owing to|for|after)(?: (?!and\b|or\b)[\w-]+){0,3} $"
)
_MADE_STOP = re.compile(
    rf" (?:made|led|forced|caused) {_COUNT}{_OF}(?: {_PEOPLE})? (?:to )?(?:stop|discontinue|withdraw|leave)\b"
)
_BARE_BEFORE = re.compile(
    r"(?<![\w.])(?P<bare>\d{1,3}(?:\.\d{1,2})?) ?(?:%|percent)(?: of)?(?: the| our| all)?(?: "
    rf"[\w-]+){{0,3}}? ?{_PEOPLE} {_CLAIM}(?:(?!and\b|or\b|but\b|no\b)[\w-]+ ){{0,3}}$"
)
# "two patients died", "three treatment-related deaths": the harm's own words begin with its number.
_INSIDE = re.compile(rf"{_COUNT}\b(?=[^.;]*(?:died|deaths?)$)")
_LEAD = re.compile(
    rf"(?<![\w./]){_COUNT}{_SHARE}(?: ?(?:of|/|out of)(?: the| all)? ?{_WHOLE})? (?:of (?:the|these|our) "
    rf")?(?:[\w-]+ ){{0,2}}$"
)
_PART_OF = re.compile(r"(?:\bof (?:(?:the|these|our|all) ){0,2}|/ ?)$")
_GROUPS = re.compile(
    r"[^.;()]{0,50}\band in \d{1,4}(?:/| of )\d|"
    r"[^.;]{0,60}?\b(?:(?<!graft-)(?<!graft )(?:versus|vs\.?|v)|compared (?:with|to)|respectively|"
    r"than)\b|[^.;()]{0,12}\band (?:in "
    r")?\d{1,3}(?:\.\d+)? ?(?:%|\(|patients|participants)|[^.;()]{0,40}\brespective\b|[^.;]{0,25}\band \d+ "
    r"\(|[^.;()]{0,40}\brespectively\b|[^.;()]{0,12}\b(?:in each|per)\b"
)


def counted(reading: Reading, name: str, match: re.Match[str], sentence: Sentence) -> Fact:
    """Return the harm at ``match`` with the number of people that the words beside it state."""
    plain = reading.plain
    start, end = match.span()
    for found in _candidates(plain, name, match, sentence):
        first, last = min(start, found.start()), max(end, found.end())
        if _GROUPS.match(plain, last, sentence.end):
            break
        groups = found.groupdict()
        count = whole(groups["count"]) if groups.get("count") else None
        total = whole(groups["total"]) if groups.get("total") else None
        if count is None or (total is not None and total < count):
            count = total = None
        percent = next(
            (groups[k] for k in ("bare", "percent", "percent2", "percent3") if groups.get(k)), None
        )
        share = float(percent) if percent is not None and float(percent) <= 100 else None
        if count is not None or share is not None:
            unit = "%" if share is not None else None
            return Fact(name, reading.quote(first, last), low=share, unit=unit, count=count, total=total)
    return Fact(name, reading.quote(start, end))


def _candidates(plain: str, name: str, match: re.Match[str], sentence: Sentence) -> list[re.Match[str]]:
    start, end = match.span()
    left, right = max(sentence.start, start - 110), min(sentence.end, end + 90)
    if name == "death":
        inside = _INSIDE.match(plain, start, end)
        lead = _LEAD.search(plain, left, start)
        after = _AFTER_BRACKET.match(plain, end, right) or _AFTER_IN.match(plain, end, right)
        own = plain[start:end]
        if inside is not None:
            # "two of ten boys died": the number within the harm's words is the total.
            within = _PART_OF.search(plain, left, start)
            wider = _LEAD.search(plain, left, inside.end() + 1) if within else inside
            return [wider] if wider is not None and (not within or wider.start() < start) else []
        return [
            m for m in (lead if re.match(_PEOPLE, own) or " died" in own else None, after) if m is not None
        ]
    found = (
        _AFTER_BRACKET.match(plain, end, right),
        _AFTER_IN.match(plain, end, right),
        _AFTER_EACH.match(plain, end, right),
        _AFTER_SHARE.match(plain, end, right),
        _AFTER_PEOPLE.match(plain, end, right),
        _AFTER_COUNT.match(plain, end, right),
        _AFTER_RATIO.match(plain, end, right),
        _MADE_STOP.match(plain, end, right),
        _BEFORE.search(plain, left, start),
        _PART_BEFORE.search(plain, left, start),
        _IN_BEFORE.fullmatch(plain, sentence.start, start),
        _STOPPED.search(plain, left, start),
        _SHARE_BEFORE.search(plain, left, start),
        _ALSO_BEFORE.search(plain, left, start),
        _BARE_BEFORE.search(plain, left, start),
    )
    # "two boys had a rash (13%)": the people before the share.
    return sorted((m for m in found if m is not None), key=lambda m: m.groupdict().get("count") is None)
