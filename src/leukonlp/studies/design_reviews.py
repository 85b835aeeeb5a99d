"""Rows of the design table for papers that retell the studies of others: systematic and narrative reviews."""

from __future__ import annotations

import re

from leukonlp.studies.design_cues import ALL, TITLE, Evidence, Rule, cue, reviews

_TRIAL = re.compile(
    r"\b(?:phase (?:[0-4]|i{1,3}|iv)[abc]?\b.{0,60}\b(?:trial|study)\b|(?:randomi[sz]ed|controlled|"
    r"clinical) (?:\w+ ){0,3}trial\b)"
)


_OWN_REVIEW = re.compile(
    r"\bin this (?:narrative |mini-?|short |brief |comprehensive |clinical |literature )?review,? we "
    r"(?:outline|summari[sz]e|discuss|highlight|consider|focus|cover)\b"
)


def _no_reported_trial(evidence: Evidence) -> bool:
    """Neither a trial in the title nor people counted, unless title or text call the paper a review."""
    if _TRIAL.search(evidence.title) and not reviews(evidence):
        return False
    nobody = evidence.people.most == 0 and evidence.people.single is None
    return nobody or reviews(evidence) or _OWN_REVIEW.search(evidence.reading.plain) is not None


def _no_guideline(evidence: Evidence) -> bool:
    return "guideline" not in evidence.title or "review" in evidence.title


SYSTEMATIC = Rule(
    "systematic_review",
    (
        cue(
            "systematic|meta|scoping|review",
            r"systematic(?:ally)? (?:literature |evidence |narrative |scoping )?(?:re)?views?\b",
            r"(?:network )?meta[- ]?analys[ei]s\b",
            r"(?:scoping|umbrella|quantitative) review\b",
            r"reviews? of (?:[\w-]+ ){0,2}(?:\d+|randomi[sz]ed(?: controlled)?) trials\b",
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
    ),
    frozenset({"systematic review", "meta-analysis", "network meta-analysis"}),
    when=_no_guideline,
)
_SELECTED = re.compile(
    r"\b(?:systematic\w*|meta-?analy\w+|prisma|eligib\w+|inclusion criteria|(?:met|meeting) (?:the |our )?"
    r"(?:inclusion |selection )?criteria|(?:studies|trials|articles|reports|citations|abstracts|papers) "
    r"(?:were|was|that were) (?:\w+ )?(?:included|identified|selected|retrieved|screened|excluded|reviewed|"
    r"assessed|published|found)|independently|pooled)\b|"
    r"\b\d+ (?:[\w-]+ ){0,3}(?:studies|trials|articles|reports|citations|papers|cases)\b"
)
_CASES = re.compile(
    r"\bto (?:report|describe|present) (?:an?|one|two|three|four|[1-9]) (?:[\w-]+ ){0,3}cases?\b"
)


def _searched(evidence: Evidence) -> bool:
    """A search whose finds were selected or counted, for no case of its own."""
    plain = evidence.reading.plain
    return _SELECTED.search(plain) is not None and _CASES.search(plain) is None


SEARCHED = Rule(
    "systematic_review",
    (
        cue(
            "medline|pubmed|embase|cochrane",
            r"(?:medline|pubmed|embase|cochrane)\b[^.]{0,160}\b(?:search|searched|inception)\b",
            r"search\w*\b[^.]{0,80}\b(?:medline|pubmed|embase|cochrane)\b",
            parts=frozenset({"methods", None}),
        ),
    ),
    when=_searched,
)
REVIEW = Rule(
    "review",
    (
        cue(
            "review|overview|update|perspective|advances|state|current|emerging|future|challenges|past|"
            "progress|role of|management of|summary of",
            r"(?:mini-?|literature |narrative |critical |comprehensive |brief |clinical |"
            r"historical )?(?<!chart )(?<!record )(?<!records )(?<!file )(?<!retrospective )(?<!case "
            r")reviews?(?: of\b|:|$|\.|\]| and\b| article)",
            r"overview\b",
            r"summary of (?:the )?evidence\b",
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
            r"(?:is|are|will be) (?:here |briefly |also )?reviewed\b(?! (?:by|at|with|weekly|monthly))",
            r"is an? (?:[\w-]+ ){0,2}(?:review|overview) (?:of|on)\b",
            r"review article\b",
            r"(?<!version of )(?<!companion to )this (?:article|chapter|commentary|editorial|viewpoint|"
            r"essay)\b(?! (?:\(|contains|has been|is (?:available|licen|distributed)|reports|presents|"
            r"describes))",
            r"(?:here|in this paper),? we (?:discuss|summari[sz]e|outline|highlight|review)\b",
            parts=ALL,
        ),
    ),
    frozenset({"review"}),
    when=_no_reported_trial,
)
