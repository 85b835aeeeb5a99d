"""Whether a trial or study that a sentence names is the record's own, or another that it mentions.

All functions read the plain text just before and just after the name, within its sentence. Owns no tag.
"""

from __future__ import annotations

import re

from leukonlp.studies import attribution_cues as cues


def other(before: str, after: str, *, own: bool = False) -> bool:
    """Return True when the words around point to an earlier, planned or foreign study.

    ``own`` says that the sentence claims the study too; then the softer signs do not count.
    """
    if cues.NEVER_YET.search(before):
        return True
    if own and cues.THIS_IS.search(before):  # "this is a phase 2 trial, currently ongoing": a protocol's
        return False
    led_up = cues.OTHER_ADJECTIVE.search(before[-90:]) or cues.OTHER_LEAD.search(before[-110:])
    if led_up and not _mine(before):
        return not (cues.GIVEN_IN.search(before) or cues.DESCRIBED.search(before))
    if not own and cues.OTHER_RESULTS.search(before):
        return True
    if not own and re.match(
        r"(?: [\w()-]+){0,4}? (?:showed|found|demonstrated|revealed|reported|suggested|was attempted)\b"
        r"|[^;]{0,50}? (?:did|does|do) not (?:admit|include|enrol\w*|accept|take)\b",
        after,
    ):
        return True
    if not own and cues.ANY.search(before) and cues.POSSIBLE.match(after):
        return True
    return cues.OTHER_VERB.match(after) is not None or cues.OTHER_SHOWS.match(after) is not None


def to_come(before: str) -> bool:
    """Return True when the sentence has so far spoken of a trial still to come, other than this record's."""
    if "trial" not in before and "stud" not in before:
        return False
    found = cues.TO_COME.search(before)
    return found is not None and not _mine(before[: found.start()] + " ")


def denied(before: str) -> bool:
    """Return True when the words before say that it is not what is named next: "not a phase 3 trial"."""
    return cues.DENIED.search(before) is not None


def _mine(before: str) -> bool:
    return cues.MINE.search(before[-70:]) is not None


def own(before: str, after: str, *, part: str | None) -> bool:
    """Return True when the sentence claims the study: "we conducted a", "in this", "were enrolled in a"."""
    if cues.OWN_BEFORE.search(before) or (cues.PART_OF.search(before) and cues.THEN_WE.match(after)):
        return True
    if part in ("background", "conclusions"):
        return False
    return cues.OWN_VERB.match(after) is not None or (
        cues.APPOSED.search(before) is not None and cues.TELLS.match(after) is not None
    )


def known(before: str) -> bool:
    """Return True when the words before make several trials certain ones: "the", "two", "enrolled in"."""
    return cues.KNOWN.search(before) is not None


def continues(before: str, after: str) -> bool:
    """Return True when the record follows a named trial further: extension, follow-up, later analysis."""
    if cues.CONTINUES.search(before):
        return True
    if cues.RESUMES.search(before) and cues.THEN.match(after):
        return True
    if cues.DATA_FROM.search(before) and (cues.POOLED.match(after) or cues.NOW_TOLD.match(after)):
        return True
    return cues.ENTERED.search(before[-100:]) is not None and cues.EXTENDED.match(after) is not None


def about_trials(before: str, after: str) -> bool:
    """Return True when a title speaks of trials in general or to come, not of one that was done."""
    if cues.ITS_DESIGN.search(before):
        return False
    if cues.TITLE_RANGE.search(before) and re.match(r"[^.:;]{0,40}\bto\b", after):
        return True
    return (
        cues.ABOUT_TRIALS.search(before) is not None
        or cues.TITLE_LEAD.search(before) is not None
        or re.match(r".{0,60}\b(?:a|systematic|narrative) review\b", after) is not None
    )


def cites(before: str, after: str) -> bool:
    """Return True when a count of people is quoted from elsewhere: earlier work, literature, estimates."""
    return (
        cues.CITED.search(before) is not None
        or re.match(
            r"[^.;]{0,50}\b(?:previously (?:reported|published)|in the literature|worldwide)\b", after
        )
        is not None
    )
