"""Finds the records that may concern a leukodystrophy in raw PubMed XML, close to the speed of unpacking it.

Three sieves, each finer and slower than the one before, and none of them loses what the pipeline finds
(docs/decisions/0015-screening.md):

1. ``scan``: one pass of an automaton over the bytes for the ``anchors``: a part of a word that no way of
   writing a name goes without;
2. ``judge``: the names themselves, in the spelling key of the records where an anchor lies;
3. ``records``: what is kept is parsed, so that everything written can be read.
"""
