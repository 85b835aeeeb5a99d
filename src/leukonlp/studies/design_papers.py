"""Rows of the design table for papers without results of their own: reviews, guidelines, protocols."""

from __future__ import annotations

import re

from leukonlp.studies.design_cues import ALL, METHODS, TITLE, Evidence, Rule, cue, reviews

_TRIAL = re.compile(
    r"\b(?:phase (?:[0-4]|i{1,3}|iv)[abc]?\b.{0,60}\b(?:trial|study)\b|(?:randomi[sz]ed|controlled|"
    r"clinical) (?:\w+ ){0,3}trial\b)"
)


def _no_reported_trial(evidence: Evidence) -> bool:
    """Neither a trial in the title nor people counted, unless the title says review."""
    if _TRIAL.search(evidence.title) and not reviews(evidence):
        return False
    return evidence.people.most == 0 or reviews(evidence)


_MEASURED = re.compile(r"scale|scor|instrument|questionnaire|classification|cost")
_MEASURES = re.compile(
    r"\b(?:inter-?rater|intra-?rater|raters|kappa|reliability|validity|psychometric|internal consistency|"
    r"items|"
    r"cost per|quality-adjusted|markov)\b"
)
NOTICE = Rule(
    "other",
    (
        cue(
            "corr|errat|retraction|concern|withdraw",
            r"(?<![\w ])(?:correction|corrigendum|erratum|addendum|retraction|expression of concern|"
            r"withdrawal)(?: to| of)?\s?:",
            r"(?:publisher|author) correction\b",
            parts=TITLE,
        ),
    ),
    frozenset(
        {"published erratum", "retraction of publication", "retraction notice", "expression of concern"}
    ),
)
PROTOCOL = Rule(
    "protocol",
    (
        cue(
            "protocol|rationale|design",
            r"(?:study|trial|research|master|core) protocols?\b",
            r"protocol (?:for|of) (?:an?|the)\b",
            r"(?<=: )(?:an? )?protocol\b",
            r"(?<=- )(?:an? )?protocol$",
            r"(?<!.)protocol[: ](?=.{20})",
            r"rationale(?:,| and)? (?:study |trial )?(?:and )?design\b",
            r"(?:study )?design and rationale\b",
            r"(?:study |trial )?design of (?:the|an?) (?:[\w/-]+,? ){0,9}?(?:trial|study)\b",
            parts=TITLE,
        ),
        cue(
            "protocol",
            r"(?:this|the present|our|we (?:describe|present|report)|here) (?:\w+ ){0,4}(?:study |"
            r"trial )protocol\b",
            r"this protocol (?:describes|is for)\b",
            parts=ALL,
        ),
        cue(
            "will be",
            r"(?:patients|participants|subjects|children|women|men|adults|individuals|"
            r"infants) (?:\([^)]{1,40}\) )?(?:\w+ ){0,5}will be "
            r"(?:\w+ )?(?:randomi|enrolled|recruited|included|allocated|assigned|followed)",
            parts=METHODS,
            attributed=True,
        ),
    ),
    frozenset({"clinical trial protocol"}),
)
GUIDELINE = Rule(
    "guideline",
    (
        cue(
            "guideline|consensus|recommendation|position|delphi|standards of care|statement",
            r"(?:practice |clinical |management |treatment |international |expert )?guidelines?(?: for|"
            r" on|:|\.?$)",
            r"consensus\b(?! sequence)",
            r"(?:expert |practice |treatment |management |clinical )?recommendations? (?:for|on|of|from)\b",
            r"position (?:statement|paper)\b",
            r"(?:scientific|expert) statement\b",
            r"standards? of care (?:for|in)\b",
            r"delphi\b",
            parts=TITLE,
        ),
        cue(
            "guideline|consensus|recommendation|position",
            r"(?:this|present|our) (?:\w+ ){0,3}(?:guidelines?|consensus (?:statement|document|paper)|"
            r"position (?:statement|paper))\b",
            r"we (?:\w+ ){0,3}(?:developed?|present|provide) (?:[\w-]+,? ){0,6}(?:consensus|"
            r"practice guidelines?|"
            r"(?:expert|clinical) (?:recommendations?|guidelines?))\b",
            r"(?:expert )?recommendations? (?:are|is) (?:given|provided|presented|made)\b",
            parts=ALL,
        ),
    ),
    frozenset(
        {
            "practice guideline",
            "guideline",
            "consensus development conference",
            "consensus development conference, nih",
        }
    ),
    when=lambda e: e.people.most == 0 or re.search(r"\b(?:delphi|consensus)\b", e.title) is not None,
)
SYSTEMATIC = Rule(
    "systematic_review",
    (
        cue(
            "systematic|meta|scoping",
            r"systematic(?:ally)? (?:literature |evidence |narrative |scoping )?(?:re)?views?\b",
            r"(?:network )?meta[- ]?analys[ei]s\b",
            r"(?:scoping|umbrella) review\b",
            parts=TITLE,
        ),
        cue(
            "systematic|meta-anal|metaanal|scoping",
            r"(?:this|we|our|the present|conducted|performed|"
            r"an?) (?:[\w-]+ ){0,6}(?:systematic (?:literature )?(?:review|search)|"
            r"meta-?analys[ei]s|scoping review)\b",
            parts=frozenset({"objective", "methods", None}),
            attributed=True,
        ),
        cue(
            "medline|pubmed|embase|cochrane",
            r"(?:medline|pubmed|embase|cochrane)\b[^.]{0,160}\b(?:search|searched|inception)\b",
            r"search\w*\b[^.]{0,80}\b(?:medline|pubmed|embase|cochrane)\b",
            parts=frozenset({"methods", None}),
        ),
    ),
    frozenset({"systematic review", "meta-analysis", "network meta-analysis"}),
)
REVIEW = Rule(
    "review",
    (
        cue(
            "review|overview|update|perspective|advances|state|current|emerging|future|challenges|past|"
            "progress|role of|management of",
            r"(?:mini-?|literature |narrative |critical |comprehensive |brief |clinical |"
            r"historical )?(?<!chart )(?<!record )(?<!records )(?<!file )(?<!retrospective )(?<!case "
            r")reviews?(?: of\b|:|$|\.|\]| and\b| article)",
            r"overview\b",
            r"an? update\b",
            r"update on\b",
            r"perspectives?\b",
            r"(?:recent )?advances in\b",
            r"state[- ]of[- ]the[- ]art\b",
            r"current (?:status|concepts|knowledge|treatments?|therap\w+|strategies|understanding)\b",
            r"emerging\b",
            r"future (?:directions|perspectives|therap\w+)\b",
            r"past, present\b",
            parts=TITLE,
        ),
        cue(
            "review|article|paper|chapter|discuss|summari",
            r"(?:this|the present|our|in the) (?:\w+ ){0,2}(?:review|overview|"
            r"chapter)\b(?! (?:of (?:medical|patient|chart|records|our)|board|committee))",
            r"we (?:\w+ ){0,2}review (?:[\w-]+ ){0,6}(?:literature|evidence|knowledge|advances|research|"
            r"progress|role|history|state|"
            r"features|pathophysiology|genetics|mechanisms?|therap\w+|treatments?|studies|trials|data|"
            r"approaches)\b",
            r"(?:article|paper) (?:briefly )?(?:reviews|summari[sz]es|discusses|provides an overview|"
            r"outlines|highlights)\b",
            r"(?:is|are) (?:here |briefly |also )?reviewed\b(?! (?:by|at|with|weekly|monthly))",
            r"review article\b",
            r"this (?:article|chapter|commentary|editorial|viewpoint|essay)\b",
            r"(?:here|in this paper),? we (?:discuss|summari[sz]e|outline|highlight|review)\b",
            parts=ALL,
        ),
    ),
    frozenset({"review"}),
    when=_no_reported_trial,
)
INSTRUMENT = Rule(
    "other",
    (
        cue(
            "scale|score|scoring|instrument|questionnaire|classification|cost",
            r"(?:scales?|scoring (?:system|method)|instrument|classification system)\b(?! (?:bar|trial))",
            r"(?:development|validation|reliability|validity) of (?:[\w-]+ ){0,6}(?:scale|score|instrument|"
            r"questionnaire|classification)\b",
            r"cost-(?:effectiveness|utility)\b",
            parts=TITLE,
        ),
    ),
    when=lambda e: (
        e.phase is None
        and _MEASURED.search(e.title) is not None
        and _MEASURES.search(e.reading.plain) is not None
    ),
)
OTHER = Rule(
    "other",
    types=frozenset(
        {
            "editorial",
            "comment",
            "news",
            "letter",
            "biography",
            "historical article",
            "published erratum",
            "interview",
        }
    ),
    when=lambda e: e.people.most == 0,
)
