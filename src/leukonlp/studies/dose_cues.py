"""How doses are printed: numbers with powers of ten, units per weight or time, and what is no dose.

Owns patterns only. All are matched on plain text, in which dashes are "-" and middle dots ".".
"""

from __future__ import annotations

import re
from typing import Final

_PLAIN_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}(?:[.,]\d{1,4})?|(?<!\d)\.\d{1,3})"
# "10^14", "10(14)", "10¹⁴", and after a times sign also "10 14" and "1014" as stripped superscripts.
_POWER = r"10 ?(?:\^ ?\(?\d{1,2}\)?|[(\[]\d{1,2}[)\]]|e?[⁰¹²³⁴-⁹]{1,2})"
_STRIPPED = r"10 ?\d{1,2}(?!\d)"
NUMBER: Final = (
    rf"(?:{_PLAIN_NUMBER}(?: ?[x×✕∙*] ?(?:{_POWER}|{_STRIPPED})|e\+?\d{{1,2}}(?!\d)|"
    rf"[ -](?:m|b)illion)?|{_POWER})"
)
"""A dose's number: ``20``, ``1,250``, ``1.1 x 10(14)``, ``1.1 × 10¹⁴``, ``2e13``, ``10^6``."""

_GENOMES = (
    r"(?:vg|gc|vp|(?:vector|viral) (?:genomes?|particles?)|genome copies|(?:particle|plaque-forming) units)"
)
_CELLS = r"(?:(?!million|billion)[\w+-]{2,16} ){0,3}?cells"
_MASS = (
    r"(?:mg|milligrams?|[µμ]g|mu g|ug|mcg|micrograms?|ng|g|gm|grams?|m?iu|ku|u|international units|units|"
    r"mmol|"
    r"[cmµμ]?gy|[mgk]bq|meq|ml|mci)"
)
_PER_WHAT = (
    r"(?:kg|kilograms?|m ?(?:\(2\)|\^2|²|2)|square met(?:er|re)|day|d|24 ?h|hours?|hr|h|minutes?|min|"
    r"weeks?|wk|months?|every other week|dose|body ?weight|bw|eye|leg|injection|infusion|fraction)"
)
_PER = (
    rf"(?: ?(?:/|\bper\b) ?(?:each )?{_PER_WHAT}(?![\w(])(?: (?:of )?(?:body ?(?:weight|surface area)|"
    rf"bw)\b)?|"
    rf" ?[.x×]? ?(?:kg|m|d|day|h|min) ?(?:\(-[12]\)|-[12])(?!\d))"
)
_FREQUENCY = (
    r"(?:(?:once|twice|three times|thrice|four times|\dx|two times)(?: (?:a|per|every|each))?[- ]?"
    r"(?:daily|weekly|monthly|day|week|month)|daily|weekly|biweekly|monthly|a day|b\.?i\.?d\b\.?|"
    r"t\.?i\.?d\b\.?|"
    r"q\.?i\.?d\b\.?|q\.?d\b\.?|o\.?d\b\.?|every other (?:day|week)|every (?:\d{1,2}|two|three|four|six|"
    r"eight|"
    r"twelve)(?: |-)?(?:h|hr|hours|days|weeks|months)\b|every (?:day|week|month)|q ?\d{1,2} ?(?:h|hr|hours|"
    r"w|wk))"
)
_PER_TIME = (
    rf"\b(?P<per>{_PER}{{0,3}})"
    rf"(?P<often>[ ,]{{1,2}}{_FREQUENCY}(?![\w-]))?"
)
_SAME = r"(?: ?(?:mg|[µμ]g|mcg|g|gy|iu|vg|vg/kg|mg/kg|mg/m2|mg/day|mg/d))?"
_NUMBERS = (
    rf"(?<![\w.,^±<>≤≥-])(?<!\+/- )(?<![±<>≤≥] )(?P<first>{NUMBER})(?: ?(?:±|\+/-) ?{NUMBER})?{_SAME}(?:"
    rf"(?P<range>(?: (?:up )?to |-| - )(?={NUMBER}))|"
    rf"(?P<list>(?:, {NUMBER}{_SAME}){{0,4}}(?: ?\(n ?= ?\d{{1,3}}\))?(?:,? (?:and|or|vs\.?|versus) |"
    rf",? and/or |/)(?={NUMBER})))?"
    rf"(?P<last>(?<=[ /-]){NUMBER})?[ -]?"
)
_IN_MASS = tuple(
    "mg|mu g|µg|μg|ug/| ug|0ug|5ug|mcg|gram| iu|miu|0iu| units| gy|0gy|cgy| u/| g | g/|g/m|g/kg|0g| gm|"
    "mmol|gbq|mbq|"
    "ml/kg|ml m| ml ".split("|")
)
_IN_CELLS = ("vg", "gc/", " gc ", "genome", "cells", "viral particles", "vp", "vector particles")
DOSES: Final = (
    (_IN_MASS, re.compile(rf"{_NUMBERS}(?P<base>{_MASS}){_PER_TIME}")),
    (_IN_CELLS, re.compile(rf"{_NUMBERS}(?P<base>{_GENOMES}|{_CELLS}){_PER_TIME}")),
)
"""Triggers and pattern of a dose, a range (``5-10 mg``) or a list (``5, 10 or 20 mg``): mass, then cells."""
STARTS: Final = re.compile(r"(?<![\w.,^±<>≤≥-])[\d.]")
"""Where a dose may begin."""
ONE: Final = re.compile(NUMBER)

