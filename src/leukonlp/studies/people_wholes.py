"""Wholes and their parts among the numbers of people: a sum of both counts some people twice.

"96 patients (85 men and 11 women) formed two groups: 49 and 47" are 96, not 107 and not 154. Owns only what
makes a sum impossible; which numbers may be added is said in ``people_sums``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import islice

from leukonlp.studies.numbers import NUMBER, whole
from leukonlp.studies.people_counts import Count
from leukonlp.studies.reading import Reading

_TOLD = re.compile(NUMBER)
_LEAST = 8
"""Smaller numbers are the sum of others by chance."""
_SMALL = 20
"""What is less than one in so many of a whole may count anything else."""
_NEAR = 260
_READ = 9
_PARTS = 4


def without_wholes(
    reading: Reading, found: Iterable[Count], sums: Iterable[Count], times: Iterable[Count]
) -> list[Count]:
    """Return the sums that add to no number what is part of it.

    Args:
        reading: the record.
        found: its counts, as printed.
        sums: what adding gives.
        times: what multiplying gives: so many in each of so many groups.
    """
    plain, twice = list(found), {total.value for total in times}
    return [total for total in sums if not any(_over(reading, total, count, twice) for count in plain)]


def _over(reading: Reading, total: Count, count: Count, twice: Collection[int]) -> bool:
    """True where the sum is this count and some of its parts."""
    rest = total.value - count.value
    if not (0 < rest < count.value and total.start <= count.start < total.end):
        return False
    if count.value in twice and rest * 2 == count.value:
        return True
    reached = {0}
    for part in _parts(reading, count):
        reached |= {so_far + part for so_far in reached}
    return rest in reached


def _parts(reading: Reading, count: Count) -> list[int]:
    """Return the numbers told next that make up a count: 85 and 11, 49 and 47 of 96."""
    if count.value < _LEAST:
        return []
    least = max(3, count.value // _SMALL)
    told = islice(_TOLD.finditer(reading.plain, count.end, count.end + _NEAR), _READ)
    values = [value for match in told if (value := whole(match[0])) >= least]
    found: list[int] = []
    for first in range(len(values)):
        for last in range(first + 2, min(first + _PARTS, len(values)) + 1):
            if sum(values[first:last]) == count.value:
                found += values[first:last]
    return found
