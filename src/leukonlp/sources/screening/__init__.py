"""Finds the records that may concern a leukodystrophy in raw PubMed XML, close to the speed of unpacking it.

Three sieves, each finer and slower than the one before, and none of them loses what the pipeline finds
(docs/decisions/0015-screening.md):

1. ``scan``: one pass of an automaton over the bytes finds the records and, in them, the ``anchors``: for each
   name a part of a word or two that no way of writing it goes without;
2. ``sift``: what stands around an anchor and ``beside`` it, and then the names themselves, in the spelling
   key of the words there (``judge``);
3. ``records``: what is kept is parsed, so that everything written can be read.
"""