PEOPLE: Final = re.compile(r"\(n ?= ?\d{1,3}\)")
"""How many had one of several doses: "1 x 10^12 (n = 2) or 4 x 10^12 vg"."""

NOT_A_DOSE: Final = re.compile(
    r"(?:/| per )\w|[ -]?(?:/ ?)?(?:d?l\b|ml\b)|[ .x×](?:d?l|ml|g|mmol) ?\(?-1|"
    r"[ ,]*(?:higher|lower|greater|less|more|increase|decrease|reduction|weight|loss|of protein\b|birth)"
)
"""What follows a number and unit that are a concentration, a difference or an amount of something else."""
TO_COME: Final = re.compile(
    r"[^.;]{0,30}\b(?:is|are) (?:now |currently |still )?(?:enroll?ing|recruiting|planned|ongoing|"
    r"under ?way)\b"
)
"""What follows the dose of a trial that is yet to come."""
MEASURED: Final = re.compile(
    r"\b(?:levels?|concentrations?|excret\w+|secret\w+|proteinuria|albuminuria|albumin|creatinine|"
    r"cholesterol|"
    r"glucose|triglycerides?|[lh]dl|birth ?weights?|weigh\w*|c-?max|auc|clearance|blood loss|ic50|mics?|"
    r"output|"
    r"volumes?|fev1?|half-life|uptake|cut-?off|density|increments?|antibod\w+|titers?|titres?|"
    r"consumption|requirements?|lost|loss|reduc(?:ed|tion)|decreas\w+|differ\w+|production|counts?|"
    r"content|thresholds?|limit|yields?|collected|harvest\w*|body fat|bmi|body mass|ha?emoglobin|"
    r"proteins?)\b"
    r"(?:(?: [\w-]+){0,4} (?:was|were|is|of|by|to|from|above|below|between|exceeding|than|at))?"
    r"(?: (?:an? )?(?:mean|median|about|approximately|over))?[ (<>≥≤:=,~]*$"
)
"""Words before that make the figure a measurement."""
GIVEN: Final = re.compile(
    r"\b(?:dos(?:e|es|ed|age|ing)|infus\w+|inject\w+|receiv\w+|given|administ\w+|transplant\w+|treated|"
    r"deliver\w+|transfus\w+|irradiat\w+|radiotherapy|vector|gene therapy|took|taken|"
    r"reinfus\w+|conditioning|tbi|allocated|assigned|randomi[sz]ed|supplement\w*)\b"
)
"""Words that a sentence has when its cells, genomes, units or volumes were given to somebody."""
NUMBERED: Final = re.compile(
    r"\b(?:days?|weeks?|months?|cycles?|groups?|arms?|levels?|visits?|phase|grade|stage|type|parts?) $"
)
"""Words whose number may stand before a dose: "on day 1 and 1250 mg"."""
ELSEWHERE: Final = re.compile(
    r"\b(?:previous(?:ly)?|prior|earlier|recommended|licensed|"
    r"approved|historical(?:ly)?|standard practice|(?:convert\w*|conversion|switch\w*|chang\w+) from)\b"
    r"[^.;]{0,60}$|\b(?:placebo|control group|controls) \(?$"
)
"""Words before a dose of another study, of controls, of a label, or of a treatment given up."""
IN_ANIMALS: Final = re.compile(r"\bin (?:mice|rats|animals|monkeys|vitro)\b[^.;]{0,60}$")
"""Words before a dose that people did not have."""
